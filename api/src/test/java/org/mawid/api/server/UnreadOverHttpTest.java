package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.testkit.OnePost;

/** Clients of HTTP that ask and do not read: what waits for them is bounded, and when they are gone all is as before. */
@Timeout(120)
class UnreadOverHttpTest extends ServiceFixture {
    private static final int IN_ALL = 4 << 20;
    private static final int DAYS = 60;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final List<Socket> sockets = new ArrayList<>();
    private String path;
    private int answerBytes;

    @Override
    Map<String, String> settings() {
        return Map.of(EdgeSetting.HTTP_UNREAD_BYTES.key(), Integer.toString(IN_ALL));
    }

    @BeforeEach
    void open() throws Exception {
        OnePost.make(client, DAYS, 4);
        path = "/v1/availability/starts?posts=paris&services=passport&limit=10000&days=60&from=" + LocalDate.ofEpochDay(OnePost.FIRST_DAY);
        answerBytes = get(path).body().length();
        assertThat(answerBytes).isGreaterThan(100_000);
        await().atMost(LONG).untilAsserted(() -> assertThat(service.unreadHttpBytes()).isZero());
    }

    @AfterEach
    void disconnect() throws IOException {
        for (final Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void givenManyThatReadNothing_whenTheyHaveAllThatMayWait_thenReadsAreToldWhyAndHealthIsToldUntilTheyAreGone() throws Exception {
        final AtomicReference<HttpResponse<String>> last = new AtomicReference<>();
        await().atMost(LONG).until(() -> {
            ask(socket(), 20);
            last.set(get(path));
            return last.get().statusCode() == 503;
        });
        final JsonObject problem = new JsonObject(last.get().body());
        assertThat(problem.getString("cause")).isEqualTo("ANSWERS_UNREAD");
        assertThat(last.get().headers().firstValue("Retry-After")).hasValue("1");
        assertThat(service.unreadHttpBytes()).isLessThan(IN_ALL + (long) answerBytes * 2 * Runtime.getRuntime().availableProcessors());
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);

        disconnect();
        await().atMost(LONG).untilAsserted(() -> assertThat(service.unreadHttpBytes()).isZero());
        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    /** With as little room as the system gives for what is not read. */
    private Socket socket() throws IOException {
        final Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress("127.0.0.1", service.httpPort()));
        sockets.add(socket);
        return socket;
    }

    private void ask(final Socket socket, final int times) throws IOException {
        socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(times).getBytes(StandardCharsets.ISO_8859_1));
    }

    private HttpResponse<String> get(final String what) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + what)).build(), BodyHandlers.ofString());
    }
}
