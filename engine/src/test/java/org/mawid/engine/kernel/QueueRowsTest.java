package org.mawid.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that come and go in order. */
class QueueRowsTest {
    private static final int ROW_BYTES = 72;
    private final CoreMemory memory = new CoreMemory();

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 42})
    void givenRowsThatComeAndGo_thenEachSaysWhatWasWritten_andACopyGoesOnAlike(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final QueueRows rows = new QueueRows(memory, 9, ROW_BYTES);
        for (int step = 0; step < 60_000; step++) {
            final int most = step / 10_000 % 2 == 0 ? 20_000 : 100;
            if (rows.count() < most) {
                fill(rows.add(), rows.next() - 1);
            } else {
                rows.removeFirst();
            }
            if (rows.count() > 0 && random.nextInt(16) == 0) {
                final long number = random.nextLong(rows.first(), rows.next());
                assertThat(Memory.getLong(rows.at(number))).isEqualTo(number);
                assertThat(Memory.getLong(rows.at(number) + ROW_BYTES - 8)).isEqualTo(~number);
            }
        }
        final Saved saved = new Saved();
        rows.save(saved);
        final QueueRows copy = new QueueRows(memory, 9, ROW_BYTES);
        for (final Saved.Run run : saved.runs) {
            copy.load(run);
        }
        assertThat(copy.first()).isEqualTo(rows.first());
        assertThat(copy.next()).isEqualTo(rows.next());
        for (long number = rows.first(); number < rows.next(); number++) {
            assertThat(Memory.getLong(copy.at(number))).isEqualTo(number);
        }
        assertThat(hash(copy)).isEqualTo(hash(rows));
    }

    @Test
    void givenARowThatLeft_whenLookedAt_thenThePromiseIsBroken() {
        final QueueRows rows = new QueueRows(memory, 9, ROW_BYTES);
        rows.add();
        rows.add();
        rows.removeFirst();
        assertThatThrownBy(() -> rows.at(1)).isInstanceOf(InvariantBroken.class);
        assertThatThrownBy(() -> rows.at(3)).isInstanceOf(InvariantBroken.class);
        assertThat(rows.at(2)).isNotZero();
    }

    private static void fill(final long at, final long number) {
        for (int i = 0; i < ROW_BYTES; i += 8) {
            Memory.putLong(at + i, i == ROW_BYTES - 8 ? ~number : number);
        }
    }

    private static long hash(final QueueRows rows) {
        final StateHash hash = new StateHash();
        rows.save(hash);
        return hash.value();
    }

    private static final class Saved implements StateWriter {
        private final List<Run> runs = new ArrayList<>();

        private record Run(int tableId, int rowBytes, long firstNumber, int count, UnsafeBuffer buffer) implements StateReader {
            @Override
            public boolean next() {
                return false;
            }

            @Override
            public int offset() {
                return 0;
            }
        }

        @Override
        public void rows(final int tableId, final int rowBytes, final long firstNumber, final int count, final DirectBuffer buffer, final int offset) {
            final UnsafeBuffer copy = new UnsafeBuffer(new byte[count * rowBytes]);
            copy.putBytes(0, buffer, offset, count * rowBytes);
            runs.add(new Run(tableId, rowBytes, firstNumber, count, copy));
        }
    }
}
