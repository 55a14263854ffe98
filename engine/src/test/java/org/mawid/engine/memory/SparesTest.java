package org.mawid.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.agrona.BufferUtil;
import org.junit.jupiter.api.Test;

/** Memory that is made ahead. */
class SparesTest {
    @Test
    void givenOneWhoTakesAsFastAsItCan_thenEveryPieceIsZerosAndNobodyElses() {
        final List<ByteBuffer> taken = new ArrayList<>();
        try (Spares spares = new Spares()) {
            while (taken.size() < 100) {
                final ByteBuffer spare = spares.get();
                if (spare == null) {
                    Thread.onSpinWait();
                    continue;
                }
                assertThat(spare.capacity()).isEqualTo(Spares.BYTES);
                for (int at = 0; at < Spares.BYTES; at += Long.BYTES) {
                    if (spare.getLong(at) != 0) {
                        throw new AssertionError("not zero at " + at + " of piece " + taken.size());
                    }
                    spare.putLong(at, ~taken.size());
                }
                taken.add(spare);
            }
        }
        for (int i = 0; i < taken.size(); i++) {
            assertThat(taken.get(i).getLong(Spares.BYTES - Long.BYTES)).isEqualTo(~i);
            BufferUtil.free(taken.get(i));
        }
    }

    @Test
    void givenMoreTakenThanWasReady_thenNullAtOnceAndMoreSoonAfter() {
        try (Spares spares = new Spares()) {
            ByteBuffer taken = spares.get();
            while (taken != null) {
                BufferUtil.free(taken);
                taken = spares.get();
            }
            await().until(() -> {
                final ByteBuffer spare = spares.get();
                BufferUtil.free(spare);
                return spare != null;
            });
        }
    }

    @Test
    void givenItIsClosed_whenClosedAgain_thenItsThreadHasEnded() {
        final Set<Thread> before = Thread.getAllStackTraces().keySet();
        final Spares spares = new Spares();
        spares.close();
        spares.close();
        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> thread.getName().equals("mawid-memory") && !before.contains(thread));
    }
}
