package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The day at a post: everybody who comes has a ticket, one number says who is next, and nobody is overtaken for ever. */
class HallStoryTest extends Story {
    @BeforeEach
    void aHallInParis() {
        given("06:00 coreVersion 6", "rules checkInEarlyMs=14400000 noShowGraceMs=900000", "post PARIS", "post LYON", "service passport minutes=15", "service card minutes=10",
                "service pickup minutes=5 walkup", "service death minutes=20 urgent", "desk PARIS/D1 serves=passport,card,pickup,death", "desk PARIS/D2 serves=passport,card",
                "desk PARIS/D3 serves=pickup", "desk LYON/D1 serves=passport", "resource PARIS/bio", "day PARIS/D1 09:00..12:00 places=1", "day PARIS/D2 09:00..12:00 places=1",
                "submit A Ali:passport", "submit B Badr:passport", "submit C Chadia:passport,card", "submit E Esma:passport priority=SENIOR",
                "07:00 hold A PARIS/D1@09:00+3", "confirm A", "hold B PARIS/D1@09:15+3", "confirm B", "hold E PARIS/D1@09:30+3", "confirm E");
    }

    @Test
    void givenThreeAppointments_whenTheyComeInAnyOrder_thenTheyAreCalledAsTheyBegin() {
        when("08:00 checkIn B").then("TICKET 1").tells("AppointmentChanged", "TicketQueued");
        when("08:10 checkIn A").then("TICKET 2");
        assertThat(ticket("B")).isEqualTo("WAITING at PARIS/D1, due 09:15, APPOINTMENT");
        when("08:50 next PARIS/D1 counter=4").then("CALLED A").tells("AppointmentChanged", "TicketChanged");
        assertThat(appointment("A")).isEqualTo("CALLED at 09:00");
        when("next PARIS/D1 counter=5").then("CALLED B");
        when("next PARIS/D1 counter=6").then("QUEUE_EMPTY");
        when("09:02 serve A").then("OK").tells("TicketEnded", "TimesMeasured", "AppointmentChanged");
        assertThat(ticket("A")).isEqualTo("none");
        when("recall A").then("TICKET_UNKNOWN");
    }

    @Test
    void givenSomebodyWithPriority_whenTheyCome_thenTheyAreDueEarlier_andWhatIsUrgentIsBeforeAll() {
        given("08:30 checkIn A", "checkIn B", "checkIn E");
        assertThat(ticket("E")).isEqualTo("WAITING at PARIS/D1, due 09:00, APPOINTMENT");
        given("walkIn D PARIS/D1 Driss:death");
        assertThat(ticket("D")).isEqualTo("WAITING at PARIS/D1, due at once, URGENT");
        when("08:40 next PARIS/D1").then("CALLED D");
        when("next PARIS/D1").then("CALLED A");
        when("next PARIS/D1").then("CALLED E");
        when("next PARIS/D1").then("CALLED B");
    }

    @Test
    void givenSomebodyLate_whenTheyCome_thenTheyWaitForWhoWasInTime_butNotForEver() {
        given("09:09 checkIn B");
        when("09:10:00.001 checkIn A").then("TICKET 2");
        assertThat(ticket("A")).isEqualTo("WAITING at PARIS/D1, due 09:30:00.001, LATE");
        given("09:11 checkIn E", "take P PARIS service=passport desk=PARIS/D1");
        assertThat(ticket("P")).isEqualTo("WAITING at PARIS/D1, due 09:41, OVERFLOW");
        when("next PARIS/D1").then("CALLED E");
        when("next PARIS/D1").then("CALLED B");
        when("next PARIS/D1").then("CALLED A");
        when("next PARIS/D1").then("CALLED P");
    }

    @Test
    void givenExactlyTheTimeThatMayPass_whenSomebodyComes_thenTheyAreNotLate() {
        given("09:10 checkIn A");
        assertThat(ticket("A")).isEqualTo("WAITING at PARIS/D1, due 09:00, APPOINTMENT");
    }

    @Test
    void givenNobodyHasCalled_whenTheGraceIsOver_thenWhoStandsThereIsNoNoShow() {
        given("08:50 checkIn A");
        when("11:00 noShow A").then("TICKET_STATE WAITING");
        when("endTicket A NO_SHOW").then("TICKET_STATE WAITING");
        given("next PARIS/D1");
        when("11:04:59.999 noShow A").then("TOO_EARLY until 11:05");
        given("recall A", "11:09 recall A", "11:10 recall A");
        when("11:11 recall A").then("LIMIT_REACHED");
        when("endTicket A NO_SHOW").then("TOO_EARLY until 11:15");
        when("11:15 noShow A").then("OK").tells("TicketEnded", "AppointmentChanged", "RoomChanged");
        assertThat(appointment("A") + ", " + lines("A") + ", " + ticket("A")).isEqualTo("NO_SHOW at 09:00, VALIDATED, none");
    }

    @Test
    void givenSomebodyIsCalledBeforeTheirTime_whenTheyAreNotThere_thenTheirOwnGraceCountsToo() {
        given("08:00 checkIn A", "next PARIS/D1");
        when("08:20 endTicket A NO_SHOW").then("TOO_EARLY until 09:15");
        when("09:15 endTicket A NO_SHOW").then("OK").tells("TicketEnded", "AppointmentChanged", "RoomChanged");
    }

    @Test
    void givenACopyIsMissing_whenTheTicketIsParked_thenItComesBackToItsOldPlace() {
        given("08:00 checkIn A", "checkIn B", "next PARIS/D1 counter=4");
        when("08:01 park A").then("OK").tells("TicketChanged");
        when("park A").then("TICKET_STATE PARKED");
        when("serve A").then("TICKET_STATE PARKED");
        when("unpark B").then("TICKET_STATE WAITING");
        when("08:09 unpark A").then("OK").tells("TicketChanged");
        assertThat(ticket("A")).isEqualTo("WAITING at PARIS/D1, due 09:00, APPOINTMENT");
        when("next PARIS/D1 counter=5").then("CALLED A");
        when("serve A").then("OK").tells("TicketEnded", "AppointmentChanged");
        assertThat(pace("PARIS/D1")).as("who was away says nothing of how long it takes").isEqualTo("none");
    }

    @Test
    void givenSomebodyIsParked_whenTheyDoNotComeBack_thenTheyAreNotThere() {
        given("09:00 checkIn A", "park A");
        when("09:29:59.999 noShow A").then("TOO_EARLY until 09:30");
        when("09:30 noShow A").then("OK");
    }

    @Test
    void givenAVisitOfTwoLegs_whenTheFirstIsDone_thenTheTicketGoesOnToTheSecondAndNotBeforeItBegins() {
        given("07:10 hold C PARIS/D1@10:00+3:0 PARIS/D2@10:15+2:1", "confirm C", "08:00 checkIn C");
        when("transfer C LYON/D1").then("WRONG_POST");
        when("transfer C PARIS/bio").then("POOL_UNKNOWN");
        given("10:00 next PARIS/D1");
        when("10:12 transfer C PARIS/D2").then("OK").tells("TicketChanged", "TimesMeasured");
        assertThat(ticket("C")).isEqualTo("WAITING at PARIS/D2, due 10:15, APPOINTMENT");
        assertThat(serviceTime("passport")).isEqualTo("1 acts, half within 13 min, most within 13 min");
        when("serve C").then("TICKET_STATE WAITING");
        when("next PARIS/D1").then("QUEUE_EMPTY");
        when("10:15 next PARIS/D2").then("CALLED C").tells("AppointmentChanged", "TicketChanged");
        given("10:20 serve C");
        assertThat(serviceTime("card")).isEqualTo("1 acts, half within 6 min, most within 6 min");
        assertThat(lines("C")).isEqualTo("FULFILLED, FULFILLED");
    }

    @Test
    void givenACounterServesTwoDesks_whenItCalls_thenWhoIsDueFirstAtEitherOfThemIsNext() {
        given("07:10 hold C PARIS/D2@09:00+5", "confirm C", "08:00 checkIn A", "checkIn C", "checkIn B");
        when("08:55 next PARIS/D2,PARIS/D1").then("CALLED A");
        when("next PARIS/D1,LYON/D1").then("WRONG_POST");
        when("next PARIS/D1,PARIS/bio").then("POOL_UNKNOWN");
        when("next PARIS/D1,PARIS/D2").then("CALLED C");
    }

    @Test
    void givenSomethingIsReady_whenSomebodyFetchesIt_thenATicketIsEnough() {
        when("09:00 take P PARIS service=pickup").then("TICKET 1").tells("TicketQueued");
        assertThat(ticket("P")).isEqualTo("WAITING at PARIS/D1, due 09:00, PICK_UP");
        when("take Q PARIS service=pickup").then("TICKET 2");
        assertThat(ticket("Q")).as("where fewer wait").isEqualTo("WAITING at PARIS/D3, due 09:00, PICK_UP");
        when("take R LYON service=pickup").then("DESK_DOES_NOT_SERVE");
        when("take R PARIS service=pickup desk=LYON/D1").then("POOL_UNKNOWN");
        when("take R PARIS service=pickup date=2").then("NOT_TODAY");
        when("endTicket P SERVED").then("TICKET_STATE WAITING");
        given("next PARIS/D1");
        when("09:04 endTicket P SERVED").then("OK").tells("TicketEnded", "TimesMeasured");
        when("endTicket Q LEFT").then("OK").tells("TicketEnded");
        assertThat(pace("PARIS/D1")).isEqualTo("1 served, 240 s each");
    }

    @Test
    void givenSomebodyLeaves_whenTheTicketEnds_thenTheirAppointmentIsCancelledAndTheirLinesAreFree() {
        given("08:50 checkIn A");
        when("endTicket A SERVED").then("TICKET_STATE WAITING");
        when("endTicket A LEFT").then("OK").tells("TicketEnded", "AppointmentChanged", "RoomChanged");
        assertThat(appointment("A") + ", " + lines("A")).isEqualTo("CANCELLED at 09:00, VALIDATED");
    }

    @Test
    void givenOneWhoCallsByAppointment_whenTheyDo_thenTheQueueKnows() {
        given("08:50 checkIn A", "checkIn B");
        when("call B counter=3").then("OK").tells("AppointmentChanged", "TicketChanged");
        when("call B counter=3").then("APPOINTMENT_STATE");
        when("next PARIS/D1").then("CALLED A");
        given("park B");
        when("call B counter=5").then("OK");
    }

    @Test
    void givenTheDayIsOver_whenNobodyHasSaidAnything_thenTheTicketEndsAndTheAppointmentIsAsItWas() {
        given("hallRules keep=PT16H", "08:00 checkIn A");
        when("23:59:59.999 tick").then("OK").tells();
        when("+1d@00:00 tick").then("OK").tells("TicketEnded");
        assertThat(ticket("A") + ", " + appointment("A")).isEqualTo("none, CHECKED_IN at 09:00");
        when("+1d@08:00 call A").then("OK").tells("AppointmentChanged");
        when("serve A").then("OK").tells("AppointmentChanged");
    }

    @Test
    void givenNoLegCanBeKept_whenSomebodyWalksIn_thenTheyHaveATicketAllTheSame() {
        given("rules checkInEarlyMs=14400000 noShowGraceMs=900000 maxLegs=3");
        when("09:00 walkIn D PARIS/D2 Driss:passport").then("OVERFLOW TICKET 1").tells("ApplicationSubmitted", "WalkedIn", "TicketQueued");
        assertThat(lines("D")).isEqualTo("VALIDATED booked");
    }

    @Test
    void givenTheTableOfTicketsIsFull_whenSomebodyComes_thenNothingHasHappened() {
        given("hallRules most=1", "08:00 checkIn A");
        when("checkIn B").then("TICKETS_FULL");
        when("walkIn D PARIS/D1 Driss:passport").then("TICKETS_FULL");
        when("take P PARIS service=pickup").then("TICKETS_FULL");
        when("hallRules most=1 keep=PT59M").then("RULES_INVALID");
        given("hallRules most=2");
        when("checkIn B").then("TICKET 2");
    }

    @Test
    void givenALinkThatWasDown_whenItIsToldWhoCame_thenTheyStandInTheQueueUnlessTheDayIsOver() {
        given("09:20 recordVisit A CHECKED_IN at=08:40 ticket=7", "recordWalkIn D PARIS Driss:card at=09:00");
        assertThat(ticket("A")).isEqualTo("WAITING at PARIS/D1, due 09:00, APPOINTMENT");
        assertThat(ticket("D")).isEqualTo("WAITING at PARIS/D1, due 09:30, OVERFLOW");
        given("+2d@09:00 recordWalkIn F PARIS Farah:card at=10:00");
        assertThat(ticket("F") + ", " + lines("F")).isEqualTo("none, VALIDATED booked");
        when("recordVisit A SERVED at=10:05").tells("TicketEnded", "AppointmentChanged", "RecordedOffline");
    }

    @Test
    void givenAnOlderVersion_whenSomebodyComes_thenThereIsNoQueue() {
        final Story older = new HallStoryTest();
        older.given("06:00 post PARIS", "service passport", "desk PARIS/D1 serves=passport");
        older.when("07:00 walkIn A PARIS/D1 Ali:passport").then("OVERFLOW TICKET 1").tells("ApplicationSubmitted", "WalkedIn");
        older.when("next PARIS/D1").then("CORE_VERSION_UNSUPPORTED");
        older.given("coreVersion 6");
        older.when("next PARIS/D1").then("QUEUE_EMPTY");
        older.when("call A").then("OK").tells("AppointmentChanged");
    }
}
