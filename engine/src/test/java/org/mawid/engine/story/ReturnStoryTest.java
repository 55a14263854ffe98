package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Money that goes back after the treasury has brought it, and what the treasury's statement says of it then. 500.00 MAD are 50.00 EUR in Paris. */
class ReturnStoryTest extends Story {
    @BeforeEach
    void aStampThatWasPaidOnlineAndSettled() {
        given("07:00 coreVersion 4");
        world(this);
        given("pay P A post=PARIS by=Amina", "approve P amount=5000 transaction=X1", "settle payment=P gross=5000 commission=50");
    }

    private static void world(final Story story) {
        story.given("post PARIS currency=EUR digits=2 round=1", "rate PARIS micro=10000000", "service passport minutes=15", "tariff passport centimes=50000",
                "submit A Ali:passport", "issue A post=PARIS");
    }

    private void refunded() {
        given("propose A refund by=Badr", "decide A refund by=Chadia");
        when("refund A amount=5000").then("OK").tells("ReturnOpened", "PaymentChanged", "StampsChanged", "Posted")
                .posts("REFUNDS_PAYABLE +5000 EUR", "ONLINE_RECEIVABLE -5000 EUR");
    }

    @Test
    void givenARefundAfterTheSettlement_whenTheBankTakesIt_thenTheTreasuryHasLessAndNothingIsReceivable() {
        refunded();
        assertThat(counted("returns.DUE")).isEqualTo(1);
        when("settleReturn 1 gross=5000 commission=20").then("OK").tells("ReturnSettled", "Posted")
                .posts("TREASURY -5020 EUR", "ACQUIRER_COMMISSION +20 EUR", "ONLINE_RECEIVABLE +5000 EUR");
        when("settleReturn 1 gross=5000").then("ALREADY_SETTLED").tells();
        assertThat(counted("returns.DUE")).isZero();
        assertThat(counted("returns.SETTLED")).isEqualTo(1);
        when("closeBatch PARIS online paid=5000/1 undone=5000/1").then("AGREES at 0").posts();
        assertThat(counted("batches.SETTLED")).isEqualTo(1);
    }

    @Test
    void givenAChargeBackAfterTheSettlement_whenTheBatchWasClosedMeanwhile_thenItIsWhatIsUnderWayThatIsSettled() {
        when("chargeBack P amount=5000").then("CHARGED_BACK").tells("ReturnOpened", "PaymentChanged", "StampsChanged", "Posted")
                .posts("HELD_CHANCERY +5000 EUR", "ONLINE_RECEIVABLE -5000 EUR");
        when("closeBatch PARIS online paid=5000/1 undone=5000/1").then("AGREES at 0").posts("SETTLEMENT_UNDER_WAY -5000 EUR", "ONLINE_RECEIVABLE +5000 EUR");
        assertThat(counted("batches.CLOSED")).isEqualTo(1);
        when("settleReturn 1 gross=5000").then("OK").posts("TREASURY -5000 EUR", "SETTLEMENT_UNDER_WAY +5000 EUR");
        assertThat(counted("batches.SETTLED")).isEqualTo(1);
    }

    @Test
    void givenAReversalAfterTheSettlement_whenTheBatchIsSettledAsAWhole_thenTheReturnIsSettledWithIt() {
        when("fail P REVERSED").then("REVERSED").tells("ReturnOpened", "PaymentChanged", "StampsChanged", "Posted");
        given("closeBatch PARIS online paid=5000/1 undone=5000/1");
        when("settle batch=1 gross=-5000").then("OK").tells("BatchSettled", "Posted").posts("TREASURY -5000 EUR", "SETTLEMENT_UNDER_WAY +5000 EUR");
        assertThat(counted("returns.SETTLED")).isEqualTo(1);
        when("settleReturn 1 gross=5000").then("ALREADY_SETTLED");
    }

    @Test
    void givenSumsThatCancelEachOther_whenTheBatchIsClosed_thenItIsNotSettledBeforeBothHaveCome() {
        given("submit B Badr:passport", "issue B post=PARIS", "closeBatch PARIS online paid=5000/1 undone=0/0");
        assertThat(counted("batches.SETTLED")).as("the first day's: all of it has come").isEqualTo(1);
        refunded();
        given("pay Q B post=PARIS", "approve Q amount=5000 transaction=X2");
        when("closeBatch PARIS online paid=5000/1 undone=5000/1").then("AGREES at 0").posts();
        assertThat(counted("batches.CLOSED")).as("one payment is to come and a refund to be taken").isEqualTo(1);
        when("settle payment=Q gross=5000").then("OK").posts("TREASURY +5000 EUR", "SETTLEMENT_UNDER_WAY -5000 EUR");
        assertThat(counted("batches.CLOSED")).isEqualTo(1);
        when("settleReturn 1 gross=5000").then("OK").posts("TREASURY -5000 EUR", "SETTLEMENT_UNDER_WAY +5000 EUR");
        assertThat(counted("batches.SETTLED")).isEqualTo(2);
    }

    @Test
    void givenABatchThatWasSettledAsAWhole_whenItsMoneyGoesBack_thenThatIsAReturnOfTheNextBatch() {
        given("submit B Badr:passport", "issue B post=PARIS", "pay Q B post=PARIS", "approve Q amount=5000 transaction=X2", "closeBatch PARIS online paid=10000/2 undone=0/0",
                "settle batch=1 gross=5000");
        when("chargeBack Q amount=5000").then("CHARGED_BACK").tells("ReturnOpened", "PaymentChanged", "StampsChanged", "Posted");
        when("settleReturn 1 gross=5000").then("OK").posts("TREASURY -5000 EUR", "ONLINE_RECEIVABLE +5000 EUR");
    }

    @Test
    void givenMoneyThatGoesBackBeforeItsSettlement_thenItIsNoReturn() {
        given("submit B Badr:passport", "issue B post=PARIS", "pay Q B post=PARIS", "approve Q amount=5000 transaction=X2");
        when("chargeBack Q amount=5000").then("CHARGED_BACK").tells("PaymentChanged", "StampsChanged", "Posted");
        assertThat(counted("returns.DUE")).isZero();
    }

    @Test
    void givenAReturn_whenTheStatementSaysSomethingElse_thenAPersonAcceptsItWithABreakOrNothingIsDone() {
        refunded();
        when("settleReturn 2 gross=5000").then("RETURN_UNKNOWN");
        when("settleReturn 1 gross=5000 currency=USD").then("CURRENCY_MISMATCH");
        when("settleReturn 1 gross=4990").then("AMOUNT_DIFFERS 5000");
        when("settleReturn 1 gross=4990 break=1").then("BREAK_UNKNOWN");
        given("breakOf key=7");
        when("settleReturn 1 gross=4990 break=1").then("OK").posts("TREASURY -4990 EUR", "SUSPENSE -10 EUR", "ONLINE_RECEIVABLE +5000 EUR");
    }

    @Test
    void givenAReturn_whenTheTreasuryHasConvertedIt_thenTheRateMakesADifference() {
        refunded();
        when("settleReturn 1 gross=5000 mad=50100").then("OK").posts("CONVERSION -5000 EUR", "ONLINE_RECEIVABLE +5000 EUR", "TREASURY -50100 MAD", "FX_DIFFERENCE +100 MAD",
                "CONVERSION +50000 MAD");
    }

    @Test
    void givenAReturnThatIsDue_whenItsApplicationIsToBeRetired_thenOnlyOnceItIsSettled() {
        given("rules retainMs=3600000", "withdraw A", "propose A refund by=Badr", "decide A refund by=Chadia", "refund A amount=5000");
        when("09:30 retire A").then("NOT_TERMINAL");
        when("settleReturn 1 gross=5000").then("OK");
        when("12:00 retire A").then("OK");
        when("settleReturn 1 gross=5000").then("ALREADY_SETTLED");
    }

    @Test
    void givenCoreVersionThree_whenMoneyGoesBackAfterItsSettlement_thenAllIsAsItWas() {
        final Story older = new Story() {
        };
        older.given("coreVersion 3");
        world(older);
        older.given("pay P A post=PARIS", "approve P amount=5000 transaction=X1", "settle payment=P gross=5000");
        older.when("chargeBack P amount=5000").then("CHARGED_BACK").tells("PaymentChanged", "StampsChanged", "Posted");
        older.when("settleReturn 1 gross=5000").then("CORE_VERSION_UNSUPPORTED");
        older.when("closeBatch PARIS online paid=5000/1 undone=5000/1").then("AGREES at 0").posts("SETTLEMENT_UNDER_WAY -5000 EUR", "ONLINE_RECEIVABLE +5000 EUR");
        older.when("settle batch=1 gross=-5000").then("OK");
    }

    private long counted(final String name) {
        return core().counts().of(name);
    }
}
