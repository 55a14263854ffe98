package org.mawid.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.bench.Main;
import org.mawid.bench.load.NotMeasured;
import org.mawid.bench.process.ClassFiles;
import org.mawid.bench.wire.server.LosingServer;
import picocli.CommandLine;

/** Whole benchmarks over the wire, of the real server and of one that says of some commands that they are done and loses them. */
@Timeout(180)
class BalanceTest {
    private final StringWriter said = new StringWriter();

    @TempDir
    private Path folder;

    private int run(final Object bench, final Class<?> server, final String... more) throws Exception {
        final List<String> arguments = new ArrayList<>(List.of("--program", ClassFiles.program(folder, server).toString(), "--json", result().toString(),
                "--seconds", "1", "--warm-up", "0", "--seed", "5"));
        arguments.addAll(List.of(more));
        return new CommandLine(bench).setExecutionExceptionHandler(NotMeasured::tell).setErr(new PrintWriter(said)).execute(arguments.toArray(String[]::new));
    }

    private Path empty() throws Exception {
        return ClassFiles.program(folder, Main.class);
    }

    private Path result() {
        return folder.resolve("result.json");
    }

    private JsonObject books() throws Exception {
        return new JsonObject(Files.readString(result())).getJsonObject("books");
    }

    private void assertLost(final String bench) throws Exception {
        assertThat(said.toString().lines()).singleElement().asString().startsWith("bench " + bench + " failed: the books do not balance: ")
                .contains("appointments.CANCELLED: the books have ", "appointments.CONFIRMED: the books have ");
        assertThat(books().getBoolean("balanced")).isFalse();
        assertThat(books().getJsonObject("engine").getLong("appointments.CANCELLED")).isLessThan(books().getJsonObject("commandsDone").getLong("cancel"));
        assertThat(books().getJsonArray("differences")).isNotEmpty();
    }

    @Test
    void givenTheRealServer_whenReadsAndCommandsAreMixed_thenTheBooksBalance() throws Exception {
        assertThat(run(new MixedBench(empty()), org.mawid.api.Main.class, "--rate", "2000", "--reads", "2")).as(said.toString()).isZero();

        assertThat(said.toString()).isEmpty();
        assertThat(books().getBoolean("balanced")).isTrue();
        assertThat(books().getJsonObject("commandsDone").getLong("cancel")).isPositive().isEqualTo(books().getJsonObject("engine").getLong("appointments.CANCELLED"));
        assertThat(books().getJsonObject("commandsNotKnown")).isEmpty();
        assertThat(books().getInteger("searchesCompared")).isEqualTo(150);
    }

    @Test
    void givenAServerThatLosesSome_whenReadsAndCommandsAreMixed_thenItFailsWithBothSides() throws Exception {
        assertThat(run(new MixedBench(empty()), LosingServer.class, "--rate", "2000", "--reads", "2")).isEqualTo(1);

        assertLost("mixed");
    }

    @Test
    void givenAServerThatLosesSome_whenMeasuredOverGrpc_thenItFailsWithBothSides() throws Exception {
        assertThat(run(new GrpcBench(empty()), LosingServer.class, "packed", "--rounds", "1", "--in-flight", "2", "--batch", "500")).isEqualTo(1);

        assertLost("grpc");
    }

    @Test
    void givenAServerThatLosesSome_whenMeasuredOverHttp_thenItFailsWithBothSides() throws Exception {
        assertThat(run(new HttpBench(empty()), LosingServer.class, "--rounds", "1", "--connections", "8")).isEqualTo(1);

        assertLost("http");
    }
}
