package org.mawid.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows found by number beside a set of the numbers that live. */
class NumberedRowsTest {
    private static final int LIVE = 8;

    private final CoreMemory memory = new CoreMemory();
    private final TreeSet<Long> living = new TreeSet<>();

    @ParameterizedTest
    @CsvSource({"1, 1, 9", "2, 1, 100", "3, 2000000000, 1024", "4, 4611686018427387904, 64"})
    void givenRowsThatComeInOrderAndGoInAny_thenExactlyThoseThatLiveAreThere(final long seed, final long first, final int rowBytes) {
        final NumberedRows rows = new NumberedRows(memory, 9, rowBytes, LIVE);
        final SplittableRandom random = new SplittableRandom(seed);
        final List<Long> numbers = new ArrayList<>();
        long next = first;
        for (int step = 0; step < 100_000; step++) {
            final int most = step / 20_000 % 2 == 0 ? 15_000 : 3; // some stay behind while thousands pass
            if (numbers.size() < most) {
                next += random.nextInt(50) == 0 ? random.nextInt(3_000) : 0;
                final long at = rows.add(next);
                assertThat(Memory.getLong(at)).as("a row is zeros before it is filled").isZero();
                Memory.putLong(at, next);
                Memory.putByte(at + LIVE, 1);
                numbers.add(next);
                living.add(next++);
            } else {
                final int place = random.nextInt(numbers.size());
                final long number = numbers.get(place);
                numbers.set(place, numbers.get(numbers.size() - 1));
                numbers.remove(numbers.size() - 1);
                living.remove(number);
                rows.remove(number);
            }
            final long any = first + random.nextLong(next - first + 10);
            assertThat(rows.has(any)).isEqualTo(living.contains(any));
            if (!numbers.isEmpty()) {
                final long number = numbers.get(random.nextInt(numbers.size()));
                assertThat(Memory.getLong(rows.at(number))).isEqualTo(number);
                assertThat(rows.ahead(number)).isEqualTo(rows.at(number));
                final Long after = living.higher(number);
                assertThat(rows.next(number + 1, next, Integer.MAX_VALUE)).isEqualTo(after == null ? next : after);
            }
            if (step % 1_000 == 0) {
                rows.check();
                assertThat(rows.count()).isEqualTo(living.size());
            }
        }
    }

    /** Numbers come from commands: whatever they are, no other memory is looked at. */
    @Test
    void givenAnyNumberAtAll_whenAskedFor_thenItIsNotThereAndNothingElseIsRead() {
        final NumberedRows rows = new NumberedRows(memory, 9, 64, LIVE);
        final SlotRows slots = new SlotRows(memory, 9, 64);
        for (int filled = 0; filled < 3; filled++) {
            for (final long number : new long[] {Long.MIN_VALUE, -1, 0, 5_000, 1L << 31, 1L << 32, 1L << 41, (1L << 42) + 1, Long.MAX_VALUE}) {
                assertThat(rows.has(number)).isFalse();
                rows.ahead(number);
                assertThat(rows.next(number, number, 10)).isEqualTo(number);
            }
            for (final int slot : new int[] {Integer.MIN_VALUE, -1, 0, filled + 1, 5_000, Integer.MAX_VALUE}) {
                assertThat(slots.ahead(slot)).isZero();
            }
            Memory.putByte(rows.add(filled + 1) + LIVE, 1);
            slots.add();
        }
        assertThatThrownBy(() -> slots.at(-1)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> slots.at(Integer.MAX_VALUE)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> rows.at(1L << 30)).isInstanceOf(RuntimeException.class);
    }
}
