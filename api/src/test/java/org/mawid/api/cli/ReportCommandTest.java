package org.mawid.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.server.EdgeSetting;
import org.mawid.api.server.Service;
import org.mawid.api.server.Settings;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.MawidClient;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.Setting;
import org.mawid.grpc.Command;
import org.mawid.grpc.IssueStamps;
import org.mawid.grpc.RecordCounterReceipt;

/** The ministry's report is one command, whether a server runs or not. */
@Timeout(120)
class ReportCommandTest {
    @TempDir
    private Path data;

    private Service served(final String records) throws Exception {
        final Service service = Service.start(Settings.of(Map.of(Setting.DATA.key(), data.toString(), Setting.RECORDS.key(), records, Setting.RECORDS_ENTRIES.key(), "10000",
                Setting.SEGMENT_BYTES.key(), "1048576", EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0",
                EdgeSetting.COOLING.key(), "false"), Map.of(), null)); // positions are counted: no era may begin in between
        service.ready();
        service.keepRecords();
        return service;
    }

    /** Two people's requests, one of them paid. */
    private void live(final MawidClient client) {
        OnePost.define(client);
        final List<String> applications = OnePost.validated(client, 1, 2);
        final String stamp = client.execute(Command.newBuilder().setIssueStamps(IssueStamps.newBuilder().setApplication(applications.get(0)).setLines(1)
                .setPostId(OnePost.POST)).build()).getStamps(0);
        OnePost.done(client, Command.newBuilder().setRecordCounterReceipt(RecordCounterReceipt.newBuilder().setApplication(applications.get(0)).addStamps(stamp)
                .setPostId(OnePost.POST).setEpochDay((int) LocalDate.now(ZoneOffset.UTC).toEpochDay()).setAmountMinor(4_650).setCurrency("EUR")));
    }

    @Test
    void givenALife_whenReported_thenTheSameOfARunningAndOfAStoppedServer() throws Exception {
        final Said none = report();
        assertThat(none.code()).isOne();
        assertThat(none.err()).hasLineCount(1).contains("no server runs on " + data).contains("start one");

        final Said running;
        final String csv;
        final JsonObject json;
        final Path out = data.resolve("out.csv");
        final long position;
        try (Service service = served("true"); MawidClient client = MawidClient.connect("127.0.0.1", service.grpcPort())) {
            live(client);
            running = report();
            csv = report("--csv").out();
            assertThat(report("--csv", "--out", out, "--post", "paris").out()).isEmpty();
            json = new JsonObject(report("--json", "--days").out());
            assertThat(report("--post", "nowhere")).isEqualTo(new Said(1, "", "there is no post nowhere" + System.lineSeparator()));
            position = service.engine().status().durablePosition();
        }
        final Instant now = Instant.ofEpochMilli(json.getLong("nowMs"));
        assertThat(running.code()).as("%s", running).isZero();
        assertThat(running.err()).isEmpty();
        final List<String> lines = running.out().lines().map(String::stripTrailing).toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).containsSubsequence("post", "period", "confirmed", "served", "acts", "issued", "paid", "used MAD", "collected", "in 48 h", "median");
        assertThat(lines.get(1).split(" {2,}")).containsExactly("paris", YearMonth.from(now.atZone(ZoneOffset.UTC)).toString(), "0", "0", "0", "0", "0", "1", "1", "0", "0.00",
                "46.50 EUR", "2", "100 %", "<= 1 h");
        assertThat(lines.get(2).split(" {2,}")).startsWith("all", "0").endsWith("46.50 EUR", "2", "100 %", "<= 1 h");
        assertThat(csv).contains("\r\nparis,").contains(",COUNTER,").hasLineCount(5);
        assertThat(Files.readString(out)).isEqualTo(csv);
        assertThat(json.getJsonArray("rows")).hasSize(4);
        assertThat(json.getJsonArray("rows").getJsonObject(0).getString("day")).isEqualTo(now.atZone(ZoneOffset.UTC).toLocalDate().toString());

        final Said stopped = report();
        assertThat(stopped.code()).isZero();
        assertThat(stopped.out()).isEqualTo(running.out());
        assertThat(stopped.err()).hasLineCount(1).contains("no server runs").contains("up to position " + position + ", " + now).contains("would go on from there");
        assertThat(report("--csv").out()).isEqualTo(csv);
        assertThat(report("--post", "nowhere").err()).endsWith("there is no post nowhere" + System.lineSeparator());
        assertThat(report("--from", "2001-01", "--to", "2001-12").out().lines()).as("nothing then").hasSize(2);
    }

    @Test
    void givenWhatCannotBeReported_whenAsked_thenWhyAndWhatToDo() throws Exception {
        assertThat(report("--from", "2026-13")).isEqualTo(new Said(2, "", "2026-13 is no month: give one as 2026-03, or --days and dates" + System.lineSeparator()));
        assertThat(report("--days", "--to", "2026-03")).isEqualTo(new Said(2, "", "2026-03 is no date: give one as 2026-03-02" + System.lineSeparator()));
        assertThat(report("--from", "2026-03", "--to", "2026-02").err()).contains("is after the last");
        assertThat(report("--csv", "--json").code()).isEqualTo(2);
        try (Service service = served("false")) {
            final Said said = report();
            assertThat(said.code()).as("%s at %s", said, service.httpPort()).isOne();
            assertThat(said.err()).hasLineCount(1).contains("keeps no records").contains(Setting.RECORDS.key());
        }
        final Path sums = Files.write(new DataDirectory(data).edge().resolve("report.sums"), new byte[100]);
        assertThat(report().err()).hasLineCount(1).contains(sums + " is damaged").contains("the next server begins it anew");
    }

    private Said report(final Object... arguments) throws IOException {
        final Object[] all = new Object[arguments.length + 2];
        all[0] = "--data";
        all[1] = data;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Said.by(new ReportCommand(), all);
    }
}
