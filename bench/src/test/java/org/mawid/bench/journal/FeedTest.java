package org.mawid.bench.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.bench.load.Output;
import org.mawid.engine.Reply;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.Result;

/** An engine on a clock of its own that stands still when told to: by design nothing here depends on how fast the machine is. */
class FeedTest {
    private static final long PER_SECOND = 100_000;
    private static final long MS = 1_000_000L;
    private static final long START_NS = 5_000 * MS;
    private static final long STEP_NS = 10_000L;
    /** The histograms' own, and what catching up takes. */
    private static final long SLACK_NS = MS;

    private final Standstill engine = new Standstill();
    private final Feed feed = new Feed(engine, new Output(), engine::nowNs);

    /** Time goes on by ten microseconds whenever the feed looks at the clock, but not while it is answered. */
    private static final class Standstill implements Feed.Submitter {
        private final Outcome outcome = new Outcome();
        private final Queue<Long> waiting = new ArrayDeque<>();
        private Reply replies;
        private long nowNs = START_NS;
        private long fromNs = Long.MAX_VALUE;
        private long toNs = Long.MAX_VALUE;
        private boolean admitsMeanwhile;
        private boolean answering;
        private int mostAtOnce = Integer.MAX_VALUE;
        private Result result = Result.OK;

        void standStill(final long fromMs, final long toMs, final boolean admits) {
            fromNs = START_NS + fromMs * MS;
            toNs = START_NS + toMs * MS;
            admitsMeanwhile = admits;
        }

        long nowNs() {
            if (!answering) {
                nowNs += STEP_NS;
                answer();
            }
            return nowNs;
        }

        private boolean standsStill() {
            return nowNs >= fromNs && nowNs < toNs;
        }

        @Override
        public int submit(final int count, final Reply reply, final long tag) {
            if (standsStill() && !admitsMeanwhile) {
                return 0;
            }
            final int admitted = Math.min(count, mostAtOnce);
            replies = reply;
            for (int i = 0; i < admitted; i++) {
                waiting.add(tag + i);
            }
            answer();
            return admitted;
        }

        private void answer() {
            answering = true;
            while (!waiting.isEmpty() && !standsStill()) {
                replies.onOutcome(waiting.remove(), outcome.begin(1, 0).set(result, 0, 0, 0), new UnsafeBuffer(new byte[0]), 0, 0);
            }
            answering = false;
        }
    }

    /** A second of it. */
    private Feed.Window window() throws InterruptedException {
        return feed.openLoop(PER_SECOND, 1, "test");
    }

    private static long later(final Histogram ns, final long thanMs) {
        return ns.getCountBetweenValues(thanMs * MS, ns.getHighestTrackableValue());
    }

    /** What was due from one millisecond on and before the other. */
    private static long due(final long fromMs, final long toMs) {
        return PER_SECOND * (toMs - fromMs) / 1_000;
    }

    @Test
    void givenAnEngineThatAnswersAtOnce_whenFed_thenAllThatWasDueIsCountedAndNothingIsLate() throws InterruptedException {
        final Feed.Window window = window();

        assertIsOfOneSecond(window);
        assertThat(window.ns().getMaxValue()).isLessThan(SLACK_NS);
        assertThat(window.worstNs().length).isBetween(10, 11);
    }

    @Test
    void givenAFullRingForEightyMilliseconds_whenFed_thenEveryCommandThatWasDueMeanwhileIsChargedForItsWait() throws InterruptedException {
        engine.standStill(310, 390, false);

        assertChargedFor(window());
    }

    @Test
    void givenAnEngineThatAdmitsAndDoesNotAnswerForEightyMilliseconds_whenFed_thenItIsChargedAlike() throws InterruptedException {
        engine.standStill(310, 390, true);

        assertChargedFor(window());
    }

    /** The clock moves on between two looks at it. */
    private static void assertIsOfOneSecond(final Feed.Window window) {
        assertThat(window.ns().getTotalCount()).isBetween(due(0, 1_000) - 10, due(0, 1_000) + 10);
    }

    private static void assertChargedFor(final Feed.Window window) {
        assertIsOfOneSecond(window);
        assertThat(later(window.ns(), 2)).as("all but those of the last moment").isBetween(due(310, 387), due(309, 391));
        assertThat(later(window.ns(), 40)).as("the first half of them").isBetween(due(310, 349), due(309, 351));
        assertThat(window.ns().getMaxValue()).isBetween(79 * MS, 80 * MS + SLACK_NS);
        assertThat(window.p99Us()).as("of a hundred eight were late").isGreaterThan(60_000);
        assertThat(window.holds(10_000)).isFalse();
        assertThat(window.worstNs()[3]).isBetween(79 * MS, 80 * MS + SLACK_NS);
        assertThat(Arrays.stream(window.worstNs(), 0, 3).max().orElseThrow()).as("tenths before").isLessThan(SLACK_NS);
        assertThat(Arrays.stream(window.worstNs(), 4, 10).max().orElseThrow()).as("tenths after").isLessThan(SLACK_NS);
    }

    @Test
    void givenAStandstillThatOutlastsTheWindow_whenFed_thenWhatWasDueInTheWindowIsStillSentAndCounted() throws InterruptedException {
        engine.standStill(900, 1_300, false);

        final Feed.Window window = window();

        assertIsOfOneSecond(window);
        assertThat(later(window.ns(), 299)).as("all that were due in its last tenth").isBetween(due(900, 999), due(899, 1_001));
        assertThat(window.worstNs()[9]).isBetween(399 * MS, 400 * MS + SLACK_NS);
    }

    @Test
    void givenHalfOfWhatIsDueIsTaken_whenFed_thenTheBacklogGrowsAndIsCounted() throws InterruptedException {
        engine.mostAtOnce = 1; // the feed looks at the clock twice for each, and time goes on by what is due of two

        final Feed.Window window = window();

        assertIsOfOneSecond(window);
        assertThat(window.p99Us()).as("half a second of work is left over when the second is over").isGreaterThan(400_000);
        assertThat(window.holds(10_000)).isFalse();
    }

    @Test
    void givenACommandThatIsRefused_whenFed_thenTheRunFails() {
        engine.result = Result.SOLD_OUT;

        assertThatThrownBy(this::window).isInstanceOf(IllegalStateException.class).hasMessageContaining("SOLD_OUT");
    }
}
