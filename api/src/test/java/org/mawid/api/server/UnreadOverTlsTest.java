package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mawid.api.fake.GrpcFixture.errorInfo;

import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.lang.ref.Reference;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.rpc.ReplyBudget;
import org.mawid.api.testkit.Certificates;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.engine.Setting;
import org.mawid.grpc.AvailabilityQuery;
import org.mawid.grpc.AvailabilityServiceGrpc;
import org.mawid.grpc.ServiceNeed;

/** Clients that ask and do not read, over TLS on both edges: what waits for them is bounded, comes back, and others are served meanwhile. */
@Timeout(120)
class UnreadOverTlsTest {
    private static final int OF_HTTP = 4 << 20;
    /** On one connection. */
    private static final int OF_HTTP2 = OF_HTTP / 8;
    private static final int OF_GRPC_CONNECTION = 4 << 20;
    private static final int OF_GRPC = 16 << 20;
    /** Clients whose shares are more than all. */
    private static final int CROWD = 5;
    private static final int DAYS = 60;
    /** So many of its looks the server takes by itself, one a second. */
    private static final int BY_ITSELF = 3;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;
    private static Path trusted;
    private static Service service;
    private static ManagedChannel channel;
    private static HttpClient http;
    private static String path;

    @BeforeAll
    static void start() throws Exception {
        trusted = Certificates.make(folder, "server");
        service = Service.start(Settings.of(Map.of(Setting.DATA.key(), folder.resolve("data").toString(), Setting.RECORDS.key(), "false",
                Setting.SEGMENT_BYTES.key(), "4194304", EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0",
                "mawid.tls.certificate", trusted.resolve("server.pem").toString(), "mawid.tls.key", trusted.resolve("server.key").toString(),
                EdgeSetting.HTTP_UNREAD_BYTES.key(), Integer.toString(OF_HTTP), EdgeSetting.GRPC_UNREAD_BYTES.key(), Integer.toString(OF_GRPC),
                EdgeSetting.GRPC_UNREAD_CONNECTION_BYTES.key(), Integer.toString(OF_GRPC_CONNECTION)), Map.of(), null));
        service.ready();
        try (MawidClient client = MawidClient.connect(ClientOptions.of("localhost", service.grpcPort()).withTrust(Certificates.trust(trusted)))) {
            OnePost.make(client, DAYS, 4);
        }
        channel = Grpc.newChannelBuilder("localhost:" + service.grpcPort(),
                TlsChannelCredentials.newBuilder().trustManager(Certificates.trust(trusted).toFile()).build()).build();
        http = HttpClient.newBuilder().sslContext(Certificates.context(trusted)).version(HttpClient.Version.HTTP_1_1).build();
        path = "/v1/availability/starts?posts=paris&services=passport&limit=10000&days=60&from=" + LocalDate.ofEpochDay(OnePost.FIRST_DAY);
        await().atMost(LONG).untilAsserted(() -> assertThat(get().statusCode()).isEqualTo(200));
    }

    @AfterAll
    static void stop() throws Exception {
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        service.close();
    }

    @Test
    void givenHttp2_whenAClientReadsNoAnswer_thenItIsToldWhyFromAnEighthOn_andIsServedAgainWhenItsStreamsAreGone() throws Exception {
        final Vertx vertx = Vertx.vertx();
        final io.vertx.core.http.HttpClient client = vertx.createHttpClient(new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2)
                .setSsl(true).setUseAlpn(true).setTrustAll(true).setVerifyHost(false), new PoolOptions().setHttp2MaxSize(1));
        try {
            final int answerBytes = get().body().length();
            final List<HttpClientRequest> asked = new ArrayList<>();
            HttpClientResponse last = deaf(client, asked);
            while (last.statusCode() == 200) {
                assertThat(asked.size()).isLessThan(100);
                last = deaf(client, asked);
            }
            assertThat(last.statusCode()).isEqualTo(503);
            assertThat(last.getHeader("Retry-After")).isEqualTo("1");
            assertThat(asked).extracting(HttpClientRequest::connection).containsOnly(last.request().connection());
            assertThat(service.unreadHttpBytes()).isBetween((long) OF_HTTP2, (long) OF_HTTP2 + answerBytes);
            assertThat(get().statusCode()).as("others").isEqualTo(200);

            asked.forEach(HttpClientRequest::reset);
            await().atMost(LONG).untilAsserted(() -> assertThat(service.unreadHttpBytes()).isZero());
            final HttpClientRequest again = request(client);
            assertThat(again.connection()).isSameAs(last.request().connection());
            final Future<Buffer> body = again.response().compose(HttpClientResponse::body); // before the first of it comes
            again.end();
            assertThat(body.await(20, TimeUnit.SECONDS).toJsonObject().getJsonArray("slots")).hasSize(DAYS * 32);
        } finally {
            vertx.close().await(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void givenHttp2_whenAClientThatReadsNoAnswerIsGone_thenAllThatWaitedForItComesBack() throws Exception {
        final Vertx vertx = Vertx.vertx();
        try {
            final io.vertx.core.http.HttpClient client = vertx.createHttpClient(new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2)
                    .setSsl(true).setUseAlpn(true).setTrustAll(true).setVerifyHost(false), new PoolOptions().setHttp2MaxSize(1));
            final List<HttpClientRequest> asked = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                assertThat(deaf(client, asked).statusCode()).isEqualTo(200);
            }
            assertThat(service.unreadHttpBytes()).isPositive();
            Reference.reachabilityFence(client); // one that nobody holds is closed
        } finally {
            vertx.close().await(20, TimeUnit.SECONDS);
        }
        await().atMost(LONG).untilAsserted(() -> assertThat(service.unreadHttpBytes()).isZero());
        assertThat(get().statusCode()).isEqualTo(200);
    }

    @Test
    void givenHttp1_whenClientsReadNoAnswer_thenReadsAreToldWhyUntilTheyAreGone() throws Exception {
        final List<Socket> deaf = new ArrayList<>();
        try {
            final AtomicReference<HttpResponse<String>> last = new AtomicReference<>();
            await().atMost(LONG).pollInterval(Duration.ofMillis(5)).until(() -> {
                if (deaf.size() < 2 * OF_HTTP / OF_HTTP2) {
                    deaf.add(DeafCalls.connect(Certificates.context(trusted), service.httpPort(), "http/1.1"));
                }
                for (final Socket each : deaf) { // one at a time: of many at once most are refused, because its share is spent
                    each.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                }
                last.set(get());
                return last.get().statusCode() == 503;
            });
            assertThat(last.get().body()).contains("ANSWERS_UNREAD");
            assertThat(service.unreadHttpBytes()).as("some of it has come to the system's own buffers since").isBetween(OF_HTTP / 2L, 2L * OF_HTTP);
        } finally {
            for (final Socket socket : deaf) {
                DeafCalls.reset(socket);
            }
        }
        await().atMost(LONG).untilAsserted(() -> assertThat(service.unreadHttpBytes()).isZero());
        assertThat(get().statusCode()).isEqualTo(200);
    }

    /** Refusals are not read either. */
    @Test
    void givenGrpc_whenAClientThatReadsNothingGoesOnAsking_thenItsConnectionIsEnded_andAllThatWaitedForItComesBack() throws Exception {
        final AvailabilityQuery query = query();
        try (DeafCalls deaf = new DeafCalls(Certificates.context(trusted), service.grpcPort())) {
            final long[] most = {0};
            await().atMost(SOON).pollInterval(Duration.ofMillis(5)).until(() -> {
                most[0] = Math.max(most[0], service.unreadBytes());
                return isEnded(deaf, query);
            });
            assertThat(most[0]).as("its share was spent").isGreaterThan(OF_GRPC_CONNECTION).isLessThan(OF_GRPC);
            await().atMost(SOON).untilAsserted(() -> assertThat(service.unreadBytes()).isZero());
        }
        assertThat(AvailabilityServiceGrpc.newBlockingStub(channel).firstStarts(query).getSlotsCount()).isEqualTo(DAYS * 32);
    }

    /** Each of them stays within its share, so that it is only ended for the sake of the others. That takes half a minute, of which all but the last seconds are made to pass. */
    @Test
    void givenGrpc_whenClientsThatReadNothingHaveAllThatMayWait_thenTheyAreEndedAfterAWhileAndOthersAreServedAgain() throws Exception {
        final List<DeafCalls> deaf = new ArrayList<>();
        try {
            await().atMost(LONG).pollInterval(Duration.ofMillis(5)).until(() -> {
                if (deaf.size() < CROWD) {
                    deaf.add(new DeafCalls(Certificates.context(trusted), service.grpcPort()));
                }
                for (final DeafCalls each : deaf) {
                    each.begin(AvailabilityServiceGrpc.getFirstStartsMethod().getFullMethodName(), query());
                }
                return isRefusedAsUnread();
            });
            assertThat(service.unreadBytes()).isGreaterThanOrEqualTo(OF_GRPC);
            for (int second = 0; second < ReplyBudget.STALLED_LOOKS - BY_ITSELF; second++) {
                service.lookForUnread();
            }
            // Those who began earlier are ended first; where that makes room, the others may stay.
            await().atMost(LONG).untilAsserted(() -> assertThat(service.unreadBytes()).isLessThan(OF_GRPC));
            assertThat(AvailabilityServiceGrpc.newBlockingStub(channel).firstStarts(query()).getSlotsCount()).isEqualTo(DAYS * 32);
            assertThat(deaf).as("ended").anySatisfy(each -> assertThatThrownBy(() -> {
                for (int i = 0; i < 100; i++) {
                    each.begin(AvailabilityServiceGrpc.getFirstStartsMethod().getFullMethodName(), query());
                }
            }).isInstanceOf(IOException.class));
        } finally {
            for (final DeafCalls each : deaf) {
                each.close();
            }
        }
    }

    private static boolean isRefusedAsUnread() {
        try {
            AvailabilityServiceGrpc.newBlockingStub(channel).countStarts(query());
            return false;
        } catch (final StatusRuntimeException refused) {
            assertThat(errorInfo(refused).getMetadataMap()).containsEntry("cause", "ANSWERS_UNREAD");
            return true;
        }
    }

    /** Some calls more. Others are served between them. */
    private static boolean isEnded(final DeafCalls deaf, final AvailabilityQuery query) {
        try {
            for (int i = 0; i < 20; i++) {
                deaf.begin(AvailabilityServiceGrpc.getFirstStartsMethod().getFullMethodName(), query);
            }
        } catch (final IOException ended) {
            return true;
        }
        assertThat(AvailabilityServiceGrpc.newBlockingStub(channel).countStarts(query).getDaysCount()).isEqualTo(DAYS);
        return false;
    }

    /** Asks and does not read. */
    private static HttpClientResponse deaf(final io.vertx.core.http.HttpClient client, final List<HttpClientRequest> asked) throws Exception {
        final HttpClientRequest request = request(client);
        final Future<HttpClientResponse> paused = request.response().map(HttpClientResponse.class::cast).onSuccess(HttpClientResponse::pause);
        request.end();
        asked.add(request);
        return paused.await(20, TimeUnit.SECONDS);
    }

    private static HttpClientRequest request(final io.vertx.core.http.HttpClient client) throws Exception {
        return client.request(HttpMethod.GET, service.httpPort(), "localhost", path).await(20, TimeUnit.SECONDS);
    }

    private static HttpResponse<String> get() throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create("https://localhost:" + service.httpPort() + path)).timeout(SOON).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static AvailabilityQuery query() {
        return AvailabilityQuery.newBuilder().addDeskIds(OnePost.DESK).addServices(ServiceNeed.newBuilder().setServiceId(OnePost.SERVICE))
                .setFromEpochDay(OnePost.FIRST_DAY).setDays(DAYS).setLimit(10_000).build();
    }
}
