package org.mawid.engine.readmodel.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.UnderWay;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.readmodel.WorkView;
import org.mawid.engine.readmodel.WorkView.After;
import org.mawid.engine.readmodel.WorkView.Work;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.twin.SeededTraffic;
import org.mawid.sbe.LineState;

/** Whatever happens: what officers have to decide, as the events have made it, is what the core has undecided. */
class WorkPropertyTest {
    private static final int SEEDS = 2;
    private static final int COMMANDS = 6_000;
    private static final int POSTS = 6;
    private static final int SLICE = 97;

    @Test
    void givenSeededTraffic_whenItIsFed_thenEachQueueIsThatOfTheCoreAndPagesAddUp() {
        int assigned = 0;
        int needed = 0;
        for (final long seed : SeededTraffic.seeds().limit(SEEDS).toArray()) {
            final String again = "seed " + seed + ", again: " + SeededTraffic.again(WorkPropertyTest.class, seed);
            final Random dice = new Random(seed);
            final SeededTraffic traffic = SeededTraffic.ofHalls(seed);
            LiveWork work = rebuilt(traffic.core());
            for (int left = COMMANDS; left > 0; ) {
                final int some = 1 + dice.nextInt(500);
                left -= some;
                feed(work, traffic, some);
                final LiveWork expected = rebuilt(traffic.core());
                for (int postId = 0; postId <= POSTS; postId++) {
                    final List<Work> queue = all(work, postId);
                    assertThat(queue).as(again).isEqualTo(all(expected, postId)).isSortedAccordingTo(Comparator.comparingLong(Work::sinceMs).thenComparingLong(Work::applicationId));
                    assertThat(work.totals(postId, Long.MAX_VALUE)).as(again).isEqualTo(new WorkView.Totals(queue.size(), queue.size(), queue.isEmpty() ? 0 : queue.get(0).sinceMs()));
                    assigned += (int) queue.stream().filter(one -> one.officerAt(traffic.core().nowMs()) != 0).count();
                    needed += (int) queue.stream().filter(one -> one.needed() != 0).count();
                }
                work = dice.nextInt(4) == 0 ? expected : work;
            }
            assertThat(traffic.core().counts().of("lines." + LineState.DOCUMENTS_NEEDED)).as(again).isPositive();
        }
        assertThat(assigned).as("somebody has something").isPositive();
        assertThat(needed).as("some wait for documents, too").isPositive();
    }

    private static List<Work> all(final WorkView work, final int postId) {
        final List<Work> all = new ArrayList<>();
        for (List<Work> page = work.queue(postId, After.NOTHING, one -> true, 7); !page.isEmpty(); ) {
            all.addAll(page);
            final Work last = page.get(page.size() - 1);
            page = work.queue(postId, new After(last.sinceMs(), last.applicationId()), one -> true, 7);
        }
        return all;
    }

    private static void feed(final LiveWork work, final SeededTraffic traffic, final int commands) {
        for (int i = 0; i < commands; i++) {
            final Answered answered = traffic.next();
            final UnsafeBuffer buffer = new UnsafeBuffer(answered.events());
            for (int at = 0; at < buffer.capacity(); at += EventWriter.FRAME_BYTES + buffer.getInt(at) + 7 & ~7) {
                work.onMessage(buffer, at + EventWriter.FRAME_BYTES);
            }
        }
        work.onBatchEnd();
    }

    private static LiveWork rebuilt(final EngineCore core) {
        final LiveWork work = new LiveWork();
        work.beginRebuild();
        for (long from = 0, first = 1; from != 0 || first == 1; first = 0) {
            from = core.dumpUnderWay(UnderWay.REVIEWS, from, SLICE, (template, buffer, offset, length) -> work.onMessage(buffer, offset));
        }
        work.onBatchEnd();
        return work;
    }
}
