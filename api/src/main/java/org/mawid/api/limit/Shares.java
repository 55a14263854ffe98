package org.mawid.api.limit;

import java.net.InetAddress;

/** How many one address may have at once of what there is for all, so that none takes all of it. This machine may, and so may proxies, behind which many stand. Any thread, does not wait. */
public final class Shares {
    private final int most;
    private final Proxies proxies;
    private final AtOnce taken = new AtOnce();

    /** @param all how many there are, 1 or more @param percent of them that one address may have, 1 to 100; at least one */
    public Shares(final int all, final int percent, final Proxies proxies) {
        this.most = percent == 100 ? Integer.MAX_VALUE : (int) Math.max(1, (long) all * percent / 100);
        this.proxies = proxies;
    }

    /** @return false when that address has as many as it may; else give it back */
    public boolean take(final InetAddress address) {
        return isFree(address) || taken.take(Addresses.key(address), most);
    }

    /** Once for each that was taken. */
    public void giveBack(final InetAddress address) {
        if (!isFree(address)) {
            taken.giveBack(Addresses.key(address));
        }
    }

    private boolean isFree(final InetAddress address) {
        return address.isLoopbackAddress() || proxies.isProxy(address.getHostAddress());
    }
}
