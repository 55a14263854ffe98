package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.cli.AuditCommand;
import org.mawid.api.fake.FakeIssuer;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;
import org.mawid.grpc.Command;
import org.mawid.grpc.Result;
import picocli.CommandLine;

/** Long after a server has forgotten what it answered, an auditor has the table of what was done, and what each command was answered then. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditCommandTest {
    private static final long AMINA = 0xA1;
    private static final long CHILD = 0xC1;
    private static final String FILE = "20261234";
    private static final List<String> NOT_AMONG_THE_REST = List.of("nowMs", "result", "repeatedAnswer");

    private final TokenCalls calls = new TokenCalls(() -> this.service.httpPort());
    private FakeIssuer issuer;
    private Path folder;
    private Path data;
    private Service service;
    private String auditor;
    private String application;
    private String other;
    /** As the server told them while it remembered, and when it did not any more. */
    private List<JsonObject> remembered;
    private List<JsonObject> forgotten;
    private Map<String, List<Long>> asked;

    private record Table(int code, List<NamedCsvRecord> lines, String err) {
        List<Long> positions() {
            return lines.stream().map(line -> Long.parseLong(line.getField("position"))).toList();
        }

        NamedCsvRecord at(final long position) {
            return lines.stream().filter(line -> Long.parseLong(line.getField("position")) == position).findFirst().orElseThrow();
        }
    }

    @BeforeAll
    void aDayOfAPost(@TempDir final Path where) throws Exception {
        issuer = new FakeIssuer();
        folder = where;
        data = folder.resolve("data");
        final Path master = folder.resolve("master.key");
        MasterKey.make(master);
        service = Service.start(Settings.of(Map.of(Setting.DATA.key(), data.toString(), Setting.RECORDS_ENTRIES.key(), "10000", Setting.SEGMENT_BYTES.key(), "1048576",
                EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0", EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000", EdgeSetting.PERSON_MASTER_KEY.key(), master.toString(),
                EdgeSetting.OIDC_ISSUER.key(), issuer.url().toString(), EdgeSetting.OIDC_AUDIENCE.key(), FakeIssuer.AUDIENCE), Map.of(), null));
        service.ready();
        service.keepRecords();
        auditor = issuer.token(issuer.claims().subject("auditor-1").claim("roles", "auditor").build());
        final String token = issuer.token(List.of("operator"));
        try (MawidClient operator = MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withToken(() -> token))) {
            OnePost.make(operator, 2, 4);
            book();
            remembered = audit("?limit=200");
            asked = new LinkedHashMap<>();
            for (final String query : List.of("application=" + application, "application=" + other, "person=" + key(AMINA), "person=" + key(CHILD), "operation=confirm", "actor=" + remembered.stream().filter(entry -> "confirm".equals(entry.getString("operation"))).findFirst().orElseThrow().getString("actor"),
                    "to=" + remembered.get(9).getString("now"), "from=" + remembered.get(9).getString("now") + "&application=" + application)) {
                asked.put(query, audit("?limit=200&" + query).stream().map(entry -> entry.getLong("position")).filter(position -> position <= last(remembered)).toList());
            }
            OnePost.done(operator, Command.newBuilder().setSetRules(operator.rules(0).getRules().toBuilder().setRememberMs(1_000)));
        }
        await().until(() -> {
            forgotten = audit("?limit=200");
            return forgotten.stream().filter(entry -> entry.getLong("position") <= last(remembered)).noneMatch(entry -> entry.containsKey("result"));
        });
        service.close();
    }

    @AfterAll
    void stop() {
        issuer.close();
    }

    /** A child's visit that the call centre makes, moves and ends; one that is refused, one that is sent twice, one that looks at what is not theirs. */
    private void book() throws Exception {
        final String amina = issuer.applicant(AMINA);
        final String officer = issuer.token(List.of("officer"), "paris");
        final String agent = issuer.token(issuer.claims().subject("agent-17").claim("roles", "call-centre").build());
        application = submitted(amina, CHILD);
        other = submitted(amina, AMINA);
        final JsonObject first = new JsonObject().put("lines", new JsonArray().add(0));
        json(calls.post("/v1/applications/" + application + "/validate", officer, first), 200);
        json(calls.post("/v1/applications/" + application + "/validate", officer, first), 409);
        final String[] asAgent = {"Mawid-Reason", FILE, "Mawid-Channel", "CALL_CENTRE", "Mawid-On-Behalf-Of", key(CHILD)};
        final JsonObject leg = new JsonObject().put("deskId", OnePost.DESK).put("date", LocalDate.ofEpochDay(OnePost.FIRST_DAY).toString()).put("startUnit", 0).put("units", OnePost.VISIT_UNITS).put("lines", new JsonArray().add(0));
        final String hold = json(calls.post("/v1/holds", agent, new JsonObject().put("application", application).put("legs", new JsonArray().add(leg)), asAgent), 201).getString("hold");
        final String appointment = json(calls.post("/v1/holds/" + hold + "/confirm", agent, new JsonObject(), asAgent), 201).getString("appointment");
        final String rome = issuer.token(issuer.claims().subject("officer-of-rome").claim("roles", "officer").claim("posts", "rome").build());
        assertThat(calls.get("/v1/applications/" + application, rome).statusCode()).isEqualTo(404);
        json(calls.post("/v1/appointments/" + appointment + "/cancel", agent, null, asAgent), 200);
        final String[] twice = {"Idempotency-Key", "8e03978e-40d5-43e8-bc93-6894a57f9324"};
        for (int i = 0; i < 2; i++) {
            json(calls.post("/v1/applications/" + other + "/withdraw", amina, first, twice), 200);
        }
        await().until(() -> audit("?limit=200").stream().anyMatch(entry -> "UNKNOWN".equals(entry.getString("verdict"))));
    }

    private String submitted(final String token, final long person) throws Exception {
        return json(calls.post("/v1/applications", token, new JsonObject().put("postId", OnePost.POST).put("lines", new JsonArray().add(LifeFixture.line(person)))), 201).getString("application");
    }

    @Test
    void givenWhatTheServerHasForgotten_whenTheLogIsAppliedOnceMore_thenEachIsThereAsItWasToldThen_withItsAnswer() throws Exception {
        final Table table = table();
        assertThat(table.code()).as(table.err()).isZero();
        assertThat(table.lines()).hasSizeGreaterThan(remembered.size());
        assertThat(table.positions().subList(0, remembered.size())).isEqualTo(remembered.stream().map(entry -> entry.getLong("position")).toList());
        for (final JsonObject told : remembered) {
            final NamedCsvRecord line = table.at(told.getLong("position"));
            told.fieldNames().stream().filter(name -> !"nowMs".equals(name)).forEach(name -> assertThat(line.getField(name)).as("%s of %s", name, told).isEqualTo(told.getValue(name).toString()));
        }
        for (final JsonObject told : forgotten.subList(0, remembered.size())) {
            final JsonObject before = remembered.get(forgotten.indexOf(told)).copy();
            NOT_AMONG_THE_REST.forEach(before::remove);
            final JsonObject after = told.copy();
            NOT_AMONG_THE_REST.forEach(after::remove);
            assertThat(after).isEqualTo(before);
        }
        assertThat(remembered).extracting(told -> told.getString("result", "")).contains(Result.OK.name(), "").anyMatch(result -> !result.isEmpty() && !"OK".equals(result));
        assertThat(table.lines().stream().filter(line -> "withdrawLines".equals(line.getField("operation"))).map(line -> line.getField("result") + ' ' + line.getField("repeatedAnswer"))).containsExactly("OK false", "OK true");
    }

    @Test
    void givenAQuestion_whenAsked_thenTheTableHasWhatTheServerFoundWhileItRan_andForWhichApplicationItWas() throws Exception {
        for (final Map.Entry<String, List<Long>> each : asked.entrySet()) {
            final List<String> options = new ArrayList<>();
            for (final String pair : each.getKey().split("&")) {
                options.add("--" + pair.substring(0, pair.indexOf('=')));
                options.add(pair.substring(pair.indexOf('=') + 1));
            }
            final Table table = table(options.toArray(String[]::new));
            assertThat(table.code()).as(table.err()).isZero();
            assertThat(table.positions().stream().filter(position -> position <= last(remembered)).toList()).as(each.getKey()).isNotEmpty().isEqualTo(each.getValue());
        }
        final Table ofOne = table("--application", application);
        assertThat(ofOne.lines()).extracting(line -> line.getField("application")).containsOnly(application);
        assertThat(ofOne.lines().stream().filter(line -> line.getField("verdict").isEmpty()).map(line -> line.getField("operation") + ' ' + line.getField("result")))
                .containsExactly("submitApplication OK", "validateLines OK", "validateLines " + ofOne.lines().stream().filter(line -> "validateLines".equals(line.getField("operation"))).toList().get(1).getField("result"),
                        "hold OK", "confirm OK", "cancel OK");
    }

    @Test
    void givenAFile_thenTheTableIsThere_andOneLineSaysHowMuch() throws Exception {
        final Path file = folder.resolve("audit.csv");
        final Table table = table("--out", file.toString());
        assertThat(table.code()).as(table.err()).isZero();
        assertThat(table.lines()).isEmpty();
        final List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        assertThat(lines.get(0)).startsWith("position,now,actor,onBehalfOf,");
        assertThat(table.err()).containsPattern("^" + (lines.size() - 1) + " things that were done, to position \\d+, are in ").hasLineCount(1);
        assertThat(String.join("\n", lines)).as("keys and numbers").doesNotContain("agent-17", "auditor-1", "127.0.0.1");
    }

    @Test
    void givenAQuestionThatIsNone_whenAsked_thenOneLineSaysWhatToWrite_andNothingIsWritten() throws Exception {
        assertRefused(2, "17 is no actor's key: give its 16 hexadecimal digits", "--actor", "17");
        assertRefused(2, "0000000000000000 is no person's key", "--person", "0000000000000000");
        assertRefused(2, "--from yesterday is no instant: give it as 2026-03-01T00:00:00Z", "--from", "yesterday");
        assertRefused(2, "there is no operation peek", "--operation", "peek");
        assertRefused(2, "7K3M-9QF2-T4VXH is no application's reference of this directory", "--application", "7K3M-9QF2-T4VXH");
        final StringWriter err = new StringWriter();
        final Path nowhere = folder.resolve("nowhere");
        assertThat(new CommandLine(new AuditCommand()).setErr(new PrintWriter(err)).execute("--data", nowhere.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("with which references are made").hasLineCount(1);
        assertThat(nowhere).as("nothing is made").doesNotExist();
        try (EmbeddedEngine served = EmbeddedEngine.start(EngineConfig.at(data))) {
            assertThat(served.status().running()).isTrue();
            assertRefused(1, "in use by process " + ProcessHandle.current().pid());
        }
    }

    private void assertRefused(final int code, final String why, final String... options) throws Exception {
        final Path file = folder.resolve("refused.csv");
        final List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--out", file.toString()));
        final Table table = table(all.toArray(String[]::new));
        assertThat(table.code()).isEqualTo(code);
        assertThat(table.err()).contains(why).hasLineCount(1);
        assertThat(file).doesNotExist();
    }

    // ---- how it is asked

    private Table table(final String... options) throws Exception {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final List<String> all = new ArrayList<>(List.of("--data", data.toString()));
        all.addAll(List.of(options));
        final int code = new CommandLine(new AuditCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(all.toArray(String[]::new));
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(out.toString())) {
            return new Table(code, reader.stream().toList(), err.toString());
        }
    }

    private List<JsonObject> audit(final String query) throws Exception {
        return json(calls.get("/v1/audit" + query, auditor), 200).getJsonArray("entries").stream().map(JsonObject.class::cast).toList();
    }

    private static long last(final List<JsonObject> entries) {
        return entries.get(entries.size() - 1).getLong("position");
    }

    private static String key(final long key) {
        return String.format("%016x", key);
    }

    private static JsonObject json(final HttpResponse<String> answer, final int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new JsonObject(answer.body());
    }
}
