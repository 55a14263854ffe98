package org.mawid.bench.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A small run: indexed, and asked, where all that was done is told. */
class TrailBenchTest {
    @Test
    void givenASmallRun_whenItHasEnded_thenItsResultHasWhatWasIndexedAndAsked(@TempDir final Path folder) throws Exception {
        final Path json = folder.resolve("trail.json");

        assertThat(new CommandLine(new TrailBench()).execute("--appointments", "2000", "--set", "mawid.records.entries=100000", "--json", json.toString())).isZero();

        final JsonObject result = new JsonObject(Files.readString(json));
        assertThat(result.getString("benchmark")).isEqualTo("trail");
        assertThat(result.getJsonObject("load").getLong("appointments")).isEqualTo(2_000);
        assertThat(result.getJsonObject("madeAnew").getDouble("positionsPerSecond")).isPositive();
        assertThat(result.getJsonObject("madeAnew").getDouble("threadCpuUsPerPosition")).isPositive();
        assertThat(result.getJsonObject("madeAnew").getDouble("bytesPerPosition")).isPositive();
        assertThat(result.getJsonObject("askedUs").getLong("count")).isPositive();
        assertThat(result.getJsonObject("endOfLogAskedUs").getLong("count")).isPositive();
    }
}
