package org.mawid.api.treasury.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.mawid.api.treasury.LedgerInMemory;
import org.mawid.api.treasury.port.OnlinePayment;
import org.mawid.api.treasury.port.PaymentPort;
import org.mawid.api.treasury.port.PaymentState;
import org.mawid.api.treasury.port.TreasuryCommand;

/** The answers to call-backs, and that nothing of an unsigned one is looked at. */
class CallBacksTest {
    private static final byte[] SECRET = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final long NOW_MS = 1_772_534_400_000L;

    private final LedgerInMemory ledger = new LedgerInMemory();
    private final CallBacks callBacks = new CallBacks(new HmacCheck(SECRET, SignatureCheck.USUAL_WINDOW_MS), ledger, () -> NOW_MS);

    private static String body(final String event, final String reference, final String status, final String value) {
        return new JsonObject().put("event", event).put("order", new JsonObject().put("id", "T1").put("reference", reference).put("status", status)
                .put("amount", new JsonObject().put("value", value).put("currency", "MAD"))).encode();
    }

    private static MultiMap signed(final String body, final long atMs) throws Exception {
        final Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        final String seconds = Long.toString(atMs / 1_000);
        return MultiMap.caseInsensitiveMultiMap().add("Tgr-Timestamp", seconds).add("Tgr-Signature", HexFormat.of().formatHex(mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8))));
    }

    private CallBackAnswer answer(final String body) throws Exception {
        return callBacks.take(signed(body, NOW_MS), Buffer.buffer(body)).await(20, TimeUnit.SECONDS);
    }

    @Test
    void givenTheSameEventTwiceAndAnotherOfTheSameOrder_whenTaken_thenOnceAndRepeated() throws Exception {
        ledger.start("P1", 100, "MAD", NOW_MS);
        assertThat(answer(body("e1", "P1", "PAID", "1.00"))).isEqualTo(CallBackAnswer.TAKEN);
        assertThat(answer(body("e1", "P1", "PAID", "1.00"))).isEqualTo(CallBackAnswer.REPEATED);
        assertThat(answer(body("e2", "P1", "PAID", "1.00"))).isEqualTo(CallBackAnswer.REPEATED);
        assertThat(answer(body("e3", "P1", "PENDING", "1.00"))).as("late news").isEqualTo(CallBackAnswer.REPEATED);
        assertThat(answer(body("e4", "P1", "REFUSED", "1.00"))).isEqualTo(CallBackAnswer.CONTRADICTED);
        assertThat(ledger.kept(TreasuryCommand.RecordApproval.class)).hasSize(1);
    }

    @Test
    void givenTheSameEventTwiceAtOnce_whenTaken_thenTheLedgerIsToldOnce() throws Exception {
        final OnlinePayment payment = ledger.start("P1", 100, "MAD", NOW_MS);
        final Promise<PaymentPort.Told> answer = Promise.promise();
        final AtomicInteger told = new AtomicInteger();
        final CallBacks slow = new CallBacks(new HmacCheck(SECRET, SignatureCheck.USUAL_WINDOW_MS), new PaymentPort() {
            @Override
            public OnlinePayment find(final String reference) {
                return payment;
            }

            @Override
            public List<OnlinePayment> pending(final long after, final int limit) {
                return List.of();
            }

            @Override
            public Future<Told> tell(final TreasuryCommand command) {
                told.incrementAndGet();
                return answer.future();
            }
        }, () -> NOW_MS);
        final String body = body("e1", "P1", "PAID", "1.00");
        final Future<CallBackAnswer> first = slow.take(signed(body, NOW_MS), Buffer.buffer(body));
        final Future<CallBackAnswer> second = slow.take(signed(body, NOW_MS), Buffer.buffer(body));
        answer.complete(PaymentPort.Told.DONE);
        assertThat(List.of(first.await(20, TimeUnit.SECONDS), second.await(20, TimeUnit.SECONDS))).containsExactly(CallBackAnswer.TAKEN, CallBackAnswer.REPEATED);
        assertThat(told).hasValue(1);
    }

    @Test
    void givenForgedStaleAndUnsigned_whenTaken_thenNothingOfThemIsParsed() throws Exception {
        final String rubbish = "}{ not even JSON";
        final Buffer bytes = Buffer.buffer(rubbish);
        assertThat(callBacks.take(MultiMap.caseInsensitiveMultiMap(), bytes).result()).isEqualTo(CallBackAnswer.BAD_SIGNATURE);
        assertThat(callBacks.take(signed("another body", NOW_MS), bytes).result()).isEqualTo(CallBackAnswer.BAD_SIGNATURE);
        assertThat(callBacks.take(signed(rubbish, NOW_MS).set("Tgr-Timestamp", Long.toString(NOW_MS / 1_000 + 1)), bytes).result()).as("its time is signed too").isEqualTo(CallBackAnswer.BAD_SIGNATURE);
        assertThat(callBacks.take(signed(rubbish, NOW_MS - 301_000), bytes).result()).isEqualTo(CallBackAnswer.STALE);
        assertThat(callBacks.take(signed(rubbish, NOW_MS + 301_000), bytes).result()).isEqualTo(CallBackAnswer.STALE);
        assertThat(callBacks.take(signed(rubbish, NOW_MS - 299_000), bytes).result()).as("signed, and only now looked at").isEqualTo(CallBackAnswer.MALFORMED);
        assertThatThrownBy(() -> new HmacCheck(new byte[8], 1)).hasMessageContaining("at least 16");
    }

    @Test
    void givenSignedAndOdd_whenTaken_thenEachIsAnsweredByType() throws Exception {
        ledger.start("P1", 100, "MAD", NOW_MS);
        assertThat(answer("[]")).isEqualTo(CallBackAnswer.MALFORMED);
        assertThat(answer("{\"event\":\"e\"}")).isEqualTo(CallBackAnswer.MALFORMED);
        assertThat(answer(body("e", "P1", "SOMETHING", "1.00"))).isEqualTo(CallBackAnswer.MALFORMED);
        assertThat(answer(body("e", "P1", "PAID", "1.001"))).isEqualTo(CallBackAnswer.MALFORMED);
        assertThat(answer(body("e", "P1", "PAID", "-1.00"))).isEqualTo(CallBackAnswer.MALFORMED);
        assertThat(answer(body("e", "P 1", "PAID", "1.00"))).isEqualTo(CallBackAnswer.MALFORMED);
        assertThat(answer(body("u1", "P2", "REFUSED", "1.00"))).isEqualTo(CallBackAnswer.UNKNOWN_ORDER);
        assertThat(ledger.breaks()).isEmpty();
        assertThat(answer(body("u2", "P2", "PAID", "1.00"))).isEqualTo(CallBackAnswer.UNKNOWN_ORDER);
        assertThat(answer(body("u3", "P2", "PAID", "1.00"))).isEqualTo(CallBackAnswer.UNKNOWN_ORDER);
        assertThat(ledger.breaks()).as("the same money is one break").hasSize(1);
        ledger.start("P3", 100, "MAD", NOW_MS);
        assertThat(answer(body("e1", "P3", "PAID", "0.99"))).isEqualTo(CallBackAnswer.DIFFERS);
        assertThat(answer(body("e3", "P3", "PAID", "0.99"))).as("it is booked once").isEqualTo(CallBackAnswer.REPEATED);
        assertThat(ledger.state("P3")).isEqualTo(PaymentState.UNALLOCATED);
        ledger.unavailable(true);
        assertThat(answer(body("e2", "P1", "PAID", "1.00"))).isEqualTo(CallBackAnswer.UNAVAILABLE);
        ledger.unavailable(false);
        assertThat(answer(body("e2", "P1", "PAID", "1.00"))).as("the same again later").isEqualTo(CallBackAnswer.TAKEN);
        assertThat(ledger.state("P1")).isEqualTo(PaymentState.APPROVED);
    }

    @Test
    void givenBodiesUpToTheLimitAndBeyond_whenSentOverHttp_thenTheLargeOneIsRefused() throws Exception {
        final Vertx vertx = Vertx.vertx();
        try {
            final HttpServer server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0)).requestHandler(callBacks).listen().await(20, TimeUnit.SECONDS);
            assertThat(status(server, CallBacks.MOST_BYTES)).isEqualTo(401);
            assertThat(status(server, CallBacks.MOST_BYTES + 1)).isEqualTo(413);
        } finally {
            vertx.close().await(20, TimeUnit.SECONDS);
        }
    }

    private static int status(final HttpServer server, final int bytes) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort())).POST(HttpRequest.BodyPublishers.ofByteArray(new byte[bytes])).build(),
                HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
