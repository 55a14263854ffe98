package org.mawid.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mawid.api.http.RawConnection.get;
import static org.mawid.api.http.RawConnection.post;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.StreamResetException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.SseReader;
import org.mawid.api.http.RawConnection.Answer;
import org.mawid.api.testkit.Certificates;
import org.slf4j.LoggerFactory;

/** How long connections live, with a real server whose requests may take a second. */
@Timeout(60)
class ConnectionsTest {
    private static final long REQUEST_MS = 1_000;
    private static final HttpConfig CONFIG = HttpConfig.loopback(0).withLimits(4, 10, 60_000, REQUEST_MS, 1_000);
    private static final String HEAD = "POST /v1/applications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private HttpFixture http;

    private RawConnection connect(final HttpConfig config, final long replyTimeoutMs) throws Exception {
        http = new HttpFixture(config, HttpClient.newHttpClient(), replyTimeoutMs);
        log.start();
        ((Logger) LoggerFactory.getLogger("ROOT")).addAppender(log);
        return new RawConnection(http.edge.port());
    }

    private RawConnection connect() throws Exception {
        return connect(CONFIG, HttpFixture.REPLY_TIMEOUT_MS);
    }

    @AfterEach
    void stop() {
        http.close();
        ((Logger) LoggerFactory.getLogger("ROOT")).detachAppender(log);
        assertThat(log.list).as("what strangers do is no error of ours").noneMatch(line -> line.getLevel().toString().equals("ERROR"));
    }

    @Test
    void givenAConnection_whenItIsUsedForLongerThanARequestMayTake_thenItStays() throws Exception {
        try (RawConnection connection = connect(); SseReader stream = SseReader.open(http.uri("/v1/posts/1/events"), null)) {
            String tag = "\"none\"";
            for (final long fromNanos = System.nanoTime(); System.nanoTime() - fromNanos < 3 * REQUEST_MS * 1_000_000L; ) {
                final Answer made = connection.say(post("/v1/applications", HttpFixture.newApplication().encode(), "")).answer();
                final Answer read = connection.say(get("/v1/availability/counts?posts=paris&services=passport:2&from=" + HttpFixture.DATE)
                        .replace("\r\n\r\n", "\r\nIf-None-Match: " + tag + "\r\n\r\n")).answer();
                assertThat(List.of(made.status(), read.status())).isIn(List.of(201, 200), List.of(201, 304));
                assertThat(made.parts() || read.parts()).isFalse();
                tag = read.headers().get("etag");
                Thread.sleep(50);
            }
            assertThat(stream.isEnded()).isFalse();
        }
    }

    @Test
    void givenManyRequestsAtOnce_whenTheyAreAnswered_thenInTheirOrder() throws Exception {
        try (RawConnection connection = connect()) {
            final StringBuilder all = new StringBuilder();
            final List<String> keys = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                keys.add(UUID.randomUUID().toString());
                all.append(i % 3 == 0 ? get("/health/live") : "").append(post("/v1/applications", HttpFixture.newApplication().encode(),
                        "Idempotency-Key: " + keys.get(i) + "\r\nMawid-Created: " + System.currentTimeMillis() + "\r\n"));
            }
            connection.say(all.toString());
            for (int i = 0; i < keys.size(); i++) {
                if (i % 3 == 0) {
                    assertThat(connection.answer().body()).contains("UP");
                }
                assertThat(connection.answer().headers()).containsEntry("idempotency-key", keys.get(i));
            }
        }
    }

    @Test
    void givenACoreThatIsSilent_whenAWholeRequestTakesTooLong_thenItIsToldAndItsConnectionStays() throws Exception {
        try (RawConnection connection = connect(CONFIG, 30_000)) {
            http.engine.silent(true);
            final Answer late = connection.say(post("/v1/applications", HttpFixture.newApplication().encode(), "")).answer();
            assertThat(late.status()).isEqualTo(408);
            assertThat(late.parts()).isFalse();

            http.engine.silent(false); // its answer finds nobody any more
            assertThat(connection.say(post("/v1/applications", HttpFixture.newApplication().encode(), "")).answer().status()).isEqualTo(201);
        }
    }

    @Test
    void givenABodyThatComesDropByDrop_whenItTakesTooLong_thenItIsToldAndTheConnectionEnds() throws Exception {
        try (RawConnection connection = connect()) {
            final Answer late = connection.say(HEAD).answer();
            assertThat(late.status()).isEqualTo(408);
            assertThat(late.parts()).isTrue();
            connection.assertEndsAlthoughItIsSaid(" ");
        }
    }

    @Test
    void givenAHeadOrALateBodyOrNothingButLines_whenTheyComeDropByDrop_thenTheConnectionsEnd() throws Exception {
        try (RawConnection head = connect(); RawConnection nowhere = new RawConnection(http.edge.port()); RawConnection lines = new RawConnection(http.edge.port())) {
            head.say("GET /v1/posts HTTP/1.1\r\nHost: localhost\r\nPadding: ");
            lines.say("\r\n");
            assertThat(nowhere.say(HEAD.replace("/v1/applications", "/nowhere")).answer().status()).isEqualTo(404);
            head.assertEndsAlthoughItIsSaid("x");
            nowhere.assertEndsAlthoughItIsSaid(" ");
            lines.assertEndsAlthoughItIsSaid("\r\n");
            await().until(() -> http.metrics.connections() == 0);
        }
    }

    @Test
    void givenABodyThatIsTooLarge_whenItGoesOnAndOn_thenTheConnectionEndsAndWhatFollowsIsNotDone() throws Exception {
        try (RawConnection connection = connect()) {
            final long before = http.engine.lastPosition();
            final Answer refused = connection.say(HEAD.replace("1000", "100000") + " ".repeat(99_999)
                    + post("/v1/applications", HttpFixture.newApplication().encode(), "")).answer();
            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.parts()).isTrue();
            connection.assertEndsAlthoughItIsSaid(" ");
            assertThat(http.engine.lastPosition()).isEqualTo(before);
        }
    }

    @Test
    void givenABodyThatBreaksOff_whenTheClientGoesOrSaysNonsense_thenThatIsNoErrorOfOurs() throws Exception {
        try (RawConnection gone = connect(); RawConnection nonsense = new RawConnection(http.edge.port())) {
            gone.say(HEAD);
            nonsense.say(HEAD.replace("Content-Length: 1000", "Transfer-Encoding: chunked").replace("{", "of no length\r\n")).assertEndsAlthoughItIsSaid("x");
            await().until(() -> http.metrics.connections() == 1);
        }
        await().until(() -> http.metrics.connections() == 0);
    }

    @Test
    void givenARequestThatWaitsBehindAnother_whenTheirClientIsGone_thenNobodyTripsOverIt() throws Exception {
        try (RawConnection connection = connect(CONFIG, 30_000)) {
            http.engine.silent(true);
            connection.say(post("/v1/applications", HttpFixture.newApplication().encode(), "").repeat(2));
            await().until(() -> http.engine.waiting() == 1);
            connection.reset();
            await().until(() -> http.metrics.connections() == 0);
        }
        assertThat(log.list).noneMatch(line -> line.getFormattedMessage().contains("NullPointerException"));
    }

    @Test
    void givenHttp2_whenABodyTakesTooLong_thenItsStreamEndsAndTheConnectionStays(@TempDir final Path folder) throws Exception {
        final Path files = Certificates.make(folder, "server");
        connect(CONFIG.withTls(files.resolve("server.pem"), files.resolve("server.key"), 60_000), HttpFixture.REPLY_TIMEOUT_MS).close();
        final Vertx vertx = Vertx.vertx();
        final io.vertx.core.http.HttpClient client = vertx.createHttpClient(new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2)
                .setSsl(true).setUseAlpn(true).setTrustAll(true).setVerifyHost(false), new PoolOptions().setHttp2MaxSize(1));
        try {
            final HttpClientRequest slow = client.request(HttpMethod.POST, http.edge.port(), "localhost", "/v1/applications").await(20, TimeUnit.SECONDS);
            final Promise<Throwable> reset = Promise.promise();
            slow.exceptionHandler(reset::tryComplete);
            slow.putHeader("Content-Type", "application/json").setChunked(true).write("{").await(20, TimeUnit.SECONDS);
            assertThat(slow.response().await(20, TimeUnit.SECONDS).statusCode()).isEqualTo(408);
            assertThat(reset.future().await(20, TimeUnit.SECONDS)).isInstanceOf(StreamResetException.class);

            final HttpClientRequest next = client.request(HttpMethod.GET, http.edge.port(), "localhost", "/health/live").await(20, TimeUnit.SECONDS);
            assertThat(next.connection()).isSameAs(slow.connection());
            assertThat(next.send().await(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        } finally {
            vertx.close().await(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void givenClientsThatDoNotRead_whenTheyAskAndAsk_thenLittleIsKeptForThem() throws Exception {
        final int count = 40;
        connect(CONFIG.withLimits(count + 1, 1, 60_000, REQUEST_MS, 1_000), HttpFixture.REPLY_TIMEOUT_MS).close();
        final List<SocketChannel> deaf = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                deaf.add(SocketChannel.open(new InetSocketAddress("127.0.0.1", http.edge.port())));
                deaf.get(i).configureBlocking(false);
            }
            final ByteBuffer asks = ByteBuffer.wrap(get("/openapi.yaml").repeat(150_000).getBytes(StandardCharsets.US_ASCII));
            final long before = usedBytes();
            final List<ByteBuffer> left = new ArrayList<>();
            deaf.forEach(channel -> left.add(asks.duplicate()));
            await().until(() -> {
                int written = 0;
                for (int i = 0; i < count; i++) {
                    written += deaf.get(i).write(left.get(i));
                }
                return written == 0; // the server reads no more
            });
            assertThat(usedBytes() - before).as("bytes for %s clients", count).isLessThan(count * 250_000L);
            assertThat(http.get("/health/live").statusCode()).isEqualTo(200);
        } finally {
            for (final SocketChannel channel : deaf) {
                channel.close();
            }
        }
    }

    /** A request may take a minute here, so that it is not the clock of requests that ends them. */
    @Test
    void givenClientsThatReadNoAnswer_whenNothingGoesEitherWayForAsLongAsItMay_thenTheyAreEndedAndNothingWaitsForThem() throws Exception {
        final List<RawConnection> deaf = new ArrayList<>();
        deaf.add(connect(HttpConfig.loopback(0).withLimits(4, 1, 1_000, 60_000, 1_000), HttpFixture.REPLY_TIMEOUT_MS));
        try {
            while (deaf.size() < 3) {
                deaf.add(new RawConnection(http.edge.port()));
            }
            for (final RawConnection each : deaf) {
                each.say(get("/openapi.yaml").repeat(200));
            }
            await().until(() -> http.edge.unreadBytes() > 0 && http.metrics.connections() == deaf.size());
            await().untilAsserted(() -> assertThat(http.metrics.connections()).isZero());
            assertThat(http.edge.unreadBytes()).isZero();
        } finally {
            for (final RawConnection each : deaf) {
                each.close();
            }
        }
    }

    private static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void givenConnectionsThatSayNothing_whenThereAreAsManyAsThereMayBe_thenOneMoreIsShownOut() throws Exception {
        final List<RawConnection> silent = new ArrayList<>();
        silent.add(connect());
        try {
            while (silent.size() < CONFIG.maxConnections()) {
                silent.add(new RawConnection(http.edge.port()));
            }
            await().until(() -> http.metrics.connections() == CONFIG.maxConnections());
            try (RawConnection oneMore = new RawConnection(http.edge.port())) {
                oneMore.assertEndsAlthoughItIsSaid("G");
            }
            assertThat(silent.get(0).say(get("/health/live")).answer().status()).isEqualTo(200);
        } finally {
            for (final RawConnection connection : silent) {
                connection.close();
            }
        }
    }
}
