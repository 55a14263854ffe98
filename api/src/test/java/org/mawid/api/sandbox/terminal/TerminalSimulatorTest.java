package org.mawid.api.sandbox.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The simulator alone: what it can be told, and that it charges as often as it is asked, so that a till that asks twice is found out. */
class TerminalSimulatorTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String PAYMENT = """
            {"SaleToPOIRequest":{"MessageHeader":{"ProtocolVersion":"3.1","MessageClass":"Service","MessageCategory":"Payment","MessageType":"Request",
             "ServiceID":"1","SaleID":"BY-HAND","POIID":"SIM"},
             "PaymentRequest":{"SaleData":{"SaleTransactionID":{"TransactionID":"9","TimeStamp":"2026-03-02T09:00:00Z"}},
              "PaymentTransaction":{"AmountsReq":{"Currency":"EUR","RequestedAmount":0.10}}}}}""";

    private final Vertx vertx = Vertx.vertx();
    /** Held: one that nobody holds is closed, with its connections, when it is collected. */
    private final NetClient client = vertx.createNetClient();
    private final TerminalSimulator simulator = TerminalSimulator.start(vertx, SimulatorSettings.of("SIM", "EUR", 2));
    private final List<JsonObject> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        simulator.close();
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @Test
    void givenTheSameRequestTwice_thenItIsChargedTwiceToTheCentime() throws Exception {
        final NetSocket till = till();
        say(till, PAYMENT);
        say(till, PAYMENT);
        await().atMost(LONG).until(() -> heard.size() == 2);
        assertThat(simulator.charges()).extracting(SimulatorCharge::amount).containsExactly(new BigDecimal("0.10"), new BigDecimal("0.10"));
        assertThat(SimulatorJson.in(heard.get(0), "SaleToPOIResponse", "PaymentResponse", "SaleData", "SaleTransactionID").getString("TransactionID")).isEqualTo("9");
    }

    @Test
    void givenAnOrderOverHttp_thenTheNextPaymentIsTakenSo() throws Exception {
        assertThat(post("/next", "{\"behaviour\":\"SILENT_AFTER_CHARGING\"}").statusCode()).isEqualTo(200);
        assertThat(post("/next", "{\"behaviour\":\"DECLINE\",\"category\":\"Payment\",\"times\":2}").statusCode()).isEqualTo(200);
        final NetSocket till = till();
        for (int i = 0; i < 4; i++) {
            say(till, PAYMENT);
        }
        await().atMost(LONG).until(() -> simulator.charges().size() == 2 && heard.size() == 3);
        assertThat(heard).extracting(answer -> SimulatorJson.in(answer, "SaleToPOIResponse", "PaymentResponse", "Response").getString("Result"))
                .containsExactly("Failure", "Failure", "Success"); // orders for a category go first
        final JsonObject charges = new JsonObject(get("/charges").body());
        assertThat(charges.getBoolean("simulated")).isTrue();
        assertThat(charges.getJsonArray("charges")).hasSize(2);
    }

    @Test
    void givenANonsensicalOrder_thenItSaysWhatMayBeOrdered() throws Exception {
        for (final String body : List.of("{\"behaviour\":\"GOOD\"}", "{}", "[]", "nonsense", "{\"behaviour\":5}", "{\"behaviour\":\"SLOW\",\"times\":0}")) {
            assertThat(post("/next", body).statusCode()).as(body).isEqualTo(400);
        }
        assertThat(post("/next", "{\"behaviour\":\"GOOD\"}").body()).contains("SILENT_AFTER_CHARGING");
        assertThat(post("/seed", "{\"seed\":1,\"percent\":101}").statusCode()).isEqualTo(400);
        assertThat(post("/seed", "{\"seed\":1,\"percent\":10}").statusCode()).isEqualTo(200);
        assertThat(get("/behaviours").body()).contains("OVERSIZED");
        assertThat(get("/other").statusCode()).isEqualTo(404);
    }

    private NetSocket till() throws Exception {
        final NetSocket socket = client.connect(simulator.tcpPort(), "127.0.0.1").await(30, TimeUnit.SECONDS);
        socket.handler(new SimulatorFrames(1 << 20, message -> heard.add(message.toJsonObject()), socket::close));
        return socket;
    }

    private static void say(final NetSocket till, final String message) {
        till.write(Buffer.buffer().appendInt(message.getBytes().length).appendString(message));
    }

    private HttpResponse<String> post(final String path, final String body) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(final String path) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(final String path) {
        return URI.create("http://127.0.0.1:" + simulator.controlPort() + path);
    }
}
