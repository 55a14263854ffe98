package org.mawid.bench.hall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the benchmark of halls holds the engine to is right itself. */
class HallBenchTest {
    private static final long SEED = Long.getLong("seed", 1_128L);

    @Test
    void givenTicketsInAnyOrder_whenTaken_thenHeapAndSortedListAgree() {
        final SplittableRandom dice = new SplittableRandom(SEED);
        final Waiting sorted = new Waiting();
        final BareHeap heap = new BareHeap();
        for (int ticket = 1; ticket <= 5_000; ticket++) {
            final long dueMs = dice.nextInt(200);
            sorted.came(new Waiting.Ticket(dueMs, ticket));
            heap.push(dueMs, ticket);
            if (dice.nextInt(3) == 0) {
                sorted.called(heap.poll());
            }
        }
        while (sorted.count() > 0) {
            sorted.called(heap.poll());
        }
        assertThat(sorted.wrong()).as("seed %d", SEED).isZero();
    }

    @Test
    void givenSomebodyIsCalledBeforeWhoseTurnItIs_thenItIsCountedAndTheOtherStillWaits() {
        final Waiting sorted = new Waiting();
        for (final long[] one : List.of(new long[] {10, 1}, new long[] {5, 2}, new long[] {5, 3})) {
            sorted.came(new Waiting.Ticket(one[0], one[1]));
        }
        assertThat(sorted.called(3)).isEqualTo(new Waiting.Ticket(5, 3));
        assertThat(sorted.called(4)).as("nobody's").isNull();
        assertThat(sorted.wrong()).isEqualTo(2);
        final List<Long> rest = new ArrayList<>();
        for (final long next : new long[] {2, 1}) {
            rest.add(sorted.called(next).ticketId());
        }
        assertThat(rest).containsExactly(2L, 1L);
        assertThat(sorted.wrong()).isEqualTo(2);
    }

    /** The core itself, with as many who wait as places and one, and emptied in order. */
    @Test
    void givenAQueueOfTheCore_whenPeopleComeAndAreCalled_thenNobodyIsCalledBeforeTheirTurn() {
        try (Queue queue = new Queue(1_772_442_600_000L, SEED)) {
            queue.run(300, 1_000, true);
            queue.run(1, 200, true);
            queue.empty();
            assertThat(queue.wrong()).isZero();
            assertThat(queue.told(1).getJsonObject("callNextUs").getLong("count")).isEqualTo(1_200);
        }
    }
}
