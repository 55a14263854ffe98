package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.fake.FakeIssuer;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.grpc.AddNoteRequest;
import org.mawid.grpc.AskCallbackRequest;
import org.mawid.grpc.CallCentreServiceGrpc;
import org.mawid.grpc.CallCentreServiceGrpc.CallCentreServiceBlockingStub;
import org.mawid.grpc.Callback;
import org.mawid.grpc.CallbackOutcome;
import org.mawid.grpc.ContactLanguage;
import org.mawid.grpc.EndCallbackRequest;
import org.mawid.grpc.GetHistoryRequest;
import org.mawid.grpc.HandOverNote;
import org.mawid.grpc.History;
import org.mawid.grpc.ListCallbacksRequest;
import org.mawid.grpc.Result;
import org.mawid.grpc.SearchRequest;
import org.mawid.grpc.TakeCallbackRequest;

/** Somebody rings: found by what they say, told how things stand, helped, handed over and called back; all of it is in the audit, and nothing of them lies anywhere in clear. */
class CallCentreOverEdgesTest extends PersonFixture {
    private static final String PERSON = String.format("%016x", YASMINE);
    private static final String EMAIL = "yasmine.elfassi@example.org";
    private static final String TYPED = "+212 (0)6 61 44 77 89";
    private static final String NOTE = "Mme El Fassi ne vient que le matin.";
    private static final String FILE = "20261234";

    private final FakeIssuer issuer = new FakeIssuer();
    private final String yasmine = issuer.applicant(YASMINE);
    private final String agent = agent("agent-17");
    private final String second = agent("agent-18");
    private final String officer = issuer.token(List.of("officer"), "paris");
    private final String auditor = issuer.token(List.of("auditor"));
    private MawidClient operator;
    private String application;
    private String appointment;

    private String agent(final String name) {
        return issuer.token(issuer.claims().subject(name).claim("roles", "call-centre").build());
    }

    @Override
    Map<String, String> settings() {
        final Map<String, String> settings = super.settings();
        settings.put(EdgeSetting.OIDC_ISSUER.key(), issuer.url().toString());
        settings.put(EdgeSetting.OIDC_AUDIENCE.key(), FakeIssuer.AUDIENCE);
        settings.put(EdgeSetting.CAPABILITY.key(), "off");
        return settings;
    }

    @BeforeEach
    void applied() throws Exception {
        final String token = issuer.token(List.of("operator"));
        operator = MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withToken(() -> token));
        OnePost.make(operator, 2, 4);
        json(as(yasmine, "PUT", "/v1/persons/" + PERSON + "/contacts", new JsonObject().put("email", EMAIL).put("mobile", TYPED).put("language", "ar")), 200);
        application = json(as(yasmine, "POST", "/v1/applications", new JsonObject().put("postId", OnePost.POST).put("lines", JsonArray.of(LifeFixture.line(YASMINE)))), 201).getString("application");
        json(as(officer, "POST", of("/validate"), new JsonObject().put("lines", JsonArray.of(0))), 200);
        final String hold = json(as(yasmine, "POST", "/v1/holds", legs(0).put("application", application)), 201).getString("hold");
        appointment = json(as(yasmine, "POST", "/v1/holds/" + hold + "/confirm", new JsonObject()), 201).getString("appointment");
    }

    @AfterEach
    void end() {
        operator.close();
        issuer.close();
    }

    @Test
    void givenACitizenRings_thenTheyAreFoundHelpedHandedOverAndCalledBack_andTheAuditHasItAll() throws Exception {
        final JsonObject found = search("mobile", TYPED).getJsonObject(0);
        assertThat(found.getJsonObject("application").getString("application")).isEqualTo(application);
        assertThat(found.getJsonObject("nextVisit").getString("appointment")).isEqualTo(appointment);

        json(asAgent(agent, "POST", "/v1/appointments/" + appointment + "/reschedule", legs(OnePost.VISIT_UNITS), "Mawid-Channel", "CALL_CENTRE", "Mawid-On-Behalf-Of", PERSON), 200);
        final String request = UUID.randomUUID().toString();
        final JsonObject note = json(asAgent(agent, "POST", of("/notes"), new JsonObject().put("text", NOTE), "Idempotency-Key", request), 200);
        assertThat(json(asAgent(agent, "POST", of("/notes"), new JsonObject().put("text", NOTE), "Idempotency-Key", request), 200)).as("the same again").isEqualTo(note);
        final JsonObject asked = json(asAgent(agent, "POST", of("/callbacks"), tomorrow()), 200);
        assertThat(json(asAgent(agent, "POST", of("/callbacks"), tomorrow()), 200)).as("the same again").isEqualTo(asked);
        restart();

        final JsonObject listed = json(asAgent(second, "GET", "/v1/callbacks", null), 200);
        assertThat(listed.getInteger("open")).isEqualTo(1);
        assertThat(listed.getJsonArray("callbacks").getJsonObject(0).getJsonObject("reach")).isEqualTo(new JsonObject().put("language", "ARABIC"));
        final String callback = of("/callbacks/" + asked.getLong("callback"));
        assertThat(json(asAgent(second, "POST", callback + "/take", null), 200).getJsonObject("reach").getString("mobile")).isEqualTo("+212661447789");
        final JsonObject taken = json(asAgent(agent, "POST", callback + "/take", null), 409);
        assertThat(taken.getString("reason")).isEqualTo("TAKEN");
        assertThat(taken.getLong("untilMs")).isGreaterThan(service.engine().nowMs());
        assertThat(json(asAgent(second, "POST", callback + "/end", new JsonObject().put("outcome", "REACHED")), 200).getJsonObject("end").getString("outcome")).isEqualTo("REACHED");

        final JsonObject history = json(asAgent(second, "GET", of("/history"), null), 200);
        assertThat(history.getJsonArray("visits")).singleElement().satisfies(visit -> assertThat(((JsonObject) visit).getInteger("reschedules")).isEqualTo(1));
        assertThat(history.getJsonArray("notes")).isEqualTo(JsonArray.of(note));
        assertThat(history.getJsonArray("callbacks").getJsonObject(0).getJsonObject("end").getString("outcome")).isEqualTo("REACHED");
        assertThat(history.getJsonArray("callbacks").encode()).as("numbers only for who has taken it").doesNotContain("661447789");
        assertThat(history.getBoolean("isWhole")).isTrue();
        assertThat(operations(history.getJsonArray("entries"))).startsWith("endCallback").contains("confirm", "reschedule", "addNote", "askCallback", "takeCallback");
        audited(asked.getLong("callback"));
        assertThat(everyFile()).noneMatch(file -> file.toLowerCase().contains(EMAIL) || file.contains("661447789") || file.contains("El Fassi"));
    }

    private void audited(final long callback) {
        final List<JsonObject> searches = audit("?operation=search");
        assertThat(searches).singleElement().satisfies(entry -> {
            assertThat(entry.getLong("reasonCode")).isEqualTo(Long.parseLong(FILE));
            assertThat(entry.getString("detail")).matches("[0-9a-f]{16}").isNotEqualTo("0".repeat(16));
            assertThat(entry.containsKey("object")).isFalse();
        });
        final List<JsonObject> taken = audit("?operation=takeCallback&application=" + application);
        assertThat(taken).hasSize(2).allSatisfy(entry -> assertThat(entry.getString("detail")).isEqualTo(String.format("%016x", callback)));
        assertThat(audit("?application=" + application)).extracting(entry -> entry.getString("operation")).contains("addNote", "askCallback", "endCallback", "getHistory");
    }

    @Test
    void givenAReferenceOfAnyKindOrAnAddress_thenTheApplicationIsFound_andAMistakeIsNamed() {
        final String stamp = json(as(yasmine, "POST", of("/stamps"), new JsonObject().put("lines", JsonArray.of(0)).put("postId", OnePost.POST)), 201).getJsonArray("stamps").getString(0);
        for (final String reference : List.of(application.toLowerCase(), appointment.replace("-", ""))) {
            assertThat(search("reference", reference)).singleElement().satisfies(found -> assertThat(((JsonObject) found).getJsonObject("application").getString("application")).isEqualTo(application));
        }
        assertThat(search("reference", ' ' + stamp.substring(0, 4) + ' ' + stamp.substring(4))).hasSize(1);
        assertThat(search("email", EMAIL.toUpperCase())).hasSize(1);
        assertThat(search("email", "nobody@example.org")).isEmpty();
        assertThat(search("mobile", "+33612345678")).isEmpty();
        assertThat(mistake(new JsonObject().put("reference", application.substring(1)))).isEqualTo("LENGTH");
        assertThat(mistake(new JsonObject().put("reference", application.replace('-', '#')))).isEqualTo("CHARACTER");
        assertThat(mistake(new JsonObject().put("reference", swapped(application)))).isEqualTo("CHECK");
        assertThat(mistake(new JsonObject().put("email", EMAIL).put("mobile", TYPED))).isEqualTo("NOT_ONE");
        assertThat(mistake(new JsonObject())).isEqualTo("NOT_ONE");
        assertThat(mistake(new JsonObject().put("mobile", "0661447789"))).isEqualTo("MOBILE_SYNTAX");
        assertThat(audit("?operation=search&application=" + application)).extracting(entry -> entry.getString("objectKind")).containsExactly("APPLICATION", "APPOINTMENT", "STAMP");
    }

    /** Another character where the check cannot be that of another kind. */
    private static String swapped(final String reference) {
        return reference.substring(0, 2) + (reference.charAt(2) == '7' ? '8' : '7') + reference.substring(3);
    }

    @Test
    void givenOthers_thenOnlyThePostsPeopleAndTheAuditorReadTheHistory_andNobodyElseDoesAnythingOfIt() throws Exception {
        json(asAgent(agent, "POST", of("/notes"), new JsonObject().put("text", NOTE)), 200);
        assertThat(json(as(officer, "GET", of("/history"), null), 200).getJsonArray("notes").getJsonObject(0).getString("text")).isEqualTo(NOTE);
        assertThat(json(as(auditor, "GET", of("/history"), null), 200).getJsonArray("visits")).hasSize(1);
        final String portal = issuer.token(issuer.claims().subject("portal").claim("roles", "portal").claim("portal", "consulat.ma").build());
        assertThat(as(issuer.token(List.of("officer"), "rome"), "GET", of("/history"), null).statusCode()).isEqualTo(404);
        for (final String other : List.of(yasmine, portal, issuer.token(List.of("planner")), issuer.token(List.of("operator")))) {
            assertThat(as(other, "GET", of("/history"), null, "Mawid-On-Behalf-Of", PERSON).statusCode()).isEqualTo(403);
        }
        for (final String other : List.of(yasmine, portal, officer, auditor, issuer.token(List.of("post-manager"), "paris"))) {
            final List<Integer> answers = Stream.of(as(other, "POST", "/v1/call-centre/searches", new JsonObject().put("email", EMAIL)), as(other, "POST", of("/notes"), new JsonObject().put("text", NOTE)),
                    as(other, "POST", of("/callbacks"), tomorrow()), as(other, "GET", "/v1/callbacks", null), as(other, "POST", of("/callbacks/1/take"), null),
                    as(other, "POST", of("/callbacks/1/end"), new JsonObject().put("outcome", "REACHED"))).map(answer -> answer.statusCode()).toList();
            assertThat(answers).containsOnly(403);
        }
        for (final String path : List.of("/v1/callbacks", of("/history"))) {
            assertThat(as(agent, "GET", path, null).statusCode()).as("without a reason").isEqualTo(403);
        }
        assertThatThrownBy(() -> stub(officer).search(SearchRequest.newBuilder().setEmail(EMAIL).build())).hasMessageContaining("PERMISSION_DENIED");
    }

    @Test
    void givenWhatIsNotTaken_thenItIsSaidWhy() {
        assertThat(json(asAgent(agent, "POST", of("/notes"), new JsonObject().put("text", "  ")), 400).getString("reason")).isEqualTo("EMPTY");
        assertThat(json(asAgent(agent, "POST", of("/notes"), new JsonObject().put("text", "a".repeat(1_001))), 400).getString("reason")).isEqualTo("TOO_LONG");
        assertThat(json(asAgent(agent, "POST", of("/notes"), new JsonObject().put("text", "a\u202Eb")), 400).getString("reason")).isEqualTo("DIRECTION");
        assertThat(json(asAgent(agent, "POST", of("/callbacks"), tomorrow().put("notAfter", "2020-01-01T00:00:00Z")), 422).getString("reason")).isEqualTo("WINDOW");
        assertThat(json(asAgent(agent, "POST", of("/callbacks/77/take"), null), 404).getString("reason")).isEqualTo("CALLBACK_UNKNOWN");
        assertThat(asAgent(agent, "GET", "/v1/applications/0000-0000-00000/history", null).statusCode()).isIn(400, 404);
        assertThat(asAgent(agent, "GET", "/v1/callbacks?after=yesterday", null).statusCode()).isEqualTo(400);
    }

    @Test
    void givenThousandsOfOthersSince_whenAskedWhoMovedIt_thenTheHistorySaysWho_withWhatCameOfIt_andThatThereIsNothingElse() throws Exception {
        final String[] asAgent = {"Mawid-Channel", "CALL_CENTRE", "Mawid-On-Behalf-Of", PERSON};
        json(asAgent(agent, "POST", "/v1/appointments/" + appointment + "/reschedule", legs(OnePost.VISIT_UNITS), asAgent), 200);
        final JsonObject no = json(asAgent(agent, "POST", "/v1/appointments/" + appointment + "/reschedule", legs(1), asAgent), 409);
        final String refused = no.getString("result");
        final String moved = audit("?operation=reschedule&application=" + application).get(0).getString("actor");
        try (MawidClient client = MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withToken(() -> officer))) {
            final var submits = client.batch();
            for (int i = 0; i < 2_100; i++) {
                submits.add(OnePost.submit(1_000 + i));
            }
            assertThat(submits.send()).allMatch(reply -> reply.getResult() == Result.OK);
        }
        final String token = issuer.token(List.of("operator"));
        await().until(() -> as(token, "GET", "/metrics", null).body().contains("mawid_trail_lag 0.0"));
        final JsonObject history = json(asAgent(second, "GET", of("/history"), null), 200);
        assertThat(history.getBoolean("isWhole")).isTrue();
        final List<JsonObject> entries = history.getJsonArray("entries").stream().map(JsonObject.class::cast).toList();
        assertThat(entries.stream().map(entry -> entry.getString("operation") + ' ' + entry.getString("result")))
                .containsSubsequence("reschedule " + refused, "reschedule OK", "confirm OK", "hold OK", "validateLines OK", "submitApplication OK");
        assertThat(entries.stream().filter(entry -> "reschedule".equals(entry.getString("operation")))).allSatisfy(entry -> assertThat(entry.getString("actor")).isEqualTo(moved));
        assertThat(history.getJsonArray("visits")).hasSize(1);
    }

    @Test
    void givenMoreThanTwentyThings_thenTheNewestAreTold_andThatThereAreMore() throws Exception {
        for (int i = 0; i < 20; i++) {
            json(asAgent(agent, "GET", of("/history"), null), 200);
        }
        final JsonObject whole = json(asAgent(second, "GET", of("/history"), null), 200);
        assertThat(operations(whole.getJsonArray("entries"))).as("look-ups of the history hide nothing").startsWith("confirm").doesNotContain("getHistory");
        assertThat(whole.getBoolean("isWhole")).isTrue();
        for (int i = 0; i < 20; i++) {
            json(asAgent(agent, "GET", of(""), null), 200);
        }
        final JsonObject history = json(asAgent(second, "GET", of("/history"), null), 200);
        assertThat(operations(history.getJsonArray("entries"))).hasSize(20).containsOnly("getApplication");
        assertThat(history.getBoolean("isWhole")).isFalse();
    }

    @Test
    void givenTheSameOverGrpc_thenItIsTheSame() {
        final CallCentreServiceBlockingStub mine = stub(agent);
        assertThat(mine.search(SearchRequest.newBuilder().setEmail(EMAIL).build()).getFoundList()).singleElement()
                .satisfies(found -> assertThat(found.getApplication().getApplication()).isEqualTo(application));
        assertThat(mine.search(SearchRequest.newBuilder().setEmail("nobody@example.org").build()).getFoundList()).isEmpty();
        assertThatThrownBy(() -> mine.search(SearchRequest.newBuilder().setReference(application + "X").build())).hasMessageContaining("INVALID_ARGUMENT");
        final AddNoteRequest text = AddNoteRequest.newBuilder().setApplication(application).setText(NOTE).setIdHigh(1).setIdLow(2).build();
        final HandOverNote note = mine.addNote(text);
        assertThat(mine.addNote(text)).as("the same again").isEqualTo(note);
        final long now = service.engine().nowMs();
        final Callback asked = mine.askCallback(AskCallbackRequest.newBuilder().setApplication(application).setNotBeforeMs(now).setNotAfterMs(now + 60_000).setReasonCode(7).build());
        assertThat(mine.listCallbacks(ListCallbacksRequest.getDefaultInstance()).getCallbacks(0).getReach().getLanguage()).isEqualTo(ContactLanguage.CONTACT_LANGUAGE_ARABIC);
        final TakeCallbackRequest take = TakeCallbackRequest.newBuilder().setApplication(application).setCallback(asked.getCallback()).build();
        assertThat(mine.takeCallback(take).getReach().getEmail()).isEqualTo(EMAIL);
        assertThatThrownBy(() -> stub(second).takeCallback(take)).hasMessageContaining("ABORTED");
        final EndCallbackRequest end = EndCallbackRequest.newBuilder().setApplication(application).setCallback(asked.getCallback()).setOutcome(CallbackOutcome.CALLBACK_OUTCOME_NOT_REACHED).build();
        assertThat(mine.endCallback(end).getTries()).isEqualTo(1);
        final History history = mine.getHistory(GetHistoryRequest.newBuilder().setApplication(application).build());
        assertThat(history.getNotesList()).containsExactly(note);
        assertThat(history.getVisitsList()).hasSize(1);
        assertThat(history.getCallbacksList()).singleElement().satisfies(callback -> assertThat(callback.hasEnd()).isFalse());
        assertThat(history.getEntries(0).getOperation()).isEqualTo("endCallback");
        assertThat(history.getApplication().getApplicant()).isEqualTo(YASMINE);
    }

    // ---- how the calls are made

    private String of(final String what) {
        return "/v1/applications/" + application + what;
    }

    private static JsonObject legs(final int startUnit) {
        return new JsonObject().put("legs", JsonArray.of(new JsonObject().put("deskId", OnePost.DESK).put("lines", JsonArray.of(0))
                .put("date", LocalDate.ofEpochDay(OnePost.FIRST_DAY).toString()).put("startUnit", startUnit).put("units", OnePost.VISIT_UNITS)));
    }

    private JsonObject tomorrow() {
        final Instant from = Instant.ofEpochMilli(OnePost.FIRST_DAY * 86_400_000L);
        return new JsonObject().put("notBefore", from.toString()).put("notAfter", from.plusSeconds(3_600).toString()).put("reasonCode", 12);
    }

    private JsonArray search(final String by, final String typed) {
        return json(asAgent(agent, "POST", "/v1/call-centre/searches", new JsonObject().put(by, typed)), 200).getJsonArray("found");
    }

    private String mistake(final JsonObject typed) {
        final JsonObject problem = json(asAgent(agent, "POST", "/v1/call-centre/searches", typed), 400);
        assertThat(problem.encode()).doesNotContain(EMAIL, "447789");
        return problem.getString("reason");
    }

    private List<JsonObject> audit(final String query) {
        return json(as(auditor, "GET", "/v1/audit" + query, null), 200).getJsonArray("entries").stream().map(JsonObject.class::cast).toList();
    }

    private static List<String> operations(final JsonArray entries) {
        return entries.stream().map(entry -> ((JsonObject) entry).getString("operation")).toList();
    }

    private HttpResponse<String> asAgent(final String token, final String method, final String path, final JsonObject body, final String... headers) {
        final String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Mawid-Reason";
        all[headers.length + 1] = FILE;
        return as(token, method, path, body, all);
    }

    private HttpResponse<String> as(final String token, final String method, final String path, final JsonObject body, final String... headers) {
        final String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = "Bearer " + token;
        return send(method, path, body, all);
    }

    private CallCentreServiceBlockingStub stub(final String token) {
        final Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        headers.put(Metadata.Key.of("mawid-reason", Metadata.ASCII_STRING_MARSHALLER), FILE);
        return CallCentreServiceGrpc.newBlockingStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }
}
