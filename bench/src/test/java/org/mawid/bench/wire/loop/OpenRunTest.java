package org.mawid.bench.wire.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.bench.load.Output;
import org.mawid.bench.process.Server;

/** Three loads at once, one second: one is answered at once, one long after, and of one there is little. */
class OpenRunTest {
    private static final int SECONDS = 1;
    private static final long LATE_NS = 400_000_000L;

    private static OpenRun run;
    private static JsonObject figures;

    private static Offer offer(final String name, final double perSecond, final int each, final long afterNs) {
        return new Offer(name, perSecond, each, (server, tally) -> new Answering(tally, each, afterNs));
    }

    @BeforeAll
    static void run(@TempDir final Path folder) throws Exception {
        try (Server server = ShellServer.start(folder)) {
            run = OpenRun.over(server, List.of(offer("reads", 2_000, 10, 0), offer("commands", 200, 1, LATE_NS), offer("few", 20, 1, 2 * LATE_NS)), SECONDS,
                    new Output(), "test", 0);
            figures = run.figures();
        }
    }

    @Test
    void givenSeveralLoads_whenTold_thenEachHasItsFiguresByItsName_andProcessorTimeIsOfAllTogether() {
        assertThat(figures.fieldNames()).containsExactlyInAnyOrder("reads", "commands", "few", "serverCpuUsEach", "clientCpuUsEach", "serverCompilerUsEach", "clientCompilerUsEach");
        assertThat(figures.getJsonObject("reads").getDouble("duePerSecond")).isEqualTo(2_000);
        assertThat(figures.getJsonObject("reads").getJsonObject("latencyUs").getDouble("count")).as("calls, of ten reads each").isCloseTo(200, Offset.offset(1.0));
        assertThat(figures.getJsonObject("commands").getJsonObject("latencyUs").getDouble("count")).isCloseTo(200, Offset.offset(1.0));
        assertThat(run.cpuAgainst(run)).isEqualTo(1);
    }

    @Test
    void givenALoadWhoseAnswersComeLate_whenTheWindowEnds_thenItHasNotKeptItsSchedule_thoughEachIsAnsweredInTheEnd() {
        final JsonObject commands = figures.getJsonObject("commands");

        assertThat(commands.getBoolean("keptSchedule")).isFalse();
        assertThat(commands.getDouble("perSecond")).as("in time").isLessThan(commands.getDouble("duePerSecond"));
        assertThat(commands.getLong("unanswered")).isZero();
        assertThat(commands.getJsonObject("latencyUs").getDouble("p50")).isGreaterThanOrEqualTo(0.99 * LATE_NS / 1e3);
        assertThat(run.holds(Double.MAX_VALUE)).as("one of them is enough for all not to hold").isFalse();
        assertThat(run.isWarm()).as("nor to be warm, of a server that compiles nothing").isFalse();
    }

    /** Twenty were later than all others, but of so few the p99 would be the slowest. */
    @Test
    void givenALoadOfFewCalls_whenTheWorstIsAskedFor_thenItHasNoP99() {
        assertThat(figures.getJsonObject("few").getJsonObject("latencyUs").getDouble("p50")).isGreaterThanOrEqualTo(0.99 * 2 * LATE_NS / 1e3);
        assertThat(run.p99Us()).isEqualTo(figures.getJsonObject("commands").getJsonObject("latencyUs").getDouble("p99"));
    }
}
