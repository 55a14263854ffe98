package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a stamp is paid, with everything that can come between. 500.00 MAD are 50.00 EUR in Paris. */
class PaymentStoryTest extends Story {
    @BeforeEach
    void aTerminalInParis() {
        given("07:00 coreVersion 3", "post PARIS currency=EUR digits=2 round=1", "rate PARIS micro=10000000", "service passport minutes=15",
                "tariff passport centimes=50000", "service card minutes=15", "tariff card centimes=7500", "desk PARIS/D1 serves=passport,card",
                "day PARIS/D1 09:00..10:00 places=9", "terminal T1 PARIS", "submit A Ali:passport", "issue A post=PARIS");
    }

    @Test
    void givenAStamp_whenItIsPaidOnTheTerminal_thenItIsUsedOnceAtTheCounter() {
        when("08:00 pay P A post=PARIS terminal=T1 by=Amina").then("DUE 5000").tells("PaymentStarted", "StampsChanged");
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 5000 EUR, PAYMENT_PENDING");
        when("08:01 approve P amount=5000 transaction=X1").then("APPROVED").tells("PaymentChanged", "StampsChanged", "Posted")
                .posts("CARD_RECEIVABLE +5000 EUR", "HELD_CHANCERY -5000 EUR");
        when("09:00 use A post=PARIS").then("OK").tells("StampsChanged", "Posted").posts("HELD_CHANCERY +5000 EUR", "EARNED_CHANCERY -5000 EUR");
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 5000 EUR, CONSUMED");
    }

    @Test
    void givenAStampThatWasUsed_whenItIsUsedAgain_thenItSaysWhenAndWhere() {
        given("pay P A post=PARIS terminal=T1", "approve P amount=5000 transaction=X1", "09:00 use A post=PARIS");
        when("09:05 use A post=PARIS").then("STAMP_ALREADY_CONSUMED at 09:00 in 1");
    }

    @Test
    void givenACardThatIsDeclined_whenAnotherIsTried_thenTheStampIsPaid() {
        given("08:00 pay P A post=PARIS terminal=T1");
        when("pay Q A post=PARIS terminal=T1").then("TERMINAL_BUSY");
        when("fail P DECLINED").then("DECLINED").tells("PaymentChanged", "StampsChanged").posts();
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 5000 EUR, ISSUED");
        when("fail P DECLINED").then("DECLINED").tells();
        given("pay Q A post=PARIS terminal=T1");
        when("approve Q amount=5000 transaction=X2").then("APPROVED");
        when("approve Q amount=5000 transaction=X2").then("APPROVED").tells();
    }

    @Test
    void givenSilence_whenTheTimeIsOver_thenInDoubtUntilItIsKnownToBeReversed() {
        given("stampRules pending=PT1M", "08:00 pay P A post=PARIS terminal=T1");
        when("08:00:59 tick").then("OK").tells();
        when("08:01 tick").then("OK").tells("PaymentChanged", "StampsChanged");
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 5000 EUR, IN_DOUBT");
        when("pay Q A post=PARIS").then("STAMP_STATE");
        when("void A").then("STAMP_STATE");
        when("askPerson P").then("IN_DOUBT").tells("PaymentChanged", "BreakOpened");
        when("askPerson P").then("IN_DOUBT").tells();
        when("fail P REVERSED").then("REVERSED").tells("PaymentChanged", "StampsChanged").posts();
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 5000 EUR, ISSUED");
    }

    @Test
    void givenAPaymentThatWasNotMade_whenItIsApprovedAfterAll_thenTheMoneyWaitsForASecondPerson() {
        given("pay P A post=PARIS terminal=T1 by=Amina", "fail P NOT_MADE");
        when("approve P amount=5000 transaction=X1").then("UNALLOCATED").tells("PaymentChanged", "Posted", "BreakOpened")
                .posts("CARD_RECEIVABLE +5000 EUR", "UNALLOCATED -5000 EUR");
        when("allocate P A by=Amina").then("SECOND_PERSON_NEEDED");
        when("allocate P A by=Badr").then("APPROVED").tells("PaymentChanged", "StampsChanged", "Posted")
                .posts("UNALLOCATED +5000 EUR", "HELD_CHANCERY -5000 EUR");
        when("resolve 1 by=Badr").then("OK").tells("BreakResolved");
        when("resolve 1 by=Badr").then("BREAK_STATE");
    }

    @Test
    void givenAnotherAmount_whenItIsApproved_thenNothingIsPaidByIt() {
        given("pay P A post=PARIS terminal=T1");
        when("approve P amount=4999 transaction=X1").then("UNALLOCATED").tells("PaymentChanged", "StampsChanged", "Posted", "BreakOpened");
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 5000 EUR, ISSUED");
        when("allocate P A by=Badr").then("AMOUNT_DIFFERS 5000");
        when("fail P REVERSED").then("RETURNED").tells("PaymentChanged", "Posted").posts("UNALLOCATED +4999 EUR", "CARD_RECEIVABLE -4999 EUR");
    }

    @Test
    void givenASecondCharge_whenItIsTold_thenItPaysForNothingAndIsGivenBack() {
        given("pay P A post=PARIS terminal=T1", "approve P amount=5000 transaction=X1");
        when("approve P amount=5000 transaction=X2").then("UNALLOCATED").tells("PaymentStarted", "PaymentChanged", "Posted", "BreakOpened");
        when("fail 2 REVERSED").then("RETURNED").posts("UNALLOCATED +5000 EUR", "CARD_RECEIVABLE -5000 EUR");
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 5000 EUR, PAID");
    }

    @Test
    void givenOneCharge_whenItIsToldOfTwoPayments_thenItPaysOnlyOne() {
        given("submit B Badr:passport", "issue B post=PARIS", "pay P A post=PARIS terminal=T1", "approve P amount=5000 transaction=X1",
                "pay Q B post=PARIS terminal=T1");
        when("approve Q amount=5000 transaction=X1").then("TRANSACTION_KNOWN");
    }

    @Test
    void givenAPaidStamp_whenThePaymentIsReversed_thenItCanBePaidAgain() {
        given("pay P A post=PARIS terminal=T1", "approve P amount=5000 transaction=X1");
        when("fail P DECLINED").then("PAYMENT_STATE APPROVED");
        when("fail P REVERSED").then("REVERSED").tells("PaymentChanged", "StampsChanged", "Posted").posts("HELD_CHANCERY +5000 EUR", "CARD_RECEIVABLE -5000 EUR");
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 5000 EUR, ISSUED");
    }

    @Test
    void givenAUsedStamp_whenTheMoneyIsChargedBack_thenItIsLostAndSomebodyHasToLook() {
        given("pay P A post=PARIS terminal=T1", "approve P amount=5000 transaction=X1", "09:00 use A post=PARIS");
        when("chargeBack P amount=4000").then("AMOUNT_DIFFERS 5000");
        when("chargeBack P amount=5000").then("CHARGED_BACK").tells("PaymentChanged", "StampsChanged", "Posted", "BreakOpened")
                .posts("CHARGE_BACK_LOSS +5000 EUR", "CARD_RECEIVABLE -5000 EUR");
    }

    @Test
    void givenABrokenTerminal_whenMoneyIsTakenAtTheCounter_thenReceiptsAreCountedByPost() {
        given("submit B Badr:card", "issue B post=PARIS");
        when("receipt P A post=PARIS amount=4999").then("AMOUNT_DIFFERS 5000");
        when("receipt P A post=PARIS amount=5000").then("RECEIPT 1").tells("PaymentStarted", "PaymentChanged", "StampsChanged", "Posted")
                .posts("COUNTER_CASH +5000 EUR", "HELD_CHANCERY -5000 EUR");
        when("receipt Q B post=PARIS amount=750").then("RECEIPT 2");
        when("closeBatch PARIS paid=5750/2").then("AGREES at 5750").posts("SETTLEMENT_UNDER_WAY +5750 EUR", "COUNTER_CASH -5750 EUR");
    }

    @Test
    void givenADayOnTheTerminal_whenItIsClosed_thenTheTreasurySettlesItWithItsCommission() {
        given("pay P A post=PARIS terminal=T1", "approve P amount=5000 transaction=X1");
        when("settle batch=1 gross=5000").then("BATCH_STATE");
        when("18:00 closeBatch PARIS terminal=T1 paid=5000/2").then("DIFFERS from 5000").tells("BatchClosed", "Posted", "BreakOpened");
        when("closeBatch PARIS terminal=T1 paid=5000/1").then("BATCH_UNKNOWN");
        when("settle batch=1 gross=4990").then("AMOUNT_DIFFERS 5000");
        when("settle batch=1 gross=4990 commission=90 break=1").then("OK").tells("BatchSettled", "Posted")
                .posts("TREASURY +4900 EUR", "ACQUIRER_COMMISSION +90 EUR", "SUSPENSE +10 EUR", "SETTLEMENT_UNDER_WAY -5000 EUR");
        when("settle batch=1 gross=5000").then("ALREADY_SETTLED");
    }

    @Test
    void givenMoneyPaidOnline_whenTheTreasuryConvertsIt_thenTheRateMakesADifference() {
        given("pay P A post=PARIS", "approve P amount=5000 transaction=X1");
        when("settle payment=P gross=5000 mad=49900").then("OK").posts("CONVERSION +5000 EUR", "ONLINE_RECEIVABLE -5000 EUR", "TREASURY +49900 MAD",
                "FX_DIFFERENCE +100 MAD", "CONVERSION -50000 MAD");
        when("settle payment=P gross=5000 mad=49900").then("ALREADY_SETTLED");
    }

    @Test
    void givenCoreVersionTwo_whenSomebodyPays_thenItIsNotTaken() {
        final Story older = new Story() {
        };
        older.given("coreVersion 2", "post PARIS", "rate PARIS", "service passport", "tariff passport centimes=50000", "submit A Ali:passport", "issue A post=PARIS");
        older.when("pay P A post=PARIS").then("CORE_VERSION_UNSUPPORTED");
        older.when("void A").then("OK").tells("StampVoided");
    }
}
