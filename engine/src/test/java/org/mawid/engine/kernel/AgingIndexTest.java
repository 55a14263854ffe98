package org.mawid.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index of remembered requests beside a map that does the same. */
class AgingIndexTest {
    private final AgingIndex index = new AgingIndex(new CoreMemory());
    private final Map<Long, Long> numbers = new HashMap<>(); // number by key
    private final ArrayDeque<Long> keys = new ArrayDeque<>(); // oldest first
    private long first = 1;
    private long next = 1;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void givenKeysThatComeAndAge_thenExactlyThoseThatAreKnownAreFound(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        for (int step = 0; step < 300_000; step++) {
            final int most = step < 100_000 ? 50_000 : step < 200_000 ? 700 : 20_000; // it grows, shrinks and grows again
            add(random.nextLong());
            for (int i = 0; i < 3 && next - first > most; i++) {
                forgetFirst();
            }
            final long old = keys.isEmpty() ? 0 : keys.peekFirst();
            assertThat(find(old)).isEqualTo(numbers.getOrDefault(old, -1L));
            assertThat(find(random.nextLong())).isEqualTo(-1);
        }
        numbers.forEach((key, number) -> assertThat(find(key)).isEqualTo(number));
    }

    @Test
    void givenIdsThatSomebodyMadeCollide_thenEachIsStillFound() {
        for (int i = 0; i < 3_000; i++) {
            add(0x1234_5678_0000_0000L | i); // all have one tag
        }
        assertThat(numbers).hasSize(3_000);
        numbers.forEach((key, number) -> assertThat(numbersUnder(key)).contains(number));
        while (first < next) {
            forgetFirst();
        }
        assertThat(index.first(0x1234_5678_0000_0001L)).isEqualTo(-1);
    }

    @Test
    void givenNumbersBeyond32Bits_thenTheyComeBackWhole() {
        first = next = (1L << 40) - 500;
        index.forgetBefore(first);
        for (int i = 0; i < 1_000; i++) {
            add(i * 0x9E37_79B9_7F4A_7C15L);
        }
        numbers.forEach((key, number) -> assertThat(find(key)).isEqualTo(number));
    }

    @Test
    void givenAnEntryThatNothingCameByFor2To31Numbers_thenItIsStillForgotten() {
        final long key = 0x1234_5678_9ABC_DEF1L;
        index.add(key, 1);
        for (final long later : new long[] {2, 1L << 31, (1L << 31) + 1, (1L << 31) + 2, (1L << 32) - 1_000, 1L << 32}) {
            index.forgetBefore(later);
            assertThat(index.first(key)).as("number 1, when %d is the first that is known", later).isEqualTo(-1);
            index.add(~key, later);
            assertThat(index.first(key)).as("number 1, when %d is known", later).isEqualTo(-1);
            assertThat(index.first(~key)).isEqualTo(later);
        }
    }

    /** The key is its own hash here: only the tag may be alike. */
    private void add(final long key) {
        if ((key & 1) == 0) {
            find(key); // as who adds usually does: the place that was found is taken
        }
        if (numbers.putIfAbsent(key, next) == null) {
            index.add(key, next++);
            keys.add(key);
        }
    }

    private void forgetFirst() {
        numbers.remove(keys.remove());
        index.forgetBefore(++first);
    }

    private long find(final long key) {
        for (long number = index.first(key); number >= 0; number = index.next()) {
            if (numbers.getOrDefault(key, -1L) == number) {
                return number;
            }
            assertThat(number).isBetween(first, next - 1);
        }
        return -1;
    }

    private java.util.Set<Long> numbersUnder(final long key) {
        final java.util.Set<Long> found = new java.util.HashSet<>();
        for (long number = index.first(key); number >= 0; number = index.next()) {
            found.add(number);
        }
        return found;
    }
}
