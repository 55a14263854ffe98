package org.mawid.api.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret code of a stamp, {@code 1K3M-9QF2-T4VXH}: who has it may use the stamp, who has the serial alone may only ask whether it is valid.
 * <p>It is kept nowhere: 4 bits of key version and the first 56 bits of HMAC-SHA-256 over version and number, with a key that is derived from that of
 * the references, in Crockford's base 32 with a check symbol; its salt is that of no reference, so that neither is taken for the other.
 * Codes of older keys stay good as long as the key file has them. Immutable, any thread. Never to be logged.
 */
public final class StampSecret {
    private static final String LABEL = "mawid/stamp-secret";
    /** Modulo 37 that of no {@link ReferenceKind}: theirs are 0, 7, 14, 21, 28, 35, 5 and 12. */
    private static final int SALT = 18;
    private static final int VERSION_SHIFT = 56;
    private static final String ALGORITHM = "HmacSHA256";

    private final int newest;
    /** By version; null where the key file has no such version. */
    private final SecretKeySpec[] keys = new SecretKeySpec[ReferenceKeys.MAX_VERSION + 1];

    /** @param references whose keys it derives its own from */
    public StampSecret(final ReferenceKeys references) {
        newest = references.newestVersion();
        for (int version = 1; version <= ReferenceKeys.MAX_VERSION; version++) {
            if (references.has(version)) {
                keys[version] = new SecretKeySpec(references.derive(version, LABEL), ALGORITHM);
            }
        }
    }

    /**
     * @param keyFile that of the references, see {@link References#open}
     * @throws IOException when it can be neither read nor made, or is not a key file; the message says what to do and no secret
     */
    public static StampSecret open(final Path keyFile) throws IOException {
        return new StampSecret(ReferenceKeys.open(keyFile));
    }

    /** By the newest key. @param number of the stamp, as the core counts */
    public String of(final long number) {
        return Crockford.format(value(newest, number), SALT);
    }

    /**
     * Whether this is the code of this stamp. One code is worked out and compared in constant time whatever was typed: what is mistyped or of a key
     * that is not there takes the same way as what is wrong.
     *
     * @param code as people type it: small letters, spaces and hyphens do not matter
     */
    public boolean matches(final long number, final CharSequence code) {
        return matches(number, Crockford.parse(code, SALT)); // INVALID has bits that no code has
    }

    /** What a code stands for, as a packed command has it: 60 bits. */
    public long value(final CharSequence code) {
        return Crockford.parse(code, SALT);
    }

    /** As {@link #matches(long, CharSequence)}. @param typed what the code stands for */
    public boolean matches(final long number, final long typed) {
        final int said = (int) (typed >>> VERSION_SHIFT & 15);
        final int version = said < keys.length && keys[said] != null ? said : newest;
        return MessageDigest.isEqual(bytes(typed), bytes(value(version, number)));
    }

    private long value(final int version, final long number) {
        try {
            final Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(keys[version]);
            mac.update((byte) version);
            final long digest = ByteBuffer.wrap(mac.doFinal(bytes(number))).getLong();
            return (long) version << VERSION_SHIFT | digest >>> Long.SIZE - VERSION_SHIFT;
        } catch (final GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has HmacSHA256", missing);
        }
    }

    private static byte[] bytes(final long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
