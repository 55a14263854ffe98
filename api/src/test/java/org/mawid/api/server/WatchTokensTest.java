package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.fake.FakeIssuer;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.sync.SyncRig;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.client.Watch;
import org.mawid.client.WatchListener;
import org.mawid.grpc.Cursor;
import org.mawid.grpc.Day;
import org.mawid.grpc.Event;
import org.mawid.grpc.WatchReply;
import org.mawid.grpc.WatchRequest;
import org.mawid.grpc.WatchServiceGrpc;

/** A watch ends with its token, and goes on with another one from where it was: nothing is lost and nothing comes twice. */
@Timeout(60)
class WatchTokensTest extends ServiceFixture {
    private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    /** Beside the second for which clocks may differ; long enough to begin with on a slow machine. */
    private static final long SHORT_MS = 1_500;
    private static final long LONG_MS = 300_000;

    private final FakeIssuer issuer = new FakeIssuer();
    private MawidClient operator;

    @Override
    Map<String, String> settings() {
        return Map.of(EdgeSetting.OIDC_ISSUER.key(), issuer.url().toString(), EdgeSetting.OIDC_AUDIENCE.key(), FakeIssuer.AUDIENCE, "mawid.records", "true", "mawid.records.entries", "10000");
    }

    @BeforeEach
    void open() throws Exception {
        service.keepRecords();
        operator = MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withToken(() -> issuer.token(List.of("operator"))));
        OnePost.make(operator, 1, 1);
    }

    @AfterEach
    void close() {
        operator.close();
        issuer.close();
    }

    private String officer(final long forMs) {
        return issuer.token(issuer.claims().subject("officer").claim("roles", List.of("officer")).claim("posts", List.of("paris")).expirationTime(new Date(System.currentTimeMillis() + forMs)).build());
    }

    @Test
    void givenAWatchOverGrpc_whenItsTokenExpires_thenItIsUnauthenticatedAndAnotherOneGoesOnFromThere() {
        final List<WatchReply> replies = new ArrayList<>();
        final StatusRuntimeException ended = read(officer(SHORT_MS), WatchRequest.newBuilder().setPostId(OnePost.POST).build(), replies);
        assertThat(ended.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(GrpcFixture.errorInfo(ended).getMetadataOrThrow("token")).isEqualTo("EXPIRED");
        final Cursor last = replies.get(replies.size() - 1).getCursor();

        final long position = OnePost.open(operator, 1, 1);
        final List<WatchReply> after = new ArrayList<>();
        assertThat(read(officer(LONG_MS), WatchRequest.newBuilder().setPostId(OnePost.POST).setCursor(last).setCatchUp(true).build(), after)).as("ends in step").isNull();
        assertThat(after.stream().flatMap(reply -> reply.getEventsList().stream()).map(event -> event.getCursor().getPosition())).containsExactly(position);
    }

    /** @return why it has ended, null = as it should */
    private StatusRuntimeException read(final String token, final WatchRequest request, final List<WatchReply> into) {
        final Metadata metadata = new Metadata();
        metadata.put(AUTHORIZATION, "Bearer " + token);
        final Iterator<WatchReply> replies = WatchServiceGrpc.newBlockingStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata)).watch(request);
        try {
            replies.forEachRemaining(into::add);
            return null;
        } catch (final StatusRuntimeException ended) {
            return ended;
        }
    }

    @Test
    void givenAWatchOverHttp_whenItsTokenExpires_thenThatIsItsLastEventWithWhereToGoOn() throws Exception {
        final HttpResponse<String> stream = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + "/v1/posts/paris/events?snapshotFrom=2026-01-01&snapshotDays=1"))
                .header("Authorization", "Bearer " + officer(SHORT_MS)).build(), BodyHandlers.ofString());
        final String[] events = stream.body().strip().split("\n\n");
        final String last = events[events.length - 1];
        assertThat(last).as(stream.body()).contains("event: tokenExpired").contains("id: ");
        final JsonObject told = new JsonObject(last.substring(last.indexOf("data: ") + "data: ".length()));
        assertThat(told.getString("result")).isEqualTo("UNAUTHENTICATED");
        assertThat(told.getString("token")).isEqualTo("EXPIRED");
    }

    @Test
    void givenTheClient_whenItsTokenExpires_thenItGoesOnWithTheNextOneAndNothingComesTwice() throws Exception {
        final List<Long> positions = new CopyOnWriteArrayList<>();
        final List<Long> opened = new ArrayList<>();
        final List<String> tokens = new CopyOnWriteArrayList<>();
        try (MawidClient officer = MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withToken(() -> {
            tokens.add(officer(tokens.isEmpty() ? SHORT_MS : LONG_MS));
            return tokens.get(tokens.size() - 1);
        })); Watch watch = officer.watch(OnePost.POST, 0, 0, collecting(positions))) {
            await().until(() -> watch.cursor() != null);
            opened.add(OnePost.open(operator, 1, 1));
            await().until(() -> tokens.size() > 1);
            opened.add(OnePost.open(operator, 2, 1));
            await().until(() -> positions.size() == opened.size());
        }
        assertThat(positions).isEqualTo(opened);
    }

    private static WatchListener collecting(final List<Long> positions) {
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
                events.forEach(event -> positions.add(event.getCursor().getPosition()));
            }
        };
    }

    @Test
    void givenAFolderThatIsKeptInStep_whenTheTokenExpires_thenItGoesOnWithWhatIsInTheFileThenAndDoesNotCallThatALostLine() throws Exception {
        final Path token = folder.resolve("token");
        Files.writeString(token, officer(SHORT_MS));
        final long isOverMs = System.currentTimeMillis() + SHORT_MS + 1_000;
        final SyncRig rig = new SyncRig(folder.resolve("paris"), "paris").saying(token);
        try (AutoCloseable following = rig.follow(service.grpcPort())) {
            await().until(() -> Files.exists(rig.folder.resolve("cursor.json")));
            Files.writeString(folder.resolve("next"), officer(LONG_MS));
            Files.move(folder.resolve("next"), token, StandardCopyOption.REPLACE_EXISTING);
            for (int day = 1; day < 3; day++) {
                final String date = LocalDate.ofEpochDay(OnePost.FIRST_DAY + day) + ".json";
                OnePost.open(operator, day, 1);
                await().until(() -> rig.names("calendar").contains(date));
                await().until(() -> System.currentTimeMillis() > isOverMs);
            }
        }
        assertThat(rig.notes).noneMatch(note -> note.startsWith("no connection"));
    }
}
