package org.mawid.bench.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A small run: made anew, followed, and every application read back. */
class RecordsBenchTest {
    @Test
    void givenASmallRun_whenItHasEnded_thenItsResultHasWhatWasMadeFollowedAndRead(@TempDir final Path folder) throws Exception {
        final Path json = folder.resolve("records.json");

        assertThat(new CommandLine(new RecordsBench()).execute("--appointments", "2000", "--distance", "64", "--seconds", "1", "--json", json.toString())).isZero();

        final JsonObject result = new JsonObject(Files.readString(json));
        assertThat(result.getString("benchmark")).isEqualTo("records");
        assertThat(result.getJsonObject("load").getLong("appointmentsBefore")).isEqualTo(2_000);
        assertThat(result.getJsonObject("load").getLong("livesBetweenSteps")).isEqualTo(64);
        assertThat(result.getDouble("openedAndMadeAnewSeconds")).isPositive();
        assertThat(result.getJsonObject("following").getDouble("commandsPerSecond")).isPositive();
        assertThat(result.getJsonObject("following").getDouble("keeperCpuUsPerCommand")).isPositive();
        assertThat(result.getJsonObject("read").getDouble("applicationsPerSecond")).isPositive();
        assertThat(result.getLong("fileMiB")).isPositive();
    }
}
