package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.fake.FakeIssuer;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.client.Watch;
import org.mawid.client.WatchListener;
import org.mawid.grpc.AcceptPosts;
import org.mawid.grpc.Channel;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.Cursor;
import org.mawid.grpc.Day;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.Event;
import org.mawid.grpc.Leg;
import org.mawid.grpc.PoolKind;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.Reschedule;
import org.mawid.grpc.Result;
import org.mawid.grpc.Run;
import org.mawid.grpc.SetDeskService;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.WatchReply;
import org.mawid.grpc.WatchRequest;
import org.mawid.grpc.WatchServiceGrpc;

/** Two posts watch, and each is told what is its own: of applications for any post those of its queue, or of nobody's yet, also when it catches up; and of visits that move those that leave it or come to it. */
@Timeout(120)
class OwnEventsOverEdgesTest extends ServiceFixture {
    private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final int ROME = 2;
    private static final int ROMES_DESK = 12;
    private static final long AMINA = 0xA1;

    private final FakeIssuer issuer = new FakeIssuer();
    private final TokenCalls calls = new TokenCalls(() -> this.service.httpPort());
    private final String ofParis = issuer.token(List.of("officer"), "paris");
    private final String ofRome = issuer.token(List.of("officer"), "rome");
    private final String auditor = issuer.token(List.of("auditor"));
    /** References by what the test calls them. */
    private final Map<String, String> applications = new LinkedHashMap<>();
    private MawidClient amina;
    private MawidClient paris;
    private Cursor before;
    private String idBefore;

    @Override
    Map<String, String> settings() {
        return new HashMap<>(Map.of(EdgeSetting.OIDC_ISSUER.key(), issuer.url().toString(), EdgeSetting.OIDC_AUDIENCE.key(), FakeIssuer.AUDIENCE, "mawid.records", "true", "mawid.records.entries", "10000",
                EdgeSetting.COOLING.key(), "false", EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000"));
    }

    @BeforeEach
    void open() throws Exception {
        service.keepRecords();
        try (MawidClient operator = client(issuer.token(List.of("operator")))) {
            OnePost.make(operator, 1, 8);
            OnePost.done(operator, Command.newBuilder().setDefinePost(DefinePost.newBuilder().setPostId(ROME).setCode("rome").setCurrency("EUR").setMinorDigits(2).setRoundToMinor(50)));
            OnePost.done(operator, Command.newBuilder().setDefinePool(DefinePool.newBuilder().setPoolId(ROMES_DESK).setPostId(ROME).setKind(PoolKind.POOL_KIND_DESK).setCode("rome/1")));
            OnePost.done(operator, Command.newBuilder().setSetDeskService(SetDeskService.newBuilder().setDeskId(ROMES_DESK).setServiceId(OnePost.SERVICE).setServes(true)));
            operator.rules(OnePost.done(operator, Command.newBuilder().setPublishDay(PublishDay.newBuilder().setPoolId(ROMES_DESK).setEpochDay(OnePost.FIRST_DAY).setStartMs(OnePost.FIRST_DAY * 86_400_000L + 8 * 3_600_000L)
                    .setUnitCount(OnePost.UNITS).setAlignUnits(OnePost.VISIT_UNITS).addRuns(Run.newBuilder().setUnits(OnePost.UNITS).setCapacity(8)))));
        }
        amina = portal();
        paris = client(ofParis);
        final List<WatchReply> replies = watched(auditor, WatchRequest.newBuilder().setCatchUp(true).build());
        before = replies.get(replies.size() - 1).getCursor();
        final String stream = calls.get("/v1/posts/paris/events?inStep=end", ofParis).body();
        idBefore = stream.substring(stream.lastIndexOf("id: ") + 4).split("\n")[0];
    }

    @AfterEach
    void close() {
        amina.close();
        paris.close();
        issuer.close();
    }

    @Test
    void givenApplicationsForAnyPost_whenPostsWatch_thenEachIsToldThoseOfItsQueueAndOfNobodys_andCatchesUpWithTheSame() throws Exception {
        submit("registered in Rome", 1, ROME);
        submit("nobody's yet", 2, 0);
        submit("of those who accept Rome", 3, 0);
        accept("of those who accept Rome", ROME);
        submit("of those who accept Paris", 4, 0);
        accept("of those who accept Paris", OnePost.POST);
        assertThat(told(ofParis, OnePost.POST)).containsExactly("nobody's yet", "of those who accept Paris");
        assertThat(told(ofRome, ROME)).containsExactly("registered in Rome", "nobody's yet", "of those who accept Rome");
        assertThat(told(auditor, 0)).as("who may follow all posts").containsExactlyElementsOf(applications.keySet());
        assertThat(told(auditor, OnePost.POST)).as("or anything").containsExactlyElementsOf(applications.keySet());
        assertThat(toldOverHttp(ofParis, "paris")).containsExactly("nobody's yet", "of those who accept Paris");
        assertThat(toldOverHttp(ofRome, "rome")).containsExactly("registered in Rome", "nobody's yet", "of those who accept Rome");
        assertThat(toldOverHttp(auditor, "paris")).containsExactlyElementsOf(applications.keySet());

        accept("nobody's yet", ROME);
        assertThat(told(ofParis, OnePost.POST)).as("it is another's by now").containsExactly("of those who accept Paris");
        assertThat(toldOverHttp(ofRome, "rome")).contains("nobody's yet");
        restart();
        assertThat(told(ofParis, OnePost.POST)).as("and stays so").containsExactly("of those who accept Paris");
        assertThat(toldOverHttp(ofParis, "paris")).containsExactly("of those who accept Paris");
    }

    @Test
    void givenAWatchThatIsOpen_whenApplicationsComeIn_thenItIsToldItsOwnAtOnceAndInOrder() {
        final List<String> heard = new CopyOnWriteArrayList<>();
        try (Watch watch = paris.watch(OnePost.POST, 0, 0, hearing(heard))) {
            await().until(() -> watch.cursor() != null);
            for (int i = 0; i < 50; i++) {
                submit("Rome's " + i, 100 + i, ROME);
                submit("nobody's " + i, 200 + i, 0);
                submit("Paris' " + i, 300 + i, OnePost.POST);
            }
            await().until(() -> named(String.join("", heard)).contains("Paris' 49"));
        }
        final List<String> due = applications.keySet().stream().filter(name -> !name.startsWith("Rome")).toList();
        assertThat(heard.stream().flatMap(text -> named(text).stream()).distinct()).containsExactlyElementsOf(due);
    }

    @Test
    void givenAVisitThatMoves_whenItLeavesAPost_thenThatOneIsTold_andNotOfWhatComesAfter() throws Exception {
        submit("moves", 5, 0);
        accept("moves", OnePost.POST, ROME);
        final String application = applications.get("moves");
        done(paris, OnePost.validate(application));
        final String held = done(amina, OnePost.hold(application, 0, 0)).getReference();
        final String visit = done(amina, Command.newBuilder().setConfirm(Confirm.newBuilder().setHold(held)).build()).getReference();
        final long away = moved(visit, ROMES_DESK, 0);
        final long within = moved(visit, ROMES_DESK, 3);
        assertThat(movesTold(ofParis, OnePost.POST)).containsExactly(away);
        assertThat(movesTold(ofRome, ROME)).containsExactly(away, within);
        assertThat(movesTold(auditor, 0)).containsExactly(away, within);
        assertThat(movesOverHttp(ofParis, "paris")).isEqualTo(1);
        assertThat(movesOverHttp(ofRome, "rome")).isEqualTo(2);
        final long back = moved(visit, OnePost.DESK, 6);
        assertThat(movesTold(ofParis, OnePost.POST)).containsExactly(away, back);
        assertThat(movesTold(ofRome, ROME)).containsExactly(away, within, back);
    }

    private long moved(final String visit, final int desk, final int start) {
        return done(amina, Command.newBuilder().setReschedule(Reschedule.newBuilder().setAppointment(visit).addLegs(Leg.newBuilder().setDeskId(desk).setLines(1).setEpochDay(OnePost.FIRST_DAY)
                .setStartUnit(start * OnePost.VISIT_UNITS).setUnits(OnePost.VISIT_UNITS))).build()).getPosition();
    }

    private List<Long> movesTold(final String token, final int postId) {
        return events(token, postId).stream().filter(Event::hasRescheduled).map(event -> event.getCursor().getPosition()).toList();
    }

    private int movesOverHttp(final String token, final String post) throws Exception {
        return overHttp(token, post).split("event: rescheduled", -1).length - 1;
    }

    private void submit(final String name, final long person, final int registered) {
        final boolean isChosen = name.startsWith("Paris'");
        final SubmitApplication.Builder submit = SubmitApplication.newBuilder().setApplicant(AMINA).setPostId(isChosen ? OnePost.POST : 0).addLines(OnePost.line(person).toBuilder().setRegisteredPostId(registered));
        applications.put(name, done(amina, Command.newBuilder().setSubmitApplication(submit).build()).getReference());
    }

    private void accept(final String name, final Integer... posts) {
        done(amina, Command.newBuilder().setAcceptPosts(AcceptPosts.newBuilder().setApplication(applications.get(name)).addAllPosts(List.of(posts))).build());
    }

    private static CommandReply done(final MawidClient by, final Command command) {
        final CommandReply reply = by.execute(command);
        assertThat(reply.getResult()).as("%s", command).isEqualTo(Result.OK);
        return reply;
    }

    /** Which applications are in a text, in the order in which they were submitted. */
    private List<String> named(final String text) {
        return applications.entrySet().stream().filter(each -> text.contains(each.getValue())).map(Map.Entry::getKey).toList();
    }

    private List<String> told(final String token, final int postId) {
        return named(events(token, postId).toString());
    }

    private List<Event> events(final String token, final int postId) {
        return watched(token, WatchRequest.newBuilder().setPostId(postId).setCursor(before).setCatchUp(true).build()).stream().flatMap(reply -> reply.getEventsList().stream()).toList();
    }

    private List<WatchReply> watched(final String token, final WatchRequest request) {
        final Metadata metadata = new Metadata();
        metadata.put(AUTHORIZATION, "Bearer " + token);
        final List<WatchReply> replies = new ArrayList<>();
        WatchServiceGrpc.newBlockingStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata)).watch(request).forEachRemaining(replies::add);
        return replies;
    }

    private List<String> toldOverHttp(final String token, final String post) throws Exception {
        return named(overHttp(token, post));
    }

    private String overHttp(final String token, final String post) throws Exception {
        final HttpResponse<String> stream = calls.get("/v1/posts/" + post + "/events?inStep=end", token, "Last-Event-ID", idBefore);
        assertThat(stream.statusCode()).as(stream.body()).isEqualTo(200);
        return stream.body();
    }

    private void restart() throws Exception {
        amina.close();
        paris.close();
        stop();
        start();
        service.keepRecords();
        amina = portal();
        paris = client(ofParis);
    }

    /** By which she does everything: applicants send no batches. */
    private MawidClient portal() throws Exception {
        final String token = issuer.token(issuer.claims().subject("rdv").claim("roles", "portal").claim("portal", "rdv").build());
        return MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withToken(() -> token).withActor(0, AMINA, Channel.CHANNEL_ONLINE));
    }

    private MawidClient client(final String token) throws Exception {
        return MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withToken(() -> token));
    }

    private static WatchListener hearing(final List<String> heard) {
        return new WatchListener() {
            @Override
            public void onSnapshot() {
                // without days
            }

            @Override
            public void onDays(final List<Day> days) {
                // nor are there any
            }

            @Override
            public void onSnapshotComplete() {
                // events follow
            }

            @Override
            public void onEvents(final List<Event> events) {
                events.forEach(event -> heard.add(event.toString()));
            }
        };
    }
}
