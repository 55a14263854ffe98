package org.mawid.api.notification.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mawid.api.contact.Language;

/** A gateway that takes, has taken before, refuses, fails, redirects or says nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmsSenderTest {
    private static final Letter SMS = new Letter("0123456789abcdef0123456789abcdef", "+212661447789", Language.ARABIC, "", "موعد \"2\"\n", "", null);

    private final List<JsonObject> bodies = new CopyOnWriteArrayList<>();
    private final List<String> headers = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private Vertx vertx;
    private HttpServer gateway;
    private volatile int status;

    @BeforeAll
    void start() throws Exception {
        vertx = Vertx.vertx();
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.setExecutor(Executors.newCachedThreadPool());
        gateway.createContext("/sms", exchange -> {
            bodies.add(new JsonObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            headers.add(exchange.getRequestMethod() + ' ' + exchange.getRequestHeaders().getFirst("Authorization") + ' ' + exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        gateway.createContext("/silent", exchange -> {
            try {
                end.await();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        gateway.start();
    }

    @AfterAll
    void stop() {
        end.countDown();
        gateway.stop(0);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @CsvSource({"200,ACCEPTED", "202,ACCEPTED", "409,ACCEPTED", "302,LATER", "401,LATER", "403,LATER", "429,LATER", "500,LATER", "503,LATER", "400,REFUSED", "404,REFUSED", "410,REFUSED", "422,REFUSED"})
    void givenAnAnswer_thenItIsKnownWhatBecameOfTheMessage(final int answered, final Outcome outcome) throws Exception {
        status = answered;
        try (SmsSender sender = sender("/sms", 20_000)) {
            assertThat(sent(sender)).isEqualTo(outcome);
        }
        assertThat(bodies).allSatisfy(body -> assertThat(body).isEqualTo(new JsonObject().put("id", SMS.id()).put("to", SMS.to()).put("text", SMS.text())));
        assertThat(headers).containsOnly("POST Bearer a-token " + SMS.id());
    }

    @Test
    void givenAGatewayThatSaysNothing_thenItIsNotWaitedForForLong() throws Exception {
        try (SmsSender sender = sender("/silent", 300)) {
            assertThat(sent(sender)).isEqualTo(Outcome.LATER);
        }
    }

    private SmsSender sender(final String path, final int answerMs) {
        return new SmsSender(vertx, URI.create("http://127.0.0.1:" + gateway.getAddress().getPort() + path), "a-token", answerMs);
    }

    private static Outcome sent(final SmsSender sender) throws Exception {
        return sender.send(SMS).toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
