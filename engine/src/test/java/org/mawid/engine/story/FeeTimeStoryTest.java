package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each service says when its fee is to be paid at the latest: at the post, before the visit, or before it is confirmed. */
class FeeTimeStoryTest extends Story {
    @BeforeEach
    void twoServicesInParis() {
        given("07:00 coreVersion 4");
        world(this);
    }

    private static void world(final Story story) {
        story.given("post PARIS currency=EUR digits=2 round=1", "rate PARIS micro=10000000", "service passport minutes=15", "tariff passport centimes=50000", "service card minutes=15",
                "tariff card centimes=7500", "desk PARIS/D1 serves=passport,card", "day PARIS/D1 09:00..10:00 places=9", "submit A Ali:passport");
    }

    @Test
    void givenNothingWasSaid_whenAVisitIsConfirmedAndCheckedIn_thenTheFeeIsPaidAtThePost() {
        given("hold A PARIS/D1@09:15+3 stamps", "confirm A");
        when("09:00 checkIn A").then("TICKET 1");
    }

    @Test
    void givenAFeeBeforeTheVisit_whenItIsNotPaid_thenTheVisitIsConfirmedAndNotCheckedInBeforeItIs() {
        when("feeTime passport BEFORE_VISIT").then("OK").tells("FeeTimeSet");
        given("hold A PARIS/D1@09:15+3 stamps", "confirm A");
        when("09:00 checkIn A").then("STAMP_STATE");
        given("pay P A post=PARIS");
        when("09:01 checkIn A").then("STAMP_STATE");
        given("approve P amount=5000 transaction=X1");
        when("09:02 checkIn A").then("TICKET 1");
    }

    @Test
    void givenAFeeBeforeTheConfirmation_whenItIsPaidWhileTheVisitIsHeld_thenItIsConfirmed() {
        given("feeTime passport BEFORE_CONFIRM");
        when("08:00 hold A PARIS/D1@09:15+3 stamps").then("HELD until 08:10");
        when("08:01 confirm A").then("STAMP_STATE");
        when("08:01 confirm A stamps").then("STAMP_STATE");
        given("08:02 pay P A post=PARIS", "approve P amount=5000 transaction=X1");
        when("08:09 confirm A").then("CONFIRMED for 09:15");
        when("09:00 checkIn A").then("TICKET 1");
    }

    @Test
    void givenAFeeBeforeTheConfirmation_whenNobodyPays_thenTheHoldExpiresAsEver() {
        given("feeTime passport BEFORE_CONFIRM", "08:00 hold A PARIS/D1@09:15+3 stamps");
        when("08:09 confirm A").then("STAMP_STATE");
        when("08:10 confirm A").then("HOLD_EXPIRED");
        given("tick", "08:11 hold A PARIS/D1@09:15+3");
    }

    @Test
    void givenAFeeBeforeTheConfirmation_whenTheMoneyIsTakenBackAgain_thenTheVisitIsNotCheckedIn() {
        given("feeTime passport BEFORE_CONFIRM", "hold A PARIS/D1@09:15+3 stamps", "pay P A post=PARIS", "approve P amount=5000 transaction=X1", "confirm A", "fail P REVERSED");
        when("09:00 checkIn A").then("STAMP_STATE");
    }

    @Test
    void givenAFeeThatIsWaived_orNoFeeAtAll_whenConfirmed_thenNothingIsAsked() {
        given("feeTime passport BEFORE_CONFIRM", "feeTime card BEFORE_CONFIRM", "hold A PARIS/D1@09:15+3 stamps", "propose A waiver by=Amina", "decide A waiver by=Badr");
        when("confirm A").then("CONFIRMED for 09:15");
        given("tariff card centimes=0 version=2", "submit B Badr:card", "hold B PARIS/D1@09:15+3 stamps");
        when("confirm B").then("CONFIRMED for 09:15");
    }

    @Test
    void givenSeveralLines_whenOneOfThemHasToBePaidBefore_thenOnlyThatOneIsAskedFor() {
        given("feeTime passport BEFORE_CONFIRM", "submit B Badr:passport,card", "hold B PARIS/D1@09:15+6 stamps");
        when("confirm B").then("STAMP_STATE");
        given("pay P B post=PARIS stamps=1", "approve P amount=5000 transaction=X1");
        when("confirm B").then("CONFIRMED for 09:15");
        assertThat(stamps()).contains("line 1: 7500 centimes, 750 EUR, ISSUED");
    }

    @Test
    void givenAWalkIn_whenItsFeeIsToBePaidBefore_thenItIsPaidAtThePostAllTheSame() {
        given("feeTime passport BEFORE_CONFIRM");
        when("09:00 walkIn B PARIS/D1 Badr:passport stamps").then("TICKET 1");
    }

    @Test
    void givenARule_whenItIsTakenBack_thenItIsAtThePostAgain_andAnUnknownServiceHasNone() {
        given("feeTime passport BEFORE_CONFIRM", "feeTime passport AT_POST", "hold A PARIS/D1@09:15+3");
        when("confirm A").then("CONFIRMED for 09:15");
        when("feeTime nothing AT_POST").then("SERVICE_UNKNOWN");
    }

    @Test
    void givenCoreVersionThree_whenARuleIsSaid_thenItIsNotTaken() {
        final Story older = new Story() {
        };
        older.given("coreVersion 3");
        world(older);
        older.when("feeTime passport BEFORE_CONFIRM").then("CORE_VERSION_UNSUPPORTED");
        older.given("hold A PARIS/D1@09:15+3", "confirm A");
    }
}
