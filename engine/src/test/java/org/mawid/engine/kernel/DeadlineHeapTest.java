package org.mawid.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deadlines beside a sorted set, and beside a plain heap: where each entry lies is part of the state, and must not depend on how it got there. */
class DeadlineHeapTest {
    private final Map<Long, Integer> places = new HashMap<>();
    private final Map<Long, Long> deadlines = new HashMap<>();
    private final List<Long> numbers = new ArrayList<>();
    private final TreeSet<Long> sorted = new TreeSet<>(Comparator.<Long>comparingLong(deadlines::get).thenComparing(Comparator.naturalOrder()));
    private final PlainHeap plain = new PlainHeap();
    private final DeadlineHeap heap = new DeadlineHeap(new CoreMemory(), TableIds.DEADLINES, new DeadlineHeap.Owner() {
        @Override
        public void placed(final long number, final int place) {
            places.put(number, place);
        }

        @Override
        public int placeOf(final long number) {
            return places.get(number);
        }
    });

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void givenDeadlinesThatComeMoveAndLeave_thenTheEarliestIsFirstAndEachLiesWhereAPlainHeapHasIt(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        for (int step = 0; step < 40_000; step++) {
            final int most = step < 15_000 ? 12_000 : step < 30_000 ? 40 : 5_000; // several pages, next to nothing, and again
            if (numbers.size() > most || !numbers.isEmpty() && random.nextInt(3) == 0) {
                leave(random.nextBoolean() ? sorted.first() : numbers.get(random.nextInt(numbers.size())));
            } else if (!numbers.isEmpty() && random.nextInt(4) == 0) {
                move(numbers.get(random.nextInt(numbers.size())), random.nextLong(50));
            } else {
                come(step + 1, random.nextInt(4) == 0 ? random.nextLong(Long.MAX_VALUE) : step / 100);
            }
            assertThat(heap.size()).isEqualTo(numbers.size());
            assertThat(heap.firstDeadline()).isEqualTo(numbers.isEmpty() ? Long.MAX_VALUE : deadlines.get(sorted.first()));
            if (!numbers.isEmpty()) {
                assertThat(heap.firstNumber()).isEqualTo(sorted.first());
            }
            if (step % 1_000 == 0) {
                assertAlike();
            }
        }
        assertAlike();
    }

    private void come(final long number, final long deadlineMs) {
        deadlines.put(number, deadlineMs);
        sorted.add(number);
        numbers.add(number);
        heap.add(deadlineMs, number);
        plain.add(number);
    }

    private void move(final long number, final long deadlineMs) {
        sorted.remove(number);
        deadlines.put(number, deadlineMs);
        sorted.add(number);
        heap.move(places.get(number), deadlineMs);
        plain.settle(plain.entries.indexOf(number), number);
    }

    private void leave(final long number) {
        heap.remove(places.get(number));
        assertThat(places.remove(number)).as("nowhere").isZero();
        plain.remove(number);
        sorted.remove(number);
        numbers.remove(number);
    }

    private void assertAlike() {
        heap.check();
        for (int i = 0; i < plain.entries.size(); i++) {
            assertThat(places.get(plain.entries.get(i))).isEqualTo(i + 1);
        }
    }

    /** As a book has it: what comes down stops at the first place where nothing below is less. */
    private final class PlainHeap {
        private final List<Long> entries = new ArrayList<>();

        private boolean isLess(final long one, final long other) {
            final int compared = Long.compare(deadlines.get(one), deadlines.get(other));
            return compared < 0 || compared == 0 && one < other;
        }

        void add(final long number) {
            entries.add(number);
            settle(entries.size() - 1, number);
        }

        void remove(final long number) {
            final int at = entries.indexOf(number);
            final long last = entries.remove(entries.size() - 1);
            if (at < entries.size()) {
                settle(at, last);
            }
        }

        void settle(final int from, final long number) {
            int at = from;
            while (at > 0 && isLess(number, entries.get((at - 1) / 4))) {
                entries.set(at, entries.get((at - 1) / 4));
                at = (at - 1) / 4;
            }
            for (int least = leastBelow(at); least > 0 && isLess(entries.get(least), number); least = leastBelow(at)) {
                entries.set(at, entries.get(least));
                at = least;
            }
            entries.set(at, number);
        }

        private int leastBelow(final int at) {
            int least = 0;
            for (int child = 4 * at + 1; child <= 4 * at + 4 && child < entries.size(); child++) {
                if (least == 0 || isLess(entries.get(child), entries.get(least))) {
                    least = child;
                }
            }
            return least;
        }
    }
}
