package org.mawid.bench.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.network.Network;
import org.mawid.api.schedule.FileSchedules;
import org.mawid.api.schedule.ScheduleJson;
import org.mawid.api.schedule.WantedSchedule;
import org.mawid.bench.process.ClassFiles;
import picocli.CommandLine;

/** A week of the whole network: what is in force is what was wanted, and the figures are there. */
class ScheduleBenchTest {
    @Test
    void givenAWeek_whenItHasEnded_thenEveryPostHasWhatItWanted(@TempDir final Path folder) throws Exception {
        final Path json = folder.resolve("schedule.json");
        assertThat(new CommandLine(new ScheduleBench()).setErr(new PrintWriter(new StringWriter())).execute("--days", "7", "--rounds", "2", "--data", folder.toString(), "--json", json.toString())).isZero();
        final JsonObject result = new JsonObject(Files.readString(json));
        assertThat(result.getString("benchmark")).isEqualTo("schedule");
        assertThat(result.getInteger("postsNotAsWanted")).isZero();
        assertThat(result.getJsonObject("load").getInteger("posts")).isEqualTo(156);
        assertThat(result.getJsonObject("load").getInteger("daysOfPools")).isGreaterThan(2_000);
        assertThat(result.getDouble("oneMs")).isPositive();
    }

    @Test
    void givenTheRealServer_whenAFewDaysGoOverItsEdge_thenEveryPostHasWhatItWanted(@TempDir final Path folder) throws Exception {
        final Path json = folder.resolve("schedule.json");
        assertThat(overHttp(folder, json, org.mawid.api.Main.class)).isZero();
        final JsonObject result = new JsonObject(Files.readString(json));
        assertThat(result.getString("over")).isEqualTo("http");
        assertThat(result.getInteger("postsNotAsWanted")).isZero();
        assertThat(result.getJsonObject("load").getInteger("daysOfPools")).isGreaterThan(1_000);
    }

    @Test
    void givenAServerThatTakesSchedulesAndHasNoneOfThem_whenRun_thenItFails(@TempDir final Path folder) throws Exception {
        final Path json = folder.resolve("schedule.json");
        assertThat(overHttp(folder, json, ForgetfulServer.class)).isEqualTo(1);
        assertThat(new JsonObject(Files.readString(json)).getInteger("postsNotAsWanted")).as("each post, and the largest once more").isEqualTo(157);
    }

    private static int overHttp(final Path folder, final Path json, final Class<?> server) throws Exception {
        return new CommandLine(new ScheduleBench()).setErr(new PrintWriter(new StringWriter())).execute("--over", "http", "--days", "4", "--rounds", "1", "--data", folder.toString(),
                "--json", json.toString(), "--program", ClassFiles.program(folder, server).toString());
    }

    @Test
    void givenAScheduleOfTheNetworksFiles_whenItIsWrittenAndRead_thenItIsTheSame() {
        final Network network = Network.bundled();
        final LocalDate from = LocalDate.of(2027, 1, 4);
        for (final Network.Post post : network.posts()) {
            if (!network.poolsOf(post.id()).isEmpty()) {
                final WantedSchedule wanted = FileSchedules.of(network, post, from, from.plusDays(364));
                assertThat(ScheduleJson.read(wanted.post(), from, wanted.to(), new JsonObject(SchedulePage.of(wanted).encode()))).isEqualTo(wanted);
            }
        }
    }

    @Test
    void givenMoreDaysThanAScheduleHas_whenRun_thenItIsRefused() {
        final StringWriter said = new StringWriter();
        assertThat(new CommandLine(new ScheduleBench()).setErr(new PrintWriter(said)).execute("--days", "401")).isEqualTo(2);
        assertThat(said.toString()).contains("--days must be 1 to 400");
    }
}
