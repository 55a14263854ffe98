package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.ErrorInfo;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.FakeIssuer;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.sync.SyncRig;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.CommandStream;
import org.mawid.client.MawidClient;
import org.mawid.engine.Setting;
import org.mawid.grpc.AcceptPosts;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.ApplicationServiceGrpc.ApplicationServiceBlockingStub;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.Channel;
import org.mawid.grpc.CheckIn;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.GetApplicationRequest;
import org.mawid.grpc.HallServiceGrpc;
import org.mawid.grpc.ListQueueRequest;
import org.mawid.grpc.MessageWriter;
import org.mawid.grpc.PoolKind;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.SendMessage;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;
import org.mawid.grpc.WithdrawLines;

/** Two posts, and people of whom each may do what is theirs: over both edges, one by one, in batches and in streams. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesOverEdgesTest {
    private static final int ROME = 2;
    private static final int ROMES_DESK = 12;
    private static final long AMINA = 0xA1;
    private static final long BADR = 0xB2;

    private final TokenCalls calls = new TokenCalls(() -> this.service.httpPort());
    private FakeIssuer issuer;
    private Service service;
    private ManagedChannel channel;
    private String officerOfParis;
    private String officerOfRome;
    private MawidClient operator;
    private String application;

    @BeforeAll
    void start(@TempDir final Path folder) throws Exception {
        issuer = new FakeIssuer();
        MasterKey.make(folder.resolve("master.key"));
        service = Service.start(Settings.of(Map.of(Setting.DATA.key(), folder.resolve("data").toString(), Setting.RECORDS_ENTRIES.key(), "10000", Setting.SEGMENT_BYTES.key(), "1048576",
                EdgeSetting.PERSON_MASTER_KEY.key(), folder.resolve("master.key").toString(), EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0", EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000",
                EdgeSetting.OIDC_ISSUER.key(), issuer.url().toString(), EdgeSetting.OIDC_AUDIENCE.key(), FakeIssuer.AUDIENCE, EdgeSetting.CAPABILITY.key(), "off"), Map.of(), null));
        service.ready();
        service.keepRecords();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().build();
        officerOfParis = issuer.token(List.of("officer"), "paris");
        officerOfRome = issuer.token(List.of("officer"), "rome");
        operator = client(issuer.token(List.of("operator")));
        OnePost.make(operator, 2, 4);
        OnePost.done(operator, Command.newBuilder().setDefinePost(DefinePost.newBuilder().setPostId(ROME).setCode("rome").setCurrency("EUR").setMinorDigits(2).setRoundToMinor(50)));
        OnePost.done(operator, Command.newBuilder().setDefinePool(DefinePool.newBuilder().setPoolId(ROMES_DESK).setPostId(ROME).setKind(PoolKind.POOL_KIND_DESK).setCode("rome/1")));
        application = submitted(issuer.applicant(AMINA), OnePost.POST);
    }

    @AfterAll
    void stop() {
        operator.close();
        channel.shutdownNow();
        service.close();
        issuer.close();
    }

    @Test
    void givenNobodyInParticular_whenTheyCall_thenWhatIsOnDisplayIsTold_andAllElseWantsAToken() throws Exception {
        assertThat(calls.get("/v1/posts", null).statusCode()).isEqualTo(200);
        assertThat(calls.get("/health/ready", null).statusCode()).isEqualTo(200);
        final HttpResponse<String> refused = calls.get("/v1/applications/" + application, null);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"mawid\"");
        assertThat(new JsonObject(refused.body()).getString("result")).isEqualTo("UNAUTHENTICATED");
        assertThat(calls.get("/metrics", null).statusCode()).isEqualTo(401);
        assertRefused(() -> ApplicationServiceGrpc.newBlockingStub(channel).getApplication(toGet(application)), Status.Code.UNAUTHENTICATED, "UNAUTHENTICATED");
    }

    @Test
    void givenABadToken_whenTheyCall_thenEvenADisplayIsRefused_andTheTokenIsNotTold() throws Exception {
        final String over = issuer.token(issuer.claims().claim("roles", "auditor").expirationTime(new Date(System.currentTimeMillis() - 2_000)).build());
        final HttpResponse<String> refused = calls.get("/v1/posts", over);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Bearer realm=\"mawid\", error=\"invalid_token\", error_description=\"");
        assertThat(new JsonObject(refused.body()).getString("token")).isEqualTo("EXPIRED");
        assertThat(refused.body()).doesNotContain(over);
        final ErrorInfo told = assertRefused(() -> applications(over).getApplication(toGet(application)), Status.Code.UNAUTHENTICATED, "UNAUTHENTICATED");
        assertThat(told.getMetadataOrThrow("token")).isEqualTo("EXPIRED");
        assertThat(calls.get("/v1/posts", "x".repeat(7_000)).statusCode()).isEqualTo(401);
        assertRefused(() -> applications("x".repeat(7_000)).getApplication(toGet(application)), Status.Code.UNAUTHENTICATED, "UNAUTHENTICATED");
    }

    @Test
    void givenARoleThatIsNotForIt_whenTheyCall_thenItIsForbidden() throws Exception {
        final String planner = issuer.token(List.of("planner"));
        final HttpResponse<String> refused = calls.get("/v1/applications/" + application, planner);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow()).contains("error=\"insufficient_scope\"");
        assertRefused(() -> applications(planner).getApplication(toGet(application)), Status.Code.PERMISSION_DENIED, "FORBIDDEN");
        final String auditor = issuer.token(List.of("auditor"));
        assertThat(calls.get("/v1/applications/" + application, auditor).statusCode()).isEqualTo(200);
        assertThat(calls.post("/v1/applications/" + application + "/validate", auditor, lines()).statusCode()).isEqualTo(403);
        assertRefused(() -> applications(auditor).withdrawLines(toWithdraw(application)), Status.Code.PERMISSION_DENIED, "FORBIDDEN");
    }

    @Test
    void givenAnOfficerOfAnotherPost_whenTheyReadOrChangeSomething_thenTheyAreToldWhatIsToldOfSomethingUnknown() throws Exception {
        final String unknown = service.gateway().references().text(ReferenceKind.APPLICATION, References.MAX_NUMBER / 2);
        assertThat(calls.get("/v1/applications/" + application, officerOfParis).statusCode()).isEqualTo(200);
        assertThat(applications(officerOfParis).getApplication(toGet(application)).getApplicant()).isEqualTo(AMINA);

        final HttpResponse<String> foreign = calls.get("/v1/applications/" + application, officerOfRome);
        assertSame(foreign, calls.get("/v1/applications/" + unknown, officerOfRome));
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertSame(() -> applications(officerOfRome).getApplication(toGet(application)), () -> applications(officerOfRome).getApplication(toGet(unknown)));

        assertSame(calls.post("/v1/applications/" + application + "/validate", officerOfRome, lines()), calls.post("/v1/applications/" + unknown + "/validate", officerOfRome, lines()));
        assertSame(() -> applications(officerOfRome).withdrawLines(toWithdraw(application)), () -> applications(officerOfRome).withdrawLines(toWithdraw(unknown)));

        assertSame(calls.get("/v1/desks/" + OnePost.DESK + "/queue", officerOfRome), calls.get("/v1/desks/64999/queue", officerOfRome));
        assertThat(calls.get("/v1/desks/" + ROMES_DESK + "/queue", officerOfRome).statusCode()).isEqualTo(200);
        assertThat(calls.get("/v1/posts/paris/waiting", officerOfRome).statusCode()).isEqualTo(404);
        assertSame(() -> halls(officerOfRome).listQueue(ListQueueRequest.newBuilder().setDeskId(OnePost.DESK).build()),
                () -> halls(officerOfRome).listQueue(ListQueueRequest.newBuilder().setDeskId(64_999).build()));
        assertThat(calls.get("/v1/terminals", officerOfRome).statusCode()).as("of all posts").isEqualTo(403);
        assertThat(calls.get("/v1/terminals?post=rome", officerOfRome).statusCode()).isEqualTo(200);
    }

    @Test
    void givenAnApplicationForAnyPost_whenOfficersReadIt_thenThoseOfThePostInWhoseQueueItIsDo() throws Exception {
        final String amina = issuer.applicant(AMINA);
        final JsonObject registered = LifeFixture.line(System.nanoTime()).put("registeredPostId", ROME);
        final JsonObject elsewhere = LifeFixture.line(System.nanoTime()).put("registeredPostId", OnePost.POST);
        final HttpResponse<String> made = calls.post("/v1/applications", amina, new JsonObject().put("postId", 0).put("lines", new JsonArray().add(registered).add(elsewhere)));
        final String romes = new JsonObject(made.body()).getString("application");
        assertThat(read(romes, officerOfRome)).as("where the first line's person is registered").isEqualTo(200);
        assertThat(read(romes, officerOfParis)).isEqualTo(404);
        assertThat(calls.post("/v1/applications/" + romes + "/validate", officerOfParis, lines()).statusCode()).isEqualTo(404);

        final String anybodys = submitted(amina, 0);
        assertThat(read(anybodys, officerOfRome)).isEqualTo(200);
        assertThat(read(anybodys, officerOfParis)).isEqualTo(200);
        applications(amina).acceptPosts(AcceptPosts.newBuilder().setRequest(request()).setApplication(anybodys).addPosts(ROME).build());
        assertThat(read(anybodys, officerOfRome)).as("the first that they accept").isEqualTo(200);
        assertThat(read(anybodys, officerOfParis)).isEqualTo(404);
    }

    private int read(final String of, final String token) throws Exception {
        return calls.get("/v1/applications/" + of + "?minPosition=" + service.engine().status().durablePosition(), token).statusCode();
    }

    @Test
    void givenAnApplicant_whenTheyCall_thenTheyHaveTheirOwnAndNobodyElses() throws Exception {
        final String badr = issuer.applicant(BADR);
        final String badrs = submitted(badr, OnePost.POST);
        assertThat(calls.get("/v1/applications/" + badrs, badr).statusCode()).isEqualTo(200);
        assertThat(calls.get("/v1/applications/" + application, badr).statusCode()).isEqualTo(404);
        assertThat(calls.post("/v1/holds", badr, hold(application)).statusCode()).isEqualTo(404);
        assertThat(new JsonObject(calls.post("/v1/holds", badr, hold(application)).body()).getString("result")).isEqualTo("APPLICATION_UNKNOWN");
        assertThat(new JsonObject(calls.post("/v1/holds", badr, hold(badrs)).body()).getString("result")).isEqualTo("NOT_VALIDATED");
        final JsonObject forAnother = new JsonObject().put("applicant", String.format("%016x", AMINA)).put("postId", OnePost.POST).put("lines", new JsonArray().add(LifeFixture.line(BADR)));
        assertThat(calls.post("/v1/applications", badr, forAnother).statusCode()).as("in somebody else's name").isEqualTo(403);
        assertRefused(() -> applications(badr).sendMessage(SendMessage.newBuilder().setRequest(request()).setApplication(badrs).setPostId(OnePost.POST)
                .setWriter(MessageWriter.MESSAGE_WRITER_POST).setTextHash(1).build()), Status.Code.PERMISSION_DENIED, "FORBIDDEN");
        assertRefused(() -> applications(badr).withdrawLines(toWithdraw(badrs).toBuilder().setRequest(request().toBuilder().setActor(AMINA)).build()),
                Status.Code.PERMISSION_DENIED, "FORBIDDEN");
        assertRefused(() -> applications(badr).withdrawLines(toWithdraw(badrs).toBuilder().setRequest(request().toBuilder().setChannel(Channel.CHANNEL_COUNTER)).build()),
                Status.Code.PERMISSION_DENIED, "FORBIDDEN");
        assertThat(applications(badr).withdrawLines(toWithdraw(badrs)).getPosition()).isPositive();
    }

    @Test
    void givenWhatWasJustMade_whenItIsGoneOnWith_thenItIsKnownWhoseItIs() throws Exception {
        for (int i = 0; i < 20; i++) {
            final String token = issuer.applicant(0x1000 + i);
            final String made = submitted(token, OnePost.POST);
            assertThat(applications(token).withdrawLines(toWithdraw(made)).getPosition()).isPositive();
        }
    }

    @Test
    void givenABatch_whenAPortalSendsIt_thenEachCommandIsJudgedByItself() throws Exception {
        try (MawidClient portal = client(issuer.token(issuer.claims().subject("rdv").claim("roles", "portal").claim("portal", "rdv").build()))) {
            final List<Result> expected = List.of(Result.OK, Result.APPLICATION_UNKNOWN, Result.FORBIDDEN, Result.FORBIDDEN);
            assertThat(inStep(() -> batch(portal, mixed()))).isEqualTo(expected);
            assertThat(inStep(() -> stream(portal, mixed()))).isEqualTo(expected);
        }
    }

    /** What was brought a moment ago may not be read yet: that is said of what is another's as of what is not there, and asked again. */
    private static List<Result> inStep(final Callable<List<Result>> ask) {
        return await().until(ask, results -> !results.contains(Result.READ_MODEL_BEHIND));
    }

    private static List<Result> batch(final MawidClient portal, final List<Command> commands) {
        final var batch = portal.batch();
        commands.forEach(batch::add);
        return batch.send().stream().map(CommandReply::getResult).toList();
    }

    private static List<Result> stream(final MawidClient portal, final List<Command> commands) throws Exception {
        final List<CommandReply> replies = new ArrayList<>();
        final CompletableFuture<Void> all = new CompletableFuture<>();
        try (CommandStream stream = portal.stream(reply -> {
            replies.add(reply);
            if (replies.size() == commands.size()) {
                all.complete(null);
            }
        })) {
            for (final Command command : commands) {
                stream.send(command);
            }
            all.get(30, TimeUnit.SECONDS);
        }
        return replies.stream().map(CommandReply::getResult).toList();
    }

    /** Of a portal: for its user, on something of another user, in the office's place, and for nobody. */
    private List<Command> mixed() throws Exception {
        final long user = 0x2000 + System.nanoTime() % 1_000_000;
        final SubmitApplication submit = SubmitApplication.newBuilder().setRequest(request().toBuilder().setOnBehalfOf(user)).setPostId(OnePost.POST).addLines(OnePost.line(user)).build();
        return List.of(Command.newBuilder().setSubmitApplication(submit).build(),
                Command.newBuilder().setWithdrawLines(toWithdraw(application).toBuilder().setRequest(request().toBuilder().setOnBehalfOf(user))).build(),
                Command.newBuilder().setValidateLines(ValidateLines.newBuilder().setRequest(request().toBuilder().setOnBehalfOf(user)).setApplication(application).setLines(1)).build(),
                Command.newBuilder().setWithdrawLines(toWithdraw(application)).build());
    }

    @Test
    void givenAPortal_whenItReads_thenItSaysForWhom() throws Exception {
        final String portal = issuer.token(issuer.claims().subject("rdv").claim("roles", "portal").build());
        assertThat(calls.get("/v1/applications/" + application, portal).statusCode()).isEqualTo(403);
        assertThat(calls.get("/v1/applications/" + application, portal, "Mawid-On-Behalf-Of", String.format("%016x", BADR)).statusCode()).isEqualTo(404);
        assertThat(calls.get("/v1/applications/" + application, portal, "Mawid-On-Behalf-Of", String.format("%016x", AMINA)).statusCode()).isEqualTo(200);
        assertThat(calls.get("/v1/applications/" + application, portal, "Mawid-On-Behalf-Of", "amina").statusCode()).isEqualTo(400);
        assertThat(applications(portal, "mawid-on-behalf-of", String.format("%016x", AMINA)).getApplication(toGet(application)).getApplicant()).isEqualTo(AMINA);
    }

    @Test
    void givenTheCallCentre_whenItActsForSomebody_thenItSaysWhy() throws Exception {
        final String agent = issuer.token(List.of("call-centre"));
        assertThat(calls.get("/v1/applications/" + application, agent).statusCode()).isEqualTo(403);
        assertThat(calls.get("/v1/applications/" + application, agent, "Mawid-Reason", "20261234").statusCode()).isEqualTo(200);
        assertThat(calls.get("/v1/applications/" + application, agent, "Mawid-Reason", "she said that").statusCode()).isEqualTo(400);
        assertRefused(() -> applications(agent).getApplication(toGet(application)), Status.Code.PERMISSION_DENIED, "FORBIDDEN");
        assertThat(applications(agent, "mawid-reason", "20261234").getApplication(toGet(application)).getApplicant()).isEqualTo(AMINA);
    }

    @Test
    void givenAvailability_whenAskedDirectly_thenCountsAreOnDisplayAndStartsAreNot() throws Exception {
        final String query = "?posts=paris&services=passport&from=" + LocalDate.ofEpochDay(OnePost.FIRST_DAY);
        assertThat(calls.get("/v1/availability/counts" + query, null).statusCode()).isEqualTo(200);
        assertThat(calls.get("/v1/availability/starts" + query, null).statusCode()).isEqualTo(401);
        assertThat(calls.get("/v1/availability/starts" + query, "nonsense").statusCode()).isEqualTo(401);
        final String amina = issuer.applicant(AMINA);
        for (int i = 0; i < 3; i++) { // the first is looked at, the others are known
            assertThat(calls.get("/v1/availability/starts" + query, amina).statusCode()).isEqualTo(200);
        }
    }

    // ---- how the calls are made

    private MawidClient client(final String token) throws Exception {
        return MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withToken(() -> token));
    }

    private ApplicationServiceBlockingStub applications(final String token, final String... headers) {
        return ApplicationServiceGrpc.newBlockingStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata(token, headers)));
    }

    private HallServiceGrpc.HallServiceBlockingStub halls(final String token) {
        return HallServiceGrpc.newBlockingStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata(token)));
    }

    private static Metadata metadata(final String token, final String... headers) {
        final Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        for (int i = 0; i < headers.length; i += 2) {
            metadata.put(Metadata.Key.of(headers[i], Metadata.ASCII_STRING_MARSHALLER), headers[i + 1]);
        }
        return metadata;
    }

    private static Request request() {
        final UUID id = UUID.randomUUID();
        return Request.newBuilder().setIdHigh(id.getMostSignificantBits()).setIdLow(id.getLeastSignificantBits()).setCreatedMs(System.currentTimeMillis()).build();
    }

    private static GetApplicationRequest toGet(final String reference) {
        return GetApplicationRequest.newBuilder().setApplication(reference).build();
    }

    private static WithdrawLines toWithdraw(final String reference) {
        return WithdrawLines.newBuilder().setRequest(request()).setApplication(reference).setLines(1).build();
    }

    private String submitted(final String token, final int postId) throws Exception {
        final long person = System.nanoTime();
        final HttpResponse<String> made = calls.post("/v1/applications", token, new JsonObject().put("postId", postId).put("lines", new JsonArray().add(LifeFixture.line(person))));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return new JsonObject(made.body()).getString("application");
    }

    @Test
    void givenAProgramOfAPostWithATokenInAFile_whenItKeepsAFolderInStep_thenItIsItsOwnPostsAndNoOthers(@TempDir final Path folder) throws Exception {
        final Path token = Files.writeString(folder.resolve("token"), officerOfParis + '\n');
        final SyncRig paris = new SyncRig(folder.resolve("paris"), "paris").saying(token);
        paris.once(service.grpcPort());
        assertThat(paris.folder.resolve("calendar")).as("what is open at the post").isNotEmptyDirectory();
        final String both = issuer.token(List.of("officer"), "rome", "paris");
        for (final int post : List.of(OnePost.POST, ROME)) {
            final String written = submitted(issuer.applicant(AMINA), post);
            assertThat(calls.post("/v1/applications/" + written + "/messages", both, new JsonObject().put("postId", OnePost.POST).put("writer", "POST").put("topicCode", 1).put("text", "Salam")).statusCode()).isEqualTo(200);
        }
        paris.once(service.grpcPort());
        assertThat(paris.messages()).extracting(message -> message.getString("text", message.getString("textMissing"))).as("of an application of theirs, and of Rome's").endsWith("Salam", "NOT_ALLOWED");
        assertThat(paris.notes).filteredOn(note -> note.contains("does not show this client")).hasSize(1);
        Files.writeString(token, officerOfRome);
        assertThatThrownBy(() -> new SyncRig(folder.resolve("other"), "paris").saying(token).once(service.grpcPort())).as("somebody else's post is none")
                .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
        Files.delete(token);
        assertThatThrownBy(() -> paris.once(service.grpcPort())).isInstanceOfSatisfying(StatusRuntimeException.class,
                refused -> assertThat(refused.getStatus().getDescription()).contains("the token", "token"));
    }

    @Test
    void givenAVisitInParis_whenAKioskInRomeHasItsWholeReference_thenTheWayIsToldAndNothingElse() throws Exception {
        final String made = submitted(issuer.applicant(AMINA), OnePost.POST);
        calls.post("/v1/applications/" + made + "/validate", officerOfParis, lines());
        final String held = new JsonObject(calls.post("/v1/holds", officerOfParis, hold(made)).body()).getString("hold");
        final String visit = new JsonObject(calls.post("/v1/holds/" + held + "/confirm", officerOfParis, null).body()).getString("appointment");
        final String checkIn = "/v1/appointments/" + visit + "/check-in";

        final HttpResponse<String> told = calls.post(checkIn + "?atPost=rome", officerOfRome, null);
        final JsonObject way = new JsonObject(told.body());
        assertThat(way.getString("result")).as(told.body()).isEqualTo("WRONG_POST");
        assertThat(way.getString("post")).isEqualTo("paris");
        assertThat(way.fieldNames()).as("beside what every problem says").doesNotContain("postId", "date");
        final ErrorInfo overGrpc = assertRefused(() -> appointments(officerOfRome).checkIn(toCheckIn(visit, ROME)), Status.Code.FAILED_PRECONDITION, "WRONG_POST");
        assertThat(overGrpc.getMetadataMap()).containsOnlyKeys("post").containsValue("paris");

        assertThat(calls.post(checkIn, officerOfRome, null).statusCode()).as("no kiosk").isEqualTo(404);
        assertThat(calls.post(checkIn + "?atPost=lyon", officerOfRome, null).statusCode()).isEqualTo(404);
        assertThat(calls.post(checkIn + "?atPost=rome", issuer.token(List.of("officer"), "lyon"), null).statusCode()).as("a kiosk that stands elsewhere").isEqualTo(404);
        assertThat(calls.post(checkIn + "?atPost=rome", issuer.applicant(AMINA), null).statusCode()).isEqualTo(403);
        final String both = issuer.token(List.of("officer"), "rome", "paris");
        assertThat(new JsonObject(calls.post(checkIn + "?atPost=rome", both, null).body()).getInteger("postId")).as("of both posts").isEqualTo(OnePost.POST);

        assertThat(calls.post("/v1/appointments/" + visit + "/cancel", officerOfParis, null).statusCode()).isEqualTo(200);
        assertThat(calls.post(checkIn + "?atPost=rome", officerOfRome, null).statusCode()).as("nobody is expected any more").isEqualTo(404);
        assertRefused(() -> appointments(officerOfRome).checkIn(toCheckIn(visit, ROME)), Status.Code.NOT_FOUND, "APPOINTMENT_UNKNOWN");
    }

    private AppointmentServiceGrpc.AppointmentServiceBlockingStub appointments(final String token) {
        return AppointmentServiceGrpc.newBlockingStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata(token)));
    }

    private static CheckIn toCheckIn(final String visit, final int postId) {
        return CheckIn.newBuilder().setRequest(request()).setAppointment(visit).setAtPostId(postId).build();
    }

    private static JsonObject lines() {
        return new JsonObject().put("lines", new JsonArray().add(0));
    }

    private static JsonObject hold(final String application) {
        return new JsonObject().put("application", application).put("legs", new JsonArray().add(new JsonObject().put("deskId", OnePost.DESK).put("lines", new JsonArray().add(0))
                .put("date", LocalDate.ofEpochDay(OnePost.FIRST_DAY).toString()).put("startUnit", 0).put("units", OnePost.VISIT_UNITS)));
    }

    private static ErrorInfo assertRefused(final ThrowingCallable call, final Status.Code code, final String reason) {
        final StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(refused).isNotNull();
        assertThat(refused.getStatus().getCode()).isEqualTo(code);
        assertThat(GrpcFixture.errorInfo(refused).getReason()).isEqualTo(reason);
        return GrpcFixture.errorInfo(refused);
    }

    /** But for what is another one's with each request. */
    private static void assertSame(final HttpResponse<String> one, final HttpResponse<String> other) {
        assertThat(one.statusCode()).isEqualTo(other.statusCode());
        assertThat(one.headers().map().keySet()).isEqualTo(other.headers().map().keySet());
        assertThat(withoutOwn(one)).isEqualTo(withoutOwn(other));
    }

    private static JsonObject withoutOwn(final HttpResponse<String> response) {
        final JsonObject json = new JsonObject(response.body());
        Arrays.asList("requestId", "position").forEach(json::remove);
        return json.put("names", new JsonObject(response.body()).fieldNames().stream().sorted().toList());
    }

    private static void assertSame(final ThrowingCallable one, final ThrowingCallable other) {
        final StatusRuntimeException first = catchThrowableOfType(StatusRuntimeException.class, one);
        final StatusRuntimeException second = catchThrowableOfType(StatusRuntimeException.class, other);
        assertThat(first.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND).isEqualTo(second.getStatus().getCode());
        assertThat(first.getStatus().getDescription()).isEqualTo(second.getStatus().getDescription());
        assertThat(GrpcFixture.errorInfo(first)).isEqualTo(GrpcFixture.errorInfo(second));
    }
}
