package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jwt.PlainJWT;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.access.Role;
import org.mawid.api.cli.RetentionCommand;
import org.mawid.api.document.Specimens;
import org.mawid.api.fake.FakeIssuer;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.testkit.OldOrphans;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.engine.Setting;
import org.mawid.grpc.AccessVerdict;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.AuditPage;
import org.mawid.grpc.AuditServiceGrpc;
import org.mawid.grpc.Command;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.GetApplicationRequest;
import org.mawid.grpc.ListAuditRequest;
import picocli.CommandLine;

/** An auditor finds who read what, who was refused, and why the call centre did what it did; nobody else does, and nothing of a person is there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditOverEdgesTest {
    private static final long AMINA = 0xA1;
    private static final String ACTE = "ACTE DE NAISSANCE D'AMINA BENALI";
    private static final String FILE = "20261234";

    private final TokenCalls calls = new TokenCalls(() -> this.service.httpPort());
    private FakeIssuer issuer;
    private Path data;
    private Service service;
    private ManagedChannel channel;
    private MawidClient operator;
    private String officer;
    private String agent;
    private String auditor;
    private String application;
    private String document;

    @BeforeAll
    void start(@TempDir final Path folder) throws Exception {
        issuer = new FakeIssuer();
        data = folder.resolve("data");
        final Path master = folder.resolve("master.key");
        MasterKey.make(master);
        service = Service.start(Settings.of(Map.of(Setting.DATA.key(), data.toString(), Setting.RECORDS_ENTRIES.key(), "10000", Setting.SEGMENT_BYTES.key(), "1048576",
                EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0", EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000", EdgeSetting.PERSON_MASTER_KEY.key(), master.toString(),
                EdgeSetting.OIDC_ISSUER.key(), issuer.url().toString(), EdgeSetting.OIDC_AUDIENCE.key(), FakeIssuer.AUDIENCE), Map.of(), null));
        service.ready();
        service.keepRecords();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().build();
        officer = issuer.token(List.of("officer"), "paris");
        agent = issuer.token(issuer.claims().subject("agent-17").claim("roles", "call-centre").build());
        auditor = issuer.token(issuer.claims().subject("auditor-1").claim("roles", "auditor").build());
        final String token = issuer.token(List.of("operator"));
        operator = MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withToken(() -> token));
        OnePost.make(operator, 2, 4);
        OnePost.done(operator, Command.newBuilder().setDefinePost(DefinePost.newBuilder().setPostId(2).setCode("rome").setCurrency("EUR").setMinorDigits(2).setRoundToMinor(50)));
        final String amina = issuer.applicant(AMINA);
        application = json(calls.post("/v1/applications", amina, new JsonObject().put("postId", OnePost.POST).put("lines", new JsonArray().add(LifeFixture.line(AMINA)))), 201).getString("application");
        document = given(amina);
    }

    @AfterAll
    void stop() {
        operator.close();
        channel.shutdownNow();
        service.close();
        issuer.close();
    }

    @Test
    void givenAnOfficerWhoReadsADocument_thenItIsInTheLogBeforeTheyHaveIt_withWhoGaveItBefore() throws Exception {
        assertThat(calls.get("/v1/applications/" + application + "/documents/" + document + "/content", officer).statusCode()).isEqualTo(200);
        final List<JsonObject> found = audit("?operation=getDocumentContent&application=" + application);
        final JsonObject read = found.get(found.size() - 1);
        assertThat(read.getString("verdict")).isEqualTo("ALLOWED");
        assertThat(read.getString("objectKind")).isEqualTo("APPLICATION");
        assertThat(read.getString("object")).isEqualTo(application);
        assertThat(read.getString("detail")).isEqualTo(document.substring(0, 16));
        assertThat(read.getString("address")).isNotEqualTo("0000000000000000");
        assertThat(audit("?actor=" + read.getString("actor"))).contains(read);
        final JsonObject gave = audit("?operation=endDocument&person=" + String.format("%016x", AMINA)).get(0);
        assertThat(gave.getString("actor")).isEqualTo(String.format("%016x", AMINA));
        assertThat(audit("?operation=recordDocument")).singleElement().satisfies(told -> assertThat(told.getString("result")).isEqualTo("OK"));
    }

    @Test
    void givenTheCallCentre_whenItLooksUpAndActs_thenItsReasonIsThere_ofTheCommandRightBeforeIt() throws Exception {
        final String amina = issuer.applicant(AMINA);
        final String other = json(calls.post("/v1/applications", amina, new JsonObject().put("postId", OnePost.POST).put("lines", new JsonArray().add(LifeFixture.line(0xB7)))), 201).getString("application");
        assertThat(calls.get("/v1/applications/" + other, agent, "Mawid-Reason", FILE).statusCode()).isEqualTo(200);
        json(calls.post("/v1/applications/" + other + "/withdraw", agent, new JsonObject().put("lines", new JsonArray().add(0)), "Mawid-Reason", FILE, "Mawid-Channel", "CALL_CENTRE",
                "Mawid-On-Behalf-Of", String.format("%016x", AMINA)), 200);
        final List<JsonObject> found = audit("?application=" + other).stream().filter(entry -> !entry.getString("operation").equals("listAudit")).toList();
        assertThat(found).extracting(entry -> entry.getString("operation")).endsWith("getApplication", "withdrawLines", "withdrawLines");
        final List<JsonObject> last = found.subList(found.size() - 3, found.size());
        assertThat(last.subList(0, 2)).allSatisfy(entry -> {
            assertThat(entry.getInteger("reasonCode")).isEqualTo(Integer.parseInt(FILE));
            assertThat(entry.getString("verdict")).isEqualTo("ALLOWED");
            assertThat(entry.getString("channel")).isEqualTo("CALL_CENTRE");
        });
        assertThat(last.get(2).getString("result")).isEqualTo("OK");
        assertThat(last.get(1).getLong("position")).isEqualTo(last.get(2).getLong("position") - 1);
        assertThat(last).extracting(entry -> entry.getString("actor")).containsOnly(last.get(0).getString("actor"));
        assertThat(last.subList(1, 3)).extracting(entry -> entry.getString("onBehalfOf")).containsOnly(String.format("%016x", AMINA));
        final List<JsonObject> comings = audit("?actor=" + last.get(2).getString("actor")).stream().filter(entry -> entry.getString("operation").equals("comesFrom")).toList();
        assertThat(comings).as("a command has no place for where it came from: it is before the first one").singleElement().satisfies(entry -> {
            assertThat(entry.getString("address")).isEqualTo(last.get(0).getString("address"));
            assertThat(entry.getLong("position")).isLessThan(last.get(1).getLong("position"));
        });
    }

    @Test
    void givenAHoldThatTheCallCentreEnds_thenWhyAndThatItDid_areOfItsApplication_andOfWhoeverItServes() throws Exception {
        final long submitted = 0xA3;
        final long child = 0xC3;
        final String other = json(calls.post("/v1/applications", issuer.applicant(submitted), new JsonObject().put("postId", OnePost.POST).put("lines", new JsonArray().add(LifeFixture.line(child)))), 201).getString("application");
        json(calls.post("/v1/applications/" + other + "/validate", officer, new JsonObject().put("lines", new JsonArray().add(0))), 200);
        final String[] asAgent = {"Mawid-Reason", FILE, "Mawid-Channel", "CALL_CENTRE", "Mawid-On-Behalf-Of", String.format("%016x", child)};
        final JsonObject leg = new JsonObject().put("deskId", OnePost.DESK).put("date", LocalDate.ofEpochDay(OnePost.FIRST_DAY).toString()).put("startUnit", 0).put("units", OnePost.VISIT_UNITS).put("lines", new JsonArray().add(0));
        final String hold = json(calls.post("/v1/holds", agent, new JsonObject().put("application", other).put("legs", new JsonArray().add(leg)), asAgent), 201).getString("hold");
        final String appointment = json(calls.post("/v1/holds/" + hold + "/confirm", agent, new JsonObject(), asAgent), 201).getString("appointment");
        for (final String of : List.of("?application=" + other, "?person=" + String.format("%016x", submitted), "?person=" + String.format("%016x", child))) {
            assertThat(audit(of).stream().filter(entry -> entry.getString("operation").equals("confirm"))).as(of).extracting(entry -> entry.getInteger("reasonCode", 0)).containsExactly(Integer.parseInt(FILE), 0);
        }
        final HttpResponse<String> forAmina = calls.post("/v1/appointments/" + appointment + "/cancel", agent, null, "Mawid-Reason", FILE, "Mawid-Channel", "CALL_CENTRE", "Mawid-On-Behalf-Of", String.format("%016x", AMINA));
        assertThat(forAmina.statusCode()).as("for somebody whom it has nothing to do with: " + forAmina.body()).isEqualTo(403);
        assertThat(calls.post("/v1/appointments/" + appointment + "/cancel", officer, null, "Mawid-On-Behalf-Of", String.format("%016x", AMINA)).statusCode()).isEqualTo(403);
        json(calls.post("/v1/appointments/" + appointment + "/cancel", agent, null, asAgent), 200);
    }

    @Test
    void givenASweepThatDeletesByRule_thenItIsInTheLogThatTheServerDidSo_andHowMany_andOneThatDeletesNothingIsNot() throws Exception {
        OldOrphans.put(data.resolve("persons/sealed"));
        for (int i = 0; i < 2; i++) {
            final StringWriter said = new StringWriter();
            assertThat(new CommandLine(new RetentionCommand()).setOut(new PrintWriter(said)).setErr(new PrintWriter(said)).execute("--now", "--data", data.toString())).as(said::toString).isZero();
        }
        final JsonObject swept = awaited("?from=2020-01-01T00:00:00Z", entry -> "retentionSweep".equals(entry.getString("operation")));
        assertThat(swept.getString("channel")).isEqualTo("SYSTEM");
        assertThat(swept.getString("actor")).isEqualTo("0000000000000000");
        assertThat(swept.getString("detail")).isEqualTo("0000000000000001");
        assertThat(audit("?from=2020-01-01T00:00:00Z").stream().filter(entry -> "retentionSweep".equals(entry.getString("operation")))).hasSize(1);
    }

    @Test
    void givenCallsThatAreRefused_thenTheAuditorFindsThem_alsoWithoutAToken() throws Exception {
        final String rome = issuer.token(issuer.claims().subject("officer-of-rome").claim("roles", "officer").claim("posts", "rome").build());
        assertThat(calls.get("/v1/applications/" + application + "/documents/" + document + "/content", rome).statusCode()).isEqualTo(404);
        final JsonObject strange = awaited("?operation=getDocumentContent", entry -> "UNKNOWN".equals(entry.getString("verdict")));
        assertThat(strange.getString("object")).isEqualTo(application);

        assertThat(calls.post("/v1/applications/" + application + "/validate", rome, new JsonObject().put("lines", new JsonArray().add(0))).statusCode()).isEqualTo(404);
        assertThat(awaited("?operation=validateLines", entry -> "UNKNOWN".equals(entry.getString("verdict"))).getString("actor")).isEqualTo(strange.getString("actor"));

        final String planner = issuer.token(issuer.claims().subject("planner-1").claim("roles", "planner").build());
        assertThat(calls.get("/v1/applications/" + application, planner).statusCode()).isEqualTo(403);
        awaited("?operation=getApplication", entry -> "REFUSED".equals(entry.getString("verdict")));

        final String forged = new PlainJWT(new PlainHeader(), issuer.claims().subject("auditor-1").claim("roles", "auditor").build()).serialize();
        assertThat(calls.get("/v1/audit", forged).statusCode()).isEqualTo(401);
        final JsonObject unsigned = awaited("?operation=listAudit", entry -> "TOKEN_ALGORITHM".equals(entry.getString("grounds")));
        assertThat(unsigned.getString("verdict")).isEqualTo("REFUSED");
        assertThat(unsigned.getString("actor")).isEqualTo("0000000000000000");

        final Metadata nobody = new Metadata();
        assertThatThrownBy(() -> ApplicationServiceGrpc.newBlockingStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(nobody))
                .getApplication(GetApplicationRequest.newBuilder().setApplication(application).build())).isInstanceOf(StatusRuntimeException.class);
        awaited("?operation=getApplication", entry -> "REFUSED".equals(entry.getString("verdict")) && entry.getString("actor").equals("0000000000000000"));
    }

    @Test
    void givenManyRefusals_thenTheLogHasAFew() throws Exception {
        final String knocks = issuer.token(issuer.claims().subject("knocks").claim("roles", "planner").build());
        for (int i = 0; i < 40; i++) {
            assertThat(calls.get("/v1/applications/" + application + "/waiting", knocks).statusCode()).isEqualTo(403);
        }
        awaited("?operation=getWaiting", entry -> "REFUSED".equals(entry.getString("verdict")));
        assertThat(audit("?operation=getWaiting")).hasSizeBetween(1, 5);
    }

    @Test
    void givenMuch_whenAskedForPageByPage_overEitherEdge_andOfATime_thenItIsTheSame() throws Exception {
        final JsonObject whole = json(calls.get("/v1/audit?limit=200&to=" + Instant.ofEpochMilli(service.engine().nowMs()), auditor), 200);
        final List<JsonObject> paged = new ArrayList<>();
        long after = 0;
        while (paged.size() < 5) {
            final JsonObject page = json(calls.get("/v1/audit?limit=2&after=" + after, auditor), 200);
            page.getJsonArray("entries").forEach(entry -> paged.add((JsonObject) entry));
            after = page.getLong("through");
        }
        assertThat(paged.subList(0, 5)).isEqualTo(entries(whole).subList(0, 5));
        final AuditPage read = stub(auditor).listAudit(ListAuditRequest.newBuilder().setLimit(5).build());
        assertThat(read.getEntriesList()).extracting(entry -> entry.getPosition()).containsExactlyElementsOf(paged.subList(0, 5).stream().map(entry -> entry.getLong("position")).toList());
        assertThat(read.getEntries(0).getOperation()).isEqualTo(paged.get(0).getString("operation")).isEqualTo("setCoreVersion");
        assertThat(stub(auditor).listAudit(ListAuditRequest.newBuilder().setOperation("endDocument").setApplication(application).build()).getEntries(0).getVerdict())
                .isEqualTo(AccessVerdict.ACCESS_VERDICT_ALLOWED);
        final JsonObject fifth = paged.get(4);
        assertThat(audit("?from=" + fifth.getString("now") + "&limit=200")).contains(fifth).allSatisfy(entry -> assertThat(entry.getLong("nowMs")).isGreaterThanOrEqualTo(fifth.getLong("nowMs")));
        assertThat(audit("?to=" + fifth.getString("now"))).allSatisfy(entry -> assertThat(entry.getLong("nowMs")).isLessThan(fifth.getLong("nowMs")));
        assertThat(calls.get("/v1/audit?operation=peek", auditor).statusCode()).isEqualTo(400);
        assertThat(calls.get("/v1/audit?from=yesterday", auditor).statusCode()).isEqualTo(400);
    }

    @Test
    void givenAnybodyElse_whenTheyAskForIt_thenTheyAreRefused_andWhoReadsItIsInIt() throws Exception {
        for (final Role role : Role.values()) {
            if (role != Role.AUDITOR && role != Role.NOBODY) {
                final String token = issuer.token(issuer.claims().subject("curious-" + role).claim("roles", role.word()).claim("posts", "paris").claim("person", "00000000000000a1").build());
                assertThat(calls.get("/v1/audit", token, "Mawid-Reason", FILE).statusCode()).as(role.word()).isEqualTo(403);
                assertThatThrownBy(() -> stub(token).listAudit(ListAuditRequest.getDefaultInstance())).isInstanceOf(StatusRuntimeException.class).hasMessageContaining("PERMISSION_DENIED");
            }
        }
        assertThat(calls.get("/v1/audit", null).statusCode()).isEqualTo(401);
        assertThat(audit("?operation=listAudit")).anySatisfy(entry -> assertThat(entry.getString("verdict")).isEqualTo("ALLOWED"));
    }

    @Test
    void givenPersonalThings_thenNoneOfThemIsInIt() throws Exception {
        json(calls.post("/v1/applications/" + application + "/messages", officer, new JsonObject().put("postId", OnePost.POST).put("writer", "POST").put("topicCode", 1).put("text", ACTE)), 200);
        assertThat(calls.get("/v1/applications/" + application, agent, "Mawid-Reason", "Amina.Benali").statusCode()).as("no words").isEqualTo(400);
        final String all = calls.get("/v1/audit?limit=200", auditor).body();
        assertThat(all).contains("sendMessage").doesNotContainIgnoringCase("amina").doesNotContain("agent-17", "auditor-1", "127.0.0.1", ACTE);
    }

    // ---- how the calls are made

    private String given(final String token) throws Exception {
        final byte[] file = Specimens.pdf(1, ACTE);
        final String documents = "/v1/applications/" + application + "/documents";
        final String id = json(calls.post(documents, token, new JsonObject().put("line", 0).put("bytes", file.length)), 201).getString("document");
        json(calls.send(calls.request(documents + '/' + id + "/bytes", token, "Content-Type", "application/octet-stream", "Upload-Offset", "0").PUT(BodyPublishers.ofByteArray(file))), 200);
        json(calls.post(documents + '/' + id + "/end", token, new JsonObject()), 200);
        return id;
    }

    private AuditServiceGrpc.AuditServiceBlockingStub stub(final String token) {
        final Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return AuditServiceGrpc.newBlockingStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    private List<JsonObject> audit(final String query) throws Exception {
        return entries(json(calls.get("/v1/audit" + query, auditor), 200));
    }

    /** What is written beside the answer comes a little after it. */
    private JsonObject awaited(final String query, final Predicate<JsonObject> which) throws Exception {
        while (true) {
            final List<JsonObject> found = audit(query + "&limit=200").stream().filter(which).toList();
            if (!found.isEmpty()) {
                return found.get(found.size() - 1);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static List<JsonObject> entries(final JsonObject page) {
        return page.getJsonArray("entries").stream().map(JsonObject.class::cast).toList();
    }

    private static JsonObject json(final HttpResponse<String> answer, final int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new JsonObject(answer.body());
    }
}
