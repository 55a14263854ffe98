package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a stamp after it was paid, or when it never is. 500.00 MAD are 50.00 EUR in Paris. */
class StampLifeStoryTest extends Story {
    @BeforeEach
    void aPaidStampInParis() {
        given("07:00 coreVersion 3", "post PARIS currency=EUR digits=2 round=1", "rate PARIS micro=10000000", "service passport minutes=15",
                "tariff passport centimes=50000", "service card minutes=15", "tariff card centimes=7500", "desk PARIS/D1 serves=passport,card",
                "day PARIS/D1 09:00..10:00 places=9", "day PARIS/D1 09:00..10:00 places=9 date=40", "terminal T1 PARIS", "submit A Ali:passport",
                "issue A post=PARIS", "pay P A post=PARIS terminal=T1 by=Amina", "approve P amount=5000 transaction=X1");
    }

    @Test
    void givenACancelledVisit_whenThePersonComesElsewhere_thenTheStampIsUsedInAnotherCurrency() {
        given("post TOKYO currency=JPY digits=0 round=1", "rate TOKYO micro=62500", "hold A PARIS/D1@09:00+3", "confirm A", "cancel A");
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 5000 EUR, PAID");
        when("10:00 use A post=TOKYO").then("OK").tells("StampsChanged", "Posted").posts("HELD_CHANCERY +5000 EUR", "INTER_POST -5000 EUR",
                "INTER_POST +50000 MAD", "EARNED_CHANCERY -50000 MAD");
        when("10:05 use A post=PARIS").then("STAMP_ALREADY_CONSUMED at 10:00 in 2");
    }

    @Test
    void givenARejectedLine_whenARefundIsAsked_thenItTakesTwoPersonsAndNeverTheCollector() {
        given("reject A");
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 5000 EUR, PAID");
        when("use A post=PARIS").then("LINE_STATE");
        when("propose A refund by=Badr").then("OK").tells("StampProposed", "StampsChanged");
        when("decide A refund by=Badr").then("SECOND_PERSON_NEEDED");
        when("decide A refund by=Amina").then("SECOND_PERSON_NEEDED");
        when("refund A amount=5000").then("STAMP_STATE");
        when("decide A refund by=Chadia").then("OK").tells("StampDecided", "Posted").posts("HELD_CHANCERY +5000 EUR", "REFUNDS_PAYABLE -5000 EUR");
        when("refund A amount=4000").then("AMOUNT_DIFFERS 5000");
        when("refund A amount=5000").then("OK").tells("PaymentChanged", "StampsChanged", "Posted").posts("REFUNDS_PAYABLE +5000 EUR", "CARD_RECEIVABLE -5000 EUR");
        when("refund A amount=5000").then("OK").tells();
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 5000 EUR, REFUNDED");
    }

    @Test
    void givenARefundThatIsRefused_whenDecided_thenTheStampIsPaidAsBefore() {
        given("propose A refund by=Badr");
        when("decide A refund refused by=Chadia").then("OK").tells("StampDecided", "StampsChanged").posts();
        when("decide A refund by=Chadia").then("NOT_PROPOSED");
        when("use A post=PARIS").then("OK");
    }

    @Test
    void givenARejectedLine_whenThePersonAsksAgain_thenTheMoneyPaysForTheNewLineAtTheOldPrice() {
        given("tariff passport centimes=60000 version=2", "submit B Badr:passport");
        when("reuse A B").then("LINE_STATE");
        given("reject A", "submit C Ali:passport", "submit D Ali:card");
        when("reuse A B").then("STAMP_DOES_NOT_FIT");
        when("reuse A D").then("STAMP_DOES_NOT_FIT");
        when("reuse A C").then("OK").tells("StampsIssued", "PaymentChanged", "PaymentStarted", "PaymentChanged", "StampsChanged", "StampVoided").posts();
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 5000 EUR, VOID", "line 0: 50000 centimes, 5000 EUR, PAID");
        when("reuse A C").then("STAMP_STATE");
        when("use C post=PARIS").then("OK").posts("HELD_CHANCERY +5000 EUR", "EARNED_CHANCERY -5000 EUR");
    }

    @Test
    void givenSomebodyWhoCannotPay_whenTwoPersonsWaive_thenTheStampIsUsedWithoutMoney() {
        given("submit B Badr:passport", "issue B post=PARIS", "propose B waiver by=Amina");
        when("pay Q B post=PARIS").then("ALREADY_PROPOSED");
        when("void B").then("ALREADY_PROPOSED");
        when("decide B waiver by=Amina").then("SECOND_PERSON_NEEDED");
        when("decide B waiver by=Chadia").then("OK").tells("StampDecided", "StampsChanged");
        when("09:00 use B post=PARIS").then("OK").tells("StampsChanged");
        when("use B post=PARIS").then("STAMP_ALREADY_CONSUMED at 09:00 in 1");
        assertThat(stamps()).contains("line 0: 50000 centimes, 5000 EUR, WAIVED");
    }

    @Test
    void givenAMistakenUse_whenItIsTakenBackTheSameDay_thenTheStampIsPaidAgain() {
        given("09:00 use A post=PARIS", "propose A reversal by=Badr");
        when("decide A reversal by=Badr").then("SECOND_PERSON_NEEDED");
        when("decide A reversal by=Amina").then("OK").tells("StampDecided", "StampsChanged", "Posted")
                .posts("EARNED_CHANCERY +5000 EUR", "HELD_CHANCERY -5000 EUR");
        when("09:10 use A post=PARIS").then("OK");
        when("+1d@09:00 propose A reversal by=Badr date=1").then("NOT_TODAY");
    }

    @Test
    void givenAMistakenUse_whenNobodyAgreesOnTheSameDay_thenItIsTooLate() {
        given("09:00 use A post=PARIS", "propose A reversal by=Badr");
        when("+1d@09:00 decide A reversal by=Amina date=1").then("NOT_TODAY");
        when("+5d@09:00 decide A reversal by=Amina").then("NOT_TODAY");
        when("decide A reversal refused by=Amina").then("OK").tells("StampDecided").posts();
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 5000 EUR, CONSUMED");
    }

    @Test
    void givenStampsThatRest_whenTheirTimeIsOver_thenUnpaidOnesLapseAndPaidOnesAreForfeited() {
        given("submit B Badr:passport", "issue B post=PARIS", "stampRules lapse=PT48H validity=P30D");
        when("+1d@23:00 tick").then("OK").tells();
        when("+2d@07:00 tick").then("OK").tells("StampsChanged").posts();
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 5000 EUR, PAID", "line 0: 50000 centimes, 5000 EUR, LAPSED");
        when("issue B post=PARIS").then("OK");
        when("+30d@07:00 tick").tells("StampsChanged", "StampsChanged", "Posted").posts("HELD_CHANCERY +5000 EUR", "FORFEITED_CHANCERY -5000 EUR");
        assertThat(stamps()).startsWith("line 0: 50000 centimes, 5000 EUR, FORFEITED");
    }

    /** Under core version 3 a younger stamp of a lower number stands before it. */
    @Test
    void givenAStampThatIsReused_whenTheTimeOfTheFirstIsOver_thenItIsForfeitedThen() {
        given("coreVersion 7", "stampRules validity=P30D", "+5d@07:00 submit B Badr:passport", "issue B post=PARIS", "pay Q B post=PARIS terminal=T1 by=Amina",
                "approve Q amount=5000 transaction=X2", "+10d@07:00 reject A", "submit C Ali:passport", "reuse A C");
        when("+30d@06:59 tick").tells();
        when("+30d@07:00 tick").tells("StampsChanged", "Posted").posts("HELD_CHANCERY +5000 EUR", "FORFEITED_CHANCERY -5000 EUR");
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 5000 EUR, VOID", "line 0: 50000 centimes, 5000 EUR, PAID", "line 0: 50000 centimes, 5000 EUR, FORFEITED");
    }

    @Test
    void givenAVisitAhead_whenTheTimeOfTheStampIsOver_thenItWaitsUntilTheVisitEnds() {
        given("stampRules validity=P30D", "hold A PARIS/D1@09:00+3 date=40", "confirm A");
        when("+31d@07:00 tick").then("OK").tells();
        when("cancel A").tells("AppointmentChanged", "RoomChanged", "StampsChanged", "Posted").posts("HELD_CHANCERY +5000 EUR", "FORFEITED_CHANCERY -5000 EUR");
    }

    @Test
    void givenAPaymentUnderWay_whenItsLineEnds_thenTheMoneyIsThereAndTheStampGoesWithTheLineOtherwise() {
        given("submit B Badr:passport", "issue B post=PARIS", "pay Q B post=PARIS", "withdraw B");
        when("fail Q DECLINED").then("DECLINED").tells("PaymentChanged", "StampVoided");
        given("submit C Chadia:passport", "issue C post=PARIS", "pay R C post=PARIS", "withdraw C");
        when("approve R amount=5000 transaction=X9").then("APPROVED").tells("PaymentChanged", "StampsChanged", "Posted");
        when("propose C refund by=Badr").then("OK");
    }

    @Test
    void givenAUseThatSomebodyProposesToTakeBack_whenTheApplicationIsRetired_thenNothingOfItIsLeft() {
        given("rules retainMs=0", "09:00 walkIn A PARIS/D1 lines=0", "use A post=PARIS", "call A", "serve A", "propose A reversal by=Badr");
        when("retire A").then("OK").tells("ApplicationRetired");
        assertThat(stamps()).isEmpty();
        core().check();
    }
}
