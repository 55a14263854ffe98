package org.mawid.engine.readmodel.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.readmodel.Happenings;
import org.mawid.engine.readmodel.WorkView;
import org.mawid.engine.readmodel.WorkView.After;
import org.mawid.engine.readmodel.WorkView.Work;
import org.mawid.sbe.LineState;

/** While applications come and are decided without a pause, officers of a post see what there was between two batches, and are not kept out. */
@Timeout(120)
class WorkReadersTest {
    private static final int POST = 3;
    private static final int READERS = 2;
    private static final int READS = 2_000;
    private static final int BATCHES = 5_000;
    /** Applications of a batch. */
    private static final int EACH = 4;
    /** Batches that wait. */
    private static final int WAIT = 8;

    private final LiveWork work = new LiveWork();

    @Test
    void givenAFeedThatNeverRests_whenOfficersLook_thenTheySeeWholeBatchesAndAreNotKeptOut() throws Exception {
        final AtomicLong reads = new AtomicLong();
        final AtomicBoolean over = new AtomicBoolean();
        final ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try {
            final List<? extends Future<?>> all = IntStream.range(0, READERS).mapToObj(reader -> readers.submit(() -> {
                while (!over.get()) {
                    look();
                    reads.incrementAndGet();
                }
            })).toList();
            final Happenings happenings = new Happenings(0, 1_000_000);
            for (long batch = 0; (batch < BATCHES || reads.get() < READS) && all.stream().noneMatch(Future::isDone); batch++) {
                feed(happenings, batch);
                work.onBatchEnd();
            }
            over.set(true);
            for (final Future<?> reader : all) {
                reader.get(); // what it has found wrong
            }
        } finally {
            over.set(true);
            readers.shutdownNow();
        }
    }

    @Test
    void givenABatchThatNeverEnds_whenItsTurnIsGivenAway_thenReadersAreLetIn() {
        final Happenings happenings = new Happenings(0, 1_000_000);
        feed(happenings, 0);
        work.giveTurn();
        assertThat(CompletableFuture.supplyAsync(() -> work.queue(POST, After.NOTHING, one -> true, 100)).join()).hasSize(EACH);
    }

    private void feed(final Happenings happenings, final long batch) {
        happenings.at(1_000_000 + batch);
        for (int i = 0; i < EACH; i++) {
            happenings.submitted(1 + batch * EACH + i, POST, LineState.SUBMITTED, 5, 6).tell(this::onPosition);
            if (batch >= WAIT) {
                happenings.decided(1 + (batch - WAIT) * EACH + i, 0b11, LineState.VALIDATED).tell(this::onPosition);
            }
        }
    }

    private void look() {
        final List<Work> queue = work.queue(POST, After.NOTHING, one -> true, 1_000);
        if (!queue.isEmpty()) {
            final long first = queue.get(0).applicationId();
            assertThat((first - 1) % EACH).isZero();
            assertThat(queue.size() % EACH).isZero();
            assertThat(queue).extracting(Work::applicationId).containsExactly(LongStream.range(first, first + queue.size()).boxed().toArray(Long[]::new));
            assertThat(queue).allMatch(one -> one.submitted() == 0b11 && one.services().equals(List.of(5, 6)) && one.sinceMs() == 1_000_000 + (one.applicationId() - 1) / EACH);
            assertThat(queue.size()).isLessThanOrEqualTo(WAIT * EACH);
        }
        final WorkView.Totals totals = work.totals(POST, Long.MAX_VALUE);
        assertThat(totals.overdue()).isEqualTo(totals.waiting());
        assertThat(totals.waiting() % EACH).isZero();
    }

    private void onPosition(final long position, final long nowMs, final DirectBuffer events, final int offset, final int length) {
        for (int at = offset; at < offset + length; at += EventWriter.FRAME_BYTES + events.getInt(at) + 7 & ~7) {
            work.onMessage(events, at + EventWriter.FRAME_BYTES);
        }
    }
}
