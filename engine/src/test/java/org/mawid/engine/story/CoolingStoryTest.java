package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is given back is nobody's for a while that nobody can predict and everybody can check. */
class CoolingStoryTest extends Story {
    private static final String COOLS = "1/0/1/0";
    private static final String FREE = "1/0/0/0";

    @BeforeEach
    void oneVisit() {
        given("07:00 coreVersion 7", "post PARIS", "service birth minutes=10", "desk PARIS/D1 serves=birth", "day PARIS/D1 09:00..10:00 places=1 date=3", "submit A Ali:birth",
                "submit B Badr:birth", "hold A PARIS/D1@09:00+2 date=3", "confirm A");
    }

    @Test
    void givenAVisitThatIsCancelled_whenNobodyWaits_thenItIsEverybodysAfterTheLongestDelay() {
        when("08:00 cancel A").tells("AppointmentChanged", "RoomChanged", "CoolingBegun", "RoomChanged");
        assertThat(unit("PARIS/D1", "09:00", 3)).isEqualTo(COOLS);
        when("hold B PARIS/D1@09:00+2 date=3").then("HELD_BY_OTHER");
        assertThat(core().nextDueMs()).isEqualTo(Words.instantMs("08:30"));
        when("08:29:59.999 tick").tells();
        when("08:30 tick").tells("CoolingEnded", "RoomChanged");
        when("hold B PARIS/D1@09:00+2 date=3").then("HELD until 08:40");
    }

    @Test
    void givenSomebodyWhoKnowsTheSecret_whenTheySayWhen_thenItEndsThenAndOnlyOnce() {
        given("commitSecret 1 secret=7", "08:00 cancel A");
        when("endCooling 1 after=PT4M59.999S").then("OUT_OF_RANGE");
        when("endCooling 1 after=PT30M0.001S").then("OUT_OF_RANGE");
        when("endCooling 2 after=PT7M").then("COOLING_UNKNOWN");
        when("endCooling 1 after=PT7M").then("OK").tells("CoolingDueSet");
        when("endCooling 1 after=PT7M").then("OK").tells();
        when("endCooling 1 after=PT6M").then("CONFLICT " + Words.instantMs("08:07"));
        when("endCooling 1 after=PT8M").then("CONFLICT " + Words.instantMs("08:07"));
        when("08:07 tick").tells("CoolingEnded", "RoomChanged");
    }

    @Test
    void givenRoomThatCoolsWithoutASecret_whenSomebodySaysWhen_thenItIsTheLongestDelayForNobodyCouldCheckAnother() {
        given("08:00 cancel A", "commitSecret 1 secret=7");
        when("endCooling 1 after=PT7M").then("ERA_UNKNOWN 1").tells();
        assertThat(core().nextDueMs()).isEqualTo(Words.instantMs("08:30"));
    }

    @Test
    void givenASecret_whenItIsRevealed_thenItIsTheOneThatWasCommittedToAndDecidesNothingMore() {
        when("commitSecret 2 secret=7").then("ERA_UNKNOWN");
        when("commitSecret 1 secret=7").then("OK").tells("CoolingEraChanged");
        given("08:00 cancel A");
        when("revealSecret 1 secret=7").then("ERA_IN_FORCE");
        given("commitSecret 2 secret=8");
        when("revealSecret 1 secret=7").then("ERA_IN_FORCE");
        given("08:30 tick");
        when("revealSecret 1 secret=8").then("SECRET_DOES_NOT_MATCH");
        when("revealSecret 1 secret=7").then("OK").tells("CoolingEraChanged");
        when("revealSecret 1 secret=7").then("ERA_UNKNOWN 2");
    }

    @Test
    void givenAVisitThatStartsSoon_whenItIsCancelled_thenThoseWhoComeTodayHaveIt() {
        when("+3d@07:00:00.001 cancel A").tells("AppointmentChanged", "RoomChanged");
        assertThat(unit("PARIS/D1", "09:00", 3)).isEqualTo(FREE);
    }

    @Test
    void givenSomebodyWhoIsServedLongBeforeTheirTime_whenTheirRoomComesBack_thenItCools() {
        when("08:00 recordVisit A SERVED at=07:30").tells("AppointmentChanged", "RoomChanged", "CoolingBegun", "RoomChanged", "RecordedOffline");
        assertThat(unit("PARIS/D1", "09:00", 3)).isEqualTo(COOLS);
    }

    @Test
    void givenAServiceThatDoesNotCool_whenItsVisitIsGivenBack_thenItIsEverybodysAtOnce() {
        when("cooling birth PT2M..PT1M").then("RULES_INVALID");
        when("cooling birth PT0S..PT0S").then("OK").tells("CoolingSet");
        when("cancel A").tells("AppointmentChanged", "RoomChanged");
    }

    @Test
    void givenAPlaceOfTheCallCentre_whenItIsGivenBack_thenTheCallCentreHasItAtOnceAndOnlyWhatIsEverybodysCools() {
        given("post ROME", "desk ROME/D1 serves=birth", "day ROME/D1 09:00..10:00 places=2 date=3 keeps=CALL_CENTRE:1:+2d@20:00", "hold B ROME/D1@09:00+2 date=3 via=CALL_CENTRE",
                "confirm B");
        when("cancel B").tells("AppointmentChanged", "RoomChanged", "QuotaChanged");
        assertThat(unit("ROME/D1", "09:00", 3)).as("withheld for the call centre again").isEqualTo("2/0/0/1");
        given("hold B ROME/D1@09:00+2 date=3 via=CALL_CENTRE", "confirm B", "+2d@20:00 ticks");
        when("cancel B").tells("AppointmentChanged", "RoomChanged", "QuotaChanged", "CoolingBegun", "RoomChanged");
        assertThat(unit("ROME/D1", "09:00", 3)).as("it would be everybody's by now").isEqualTo("2/0/1/0");
    }

    @Test
    void givenATableThatIsFull_whenMoreIsGivenBack_thenItIsEverybodysAtOnce() {
        given("waitlistRules coolings=1", "hold B PARIS/D1@09:10+2 date=3", "cancel A");
        when("release B").tells("HoldReleased", "RoomChanged");
    }

    @Test
    void givenAVisitThatMovesALittle_whenTheTimesOverlap_thenOnlyWhatIsLeftCools() {
        when("reschedule A PARIS/D1@09:05+2 date=3").then("MOVED to +3d@09:05").tells("Rescheduled", "RoomChanged", "CoolingBegun", "RoomChanged", "RoomChanged");
        assertThat(unit("PARIS/D1", "09:00", 3) + " " + unit("PARIS/D1", "09:05", 3) + " " + unit("PARIS/D1", "09:10", 3)).isEqualTo(COOLS + " 1/1/0/0 1/1/0/0");
    }

    @Test
    void givenRoomThatCools_whenItsDayIsSetAnew_thenItCoolsNoMore() {
        given("08:00 cancel A");
        when("capacity PARIS/D1 09:00..09:05 places=0 date=3").tells("CoolingEnded", "RoomChanged", "RoomChanged");
        given("hold B PARIS/D1@09:10+2 date=3", "release B");
        when("day PARIS/D1 09:00..09:30 places=1 date=3").tells("CoolingEnded", "RoomChanged", "DayPublished");
        given("hold B PARIS/D1@09:10+2 date=3", "release B", "beginChange C PARIS");
        when("addToChange C PARIS/D1 09:00..10:00 places=2 date=3").tells("CoolingEnded", "RoomChanged", "DayStaged");
        given("hold B PARIS/D1@09:10+2 date=3");
        when("release B").tells("HoldReleased", "RoomChanged");
    }

    @Test
    void givenRoomThatCools_whenItsDayIsClosed_thenAClosureHasIt() {
        given("08:00 cancel A", "close S PARIS +3d@00:00..+4d@00:00");
        when("tick").tells("CoolingEnded", "RoomChanged", "RoomChanged", "RoomChanged");
        assertThat(unit("PARIS/D1", "09:00", 3)).isEqualTo("0/0/0/0");
    }

    @Test
    void givenADayOfWhichAsMuchCoolsAsItKeeps_whenMoreIsGivenBack_thenItIsEverybodysAtOnce() {
        given("desk PARIS/D2 serves=birth", "day PARIS/D2 09:00..10:00 places=100 date=3");
        for (int person = 1; person <= 512; person++) {
            giveBack("P" + person, "PARIS/D2@09:%02d+2".formatted(person % 6 * 10));
        }
        given("submit Q Q:birth", "hold Q PARIS/D2@09:00+2 date=3");
        when("release Q").tells("HoldReleased", "RoomChanged");
        assertThat(unit("PARIS/D2", "09:00", 3)).isEqualTo("100/0/85/0");
        when("day PARIS/D2 09:00..09:10 places=1 date=3").tells("CoolingEnded", "RoomChanged", "DayPublished");
        assertThat(unit("PARIS/D2", "09:00", 3)).isEqualTo(FREE);
    }

    @Test
    void givenSecretsThatNobodyReveals_whenOneMoreIsCommittedTo_thenTheOldestThatDecidesNothingIsAbandoned() {
        given("desk PARIS/D2 serves=birth", "day PARIS/D2 09:00..10:00 places=20 date=3");
        for (int era = 1; era <= 16; era++) {
            given("commitSecret " + era + " secret=" + era);
            giveBack("P" + era, "PARIS/D2@09:00+2");
        }
        when("commitSecret 17 secret=17").then("ERAS_FULL").tells();
        given("08:00 ticks");
        when("commitSecret 17 secret=17").then("OK").tells("CoolingEraChanged", "CoolingEraChanged");
        when("revealSecret 1 secret=1").then("ERA_UNKNOWN 17");
        when("revealSecret 2 secret=2").then("OK");
        when("commitSecret 18 secret=18").then("OK").tells("CoolingEraChanged");
    }

    private void giveBack(final String name, final String visit) {
        given("submit " + name + " " + name + ":birth", "hold " + name + " " + visit + " date=3", "release " + name);
    }
}
