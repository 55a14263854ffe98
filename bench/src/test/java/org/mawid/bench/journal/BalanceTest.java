package org.mawid.bench.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.bench.load.LosingEngine;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.NotMeasured;
import picocli.CommandLine;

/** Whole benchmarks in process, of the engine itself and of one that says of some commands that they are done and loses them. */
class BalanceTest {
    private static final ModelNetwork SMALL = new ModelNetwork(20, 60, 96, 255);

    private final StringWriter said = new StringWriter();

    @TempDir
    private Path folder;

    private int run(final Object bench, final String... more) {
        final CommandLine line = new CommandLine(bench).setExecutionExceptionHandler(NotMeasured::tell).setErr(new PrintWriter(said));
        final String[] arguments = new String[6 + more.length];
        System.arraycopy(new String[] {"--seconds", "1", "--data", folder.toString(), "--json", folder.resolve("result.json").toString()}, 0, arguments, 0, 6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        return line.execute(arguments);
    }

    private JsonObject books() throws Exception {
        return new JsonObject(Files.readString(folder.resolve("result.json"))).getJsonObject("books");
    }

    private void assertBalanced(final int exitCode, final String step, final String what) throws Exception {
        assertThat(exitCode).as(said.toString()).isZero();
        assertThat(books().getBoolean("balanced")).isTrue();
        assertThat(books().getJsonObject("commandsDone").getLong(step)).isPositive().isEqualTo(books().getJsonObject("engine").getLong(what));
    }

    private void assertLost(final int exitCode, final String bench, final String what) throws Exception {
        assertThat(exitCode).as(said.toString()).isEqualTo(1);
        assertThat(said.toString().lines()).singleElement().asString().startsWith("bench " + bench + " failed: the books do not balance: ").contains(what + ": the books have ");
        assertThat(books().getBoolean("balanced")).isFalse();
    }

    @Test
    void givenTheEngine_whenDurableCommandsAreMeasured_thenTheBooksBalance() throws Exception {
        assertBalanced(run(new DurableBench(SMALL, engine -> engine, false), "--rate", "20000"), "cancel", "appointments.CANCELLED");
    }

    @Test
    void givenAnEngineThatLosesSome_whenDurableCommandsAreMeasured_thenItFailsWithBothSides() throws Exception {
        assertLost(run(new DurableBench(SMALL, LosingEngine::ofCancels, false), "--rate", "20000"), "durable", "appointments.CANCELLED");
    }

    @Test
    void givenTheEngine_whenASnapshotIsMeasured_thenTheBooksBalance() throws Exception {
        assertBalanced(run(new SnapshotBench(SMALL, engine -> engine, false), "--rate", "20000", "--rounds", "1", "--appointments", "1000"), "confirm", "appointments");
    }

    @Test
    void givenAnEngineThatLosesSome_whenASnapshotIsMeasured_thenItFailsWithBothSides() throws Exception {
        assertLost(run(new SnapshotBench(SMALL, LosingEngine::ofConfirms, false), "--rate", "20000", "--rounds", "1", "--appointments", "1000"), "snapshot", "appointments");
    }
}
