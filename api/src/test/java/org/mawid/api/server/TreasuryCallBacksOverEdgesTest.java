package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.http.OnlinePayments;
import org.mawid.api.sandbox.treasury.SandboxFault;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.ValidateLines;

/** Paid online with the treasury's call-backs: the round looks once, at the start, and then not before the test has ended. */
class TreasuryCallBacksOverEdgesTest extends TreasuryFixture {
    @Override
    String roundMs() {
        return NEVER_MS;
    }

    @Test
    void givenAPaymentOnline_whenPaidOnItsPage_thenTheCallBackApprovesItAndItsStampIsPaid() throws Exception {
        callBacksArrive();
        final Begun begun = begun(1);
        final JsonObject page = page(begun.payment(), 200);
        assertThat(page.getString("state")).isEqualTo("OPEN");
        assertThat(page(begun.payment(), 200).getString("url")).as("the same order").isEqualTo(page.getString("url"));
        assertThat(http.send(HttpRequest.newBuilder(URI.create(page.getString("url"))).build(), BodyHandlers.ofString()).body()).contains("46.50 EUR", atTreasury(begun));
        press(page, "pay");
        awaitStates(begun, "APPROVED", "PAID");
        assertThat(receivable()).isEqualTo(4_650);
        assertThat(openBreaks()).isZero();
        assertThat(get("/v1/payments/" + begun.payment(), 200).getString("transaction")).isNotEmpty();
        final JsonObject refused = page(begun.payment(), 409);
        assertThat(refused.getString("result")).isEqualTo("PAYMENT_STATE");
        assertThat(refused.getInteger("paymentState")).as("APPROVED").isEqualTo(3);
        await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> assertThat(http.send(HttpRequest.newBuilder(edge("/metrics")).build(), BodyHandlers.ofString()).body())
                .contains("treasuryCallBack"));
    }

    @Test
    void givenAPaymentOnline_whenRefusedOnItsPage_thenItHasFailedAndItsStampCanBePaidAgain() throws Exception {
        callBacksArrive();
        final Begun begun = begun(1);
        press(page(begun.payment(), 200), "refuse");
        awaitStates(begun, "DECLINED", "ISSUED");
        assertThat(receivable()).isZero();
        assertThat(openBreaks()).isZero();
    }

    @Test
    void givenACallBackThatTheTreasuryHasNotSigned_whenItComes_thenItIsRefusedAndNothingChanges() throws Exception {
        final Begun begun = begun(1);
        page(begun.payment(), 200);
        final String forged = new JsonObject().put("event", "E1").put("order", new JsonObject().put("id", "O1").put("reference", atTreasury(begun)).put("status", "PAID")
                .put("amount", new JsonObject().put("value", "46.50").put("currency", "EUR"))).encode();
        final long before = get("/v1/books", 200).getLong("position");
        assertThat(callBack(forged, "0".repeat(64)).statusCode()).isEqualTo(401);
        assertThat(callBack(forged, "not a signature").statusCode()).isEqualTo(401);
        assertStates(begun, "PENDING", "PAYMENT_PENDING");
        assertThat(get("/v1/payments/" + begun.payment(), 200).getLong("position")).isLessThanOrEqualTo(before);
        assertThat(receivable()).isZero();

        sandbox.next(SandboxFault.BAD_SIGNATURE); // and rightly afterwards
        callBacksArrive();
        press(page(begun.payment(), 200), "pay");
        awaitStates(begun, "APPROVED", "PAID");
        assertThat(receivable()).isEqualTo(4_650);
    }

    @Test
    void givenTheSameCallBackSeveralTimes_thenPaidOnce() throws Exception {
        callBacksArrive();
        final Begun begun = begun(1);
        sandbox.next(SandboxFault.DUPLICATE_CALL_BACK);
        press(page(begun.payment(), 200), "pay");
        awaitStates(begun, "APPROVED", "PAID");
        assertThat(receivable()).isEqualTo(4_650);
        assertThat(openBreaks()).isZero();
    }

    @Test
    void givenAnotherAmountThanWasAskedFor_whenCalledBack_thenItIsUnallocatedMoneyAndABreakAndTheStampCanBePaid() throws Exception {
        callBacksArrive();
        final Begun begun = begun(1);
        sandbox.next(SandboxFault.OFF_BY_ONE);
        press(page(begun.payment(), 200), "pay");
        awaitStates(begun, "UNALLOCATED", "ISSUED");
        assertThat(breakTypes()).containsExactly("UNALLOCATED_MONEY");
        assertThat(receivable()).as("what came, and not what was asked for").isEqualTo(4_649);
    }

    @Test
    void givenAServerThatIsKilledAfterThePaymentAndBeforeItsCallBack_whenStartedAgain_thenPaidOnce() throws Exception {
        final Begun begun = begun(1);
        press(page(begun.payment(), 200), "pay"); // and nobody hears of it
        assertStates(begun, "PENDING", "PAYMENT_PENDING");
        killAndStartAgain();
        awaitStates(begun, "APPROVED", "PAID");
        assertThat(receivable()).isEqualTo(4_650);
        assertThat(openBreaks()).isZero();
    }

    @Test
    void givenWhatCannotBePaidOnline_whenItsPageIsAskedFor_thenItIsRefusedByItsReason() throws Exception {
        final String application = post("/v1/applications", 201, new JsonObject().put("postId", OnePost.POST).put("lines", new JsonArray().add(line(1)))).getString("application");
        applications.validateLines(ValidateLines.newBuilder().setRequest(client.newRequest()).setApplication(application).setLines(1).build());
        final String stamp = post("/v1/applications/" + application + "/stamps", 201, new JsonObject().put("lines", List.of(0)).put("postId", OnePost.POST)).getJsonArray("stamps").getString(0);
        final String counter = post("/v1/applications/" + application + "/counter-receipts", 201, new JsonObject().put("stamps", List.of(stamp)).put("postId", OnePost.POST).put("date", date)
                .put("amountMinor", 4_650).put("currency", "EUR")).getString("payment");
        assertThat(page(counter, 409).getString("means")).isEqualTo("COUNTER");
        assertThat(page(application, 400).getString("result")).as("no payment's reference").isEqualTo("MALFORMED");
        assertThat(page(service.gateway().references().text(ReferenceKind.PAYMENT, 4_711), 404).getString("result")).isEqualTo("PAYMENT_UNKNOWN");
        assertThat(post("/v1/payments/" + counter + "/page", 400, new JsonObject().put("returnTo", "javascript:alert(1)")).getJsonArray("errors").encode()).contains("/returnTo");
    }

    @Test
    void givenATreasuryThatIsDown_whenAPageIsAskedFor_thenItIsSaidWhenToComeAgainAndThePaymentWaits() throws Exception {
        final Begun begun = begun(1);
        sandbox.down(true);
        final HttpResponse<String> down = http.send(HttpRequest.newBuilder(edge("/v1/payments/" + begun.payment() + "/page")).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        assertThat(down.statusCode()).as(down.body()).isEqualTo(503);
        assertThat(new JsonObject(down.body()).getString("cause")).isEqualTo("TREASURY_DOWN");
        assertThat(down.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
        assertStates(begun, "PENDING", "PAYMENT_PENDING");
    }

    private HttpResponse<String> callBack(final String body, final String signature) throws Exception {
        return http.send(HttpRequest.newBuilder(edge(OnlinePayments.CALL_BACKS_PATH)).header("Tgr-Timestamp", Long.toString(System.currentTimeMillis() / 1_000)).header("Tgr-Signature", signature)
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private List<String> breakTypes() throws Exception {
        return get("/v1/breaks", 200).getJsonArray("breaks").stream().map(one -> ((JsonObject) one).getString("breakType")).toList();
    }
}
