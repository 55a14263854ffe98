package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Visits of several persons at several desks, what desks share, and moving and giving up an appointment. */
class VisitStoryTest extends Story {
    @BeforeEach
    void aConsulate() {
        given("07:00 post PARIS", "resource PARIS/bio kind=BIOMETRIC_STATION", "service passport minutes=15 needs=BIOMETRIC_STATION",
                "service birth minutes=10", "desk PARIS/D1 serves=passport,birth", "desk PARIS/D2 serves=passport,birth",
                "day PARIS/D1 09:00..11:00 places=2", "day PARIS/D2 09:00..11:00 places=2", "day PARIS/bio 08:00..11:00 places=2");
    }

    @Test
    void givenAFamily_whenCompanionsAreServedSideBySide_thenOneVisitTakesAllOfIt() {
        given("submit F Mother:passport,birth Father:passport Child:birth");
        when("08:00 hold F PARIS/D1@09:00+5:0,1 PARIS/D2@09:00+3:2 PARIS/D2@09:15+2:3").then("HELD until 08:10");
        assertThat(unit("PARIS/D1", "09:00")).isEqualTo("2/0/1/0");
        assertThat(unit("PARIS/D1", "09:20")).isEqualTo("2/0/1/0");
        assertThat(unit("PARIS/D1", "09:25")).isEqualTo("2/0/0/0");
        assertThat(unit("PARIS/D2", "09:10")).isEqualTo("2/0/1/0");
        assertThat(unit("PARIS/bio", "09:10")).isEqualTo("2/0/2/0");
        when("confirm F").then("CONFIRMED for 09:00");
        assertThat(unit("PARIS/bio", "09:10")).isEqualTo("2/2/0/0");
        assertThat(lines("F")).isEqualTo("VALIDATED booked, VALIDATED booked, VALIDATED booked, VALIDATED booked");
    }

    @Test
    void givenOnePersonWithTwoLegs_whenTheyOverlap_thenRefusedHoweverFarTheDesks() {
        given("submit F Mother:passport,birth Father:passport");
        when("08:00 hold F PARIS/D1@09:00+3:0 PARIS/D2@09:10+2:1").then("LEGS_OVERLAP");
        when("hold F PARIS/D1@09:00+3:0,2 PARIS/D2@09:00+2:1").then("LEGS_OVERLAP");
        when("hold F PARIS/D1@09:00+3:0 PARIS/D2@09:15+2:1").then("HELD until 08:10");
    }

    @Test
    void givenAnAppointment_whenTheApplicantSaysThatTheyCome_thenItIsKnownUntilItMoves() {
        given("coreVersion 10", "submit A Ali:birth", "08:00 hold A PARIS/D1@09:00+2", "confirm A");
        when("comes A").then("OK").tells("AttendanceConfirmed");
        when("comes A").then("OK").tells("AttendanceConfirmed");
        assertThat(appointment("A")).isEqualTo("CONFIRMED at 09:00, they come");
        when("reschedule A PARIS/D1@09:30+2").then("MOVED to 09:30");
        assertThat(appointment("A")).as("of another time they have not said it").isEqualTo("CONFIRMED at 09:30");
        when("comes A").then("OK").tells("AttendanceConfirmed");
        when("09:30 comes A").then("IN_THE_PAST");
        given("checkIn A");
        assertThat(appointment("A")).isEqualTo("CHECKED_IN at 09:30, they come");
        when("comes A").then("APPOINTMENT_STATE");
        when("comes NOBODY").then("APPOINTMENT_UNKNOWN");
    }

    @Test
    void givenAnOlderCoreVersion_whenTheApplicantSaysThatTheyCome_thenItSaysSo() {
        given("coreVersion 9", "submit A Ali:birth", "08:00 hold A PARIS/D1@09:00+2", "confirm A");
        when("comes A").then("CORE_VERSION_UNSUPPORTED");
    }

    @Test
    void givenAFamilyInOneLeg_whenHeld_thenItTakesAPlaceForEachPersonAndTheLongestSaysHowLong() {
        given("submit F Mother:passport,birth Father:passport", "submit G Aunt:birth", "submit H Uncle:birth");
        when("08:00 hold F PARIS/D1@09:00+3").then("UNITS_DO_NOT_MATCH 5");
        when("hold F PARIS/D1@09:00+5").then("HELD until 08:10");
        assertThat(unit("PARIS/D1", "09:00")).isEqualTo("2/0/2/0");
        when("hold G PARIS/D1@09:10+2").then("HELD_BY_OTHER");
        when("hold G PARIS/D1@09:25+2").then("HELD until 08:10");
    }

    @Test
    void givenASharedResource_whenItIsFull_thenNoDeskCanHaveItsService() {
        given("submit A Ali:passport", "submit B Bilal:passport", "submit C Chadia:passport", "submit D Driss:birth");
        given("08:00 hold A PARIS/D1@09:00+3", "hold B PARIS/D2@09:00+3");
        when("hold C PARIS/D1@09:10+3").then("HELD_BY_OTHER");
        when("hold D PARIS/D1@09:10+2").then("HELD until 08:10");
        given("confirm A", "confirm B");
        when("hold C PARIS/D2@09:05+3").then("SOLD_OUT");
        when("hold C PARIS/D2@09:15+3").then("HELD until 08:10");
    }

    @Test
    void givenAResourceThatIsClosedThen_whenHeld_thenClosed() {
        given("day PARIS/bio 08:00..09:10 places=2", "submit A Ali:passport");
        when("08:00 hold A PARIS/D1@09:00+3").then("CLOSED");
        given("service adoul minutes=15 needs=ADOUL_PAIR", "desk PARIS/D1 serves=adoul", "submit B Bilal:adoul");
        when("hold B PARIS/D1@09:00+3").then("RESOURCE_MISSING");
    }

    @Test
    void givenSeats_whenAFamilyComes_thenEachPersonTakesOneWhateverTheyComeFor() {
        given("resource PARIS/seats kind=RECEPTION_SEAT", "day PARIS/seats 08:00..11:00 places=3", "submit F Mother:birth Father:birth",
                "submit G Aunt:birth Uncle:birth");
        given("08:00 hold F PARIS/D1@09:00+2");
        assertThat(unit("PARIS/seats", "09:00")).isEqualTo("3/0/2/0");
        when("hold G PARIS/D2@09:00+2").then("HELD_BY_OTHER");
        when("hold G PARIS/D2@09:10+2").then("HELD until 08:10");
    }

    @Test
    void givenServicesOfTheRegisteredPost_whenHeldElsewhere_thenWrongPost() {
        given("post LYON", "desk LYON/D1 serves=birth", "day LYON/D1 09:00..11:00 places=2", "service nationality minutes=10 registered",
                "desk LYON/D1 serves=birth,nationality", "desk PARIS/D1 serves=nationality", "submit A Ali:nationality registered=PARIS",
                "submit B Bilal:birth post=PARIS");
        when("08:00 hold A LYON/D1@09:00+2").then("WRONG_POST");
        when("hold A PARIS/D1@09:00+2").then("HELD until 08:10");
        when("hold B LYON/D1@09:00+2").then("WRONG_POST");
    }

    @Test
    void givenAnAppointment_whenMoved_thenOldAndNewSwapOrNothingChanges() {
        given("capacity PARIS/D1 10:00..11:00 places=1", "submit A Ali:birth", "submit B Bilal:birth", "08:00 hold A PARIS/D1@09:00+2",
                "confirm A", "hold B PARIS/D1@10:00+2", "confirm B");
        when("reschedule A PARIS/D1@10:05+2").then("SOLD_OUT");
        assertThat(appointment("A")).isEqualTo("CONFIRMED at 09:00");
        assertThat(unit("PARIS/D1", "09:00")).isEqualTo("2/1/0/0");
        when("reschedule A PARIS/D1@10:10+2").then("MOVED to 10:10").tells("Rescheduled", "RoomChanged", "RoomChanged");
        assertThat(unit("PARIS/D1", "09:00")).isEqualTo("2/0/0/0");
        assertThat(unit("PARIS/D1", "10:15")).isEqualTo("1/1/0/0");
    }

    @Test
    void givenTheLastPlace_whenMovedOntoUnitsThatItHasItself_thenTheyCountAsFree() {
        given("capacity PARIS/D1 09:00..11:00 places=1", "submit A Ali:passport", "submit B Bilal:birth", "08:00 hold A PARIS/D1@09:00+3",
                "confirm A", "hold B PARIS/D1@09:25+2", "confirm B");
        when("reschedule A PARIS/D1@09:05+3").then("MOVED to 09:05");
        assertThat(unit("PARIS/D1", "09:00")).isEqualTo("1/0/0/0");
        assertThat(unit("PARIS/D1", "09:05")).isEqualTo("1/1/0/0");
        assertThat(unit("PARIS/D1", "09:15")).isEqualTo("1/1/0/0");
        assertThat(unit("PARIS/bio", "09:00")).isEqualTo("2/0/0/0");
        assertThat(unit("PARIS/bio", "09:15")).isEqualTo("2/1/0/0");
        when("reschedule A PARIS/D1@09:15+3").then("SOLD_OUT");
    }

    @Test
    void givenMovesOfOneAppointment_whenAsManyAsAllowed_thenLimitReached() {
        given("rules reschedulesPerAppointment=2", "submit A Ali:birth", "08:00 hold A PARIS/D1@09:00+2", "confirm A",
                "reschedule A PARIS/D1@09:30+2", "reschedule A PARIS/D2@09:30+2");
        when("reschedule A PARIS/D1@10:00+2").then("LIMIT_REACHED");
        when("reschedule B PARIS/D1@10:00+2").then("APPOINTMENT_UNKNOWN");
    }

    @Test
    void givenMovesBackAndForth_whenTheBudgetIsSpent_thenTheyCountLikeHolds() {
        given("rules holdBudget=2 holdBudgetRefillMs=600000", "submit A Ali:birth", "08:00 hold A PARIS/D1@09:00+2", "confirm A",
                "reschedule A PARIS/D1@09:30+2");
        when("reschedule A PARIS/D1@10:00+2").then("HOLD_BUDGET_SPENT until 08:10");
        when("08:10 reschedule A PARIS/D1@10:00+2").then("MOVED to 10:00");
    }

    @Test
    void givenAMoveThatLeavesALineOut_whenAsked_thenTheLegsDoNotCover() {
        given("submit F Mother:birth Father:birth", "08:00 hold F PARIS/D1@09:00+2", "confirm F");
        when("reschedule F PARIS/D1@10:00+2:0").then("LEGS_DO_NOT_COVER");
        when("reschedule F PARIS/D1@10:00+2:0 PARIS/D2@10:00+2:0,1").then("LEGS_DO_NOT_COVER");
        when("reschedule F PARIS/D1@10:00+2:0 PARIS/D2@10:00+2:1").then("MOVED to 10:00");
        when("09:59:59.999 reschedule F PARIS/D1@10:30+2").then("MOVED to 10:30");
        when("10:30 reschedule F PARIS/D1@10:40+2").then("IN_THE_PAST");
    }

    @Test
    void givenAnAppointment_whenCancelled_thenRoomAndLinesAreFreeAgain() {
        given("submit A Ali:birth", "08:00 hold A PARIS/D1@09:00+2", "confirm A");
        when("08:30 cancel A").then("OK").tells("AppointmentChanged", "RoomChanged");
        assertThat(unit("PARIS/D1", "09:00")).isEqualTo("2/0/0/0");
        assertThat(lines("A")).isEqualTo("VALIDATED");
        assertThat(appointment("A")).isEqualTo("CANCELLED at 09:00");
        when("cancel A").then("APPOINTMENT_STATE");
        when("hold A PARIS/D1@09:00+2").then("HELD until 08:40");
    }

    @Test
    void givenOneOpenLineForAServiceAndPerson_whenAskedAgainAnywhere_thenAlreadyOpen() {
        given("post LYON", "submit A Ali:birth");
        when("submit B Ali:birth post=LYON").then("LINE_ALREADY_OPEN");
        when("submit B Ali:passport Ali:birth").then("LINE_ALREADY_OPEN");
        when("submit B Ali:passport Ali:passport").then("LINE_ALREADY_OPEN");
        given("withdraw A");
        when("submit B Ali:birth post=LYON").then("OK");
        given("rules openLinesPerPerson=2", "service card");
        when("submit C Ali:passport,card").then("LIMIT_REACHED");
        when("submit C Ali:passport").then("OK");
        when("submit D Ali:card*5").then("QUANTITY_OUT_OF_RANGE");
    }

    @Test
    void givenLinesInAVisit_whenWithdrawnOrRejected_thenTaken() {
        given("submit F Mother:birth Father:birth", "08:00 hold F PARIS/D1@09:00+2:0");
        when("withdraw F lines=0").then("LINE_TAKEN");
        when("reject F lines=0,1").then("LINE_TAKEN");
        when("reject F lines=1").then("OK").tells("LinesDecided");
        when("withdraw F lines=1").then("LINE_STATE");
        assertThat(lines("F")).isEqualTo("VALIDATED held, REJECTED");
        when("validate F lines=1").then("LINE_STATE");
    }
}
