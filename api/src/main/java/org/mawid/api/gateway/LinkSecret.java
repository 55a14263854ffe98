package org.mawid.api.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is put into links and into what is sent, so that nobody comes upon it by trying: the first 128 bits of HMAC-SHA-256, with a key derived from that of the references. Tokens of older keys stay good as long as the key
 * file has them. Immutable, any thread.
 */
public final class LinkSecret {
    private static final String LABEL = "mawid/link";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int TOKEN_BYTES = 16;

    private final int newest;
    /** By version; null where the key file has no such version. */
    private final SecretKeySpec[] keys = new SecretKeySpec[ReferenceKeys.MAX_VERSION + 1];

    LinkSecret(final ReferenceKeys references) {
        newest = references.newestVersion();
        for (int version = 1; version <= ReferenceKeys.MAX_VERSION; version++) {
            if (references.has(version)) {
                keys[version] = new SecretKeySpec(references.derive(version, LABEL), ALGORITHM);
            }
        }
    }

    /** By the newest key. @param use what the token is for: those of another use are others @return 32 hexadecimal digits */
    public String token(final String use, final String about) {
        return token(keys[newest], use, about);
    }

    /** Compares in constant time. */
    public boolean matches(final String use, final String about, final String token) {
        boolean isOne = false;
        for (final SecretKeySpec key : keys) {
            isOne |= key != null && MessageDigest.isEqual(token(key, use, about).getBytes(StandardCharsets.US_ASCII), token.getBytes(StandardCharsets.UTF_8));
        }
        return isOne;
    }

    private static String token(final SecretKeySpec key, final String use, final String about) {
        try {
            final Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal((use + '\n' + about).getBytes(StandardCharsets.UTF_8)), 0, TOKEN_BYTES);
        } catch (final GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has " + ALGORITHM, missing);
        }
    }
}
