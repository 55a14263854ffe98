package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** A post is full, or the appointment is late: who waits is offered what comes, in the order of a list that everybody can see. */
class WaitlistStoryTest extends Story {
    private static final String OLDER = "OlderVersion";

    @BeforeEach
    void aFullPost(final TestInfo test) {
        given("07:00 coreVersion " + (test.getDisplayName().contains(OLDER) ? 7 : 8), "post PARIS", "service birth minutes=10", "service card minutes=10", "desk PARIS/D1 serves=birth,card", "desk PARIS/D2 serves=card",
                "day PARIS/D1 09:00..09:20 places=1 date=3", "submit A Ali:birth", "submit B Badr:birth", "submit C Chadia:birth", "submit D Dina:birth",
                "hold A PARIS/D1@09:00+2 date=3", "confirm A", "hold B PARIS/D1@09:10+2 date=3", "confirm B");
    }

    @Test
    void givenAFullPost_whenAVisitIsCancelled_thenTheFirstInLineHasItAsAnOfferAndNobodyElse() {
        when("wait C PARIS dates=0..5").then("WAITER 1 at place 1").tells("WaitlistJoined");
        when("wait D PARIS dates=0..5").then("WAITER 2 at place 2").tells("WaitlistJoined");
        when("ticks").tells("NoRoomFound", "NoRoomFound");
        when("08:00 cancel A").tells("AppointmentChanged", "RoomChanged", "CoolingBegun", "RoomChanged");
        when("hold A PARIS/D1@09:00+2 date=3").then("HELD_BY_OTHER");
        when("ticks").tells("CoolingEnded", "RoomChanged", "Held", "RoomChanged", "OfferMade");
        assertThat(waiting("C")).isEqualTo("OFFERED PARIS/D1 at +3d@09:00 until 12:00, 1 so far");
        when("confirm C").then("CONFIRMED for +3d@09:00").tells("Confirmed", "WaitingEnded");
        assertThat(waiting("D")).isEqualTo("NO_ROOM");
    }

    @Test
    void givenALineThatWasLookedThrough_whenSomebodyJoinsJustBeforeRoomComes_thenItIsStillTheFirstInLineWhoHasIt() {
        given("wait C PARIS dates=0..5", "ticks", "wait D PARIS dates=0..5", "cancel A", "ticks");
        assertThat(waiting("C") + "; " + waiting("D")).isEqualTo("OFFERED PARIS/D1 at +3d@09:00 until 11:00, 1 so far; NO_ROOM");
    }

    @Test
    void givenAnOfferThatNeedsLessThanWasGivenBack_whenItIsMade_thenTheRestCoolsOnForTheNextInLine() {
        given("service short minutes=5", "desk PARIS/D3 serves=card,short", "day PARIS/D3 09:00..09:10 places=1 date=4", "submit E Emma:card", "hold E PARIS/D3@09:00+2 date=4",
                "confirm E", "submit F Fatima:short", "wait F PARIS dates=0..5", "ticks", "08:00 cancel E");
        when("tick").tells("CoolingEnded", "RoomChanged", "CoolingBegun", "RoomChanged", "Held", "RoomChanged", "OfferMade");
        assertThat(waiting("F")).isEqualTo("OFFERED PARIS/D3 at +4d@09:00 until 12:00, 1 so far");
        given("submit G Ghita:short");
        given("08:29 ticks");
        when("hold G PARIS/D3@09:05+1 date=4").then("HELD_BY_OTHER");
        given("wait G PARIS dates=0..5", "ticks");
        assertThat(waiting("G")).isEqualTo("OFFERED PARIS/D3 at +4d@09:05 until 12:29, 1 so far");
    }

    @Test
    void givenAnOfferThatNobodyAnswers_whenItsTimeIsOver_thenTheNextOneHasItAndThenTheFirstAgainUntilThereWereEnough() {
        given("wait C PARIS dates=0..5", "wait D PARIS dates=0..5", "ticks", "08:00 cancel A", "ticks");
        when("12:00 ticks").tells("HoldExpired", "RoomChanged", "CoolingBegun", "RoomChanged", "OfferLapsed", "CoolingEnded", "RoomChanged", "Held", "RoomChanged", "OfferMade",
                "NoRoomFound");
        assertThat(waiting("C") + "; " + waiting("D")).isEqualTo("NO_ROOM; OFFERED PARIS/D1 at +3d@09:00 until 16:00, 1 so far");
        given("16:00 ticks");
        assertThat(waiting("C")).isEqualTo("OFFERED PARIS/D1 at +3d@09:00 until 20:00, 2 so far");
        given("20:00 ticks");
        assertThat(waiting("C") + "; " + waiting("D")).isEqualTo("none; OFFERED PARIS/D1 at +3d@09:00 until +1d@00:00, 2 so far");
    }

    @Test
    void givenALateAppointment_whenAnEarlierTimeIsTaken_thenTheAppointmentMovesAndItsOldTimeIsTheNexts() {
        given("wait C PARIS dates=0..5", "waitEarlier B dates=0..5", "ticks", "leave C", "08:00 cancel A");
        when("ticks").tells("CoolingEnded", "RoomChanged", "Held", "RoomChanged", "OfferMade");
        assertThat(waiting("B")).isEqualTo("OFFERED PARIS/D1 at +3d@09:00 until 12:00, 1 so far");
        assertThat(lines("B")).as("its appointment is as it was").isEqualTo("VALIDATED booked");
        given("wait D PARIS dates=0..5", "ticks");
        when("confirm B").then("CONFIRMED for +3d@09:00").tells("HoldReleased", "Rescheduled", "RoomChanged", "CoolingBegun", "RoomChanged", "WaitingEnded");
        assertThat(appointment("B")).isEqualTo("CONFIRMED at +3d@09:00");
        given("ticks");
        assertThat(waiting("D")).isEqualTo("OFFERED PARIS/D1 at +3d@09:10 until 12:00, 1 so far");
    }

    @Test
    void givenAnOfferOfAnEarlierTime_whenItIsDeclinedOrForgotten_thenTheAppointmentIsAsItWas() {
        given("waitlistRules each=1", "waitEarlier B dates=0..5", "08:00 cancel A", "ticks");
        when("release B").then("OK").tells("HoldReleased", "RoomChanged", "CoolingBegun", "RoomChanged", "WaitingEnded");
        given("waitEarlier B dates=0..5", "ticks");
        assertThat(waiting("B")).isEqualTo("OFFERED PARIS/D1 at +3d@09:00 until 12:00, 1 so far");
        when("12:00 tick").tells("HoldExpired", "RoomChanged", "CoolingBegun", "RoomChanged", "WaitingEnded");
        assertThat(appointment("B") + ", " + lines("B") + ", " + waiting("B")).isEqualTo("CONFIRMED at +3d@09:10, VALIDATED booked, none");
    }

    @Test
    void givenAnAppointmentThatIsToBeEarlier_whenItIsCancelledOrMovedOrClosed_thenNobodyWaitsForItAnyMore() {
        given("waitEarlier B dates=0..5", "08:00 cancel A", "ticks");
        when("cancel B").tells("AppointmentChanged", "RoomChanged", "CoolingBegun", "RoomChanged", "HoldReleased", "RoomChanged", "CoolingBegun", "RoomChanged", "WaitingEnded");
        assertThat(unit("PARIS/D1", "09:00", 3) + " " + unit("PARIS/D1", "09:10", 3)).as("both cool").isEqualTo("1/0/1/0 1/0/1/0");
        given("09:00 ticks", "hold C PARIS/D1@09:10+2 date=3", "confirm C", "waitEarlier C dates=0..5");
        when("close S PARIS +3d@00:00..+4d@00:00").then("OK");
        given("ticks");
        assertThat(waiting("C")).as("who has lost the visit waits as one who has").isEqualTo("NO_ROOM");
        assertThat(appointment("C")).startsWith("DISPLACED");
    }

    @Test
    void givenAnEarlierTimeThatIsOffered_whenTheyComeOrDoNotCome_thenTheOfferIsOver() {
        given("waitEarlier B dates=0..5", "+3d@05:00 cancel A", "ticks");
        assertThat(waiting("B")).isEqualTo("OFFERED PARIS/D1 at +3d@09:00 until +3d@09:00, 1 so far");
        when("+3d@08:50 checkIn B").tells("AppointmentChanged", "HoldReleased", "RoomChanged", "WaitingEnded", "TicketQueued");
        given("hold C PARIS/D1@09:00+2 date=3", "confirm C", "day PARIS/D1 09:00..09:20 places=1 date=6", "hold D PARIS/D1@09:10+2 date=6", "confirm D", "waitEarlier D dates=0..9",
                "waitlistRules notice=PT0S lead=PT0S", "ticks");
        assertThat(waiting("D")).isEqualTo("OFFERED PARIS/D1 at +6d@09:00 until +3d@12:50, 1 so far");
        given("+6d@08:00 ticks");
        when("+6d@10:00 noShow D").tells("AppointmentChanged", "RoomChanged", "HoldReleased", "RoomChanged", "WaitingEnded");
    }

    @Test
    void givenSomebodyWithAnOffer_whenTheyStandAtTheCounter_thenTheyAreServedAndTheOfferIsTheNexts() {
        given("waitlistRules notice=PT0S", "wait C PARIS dates=0..5", "wait D PARIS dates=0..5", "08:00 cancel A", "ticks", "day PARIS/D1 09:00..10:00 places=1");
        when("09:00 walkIn C PARIS/D1 lines=0").then("TICKET 1").tells("HoldReleased", "RoomChanged", "CoolingBegun", "RoomChanged", "OfferLapsed", "WalkedIn", "RoomChanged",
                "WaitingEnded", "TicketQueued");
        given("ticks");
        assertThat(waiting("D")).startsWith("OFFERED PARIS/D1 at 09:10");
    }

    @Test
    void givenWhoCannotWait_whenTheyAsk_thenTheyAreToldWhy() {
        when("wait A PARIS dates=0..5").then("LINE_TAKEN");
        when("wait C PARIS dates=-3..-1").then("DATES_INVALID");
        when("wait C PARIS dates=5..4").then("DATES_INVALID");
        when("waitEarlier A dates=4..9").then("DATES_INVALID");
        given("submit E Emma:birth,card", "wait E PARIS dates=0..5 lines=1", "wait C PARIS dates=0..5");
        when("wait C PARIS dates=0..5").then("ALREADY_WAITING 2");
        given("waitlistRules waiters=2 spent=16");
        when("wait D PARIS dates=0..5").then("WAITLIST_FULL");
        when("leave C").then("OK").tells("WaitingEnded");
        when("leave C").then("WAITER_UNKNOWN");
        when("withdraw E lines=1").tells("LinesDecided", "WaitingEnded");
    }

    @Test
    void givenOffersThatAreDeclined_whenTheyAskAgain_thenTheirBudgetSaysWhen() {
        given("rules holdBudget=4 holdBudgetRefillMs=600000", "waitlistRules spent=4", "wait C PARIS dates=0..5", "08:00 cancel A", "ticks", "release C");
        when("wait C PARIS dates=0..5").then("HOLD_BUDGET_SPENT until 08:10");
        given("08:10 wait C PARIS dates=0..5");
    }

    @Test
    void givenAnOfferOfAnEarlierTime_whenTheAppointmentIsCancelledInstead_thenItCostsAsMuchAsAnyThatIsNotTaken() {
        given("rules holdBudget=4 holdBudgetRefillMs=600000", "waitlistRules spent=4", "waitEarlier B dates=0..5", "08:00 cancel A", "ticks", "cancel B");
        when("wait B PARIS dates=0..5").then("HOLD_BUDGET_SPENT until 08:10");
    }

    @Test
    void givenAnOfferOfAnEarlierTime_whenAClosureTakesTheAppointment_thenItCostsNothing() {
        given("rules holdBudget=4 holdBudgetRefillMs=600000", "waitlistRules spent=4", "08:00 cancel A", "day PARIS/D1 09:00..09:10 places=1 date=2", "waitEarlier B dates=0..5", "ticks",
                "close S PARIS +3d@00:00..+4d@00:00", "ticks");
        assertThat(waiting("B")).as("as one who lost a visit").startsWith("OFFERED PARIS/D1 at +2d@09:00");
        given("release B");
        when("wait B PARIS dates=0..5").then("WAITER 3 at place 1");
    }

    @Test
    void givenLinesThatWait_whenSomeFindAVisitByThemselves_thenTheOthersWaitOn() {
        given("submit E Emma:birth,card", "wait E PARIS dates=0..5", "day PARIS/D2 11:00..11:10 places=1 date=3", "hold E PARIS/D2@11:00+2:1 date=3");
        when("confirm E").tells("Confirmed", "WaitingReduced");
        given("ticks");
        assertThat(waiting("E")).isEqualTo("NO_ROOM");
    }

    @Test
    void givenDatesThatPass_whenADayBegins_thenWhoWantedThemWaitsNoMore() {
        given("wait C PARIS dates=0..1", "ticks", "+1d@00:00 ticks", "+2d@00:00 ticks");
        assertThat(waiting("C")).as("somewhere it is still yesterday").isEqualTo("NO_ROOM");
        when("+3d@00:00 ticks").tells("WaitingEnded");
    }

    @Test
    void givenADateThatIsNotReleased_whenItIs_thenWhoWaitsHasItWithinTenMinutes() {
        given("day PARIS/D1 09:00..09:10 places=1 date=4 released=07:42", "wait C PARIS dates=0..5", "07:40 ticks", "07:42 ticks");
        assertThat(waiting("C")).isEqualTo("NO_ROOM");
        given("07:50 ticks");
        assertThat(waiting("C")).isEqualTo("OFFERED PARIS/D1 at +4d@09:00 until 11:50, 1 so far");
    }

    @Test
    void givenADateThatWasReleased_whenTenMinutesEndBeforeAllPostsWereLookedAt_thenTheOthersAreNotForgotten() {
        given("post LYON", "desk LYON/D4 serves=birth", "day LYON/D4 09:00..09:10 places=1 date=4 released=07:42", "wait C PARIS dates=0..5", "wait D LYON dates=0..5", "07:40 ticks", "07:50 tick",
                "08:00 ticks");
        assertThat(waiting("D")).isEqualTo("OFFERED LYON/D4 at +4d@09:00 until 12:00, 1 so far");
    }

    @Test
    void givenADateThatWasReleasedAMomentAgo_whenSomebodyJoins_thenItIsStillTheFirstInLineWhoHasIt() {
        given("day PARIS/D1 09:00..09:10 places=1 date=4 released=07:42", "wait C PARIS dates=0..5", "07:40 ticks", "07:43 wait D PARIS dates=0..5", "ticks", "07:50 ticks");
        assertThat(waiting("C") + "; " + waiting("D")).isEqualTo("OFFERED PARIS/D1 at +4d@09:00 until 11:50, 1 so far; NO_ROOM");
    }

    @Test
    void givenADeskThatDidNotServeThem_whenItDoes_thenAllDatesAreLookedAtAnew() {
        given("day PARIS/D2 09:00..09:10 places=1 date=4", "wait C PARIS dates=0..5", "ticks");
        assertThat(waiting("C")).isEqualTo("NO_ROOM");
        given("desk PARIS/D2 serves=birth,card", "ticks");
        assertThat(waiting("C")).isEqualTo("OFFERED PARIS/D2 at +4d@09:00 until 11:00, 1 so far");
    }

    @Test
    void givenALookUnderWay_whenAClosurePutsSomebodyInFrontOfIt_thenTheyAreAskedBeforeThoseWhoJoined() {
        given("day PARIS/D1 09:00..09:10 places=1 date=5", "hold D PARIS/D1@09:00+2 date=5", "confirm D", "wait C PARIS dates=0..5", "ticks", "close S PARIS +3d@00:00..+4d@00:00", "cancel D",
                "ticks");
        assertThat(waiting("A") + "; " + waiting("C")).startsWith("OFFERED PARIS/D1 at +5d@09:00").endsWith("; NO_ROOM");
    }

    @Test
    void givenLinesForWhichThereIsNoRoomTogether_whenTheyBecomeFewer_thenThoseAreSearchedForAnew() {
        given("day PARIS/D1 09:00..09:10 places=1 date=4", "submit E Emma:birth,card", "wait E PARIS dates=0..5", "ticks");
        assertThat(waiting("E")).isEqualTo("NO_ROOM");
        given("withdraw E lines=1", "ticks");
        assertThat(waiting("E")).isEqualTo("OFFERED PARIS/D1 at +4d@09:00 until 11:00, 1 so far");
    }

    @Test
    void givenThoseWhoWaitedUnderAnOlderVersion_whenLooksGoOnBesideSearches_thenTheyAreInTheirPlaceAndNothingIsForgotten() {
        given("submit E Emma:birth", "wait C PARIS dates=0..5", "wait D PARIS dates=0..5", "ticks", "cancel A", "tick");
        assertThat(waiting("C") + "; " + waiting("D")).isEqualTo("OFFERED PARIS/D1 at +3d@09:00 until 11:00, 1 so far; NO_ROOM");
        given("coreVersion 8", "cancel B", "ticks", "wait E PARIS dates=0..5");
        assertThat(waiting("D")).isEqualTo("OFFERED PARIS/D1 at +3d@09:10 until 11:00, 1 so far");
        given("release C", "ticks");
        assertThat(waiting("E")).isEqualTo("OFFERED PARIS/D1 at +3d@09:00 until 11:00, 1 so far");
    }
}
