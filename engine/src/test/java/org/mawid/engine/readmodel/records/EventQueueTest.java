package org.mawid.engine.readmodel.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.junit.jupiter.api.Test;

class EventQueueTest {
    private static final int BYTES = 4096;

    /** The queue lies in memory that nobody made zeros: what was there before must never be read as a message. */
    @Test
    void givenMemoryFullOfRubbish_whenMessagesPass_thenTheyComeOutAsTheyWentInAndNothingElse() {
        for (int seed = 1; seed <= 200; seed++) {
            final String which = "seed " + seed;
            final Random random = new Random(seed);
            final UnsafeBuffer memory = new UnsafeBuffer(ByteBuffer.allocateDirect(BYTES + RingBufferDescriptor.TRAILER_LENGTH));
            for (int at = 0; at < memory.capacity(); at++) {
                memory.putByte(at, (byte) random.nextInt(1, 128)); // read as a length it would be positive: a message
            }
            final OneToOneRingBuffer ring = EventQueue.ringOver(memory);
            assertThat(ring.read((type, buffer, offset, length) -> { }, 10)).as(which).isZero();
            final ArrayDeque<byte[]> under = new ArrayDeque<>();
            for (int i = 0; i < 2_000; i++) {
                final byte[] message = new byte[random.nextInt(1, 200)];
                random.nextBytes(message);
                if (ring.write(1, new UnsafeBuffer(message), 0, message.length)) {
                    under.add(message);
                }
                final int most = random.nextInt(4);
                final int expected = under.size();
                final int[] read = {0};
                ring.read((type, buffer, offset, length) -> {
                    final byte[] came = new byte[length];
                    buffer.getBytes(offset, came);
                    assertThat(came).as(which).isEqualTo(under.remove());
                    read[0]++;
                }, most);
                assertThat(read[0]).as(which).isLessThanOrEqualTo(Math.min(most, expected));
            }
            ring.read((type, buffer, offset, length) -> under.remove(), Integer.MAX_VALUE);
            ring.read((type, buffer, offset, length) -> under.remove(), Integer.MAX_VALUE);
            assertThat(under).as(which).isEmpty();
        }
    }
}
