package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keeping a visit until a deadline: who gets it, who does not and why, and when it comes back. */
class HoldStoryTest extends Story {
    @BeforeEach
    void aDeskInParis() {
        given("07:00 post PARIS", "service passport minutes=15", "service card minutes=10 validated", "service pickup walkup",
                "desk PARIS/D1 serves=passport,card,pickup", "day PARIS/D1 09:00..10:00 places=1",
                "submit A1 Yasmine:passport", "submit A2 Omar:passport");
    }

    @Test
    void givenTheLastCounterIsHeld_whenAnotherAsks_thenHeldByOtherUntilTheHoldExpires() {
        when("08:00 hold A1 PARIS/D1@09:15+3").then("HELD until 08:10").tells("Held", "RoomChanged");
        assertThat(unit("PARIS/D1", "09:15")).isEqualTo("1/0/1/0");
        when("08:05 hold A2 PARIS/D1@09:20+3").then("HELD_BY_OTHER");
        when("08:10 tick").then("OK").tells("HoldExpired", "RoomChanged");
        assertThat(unit("PARIS/D1", "09:15")).isEqualTo("1/0/0/0");
        when("08:11 hold A2 PARIS/D1@09:20+3").then("HELD until 08:21");
    }

    @Test
    void givenADeadlineThatPassed_whenNoTickHasCome_thenTheHoldIsOverButItsRoomIsNotBackYet() {
        given("08:00 hold A1 PARIS/D1@09:15+3");
        when("08:09:59.999 hold A2 PARIS/D1@09:15+3").then("HELD_BY_OTHER");
        when("08:10 confirm A1").then("HOLD_EXPIRED");
        when("08:10 release A1").then("HOLD_EXPIRED");
        when("08:10 hold A2 PARIS/D1@09:15+3").then("HELD_BY_OTHER");
        when("08:10 tick").tells("HoldExpired", "RoomChanged");
        when("08:10 confirm A1").then("HOLD_EXPIRED");
        when("08:10 hold A2 PARIS/D1@09:15+3").then("HELD until 08:20");
    }

    @Test
    void givenTheLastMomentOfAHold_whenConfirmed_thenItIsAnAppointment() {
        given("08:00 hold A1 PARIS/D1@09:15+3");
        when("08:09:59.999 confirm A1").then("CONFIRMED for 09:15").tells("Confirmed");
        assertThat(unit("PARIS/D1", "09:15")).isEqualTo("1/1/0/0");
        assertThat(lines("A1")).isEqualTo("VALIDATED booked");
        when("08:10 confirm A1").then("HOLD_EXPIRED");
        when("08:30 tick").then("OK").tells();
        when("08:30 hold A2 PARIS/D1@09:15+3").then("SOLD_OUT");
    }

    @Test
    void givenAHoldGivenBack_whenAnotherAsks_thenTheRoomIsThere() {
        given("08:00 hold A1 PARIS/D1@09:15+3");
        when("08:01 release A1").then("OK").tells("HoldReleased", "RoomChanged");
        assertThat(lines("A1")).isEqualTo("VALIDATED");
        when("08:01 hold A2 PARIS/D1@09:15+3").then("HELD until 08:11");
        when("08:02 confirm 1").then("HOLD_EXPIRED");
        when("08:02 confirm 3").then("HOLD_UNKNOWN");
    }

    @Test
    void givenNoRoom_whenAsked_thenTheReasonSaysWhetherItMayComeBack() {
        given("rules holdsPerPerson=4", "capacity PARIS/D1 09:00..10:00 places=2", "submit A3 Leila:passport", "submit A4 Karim:passport");
        given("08:00 hold A1 PARIS/D1@09:00+3", "hold A2 PARIS/D1@09:00+3");
        when("hold A3 PARIS/D1@09:00+3").then("HELD_BY_OTHER");
        given("confirm A1");
        when("hold A3 PARIS/D1@09:00+3").then("HELD_BY_OTHER");
        given("confirm A2");
        when("hold A3 PARIS/D1@09:00+3").then("SOLD_OUT");
        given("hold A3 PARIS/D1@09:15+3");
        // One unit sold out is worse than one that is held: it will not come back.
        when("hold A4 PARIS/D1@09:10+3").then("SOLD_OUT");
        given("capacity PARIS/D1 09:30..10:00 places=2 withheld=2");
        when("hold A4 PARIS/D1@09:30+3").then("SOLD_OUT");
        given("capacity PARIS/D1 09:30..10:00 places=0");
        when("hold A4 PARIS/D1@09:30+3").then("CLOSED");
        when("hold A4 PARIS/D1@09:50+3").then("SLOT_UNKNOWN");
    }

    @Test
    void givenADayThatIsNotReleasedYet_whenAsked_thenTheAnswerSaysWhen() {
        given("day PARIS/D1 09:00..10:00 places=1 date=1 released=08:30");
        when("08:29:59.999 hold A1 PARIS/D1@09:00+3 date=1").then("NOT_YET_RELEASED until 08:30");
        when("08:30 hold A1 PARIS/D1@09:00+3 date=1").then("HELD until 08:40");
    }

    @Test
    void givenAVisitThatBeginsNow_whenAsked_thenItIsPast() {
        when("09:00 hold A1 PARIS/D1@09:00+3").then("IN_THE_PAST");
        when("09:04:59.999 hold A1 PARIS/D1@09:05+3").then("HELD until 09:14:59.999");
    }

    /** The order of the checks is public contract: it fixes which answer wins. Each sentence has its fault and all later ones. */
    @Test
    void givenManyThingsWrongAtOnce_whenHeld_thenTheFirstOfTheContractIsTheAnswer() {
        given("rules maxHolds=1 holdsPerPerson=1 holdBudget=1 holdBudgetRefillMs=3600000", "post LYON", "desk LYON/D1", "resource PARIS/bio",
                "service visa minutes=20 validated needs=ADOUL_PAIR", "desk PARIS/D2 serves=passport,visa",
                "day PARIS/D1 09:00..10:00 places=1 align=3 released=08:30", "day PARIS/D2 06:00..10:00 places=1",
                "submit B Nadia:passport,card,pickup", "validate B lines=1", "submit C Sami:passport", "submit D Hind:visa");
        when("08:00 hold A9 PARIS/bio@09:05+9").then("APPLICATION_UNKNOWN");
        when("hold B PARIS/bio@09:05+9:0,5").then("LINE_UNKNOWN");
        when("hold B PARIS/bio@09:05+9:0 LYON/D1@09:05+9:0").then("LEGS_DO_NOT_COVER");
        when("hold D PARIS/bio@09:05+9").then("NOT_VALIDATED");
        when("hold B PARIS/bio@09:05+9:2").then("NO_APPOINTMENT_NEEDED");
        when("hold A1 PARIS/bio@09:05+9").then("POOL_UNKNOWN");
        when("hold B PARIS/D1@09:05+3:0 LYON/D1@09:05+9:1").then("VISIT_SPLIT");
        when("hold A1 LYON/D1@09:05+9").then("DESK_DOES_NOT_SERVE");
        given("validate D");
        when("hold D PARIS/D2@09:05+9").then("RESOURCE_MISSING");
        when("hold A1 PARIS/D1@09:05+9").then("UNITS_DO_NOT_MATCH 3");
        when("hold B PARIS/D1@09:05+3:0 PARIS/D1@09:10+2:1").then("LEGS_OVERLAP");
        given("hold A1 PARIS/D2@09:00+3", "submit A3 Yasmine:card", "validate A3");
        when("hold A1 PARIS/D1@09:05+3").then("LINE_TAKEN");
        when("hold A3 PARIS/D1@09:55+2").then("LIMIT_REACHED");
        given("release A1");
        when("hold A3 PARIS/D1@09:55+2").then("HOLD_BUDGET_SPENT until 09:00");
        when("hold A2 PARIS/D1@09:55+3").then("SLOT_UNKNOWN");
        when("hold A2 PARIS/D2@07:55+3").then("IN_THE_PAST");
        when("hold A2 PARIS/D1@09:05+3").then("NOT_YET_RELEASED until 08:30");
        when("08:31 hold A2 PARIS/D1@09:05+3").then("NOT_ALIGNED");
        given("hold C PARIS/D2@09:15+3");
        when("hold A2 PARIS/D2@09:20+3 stamps").then("HELD_BY_OTHER");
        when("hold A2 PARIS/D1@09:15+3 stamps").then("HOLDS_FULL");
        given("rules maxHolds=9");
        when("hold A2 PARIS/D1@09:15+3 stamps").then("TARIFF_UNKNOWN");
        when("hold A2 PARIS/D1@09:15+3").then("HELD until 08:41");
    }

    @Test
    void givenAPersonWithAsManyHoldsAsOneMayHave_whenAnotherAsksForThem_thenTheLimitCountsThePersonServed() {
        given("rules holdsPerPerson=2", "capacity PARIS/D1 09:00..10:00 places=9", "submit B1 Yasmine:card", "validate B1",
                "service birth minutes=5", "desk PARIS/D1 serves=birth", "submit B2 Yasmine:birth Omar:birth");
        given("08:00 hold A1 PARIS/D1@09:00+3", "hold B1 PARIS/D1@09:15+2");
        when("hold B2 PARIS/D1@09:30+1:0,1").then("LIMIT_REACHED");
        when("hold B2 PARIS/D1@09:30+1:1").then("HELD until 08:10");
        given("confirm A1");
        when("hold B2 PARIS/D1@09:30+1:0").then("HELD until 08:10");
    }

    @Test
    void givenHoldAndReleaseInALoop_whenTheBudgetIsSpent_thenOnlyTimeBringsItBack() {
        given("rules holdBudget=3 holdBudgetRefillMs=600000");
        for (int i = 0; i < 3; i++) {
            given("08:00 hold A1 PARIS/D1@09:15+3", "release A1");
        }
        when("08:00 hold A1 PARIS/D1@09:15+3").then("HOLD_BUDGET_SPENT until 08:10");
        when("08:09:59.999 hold A1 PARIS/D1@09:15+3").then("HOLD_BUDGET_SPENT until 08:10");
        when("08:10 hold A1 PARIS/D1@09:15+3").then("HELD until 08:20");
        given("release A1");
        when("08:10 hold A1 PARIS/D1@09:15+3").then("HOLD_BUDGET_SPENT until 08:20");
        when("08:10 hold A2 PARIS/D1@09:15+3").then("HELD until 08:20");
        // A person who withdraws everything and comes again is still the same person.
        given("withdraw A1", "submit A3 Yasmine:passport");
        when("08:19 hold A3 PARIS/D1@09:30+3").then("HOLD_BUDGET_SPENT until 08:20");
    }

    @Test
    void givenMoreExpiriesThanOneTickMayDo_whenTicked_thenTheyEndInOrderOfDeadlineAndTheRestIsStillDue() {
        given("rules expiredPerTick=2 holdTtlMs=60000", "capacity PARIS/D1 09:00..10:00 places=9", "submit A3 Leila:passport");
        given("08:00 hold A1 PARIS/D1@09:00+3", "hold A2 PARIS/D1@09:00+3", "hold A3 PARIS/D1@09:00+3");
        when("08:01 tick").tells("HoldExpired", "RoomChanged", "HoldExpired", "RoomChanged");
        assertThat(lines("A3")).isEqualTo("VALIDATED held");
        assertThat(core().nextDueMs()).isEqualTo(Words.instantMs("08:01"));
        when("08:01 tick").tells("HoldExpired", "RoomChanged");
        assertThat(core().nextDueMs()).isGreaterThan(Words.instantMs("+1d@08:00"));
    }

    @Test
    void givenAValidationThatRanOut_whenNothingWasOnOffer_thenItWaitsOnADayMore() {
        given("rules validationTtlMs=86400000", "submit B Nadia:passport post=PARIS", "submit C Sami:passport");
        given("+1d@07:00 capacity PARIS/D1 09:00..10:00 places=0");
        when("+1d@07:01 tick").tells();
        assertThat(lines("B")).isEqualTo("VALIDATED");
        assertThat(lines("C")).isEqualTo("VALIDATED");
        given("+1d@08:00 day PARIS/D1 09:00..10:00 places=1 date=3");
        when("+2d@07:01 tick").tells("LinesDecided", "LinesDecided");
        assertThat(lines("B")).isEqualTo("EXPIRED");
        assertThat(lines("C")).isEqualTo("EXPIRED");
    }

    @Test
    void givenAnApplicationForAnyPost_whenAnotherPostHasWhatItAsksFor_thenItExpiresThoughEachOtherOneHasNothing() {
        given("rules validationTtlMs=86400000", "service birth", "post LYON", "desk LYON/D1 serves=passport", "post ROMA",
                "desk ROMA/D1 serves=birth", "submit B Nadia:passport", "submit C Sami:birth");
        given("capacity PARIS/D1 09:00..10:00 places=0", "day ROMA/D1 09:00..10:00 places=1 date=2");
        when("+1d@07:01 tick").tells("LinesDecided");
        assertThat(lines("B")).as("birth certificates are no help to Nadia").isEqualTo("VALIDATED");
        assertThat(lines("C")).isEqualTo("EXPIRED");
        given("+1d@08:00 day LYON/D1 09:00..10:00 places=1 date=4 released=+2d@08:00");
        when("+2d@07:01 tick").tells();
        assertThat(lines("B")).as("nothing can be taken yet").isEqualTo("VALIDATED");
        when("+3d@07:01 tick").tells("LinesDecided");
        assertThat(lines("B")).isEqualTo("EXPIRED");
    }

    @Test
    void givenAServiceForThePostOfRegistration_whenOnlyOtherPostsOfferIt_thenItWaitsOn() {
        given("rules validationTtlMs=86400000", "service act registered", "post LYON", "desk LYON/D1 serves=act", "desk PARIS/D1 serves=act",
                "submit B Nadia:act registered=LYON", "submit C Sami:act", "day PARIS/D1 09:00..10:00 places=1 date=2",
                "capacity PARIS/D1 09:00..10:00 places=0");
        when("+1d@07:01 tick").tells("LinesDecided");
        assertThat(lines("B")).isEqualTo("VALIDATED");
        assertThat(lines("C")).as("nobody knows where Sami is registered: any post may serve him").isEqualTo("EXPIRED");
        given("+1d@08:00 day LYON/D1 09:00..10:00 places=1 date=3");
        when("+2d@07:01 tick").tells("LinesDecided");
        assertThat(lines("B")).isEqualTo("EXPIRED");
    }

    /** The calendars of one post are as much as one Tick looks at here: it begins at another one every day. */
    @Test
    void givenMoreDesksThanATickLooksAt_whenOnlyOnePostHasRoom_thenItIsFoundWithinDays() {
        given("rules validationTtlMs=86400000", "capacity PARIS/D1 09:00..10:00 places=0");
        final String[] posts = {"AGADIR", "BEIRUT", "CAIRO", "DAKAR"};
        for (final String post : posts) {
            given("post " + post);
            for (int desk = 1; desk <= 64; desk++) {
                given("desk " + post + "/D" + desk + " serves=passport");
            }
        }
        given("day CAIRO/D64 09:00..10:00 places=1 date=30", "submit B Nadia:passport");
        int days = 1;
        for (; "VALIDATED".equals(lines("B")); days++) {
            assertThat(days).as("days of waiting").isLessThan(10);
            when("+" + days + "d@07:01 tick").then("OK");
        }
        assertThat(days).as("not on the first day already").isGreaterThan(2);
        assertThat(lines("B")).isEqualTo("EXPIRED");
    }

    @Test
    void givenMorePostsThanATickLooksAt_whenApplicationsOfAllAreDue_thenTheNextTicksGoOn() {
        given("rules validationTtlMs=86400000 expiredPerTick=32");
        final String[] posts = {"AGADIR", "BEIRUT", "CAIRO"};
        for (final String post : posts) {
            given("post " + post);
            for (int desk = 1; desk <= 33; desk++) {
                given("desk " + post + "/D" + desk + " serves=passport");
            }
            given("submit " + post + " " + post + ":passport post=" + post);
        }
        given("day BEIRUT/D1 09:00..10:00 places=1 date=30");
        final long dueMs = Words.instantMs("+1d@07:00");
        when("+1d@07:00 tick").tells();
        assertThat(core().nextDueMs()).as("Beirut's turn").isEqualTo(dueMs);
        when("+1d@07:00 tick").tells("LinesDecided");
        assertThat(core().nextDueMs()).as("Cairo's turn").isEqualTo(dueMs);
        when("+1d@07:00 tick").tells();
        assertThat(core().nextDueMs()).isEqualTo(Words.instantMs("+2d@07:00"));
        assertThat(lines("BEIRUT")).isEqualTo("EXPIRED");
    }
}
