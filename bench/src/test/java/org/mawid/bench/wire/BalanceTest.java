package org.mawid.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
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
import org.mawid.bench.wire.server.LosingServer;
import picocli.CommandLine;

/**
 * Whole benchmarks over the wire, of the real server and of one that says of some commands that they are done and loses them. Both at once: most of
 * a run is windows of a second that have to pass.
 */
@Timeout(180)
class BalanceTest {
    private static final ModelNetwork SMALL = new ModelNetwork(20, 60, 96, 255);

    @TempDir
    private Path folder;

    private Path real;
    private Path losing;
    private Path empty;

    private record Run(int exitCode, String said, JsonObject result) {
        JsonObject books() {
            return result.getJsonObject("books");
        }
    }

    /** Nothing is written any more that is to be executed while the other run starts its own. */
    @BeforeEach
    void writePrograms() throws Exception {
        real = ClassFiles.program(folder, org.mawid.api.Main.class);
        losing = ClassFiles.program(folder, LosingServer.class);
        empty = ClassFiles.program(folder, Main.class);
    }

    private static Run run(final Callable<Integer> bench, final Path program, final String... more) throws Exception {
        final Path result = program.resolveSibling(program.getFileName() + ".json");
        final StringWriter said = new StringWriter();
        final List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of("--program", program.toString(), "--json", result.toString(), "--seconds", "1", "--warm-up", "0", "--seed", "5"));
        final int exitCode = new CommandLine(bench).setParameterExceptionHandler(NotUnderstood::tell).setExecutionExceptionHandler(NotMeasured::tell)
                .setErr(new PrintWriter(said)).execute(arguments.toArray(String[]::new));
        assertThat(result).as(said.toString()).exists();
        return new Run(exitCode, said.toString(), new JsonObject(Files.readString(result)));
    }

    private static FutureTask<Run> started(final Callable<Run> run) {
        final FutureTask<Run> started = new FutureTask<>(run);
        new Thread(started, "losing").start();
        return started;
    }

    private static void assertBalanced(final Run run) {
        assertThat(run.said()).isEmpty();
        assertThat(run.exitCode()).isZero();
        final JsonObject done = run.books().getJsonObject("commandsDone");
        final JsonObject engine = run.books().getJsonObject("engine");
        assertThat(run.books().getBoolean("balanced")).isTrue();
        assertThat(run.books().getJsonObject("commandsNotKnown")).isEmpty();
        assertThat(done.getLong("cancel")).isPositive().isEqualTo(engine.getLong("appointments.CANCELLED"));
        assertThat(done.getLong("confirm")).isEqualTo(engine.getLong("appointments"));
        assertThat(done.getLong("hold")).isEqualTo(engine.getLong("stamps"));
        assertThat(done.getLong("submit")).isEqualTo(engine.getLong("applications"));
        final long commands = done.stream().mapToLong(step -> ((Number) step.getValue()).longValue()).sum();
        assertThat(run.books().getLong("position")).isGreaterThanOrEqualTo(SMALL.commands() + commands);
    }

    private static void assertLost(final Run run, final String bench) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.said().lines()).singleElement().asString().startsWith("bench " + bench + " failed: the books do not balance: ")
                .contains("appointments.CANCELLED: the books have ", "appointments.CONFIRMED: the books have ");
        assertThat(run.books().getBoolean("balanced")).isFalse();
        assertThat(run.books().getJsonObject("engine").getLong("appointments.CANCELLED")).isLessThan(run.books().getJsonObject("commandsDone").getLong("cancel"));
        assertThat(run.books().getJsonArray("differences")).isNotEmpty();
    }

    /** Of one side of a loop. */
    private static void assertMeasured(final JsonObject side) {
        assertThat(side.getDouble("perSecond")).as(side.encode()).isPositive();
        assertThat(side.getDouble("serverCpuUsEach")).isPositive();
        assertThat(side.getDouble("clientCpuUsEach")).isPositive();
        assertThat(side.getJsonObject("latencyUs").getDouble("p50")).isPositive();
        assertThat(side.getJsonObject("latencyUs").getDouble("p999")).isGreaterThanOrEqualTo(side.getJsonObject("latencyUs").getDouble("p50"));
    }

    private static void assertMeasured(final JsonObject loop, final String... sides) {
        for (final String side : sides) {
            assertMeasured(loop.getJsonObject(side));
        }
    }

    @Test
    void givenTheRealServerAndOneThatLosesSome_whenReadsAndCommandsAreMixed_thenTheBooksOfTheFirstBalanceAndThoseOfTheOtherDoNot() throws Exception {
        final String[] load = {"--rate", "2000", "--reads", "2", "--desks", "20"};
        final FutureTask<Run> beside = started(() -> run(new MixedBench(empty, SMALL), losing, load));
        final Run whole = run(new MixedBench(empty, SMALL), real, load);

        assertLost(beside.get(), "mixed");
        assertBalanced(whole);
        assertThat(whole.books().getInteger("searchesCompared")).isEqualTo(20);
    }

    @Test
    void givenTheRealServerAndOneThatLosesSome_whenMeasuredOverGrpc_thenTheBooksOfTheFirstBalanceAndThoseOfTheOtherDoNot() throws Exception {
        final FutureTask<Run> beside = started(() -> run(new GrpcBench(empty, SMALL), losing, "packed", "--rounds", "1", "--in-flight", "2", "--rate", "10000"));
        final Run whole = run(new GrpcBench(empty, SMALL), real, "unary", "--roles", "--rounds", "1", "--in-flight", "16", "--rate", "500");

        final Run lost = beside.get();
        assertLost(lost, "grpc");
        assertThat(Floors.runOf(lost.result())).as("no floor is about 2 in flight").isEmpty();
        lost.result().getJsonArray("loads").getJsonObject(0).put("inFlight", 8);
        assertThat(Floors.runOf(lost.result())).isEqualTo("packed");
        assertBalanced(whole);
        assertMeasured(whole.result().getJsonArray("loads").getJsonObject(0), "durable", "emptyHandler", "emptyEngine");
        assertMeasured(whole.result().getJsonObject("openLoop"), "durable", "emptyHandler");
        assertThat(whole.result().getDouble("ratio")).isPositive();
        whole.result().getJsonArray("loads").clear().add(new JsonObject().put("inFlight", 32)).add(new JsonObject().put("inFlight", 128)).add(new JsonObject().put("inFlight", 256));
        assertThat(Floors.runOf(whole.result())).as("no floor is about a server that asks who calls").isEmpty();
    }

    @Test
    void givenTheRealServerAndOneThatLosesSome_whenMeasuredOverHttp_thenTheBooksOfTheFirstBalanceAndThoseOfTheOtherDoNot() throws Exception {
        final String[] load = {"--rounds", "1", "--connections", "8", "--rate", "500", "--command-rate", "500"};
        final FutureTask<Run> beside = started(() -> run(new HttpBench(empty, SMALL), losing, load));
        final Run whole = run(new HttpBench(empty, SMALL), real, load);

        assertLost(beside.get(), "http");
        assertBalanced(whole);
        assertMeasured(whole.result().getJsonObject("closedLoop"), "availability", "emptyPage");
        assertMeasured(whole.result().getJsonObject("openLoop"), "availability", "emptyPage");
        assertMeasured(whole.result().getJsonObject("commands").getJsonObject("closedLoop"), "durable", "emptyPage");
        assertMeasured(whole.result().getJsonObject("commands").getJsonObject("openLoop"), "durable", "emptyPage");
        assertThat(Floors.runOf(whole.result())).as("no floor is about 8 connections").isEmpty();
        whole.result().getJsonObject("load").put("connections", whole.result().getJsonObject("load").getInteger("connections") * 8);
        assertThat(Floors.runOf(whole.result())).isEqualTo("http");
    }
}
