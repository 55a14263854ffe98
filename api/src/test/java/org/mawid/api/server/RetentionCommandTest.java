package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mawid.api.cli.ExportCommand;
import org.mawid.api.cli.RetainCommand;
import org.mawid.api.cli.RetentionCommand;
import org.mawid.api.testkit.OldOrphans;
import org.mawid.api.testkit.OnePost;
import picocli.CommandLine;

/** What an operator does about how long things are kept, beside a server that runs. */
class RetentionCommandTest extends PersonFixture {
    private static final String PERSON = HexFormat.of().toHexDigits(YASMINE);

    @Test
    void givenThingsOfAnOpenApplication_thenNothingIsOver_inADryRunAndInASweep() throws Exception {
        contacts();
        assertThat(counts("--dry-run").get("CONTACTS")).isEqualTo("deleted 0, held 0, kept 1");
        assertThat(send("GET", "/metrics", null).body()).contains("mawid_retention_swept_seconds -1.0");
        assertThat(counts("--now").get("CONTACTS")).isEqualTo("deleted 0, held 0, kept 1");
        assertThat(send("GET", "/metrics", null).body()).contains("mawid_retention_deleted_total{kind=\"CONTACTS\"} 0.0", "mawid_retention_oldest_seconds{kind=\"CONTACTS\"}").doesNotContain("mawid_retention_swept_seconds -1.0");
        assertThat(said(0, new RetentionCommand(), "--dry-run", "--data", data().toString())).contains("kind", "over", "contacts");
        stop();
        assertThat(said(1, new RetentionCommand(), "--now", "--data", data().toString())).contains("no server runs");
        start();
    }

    @Test
    void givenSomethingThatIsOver_thenADryRunLeavesIt_andASweepDeletesItOnce() throws Exception {
        contacts();
        OldOrphans.put(data().resolve("persons/sealed"));
        for (int i = 0; i < 2; i++) {
            assertThat(counts("--dry-run").get("ORPHANS")).isEqualTo("deleted 1, held 0, kept 0");
        }
        assertThat(counts("--now").get("ORPHANS")).isEqualTo("deleted 1, held 0, kept 0");
        assertThat(counts("--now").get("ORPHANS")).isEqualTo("deleted 0, held 0, kept 0");
        assertThat(send("GET", "/metrics", null).body()).contains("mawid_retention_deleted_total{kind=\"ORPHANS\"} 1.0");
        assertThat(json(send("GET", "/v1/persons/" + PERSON + "/contacts", null), 200).getString("email")).isEqualTo("yasmine@example.org");
    }

    @Test
    void givenALegalHold_thenTheExportTellsIt_untilItIsEnded() throws Exception {
        contacts();
        assertThat(said(0, new RetainCommand(), PERSON, "--until", "2199-12-31", "--reason", "4711", "--data", data().toString())).contains("until the end of 2199-12-31");
        assertThat(exported("held").getJsonObject("legalHold").getString("until")).isEqualTo("2200-01-01T00:00:00Z");
        assertThat(exported("again").getJsonObject("legalHold").getLong("reason")).isEqualTo(4711);
        assertThat(said(0, new RetainCommand(), PERSON, "--end", "--data", data().toString())).contains("has ended");
        assertThat(said(0, new RetainCommand(), PERSON, "--end", "--data", data().toString())).contains("there was no hold");
        assertThat(exported("ended").containsKey("legalHold")).isFalse();
    }

    @Test
    void givenWhatIsNoHold_thenItIsSaid_andNothingIsKept() {
        assertThat(said(2, new RetainCommand(), PERSON, "--until", "2001-01-01", "--reason", "1", "--data", data().toString())).contains("is past");
        assertThat(said(2, new RetainCommand(), PERSON, "--until", "2199-01-01", "--reason", "0", "--data", data().toString())).contains("is not 1 to 4294967295");
        assertThat(said(2, new RetainCommand(), PERSON, "--until", "2199-01-01", "--data", data().toString())).contains("--reason");
        assertThat(said(2, new RetainCommand(), PERSON, "--data", data().toString())).isNotEmpty();
        assertThat(data().resolve("persons/retained").resolve(PERSON)).doesNotExist();
    }

    private void contacts() {
        OnePost.define(client);
        submitted(YASMINE);
        json(send("PUT", "/v1/persons/" + PERSON + "/contacts", new JsonObject().put("email", "yasmine@example.org").put("language", "fr").put("topics", new JsonArray())), 200);
    }

    private Map<String, String> counts(final String what) {
        return new JsonObject(said(0, new RetentionCommand(), what, "--json", "--data", data().toString())).getJsonArray("kinds").stream().map(JsonObject.class::cast)
                .collect(Collectors.toMap(row -> row.getString("kind"), row -> "deleted " + row.getLong("deleted") + ", held " + row.getLong("held") + ", kept " + row.getLong("kept")));
    }

    private JsonObject exported(final String to) throws Exception {
        said(0, new ExportCommand(), PERSON, "--data", data().toString(), "--set", EdgeSetting.PERSON_MASTER_KEY.key() + '=' + master(), "--out", folder.resolve(to).toString());
        return new JsonObject(Files.readString(folder.resolve(to).resolve("export.json")));
    }

    private static String said(final int code, final Object command, final String... arguments) {
        final StringWriter said = new StringWriter();
        final PrintWriter writer = new PrintWriter(said);
        assertThat(new CommandLine(command).setOut(writer).setErr(writer).execute(arguments)).as(said::toString).isEqualTo(code);
        return said.toString();
    }
}
