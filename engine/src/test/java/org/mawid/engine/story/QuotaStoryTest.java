package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mawid.sbe.QuotaClass.ASSISTED;
import static org.mawid.sbe.QuotaClass.CALL_CENTRE;
import static org.mawid.sbe.QuotaClass.EMERGENCY;
import static org.mawid.sbe.QuotaClass.WALK_IN;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Places of a desk that are kept for those who call, come, need help or cannot wait; and what becomes of them as the day comes near. */
class QuotaStoryTest extends Story {
    @BeforeEach
    void aDeskInParis() {
        given("07:00 coreVersion 6", "post PARIS", "service birth minutes=10", "desk PARIS/D1 serves=birth", "desk PARIS/D2 serves=birth",
                "submit A Ali:birth", "submit B Badr:birth", "submit C Chadia:birth", "submit D Driss:birth", "submit E Ezra:birth priority=EMERGENCY");
    }

    @Test
    void givenPlacesForTheCallCentre_whenEverybodysRoomIsGone_thenOnlineIsToldToCallAndTheCallCentreHasThem() {
        given("day PARIS/D1 09:00..10:00 places=2 date=1 keeps=CALL_CENTRE:1", "hold A PARIS/D1@09:00+2 date=1", "confirm A");
        assertThat(unit("PARIS/D1", "09:00", 1)).isEqualTo("2/1/0/1");
        when("hold B PARIS/D1@09:00+2 date=1").then("KEPT_FOR_CHANNEL 1");
        when("hold B PARIS/D1@09:00+2 date=1 via=ASSISTED").then("KEPT_FOR_CHANNEL 1");
        when("hold B PARIS/D1@09:00+2 date=1 via=CALL_CENTRE").then("HELD until 07:10").tells("Held", "RoomChanged", "QuotaChanged");
        assertThat(unit("PARIS/D1", "09:00", 1)).isEqualTo("2/1/1/0");
        when("hold C PARIS/D1@09:00+2 date=1 via=CALL_CENTRE").then("HELD_BY_OTHER");
        given("confirm B");
        when("hold C PARIS/D1@09:00+2 date=1 via=CALL_CENTRE").then("SOLD_OUT");
    }

    @Test
    void givenTheirOwnPlacesAndEverybodys_whenTheCallCentreHolds_thenItTakesItsOwnAndGivesThemBackThere() {
        given("day PARIS/D1 09:00..10:00 places=2 date=1 keeps=CALL_CENTRE:1", "hold A PARIS/D1@09:00+2 date=1 via=CALL_CENTRE");
        assertThat(unit("PARIS/D1", "09:00", 1) + " " + quota("PARIS/D1", "09:00", 1, CALL_CENTRE)).isEqualTo("2/0/1/0 1/1");
        when("hold B PARIS/D1@09:00+2 date=1 via=CALL_CENTRE").then("HELD until 07:10").tells("Held", "RoomChanged");
        given("confirm A", "confirm B", "cancel A");
        assertThat(unit("PARIS/D1", "09:00", 1) + " " + quota("PARIS/D1", "09:00", 1, CALL_CENTRE)).isEqualTo("2/1/0/1 1/0");
        when("hold C PARIS/D1@09:00+2 date=1").then("KEPT_FOR_CHANNEL 1");
        given("cancel B");
        when("hold C PARIS/D1@09:00+2 date=1").then("HELD until 07:10");
    }

    @Test
    void givenAQuotaThatSpills_whenItsTimeComes_thenWhatIsLeftIsEverybodysAndSoIsWhatIsGivenBackLater() {
        given("day PARIS/D1 09:00..10:00 places=3 date=1 keeps=CALL_CENTRE:3:20:00", "hold A PARIS/D1@09:00+2 date=1 via=CALL_CENTRE", "confirm A");
        when("19:59 hold B PARIS/D1@09:00+2 date=1").then("KEPT_FOR_CHANNEL 1");
        when("20:00 ticks").tells("RoomChanged", "QuotaSpilled");
        assertThat(unit("PARIS/D1", "09:00", 1) + " " + unit("PARIS/D1", "09:30", 1)).isEqualTo("3/1/0/0 3/0/0/0");
        assertThat(core().nextDueMs()).isGreaterThan(Words.instantMs("20:00"));
        given("hold B PARIS/D1@09:00+2 date=1", "hold C PARIS/D1@09:00+2 date=1 via=CALL_CENTRE", "confirm B", "confirm C");
        when("hold D PARIS/D1@09:00+2 date=1").then("SOLD_OUT");
        given("cancel A");
        assertThat(unit("PARIS/D1", "09:00", 1)).isEqualTo("3/2/0/0");
        when("hold D PARIS/D1@09:00+2 date=1").then("HELD until 20:10");
    }

    @Test
    void givenAnEmergency_whenItComesOnline_thenItHasWhatIsKeptForEmergenciesAndNobodyElseIsSentThere() {
        given("day PARIS/D1 09:00..10:00 places=1 date=1 keeps=EMERGENCY:1");
        when("hold A PARIS/D1@09:00+2 date=1").then("SOLD_OUT");
        when("hold E PARIS/D1@09:00+2 date=1").then("HELD until 07:10");
        assertThat(quota("PARIS/D1", "09:00", 1, EMERGENCY)).isEqualTo("1/1");
    }

    @Test
    void givenPlacesForTheCounter_whenSomebodyComes_thenTheyHaveTheEarliestThereIsAndTheirOwnOfTwoAlike() {
        given("day PARIS/D1 09:00..10:00 places=2 keeps=WALK_IN:1", "08:55 hold A PARIS/D1@09:00+2");
        when("09:00 walkIn W1 PARIS/D1 Walid:birth").then("TICKET 1").tells("ApplicationSubmitted", "WalkedIn", "RoomChanged", "QuotaChanged", "TicketQueued");
        assertThat(appointment("W1")).isEqualTo("CHECKED_IN at 09:00");
        given("walkIn W2 PARIS/D1 Wafa:birth");
        assertThat(appointment("W2")).isEqualTo("CHECKED_IN at 09:10");
        assertThat(quota("PARIS/D1", "09:10", 0, WALK_IN)).isEqualTo("1/1");
        given("walkIn W3 PARIS/D1 Wahid:birth");
        assertThat(appointment("W3")).isEqualTo("CHECKED_IN at 09:10");
        assertThat(unit("PARIS/D1", "09:10")).isEqualTo("2/2/0/0");
    }

    @Test
    void givenADayThatIsPublishedAgain_whenLessIsKept_thenWhatWasTakenStaysTakenAndComesBackToEverybody() {
        given("day PARIS/D1 09:00..10:00 places=3 date=1 keeps=CALL_CENTRE:2", "hold A PARIS/D1@09:00+2 date=1 via=CALL_CENTRE", "hold B PARIS/D1@09:00+2 date=1 via=CALL_CENTRE");
        when("day PARIS/D1 09:00..10:00 places=2 date=1 keeps=CALL_CENTRE:1").then("OK").tells("DayPublished", "QuotasSet");
        assertThat(unit("PARIS/D1", "09:00", 1) + " " + unit("PARIS/D1", "09:30", 1)).isEqualTo("2/0/2/0 2/0/0/1");
        given("release A");
        assertThat(unit("PARIS/D1", "09:00", 1) + " " + quota("PARIS/D1", "09:00", 1, CALL_CENTRE)).isEqualTo("2/0/1/0 1/1");
        given("release B");
        assertThat(unit("PARIS/D1", "09:00", 1) + " " + quota("PARIS/D1", "09:00", 1, CALL_CENTRE)).isEqualTo("2/0/0/1 1/0");
        when("day PARIS/D1 09:00..10:00 places=2 date=1").tells("DayPublished");
        assertThat(unit("PARIS/D1", "09:00", 1) + " " + quota("PARIS/D1", "09:00", 1, CALL_CENTRE)).isEqualTo("2/0/0/0 none");
    }

    @Test
    void givenAFullQuota_whenTheDayIsPublishedAsItIs_thenNothingChanges() {
        given("day PARIS/D1 09:00..10:00 places=2 date=1 keeps=CALL_CENTRE:1", "hold A PARIS/D1@09:00+2 date=1", "hold B PARIS/D1@09:00+2 date=1 via=CALL_CENTRE");
        when("day PARIS/D1 09:00..10:00 places=2 date=1 keeps=CALL_CENTRE:1").then("OK");
        assertThat(unit("PARIS/D1", "09:00", 1)).isEqualTo("2/0/2/0");
        when("day PARIS/D1 09:00..10:00 places=2 date=1 keeps=ASSISTED:1").then("CAPACITY_BELOW_TAKEN");
    }

    @Test
    void givenAStagedDayThatKeepsPlaces_whenItIsNotYetInForce_thenNobodyTakesThemAndTheySpillAllTheSame() {
        given("day PARIS/D1 09:00..10:00 places=2 date=1", "beginChange C PARIS", "addToChange C PARIS/D1 09:00..10:00 places=2 date=1 keeps=CALL_CENTRE:1,WALK_IN:1:08:00");
        when("hold A PARIS/D1@09:00+2 date=1 via=CALL_CENTRE").then("SOLD_OUT");
        when("08:00 ticks").tells("QuotaSpilled");
        when("hold A PARIS/D1@09:00+2 date=1").then("HELD until 08:10");
        given("applyChange C version=1");
        assertThat(unit("PARIS/D1", "09:00", 1) + " " + quota("PARIS/D1", "09:00", 1, CALL_CENTRE) + " " + quota("PARIS/D1", "09:00", 1, WALK_IN)).isEqualTo("2/0/1/1 1/0 0/0");
        when("hold B PARIS/D1@09:00+2 date=1 via=CALL_CENTRE").then("HELD until 08:10");
    }

    @Test
    void givenOneOfTheirOwnAndOneOfEverybodys_whenTwoComeTogether_thenTheirPlacesAreNeverMixed() {
        given("submit F Farid:birth Fatna:birth", "day PARIS/D1 09:00..10:00 places=2 date=1 keeps=ASSISTED:1");
        when("hold F PARIS/D1@09:00+2 date=1 via=ASSISTED").then("SOLD_OUT");
        when("hold F PARIS/D1@09:00+2:0 PARIS/D1@09:00+2:1 date=1 via=ASSISTED").then("HELD until 07:10");
        assertThat(unit("PARIS/D1", "09:00", 1) + " " + quota("PARIS/D1", "09:00", 1, ASSISTED)).isEqualTo("2/0/2/0 1/1");
    }

    @Test
    void givenAVisitFromTheCallCentresPlaces_whenItMovesOnline_thenTheyAreTheCallCentresAgain() {
        given("day PARIS/D1 09:00..10:00 places=2 date=1 keeps=CALL_CENTRE:1", "hold A PARIS/D1@09:00+2 date=1 via=CALL_CENTRE", "confirm A");
        when("reschedule A PARIS/D1@09:00+2 date=1").then("MOVED to +1d@09:00").tells("Rescheduled", "RoomChanged", "QuotaChanged", "RoomChanged");
        assertThat(unit("PARIS/D1", "09:00", 1) + " " + quota("PARIS/D1", "09:00", 1, CALL_CENTRE)).isEqualTo("2/1/0/1 1/0");
        given("hold B PARIS/D1@09:00+2 date=1 via=CALL_CENTRE", "confirm B");
        when("reschedule B PARIS/D1@09:05+2 date=1 via=CALL_CENTRE").then("MOVED to +1d@09:05");
        assertThat(quota("PARIS/D1", "09:10", 1, CALL_CENTRE)).isEqualTo("1/1");
    }

    @Test
    void givenAClosure_whenItLeavesFewerPlaces_thenEverybodysGoFirstAndThoseForEmergenciesLast() {
        given("day PARIS/D1 09:00..10:00 places=4 date=1 keeps=CALL_CENTRE:1,WALK_IN:1,EMERGENCY:1");
        when("close S PARIS/D1 +1d@09:00..+1d@09:30 places=1").then("OK");
        when("ticks").tells("RoomChanged", "QuotaChanged", "ClosureInForce");
        assertThat(unit("PARIS/D1", "09:00", 1) + " " + unit("PARIS/D1", "09:30", 1)).isEqualTo("1/0/0/1 4/0/0/3");
        assertThat(quota("PARIS/D1", "09:00", 1, CALL_CENTRE) + " " + quota("PARIS/D1", "09:00", 1, EMERGENCY)).isEqualTo("0/0 1/0");
        when("hold E PARIS/D1@09:00+2 date=1").then("HELD until 07:10");
        when("day PARIS/D1 09:00..10:00 places=4 date=1 keeps=CALL_CENTRE:3").then("CLOSED_BY_CLOSURE 1");
    }

    @Test
    void givenSomebodyWhoLostAVisit_whenRoomIsLookedForThem_thenWhatIsKeptForOthersIsNotOffered() {
        given("day PARIS/D1 09:00..10:00 places=1 date=1", "day PARIS/D2 09:00..09:20 places=1 date=1 keeps=CALL_CENTRE:1:08:00", "hold A PARIS/D1@09:00+2 date=1", "confirm A",
                "close S PARIS/D1 +1d@00:00..+2d@00:00", "ticks");
        assertThat(waiting("A")).isEqualTo("NO_ROOM");
        when("08:00 ticks").tells("RoomChanged", "QuotaSpilled", "Held", "RoomChanged", "OfferMade");
        assertThat(waiting("A")).isEqualTo("OFFERED PARIS/D2 at +1d@09:00 until +1d@09:00, 1 so far");
    }

    @Test
    void givenQuotas_whenCapacityIsSet_thenWhatIsLeftOfThemCountsAsWithheld() {
        given("day PARIS/D1 09:00..10:00 places=4 date=1 keeps=CALL_CENTRE:2", "hold A PARIS/D1@09:00+2 date=1", "hold B PARIS/D1@09:00+2 date=1 via=CALL_CENTRE");
        when("capacity PARIS/D1 09:00..10:00 places=2 date=1").then("CAPACITY_BELOW_TAKEN");
        when("capacity PARIS/D1 09:00..10:00 places=4 withheld=1 date=1").then("OK").tells("RoomChanged", "WithheldSet");
        assertThat(unit("PARIS/D1", "09:00", 1) + " " + unit("PARIS/D1", "09:30", 1)).isEqualTo("4/0/2/2 4/0/0/3");
        when("capacity PARIS/D1 09:00..10:00 places=3 withheld=0 date=1").then("OK");
        assertThat(unit("PARIS/D1", "09:00", 1)).isEqualTo("3/0/2/1");
    }

    @Test
    void givenWhatCannotBeKept_whenADayIsPublished_thenItIsRefusedAndSaysWhy() {
        given("resource PARIS/bio kind=BIOMETRIC_STATION");
        when("day PARIS/bio 09:00..10:00 places=2 date=1 keeps=WALK_IN:1").then("QUOTA_OF_RESOURCE");
        when("day PARIS/D1 09:00..10:00 places=2 withheld=1 date=1 keeps=CALL_CENTRE:1,WALK_IN:1").then("QUOTA_ABOVE_CAPACITY");
        when("day PARIS/D1 09:00..10:00 places=2 date=1 keeps=WALK_IN:1,CALL_CENTRE:1").then("OUT_OF_RANGE");
        when("day PARIS/D1 09:00..10:00 places=2 date=1 keeps=WALK_IN:0").then("OUT_OF_RANGE");
    }
}
