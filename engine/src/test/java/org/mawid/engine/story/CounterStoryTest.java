package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The day at the counter: coming, being called, being served, not coming, and coming without an appointment. */
class CounterStoryTest extends Story {
    @BeforeEach
    void aDeskInParis() {
        given("07:00 rules checkInEarlyMs=3600000 noShowGraceMs=900000", "post PARIS", "service passport minutes=15", "service card minutes=10 validated",
                "desk PARIS/D1 serves=passport,card", "day PARIS/D1 09:00..10:00 places=1",
                "submit A Ali:passport Badr:passport", "submit B Chadia:passport", "submit C Driss:card");
    }

    private void aliHasNineOClock() {
        given("07:30 hold A PARIS/D1@09:00+3:0", "confirm A");
    }

    @Test
    void givenAnAppointment_whenTheDayComes_thenCheckedInCalledAndServed() {
        aliHasNineOClock();
        when("07:59:59.999 checkIn A").then("TOO_EARLY until 08:00");
        when("call A").then("APPOINTMENT_STATE");
        when("08:00 checkIn A").then("TICKET 1").tells("AppointmentChanged");
        when("cancel A").then("APPOINTMENT_STATE");
        when("reschedule A PARIS/D1@09:30+3").then("APPOINTMENT_STATE");
        when("serve A lines=0").then("APPOINTMENT_STATE");
        when("08:58 call A counter=4").then("OK").tells("AppointmentChanged");
        when("09:20 serve A lines=0,1").then("LINE_UNKNOWN");
        when("serve A lines=0").then("OK").tells("AppointmentChanged");
        assertThat(lines("A")).isEqualTo("FULFILLED, VALIDATED");
        assertThat(appointment("A")).isEqualTo("SERVED at 09:00");
        assertThat(unit("PARIS/D1", "09:00")).isEqualTo("1/1/0/0");
        when("submit D Ali:passport").then("OK");
    }

    @Test
    void givenAnActThatCouldNotBeDone_whenServed_thenTheLineIsValidatedAgain() {
        given("capacity PARIS/D1 09:00..10:00 places=2", "07:30 hold A PARIS/D1@09:00+3:0,1", "confirm A", "08:30 checkIn A", "call A");
        when("09:20 serve A lines=1").then("OK");
        assertThat(lines("A")).isEqualTo("VALIDATED, FULFILLED");
        when("hold A PARIS/D1@09:30+3:0").then("HELD until 09:30");
        when("hold A PARIS/D1@09:30+3:1").then("NOT_VALIDATED");
    }

    @Test
    void givenNobodyCame_whenTheGraceIsOver_thenNoShowGivesRoomAndLineBack() {
        aliHasNineOClock();
        when("09:14:59.999 noShow A").then("TOO_EARLY until 09:15");
        when("09:15 noShow A").then("OK").tells("AppointmentChanged", "RoomChanged");
        assertThat(lines("A")).isEqualTo("VALIDATED, VALIDATED");
        assertThat(unit("PARIS/D1", "09:00")).isEqualTo("1/0/0/0");
        when("noShow A").then("APPOINTMENT_STATE");
        when("checkIn A").then("APPOINTMENT_STATE");
    }

    @Test
    void givenAnAppointmentOfAnotherDay_whenCheckedIn_thenNotToday() {
        given("rules checkInEarlyMs=86400000");
        aliHasNineOClock();
        given("07:40 hold B PARIS/D1@09:15+3", "confirm B");
        when("20:59:59.999 checkIn A").then("TICKET 1");
        when("21:15 checkIn B").then("NOT_TODAY");
    }

    @Test
    void givenRoomLeftToday_whenSomebodyWalksIn_thenTheyTakeTheFirstOfIt() {
        aliHasNineOClock();
        when("08:30 walkIn W PARIS/D1 Emna:passport").then("TICKET 1").tells("ApplicationSubmitted", "WalkedIn", "RoomChanged");
        assertThat(appointment("W")).isEqualTo("CHECKED_IN at 09:15");
        assertThat(lines("W")).isEqualTo("VALIDATED booked");
        assertThat(unit("PARIS/D1", "09:15")).isEqualTo("1/1/0/0");
        given("08:31 checkIn A");
        when("09:16 walkIn X PARIS/D1 Fares:passport").then("TICKET 3");
        assertThat(appointment("X")).isEqualTo("CHECKED_IN at 09:30");
        given("09:30 call W", "serve W");
        assertThat(lines("W")).isEqualTo("FULFILLED");
    }

    @Test
    void givenNothingLeftToday_whenSomebodyWalksIn_thenTheyAreNotTurnedAway() {
        given("08:00 capacity PARIS/D1 09:00..10:00 places=0");
        when("walkIn W PARIS/D1 Emna:passport").then("OVERFLOW TICKET 1").tells("ApplicationSubmitted", "WalkedIn");
        assertThat(appointment("W")).isEqualTo("CHECKED_IN at 08:00");
        given("call W", "serve W");
        when("22:00 walkIn X PARIS/D1 Fares:passport").then("OVERFLOW TICKET 2");
        when("walkIn Y PARIS/D1 Ghita:passport date=2").then("NOT_TODAY");
        when("walkIn Y PARIS/D1 Ghita:passport date=1").then("OVERFLOW TICKET 1");
    }

    @Test
    void givenAnApplicationThatWaits_whenThePersonWalksIn_thenTheOfficerHasSeenIt() {
        assertThat(lines("C")).isEqualTo("SUBMITTED");
        when("08:30 walkIn C PARIS/D1 lines=0").then("TICKET 1").tells("LinesDecided", "WalkedIn", "RoomChanged");
        assertThat(lines("C")).isEqualTo("VALIDATED booked");
        when("walkIn C PARIS/D1 lines=0").then("LINE_TAKEN");
        when("walkIn B PARIS/D1 lines=3").then("LINE_UNKNOWN");
        given("withdraw B");
        when("walkIn B PARIS/D1 lines=0").then("LINE_STATE");
    }

    @Test
    void givenTicketsOfADay_whenCounted_thenEachDateBeginsWithOne() {
        given("rules checkInEarlyMs=86400000", "07:30 day PARIS/D1 09:00..10:00 places=2 date=1", "hold A PARIS/D1@09:00+3:0 date=1", "confirm A",
                "hold B PARIS/D1@09:00+3", "confirm B", "08:30 walkIn W PARIS/D1 Emna:passport");
        when("checkIn B").then("TICKET 2");
        when("09:30 checkIn A").then("TICKET 1");
    }
}
