package org.mawid.bench.wire.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** On a clock that the test moves, a thousand calls are due a second. */
class OpenLoopTest {
    private static final long MS = 1_000_000L;
    private static final int PER_SECOND = 1_000;

    private long nowNs = 77 * MS;
    private final Tally tally = new Tally(() -> nowNs);
    private final FakeServer server = new FakeServer();
    private final OpenLoop loop = new OpenLoop(PER_SECOND, server, tally, () -> nowNs);

    /** Answers at once, but for the time in which it stands still. */
    private final class FakeServer implements OpenLoop.Sender {
        private final Deque<Long> open = new ArrayDeque<>();
        private int places = Integer.MAX_VALUE;
        private boolean still;

        @Override
        public boolean send(final long dueNs) {
            if (open.size() == places) {
                return false;
            }
            open.add(dueNs);
            return true;
        }

        void answer() {
            while (!still && !open.isEmpty()) {
                tally.answered(1, open.remove());
            }
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private void run(final int ms) {
        for (int i = 0; i < ms; i++) {
            nowNs += MS;
            loop.turn();
            server.answer();
        }
    }

    private void measure(final int ms) {
        assertThat(loop.measure(nowNs + 1, nowNs + 1 + ms * MS)).isTrue(); // what is due right now has been sent
    }

    @Test
    void givenAServerThatStandsStillForASecondOfTen_whenMeasured_thenATenthOfAllCallsHaveWaited() {
        run(500);
        measure(10_000);
        run(4_000);
        server.still = true;
        run(1_000);
        server.still = false;
        run(5_100);
        loop.settle();

        assertThat(loop.due()).isEqualTo(10_000);
        assertThat(tally.count()).isEqualTo(10_000);
        assertThat(tally.unanswered()).isZero();
        assertThat(tally.latencyUs(89)).isLessThan(2_000);
        assertThat(tally.latencyUs(95)).as("half of those that were due meanwhile waited half a second").isBetween(450_000.0, 550_000.0);
        assertThat(tally.latencyUs(99)).isBetween(850_000.0, 950_000.0);
        assertThat(tally.latencyUs(100)).isGreaterThan(990_000);
    }

    @Test
    void givenNoPlaceForCalls_whenTheServerStandsStill_thenTheyAreLateAndNotLeftOut() {
        server.places = 10;
        measure(4_000);
        run(1_000);
        server.still = true;
        run(1_000);
        server.still = false;
        run(2_200);
        loop.settle();

        assertThat(tally.count()).isEqualTo(4_000);
        assertThat(tally.latencyUs(90)).as("sent late, and counted from when they were due").isGreaterThan(500_000);
    }

    @Test
    void givenCallsWithoutAnAnswer_whenTheWindowIsSettled_thenEachCountsWithTheTimeThatItHasWaited() {
        server.places = 300;
        measure(1_000);
        run(500);
        server.still = true;
        run(2_500);
        loop.settle();

        assertThat(tally.count()).isEqualTo(500);
        assertThat(tally.unanswered()).as("300 sent and 200 for which there was no place").isEqualTo(500);
        assertThat(tally.calls()).isEqualTo(loop.due()).isEqualTo(1_000);
        assertThat(tally.latencyUs(99)).isGreaterThan(2_000_000);
    }

    @Test
    void givenAWindowThatHadBegunBeforeItWasKnown_whenSet_thenItIsToBeSetAnew() {
        run(10);

        assertThat(loop.measure(nowNs - MS, nowNs + 10 * MS)).isFalse();
    }

    @Test
    void givenAWindow_whenCallsAreDueBeforeAndAfterIt_thenTheyAreSentAndNotCounted() {
        run(200);
        measure(100);
        run(300);
        loop.settle();

        assertThat(loop.due()).isEqualTo(100);
        assertThat(tally.count()).isEqualTo(100);
    }
}
