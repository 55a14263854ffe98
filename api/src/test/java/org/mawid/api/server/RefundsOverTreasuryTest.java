package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.StringWriter;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mawid.api.sandbox.treasury.SandboxCamt;
import org.mawid.api.sandbox.treasury.SandboxEntry;
import org.mawid.api.sandbox.treasury.SandboxFault;
import org.mawid.api.sandbox.treasury.SandboxInjection;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.Decide;
import org.mawid.grpc.Propose;
import org.mawid.grpc.Request;
import org.mawid.grpc.StampMatter;

/** What two persons have agreed to give back, and was paid online, the treasury gives back: once, whatever goes wrong on the way. */
class RefundsOverTreasuryTest extends TreasuryFixture {
    private static final long PRICE = 4_650;

    @Override
    String roundMs() {
        return "100";
    }

    /** Shorter than a slow answer of the sandbox: what is done comes to nobody's ear. */
    @Override
    Map<String, String> also() {
        return Map.of(EdgeSetting.TREASURY_TIMEOUT_MS.key(), "500");
    }

    private Request by(final long actor) {
        return client.newRequest().toBuilder().setActor(actor).build();
    }

    private void agreed(final String stamp) {
        stampCalls.propose(Propose.newBuilder().setRequest(by(0xB2)).setStamp(stamp).setMatter(StampMatter.STAMP_MATTER_REFUND).setEpochDay(today).build());
        stampCalls.decide(Decide.newBuilder().setRequest(by(0xC3)).setStamp(stamp).setMatter(StampMatter.STAMP_MATTER_REFUND).setEpochDay(today).setApproved(true).build());
    }

    private Begun paid(final long person) throws Exception {
        final Begun begun = begun(person);
        press(page(begun.payment(), 200), "pay");
        awaitStates(begun, "APPROVED", "PAID");
        return begun;
    }

    private void awaitRefunded(final Begun paid) {
        await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> assertThat(get("/v1/stamps/" + paid.stamp(), 200).getString("state")).isEqualTo("REFUNDED"));
    }

    @Test
    void givenRefundsOfStampsPaidOnlineAndAtTheCounter_whenTheRoundComes_thenTheTreasuryGivesBackItsOwnAndThoseAlone() throws Exception {
        final Begun online = paid(1);
        final String application = validated(2);
        final String cash = issued(application);
        post("/v1/applications/" + application + "/counter-receipts", 201, new JsonObject().put("stamps", List.of(cash)).put("postId", OnePost.POST).put("date", date)
                .put("amountMinor", PRICE).put("currency", "EUR"));
        agreed(cash);
        agreed(online.stamp());
        awaitRefunded(online);
        assertThat(sandbox.givenBack()).isEqualTo(Map.of("RF-" + online.stamp(), PRICE));
        assertThat(get("/v1/stamps/" + cash, 200).getString("state")).as("a person's").isEqualTo("REFUND_REQUESTED");
        assertThat(receivable()).isZero();
        assertThat(openBreaks()).isZero();
    }

    /** Whether the money came before it was given back or after. */
    @Test
    void givenStampsThatAreGivenBackTheSameDayAndTheNext_whenTheStatementsCome_thenNoLineIsABreak() throws Exception {
        final Begun sameDay = paid(1);
        final Begun later = paid(2);
        agreed(sameDay.stamp());
        awaitRefunded(sameDay);
        final JsonObject statement = taken(sandbox.statement("EUR", LocalDate.ofEpochDay(today + 1), false, "08"));
        assertThat(List.of(statement.getBoolean("taken"), statement.getLong("settled"), statement.getLong("refused"), statement.getLong("breaks"))).as(statement.encode())
                .containsExactly(true, 3L, 0L, 0L);
        assertThat(List.of(receivable(), balance("ACQUIRER_COMMISSION"), balance("TREASURY"))).as("the bank brought two, kept a part of each, and took one back").containsExactly(0L, 112L, PRICE - 112);
        agreed(later.stamp());
        awaitRefunded(later);
        final JsonObject notification = taken(sandbox.statement("EUR", LocalDate.ofEpochDay(today + 1), true, "02"));
        assertThat(List.of(notification.getLong("repeated"), notification.getLong("breaks"))).as("the first day's once more: %s", notification).containsExactly(2L, 0L);
        assertThat(get("/v1/returns", 200).getJsonArray("returns")).as("the bank has yet to take it back").hasSize(1);
        final JsonObject taken = taken(takenBack(later.stamp()));
        assertThat(List.of(taken.getLong("settled"), taken.getLong("refused"), taken.getLong("breaks"))).as(taken.encode()).containsExactly(1L, 0L, 0L);
        assertThat(List.of(receivable(), balance("ACQUIRER_COMMISSION"), balance("TREASURY"))).as("what went back after it was settled has left the account, too").containsExactly(0L, 112L, -112L);
        assertThat(get("/v1/returns", 200).getJsonArray("returns")).isEmpty();
        assertThat(openBreaks()).isZero();
    }

    /** A day later the bank takes a refund from the account. */
    private byte[] takenBack(final String stamp) {
        final int day = (int) today + 2;
        final StringWriter text = new StringWriter();
        final SandboxCamt camt = new SandboxCamt(text, true, "02");
        camt.statement(new SandboxCamt.Head("SANDBOX-EUR-LATER", 2, "MA64SANDBOX000000000000EUR", "EUR", day, 0, 0),
                each -> each.accept(new SandboxEntry("BEUR-LATER-1", "RF-" + stamp, false, false, PRICE, 0, "EUR", day, day, false, 1, true)));
        camt.end();
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private JsonObject taken(final byte[] file) throws Exception {
        return send(HttpRequest.newBuilder(edge("/v1/statements")).header("Content-Type", "application/xml").POST(BodyPublishers.ofByteArray(file)), "/v1/statements", 200);
    }

    @Test
    void givenExchangesThatGoWrongInEveryWay_whenGivenBack_thenOnce() throws Exception {
        final List<SandboxFault> faults = List.of(SandboxFault.CUT_AFTER, SandboxFault.CUT_BEFORE, SandboxFault.GIBBERISH, SandboxFault.SLOW, SandboxFault.CUT_HALFWAY, SandboxFault.DOWN);
        final Begun first = paid(1);
        final Begun second = paid(2);
        faults.forEach(sandbox::next);
        agreed(first.stamp());
        agreed(second.stamp());
        awaitRefunded(first);
        awaitRefunded(second);
        assertThat(sandbox.givenBack()).isEqualTo(Map.of("RF-" + first.stamp(), PRICE, "RF-" + second.stamp(), PRICE));
        assertThat(sandbox.injected()).extracting(SandboxInjection::fault).containsExactlyElementsOf(faults);
        assertThat(openBreaks()).isZero();
    }

    @Test
    void givenATreasuryThatIsDownAndAServerThatIsKilled_whenBothAreBack_thenGivenBackOnce() throws Exception {
        final Begun online = paid(1);
        sandbox.down(true);
        agreed(online.stamp());
        assertThat(get("/v1/stamps/" + online.stamp() + "?minPosition=" + service.engine().status().durablePosition(), 200).getString("state")).isEqualTo("REFUND_REQUESTED");
        killAndStartAgain();
        sandbox.next(SandboxFault.CUT_AFTER);
        sandbox.down(false);
        awaitRefunded(online);
        assertThat(sandbox.givenBack()).isEqualTo(Map.of("RF-" + online.stamp(), PRICE));
        assertThat(openBreaks()).isZero();
    }

    @Test
    void givenATreasuryThatRefusesOrGivesBackLess_thenEachIsOneBreakAndNothingIsRecorded() throws Exception {
        final Begun refused = paid(1);
        final Begun less = paid(2);
        sandbox.next(SandboxFault.REFUND_REFUSED);
        agreed(refused.stamp());
        await().atMost(60, TimeUnit.SECONDS).until(() -> openBreaks() == 1);
        sandbox.next(SandboxFault.REFUND_OFF_BY_ONE);
        agreed(less.stamp());
        await().atMost(60, TimeUnit.SECONDS).until(() -> openBreaks() == 2);
        final Begun right = paid(3); // and rounds go on meanwhile
        agreed(right.stamp());
        awaitRefunded(right);
        assertThat(get("/v1/breaks", 200).getJsonArray("breaks").stream().map(one -> ((JsonObject) one).getString("breakType"))).containsExactly("OTHER", "AMOUNT_DIFFERS");
        for (final Begun one : List.of(refused, less)) {
            assertThat(get("/v1/stamps/" + one.stamp(), 200).getString("state")).isEqualTo("REFUND_REQUESTED");
        }
        assertThat(sandbox.givenBack()).isEqualTo(Map.of("RF-" + less.stamp(), PRICE - 1, "RF-" + right.stamp(), PRICE));
    }

    /** The treasury's answer says it first, then its statement, and both again. */
    @Test
    void givenATreasuryThatGivesBackLess_whenTheStatementSaysSoToo_thenItIsOneBreakWithBothAmounts() throws Exception {
        final Begun less = paid(1);
        sandbox.next(SandboxFault.REFUND_OFF_BY_ONE);
        agreed(less.stamp());
        await().atMost(60, TimeUnit.SECONDS).until(() -> openBreaks() == 1);
        final JsonObject statement = taken(sandbox.statement("EUR", LocalDate.ofEpochDay(today + 1), false, "08"));
        assertThat(List.of(statement.getBoolean("taken"), statement.getLong("breaks"), statement.getLong("settled"))).as(statement.encode()).containsExactly(true, 1L, 1L);
        killAndStartAgain();
        awaitStates(less, "APPROVED", "REFUND_REQUESTED"); // records are there again, from which the ledger has what is being refunded
        taken(sandbox.statement("EUR", LocalDate.ofEpochDay(today + 1), true, "02"));
        assertThat(get("/v1/breaks", 200).getJsonArray("breaks").stream().map(JsonObject.class::cast).map(one -> one.getString("breakType") + ' ' + one.getLong("ourMinor") + ' ' + one.getLong("theirMinor")))
                .containsExactly("AMOUNT_DIFFERS " + -PRICE + ' ' + (1 - PRICE));
    }

    @Test
    void givenAPaymentThatIsChargedBack_whenTheStatementHasItsMoneyComeAndGo_thenItIsOneBreakUntilAPersonHasRecordedIt() throws Exception {
        final Begun online = paid(1);
        assertThat(sandbox.chargeBack(atTreasury(online))).isTrue();
        assertThat(sandbox.chargeBack(atTreasury(online))).as("once").isFalse();
        final JsonObject statement = taken(sandbox.statement("EUR", LocalDate.ofEpochDay(today + 1), false, "08"));
        assertThat(List.of(statement.getBoolean("taken"), statement.getLong("settled"))).as(statement.encode()).containsExactly(true, 1L);
        assertThat(get("/v1/breaks", 200).getJsonArray("breaks").stream().map(JsonObject.class::cast).map(one -> one.getString("breakType") + ' ' + one.getLong("ourMinor") + ' ' + one.getLong("theirMinor")))
                .containsExactly("REVERSED_AT_TREASURY " + PRICE + " 0");
        post("/v1/payments/" + online.payment() + "/charge-back", 200, new JsonObject().put("amountMinor", PRICE).put("currency", "EUR"));
        awaitStates(online, "CHARGED_BACK", "CHARGED_BACK");
        assertThat(sandbox.givenBack()).as("nobody has ordered that").isEmpty();
        assertThat(openBreaks()).as("a person resolves it").isEqualTo(1);
    }
}
