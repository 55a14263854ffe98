package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who has lost a visit by a closure is offered another one: takes it, declines it, chooses another, lets it lapse, or waits until there is room. */
class OfferStoryTest extends Story {
    @BeforeEach
    void aDeskThatWasClosed() {
        given("07:00 coreVersion 5", "post PARIS", "service birth minutes=10", "service card minutes=10", "desk PARIS/D1 serves=birth,card", "desk PARIS/D2 serves=birth",
                "day PARIS/D1 09:00..10:00 places=2 date=2", "submit A Ali:birth", "submit B Badr:birth", "hold A PARIS/D1@09:00+2 date=2", "confirm A",
                "hold B PARIS/D1@09:00+2 date=2", "confirm B", "08:00 close S PARIS/D1 +2d@00:00..+3d@00:00", "ticks");
    }

    @Test
    void givenNoRoomAnywhere_whenADayIsPublished_thenTheFirstInLineIsOfferedWhatCameBeforeAnybodyElseSeesIt() {
        assertThat(waiting("A") + ", " + waiting("B")).isEqualTo("NO_ROOM, NO_ROOM");
        given("day PARIS/D2 11:00..11:10 places=1 date=3 released=+2d@08:00");
        when("ticks").tells("Held", "RoomChanged", "OfferMade");
        assertThat(waiting("A")).isEqualTo("OFFERED PARIS/D2 at +3d@11:00 until +2d@08:00, 1 so far");
        assertThat(waiting("B")).isEqualTo("NO_ROOM");
        given("capacity PARIS/D2 11:00..11:10 places=2 date=3", "ticks");
        assertThat(waiting("B")).isEqualTo("OFFERED PARIS/D2 at +3d@11:00 until +2d@08:00, 1 so far");
    }

    @Test
    void givenRoomThatSomebodyGivesBack_whenOthersWait_thenItIsTheirs() {
        given("day PARIS/D2 11:00..11:10 places=2 date=3", "submit C Chadia:birth", "hold C PARIS/D2@11:00+2 date=3", "confirm C", "ticks");
        assertThat(waiting("A") + "; " + waiting("B")).isEqualTo("OFFERED PARIS/D2 at +3d@11:00 until +2d@08:00, 1 so far; NO_ROOM");
        given("cancel C");
        when("ticks").tells("Held", "RoomChanged", "OfferMade");
        assertThat(waiting("B")).isEqualTo("OFFERED PARIS/D2 at +3d@11:00 until +2d@08:00, 1 so far");
    }

    @Test
    void givenAnOffer_whenItIsConfirmed_thenTheWaitingIsOver() {
        given("day PARIS/D2 11:00..12:00 places=1 date=3", "ticks");
        when("confirm A").then("CONFIRMED for +3d@11:00").tells("Confirmed", "WaitingEnded");
        assertThat(waiting("A")).isEqualTo("none");
        assertThat(waiting("B")).startsWith("OFFERED PARIS/D2 at +3d@11:10");
        assertThat(appointment("A")).isEqualTo("CONFIRMED at +3d@11:00");
    }

    @Test
    void givenAnOffer_whenItIsDeclined_thenTheWaitingIsOverAndTheNextOneIsOfferedIt() {
        given("day PARIS/D2 11:00..11:10 places=1 date=3", "ticks");
        when("release A").then("OK").tells("HoldReleased", "RoomChanged", "WaitingEnded");
        when("ticks").tells("Held", "RoomChanged", "OfferMade");
        assertThat(waiting("A")).isEqualTo("none");
        assertThat(waiting("B")).isEqualTo("OFFERED PARIS/D2 at +3d@11:00 until +2d@08:00, 1 so far");
        assertThat(lines("A")).isEqualTo("VALIDATED");
    }

    @Test
    void givenAnOfferThatNobodyAnswers_whenItExpires_thenThereIsAnotherUntilThereWereEnough() {
        given("offerRules ttl=PT1H each=2 notice=PT0S days=5", "withdraw B", "day PARIS/D2 11:00..12:00 places=1 date=3", "ticks");
        assertThat(waiting("A")).isEqualTo("OFFERED PARIS/D2 at +3d@11:00 until 09:00, 1 so far");
        when("09:00 tick").tells("HoldExpired", "RoomChanged", "OfferLapsed", "Held", "RoomChanged", "OfferMade");
        assertThat(waiting("A")).isEqualTo("OFFERED PARIS/D2 at +3d@11:00 until 10:00, 2 so far");
        when("10:00 tick").tells("HoldExpired", "RoomChanged", "WaitingEnded");
        assertThat(waiting("A")).isEqualTo("none");
        assertThat(lines("A")).isEqualTo("VALIDATED");
    }

    @Test
    void givenAnOfferThatNobodyAnswers_whenItWasTheLast_thenTheNextOneIsOfferedTheRoom() {
        given("offerRules ttl=PT1H each=1 days=5", "day PARIS/D2 11:00..11:10 places=1 date=3", "ticks");
        when("09:00 ticks").tells("HoldExpired", "RoomChanged", "WaitingEnded", "Held", "RoomChanged", "OfferMade");
        assertThat(waiting("A") + "; " + waiting("B")).isEqualTo("none; OFFERED PARIS/D2 at +3d@11:00 until 10:00, 1 so far");
        when("09:59:59.999 confirm B").then("CONFIRMED for +3d@11:00");
    }

    @Test
    void givenAnOffer_whenAnotherIsChosen_thenTheySwapAndItIsStillAnOffer() {
        given("day PARIS/D2 11:00..12:00 places=1 date=3", "ticks");
        when("choose A PARIS/D2@11:10+2 date=3").then("HELD_BY_OTHER");
        when("choose A PARIS/D2@11:40+2 date=3").then("HELD until +2d@08:00").tells("HoldReleased", "RoomChanged", "Held", "RoomChanged", "OfferMade");
        assertThat(waiting("A")).isEqualTo("OFFERED PARIS/D2 at +3d@11:40 until +2d@08:00, 1 so far");
        when("choose A PARIS/D2@11:35+2 date=3").then("HELD until +2d@08:00");
        when("choose A PARIS/D2@11:35+3 date=3").then("UNITS_DO_NOT_MATCH 2");
        when("choose A PARIS/D1@09:00+2 date=2").then("CLOSED");
        when("choose A PARIS/D2@11:35+2:1 date=3").then("LEGS_DO_NOT_COVER");
        when("+2d@07:55 choose A PARIS/D2@11:00+2 date=3").then("HELD until +2d@08:05");
        when("+2d@08:05 choose A PARIS/D2@11:30+2 date=3").then("HOLD_EXPIRED");
    }

    @Test
    void givenAHoldThatIsNoOffer_whenAnotherIsChosen_thenItIsRefused() {
        given("day PARIS/D2 11:00..12:00 places=5 date=3", "submit C Chadia:birth", "hold C PARIS/D2@11:00+2 date=3");
        when("choose C PARIS/D2@11:30+2 date=3").then("NOT_AN_OFFER");
        when("choose NOBODY PARIS/D2@11:30+2 date=3").then("HOLD_UNKNOWN");
    }

    @Test
    void givenChoices_whenTheBudgetIsSpent_thenTheyCountLikeHolds() {
        given("rules holdBudget=2 holdBudgetRefillMs=3600000", "day PARIS/D2 11:00..12:00 places=2 date=3", "09:00 ticks", "choose A PARIS/D2@11:10+2 date=3");
        given("choose A PARIS/D2@11:20+2 date=3");
        when("choose A PARIS/D2@11:30+2 date=3").then("HOLD_BUDGET_SPENT until 10:00");
    }

    @Test
    void givenApplicantsWhoWouldGoElsewhere_whenThereIsRoomAtAnotherPost_thenItIsOffered() {
        given("post LYON", "desk LYON/D1 serves=birth", "day LYON/D1 10:00..11:00 places=1 date=2", "ticks");
        assertThat(waiting("A")).isEqualTo("NO_ROOM");
        when("acceptPosts B LYON").then("OK").tells("PostsAccepted");
        given("ticks");
        assertThat(waiting("A") + "; " + waiting("B")).isEqualTo("NO_ROOM; OFFERED LYON/D1 at +2d@10:00 until +2d@08:00, 1 so far");
        given("acceptPosts A LYON", "ticks");
        assertThat(waiting("A")).isEqualTo("OFFERED LYON/D1 at +2d@10:10 until +2d@08:00, 1 so far");
    }

    @Test
    void givenAChosenPost_whenOthersAreAccepted_thenTheyAreNotTheWrongPostAnyMore() {
        given("post LYON", "post ROME", "desk LYON/D1 serves=birth", "desk ROME/D1 serves=birth", "day LYON/D1 10:00..11:00 places=1 date=2", "day ROME/D1 10:00..11:00 places=1 date=2",
                "submit C Chadia:birth post=PARIS");
        when("hold C LYON/D1@10:00+2 date=2").then("WRONG_POST");
        given("acceptPosts C ROME,LYON");
        when("hold C LYON/D1@10:00+2 date=2").then("HELD until 08:10");
        given("release C", "acceptPosts C none");
        when("hold C LYON/D1@10:00+2 date=2").then("WRONG_POST");
        when("acceptPosts C 77").then("POST_UNKNOWN");
        when("acceptPosts C LYON,LYON").then("OUT_OF_RANGE");
        given("withdraw C");
        when("acceptPosts C LYON").then("LINE_STATE");
        when("acceptPosts NOBODY LYON").then("APPLICATION_UNKNOWN");
    }

    @Test
    void givenPeopleWhoWait_whenTheyFindSomethingByThemselves_thenTheyWaitNoMore() {
        given("day PARIS/D2 11:00..11:10 places=1 date=200");
        given("ticks", "submit C Chadia:birth");
        assertThat(waiting("A")).isEqualTo("NO_ROOM");
        given("hold A PARIS/D2@11:00+2 date=200");
        assertThat(waiting("A")).isEqualTo("NO_ROOM");
        when("confirm A").then("CONFIRMED for +200d@11:00").tells("Confirmed", "WaitingEnded");
        when("walkIn B PARIS/D2 lines=0").then("OVERFLOW TICKET 1").tells("WalkedIn", "WaitingEnded");
        assertThat(waiting("A") + ", " + waiting("B")).isEqualTo("none, none");
    }

    @Test
    void givenPeopleWhoWait_whenTheyWithdraw_thenTheyWaitNoMore() {
        when("withdraw A").then("OK").tells("LinesDecided", "WaitingEnded");
        when("reject B").then("OK").tells("LinesDecided", "WaitingEnded");
        assertThat(waiting("A") + ", " + waiting("B")).isEqualTo("none, none");
    }

    @Test
    void givenAFamily_whenOneOfThemWithdraws_thenTheOthersGoOnWaiting() {
        given("day PARIS/D1 09:00..10:00 places=3 date=4", "submit F Mother:birth Father:birth", "hold F PARIS/D1@09:00+2 date=4", "confirm F");
        given("close T PARIS +4d@00:00..+5d@00:00", "ticks");
        when("withdraw F lines=0").then("OK").tells("LinesDecided");
        given("day PARIS/D2 09:00..09:10 places=3 date=5", "ticks");
        assertThat(unit("PARIS/D2", "09:00", 5)).isEqualTo("3/0/3/0");
        assertThat(waiting("F")).isEqualTo("OFFERED PARIS/D2 at +5d@09:00 until +2d@08:00, 1 so far");
        assertThat(lines("F")).isEqualTo("WITHDRAWN, VALIDATED held");
    }

    @Test
    void givenAVisitOfTwoLegs_whenItIsOfferedAgain_thenOneLegFollowsTheOtherOnOneDate() {
        given("day PARIS/D1 09:00..10:00 places=3 date=4", "submit F Mother:birth,card", "hold F PARIS/D1@09:00+2:0 PARIS/D1@09:10+2:1 date=4", "confirm F",
                "withdraw A", "withdraw B", "close T PARIS +4d@00:00..+5d@00:00", "ticks");
        given("day PARIS/D2 09:00..10:00 places=1 date=5", "day PARIS/D1 09:00..09:30 places=2 date=6", "day PARIS/D2 08:50..10:00 places=1 date=6", "ticks");
        assertThat(waiting("F")).isEqualTo("OFFERED PARIS/D2+PARIS/D1 at +6d@08:50 until +2d@08:00, 1 so far");
        assertThat(unit("PARIS/D1", "09:00", 6) + " " + unit("PARIS/D1", "09:10", 6)).isEqualTo("2/0/1/0 2/0/0/0");
        given("release F", "submit G Aunt:birth,card", "day PARIS/D1 09:00..10:00 places=3 date=7", "hold G PARIS/D1@09:10+2:0 PARIS/D1@09:00+2:1 date=7", "confirm G",
                "close U PARIS +7d@00:00..+8d@00:00", "day PARIS/D1 09:00..10:00 places=2 date=8", "ticks");
        assertThat(waiting("G")).isEqualTo("OFFERED PARIS/D1+PARIS/D1 at +8d@09:00 until +2d@08:00, 1 so far");
        assertThat(unit("PARIS/D1", "09:00", 8) + " " + unit("PARIS/D1", "09:10", 8)).isEqualTo("2/0/1/0 2/0/1/0");
    }

    @Test
    void givenRoomThatIsThere_whenManyLoseTheirVisits_thenWhoHasPriorityAndThenWhoBookedFirstHasTheEarliest() {
        given("day PARIS/D1 09:00..10:00 places=9 date=4", "day PARIS/D2 11:00..13:00 places=1 date=5");
        for (final String who : new String[] {"E Eid:birth", "F Fadma:birth", "G Ghali:birth priority=SENIOR", "H Hind:birth", "I Idir:birth", "J Jamal:birth"}) {
            given("submit " + who, "08:00 hold " + who.charAt(0) + " PARIS/D1@09:00+2 date=4", "confirm " + who.charAt(0));
        }
        given("ticks", "release A", "release B", "close T PARIS/D1 +4d@00:00..+5d@00:00", "ticks");
        assertThat(waiting("G")).startsWith("OFFERED PARIS/D2 at +5d@11:00");
        assertThat(waiting("E")).startsWith("OFFERED PARIS/D2 at +5d@11:10");
        assertThat(waiting("F")).startsWith("OFFERED PARIS/D2 at +5d@11:20");
        assertThat(waiting("H")).startsWith("OFFERED PARIS/D2 at +5d@11:30");
        assertThat(waiting("J")).startsWith("OFFERED PARIS/D2 at +5d@11:50");
    }

    @Test
    void givenSomebodyWithPriority_whenThereIsLittleRoom_thenTheyAreFirst() {
        given("day PARIS/D1 09:00..10:00 places=3 date=4", "submit E Eid:birth priority=EMERGENCY", "hold E PARIS/D1@09:00+2 date=4", "confirm E",
                "close T PARIS +4d@00:00..+5d@00:00", "ticks", "day PARIS/D2 11:00..11:10 places=1 date=6", "ticks");
        assertThat(waiting("E") + "; " + waiting("A")).isEqualTo("OFFERED PARIS/D2 at +6d@11:00 until +2d@08:00, 1 so far; NO_ROOM");
    }

    @Test
    void givenRoomInLessThanTheNotice_whenLookedFor_thenItIsNotOffered() {
        given("+2d@08:00 day PARIS/D2 09:00..11:00 places=1 date=2", "ticks");
        assertThat(waiting("A") + "; " + waiting("B"))
                .isEqualTo("OFFERED PARIS/D2 at +2d@10:00 until +2d@10:00, 1 so far; OFFERED PARIS/D2 at +2d@10:10 until +2d@10:10, 1 so far");
    }

    @Test
    void givenRoomBeforeAndAfterTheLostDate_whenLookedFor_thenTheLaterDatesComeFirst() {
        given("beginChange N PARIS", "addToChange N PARIS/D2 09:00..09:10 places=1 date=1", "addToChange N PARIS/D2 09:00..09:10 places=1 date=9");
        when("applyChange N version=1").then("OK").tells("ChangeApplied");
        given("ticks");
        assertThat(waiting("A")).isEqualTo("OFFERED PARIS/D2 at +9d@09:00 until +2d@08:00, 1 so far");
        assertThat(waiting("B")).isEqualTo("OFFERED PARIS/D2 at +1d@09:00 until +1d@09:00, 1 so far");
    }

    @Test
    void givenAnOffer_whenAClosureTakesItsRoomToo_thenItWasNone() {
        given("day PARIS/D2 11:00..11:10 places=1 date=3", "ticks", "close T PARIS/D2 +3d@00:00..+4d@00:00");
        when("tick").tells();
        when("tick").tells("HoldReleased", "RoomChanged", "RoomChanged", "OfferLapsed", "ClosureInForce");
        assertThat(closure("T")).isEqualTo("IN_FORCE, displaced 1, holds 0");
        given("ticks", "day PARIS/D2 11:00..11:10 places=1 date=4", "ticks");
        assertThat(waiting("A")).isEqualTo("OFFERED PARIS/D2 at +4d@11:00 until +2d@08:00, 1 so far");
    }

    @Test
    void givenAPersonAtTheirLimit_whenAnOfferComes_thenItIsMadeAllTheSame_andCounts() {
        given("rules holdsPerPerson=1", "submit C Ali:card", "day PARIS/D1 09:00..10:00 places=1 date=5", "hold C PARIS/D1@09:00+2 date=5",
                "day PARIS/D2 11:00..12:00 places=1 date=3", "ticks");
        assertThat(waiting("A")).isEqualTo("OFFERED PARIS/D2 at +3d@11:00 until +2d@08:00, 1 so far");
        given("release C");
        when("hold C PARIS/D1@09:00+2 date=5").then("LIMIT_REACHED");
    }

    @Test
    void givenTablesThatAreFull_whenThereIsRoom_thenNothingIsOfferedUntilRoomComesAgain() {
        given("submit C Chadia:card", "day PARIS/D1 09:00..10:00 places=1 date=5", "hold C PARIS/D1@09:00+2 date=5", "rules maxHolds=1",
                "day PARIS/D2 11:00..12:00 places=1 date=3", "ticks");
        assertThat(waiting("A")).isEqualTo("NO_ROOM");
        given("release C", "ticks");
        assertThat(waiting("A")).startsWith("OFFERED");
    }

    @Test
    void givenRules_whenOutOfRange_thenInvalid() {
        when("offerRules ttl=PT4M59S").then("RULES_INVALID");
        when("offerRules notice=P7DT1S").then("RULES_INVALID");
        when("offerRules days=421").then("RULES_INVALID");
        when("offerRules each=0").then("RULES_INVALID");
        when("offerRules ttl=PT5M notice=P7D days=420 each=10").then("OK").tells("OfferRulesSet");
    }
}
