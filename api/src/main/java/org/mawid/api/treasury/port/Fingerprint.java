package org.mawid.api.treasury.port;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 over a list of words, of which none can run into the next. */
final class Fingerprint {
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(() -> {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException impossible) { // every Java has it
            throw new IllegalStateException(impossible);
        }
    });

    private Fingerprint() {
    }

    static ByteBuffer of(final Object... words) {
        final MessageDigest digest = SHA_256.get();
        digest.reset();
        final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
        for (final Object word : words) {
            final byte[] bytes = String.valueOf(word).getBytes(StandardCharsets.UTF_8);
            digest.update(length.putInt(0, bytes.length).array());
            digest.update(bytes);
        }
        return ByteBuffer.wrap(digest.digest());
    }
}
