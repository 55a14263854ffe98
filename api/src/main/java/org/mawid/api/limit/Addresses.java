package org.mawid.api.limit;

import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Who an address is. Any thread. */
public final class Addresses {
    /** Whatever has no address, as a Unix-domain socket: all of it together is one. */
    public static final long NONE = 0;
    private static final int NETWORK_BYTES = Long.BYTES;

    private Addresses() {
    }

    /** @param address as text, without port, null = there is none @return of IPv6 the network of 64 bits, which is what one subscriber has; {@link #NONE} of what is no address */
    public static long key(final String address) {
        return address == null || !InetAddresses.isInetAddress(address) ? NONE : key(InetAddresses.forString(address));
    }

    /** As above. */
    public static long key(final InetAddress address) {
        return ByteBuffer.allocate(NETWORK_BYTES).put(address.getAddress(), 0, address instanceof Inet6Address ? NETWORK_BYTES : Integer.BYTES).getLong(0);
    }

    /** Whether it is this machine, which is not limited by address: whoever is on it can do worse. Also of what has no address. */
    static boolean isOurs(final String address) {
        return !InetAddresses.isInetAddress(address) || InetAddresses.forString(address).isLoopbackAddress();
    }
}
