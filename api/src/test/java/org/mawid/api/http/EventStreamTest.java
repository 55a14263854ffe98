package org.mawid.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.fake.FakeReadModel;
import org.mawid.api.fake.SseReader;
import org.mawid.api.fake.SseReader.Sse;
import org.mawid.sbe.HoldExpiredEncoder;
import org.mawid.sbe.MessageHeaderEncoder;

/** Server-sent events, with a real server and real connections. */
@Timeout(60)
class EventStreamTest {
    private HttpFixture http;

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void givenNoCursor_whenWatched_thenDaysThenTheSnapshotsEndThenWhatHappens() throws Exception {
        http = new HttpFixture();
        try (SseReader reader = SseReader.open(http.uri("/v1/posts/1/events?snapshotFrom=" + HttpFixture.DATE + "&snapshotDays=3"), null)) {
            assertThat(reader.await(4)).extracting(Sse::event).containsExactly("day", "day", "day", "snapshot");
            assertThat(new JsonObject(reader.await(4).get(0).data()).getLong("position")).isEqualTo(100);
            assertThat(reader.lastId()).as("days have no id: who is cut off among them begins anew").isEqualTo("9-100-65535");
            expired(101);
            assertThat(reader.await(5).get(4).event()).isEqualTo("holdExpired");
            assertThat(reader.lastId()).isEqualTo("9-101-0");
        }
    }

    @Test
    void givenTheLastIdOfAStream_whenItIsOpenedAgain_thenWhatCameAfterItAndOnlyThat() throws Exception {
        http = new HttpFixture();
        for (int position = 101; position <= 500; position++) {
            expired(position);
        }
        try (SseReader reader = SseReader.open(http.uri("/v1/posts/1/events"), "9-300-0")) {
            final List<Sse> events = reader.await(200);
            assertThat(events).hasSize(200);
            for (int i = 0; i < 200; i++) {
                assertThat(events.get(i).id()).isEqualTo("9-" + (301 + i) + "-0");
            }
        }
        assertThat(http.engine.fakeReadModel().pollThreads()).allMatch(name -> name.startsWith("mawid-watch"));
    }

    @Test
    void givenACursorOlderThanWhatIsKept_whenWatched_thenStartAgainAndTheEnd() throws Exception {
        http = new HttpFixture();
        http.engine.fakeReadModel().keptFrom(90);
        try (SseReader reader = SseReader.open(http.uri("/v1/posts/1/events"), "9-50-0")) {
            await().until(reader::isEnded);
            assertThat(reader.await(1)).extracting(Sse::event).containsExactly("START_AGAIN");
            assertThat(reader.lastId()).isEmpty();
        }
        assertThat(http.get("/v1/posts/1/events", "Last-Event-ID", "9-50").statusCode()).isEqualTo(400);
    }

    @Test
    void givenAQuietStream_whenItIsLookedAfter_thenItsCursorMovesOnWithoutAnEvent() throws Exception {
        http = new HttpFixture(HttpConfig.loopback(0).withLimits(100, 100, 60_000, 30_000, 100));
        expired(101);
        try (SseReader reader = SseReader.open(http.uri("/v1/posts/1/events"), "9-100-0")) {
            assertThat(reader.await(1)).hasSize(1);
            await().until(() -> reader.lastId().equals("9-101-0"));
            assertThat(reader.await(1)).hasSize(1);
        }
        try (SseReader reader = SseReader.open(http.uri("/v1/posts/1/events"), "9-101-0")) {
            await().atMost(10, TimeUnit.SECONDS).until(() -> reader.lastId().equals("9-101-0"));
            assertThat(reader.await(0)).isEmpty();
        }
    }

    @Test
    void givenAReaderThatStops_whenMuchHappens_thenItStaysInTheLogAndTheReaderIsCutOff() throws Exception {
        http = new HttpFixture(HttpConfig.loopback(0).withLimits(100, 100, 60_000, 30_000, 1_000));
        final FakeReadModel model = http.engine.fakeReadModel();
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(8_192);
            socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), http.edge.port()));
            socket.getOutputStream().write(("GET /v1/posts/1/events HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: 9-100-0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            final InputStream in = socket.getInputStream();
            assertThat(in.read()).isEqualTo('H');
            final int count = 100_000;
            for (int i = 0; i < count; i++) {
                expired(101 + i);
            }
            await().atMost(20, TimeUnit.SECONDS).until(() -> http.metrics.streamsCutOff() == 1);
            assertThat(model.polled()).as("what the connection holds, no more").isLessThan(count / 2);
        }
        final int polled = model.polled();
        try (SseReader again = SseReader.open(http.uri("/v1/posts/1/events"), "9-100000-0")) {
            assertThat(again.await(100)).as("it resumes").hasSize(100);
        }
        assertThat(model.polled()).isEqualTo(polled + 100);
    }

    @Test
    void givenOnePlaceForAStream_whenBadRequestsCameFirst_thenEachIsMalformedAndTheGoodOneStreams() throws Exception {
        http = new HttpFixture(HttpConfig.loopback(0).withLimits(100, 1, 60_000, 30_000, 100));
        for (final String cursor : List.of("9999999999999999999-1-1", "1-9999999999999999999-1")) {
            assertMalformed("Last-Event-ID", http.get("/v1/posts/1/events", "Last-Event-ID", cursor));
        }
        assertMalformed("snapshotFrom", http.get("/v1/posts/1/events?snapshotFrom=2026-02-30&snapshotDays=1"));
        assertThat(http.get("/v1/posts/nowhere/events").statusCode()).isEqualTo(404);

        try (SseReader reader = SseReader.open(http.uri("/v1/posts/1/events?snapshotFrom=" + HttpFixture.DATE + "&snapshotDays=1"), null)) {
            assertThat(reader.await(2)).hasSize(2);
            assertThat(http.get("/v1/posts/1/events").statusCode()).as("one more than there are places").isEqualTo(503);
        }
        assertThat(counted(400)).isEqualTo(3);
        assertThat(counted(200)).isEqualTo(1);
    }

    @Test
    void givenOnePlaceForAStream_whenItsClientGoes_thenTheNextOneHasIt() throws Exception {
        http = new HttpFixture(HttpConfig.loopback(0).withLimits(100, 1, 60_000, 30_000, 100));
        try (RawConnection connection = new RawConnection(http.edge.port())) {
            http.engine.silent(true);
            connection.say(RawConnection.post("/v1/applications", HttpFixture.newApplication().encode(), ""));
            await().until(() -> http.engine.waiting() == 1);
            connection.say(RawConnection.get("/v1/posts/1/events")); // it waits behind the first, which is answered when its client has gone
            connection.reset();
            http.engine.silent(false);
        }
        try (RawConnection connection = new RawConnection(http.edge.port())) {
            awaitStream(connection);
            connection.reset();
        }
        try (RawConnection connection = new RawConnection(http.edge.port())) {
            awaitStream(connection);
        }
    }

    private static void awaitStream(final RawConnection connection) {
        await().atMost(20, TimeUnit.SECONDS).until(() -> connection.say(RawConnection.get("/v1/posts/1/events")).answer().status() == 200);
    }

    private static void assertMalformed(final String parameter, final HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(HttpFixture.json(response).getJsonArray("errors", new JsonArray()).encode()).contains("\"parameter\":\"" + parameter + '"');
    }

    /** Of this operation, as the metrics tell. */
    private double counted(final int status) {
        return http.metrics.requests().getDataPoints().stream()
                .filter(point -> point.getLabels().get("operation").equals("watch") && point.getLabels().get("status").equals(Integer.toString(status)))
                .mapToDouble(point -> point.getValue()).sum();
    }

    private void expired(final long position) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        final HoldExpiredEncoder expired = new HoldExpiredEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        expired.head().position(position).nowMs(1_234).ordinal(0).postId(FakeReadModel.POST);
        expired.holdId(position).applicationId(3);
        http.engine.fakeReadModel().append(position, 0, buffer);
    }
}
