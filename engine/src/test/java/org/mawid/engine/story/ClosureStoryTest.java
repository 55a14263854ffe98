package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A strike, a broken station, a clerk who is ill: from one moment on nobody gets a visit there, and whoever has one loses it. */
class ClosureStoryTest extends Story {
    @BeforeEach
    void twoDesksInParis() {
        given("07:00 coreVersion 5");
        world(this);
    }

    private static void world(final Story story) {
        story.given("post PARIS", "rate PARIS micro=10000000", "resource PARIS/bio kind=BIOMETRIC_STATION", "service passport minutes=15 needs=BIOMETRIC_STATION", "service birth minutes=10",
                "tariff passport centimes=50000", "desk PARIS/D1 serves=passport,birth", "desk PARIS/D2 serves=passport,birth",
                "day PARIS/D1 09:00..12:00 places=1 date=1", "day PARIS/D2 09:00..12:00 places=1 date=1", "day PARIS/bio 08:00..12:00 places=2 date=1",
                "submit A Ali:passport", "submit B Badr:birth", "submit C Chadia:birth", "submit D Driss:birth");
    }

    @Test
    void givenAStrike_whenADayIsClosed_thenNobodyGetsAVisitThereFromThatMomentAndWhoeverHasOneLosesIt() {
        given("08:00 hold A PARIS/D1@09:00+3 date=1", "confirm A", "hold B PARIS/D2@10:00+2 date=1", "confirm B", "hold C PARIS/D1@11:00+2 date=1");
        when("close S PARIS +1d@00:00..+2d@00:00").then("OK").tells("DaysClosed");
        when("hold D PARIS/D2@09:00+2 date=1").then("CLOSED");
        when("reschedule A PARIS/D2@09:30+3 date=1").then("CLOSED");
        assertThat(closure("S")).isEqualTo("CLOSING, displaced 0, holds 0");

        when("tick").tells("RoomChanged", "RoomChanged", "RoomChanged");
        when("tick").tells("HoldReleased", "RoomChanged", "RoomChanged", "AppointmentChanged", "RoomChanged", "RoomChanged", "WaitingBegun",
                "AppointmentChanged", "RoomChanged", "RoomChanged", "WaitingBegun", "ClosureInForce");
        assertThat(closure("S")).isEqualTo("IN_FORCE, displaced 2, holds 1");
        assertThat(unit("PARIS/D1", "09:00", 1)).isEqualTo("0/0/0/0");
        assertThat(unit("PARIS/D2", "10:00", 1)).isEqualTo("0/0/0/0");
        assertThat(unit("PARIS/bio", "09:00", 1)).isEqualTo("0/0/0/0");
        assertThat(appointment("A")).isEqualTo("DISPLACED at +1d@09:00");
        assertThat(lines("A") + ", " + lines("C")).isEqualTo("VALIDATED, VALIDATED");
        when("hold D PARIS/D2@09:00+2 date=1").then("CLOSED");
        when("ticks").tells("NoRoomFound", "NoRoomFound");
        assertThat(waiting("A") + ", " + waiting("B") + ", " + waiting("C")).isEqualTo("NO_ROOM, NO_ROOM, none");
    }

    @Test
    void givenAClerkWhoIsIll_whenOneDeskCloses_thenThoseWhoWereThereAreOfferedTheOtherDeskOfTheSameDay() {
        given("08:00 hold A PARIS/D1@09:00+3 date=1", "confirm A", "hold B PARIS/D2@09:00+2 date=1", "confirm B");
        given("close ILL PARIS/D1 +1d@00:00..+2d@00:00", "ticks");
        assertThat(waiting("A")).isEqualTo("OFFERED PARIS/D2 at +1d@09:10 until +1d@09:10, 1 so far");
        assertThat(unit("PARIS/D2", "09:10", 1)).isEqualTo("1/0/1/0");
        assertThat(appointment("B")).isEqualTo("CONFIRMED at +1d@09:00");
        when("confirm A").then("CONFIRMED for +1d@09:10").tells("Confirmed", "WaitingEnded");
        assertThat(waiting("A")).isEqualTo("none");
    }

    @Test
    void givenABrokenStation_whenTheResourceCloses_thenOnlyThoseWhoNeedItLoseTheirVisits() {
        given("08:00 hold A PARIS/D1@09:00+3 date=1", "confirm A", "hold B PARIS/D2@09:00+2 date=1", "confirm B");
        given("close BROKEN PARIS/bio +1d@08:30..+1d@10:00", "ticks");
        assertThat(appointment("B")).isEqualTo("CONFIRMED at +1d@09:00");
        assertThat(waiting("A")).isEqualTo("OFFERED PARIS/D1 at +1d@10:00 until +1d@10:00, 1 so far");
        assertThat(unit("PARIS/D1", "09:00", 1)).isEqualTo("1/0/0/0");
        assertThat(unit("PARIS/bio", "09:00", 1)).isEqualTo("0/0/0/0");
    }

    @Test
    void givenAnHourOfADay_whenItCloses_thenWhatTouchesItGoesAndWhatLiesBesideItStays() {
        given("08:00 hold A PARIS/D1@10:50+3 date=1", "confirm A", "hold B PARIS/D1@10:00+2 date=1", "confirm B", "hold C PARIS/D1@09:50+2 date=1", "confirm C");
        given("close SHORT PARIS +1d@10:00..+1d@11:00", "ticks");
        assertThat(appointment("A")).isEqualTo("DISPLACED at +1d@10:50");
        assertThat(appointment("B")).isEqualTo("DISPLACED at +1d@10:00");
        assertThat(appointment("C")).isEqualTo("CONFIRMED at +1d@09:50");
        assertThat(unit("PARIS/D1", "09:55", 1) + " " + unit("PARIS/D1", "10:00", 1) + " " + unit("PARIS/D1", "10:55", 1) + " " + unit("PARIS/D1", "11:00", 1))
                .isEqualTo("1/1/0/0 0/0/0/0 0/0/0/0 1/0/0/0");
    }

    @Test
    void givenFewerPlaces_whenSomeStayOpen_thenWhoBookedFirstKeepsThem() {
        given("day PARIS/D1 09:00..12:00 places=3 date=1", "08:00 hold B PARIS/D1@09:00+2 date=1", "confirm B", "hold C PARIS/D1@09:00+2 date=1", "confirm C",
                "hold D PARIS/D1@09:00+2 date=1", "confirm D");
        given("close FEW PARIS/D1 +1d@00:00..+2d@00:00 places=2", "ticks");
        assertThat(appointment("B") + ", " + appointment("C") + ", " + appointment("D"))
                .isEqualTo("CONFIRMED at +1d@09:00, CONFIRMED at +1d@09:00, DISPLACED at +1d@09:00");
        assertThat(unit("PARIS/D1", "09:00", 1)).isEqualTo("2/2/0/0");
        assertThat(unit("PARIS/D1", "11:00", 1)).isEqualTo("2/0/0/0");
        assertThat(waiting("D")).isEqualTo("OFFERED PARIS/D2 at +1d@09:00 until +1d@09:00, 1 so far");
    }

    @Test
    void givenFewerPlaces_whenAnEmergencyBookedLast_thenItKeepsThePlaceAllTheSame() {
        given("day PARIS/D1 09:00..12:00 places=3 date=1", "submit E Eid:birth priority=EMERGENCY", "08:00 hold B PARIS/D1@09:00+2 date=1", "confirm B",
                "hold C PARIS/D1@09:00+2 date=1", "confirm C", "hold E PARIS/D1@09:00+2 date=1", "confirm E");
        given("close FEW PARIS/D1 +1d@00:00..+2d@00:00 places=1", "ticks");
        assertThat(appointment("B") + ", " + appointment("C") + ", " + appointment("E"))
                .isEqualTo("DISPLACED at +1d@09:00, DISPLACED at +1d@09:00, CONFIRMED at +1d@09:00");
        assertThat(unit("PARIS/D1", "09:00", 1)).isEqualTo("1/1/0/0");
    }

    @Test
    void givenFewerPlaces_whenOnlyThoseWithPriorityAreLeft_thenTheLastOfThemGoes() {
        given("day PARIS/D1 09:00..12:00 places=2 date=1", "submit E Eid:birth priority=SENIOR", "submit F Fatima:birth priority=PREGNANT_OR_INFANT",
                "08:00 hold E PARIS/D1@09:00+2 date=1", "confirm E", "hold F PARIS/D1@09:00+2 date=1", "confirm F");
        given("close FEW PARIS/D1 +1d@00:00..+2d@00:00 places=1", "ticks");
        assertThat(appointment("E") + ", " + appointment("F")).isEqualTo("CONFIRMED at +1d@09:00, DISPLACED at +1d@09:00");
    }

    @Test
    void givenPeopleInTheHall_whenTheDayCloses_thenThoseWhoAreCheckedInStayAndAreServed() {
        given("08:00 hold A PARIS/D1@09:00+3 date=1", "confirm A", "hold B PARIS/D2@10:00+2 date=1", "confirm B", "+1d@08:50 checkIn A");
        given("close FIRE PARIS +1d@08:00..+2d@00:00", "ticks");
        assertThat(appointment("A")).isEqualTo("CHECKED_IN at +1d@09:00");
        assertThat(unit("PARIS/D1", "09:00", 1)).isEqualTo("1/1/0/0");
        assertThat(appointment("B")).isEqualTo("DISPLACED at +1d@10:00");
        given("+1d@09:00 call A", "serve A");
        when("walkIn C PARIS/D1 Salma:birth date=1").then("OVERFLOW TICKET 2");
    }

    @Test
    void givenSomebodyInTheHallOfAClosedDay_whenTheyDoNotComeToTheDesk_thenTheirPlaceIsNotOpenAgain() {
        given("08:00 hold A PARIS/D1@09:00+3 date=1", "confirm A", "+1d@08:50 checkIn A", "close FIRE PARIS +1d@08:00..+2d@00:00", "ticks");
        when("+1d@09:30 noShow A").then("OK").tells("AppointmentChanged", "RoomChanged", "RoomChanged");
        assertThat(unit("PARIS/D1", "09:00", 1) + " " + unit("PARIS/bio", "09:00", 1)).isEqualTo("0/0/0/0 0/0/0/0");
    }

    @Test
    void givenAPaidStamp_whenTheVisitIsDisplaced_thenTheStampStaysWithTheLineAndPaysForTheNextVisit() {
        given("08:00 hold A PARIS/D1@09:00+3 date=1 stamps", "pay P A post=PARIS", "approve P amount=5000 transaction=X1", "confirm A");
        given("close ILL PARIS/D1 +1d@00:00..+2d@00:00", "ticks");
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 5000 EUR, PAID");
        when("confirm A stamps").then("CONFIRMED for +1d@09:00").tells("Confirmed", "WaitingEnded");
        assertThat(stamps()).containsExactly("line 0: 50000 centimes, 5000 EUR, PAID");
    }

    @Test
    void givenAClosedDay_whenAScheduleWouldOpenIt_thenItIsRefusedUntilTheClosureIsReopened() {
        given("08:00 close S PARIS +1d@10:00..+1d@11:00", "close T PARIS/D1 +1d@09:00..+1d@10:00 places=1", "ticks");
        when("day PARIS/D1 09:00..12:00 places=2 date=1").then("CLOSED_BY_CLOSURE 1");
        when("capacity PARIS/D1 09:00..09:30 places=2 date=1").then("CLOSED_BY_CLOSURE 2");
        when("capacity PARIS/D1 09:00..09:30 places=1 date=1").then("OK");
        when("capacity PARIS/D1 09:00..09:30 places=3 withheld=2 date=1").then("OK");
        when("capacity PARIS/D2 11:00..12:00 places=5 date=1").then("OK");
        given("beginChange N PARIS");
        when("addToChange N PARIS/D2 09:00..12:00 places=1 date=1").then("CLOSED_BY_CLOSURE 1");
        when("addToChange N PARIS/D2 11:00..12:00 places=1 date=1").then("OK");
        when("reopen S").then("OK").tells("DaysReopened");
        when("reopen S").then("CLOSURE_UNKNOWN");
        assertThat(unit("PARIS/D1", "10:00", 1)).isEqualTo("0/0/0/0");
        given("abandonChange N", "day PARIS/D1 10:00..12:00 places=2 date=1");
        assertThat(unit("PARIS/D1", "10:00", 1)).isEqualTo("2/0/0/0");
    }

    @Test
    void givenAChangeThatHasTheDay_whenItCloses_thenTheChangeIsAbandoned() {
        given("beginChange N PARIS", "addToChange N PARIS/D2 09:00..12:00 places=4 date=1", "08:00 close S PARIS/D2 +1d@10:00..+1d@11:00");
        when("tick").tells("ChangeAbandoned", "RoomChanged");
        when("applyChange N version=3").then("CHANGE_UNKNOWN");
        assertThat(unit("PARIS/D2", "10:00", 1) + " " + unit("PARIS/D2", "11:00", 1)).isEqualTo("0/0/0/0 1/0/0/0");
    }

    @Test
    void givenAClosureWithAnEnd_whenItsTimeIsOver_thenItIsOverByItself() {
        given("08:00 close S PARIS +1d@10:00..+1d@11:00", "ticks");
        when("+1d@10:59:59.999 tick").tells();
        when("+1d@11:00 tick").tells("DaysReopened");
        assertThat(closure("S")).isEqualTo("none");
        when("reopen S").then("CLOSURE_UNKNOWN");
    }

    @Test
    void givenManyWhoAreExpected_whenTheyLoseTheirVisits_thenEachTickDoesALittleAndTheyWaitInTheOrderInWhichTheyBooked() {
        given("capacity PARIS/D1 09:00..12:00 places=10 date=1", "close OTHER PARIS/D2 +1d@00:00..+2d@00:00", "ticks");
        for (int i = 1; i <= 10; i++) {
            given("submit N" + i + " Person" + i + ":birth", "08:00 hold N" + i + " PARIS/D1@09:00+2 date=1", "confirm N" + i);
        }
        given("close S PARIS/D1 +1d@00:00..+2d@00:00", "tick", "tick");
        assertThat(closure("S")).isEqualTo("FINDING, displaced 4, holds 0");
        given("tick");
        assertThat(closure("S")).isEqualTo("FINDING, displaced 8, holds 0");
        given("tick");
        assertThat(closure("S")).isEqualTo("IN_FORCE, displaced 10, holds 0");
        given("ticks", "day PARIS/D2 09:00..09:10 places=3 date=2", "ticks");
        for (int i = 1; i <= 10; i++) {
            assertThat(waiting("N" + i)).isEqualTo(i <= 3 ? "OFFERED PARIS/D2 at +2d@09:00 until +2d@08:00, 1 so far" : "NO_ROOM");
        }
    }

    @Test
    void givenTwoClosuresOfOneUnit_whenOneIsReopened_thenTheOtherStillHoldsIt() {
        given("08:00 close S PARIS +1d@09:00..+1d@11:00", "close T PARIS/D1 +1d@10:00..+1d@12:00", "ticks", "reopen S");
        when("capacity PARIS/D1 09:00..10:00 places=1 date=1").then("OK");
        when("capacity PARIS/D1 09:00..10:05 places=1 date=1").then("CLOSED_BY_CLOSURE 2");
    }

    @Test
    void givenSomethingThatCannotBeClosed_whenAsked_thenTheReasonIsNamed() {
        given("post LYON", "desk LYON/D1 serves=birth");
        when("08:00 close S 77 +1d@00:00..+2d@00:00").then("POST_UNKNOWN");
        when("close S PARIS/LYON +1d@00:00..+2d@00:00").then("POOL_UNKNOWN");
        when("close S PARIS 07:00..08:00").then("IN_THE_PAST");
        when("close S PARIS +1d@00:00..+421d@00:00").then("BEYOND_HORIZON");
        when("close S PARIS +1d@00:00..+1d@00:00").then("OUT_OF_RANGE");
        when("close S PARIS +1d@00:01..+2d@00:00").then("OUT_OF_RANGE");
        when("reopen S").then("CLOSURE_UNKNOWN");
        for (int i = 0; i < 64; i++) {
            given("close S" + i + " PARIS +1d@00:00..+1d@00:05");
        }
        when("close S PARIS +1d@00:00..+1d@00:05").then("CLOSURES_FULL");
        when("close S LYON +1d@00:00..+1d@00:05").then("OK");
    }

    @Test
    void givenCoreVersionFour_whenADayIsToClose_thenItIsNotTaken() {
        final Story older = new Story() {
        };
        older.given("07:00 coreVersion 4");
        world(older);
        older.when("close S PARIS +1d@00:00..+2d@00:00").then("CORE_VERSION_UNSUPPORTED");
        older.when("offerRules days=5").then("CORE_VERSION_UNSUPPORTED");
        older.when("acceptPosts A PARIS").then("CORE_VERSION_UNSUPPORTED");
        older.when("reopen S").then("CORE_VERSION_UNSUPPORTED");
        older.given("hold A PARIS/D1@09:00+3 date=1");
        older.when("choose A PARIS/D1@10:00+3 date=1").then("CORE_VERSION_UNSUPPORTED");
    }
}
