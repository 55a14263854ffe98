package org.mawid.bench.journal;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.bench.floor.Floors;
import org.mawid.bench.load.LosingEngine;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.NotMeasured;
import picocli.CommandLine;

/**
 * Whole benchmarks in process, of the engine itself and of one that says of some commands that they are done and loses them. Both at once: most of a
 * run is windows of a second that have to pass.
 */
@Timeout(180)
class BalanceTest {
    private static final ModelNetwork SMALL = new ModelNetwork(20, 60, 96, 255);

    private static final long RATE = 20_000;

    @TempDir
    private Path folder;
    @TempDir
    private Path besides;

    private record Run(int exitCode, String said, JsonObject result) {
        JsonObject books() {
            return result.getJsonObject("books");
        }

        void assertBalanced(final String step, final String what) {
            assertThat(exitCode).as(said).isZero();
            assertThat(books().getBoolean("balanced")).isTrue();
            assertThat(books().getJsonObject("commandsDone").getLong(step)).isPositive().isEqualTo(books().getJsonObject("engine").getLong(what));
        }

        void assertLost(final String bench, final String what) {
            assertThat(exitCode).as(said).isEqualTo(1);
            assertThat(said.lines()).singleElement().asString().startsWith("bench " + bench + " failed: the books do not balance: ").contains(what + ": the books have ");
            assertThat(books().getBoolean("balanced")).isFalse();
        }
    }

    private static Run run(final Callable<Integer> bench, final Path folder, final String... more) throws Exception {
        final Path result = folder.resolve("result.json");
        final StringWriter said = new StringWriter();
        final List<String> arguments = new ArrayList<>(List.of("--seconds", "1", "--rate", "" + RATE, "--data", folder.toString(), "--json", result.toString()));
        arguments.addAll(List.of(more));
        final int exitCode = new CommandLine(bench).setExecutionExceptionHandler(NotMeasured::tell).setErr(new PrintWriter(said)).execute(arguments.toArray(String[]::new));
        assertThat(result).as(said.toString()).exists();
        return new Run(exitCode, said.toString(), new JsonObject(Files.readString(result)));
    }

    private static FutureTask<Run> started(final Callable<Run> run) {
        final FutureTask<Run> started = new FutureTask<>(run);
        new Thread(started, "losing").start();
        return started;
    }

    @Test
    void givenTheEngineAndOneThatLosesSome_whenDurableCommandsAreMeasured_thenTheBooksOfTheFirstBalanceAndTheOtherFailsWithBothSides() throws Exception {
        final FutureTask<Run> losing = started(() -> run(new DurableBench(SMALL, LosingEngine::ofCancels, false), besides));
        final Run whole = run(new DurableBench(SMALL, engine -> engine, false), folder);

        losing.get().assertLost("durable", "appointments.CANCELLED");
        whole.assertBalanced("cancel", "appointments.CANCELLED");
        assertThat(whole.result().getJsonObject("openLoop").getLong("diskRecords")).as("no longer than the commands: the second that was asked for").isEqualTo(RATE);
        assertThat(Floors.held(whole.result().put("commandsPerSecond", 5.0 * RATE))).as("none of latency: that is not at half of the highest rate").hasSize(1);
        assertThat(Floors.held(whole.result().put("commandsPerSecond", 2.0 * RATE))).hasSize(4);
    }

    @Test
    void givenTheEngineAndOneThatLosesSome_whenASnapshotIsMeasured_thenTheBooksOfTheFirstBalanceAndTheOtherFailsWithBothSides() throws Exception {
        final String[] load = {"--rounds", "1", "--appointments", "1000"};
        final FutureTask<Run> losing = started(() -> run(new SnapshotBench(SMALL, LosingEngine::ofConfirms, false), besides, load));
        final Run whole = run(new SnapshotBench(SMALL, engine -> engine, false), folder, load);

        losing.get().assertLost("snapshot", "appointments");
        whole.assertBalanced("confirm", "appointments");
        assertThat(Floors.runOf(whole.result())).as("no floor is about so few appointments, nor that rate alone").isEmpty();
        whole.result().getJsonArray("loads").clear().add(new JsonObject().put("perSecond", RATE / 10)).add(new JsonObject().put("perSecond", RATE));
        whole.result().getJsonObject("load").put("appointmentsBefore", whole.result().getJsonObject("load").getInteger("appointmentsBefore") * 100);
        assertThat(Floors.runOf(whole.result())).isEqualTo("snapshot");
    }
}
