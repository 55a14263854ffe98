package org.mawid.engine.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.engine.CommandSource;

/** Where commands lie in the ring. */
class EntryTest {
    private static final int ENTRIES = 64;

    @Test
    void givenCommandsOfAnyLength_lapAfterLap_thenEachIsItsEntrysAlone() {
        final UnsafeBuffer slab = new UnsafeBuffer(ByteBuffer.allocateDirect(Entry.bytes(ENTRIES)));
        final Entry[] ring = new Entry[ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            ring[i] = new Entry(slab, i, ENTRIES);
        }
        final UnsafeBuffer draft = new UnsafeBuffer(new byte[CommandSource.MAX_BYTES]);
        final Random random = new Random(7);
        final int[] lengths = {1, Entry.USUAL_BYTES, Entry.USUAL_BYTES + 1, CommandSource.MAX_BYTES};
        for (int lap = 0; lap < 50; lap++) {
            for (int i = 0; i < ENTRIES; i++) {
                final int length = random.nextBoolean() ? lengths[random.nextInt(lengths.length)] : 1 + random.nextInt(CommandSource.MAX_BYTES);
                draft.setMemory(0, length, mark(lap, i));
                ring[i].command(draft, length);
            }
            for (int i = 0; i < ENTRIES; i++) {
                for (int at = 0; at < ring[i].length; at++) {
                    assertThat(ring[i].command.getByte(at)).isEqualTo(mark(lap, i));
                }
            }
        }
    }

    private static byte mark(final int lap, final int entry) {
        return (byte) (lap * 31 + entry);
    }
}
