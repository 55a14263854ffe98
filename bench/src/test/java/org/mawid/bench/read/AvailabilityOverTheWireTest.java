package org.mawid.bench.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.bench.Main;
import org.mawid.bench.floor.Floors;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.NotMeasured;
import org.mawid.bench.load.NotUnderstood;
import org.mawid.bench.process.ClassFiles;
import org.mawid.bench.wire.server.DayLosingServer;
import picocli.CommandLine;

/**
 * The whole command over both transports, against the real server and one that loses days. Two at once: most of a run is starts of servers and windows
 * of a second that have to pass.
 */
@Timeout(180)
class AvailabilityOverTheWireTest {
    private static final int POSTS = 20;
    private static final ModelNetwork SMALL = new ModelNetwork(POSTS, 60, 96, 4);
    private static final int RATE = 400;

    @TempDir
    private Path folder;

    private Path real;
    private Path losing;
    private Path empty;

    private record Run(int exitCode, String said, JsonObject result) {
    }

    /** Nothing is written any more that is to be executed while the other run starts its own. */
    @BeforeEach
    void writePrograms() throws Exception {
        real = ClassFiles.program(folder, org.mawid.api.Main.class);
        losing = ClassFiles.program(folder, DayLosingServer.class);
        empty = ClassFiles.program(folder, Main.class);
    }

    private Run run(final String over, final Path program) throws Exception {
        final Path json = folder.resolve(program.getFileName() + "." + over + ".json");
        final StringWriter said = new StringWriter();
        final int exitCode = new CommandLine(new AvailabilityBench(empty, SMALL, true)).setParameterExceptionHandler(NotUnderstood::tell)
                .setExecutionExceptionHandler(NotMeasured::tell).setErr(new PrintWriter(said))
                .execute("--over", over, "--seconds", "1", "--rate", "" + RATE, "--program", program.toString(), "--json", json.toString());
        return new Run(exitCode, said.toString(), Files.exists(json) ? new JsonObject(Files.readString(json)) : null);
    }

    private FutureTask<Run> started(final String over, final Path program) {
        final FutureTask<Run> started = new FutureTask<>(() -> run(over, program));
        new Thread(started, over).start();
        return started;
    }

    /** Of one server. */
    private static void assertAllAnswered(final JsonObject result, final String side) {
        final JsonObject closed = result.getJsonObject("closedLoop").getJsonObject(side);
        assertThat(closed.getJsonArray("rounds")).hasSize(1).allSatisfy(rate -> assertThat((Double) rate).isPositive());
        assertThat(closed.getLong("notAdmitted")).isZero();
        final JsonObject open = result.getJsonObject("openLoop").getJsonObject(side);
        assertThat(open.getDouble("duePerSecond")).isEqualTo(RATE);
        assertThat(open.getLong("unanswered")).isZero();
        assertThat(open.getLong("notAdmitted")).isZero();
        assertThat(Stream.of(closed, open)).allSatisfy(loop -> {
            assertThat(loop.getDouble("perSecond")).isPositive();
            assertThat(loop.getDouble("serverCpuUsEach")).isPositive();
            assertThat(loop.getDouble("clientCpuUsEach")).isPositive();
            assertThat(loop.getJsonObject("latencyUs").getDouble("p50")).isPositive();
        });
    }

    private static void assertMeasured(final Run run, final String otherSide) {
        assertThat(run.exitCode()).as(run.said()).isZero();
        assertThat(run.said()).isEmpty();
        assertThat(run.result().getJsonArray("ratios")).hasSize(1);
        assertThat(run.result().getDouble("ratio")).isPositive();
        assertThat(run.result().getJsonObject("openLoop").getDouble("duePerSecond")).isEqualTo(RATE);
        assertAllAnswered(run.result(), "availability");
        assertAllAnswered(run.result(), otherSide);
    }

    private static void assertFailed(final Run run) {
        assertThat(run.exitCode()).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(run.said().lines().findFirst()).as(run.said()).hasValueSatisfying(line -> assertThat(line).startsWith("bench availability failed: ")
                .containsPattern("desk \\d+.* (dates came|starts were told), the search in process has "));
        assertThat(run.result()).as("nothing is told of it").isNull();
    }

    @Test
    void givenTheRealServerAndOneThatHasLostDays_whenAskedOverEachTransport_thenAllIsAnsweredAsInProcess_andTheOthersRunsFail() throws Exception {
        final FutureTask<Run> besides = started("grpc", losing);
        final FutureTask<Run> besidesOverHttp = started("http", losing);
        assertFailed(besides.get());
        assertFailed(besidesOverHttp.get());

        final FutureTask<Run> overHttp = started("http", real); // of four at once one may be given no turn in its second
        final Run grpc = run("grpc", real);
        final Run http = overHttp.get();
        assertMeasured(grpc, "emptyHandler");
        assertThat(grpc.result().getJsonObject("load").getInteger("desksInTurn")).isEqualTo(POSTS).isEqualTo(grpc.result().getInteger("searchesCompared"));
        assertMeasured(http, "emptyPage");
        assertThat(Floors.runOf(grpc.result())).as("no floor is about it").isEmpty();
        assertThat(Floors.runOf(http.result())).isEqualTo("http");
        final JsonObject books = http.result().getJsonObject("books");
        assertThat(books.getBoolean("balanced")).isTrue();
        assertThat(books.getJsonObject("engine").stream().mapToLong(count -> ((Number) count.getValue()).longValue()).sum()).as("nothing is done by asking").isZero();
        assertThat(books.getLong("position")).isGreaterThanOrEqualTo(SMALL.commands());
    }
}
