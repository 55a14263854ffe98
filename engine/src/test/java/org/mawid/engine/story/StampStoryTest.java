package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a stamp costs, when it is issued, and what becomes of it. The rate is in millionths of a dirham for one unit of the currency. */
class StampStoryTest extends Story {
    @BeforeEach
    void aDeskInParis() {
        given("07:00 post PARIS currency=EUR digits=2 round=10", "rate PARIS micro=10850000", "service passport minutes=15", "tariff passport centimes=50000",
                "service card minutes=10 validated", "tariff card centimes=7500", "service help minutes=5", "tariff help centimes=0",
                "service rare minutes=5", "desk PARIS/D1 serves=passport,card,help,rare", "day PARIS/D1 09:00..10:00 places=9",
                "submit A Ali:passport", "submit B Badr:card", "submit C Chadia:help", "submit D Driss:rare");
    }

    @Test
    void givenATariffAndARate_whenIssued_thenThePriceIsFrozenInBothCurrencies() {
        when("issue A post=PARIS").then("OK").tells("StampsIssued");
        // 500.00 MAD at 10.85 are 46.0829 EUR, to ten cents 46.10.
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 4610 EUR, ISSUED");
        given("rate PARIS micro=9000000", "tariff passport centimes=60000 version=2");
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 4610 EUR, ISSUED");
        when("issue A post=PARIS").then("STAMP_ALREADY_ISSUED");
    }

    @Test
    void givenCurrenciesWithoutAndWithThreeDecimals_whenIssued_thenRoundedOnceHalfUp() {
        given("post TOKYO currency=JPY digits=0 round=1", "rate TOKYO micro=62500", "post TUNIS currency=TND digits=3 round=1",
                "rate TUNIS micro=3200000", "post DAKAR currency=XOF digits=0 round=5", "rate DAKAR micro=16000",
                "tariff passport centimes=50003 version=2", "submit E Emna:passport*3", "submit F Fares:passport", "submit G Ghita:passport*2");
        given("issue E post=TOKYO", "issue F post=TUNIS", "issue G post=DAKAR");
        // 1500.09 MAD / 0.0625 = 24 001.44 yen; 500.03 / 3.2 = 156.259375 dinars; 1000.06 / 0.016 = 62 503.75 francs, to five.
        assertThat(stamps()).containsExactly("line 0: 150009 centimes, 24001 JPY, ISSUED", "line 0: 50003 centimes, 156259 TND, ISSUED",
                "line 0: 100006 centimes, 62505 XOF, ISSUED");
    }

    @Test
    void givenExactlyHalfAStep_whenIssued_thenUp() {
        given("post TOKYO currency=JPY digits=0 round=100", "rate TOKYO micro=1000000", "tariff passport centimes=15000 version=2", "submit E Emna:passport",
                "issue E post=TOKYO", "tariff passport centimes=14999 version=3", "submit F Fares:passport", "issue F post=TOKYO");
        assertThat(stamps()).containsExactly("line 0: 15000 centimes, 200 JPY, ISSUED", "line 0: 14999 centimes, 100 JPY, ISSUED");
    }

    @Test
    void givenATariffOfTomorrow_whenIssued_thenTheOneInForceCounts() {
        given("tariff passport centimes=60000 version=2 from=08:00");
        given("07:59:59.999 issue A post=PARIS", "submit E Emna:passport", "08:00 issue E post=PARIS");
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 4610 EUR, ISSUED", "line 0: 60000 centimes, 5530 EUR, ISSUED");
    }

    @Test
    void givenAHoldWithStamps_whenItCannotHaveThem_thenThereIsNoHoldEither() {
        when("08:00 hold D PARIS/D1@09:00+1 stamps").then("TARIFF_UNKNOWN");
        assertThat(unit("PARIS/D1", "09:00")).isEqualTo("9/0/0/0");
        assertThat(stamps()).isEmpty();
        given("post LYON", "desk LYON/D1 serves=passport", "day LYON/D1 09:00..10:00 places=9");
        when("hold A LYON/D1@09:00+3 stamps").then("RATE_UNKNOWN");
        given("rules maxStamps=1", "validate B", "issue B post=PARIS");
        when("hold A PARIS/D1@09:00+3 stamps").then("STAMPS_FULL");
        when("hold A PARIS/D1@09:00+3").then("HELD until 08:10");
        when("confirm A stamps").then("STAMPS_FULL");
        assertThat(lines("A")).isEqualTo("VALIDATED held");
        given("rules maxStamps=2");
        when("confirm A stamps").then("CONFIRMED for 09:00").tells("Confirmed", "StampsIssued");
        assertThat(stamps()).hasSize(2);
    }

    @Test
    void givenStampsWithTheHold_whenConfirmedWithStamps_thenNoneTwice() {
        when("08:00 hold A PARIS/D1@09:00+3 stamps").then("HELD until 08:10").tells("Held", "RoomChanged", "StampsIssued");
        when("confirm A stamps").then("CONFIRMED for 09:00").tells("Confirmed");
        assertThat(stamps()).hasSize(1);
        given("cancel A");
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 4610 EUR, ISSUED");
        when("hold A PARIS/D1@09:30+3 stamps").then("HELD until 08:10").tells("Held", "RoomChanged");
    }

    @Test
    void givenAFreeService_whenAsked_thenNoStampIsNeeded() {
        when("issue C post=PARIS").then("STAMP_NOT_NEEDED");
        when("08:00 hold C PARIS/D1@09:00+1 stamps").then("HELD until 08:10").tells("Held", "RoomChanged");
        assertThat(stamps()).isEmpty();
    }

    @Test
    void givenALineThatIsNotValidated_whenIssued_thenNotValidated() {
        when("issue B post=PARIS").then("NOT_VALIDATED");
        when("issue B post=9").then("POST_UNKNOWN");
        when("issue B post=PARIS lines=1").then("LINE_UNKNOWN");
        when("issue Z post=PARIS").then("APPLICATION_UNKNOWN");
        when("issue D post=PARIS").then("TARIFF_UNKNOWN");
    }

    @Test
    void givenAStamp_whenVoided_thenTheLineMayHaveAnother() {
        given("issue A post=PARIS");
        when("void A stamp=1").then("OK").tells("StampVoided");
        when("void A stamp=1").then("STAMP_STATE");
        when("void A stamp=2").then("STAMP_UNKNOWN");
        when("issue A post=PARIS").then("OK");
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 4610 EUR, VOID", "line 0: 50000 centimes, 4610 EUR, ISSUED");
    }

    @Test
    void givenALineThatEnds_whenNobodyHasPaidItsStamp_thenTheStampEndsWithIt() {
        given("validate B", "issue A post=PARIS", "issue B post=PARIS");
        when("withdraw A").tells("LinesDecided", "StampVoided");
        when("reject B").tells("LinesDecided", "StampVoided");
        assertThat(stamps()).allMatch(stamp -> stamp.endsWith("VOID"));
    }

    /** A stamp of A is issued and made void, so often; nobody else has one. */
    private void goingRound(final int times) {
        for (int i = 0; i < times; i++) {
            given("issue A post=PARIS", "void A stamp=" + (core().counts().of("stamps") + 1));
        }
    }

    @Test
    void givenAnApplicationWithAllItsStamps_whenOneMoreIsAskedInAnyWay_thenTheLimitIsReachedAndNothingIsHalfDone() {
        given("coreVersion 2", "rules maxStamps=258", "submit E Emna:passport,card", "validate E lines=1");
        goingRound(255);
        when("issue A post=PARIS").then("OK").tells("StampsIssued");
        given("void A stamp=256");
        assertThat(stamps()).hasSize(256);
        when("issue A post=PARIS").then("LIMIT_REACHED");
        when("hold A PARIS/D1@09:00+3 stamps").then("LIMIT_REACHED");
        assertThat(unit("PARIS/D1", "09:00")).isEqualTo("9/0/0/0");
        when("hold A PARIS/D1@09:00+3").then("HELD until 07:10");
        when("confirm A stamps").then("LIMIT_REACHED");
        assertThat(lines("A")).isEqualTo("VALIDATED held");
        given("release A");
        when("walkIn A PARIS/D1 lines=0 stamps").then("LIMIT_REACHED");
        when("walkIn A PARIS/D1 lines=0").then("TICKET 1");
        when("issue E post=PARIS").then("OK");
        when("issue B post=PARIS").then("NOT_VALIDATED");
        given("validate B");
        when("issue A post=PARIS").then("LIMIT_REACHED");
        when("issue B post=PARIS").then("STAMPS_FULL");
    }

    @Test
    void givenTwoLines_whenTheApplicationHasRoomForOneStampMore_thenBothTogetherAreRefusedAndEitherAloneIsNot() {
        given("coreVersion 2", "submit E Emna:passport,help Fares:passport");
        for (int i = 0; i < 255; i++) {
            given("issue E post=PARIS lines=0", "void E stamp=" + (i + 1));
        }
        when("issue E post=PARIS lines=0,2").then("LIMIT_REACHED");
        when("hold E PARIS/D1@09:00+3:0 PARIS/D1@09:00+3:2 stamps").then("LIMIT_REACHED");
        when("issue E post=PARIS lines=2").then("OK");
        when("hold E PARIS/D1@09:00+3:2 stamps").then("HELD until 07:10").tells("Held", "RoomChanged");
        when("hold E PARIS/D1@09:00+1:1 stamps").then("HELD until 07:10").tells("Held", "RoomChanged");
    }

    @Test
    void givenStampsOfBothCoreVersions_whenCounted_thenThoseOfTheFirstCountToo() {
        goingRound(200);
        given("coreVersion 2");
        goingRound(56);
        when("issue A post=PARIS").then("LIMIT_REACHED");
        core().check();
    }

    @Test
    void givenMoreStampsThanThereMayBe_whenTheRulesBegin_thenTheyStayAndNoneComes() {
        goingRound(300);
        given("issue A post=PARIS", "coreVersion 2");
        when("hold A PARIS/D1@09:00+3 stamps").then("HELD until 07:10").tells("Held", "RoomChanged");
        given("void A stamp=301");
        when("issue A post=PARIS").then("LIMIT_REACHED");
        assertThat(stamps()).hasSize(301);
    }

    @Test
    void givenAPostWithARate_whenItsCurrencyOrItsDigitsChange_thenNoPriceUntilTheNextRate() {
        given("coreVersion 2", "submit E Emna:passport", "submit F Fares:passport");
        when("post PARIS currency=EUR digits=2 round=50").tells("PostDefined");
        when("issue A post=PARIS").then("OK");
        when("post PARIS currency=XOF digits=2 round=5").tells("PostDefined", "RateSet");
        when("issue E post=PARIS").then("RATE_UNKNOWN");
        when("hold E PARIS/D1@09:00+3 stamps").then("RATE_UNKNOWN");
        when("walkIn G PARIS/D1 Ghita:passport stamps").then("RATE_UNKNOWN");
        when("post PARIS currency=XOF digits=0 round=5").tells("PostDefined");
        given("rate PARIS micro=16000");
        when("issue E post=PARIS").then("OK");
        when("post PARIS currency=XOF digits=2 round=5").tells("PostDefined", "RateSet");
        when("issue F post=PARIS").then("RATE_UNKNOWN");
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 4600 EUR, ISSUED", "line 0: 50000 centimes, 31250 XOF, ISSUED");
    }

    @Test
    void givenCoreVersionOne_whenAPostChangesItsCurrency_thenItKeepsTheRateAsEver() {
        when("post PARIS currency=XOF digits=0 round=5").tells("PostDefined");
        when("issue A post=PARIS").then("OK");
        given("coreVersion 2");
        when("post PARIS currency=XOF digits=0 round=1").tells("PostDefined");
        given("submit E Emna:passport");
        when("issue E post=PARIS").then("OK");
    }

    @Test
    void givenAStamp_whenTheActIsDone_thenItStays() {
        given("08:30 walkIn W PARIS/D1 Emna:passport stamps", "call W", "serve W");
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 4610 EUR, ISSUED");
        when("walkIn X PARIS/D1 Fares:rare stamps").then("TARIFF_UNKNOWN");
        assertThat(lines("X")).isEqualTo("none");
    }
}
