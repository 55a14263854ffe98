package org.mawid.engine.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mawid.engine.kernel.EventWriter;

class EventAreaTest {
    private record Piece(int offset, int length, byte mark, long end) {
    }

    @Test
    void givenPiecesOfEverySize_whenTheCircleWrapsManyTimes_thenNoneIsOverwrittenBeforeItIsReleased() {
        final EventArea area = new EventArea(4 * EventWriter.MAX_BYTES);
        final ArrayDeque<Piece> live = new ArrayDeque<>();
        final Random random = new Random(7);
        int written = 0;
        for (int i = 0; i < 20_000; i++) {
            if (area.hasRoom() && random.nextInt(3) > 0) {
                final int length = random.nextInt(8) == 0 ? EventWriter.MAX_BYTES : random.nextInt(300) * 8;
                final int offset = area.offset();
                area.buffer().setMemory(offset, length, (byte) i);
                live.add(new Piece(offset, length, (byte) i, area.commit(length)));
                written++;
            } else if (!live.isEmpty()) {
                final Piece piece = live.poll();
                for (int at = piece.offset; at < piece.offset + piece.length; at++) {
                    assertThat(area.buffer().getByte(at)).isEqualTo(piece.mark);
                }
                area.release(piece.end);
            }
        }
        assertThat(written).isGreaterThan(5_000);
    }

    @Test
    void givenNothingIsReleased_whenFilled_thenThereIsNoRoomAndAfterReleaseThereIs() {
        final EventArea area = new EventArea(4 * EventWriter.MAX_BYTES);
        for (int i = 0; i < 4; i++) {
            assertThat(area.hasRoom()).isTrue();
            area.commit(EventWriter.MAX_BYTES);
        }
        assertThat(area.hasRoom()).isFalse();
        area.release(EventWriter.MAX_BYTES);
        assertThat(area.hasRoom()).isTrue();
    }

    @Test
    void givenASizeThatIsNoPowerOfTwo_whenMade_thenRefused() {
        assertThatThrownBy(() -> new EventArea(300_000)).isInstanceOf(IllegalArgumentException.class);
    }
}
