package org.mawid.api.audit;

import com.google.common.net.InetAddresses;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.mawid.api.gateway.ReferenceKeys;

/**
 * By what the log knows where a call came from: the first 64 bits of HMAC-SHA-256 over the address, with a key that is derived from the oldest one of the references, so that the same address stays the same. Without that
 * key nobody finds an address by trying all there are. Immutable, any thread.
 */
public final class AddressHash {
    private static final String LABEL = "mawid/audit-address";
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    public AddressHash(final ReferenceKeys references) {
        final int oldest = IntStream.rangeClosed(1, ReferenceKeys.MAX_VERSION).filter(references::has).findFirst().orElseThrow();
        key = new SecretKeySpec(references.derive(oldest, LABEL), ALGORITHM);
    }

    /** @param address as text, without port; 0 = it is none */
    long of(final String address) {
        if (!InetAddresses.isInetAddress(address)) {
            return 0;
        }
        try {
            final Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return ByteBuffer.wrap(mac.doFinal(InetAddresses.forString(address).getAddress())).getLong();
        } catch (final GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has " + ALGORITHM, missing);
        }
    }
}
