package org.mawid.api.cooling;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.mawid.engine.readmodel.CoolingView;

/** By which the cooling of one era ends: 32 bytes, in the log as four big-endian numbers. One thread. */
final class Secret {
    static final int BYTES = 32;
    private static final String HMAC = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] bytes;
    private final Mac mac;

    /** @throws IllegalArgumentException when there are not {@link #BYTES} */
    Secret(final byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a secret has " + BYTES + " bytes, not " + bytes.length);
        }
        this.bytes = bytes.clone();
        try {
            mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(bytes, HMAC));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    static Secret random() {
        final byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Secret(bytes);
    }

    static Secret of(final long word1, final long word2, final long word3, final long word4) {
        return new Secret(ByteBuffer.allocate(BYTES).putLong(word1).putLong(word2).putLong(word3).putLong(word4).array());
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** @param index 0 to 3 */
    long word(final int index) {
        return ByteBuffer.wrap(bytes).getLong(index * Long.BYTES);
    }

    /** What is in the log before it decides anything: its SHA-256. */
    CoolingView.Era committed(final long era) {
        try {
            final ByteBuffer hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
            return new CoolingView.Era(era, hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** How long what has this number cools, as {@code EndCoolingAt} in the schema defines it. Ms, {@code minMs} to {@code maxMs}. */
    long delayMs(final long coolingId, final long minMs, final long maxMs) {
        final byte[] code = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(coolingId).array());
        return minMs + Long.remainderUnsigned(ByteBuffer.wrap(code).getLong(), maxMs - minMs + 1);
    }
}
