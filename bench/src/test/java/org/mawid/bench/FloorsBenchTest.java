package org.mawid.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.bench.floor.Floors;
import org.mawid.bench.load.NotMeasured;
import picocli.CommandLine;

/** Runs of a program that says and writes what benchmarks do, at once. */
class FloorsBenchTest {
    /** The last word is the file for the result. */
    private static final String PROGRAM = """
            #!/bin/sh
            for word; do json=$word; done
            case $1 in
                idle) echo '{"benchmark":"idle","percentOfOneCore":0.5,"residentMiB":300}' >"$json" ;;
                memory) echo '{"benchmark":"memory","appointmentWithCalendarBytesEach":999,"allBytesEach":399}' >"$json" ;;
                kingdom) echo 'kingdom: 40 % of the history' >&2; echo 'bench kingdom failed: the books differ by 3 units' >&2; exit 1 ;;
                scale) printf 'java.lang.IllegalArgumentException: what is it\\n\\tat Somewhere.java:1\\n\\t... 3 more\\n' >&2; exit 1 ;;
                startup) exit 137 ;;
                recovery) exit 0 ;;
                durable) echo 'durable: 40 %' >&2; kill -9 $$ ;;
                snapshot) printf '{"benchmark":"snapshot","loads":[' >"$json" ;;
                http) : >"$json" ;;
                availability) echo '{"benchmark":"availability"}' >"$json"; kill -9 $$ ;;
                *) echo '{}' >"$json" ;;
            esac
            """;

    private final StringWriter said = new StringWriter();

    @TempDir
    private Path folder;

    private Path program;

    @BeforeEach
    void writeProgram() throws IOException {
        program = Files.writeString(folder.resolve("bench"), PROGRAM);
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    private int run(final String only) {
        return new CommandLine(new FloorsBench(program)).setExecutionExceptionHandler(NotMeasured::tell).setErr(new PrintWriter(said))
                .execute("--only", only, "--json", folder.resolve("result.json").toString());
    }

    private JsonObject result() throws IOException {
        return new JsonObject(Files.readString(folder.resolve("result.json")));
    }

    @Test
    void givenAFloorThatIsMissed_whenRun_thenItExitsWithZero() throws IOException {
        assertThat(run("memory,idle")).isZero();

        assertThat(result().getJsonArray("missed")).containsExactly("memory of an appointment row, indexes, calendar");
        assertThat(result().getJsonArray("failed")).isEmpty();
        assertThat(said.toString()).isEmpty();
    }

    @Test
    void givenARunWhoseBooksDiffer_whenRun_thenItExitsWithOneAndOneLineThatNamesItAndWhy_andTheOthersAreWritten() throws IOException {
        assertThat(run("memory,kingdom-process,idle")).isEqualTo(CommandLine.ExitCode.SOFTWARE);

        assertThat(said.toString().lines()).containsExactly("bench floors failed: kingdom-process: exit code 1: bench kingdom failed: the books differ by 3 units");
        final JsonObject results = result().getJsonObject("results");
        assertThat(results.getJsonObject("memory").getInteger("allBytesEach")).isEqualTo(399);
        assertThat(results.getJsonObject("idle").getInteger("residentMiB")).as("measured after the one that failed").isEqualTo(300);
        assertThat(results.getJsonObject("kingdom-process").getString("failed")).contains("differ by 3 units");
        assertThat(result().getJsonArray("failed")).hasSize(1);
        assertThat(result().getJsonArray("missed").contains("the whole history, in process")).isTrue();
    }

    @Test
    void givenRunsThatFailInOtherWays_whenRun_thenEachIsNamedWithWhatIsKnown() {
        assertThat(run("recovery,scale,startup")).isEqualTo(CommandLine.ExitCode.SOFTWARE);

        assertThat(said.toString().lines()).containsExactly("bench floors failed: recovery: it wrote no result; "
                + "scale: exit code 1: java.lang.IllegalArgumentException: what is it; startup: exit code 137, without a word");
    }

    @Test
    void givenRunsThatAreKilled_whenRun_thenTheyHaveFailed_alsoWithAResult_andTheNextIsRun() throws IOException {
        assertThat(run("durable,availability,idle")).isEqualTo(CommandLine.ExitCode.SOFTWARE);

        assertThat(said.toString().lines()).containsExactly("bench floors failed: durable: exit code 137: durable: 40 %; availability: exit code 137, without a word");
        assertThat(result().getJsonObject("results").getJsonObject("availability").fieldNames()).as("what it wrote before counts for nothing").containsExactly("failed");
        assertThat(result().getJsonObject("results").getJsonObject("idle").getInteger("residentMiB")).isEqualTo(300);
    }

    @Test
    void givenResultsThatCannotBeRead_whenRun_thenTheRunsHaveFailed_andTheNextIsRun() throws IOException {
        assertThat(run("snapshot,http,idle")).isEqualTo(CommandLine.ExitCode.SOFTWARE);

        assertThat(said.toString().lines()).singleElement().asString()
                .startsWith("bench floors failed: snapshot: its result is no JSON: ").contains("; http: its result is no JSON: ");
        assertThat(result().getJsonObject("results").getJsonObject("idle").getInteger("residentMiB")).isEqualTo(300);
        assertThat(result().getJsonArray("failed")).hasSize(2);
    }

    @Test
    void givenEveryRunThatAFloorIsAbout_whenAllAreRun_thenItIsAmongThem() throws IOException {
        run(String.join(",", Floors.runs()));

        final JsonArray floors = result().getJsonArray("floors");
        final Set<String> runs = new LinkedHashSet<>();
        floors.forEach(row -> runs.add(((JsonObject) row).getString("run")));
        assertThat(runs).isEqualTo(Floors.runs());
    }
}
