package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Paid online with a treasury that calls nobody back: what waits is found by asking. */
class TreasuryRoundsOverEdgesTest extends TreasuryFixture {
    @Override
    String roundMs() {
        return "100";
    }

    @Test
    void givenCallBacksThatAreLost_whenPaidOrRefused_thenTheRoundFindsIt() throws Exception {
        final Begun paid = begun(1);
        final Begun refused = begun(2);
        press(page(paid.payment(), 200), "pay");
        press(page(refused.payment(), 200), "refuse");
        awaitStates(paid, "APPROVED", "PAID");
        awaitStates(refused, "DECLINED", "ISSUED");
        assertThat(receivable()).isEqualTo(4_650);
        assertThat(openBreaks()).isZero();
    }

    @Test
    void givenAPaymentWhosePageNobodyOpened_whenTheRoundComes_thenItHasItsOrder() throws Exception {
        final Begun begun = begun(1);
        await().atMost(30, TimeUnit.SECONDS).until(() -> sandbox.pay(atTreasury(begun))); // there is one to pay
        awaitStates(begun, "APPROVED", "PAID");
    }

    @Test
    void givenATreasuryThatWasDown_whenItIsBack_thenWhatWaitedIsPaid() throws Exception {
        final Begun begun = begun(1);
        final JsonObject page = page(begun.payment(), 200);
        sandbox.down(true);
        press(page, "pay");
        assertThat(get("/v1/payments/" + begun.payment(), 200).getString("state")).isEqualTo("PENDING");
        sandbox.down(false);
        awaitStates(begun, "APPROVED", "PAID");
    }
}
