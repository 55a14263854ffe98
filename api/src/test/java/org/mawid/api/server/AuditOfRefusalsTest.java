package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mawid.api.access.CallHeaders;
import org.mawid.api.access.Grounds;
import org.mawid.api.capability.CapabilityTrouble;
import org.mawid.api.contact.ContactException;
import org.mawid.api.document.DocumentException;
import org.mawid.api.document.Specimens;
import org.mawid.api.fake.FakeIssuer;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.identity.IdentityRefusal;
import org.mawid.api.message.MessageTextException;
import org.mawid.api.oidc.TokenTrouble;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.engine.Setting;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandBatchReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.GetApplicationRequest;
import org.mawid.grpc.Request;
import org.mawid.grpc.SubmitApplication;
import org.mawid.sbe.Result;

/** Whatever somebody brings that is refused is in the log, with what for, and nothing of what it was: over either edge, wherever the call has ended. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditOfRefusalsTest {
    private static final String SECRET = "Benchekroun-Tazi";

    private final TokenCalls calls = new TokenCalls(() -> this.service.httpPort());
    private final FakeIssuer stranger = new FakeIssuer();
    private FakeIssuer issuer;
    private Service service;
    private ManagedChannel channel;
    private String officer;
    private String auditor;
    private long persons = 0xA100;

    @BeforeAll
    void start(@TempDir final Path folder) throws Exception {
        issuer = new FakeIssuer();
        final Path master = folder.resolve("master.key");
        MasterKey.make(master);
        final Map<String, String> settings = new HashMap<>(Map.of(Setting.DATA.key(), folder.resolve("data").toString(), Setting.RECORDS_ENTRIES.key(), "10000", Setting.SEGMENT_BYTES.key(), "1048576",
                EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0", EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000", EdgeSetting.PERSON_MASTER_KEY.key(), master.toString(),
                EdgeSetting.OIDC_ISSUER.key(), issuer.url().toString(), EdgeSetting.OIDC_AUDIENCE.key(), FakeIssuer.AUDIENCE, EdgeSetting.CAPABILITY.key(), "required"));
        settings.put(EdgeSetting.LIMIT_PROXIES.key(), "127.0.0.1"); // who speaks for others: of one address five refusals at once are written
        service = Service.start(Settings.of(settings, Map.of(), null));
        service.ready();
        service.keepRecords();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().build();
        officer = issuer.token(List.of("officer"), "paris");
        auditor = issuer.token(issuer.claims().subject("auditor-1").claim("roles", "auditor").build());
        final String token = issuer.token(List.of("operator"));
        try (MawidClient operator = MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withToken(() -> token))) {
            OnePost.make(operator, 1, 4);
        }
    }

    @AfterAll
    void stop() {
        channel.shutdownNow();
        service.close();
        issuer.close();
        stranger.close();
    }

    @Test
    void givenASubmission_whenAskedForItsApplication_thenItIsThere_thoughItsNumberCameLater() throws Exception {
        final long person = persons++;
        final String application = submitted(person);
        final String another = submitted(persons++);
        assertThat(audit("?operation=submitApplication&application=" + application)).singleElement().satisfies(entry -> {
            assertThat(entry.getString("result")).isEqualTo("OK");
            assertThat(entry.getString("actor")).isEqualTo(String.format("%016x", person));
        });
        assertThat(audit("?application=" + another)).extracting(entry -> entry.getString("operation")).startsWith("submitApplication");
    }

    @Test
    void givenFilesThatAreRefused_thenWhatForIsThere_andOfOneThatIsTakenWhatItIs() throws Exception {
        final long person = persons++;
        final String application = submitted(person);
        final String token = issuer.applicant(person);
        final byte[] html = ("<html>" + SECRET).getBytes(StandardCharsets.UTF_8);
        assertThat(json(ended(application, token, html), 422).getString("reason")).isEqualTo("TYPE");
        final JsonObject refused = awaited("?operation=endDocument&application=" + application, "TYPE");
        assertThat(refused.getString("object")).isEqualTo(application);
        assertThat(refused.getString("actor")).isEqualTo(String.format("%016x", person));
        assertThat(json(ended(application, token, Specimens.joined(Specimens.pdf(1, SECRET), new byte[] {'x', 'y', 'z'})), 422).getString("reason")).isEqualTo("POLYGLOT");
        awaited("?operation=endDocument&application=" + application, "POLYGLOT");
        json(ended(application, token, Specimens.pdf(1, SECRET)), 200);
        assertThat(audit("?operation=recordDocument&application=" + application)).singleElement().satisfies(told -> assertThat(told.getString("result")).isEqualTo("OK"));
    }

    @Test
    void givenNamesAndNumbersThatAreRefused_thenWhatForIsThere_andNoneOfThem() throws Exception {
        final long person = persons++;
        submitted(person); // or no officer would be told anything of them
        final String path = "/v1/persons/" + String.format("%016x", person);
        final JsonObject profile = new JsonObject().put("familyName", SECRET + "\u202E").put("givenNames", "Yasmine").put("dateOfBirth", "1990-03-02").put("nationality", "MAR");
        assertThat(json(put(path + "/profile", profile), 400).getString("reason")).isEqualTo("NAME_DIRECTION");
        assertThat(awaited("?operation=putProfile", "NAME_DIRECTION").getString("object")).isEqualTo(String.format("%016x", person));
        assertThat(json(put(path + "/profile", profile.put("familyName", "Yas\u200Bmine")), 400).getString("reason")).isEqualTo("NAME_INVISIBLE");
        awaited("?operation=putProfile", "NAME_INVISIBLE");
        assertThat(json(calls.post("/v1/persons/identify", officer, new JsonObject().put("identities", JsonArray.of(new JsonObject().put("kind", "CNIE").put("number", "\u0410B774921")))), 400).getString("reason"))
                .isEqualTo("NUMBER_CHARACTER");
        awaited("?operation=identify", "NUMBER_CHARACTER");
        assertThat(calls.get("/v1/audit?limit=200", auditor).body()).doesNotContain(SECRET, "B774921");
    }

    @Test
    void givenWhatIsNoRequest_thenThatIsThere() throws Exception {
        final String somebody = issuer.token(issuer.claims().subject("clumsy").claim("roles", "officer").claim("posts", "paris").build());
        assertThat(calls.post("/v1/applications", somebody, new JsonObject().put("surprise", SECRET)).statusCode()).isEqualTo(400);
        awaited("?operation=submitApplication", "MALFORMED");
        assertThatThrownBy(() -> ApplicationServiceGrpc.newBlockingStub(channel).withInterceptors(bearing(somebody)).getApplication(GetApplicationRequest.newBuilder().setApplication("7K3M").build()))
                .isInstanceOf(StatusRuntimeException.class);
        awaited("?operation=getApplication", "MALFORMED");
    }

    @Test
    void givenTokensThatAreRefused_thenWhatForIsThere() throws Exception {
        final String none = new PlainJWT(new PlainHeader(), issuer.claims().subject("auditor-1").claim("roles", "auditor").build()).serialize();
        assertThat(calls.get("/v1/posts", none).statusCode()).isEqualTo(401);
        awaited("?operation=listPosts", "TOKEN_ALGORITHM");
        final String over = issuer.token(issuer.claims().subject("auditor-1").claim("roles", "auditor").expirationTime(Date.from(Instant.now().minusSeconds(86_400))).build());
        assertThatThrownBy(() -> ApplicationServiceGrpc.newBlockingStub(channel).withInterceptors(bearing(over)).getApplication(GetApplicationRequest.getDefaultInstance())).isInstanceOf(StatusRuntimeException.class);
        awaited("?operation=getApplication", "TOKEN_EXPIRED");
    }

    /** A token that is no good: how it is made, and what it is refused for. */
    private record Bad(String how, TokenTrouble trouble, String token) {
        @Override
        public String toString() {
            return how;
        }

        /** From where it comes. */
        String address() {
            return "203.0.113." + (1 + trouble.ordinal());
        }
    }

    private List<Bad> badTokens() throws Exception {
        final JWTClaimsSet claims = claims().build();
        final RSAKey key = issuer.key();
        final SignedJWT confused = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(), claims);
        confused.sign(new MACSigner(key.toPublicJWK().toRSAPublicKey().getEncoded()));
        final String elsewhere = stranger.url().resolve("/keys").toString();
        return List.of(new Bad("alg none", TokenTrouble.ALGORITHM, new PlainJWT(claims).serialize()),
                new Bad("HS256 with the public key", TokenTrouble.ALGORITHM, confused.serialize()),
                new Bad("for somebody else", TokenTrouble.AUDIENCE, issuer.token(claims().audience("another").build())),
                new Bad("of another issuer", TokenTrouble.ISSUER, issuer.token(claims().issuer(stranger.url().toString()).build())),
                new Bad("over for two seconds", TokenTrouble.EXPIRED, issuer.token(claims().expirationTime(Date.from(Instant.now().minusSeconds(2))).build())),
                new Bad("not good for a minute yet", TokenTrouble.NOT_YET, issuer.token(claims().notBeforeTime(Date.from(Instant.now().plusSeconds(60))).build())),
                new Bad("its key is an address", TokenTrouble.KEY_UNKNOWN, FakeIssuer.token(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(elsewhere).build(), claims, FakeIssuer.STRANGE)),
                new Bad("it says where its keys are", TokenTrouble.HEADER, FakeIssuer.token(new JWSHeader.Builder(issuer.header()).jwkURL(URI.create(elsewhere)).build(), claims, FakeIssuer.STRANGE)),
                new Bad("signed by a stranger", TokenTrouble.SIGNATURE, FakeIssuer.token(issuer.header(), claims, FakeIssuer.STRANGE)));
    }

    /** As they would be good. */
    private JWTClaimsSet.Builder claims() {
        return issuer.claims().subject("somebody").claim("roles", List.of("applicant")).claim("person", String.format("%016x", 0xBADL));
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void givenATokenThatIsNoGood_whenSomethingIsWritten_thenItIsRefusedOverBothEdges_andInTheLog_andNothingIsDone(final Bad bad) throws Exception {
        assertThat(calls.get("/v1/persons/" + String.format("%016x", 0xBADL) + "/contacts", issuer.token(claims().build())).statusCode()).as("but for what is wrong with it, it is good").isEqualTo(200);
        final String rows = "?operation=submitApplication";
        final int before = refused(rows, bad.trouble).size();
        final int waiting = waiting();
        final JsonObject application = new JsonObject().put("postId", OnePost.POST).put("lines", JsonArray.of(LifeFixture.line(0xBAD)));

        final HttpResponse<String> answer = calls.post("/v1/applications", bad.token, application, "X-Forwarded-For", bad.address());
        assertThat(json(answer, 401).getString("token")).isEqualTo(bad.trouble.name());
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        awaitRefused(rows, bad.trouble, before + 1);

        final SubmitApplication command = OnePost.submit(0xBAD).getSubmitApplication().toBuilder().setRequest(Request.newBuilder().setIdHigh(3).setIdLow(4).setCreatedMs(System.currentTimeMillis())).build();
        final StatusRuntimeException overGrpc = catchThrowableOfType(StatusRuntimeException.class,
                () -> ApplicationServiceGrpc.newBlockingStub(channel).withInterceptors(bearing(bad.token, "x-forwarded-for", bad.address())).submitApplication(command));
        assertThat(overGrpc.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(GrpcFixture.errorInfo(overGrpc).getMetadataOrThrow("token")).isEqualTo(bad.trouble.name());
        awaitRefused(rows, bad.trouble, before + 2);

        assertThat(waiting()).as("nothing was submitted").isEqualTo(waiting);
        assertThat(stranger.asked()).as("nobody looks where a token says").isZero();
    }

    private int waiting() throws Exception {
        return json(calls.get("/v1/posts/paris/work?minPosition=" + service.engine().status().durablePosition(), officer), 200).getInteger("waiting");
    }

    private List<JsonObject> refused(final String query, final TokenTrouble trouble) throws Exception {
        return audit(query + "&limit=200").stream().filter(entry -> ("TOKEN_" + trouble).equals(entry.getString("grounds"))).toList();
    }

    private void awaitRefused(final String query, final TokenTrouble trouble, final int count) throws Exception {
        while (refused(query, trouble).size() < count) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(refused(query, trouble)).hasSize(count).allSatisfy(entry -> {
            assertThat(entry.getString("verdict")).isEqualTo("REFUSED");
            assertThat(entry.getString("actor")).as("whoever says so is nobody").isEqualTo("0000000000000000");
        });
    }

    @Test
    void givenCallsWithoutACapability_thenThatIsThere_overEitherEdge_alsoOfOneCommandAmongOthers() throws Exception {
        final long person = persons++;
        final String application = submitted(person);
        assertThat(calls.post("/v1/applications/" + application + "/validate", officer, new JsonObject().put("lines", JsonArray.of(0))).statusCode()).isEqualTo(200);
        final String token = issuer.applicant(person);
        final JsonObject leg = new JsonObject().put("deskId", OnePost.DESK).put("lines", JsonArray.of(0)).put("date", LocalDate.ofEpochDay(OnePost.FIRST_DAY).toString()).put("startUnit", 0).put("units", OnePost.VISIT_UNITS);
        assertThat(calls.post("/v1/holds", token, new JsonObject().put("application", application).put("legs", JsonArray.of(leg))).statusCode()).isEqualTo(403);
        awaited("?operation=hold", "CAPABILITY_MISSING");
        final Command hold = requested(OnePost.hold(application, 0, 0));
        assertThatThrownBy(() -> AppointmentServiceGrpc.newBlockingStub(channel).withInterceptors(bearing(token)).hold(hold.getHold())).isInstanceOf(StatusRuntimeException.class);
        assertThat(awaited("?operation=hold&application=" + application, "CAPABILITY_MISSING").getString("object")).as("a message says which one it is of").isEqualTo(application);
        final Command withRequest = hold.toBuilder().setCapability("no such thing").build();
        final String portal = issuer.token(issuer.claims().subject("portal").claim("roles", List.of("portal")).claim("portal", "rdv").build());
        final CommandBatchReply replies = CommandServiceGrpc.newBlockingStub(channel).withInterceptors(bearing(portal, CallHeaders.ON_BEHALF_OF, String.format("%016x", person))).batch(CommandBatch.newBuilder().addCommands(withRequest).build());
        assertThat(replies.getReplies(0).getResult()).isEqualTo(org.mawid.grpc.Result.FORBIDDEN);
        awaited("?operation=hold&application=" + application, "CAPABILITY_MALFORMED");
    }

    /** What is told and has no number would be in the log as nothing. */
    @Test
    void givenAllThatTokensAndCapabilitiesAreRefusedFor_thenTheLogHasANumberForEach() {
        assertThat(TokenTrouble.values()).allMatch(trouble -> Grounds.ofToken(trouble.name()) != null);
        assertThat(CapabilityTrouble.values()).allMatch(trouble -> Grounds.ofCapability(trouble.name()) != null);
        assertThat(Stream.of(DocumentException.Reason.values()).map(Enum::name)).allMatch(reason -> Grounds.of(Result.CONFLICT, null, reason) != null);
        assertThat(Stream.of(ContactException.Reason.values()).map(Enum::name)).allMatch(reason -> Grounds.of(Result.CONFLICT, null, reason) != null);
        assertThat(Stream.of(IdentityRefusal.Reason.values()).map(Enum::name).filter(name -> !name.equals("ERASED"))).allMatch(reason -> Grounds.of(Result.CONFLICT, null, reason) != null);
        assertThat(Stream.of(MessageTextException.Reason.values()).map(Enum::name).filter(name -> !name.equals("REPEATED_OTHERWISE"))).allMatch(reason -> Grounds.of(Result.CONFLICT, null, reason) != null);
        assertThat(Stream.of(Grounds.values()).map(Grounds::number)).doesNotHaveDuplicates().allMatch(number -> number > 0);
    }

    // ---- how the calls are made

    private String submitted(final long person) throws Exception {
        return json(calls.post("/v1/applications", issuer.applicant(person), new JsonObject().put("postId", OnePost.POST).put("lines", JsonArray.of(LifeFixture.line(person)))), 201).getString("application");
    }

    private HttpResponse<String> ended(final String application, final String token, final byte[] file) throws Exception {
        final String documents = "/v1/applications/" + application + "/documents";
        final String id = json(calls.post(documents, token, new JsonObject().put("line", 0).put("bytes", file.length)), 201).getString("document");
        json(calls.send(calls.request(documents + '/' + id + "/bytes", token, "Content-Type", "application/octet-stream", "Upload-Offset", "0").PUT(BodyPublishers.ofByteArray(file))), 200);
        return calls.post(documents + '/' + id + "/end", token, new JsonObject());
    }

    private HttpResponse<String> put(final String path, final JsonObject body) throws Exception {
        return calls.send(calls.request(path, officer, "Content-Type", "application/json").PUT(BodyPublishers.ofString(body.encode())));
    }

    private static Command requested(final Command hold) {
        final Request request = Request.newBuilder().setIdHigh(1).setIdLow(2).setCreatedMs(System.currentTimeMillis()).build();
        return hold.toBuilder().setHold(hold.getHold().toBuilder().setRequest(request)).build();
    }

    /** @param more names and values of what else the call brings */
    private static ClientInterceptor bearing(final String token, final String... more) {
        final Metadata metadata = new Metadata();
        for (int i = 0; i < more.length; i += 2) {
            metadata.put(Metadata.Key.of(more[i], Metadata.ASCII_STRING_MARSHALLER), more[i + 1]);
        }
        metadata.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return MetadataUtils.newAttachHeadersInterceptor(metadata);
    }

    private List<JsonObject> audit(final String query) throws Exception {
        return json(calls.get("/v1/audit" + query, auditor), 200).getJsonArray("entries").stream().map(JsonObject.class::cast).toList();
    }

    /** What is written beside the answer comes a little after it. */
    private JsonObject awaited(final String query, final String grounds) throws Exception {
        while (true) {
            final List<JsonObject> found = audit(query + "&limit=200").stream().filter(entry -> grounds.equals(entry.getString("grounds"))).toList();
            if (!found.isEmpty()) {
                assertThat(found).allMatch(entry -> entry.getString("verdict").equals("REFUSED") && !entry.containsKey("detail"));
                return found.get(found.size() - 1);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static JsonObject json(final HttpResponse<String> answer, final int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new JsonObject(answer.body());
    }
}
