package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mawid.api.sandbox.terminal.SimulatorBehaviour;
import org.mawid.api.sandbox.terminal.SimulatorSettings;
import org.mawid.api.sandbox.terminal.TerminalSimulator;
import org.mawid.api.terminal.TerminalSetting;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.CloseTerminal;
import org.mawid.grpc.CloseTerminalReply;
import org.mawid.grpc.Decide;
import org.mawid.grpc.LedgerServiceGrpc;
import org.mawid.grpc.Propose;
import org.mawid.grpc.Request;
import org.mawid.grpc.StampMatter;

/** The end of the day at a terminal that is simulated, over the edges of a whole server. */
class ClosingOverEdgesTest extends TillFixture {
    private static final String PATH = "/v1/terminals/" + TERMINAL + "/closing";
    private final Map<String, String> owners = new HashMap<>();
    private long persons;

    @Override
    Map<String, String> settings() {
        final Map<String, String> settings = new HashMap<>(super.settings());
        settings.put(TerminalSetting.CUSTOMER_MS.key(), "300000"); // nobody is hurried but by an officer
        return settings;
    }

    @Test
    void givenADayWithADeclinedAndAReversedPayment_whenClosed_thenItAgreesOnceAndNothingIsLeft() throws Exception {
        paid("APPROVED");
        simulator.next("Payment", SimulatorBehaviour.DECLINE);
        paid("DECLINED");
        simulator.next("Payment", SimulatorBehaviour.WRONG_AMOUNT);
        paid("REVERSED");
        paid("APPROVED");
        final String key = UUID.randomUUID().toString();
        final JsonObject closed = close(key, 200);
        assertThat(closed.getBoolean("agrees")).isTrue();
        assertThat(closed.getBoolean("nothingToClose")).isFalse();
        assertThat(closed.getString("period")).isEqualTo("1001");
        assertThat(closed.getBoolean("repeatedPeriod")).isFalse();
        assertThat(closed.getJsonObject("ours")).isEqualTo(new JsonObject("{\"paidMinor\":9300,\"paidCount\":2,\"undoneMinor\":0,\"undoneCount\":0}"));
        assertThat(closed.getJsonArray("theirs").getJsonObject(0)).isEqualTo(new JsonObject(
                "{\"currency\":\"EUR\",\"paidMinor\":13951,\"paidCount\":3,\"undoneMinor\":4651,\"undoneCount\":1,\"otherMinor\":0,\"otherCount\":0}"));
        assertThat(closed.getLong("undoneAtTerminal")).isEqualTo(1);
        assertThat(cardReceivable()).isZero();

        assertThat(close(key, 200)).isEqualTo(closed.copy().put("repeatedAnswer", true));
        startAgain();
        awaitReady("1.0");
        assertThat(close(key, 200)).isEqualTo(closed.copy().put("repeatedAnswer", true));
        final JsonObject again = close(UUID.randomUUID().toString(), 200);
        assertThat(again.getBoolean("nothingToClose")).isTrue();
        assertThat(again.getString("period")).isEqualTo("1002");
        assertThat(again.containsKey("batch")).isFalse();
        final CloseTerminalReply overGrpc = LedgerServiceGrpc.newBlockingStub(channel).closeTerminal(CloseTerminal.newBuilder().setRequest(Request.newBuilder()
                .setIdHigh(7).setIdLow(7).setActor(9)).setTerminalId(TERMINAL).setEpochDay(today).build());
        assertThat(overGrpc.getNothingToClose()).isTrue();
        assertThat(overGrpc.getPeriod()).isEqualTo("1003");
        assertThat(breaks()).isEmpty();
        assertThat(simulator.charges()).hasSize(3);
    }

    @Test
    void givenMoneyThatMovedBehindOurBack_whenClosed_thenEachIsOneBreak() throws Exception {
        paid("APPROVED");
        simulator.chargeByHand(new BigDecimal("5.00"), "EUR");
        assertDiffers("TERMINAL_TOTALS_DIFFER", "EUR", 4_650, 5_150, true);

        paid("APPROVED");
        simulator.refundByHand(new BigDecimal("7.00"), "EUR");
        assertDiffers("TERMINAL_TOTALS_DIFFER", "EUR", 0, 700, true);

        paid("APPROVED");
        simulator.chargeByHand(new BigDecimal("3.00"), "USD");
        assertDiffers("CURRENCY_DIFFERS", "USD", 0, 300, false);

        simulator.chargeByHand(new BigDecimal("2.00"), "EUR");
        final JsonObject none = assertDiffers("TERMINAL_TOTALS_DIFFER", "EUR", 0, 200, false);
        assertThat(none.containsKey("batch")).isFalse();
        assertThat(none.getBoolean("nothingToClose")).isFalse();
        assertThat(breaks()).hasSize(4);
        assertThat(close(UUID.randomUUID().toString(), 200).getBoolean("nothingToClose")).isTrue();
    }

    @Test
    void givenARefundAndAChargeBack_whenClosed_thenTheTerminalNeedNotHaveThem() throws Exception {
        final String first = stamp();
        final String second = awaitState(begun(owners.get(first), first), "APPROVED").getString("payment");
        final String third = stamp();
        awaitState(begun(owners.get(third), third), "APPROVED");
        assertThat(close(UUID.randomUUID().toString(), 200).getBoolean("agrees")).isTrue();

        paid("APPROVED");
        post("/v1/payments/" + second + "/charge-back", 200, new JsonObject().put("amountMinor", 4_650).put("currency", "EUR"));
        refunded(third);
        final JsonObject closed = close(UUID.randomUUID().toString(), 200);
        assertThat(closed.getJsonObject("ours").getLong("undoneCount")).isEqualTo(2);
        assertThat(closed.getJsonArray("theirs").getJsonObject(0).getLong("undoneCount")).isZero();
        assertThat(closed.getBoolean("agrees")).isTrue();

        final String fourth = stamp();
        awaitState(begun(owners.get(fourth), fourth), "APPROVED");
        refunded(fourth);
        simulator.refundByHand(new BigDecimal("46.50"), "EUR");
        assertThat(close(UUID.randomUUID().toString(), 200).getBoolean("agrees")).isTrue();
        assertThat(breaks()).isEmpty();
    }

    /** Whose payment it was, which was booked in the period before, is asked of the core: records come last, and take a moment. */
    @Test
    void givenARefundAndAServerThatWasKilled_whenClosedBeforeItsRecordsAreThere_thenItAgreesAllTheSame() throws Exception {
        final String first = stamp();
        awaitState(begun(owners.get(first), first), "APPROVED");
        assertThat(close(UUID.randomUUID().toString(), 200).getBoolean("agrees")).isTrue();
        paid("APPROVED");
        refunded(first);
        crash();
        startWithoutRecords();
        awaitReady("1.0");
        assertThat(close(UUID.randomUUID().toString(), 200).getBoolean("agrees")).isTrue();
        assertThat(breaks()).isEmpty();
    }

    private void refunded(final String stamp) throws Exception {
        stampCalls.propose(Propose.newBuilder().setRequest(by(0xB2)).setStamp(stamp).setMatter(StampMatter.STAMP_MATTER_REFUND).setEpochDay(today).build());
        stampCalls.decide(Decide.newBuilder().setRequest(by(0xC3)).setStamp(stamp).setMatter(StampMatter.STAMP_MATTER_REFUND).setEpochDay(today).setApproved(true).build());
        post("/v1/stamps/" + stamp + "/refund", 200, new JsonObject().put("amountMinor", 4_650).put("currency", "EUR"));
    }

    private Request by(final long actor) {
        return client.newRequest().toBuilder().setActor(actor).build();
    }

    /** A new one, of an application of its own. */
    private String stamp() throws Exception {
        final String application = validated(++persons);
        final String stamp = issued(application);
        owners.put(stamp, application);
        return stamp;
    }

    @Test
    void givenAnswersThatAreLost_whenClosedAgain_thenTheirTotalsAreBookedOnceAndNoneIsMissing() throws Exception {
        paid("APPROVED");
        assertThat(close(UUID.randomUUID().toString(), 200).getBoolean("agrees")).isTrue();
        paid("APPROVED");
        simulator.next("Reconciliation", SimulatorBehaviour.NORMAL);
        simulator.next("Reconciliation", SimulatorBehaviour.CUT_AFTER_CHARGING);
        final JsonObject found = close(UUID.randomUUID().toString(), 200);
        assertThat(found.getBoolean("repeatedPeriod")).isTrue();
        assertThat(found.getBoolean("agrees")).isTrue();
        assertThat(simulator.lastPeriod()).isEqualTo(1002);

        // The server is gone while it waits for the answer; what is charged before the next closing is of the next period, and of the same batch.
        paid("APPROVED");
        simulator.next("Reconciliation", SimulatorBehaviour.NORMAL);
        simulator.next("Reconciliation", SimulatorBehaviour.SILENT_AFTER_CHARGING);
        http.sendAsync(request(UUID.randomUUID().toString(), "{\"date\":\"" + date + "\"}").build(), BodyHandlers.ofString());
        await().atMost(LONG).until(() -> simulator.lastPeriod() == 1003);
        crash();
        startAgain();
        awaitReady("1.0");
        paid("APPROVED");
        final JsonObject both = close(UUID.randomUUID().toString(), 200);
        assertThat(both.getBoolean("repeatedPeriod")).isTrue();
        assertThat(both.getString("period")).isEqualTo("1004");
        assertThat(both.getJsonObject("ours").getLong("paidCount")).isEqualTo(2);
        assertThat(both.getBoolean("agrees")).isTrue();

        // Somebody ends the period at the terminal's own keys, and goes on.
        paid("APPROVED");
        simulator.endPeriodByHand();
        assertThat(close(UUID.randomUUID().toString(), 200).getBoolean("agrees")).isTrue();
        assertThat(simulator.lastPeriod()).isEqualTo(1005); // it was all that the ledger has

        // The terminal has told its totals and the server is gone before they are booked: they are when it is back, before anybody asks.
        paid("APPROVED");
        simulator.endPeriodByHand();
        crash();
        final Path kept = served().resolve("edge").resolve("terminal-" + TERMINAL + ".closing");
        final JsonObject page = new JsonObject(Files.readString(kept));
        Files.writeString(kept, page.put("last", "1006").put("carrying", true).put("carried", new JsonArray("[[\"EUR\",1,4650,0,0,0,0]]"))
                .put("order", page.getJsonObject("closedBy").put("idHigh", 5).put("idLow", 6)).encode());
        startAgain();
        assertThat(cardReceivable()).isZero();
        final JsonObject told = close(new UUID(5, 6).toString(), 200);
        assertThat(told.getBoolean("repeatedAnswer")).isTrue();
        assertThat(told.getBoolean("agrees")).isTrue();
        assertThat(told.getString("period")).isEqualTo("1006");

        // Another terminal stands there, which has ended periods of its own before.
        try (TerminalSimulator another = TerminalSimulator.start(vertx, SimulatorSettings.of("SIM-2", "EUR", 2))) {
            another.chargeByHand(new BigDecimal("99.00"), "EUR");
            another.endPeriodByHand();
            list("# none\n");
            await().atMost(LONG).until(() -> connection() == null);
            assertThat(close(UUID.randomUUID().toString(), 503).getString("cause")).isEqualTo("NO_TERMINAL");
            list(TERMINAL + " tcp://127.0.0.1:" + another.tcpPort() + " poi=SIM-2\n");
            await().atMost(LONG).until(() -> connection() != null && connection().getBoolean("ready"));
            paid("APPROVED");
            final JsonObject first = close(UUID.randomUUID().toString(), 200);
            assertThat(first.getBoolean("agrees")).isTrue();
            assertThat(first.getString("period")).isEqualTo("1002");
            assertThat(breaks()).isEmpty();
        }
    }

    @Test
    void givenAPeriodThatIsClosedByHand_whenItsTotalsComeLater_thenTheyAreNoNews() throws Exception {
        paid("APPROVED");
        assertThat(close(UUID.randomUUID().toString(), 200).getBoolean("agrees")).isTrue();
        paid("APPROVED");
        for (final SimulatorBehaviour each : List.of(SimulatorBehaviour.NORMAL, SimulatorBehaviour.CUT_AFTER_CHARGING, SimulatorBehaviour.CUT_BEFORE_CHARGING,
                SimulatorBehaviour.CUT_BEFORE_CHARGING)) {
            simulator.next("Reconciliation", each);
        }
        assertThat(close(UUID.randomUUID().toString(), 503).getString("cause")).isEqualTo("TERMINAL_DOWN");
        closeByHand(4_650, 1);
        paid("APPROVED");
        paid("APPROVED");
        final JsonObject closed = close(UUID.randomUUID().toString(), 200);
        assertThat(closed.getBoolean("agrees")).isTrue();
        assertThat(closed.getJsonObject("ours").getLong("paidCount")).isEqualTo(2);

        paid("APPROVED");
        simulator.next("Reconciliation", SimulatorBehaviour.NORMAL);
        simulator.next("Reconciliation", SimulatorBehaviour.NEGATIVE_AMOUNT);
        final JsonObject unusable = close(UUID.randomUUID().toString(), 409);
        assertThat(unusable.getString("result")).isEqualTo("AMOUNT_DIFFERS");
        closeByHand(4_650, 1);
        paid("APPROVED");
        assertThat(close(UUID.randomUUID().toString(), 200).getBoolean("agrees")).isTrue();
        assertThat(breaks()).extracting(one -> one.getString("break")).containsExactly(unusable.getString("break"));
    }

    @Test
    void givenADayThatCannotBeClosed_whenAsked_thenItSaysWhyAndWhatToDo() throws Exception {
        assertThat(send(HttpRequest.newBuilder(edge(PATH)).header("Content-Type", "application/json").POST(BodyPublishers.ofString("{\"date\":\"" + date + "\"}")), PATH, 403)
                .getString("result")).isEqualTo("FORBIDDEN");
        assertThat(send(HttpRequest.newBuilder(edge("/v1/terminals/99/closing")).header("Content-Type", "application/json").header("Mawid-Actor", "0000000000000009")
                .POST(BodyPublishers.ofString("{\"date\":\"" + date + "\"}")), PATH, 404).getString("result")).isEqualTo("TERMINAL_UNKNOWN");
        simulator.next("Reconciliation", SimulatorBehaviour.DECLINE);
        assertThat(close(UUID.randomUUID().toString(), 503).getString("cause")).isEqualTo("TERMINAL_REFUSES");

        simulator.next("Payment", SimulatorBehaviour.SILENT_AFTER_CHARGING);
        for (int i = 0; i < 10; i++) {
            simulator.next("TransactionStatus", SimulatorBehaviour.DECLINE);
        }
        simulator.next("Reversal", SimulatorBehaviour.DECLINE);
        final String stamp = stamp();
        final String payment = begun(owners.get(stamp), stamp);
        final JsonObject busy = close(UUID.randomUUID().toString(), 409);
        assertThat(busy.getString("result")).isEqualTo("TERMINAL_BUSY");
        assertThat(busy.getJsonArray("payments")).isEqualTo(new JsonArray().add(payment));
        final CloseTerminal overGrpc = CloseTerminal.newBuilder().setRequest(by(9)).setTerminalId(TERMINAL).setEpochDay(today).build();
        assertThat(refusal(() -> LedgerServiceGrpc.newBlockingStub(channel).closeTerminal(overGrpc)).getMetadataOrThrow("payments")).isEqualTo(payment);
        assertThat(refusal(() -> LedgerServiceGrpc.newBlockingStub(channel).closeTerminal(overGrpc.toBuilder().setRequest(by(0)).build())).getReason()).isEqualTo("FORBIDDEN");
        post("/v1/payments/" + payment + "/abort", 200, null);
        await().atMost(LONG).until(() -> get("/v1/payments/" + payment, 200).getBoolean("waitsForPerson"));
        final JsonObject doubted = close(UUID.randomUUID().toString(), 409);
        assertThat(doubted.getString("result")).isEqualTo("PAYMENT_STATE");
        assertThat(doubted.getJsonArray("payments")).isEqualTo(new JsonArray().add(payment));
        final JsonObject closed = send(request(UUID.randomUUID().toString(), "{\"date\":\"" + date + "\",\"despiteDoubt\":true}"), PATH, 200);
        assertThat(closed.getBoolean("agrees")).isFalse(); // it was charged
        assertThat(closed.getJsonArray("breaks")).hasSize(1);
        assertThat(breaks()).hasSize(2); // and that a person decides is one
    }

    private void paid(final String state) throws Exception {
        final String stamp = stamp();
        awaitState(begun(owners.get(stamp), stamp), state);
    }

    private JsonObject close(final String key, final int status) throws Exception {
        return send(request(key, "{\"date\":\"" + date + "\"}"), PATH, status);
    }

    private HttpRequest.Builder request(final String key, final String body) {
        return HttpRequest.newBuilder(edge(PATH)).header("Content-Type", "application/json").header("Idempotency-Key", key).header("Mawid-Actor", "0000000000000009")
                .header("Mawid-Channel", "COUNTER").POST(BodyPublishers.ofString(body));
    }

    private void closeByHand(final long minor, final int count) throws Exception {
        assertThat(post("/v1/posts/" + OnePost.POST + "/closings", 201, new JsonObject().put("means", "TERMINAL").put("terminalId", TERMINAL).put("currency", "EUR")
                .put("date", date).put("paidMinor", minor).put("paidCount", count).put("undoneMinor", 0).put("undoneCount", 0)).getBoolean("agrees")).isTrue();
    }

    /** The one break of this closing. @return the closing */
    private JsonObject assertDiffers(final String type, final String currency, final long ours, final long theirs, final boolean hasBatch) throws Exception {
        final JsonObject closed = close(UUID.randomUUID().toString(), 200);
        assertThat(closed.getBoolean("agrees")).isFalse();
        assertThat(closed.getJsonArray("breaks")).as(closed.encode()).hasSize(1);
        final Map<String, JsonObject> all = new TreeMap<>();
        breaks().forEach(one -> all.put(one.getString("break"), one));
        final JsonObject one = all.get(closed.getJsonArray("breaks").getString(0));
        assertThat(one.getString("breakType")).isEqualTo(type);
        assertThat(one.getString("currency")).isEqualTo(currency);
        assertThat(one.getLong("ourMinor")).isEqualTo(ours);
        assertThat(one.getLong("theirMinor")).isEqualTo(theirs);
        assertThat(one.containsKey("batch")).isEqualTo(hasBatch);
        return closed;
    }

    private List<JsonObject> breaks() throws Exception {
        return get("/v1/breaks", 200).getJsonArray("breaks").stream().map(JsonObject.class::cast).toList();
    }
}
