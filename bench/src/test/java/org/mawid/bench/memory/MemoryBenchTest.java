package org.mawid.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.bench.floor.Floors;
import picocli.CommandLine;

/** A small run: what it says of each part is what it says of all of them. */
class MemoryBenchTest {
    private static final int APPOINTMENTS = 60_000;

    @Test
    void givenASmallRun_whenItHasEnded_thenItsPartsAddUpAndEveryCommandWasApplied_alsoWithSecondsThatMeanNothing(@TempDir final Path folder) throws Exception {
        final Path json = folder.resolve("memory.json");
        final StringWriter said = new StringWriter();

        assertThat(new CommandLine(new MemoryBench()).setErr(new PrintWriter(said))
                .execute("--appointments", Integer.toString(APPOINTMENTS), "--days", "5", "--seconds", "3", "--json", json.toString())).isZero();

        assertThat(said.toString().lines()).containsExactly("--seconds means nothing to memory, which ends with its work: for more of it say --appointments");
        final JsonObject result = new JsonObject(Files.readString(json));
        assertThat(result.getString("benchmark")).isEqualTo("memory");
        assertThat(result.getJsonObject("load").getInteger("appointments")).isEqualTo(APPOINTMENTS);
        assertThat(result.getJsonObject("load").getInteger("days")).isEqualTo(5);
        assertThat(Floors.runOf(result)).as("no floor is about so few").isEmpty();
        assertThat(Floors.runOf(result.copy().put("load", result.getJsonObject("load").copy().put("appointments", 1_000_000).put("days", 365)))).isEqualTo("memory");
        final double calendar = result.getDouble("calendarBytesEach");
        final double application = result.getDouble("applicationLinePersonBytesEach");
        final double appointment = result.getDouble("appointmentLegBytesEach");
        final double stamp = result.getDouble("stampBytesEach");
        assertThat(result.getDouble("appointmentWithCalendarBytesEach")).isCloseTo(calendar + appointment, within(2.0));
        assertThat(result.getDouble("allBytesEach")).isCloseTo(calendar + application + appointment + stamp, within(3.0));
        // Rows of some dozens of bytes and their indexes, beside what else this JVM holds or lets go: to the order of magnitude.
        assertThat(application).isBetween(40.0, 600.0);
        assertThat(appointment).isBetween(20.0, 400.0);
        assertThat(stamp).isBetween(10.0, 300.0);
        assertThat(result.getInteger("visitsInTheAgenda")).isEqualTo(APPOINTMENTS);
        assertThat(result.getDouble("visitInTheAgendaBytesEach")).isBetween(20.0, 400.0);
        assertThat(result.getDouble("rememberedRequestBytesEach")).isBetween(40.0, 400.0);
        assertThat(result.getLong("appliedPosition")).as("five commands for each appointment, and the networks with their requests")
                .isGreaterThan(5L * APPOINTMENTS + 2 * (1 << 18));
    }
}
