package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.mawid.api.fake.GrpcFixture.errorInfo;
import static org.mawid.api.fake.GrpcFixture.retryInfo;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.access.Access;
import org.mawid.api.access.AccessLog;
import org.mawid.api.access.Caller;
import org.mawid.api.access.Grounds;
import org.mawid.api.access.Operation;
import org.mawid.api.access.Target;
import org.mawid.api.fake.FakeIssuer;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.http.Backends;
import org.mawid.api.http.EdgeMetrics;
import org.mawid.api.http.HttpConfig;
import org.mawid.api.http.HttpEdge;
import org.mawid.api.http.PostZones;
import org.mawid.api.limit.Limits;
import org.mawid.api.limit.Proxies;
import org.mawid.api.limit.Rates;
import org.mawid.api.limit.Watch;
import org.mawid.api.oidc.Binding;
import org.mawid.api.oidc.ClaimNames;
import org.mawid.api.oidc.Entry;
import org.mawid.api.oidc.OidcConfig;
import org.mawid.api.oidc.Tokens;
import org.mawid.api.stamp.check.CallerLimit;
import org.mawid.api.stamp.document.SigningKeys;
import org.mawid.api.stamp.document.StampPress;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.CatalogueServiceGrpc;
import org.mawid.grpc.Cause;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.ListPostsRequest;
import org.mawid.grpc.Result;
import org.mawid.grpc.SubmitApplication;

/** Who asks too often over either edge is told so, which limit it is, and when to come back; and is let in then. */
@Timeout(60)
class LimitsOverEdgesTest {
    private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> FORWARDED = Metadata.Key.of(Proxies.X_FORWARDED_FOR, Metadata.ASCII_STRING_MARSHALLER);
    private static final long AMINA = 0xA1;
    private static final long BADR = 0xB2;

    private final Watch watch = new Watch();
    private final Map<String, String> rates = Map.of("ADDRESS", "reads=2,lookups=1,tokens=2", "PERSON", "commands=3,lookups=2", "APPLICANTS", "reads=3,watches=2", "STAFF", "open=1", "PORTAL", "commands=100,open=1");
    private final Limits limits = new Limits(Rates.of(payer -> rates.get(payer.name())), watch);
    private final Map<Operation, Integer> audited = new ConcurrentHashMap<>();
    private final TokenCalls http = new TokenCalls(() -> this.edge.port());
    private final GrpcFixture fixture; // of which the engine and the requests are used
    private FakeIssuer issuer;
    private Tokens tokens;
    private StampPress press;
    private GrpcServer server;
    private HttpEdge edge;
    private ManagedChannel channel;

    LimitsOverEdgesTest() throws Exception {
        fixture = new GrpcFixture();
    }

    @BeforeEach
    void start() throws Exception {
        issuer = new FakeIssuer();
        tokens = new Tokens(OidcConfig.of(issuer.url(), FakeIssuer.AUDIENCE, OidcConfig.USUAL_ALGORITHMS, ClaimNames.USUAL));
        press = new StampPress(fixture.gateway, SigningKeys.passing(), PostZones.UTC::of);
        final Proxies proxies = Proxies.of(List.of("127.0.0.1"), Proxies.X_FORWARDED_FOR);
        final Entry entry = new Entry(tokens, new Access(fixture.gateway, tokens::leftMs, new Refused()), limits, Binding.USUAL);
        server = GrpcServer.listen(GrpcServerConfig.loopback(0).withProxies(proxies));
        server.serve(fixture.gateway, null, CallerLimit.ofAskers(), PostZones.UTC, press, Backends.NONE, entry);
        final HttpConfig config = HttpConfig.loopback(0).withProxies(proxies);
        edge = HttpEdge.listen(config, HttpEdge.prepare(config), new EdgeMetrics());
        edge.serve(fixture.gateway, PostZones.UTC, CallerLimit.ofAskers(), press, Backends.NONE, entry);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    }

    @AfterEach
    void stop() throws Exception {
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        edge.close();
        server.close();
        press.close();
        tokens.close();
        issuer.close();
        fixture.close();
    }

    @Test
    void givenAStrangerBehindAProxy_whenTheyAskTooOften_thenTheirAddressIsToldWhenToComeBack_andNobodyElse() throws Exception {
        final String stranger = "192.0.2.1";
        assertThat(read(stranger).statusCode()).isEqualTo(200);
        assertThat(posts(stranger)).as("one budget over both edges").isNull();
        final HttpResponse<String> refused = read(stranger);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("30");
        final JsonObject problem = new JsonObject(refused.body());
        assertThat(problem.getString("limit")).isEqualTo("address.reads");
        assertThat(problem.getLong("retryAfterMs")).isEqualTo(30_000);
        assertThat(problem.getString("result") + ' ' + problem.getString("cause")).isEqualTo("UNAVAILABLE LIMIT_SPENT");
        final StatusRuntimeException overGrpc = posts(stranger);
        assertThat(errorInfo(overGrpc).getMetadataMap()).containsEntry("limit", "address.reads").containsEntry("cause", "LIMIT_SPENT").containsEntry("retryAfterMs", "30000");

        assertThat(read("192.0.2.2").statusCode()).as("somebody else").isEqualTo(200);
        assertThat(http.get("/health/live", null, "X-Forwarded-For", stranger).statusCode()).isEqualTo(200);
        for (int i = 0; i < 5; i++) {
            assertThat(http.get("/v1/posts/1/hall", null, "X-Forwarded-For", stranger).statusCode()).as("what hangs in a hall").isNotEqualTo(429);
            assertThat(read(null).statusCode()).as("this machine").isEqualTo(200);
        }
        watch.pass(30_000);
        assertThat(read("203.0.113.77, " + stranger).statusCode()).as("whatever they write themselves").isEqualTo(200);
        assertThat(read("203.0.113.77, " + stranger).statusCode()).isEqualTo(429);
        assertThat(audited.get(Operation.LIST_POSTS)).isEqualTo(3);
    }

    @Test
    void givenAnAddressThatMakesTokensUp_whenItBringsMore_thenNobodyLooksAtThem_andGoodOnesThatWereSeenGoOn() throws Exception {
        final String flat = "192.0.2.1";
        final String amina = issuer.applicant(AMINA);
        assertThat(http.get("/v1/posts", amina, "X-Forwarded-For", flat).statusCode()).isEqualTo(200);
        assertThat(http.get("/v1/posts", "made.up.once", "X-Forwarded-For", flat).statusCode()).isEqualTo(401);
        assertThat(posts(flat, "made.up.twice").getStatus().getCode()).as("one budget over both edges").isEqualTo(Status.Code.UNAUTHENTICATED);
        final HttpResponse<String> refused = http.get("/v1/posts", "made.up.again", "X-Forwarded-For", flat);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(new JsonObject(refused.body()).getString("limit")).isEqualTo("address.tokens");
        assertThat(errorInfo(posts(flat, "made.up.again")).getMetadataMap()).containsEntry("limit", "address.tokens").containsEntry("retryAfterMs", "30000");
        assertThat(http.get("/v1/posts", amina, "X-Forwarded-For", flat).statusCode()).as("hers was seen before").isEqualTo(200);
        assertThat(http.get("/v1/posts", "made.up.again", "X-Forwarded-For", "192.0.2.2").statusCode()).as("elsewhere it is looked at").isEqualTo(401);
        watch.pass(30_000);
        assertThat(http.get("/v1/posts", issuer.applicant(BADR), "X-Forwarded-For", flat).statusCode()).isEqualTo(200);
        assertThat(audited.get(Operation.LIST_POSTS)).as("each refusal").isEqualTo(5);
    }

    @Test
    void givenApplicantsAtOneAddress_whenTheyTogetherAskTooOften_thenTheAddressIsTold_overBothEdges() throws Exception {
        final String flat = "192.0.2.1";
        assertThat(http.get("/v1/posts", issuer.applicant(AMINA), "X-Forwarded-For", flat).statusCode()).isEqualTo(200);
        assertThat(posts(flat, issuer.applicant(AMINA))).isNull();
        assertThat(http.get("/v1/posts", issuer.applicant(BADR), "X-Forwarded-For", flat).statusCode()).isEqualTo(200);
        assertThat(new JsonObject(http.get("/v1/posts", issuer.applicant(BADR), "X-Forwarded-For", flat).body()).getString("limit")).isEqualTo("applicants.reads");
        assertThat(errorInfo(posts(flat, issuer.applicant(AMINA))).getMetadataMap()).containsEntry("limit", "applicants.reads");
        assertThat(http.get("/v1/posts", issuer.applicant(BADR), "X-Forwarded-For", "192.0.2.2").statusCode()).isEqualTo(200);
        assertThat(http.get("/v1/posts", portal(), "X-Forwarded-For", flat).statusCode()).as("a portal's own").isEqualTo(200);
    }

    @Test
    void givenAvailability_whenAStrangerAsksTooOften_thenTheShortWayIsNoWayAround() throws Exception {
        final String path = "/v1/availability/counts?services=21&posts=1&from=2024-10-04&days=1";
        final String stranger = "192.0.2.1";
        final HttpResponse<String> first = http.get(path, null, "X-Forwarded-For", stranger);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(http.get(path, null, "X-Forwarded-For", stranger).statusCode()).isEqualTo(200);
        assertThat(http.get(path, null, "X-Forwarded-For", stranger).statusCode()).isEqualTo(429);
    }

    @Test
    void givenSomebodyWhoTriesReferences_thenTheirLookUpsAreSpent_andNothingElse() throws Exception {
        final String amina = issuer.applicant(AMINA);
        final String guess = "/v1/applications/" + fixture.references.text(org.mawid.api.gateway.ReferenceKind.APPLICATION, 77_777);
        assertThat(http.get(guess, amina).statusCode()).isNotEqualTo(429);
        assertThat(http.get(guess, amina).statusCode()).isNotEqualTo(429);
        assertThat(new JsonObject(http.get(guess, amina).body()).getString("limit")).isEqualTo("person.lookups");
        assertThat(http.get("/v1/posts", amina).statusCode()).isEqualTo(200);
    }

    @Test
    void givenAnApplicant_whenTheySendTooMuch_thenACallIsRefusedWithTheDelay_andPassesAfterIt() {
        final ApplicationServiceGrpc.ApplicationServiceBlockingStub amina = ApplicationServiceGrpc.newBlockingStub(as(issuer.applicant(AMINA)));
        for (int i = 0; i < 3; i++) {
            assertThat(amina.submitApplication(submit(0)).getApplication()).isNotEmpty();
        }
        final StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, () -> amina.submitApplication(submit(0)));
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(errorInfo(refused).getReason()).isEqualTo("UNAVAILABLE");
        assertThat(errorInfo(refused).getMetadataMap()).containsEntry("limit", "person.commands");
        assertThat(retryInfo(refused).getRetryDelay().getSeconds()).isEqualTo(20);
        watch.pass(20_000);
        assertThat(amina.submitApplication(submit(0)).getApplication()).isNotEmpty();
        assertThat(audited.get(Operation.SUBMIT_APPLICATION)).isOne();
    }

    @Test
    void givenABatchOfAPortal_whenOneOfItsUsersHasHadAll_thenOnlyThoseCommandsAreRefused_withTheirDelay() {
        final CommandBatch batch = CommandBatch.newBuilder().addAllCommands(IntStream.range(0, 6).mapToObj(i -> Command.newBuilder().setSubmitApplication(submit(i == 4 ? BADR : AMINA)).build()).toList()).build();
        final List<CommandReply> replies = CommandServiceGrpc.newBlockingStub(as(portal())).batch(batch).getRepliesList();
        assertThat(replies.stream().map(CommandReply::getResult)).containsExactly(Result.OK, Result.OK, Result.OK, Result.UNAVAILABLE, Result.OK, Result.UNAVAILABLE);
        assertThat(replies.get(3).getDetail()).isEqualTo(Cause.LIMIT_SPENT_VALUE);
        assertThat(replies.get(3).getRetryMs()).isEqualTo(20_000);
        assertThat(replies.get(5).getRetryMs()).isEqualTo(20_000);
    }

    @Test
    void givenAStream_whenALimitIsSpent_thenTheCommandIsRefusedAndTheStreamGoesOn() {
        final Replies replies = new Replies();
        final StreamObserver<Command> stream = CommandServiceGrpc.newStub(as(portal())).stream(replies);
        for (int i = 0; i < 4; i++) {
            stream.onNext(Command.newBuilder().setTag(i).setSubmitApplication(submit(AMINA)).build());
        }
        await().until(() -> replies.received.size() == 4);
        assertThat(replies.received.get(3).getDetail()).isEqualTo(Cause.LIMIT_SPENT_VALUE);
        assertThat(replies.received.get(3).getRetryMs()).isEqualTo(20_000);
        watch.pass(20_000);
        stream.onNext(Command.newBuilder().setTag(4).setSubmitApplication(submit(AMINA)).build());
        await().until(() -> replies.received.size() == 5);
        assertThat(replies.received.get(4).getResult()).isEqualTo(Result.OK);
        stream.onCompleted();
        assertThat(replies.ended).succeedsWithin(20, TimeUnit.SECONDS);
    }

    @Test
    void givenAPortalWithAllItsStreamsOpen_whenItOpensAnother_thenItIsRefusedUntilOneHasEnded() {
        final Channel portal = as(portal());
        final Replies first = new Replies();
        final StreamObserver<Command> stream = CommandServiceGrpc.newStub(portal).stream(first);
        stream.onNext(Command.newBuilder().setSubmitApplication(submit(AMINA)).build());
        await().until(() -> first.received.size() == 1);
        final Replies second = new Replies();
        CommandServiceGrpc.newStub(portal).stream(second);
        assertThat(second.ended).failsWithin(20, TimeUnit.SECONDS).withThrowableThat().havingCause()
                .satisfies(why -> assertThat(errorInfo((StatusRuntimeException) why).getMetadataMap()).containsEntry("limit", "portal.open"));
        stream.onCompleted();
        assertThat(first.ended).succeedsWithin(20, TimeUnit.SECONDS);
        await().untilAsserted(() -> {
            final Replies third = new Replies();
            CommandServiceGrpc.newStub(portal).stream(third).onCompleted();
            assertThat(third.ended).succeedsWithin(20, TimeUnit.SECONDS);
        });
    }

    private String portal() {
        return issuer.token(List.of("portal"));
    }

    private SubmitApplication submit(final long onBehalfOf) {
        return fixture.submit().toBuilder().setRequest(fixture.request().toBuilder().setOnBehalfOf(onBehalfOf)).build();
    }

    /** @param from null = this machine */
    private HttpResponse<String> read(final String from) throws Exception {
        return from == null ? http.get("/v1/posts", null) : http.get("/v1/posts", null, "X-Forwarded-For", from);
    }

    /** @return why not, null = they were told */
    private StatusRuntimeException posts(final String from) {
        final Metadata metadata = new Metadata();
        metadata.put(FORWARDED, from);
        return catchThrowableOfType(StatusRuntimeException.class, () -> CatalogueServiceGrpc.newBlockingStub(ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata)))
                .listPosts(ListPostsRequest.getDefaultInstance()));
    }

    /** With a token. */
    private StatusRuntimeException posts(final String from, final String token) {
        final Metadata metadata = new Metadata();
        metadata.put(FORWARDED, from);
        return catchThrowableOfType(StatusRuntimeException.class, () -> CatalogueServiceGrpc.newBlockingStub(ClientInterceptors.intercept(as(token), MetadataUtils.newAttachHeadersInterceptor(metadata)))
                .listPosts(ListPostsRequest.getDefaultInstance()));
    }

    private Channel as(final String token) {
        final Metadata metadata = new Metadata();
        metadata.put(AUTHORIZATION, "Bearer " + token);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    private static final class Replies implements StreamObserver<CommandReply> {
        private final List<CommandReply> received = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        @Override
        public void onNext(final CommandReply reply) {
            received.add(reply);
        }

        @Override
        public void onError(final Throwable why) {
            ended.completeExceptionally(why);
        }

        @Override
        public void onCompleted() {
            ended.complete(null);
        }
    }

    /** Counts what is told to the audit. */
    private final class Refused implements AccessLog {
        @Override
        public CompletableFuture<org.mawid.sbe.Result> allowed(final Caller caller, final Operation operation, final List<Target> targets, final long detail) {
            return DONE;
        }

        @Override
        public void refused(final Caller caller, final Operation operation, final Target target, final boolean asUnknown, final Grounds grounds) {
            audited.merge(operation, 1, Integer::sum);
        }
    }
}
