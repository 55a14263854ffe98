package org.mawid.engine.readmodel.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.mawid.engine.twin.SeededTraffic;

/** Whoever comes and leaves, wherever in the queue: it is a sorted set, and who have left leave no pages behind. */
class PostQueueTest {
    private static final int SEEDS = 4;
    private static final int STEPS = 40_000;
    private static final int MOST = 3_000;
    private static final Comparator<Waiting> ORDER = Comparator.comparingLong(Waiting::sinceMs).thenComparingLong(Waiting::number);

    private record Waiting(long sinceMs, long number) {
        int row() {
            return (int) (number * 31);
        }
    }

    @Test
    void givenManyComeAndLeaveAnywhere_whenItIsRead_thenItIsASortedSetFromAnyPlace() {
        for (final long seed : SeededTraffic.seeds().limit(SEEDS).toArray()) {
            final String again = "seed " + seed + ", again: " + SeededTraffic.again(PostQueueTest.class, seed);
            final Random dice = new Random(seed);
            final PostQueue queue = new PostQueue(new ArrayDeque<>());
            final TreeSet<Waiting> naive = new TreeSet<>(ORDER);
            boolean fills = true;
            long nowMs = 0;
            for (int step = 0; step < STEPS; step++) {
                fills = naive.isEmpty() || (naive.size() >= MOST ? false : dice.nextInt(STEPS / 8) == 0 ? !fills : fills);
                nowMs += dice.nextInt(3);
                if (dice.nextInt(4) == 0 != fills) {
                    final long sinceMs = dice.nextInt(3) == 0 ? dice.nextLong(nowMs + 1) : nowMs; // some return to where they were
                    final Waiting one = new Waiting(sinceMs, dice.nextInt(8) == 0 ? -step : step);
                    naive.add(one);
                    queue.add(one.sinceMs(), one.number(), one.row());
                } else if (!naive.isEmpty()) {
                    final Waiting later = naive.ceiling(new Waiting(dice.nextLong(nowMs + 1), 0));
                    final Waiting one = dice.nextInt(3) == 0 && later != null ? later : naive.first();
                    naive.remove(one);
                    queue.remove(one.sinceMs(), one.number());
                }
                if (step % 997 == 0) {
                    isEqual(queue, naive, dice, nowMs, again);
                }
            }
            isEqual(queue, naive, dice, nowMs, again);
        }
    }

    @Test
    void givenTensOfThousandsOfWhomOneInAHundredStays_whenOthersComeTwice_thenNoMorePagesAreMade() {
        final ArrayDeque<PostQueue.Page> spares = new ArrayDeque<>();
        final PostQueue queue = new PostQueue(spares);
        LongStream.range(0, 50_000).forEach(number -> queue.add(number, number, 1));
        LongStream.range(0, 50_000).filter(number -> number % 100 != 0).forEach(number -> queue.remove(number, number));
        assertThat(queue.count()).isEqualTo(500);
        assertThat(spares).hasSizeGreaterThanOrEqualTo(50_000 / PostQueue.ENTRIES - 4 * 500 / PostQueue.ENTRIES);
        final int free = spares.size();
        for (int round = 1; round <= 2; round++) {
            final long from = round * 100_000L;
            LongStream.range(from, from + 10_000).forEach(number -> queue.add(number, number, 1));
            LongStream.range(from, from + 10_000).forEach(number -> queue.remove(number, number));
            assertThat(spares.size()).isBetween(free - 2, free);
        }
    }

    @Test
    void givenNobody_whenItIsRead_thenItIsAtItsEndAndNobodyCanLeave() {
        final PostQueue queue = new PostQueue(new ArrayDeque<>());
        assertThat(queue.from(Long.MIN_VALUE, 0).isAtEnd()).isTrue();
        assertThat(queue.waitingSinceBefore(Long.MAX_VALUE)).isZero();
        queue.add(5, 7, 9);
        queue.remove(5, 7);
        assertThat(queue.from(Long.MIN_VALUE, 0).isAtEnd()).isTrue();
        assertThat(queue.waitingSinceBefore(Long.MAX_VALUE)).isZero();
        assertThatThrownBy(() -> queue.remove(5, 7)).hasMessageContaining("who leaves a queue was in it");
    }

    private static void isEqual(final PostQueue queue, final TreeSet<Waiting> naive, final Random dice, final long nowMs, final String again) {
        final Waiting from = new Waiting(dice.nextLong(nowMs + 1), dice.nextInt(STEPS));
        assertThat(queue.count()).as(again).isEqualTo(naive.size());
        assertThat(all(queue.from(Long.MIN_VALUE, 0))).as(again).isEqualTo(List.copyOf(naive));
        assertThat(all(queue.from(from.sinceMs(), from.number()))).as(again).isEqualTo(List.copyOf(naive.tailSet(from, true)));
        assertThat(queue.waitingSinceBefore(from.sinceMs())).as(again).isEqualTo(naive.headSet(new Waiting(from.sinceMs(), Long.MIN_VALUE), false).size());
    }

    private static List<Waiting> all(final PostQueue.Cursor cursor) {
        final List<Waiting> all = new ArrayList<>();
        for (; !cursor.isAtEnd(); cursor.next()) {
            final Waiting one = new Waiting(cursor.sinceMs(), cursor.number());
            assertThat(cursor.row()).isEqualTo(one.row());
            all.add(one);
        }
        return all;
    }
}
