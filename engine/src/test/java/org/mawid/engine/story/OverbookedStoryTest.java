package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Places beyond the counters of a desk, for those who do not come; and what becomes of them as the day comes near. */
class OverbookedStoryTest extends Story {
    @BeforeEach
    void aDeskInParis() {
        given("07:00 coreVersion 7", "post PARIS", "service birth minutes=10", "desk PARIS/D1 serves=birth", "submit A Ali:birth", "submit B Badr:birth", "submit C Chadia:birth", "submit D Driss:birth");
    }

    @Test
    void givenThreePlacesOfTwoCounters_whenTheDayComesNear_thenTheOneThatNobodyHasTakenIsWithheld() {
        when("day PARIS/D1 09:00..10:00 places=3 date=1 overbooked=1:20:00").then("OK").tells("DayPublished", "OverbookedSet");
        given("hold A PARIS/D1@09:00+2 date=1", "confirm A", "hold B PARIS/D1@09:30+2 date=1", "hold C PARIS/D1@09:30+2 date=1", "hold D PARIS/D1@09:30+2 date=1", "confirm B", "confirm C", "confirm D");
        assertThat(unit("PARIS/D1", "09:00", 1) + " " + unit("PARIS/D1", "09:30", 1)).isEqualTo("3/1/0/0 3/3/0/0");
        when("20:00 ticks").tells("RoomChanged", "WithheldSet", "WithheldSet", "OverbookedWithdrawn"); // before and after those three
        assertThat(unit("PARIS/D1", "09:00", 1) + " " + unit("PARIS/D1", "09:30", 1)).as("whoever has the third keeps it").isEqualTo("3/1/0/1 3/3/0/0");
        given("cancel B");
        assertThat(unit("PARIS/D1", "09:30", 1)).as("and what they give back cools as any other").isEqualTo("3/2/1/0");
        given("21:00 ticks");
        assertThat(unit("PARIS/D1", "09:30", 1)).isEqualTo("3/2/0/0");
    }

    @Test
    void givenPlacesThatAreNeverWithdrawn_whenTimePasses_thenTheyStay() {
        given("day PARIS/D1 09:00..10:00 places=2 date=1 overbooked=1");
        when("+1d@08:59 ticks").tells();
        assertThat(overbooked("PARIS/D1", "09:00", 1)).isEqualTo(1);
    }

    @Test
    void givenAnOverbookedDay_whenItIsPublishedWithoutAny_thenNoneAreAndNothingIsWithdrawn() {
        given("day PARIS/D1 09:00..10:00 places=2 date=1 overbooked=1:20:00");
        when("day PARIS/D1 09:00..10:00 places=2 date=1").then("OK").tells("DayPublished");
        assertThat(overbooked("PARIS/D1", "09:00", 1)).isZero();
        when("20:00 ticks").tells();
        assertThat(unit("PARIS/D1", "09:00", 1)).isEqualTo("2/0/0/0");
    }

    @Test
    void givenADayThatIsStagedWithAPlaceMore_whenItsTimeComesBeforeItIsInForce_thenWhatNobodyHasOfTheLiveOneIsWithheldThere() {
        given("day PARIS/D1 09:00..10:00 places=2 date=1", "hold A PARIS/D1@09:00+2 date=1", "confirm A", "hold B PARIS/D1@09:00+2 date=1", "confirm B", "beginChange K PARIS");
        when("addToChange K PARIS/D1 09:00..10:00 places=3 date=1 overbooked=1:20:00").then("OK").tells("DayStaged", "OverbookedSet");
        when("20:00 ticks").tells("OverbookedWithdrawn");
        given("applyChange K version=1");
        assertThat(unit("PARIS/D1", "09:00", 1) + " " + unit("PARIS/D1", "09:30", 1)).isEqualTo("3/2/0/1 3/0/0/1");
        assertThat(overbooked("PARIS/D1", "09:00", 1)).isZero();
    }

    @Test
    void givenAStagedDay_whenItIsInForce_thenItsPlacesAreOverbookedAndThoseOfTheOldOneAreNot() {
        given("day PARIS/D1 09:00..10:00 places=4 date=1 overbooked=2:20:00", "beginChange K PARIS", "addToChange K PARIS/D1 09:00..10:00 places=3 date=1 overbooked=1:21:00", "applyChange K version=1");
        assertThat(overbooked("PARIS/D1", "09:00", 1)).isEqualTo(1);
        when("20:00 ticks").tells();
        when("21:00 ticks").tells("RoomChanged", "WithheldSet", "OverbookedWithdrawn");
        assertThat(unit("PARIS/D1", "09:00", 1)).isEqualTo("3/0/0/1");
    }

    @Test
    void givenAQuotaThatSpillsAsPlacesAreWithdrawn_whenItsTimeComes_thenThoseAreTheLastThatAnybodyHas() {
        given("day PARIS/D1 09:00..10:00 places=3 date=1 keeps=CALL_CENTRE:2:20:00 overbooked=1:20:00", "hold A PARIS/D1@09:00+2 date=1", "confirm A");
        assertThat(unit("PARIS/D1", "09:00", 1)).isEqualTo("3/1/0/2");
        when("20:00 ticks").tells("RoomChanged", "QuotaSpilled", "RoomChanged", "WithheldSet", "OverbookedWithdrawn");
        assertThat(unit("PARIS/D1", "09:00", 1) + " " + unit("PARIS/D1", "09:30", 1)).isEqualTo("3/1/0/1 3/0/0/1");
    }

    @Test
    void givenWhatMayNotBe_whenPublished_thenItIsSaidWhy() {
        given("resource PARIS/SEATS kind=RECEPTION_SEAT");
        when("day PARIS/SEATS 09:00..10:00 places=4 date=1 overbooked=1").then("OVERBOOKED_RESOURCE");
        when("day PARIS/D1 09:00..10:00 places=3 date=1 overbooked=2").then("OVERBOOKED_ABOVE_HALF");
        when("day PARIS/D1 09:00..10:00 places=4 date=1 overbooked=2").then("OK");
    }
}
