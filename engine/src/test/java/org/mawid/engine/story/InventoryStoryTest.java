package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calendars: what can be published and changed, what cannot because somebody is in it, and changes of many days at once. */
class InventoryStoryTest extends Story {
    @BeforeEach
    void aDayWithOneTaker() {
        given("07:00 post PARIS", "service passport minutes=15", "desk PARIS/D1 serves=passport", "day PARIS/D1 09:00..10:00 places=2",
                "submit A Ali:passport", "submit B Badr:passport", "submit C Chadia:passport", "hold A PARIS/D1@09:15+3", "confirm A");
    }

    @Test
    void givenATaker_whenCapacityIsTakenAway_thenNotBelowWhatIsTaken() {
        when("capacity PARIS/D1 09:00..10:00 places=0").then("CAPACITY_BELOW_TAKEN");
        when("capacity PARIS/D1 09:00..10:00 places=2 withheld=2").then("CAPACITY_BELOW_TAKEN");
        when("capacity PARIS/D1 09:00..09:15 places=0").then("OK").tells("RoomChanged");
        when("capacity PARIS/D1 09:15..09:30 places=1").then("OK").tells("RoomChanged");
        when("capacity PARIS/D1 09:15..09:30 places=1").then("OK").tells("RoomChanged");
        when("capacity PARIS/D1 09:15..09:30 places=3 withheld=2").then("OK").tells("RoomChanged", "WithheldSet");
        when("capacity PARIS/D1 09:15..09:20 places=4 withheld=2").then("OK").tells("RoomChanged");
        when("capacity PARIS/D1 09:15..09:30 places=3 withheld=2").then("OK").tells("RoomChanged");
        assertThat(unit("PARIS/D1", "09:15")).isEqualTo("3/1/0/2");
        when("hold B PARIS/D1@09:15+3").then("SOLD_OUT");
        when("capacity PARIS/D1 09:30..10:05 places=1").then("SLOT_UNKNOWN");
        when("capacity PARIS/D1 09:30..10:00 places=1 date=1").then("SLOT_UNKNOWN");
    }

    @Test
    void givenATaker_whenTheDayIsPublishedAgain_thenItsGridStaysAndTheTakerToo() {
        when("day PARIS/D1 09:05..10:00 places=2").then("GRID_MISMATCH");
        when("day PARIS/D1 09:00..10:00 places=2 align=3").then("GRID_MISMATCH");
        when("day PARIS/D1 09:00..09:25 places=2").then("CAPACITY_BELOW_TAKEN");
        when("day PARIS/D1 09:00..09:30 places=1").then("OK").tells("DayPublished");
        assertThat(unit("PARIS/D1", "09:15")).isEqualTo("1/1/0/0");
        assertThat(unit("PARIS/D1", "09:45")).isEqualTo("none");
        given("cancel A");
        when("day PARIS/D1 09:05..10:00 places=2 align=3").then("OK");
    }

    @Test
    void givenDates_whenPublished_thenNeitherPastNorBeyondTheHorizon() {
        given("rules horizonDays=30");
        when("09:59:59.999 day PARIS/D1 09:00..10:00 places=3").then("OK");
        when("10:00 day PARIS/D1 09:00..10:00 places=2").then("IN_THE_PAST");
        when("10:00 day PARIS/D1 09:00..10:05 places=2").then("OK");
        when("day PARIS/D1 09:00..10:00 places=2 date=30").then("OK");
        when("day PARIS/D1 09:00..10:00 places=2 date=31").then("BEYOND_HORIZON");
        when("day PARIS/D7 09:00..10:00 places=2").then("POOL_UNKNOWN");
    }

    @Test
    void givenAStagedChange_whenApplied_thenAllItsDaysAreInForceAtOnce() {
        given("beginChange X PARIS", "addToChange X PARIS/D1 09:00..10:00 places=1", "addToChange X PARIS/D1 09:00..10:00 places=5 date=1");
        assertThat(unit("PARIS/D1", "09:30")).isEqualTo("2/0/0/0");
        assertThat(unit("PARIS/D1", "09:30", 1)).isEqualTo("none");
        // From now on takers must fit both, so that the change needs no check when it comes.
        when("hold B PARIS/D1@09:15+3").then("SOLD_OUT");
        when("hold B PARIS/D1@09:30+3").then("HELD until 07:10");
        when("hold C PARIS/D1@09:00+3 date=1").then("SLOT_UNKNOWN");
        when("applyChange X version=0").then("CONFLICT 1");
        when("applyChange X version=1").then("OK").tells("ChangeApplied");
        assertThat(unit("PARIS/D1", "09:15")).isEqualTo("1/1/0/0");
        assertThat(unit("PARIS/D1", "09:30")).isEqualTo("1/0/1/0");
        when("hold C PARIS/D1@09:00+3 date=1").then("HELD until 07:10");
        when("applyChange X version=2").then("CHANGE_UNKNOWN");
    }

    @Test
    void givenAStagedChange_whenAbandoned_thenNothingHappened() {
        given("beginChange X PARIS", "addToChange X PARIS/D1 09:00..10:00 places=1");
        when("day PARIS/D1 09:00..10:00 places=4").then("DAY_ALREADY_STAGED");
        given("beginChange Y PARIS");
        when("addToChange Y PARIS/D1 09:00..10:00 places=1").then("DAY_ALREADY_STAGED");
        when("abandonChange X").then("OK").tells("ChangeAbandoned");
        when("abandonChange X").then("CHANGE_UNKNOWN");
        when("hold B PARIS/D1@09:15+3").then("HELD until 07:10");
        when("addToChange Y PARIS/D1 09:00..10:00 places=2").then("OK").tells("DayStaged");
        when("addToChange Y PARIS/D1 09:00..10:00 places=1 date=1").then("OK");
    }

    @Test
    void givenAChangeOfOnePost_whenADayOfAnotherIsAdded_thenPoolUnknown() {
        given("post LYON", "desk LYON/D1", "beginChange X LYON");
        when("addToChange X PARIS/D1 09:00..10:00 places=9").then("POOL_UNKNOWN");
        when("addToChange X LYON/D1 09:00..10:00 places=9").then("OK");
        when("beginChange Y 77").then("POST_UNKNOWN");
        when("addToChange Z LYON/D1 09:00..10:00 places=9").then("CHANGE_UNKNOWN");
    }

    @Test
    void givenWhatIsInUse_whenItWouldBecomeSomethingElse_thenConflict() {
        when("post 1").then("CATALOGUE_CONFLICT"); // another code for the post of that number
        when("post PARIS round=5").then("OK").tells("PostDefined");
        when("resource PARIS/D1 kind=ADOUL_PAIR").then("CATALOGUE_CONFLICT");
        given("resource PARIS/bio kind=BIOMETRIC_STATION");
        when("resource PARIS/bio2 kind=BIOMETRIC_STATION").then("CATALOGUE_CONFLICT");
        when("coreVersion 11").then("CORE_VERSION_UNSUPPORTED");
        when("coreVersion 1").then("OK").tells("CoreVersionSet");
    }

    @Test
    void givenTables_whenTheyAreFull_thenThatIsTheAnswerAndRulesCannotBeSmallerThanWhatIsInUse() {
        given("hold B PARIS/D1@09:30+3", "beginChange X PARIS");
        when("rules maxApplications=2").then("RULES_INVALID");
        when("rules maxAppointments=0").then("RULES_INVALID");
        when("rules maxHolds=0").then("RULES_INVALID");
        when("rules maxLegs=1").then("RULES_INVALID");
        when("rules maxLines=2").then("RULES_INVALID");
        when("rules maxPersons=2").then("RULES_INVALID");
        when("rules holdTtlMs=29999").then("RULES_INVALID");
        given("rules maxApplications=3 maxAppointments=1 maxHolds=1 maxLegs=2 maxDays=1 maxChanges=1");
        when("submit D Driss:passport").then("APPLICATIONS_FULL");
        when("hold C PARIS/D1@09:30+3").then("HOLDS_FULL");
        when("confirm B").then("APPOINTMENTS_FULL");
        when("day PARIS/D1 09:00..10:00 places=1 date=1").then("DAYS_FULL");
        when("beginChange Y PARIS").then("CHANGES_FULL");
        when("addToChange X PARIS/D1 09:00..10:00 places=3").then("DAYS_FULL");
        given("rules maxHolds=2");
        when("hold C PARIS/D1@09:30+3").then("LEGS_FULL");
        given("rules maxApplications=9 maxLines=3");
        when("submit D Driss:passport").then("LINES_FULL");
        given("rules maxLines=9 maxPersons=3");
        when("submit D Driss:passport").then("PERSONS_FULL");
        when("reschedule A PARIS/D1@09:00+3").then("MOVED to 09:00");
    }

    @Test
    void givenAnApplicationThatEnded_whenItIsRetired_thenOnlyLongEnoughAfterAndAllOfIt() {
        given("rules retainMs=3600000 noShowGraceMs=0 checkInEarlyMs=86400000", "08:00 checkIn A", "call A", "serve A", "withdraw C");
        when("retire A").then("NOT_TERMINAL");
        when("08:59:59.999 retire A").then("NOT_TERMINAL");
        when("09:00 retire 1 2").then("NOT_TERMINAL");
        when("09:00 retire 1 9").then("APPLICATION_UNKNOWN");
        when("09:00 retire A C").then("OK").tells("ApplicationRetired", "ApplicationRetired");
        assertThat(lines("A")).isEqualTo("none");
        assertThat(appointment("A")).isEqualTo("none");
        when("retire A").then("APPLICATION_UNKNOWN");
        assertThat(unit("PARIS/D1", "09:15")).isEqualTo("2/1/0/0");
    }

    @Test
    void givenHoldsThatComeBackLaterThanTheirApplicationMayGo_whenTheEngineLooksForWhatToRetire_thenItWaitsForThemAndNobodyIsLeftBehind() {
        given("rules retainMs=0 holdBudgetRefillMs=3600000", "08:00 hold B PARIS/D1@09:30+3", "release B", "withdraw B", "withdraw C");
        assertThat(retirable()).as("Badr's hold comes back at nine").containsExactly("C");
        given("08:00 retire C", "submit D Badr:passport", "08:59:59.999 tick");
        assertThat(retirable()).as("Badr is there for another application").containsExactly("B");
        given("withdraw D");
        assertThat(retirable()).isEmpty();
        given("09:00 tick");
        assertThat(retirable()).containsExactly("B", "D");
        given("retire B D");
        assertThat(core().counts().of("persons")).as("Ali alone").isOne();
    }

    @Test
    void givenALogThatRetiredBeforeTheHoldsCameBack_whenItIsDoneAgain_thenAsItWas() {
        given("rules retainMs=0 holdBudgetRefillMs=3600000", "08:00 hold B PARIS/D1@09:30+3", "release B", "withdraw B");
        when("retire B").then("OK").tells("ApplicationRetired");
        assertThat(core().counts().of("persons")).isEqualTo(3);
    }
}
