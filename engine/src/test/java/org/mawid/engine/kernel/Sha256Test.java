package org.mawid.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The hash that the core computes by itself is the one that everybody else computes. */
class Sha256Test {
    private final Sha256 sha256 = new Sha256();

    @Test
    void givenThirtyTwoBytes_whenHashed_thenItIsWhatTheJdkSays() throws Exception {
        final SplittableRandom random = new SplittableRandom(6);
        check(0, 0, 0, 0);
        check(-1, -1, -1, -1);
        for (int i = 0; i < 1_000; i++) {
            check(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
        }
    }

    private void check(final long word1, final long word2, final long word3, final long word4) throws Exception {
        final byte[] message = ByteBuffer.allocate(32).putLong(word1).putLong(word2).putLong(word3).putLong(word4).array();
        sha256.of(word1, word2, word3, word4);
        final ByteBuffer found = ByteBuffer.allocate(32);
        for (int i = 0; i < 4; i++) {
            found.putLong(sha256.word(i));
        }
        assertThat(found.array()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(message));
    }
}
