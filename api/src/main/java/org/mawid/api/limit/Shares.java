package org.mawid.api.limit;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many one address may have at once of what there is for all, so that none takes all of it. This machine may, and so may proxies, behind which many stand. Any thread, does not wait. */
public final class Shares {
    private final int most;
    private final Proxies proxies;
    private final Map<Long, Integer> taken = new ConcurrentHashMap<>();

    /** @param all how many there are, 1 or more @param percent of them that one address may have, 1 to 100; at least one */
    public Shares(final int all, final int percent, final Proxies proxies) {
        this.most = percent == 100 ? Integer.MAX_VALUE : (int) Math.max(1, (long) all * percent / 100);
        this.proxies = proxies;
    }

    /** @return false when that address has as many as it may; else give it back */
    public boolean take(final InetAddress address) {
        if (isFree(address)) {
            return true;
        }
        final boolean[] isIn = new boolean[1];
        taken.compute(Addresses.key(address), (key, count) -> {
            final int before = count == null ? 0 : count;
            isIn[0] = before < most;
            return isIn[0] ? Integer.valueOf(before + 1) : count;
        });
        return isIn[0];
    }

    /** Once for each that was taken. */
    public void giveBack(final InetAddress address) {
        if (!isFree(address)) {
            taken.computeIfPresent(Addresses.key(address), (key, count) -> count == 1 ? null : count - 1);
        }
    }

    private boolean isFree(final InetAddress address) {
        return address.isLoopbackAddress() || proxies.isProxy(address.getHostAddress());
    }
}
