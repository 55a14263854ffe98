package org.mawid.bench.wire.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.bench.load.Output;
import org.mawid.bench.process.Server;
import org.mawid.bench.wire.loop.Offer;
import org.mawid.bench.wire.loop.OpenLoop;
import org.mawid.bench.wire.loop.OpenRun;
import org.mawid.bench.wire.loop.ShellServer;
import org.mawid.bench.wire.loop.Tally;

/** Events of a window of two seconds, of which the books know when their commands were due and answered. */
class WatchPhaseTest {
    private static final long MS = 1_000_000L;
    private static final Percentage TO_THREE_DIGITS = Percentage.withPercentage(0.2);

    private static OpenRun run;

    private final DoneCommands done = new DoneCommands();
    private final Received overGrpc = new Received();
    private final Received overHttp = new Received();
    private final WatchPhase phase = new WatchPhase(run, 2, done);

    @BeforeAll
    static void run(@TempDir final Path folder) throws Exception {
        try (Server server = ShellServer.start(folder)) {
            run = OpenRun.over(server, List.of(new Offer("commands", 100, 1, (to, tally) -> atOnce(tally))), 1, new Output(), "test", 0);
        }
    }

    private static OpenLoop.Sender atOnce(final Tally tally) {
        return new OpenLoop.Sender() {
            @Override
            public boolean send(final long dueNs) {
                tally.answered(1, dueNs);
                return true;
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }

    private void command(final long position, final long dueMs, final long answeredMs) {
        done.done(position, 1, run.fromNs() + dueMs * MS, run.fromNs() + answeredMs * MS);
    }

    private static void event(final Received watcher, final long position, final long atMs) {
        watcher.event(position, 0, run.fromNs() + atMs * MS);
    }

    private JsonObject events() {
        return phase.figures().getJsonObject("events");
    }

    @Test
    void givenEventsOfTheWindow_whenTold_thenTheyCountFromWhenTheirCommandsWereDue_andHttpStandsApartToo() {
        command(11, 100, 110);
        command(12, 1_500, 1_520);
        event(overGrpc, 11, 140);
        event(overGrpc, 12, 1_510);
        event(overHttp, 11, 180);
        phase.add(overGrpc, 0, false);
        assertThat(events().containsKey("overHttpSinceDueUs")).as("none was over HTTP").isFalse();
        phase.add(overHttp, 0, true);

        assertThat(events().getJsonObject("sinceDueUs").getLong("count")).isEqualTo(3);
        assertThat(phase.us(0)).isCloseTo(10_000, TO_THREE_DIGITS);
        assertThat(phase.us(50)).isCloseTo(40_000, TO_THREE_DIGITS);
        assertThat(phase.us(100)).isCloseTo(80_000, TO_THREE_DIGITS);
        assertThat(events().getJsonObject("overHttpSinceDueUs").getLong("count")).isEqualTo(1);
        assertThat(events().getJsonObject("overHttpSinceDueUs").getDouble("p50")).isCloseTo(80_000, TO_THREE_DIGITS);
        assertThat(events().getDouble("perSecond")).isEqualTo(1.5);
        assertThat(events().getJsonArray("perSecondRounds")).containsExactly(2.0, 1.0);
    }

    @Test
    void givenEventsBeforeAndAfterTheAnswer_whenTold_thenThoseBehindItAreTold_andBeforeItIsNoTimeAtAll() {
        command(11, 100, 110);
        command(12, 200, 250);
        event(overGrpc, 11, 140);
        event(overGrpc, 12, 210);
        phase.add(overGrpc, 0, false);

        assertThat(events().getDouble("behindTheAnswerPercent")).isEqualTo(50);
        assertThat(events().getJsonObject("sinceAnswerUs").getDouble("p50")).isZero();
        assertThat(events().getJsonObject("sinceAnswerUs").getDouble("max")).isCloseTo(30_000, TO_THREE_DIGITS);
    }

    @Test
    void givenEventsOfOtherWindows_whenTold_thenOfThoseThatCameInThisOneOnlyTheRateIsTold_andOfThoseThatWereDueOnlyTheTime() {
        command(10, -1_000, -900);
        command(11, -1, 5);
        command(12, 1_900, 1_950);
        command(13, 2_000, 2_010);
        event(overGrpc, 10, -800);
        event(overGrpc, 11, 10);
        event(overGrpc, 12, 2_400);
        event(overGrpc, 13, 2_450);
        phase.add(overGrpc, 1, false); // the first was of the phase before

        assertThat(events().getJsonArray("perSecondRounds")).containsExactly(1.0, 0.0);
        assertThat(events().getJsonObject("sinceDueUs").getLong("count")).isEqualTo(1);
        assertThat(phase.us(100)).isCloseTo(500_000, TO_THREE_DIGITS);
    }

    @Test
    void givenTwoPhases_whenTakenAgainstEachOther_thenPercentileByPercentile_andALimitHoldsOrNot() {
        command(11, 100, 110);
        event(overGrpc, 11, 140);
        phase.add(overGrpc, 0, false);
        event(overHttp, 11, 180);
        final WatchPhase slower = new WatchPhase(run, 2, done);
        slower.add(overHttp, 0, true);

        assertThat(slower.against(phase).getDouble("p99")).isCloseTo(2, TO_THREE_DIGITS);
        assertThat(slower.against(phase, 50)).isCloseTo(2, TO_THREE_DIGITS);
        assertThat(slower.cpuAgainst(phase)).isEqualTo(1);
        assertThat(slower.holds(79)).isFalse();
        assertThat(slower.holds(81)).isEqualTo(run.holds(Double.MAX_VALUE));
    }
}
