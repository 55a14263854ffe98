package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.BreakRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.Result;

/** The link of a post is down for a day: people come, are served and use their stamps all the same, and the rest of the network hears of it in the evening. */
class OfflineStoryTest extends Story {
    private static final int PARIS = 1;

    @BeforeEach
    void aMorningInParisBeforeTheLinkIsDown() {
        given("07:00 coreVersion 5", "post PARIS currency=EUR digits=2 round=1", "post LYON currency=EUR digits=2 round=1", "rate PARIS micro=10000000",
                "rate LYON micro=10000000", "service passport minutes=15", "service card minutes=15", "tariff passport centimes=50000", "tariff card centimes=7500",
                "desk PARIS/D1 serves=passport,card", "desk LYON/L1 serves=passport,card", "day PARIS/D1 09:00..17:00 places=3",
                "day PARIS/D1 09:00..17:00 places=3 date=3", "day LYON/L1 09:00..17:00 places=3", "terminal T1 PARIS",
                "submit A Ali:passport Aya:card", "hold A PARIS/D1@10:00+3", "confirm A stamps");
    }

    // ---- with an appointment

    @Test
    void givenADayWithoutALink_whenItIsToldInTheEvening_thenWhoCameWasThereAndWhoWasServedWasServed() {
        when("18:00 recordVisit A CHECKED_IN at=09:50").then("APPOINTMENT 1 TICKET 1").tells("AppointmentChanged", "RecordedOffline");
        assertThat(appointment("A")).isEqualTo("CHECKED_IN at 10:00");
        when("recordVisit A SERVED at=10:20 counter=4").then("APPOINTMENT 1 TICKET 1").tells("AppointmentChanged", "RecordedOffline");
        assertThat(appointment("A")).isEqualTo("SERVED at 10:00");
        assertThat(lines("A")).isEqualTo("FULFILLED, FULFILLED");
        assertThat(unit("PARIS/D1", "10:00")).as("they were there").isEqualTo("3/2/0/0");
    }

    @Test
    void givenTicketsOfThePostsOwn_whenTold_thenTheyStandAndOneThatWasGivenBeforeStays() {
        when("18:00 recordVisit A CHECKED_IN at=09:50 ticket=501").then("APPOINTMENT 1 TICKET 501");
        when("recordVisit A SERVED at=10:20 ticket=502").then("APPOINTMENT 1 TICKET 501");
    }

    @Test
    void givenOnlyTheAct_whenTold_thenNobodyMissesTheStepsBeforeIt() {
        when("18:00 recordVisit A SERVED at=10:20 lines=0 ticket=7 counter=4").then("APPOINTMENT 1 TICKET 7").tells("AppointmentChanged", "RecordedOffline");
        assertThat(lines("A")).as("one act could not be done: she may come again").isEqualTo("FULFILLED, VALIDATED");
    }

    @Test
    void givenSomebodyWhoIsCalledAlready_whenTheActIsTold_thenServedWheneverThatWas() {
        given("09:50 checkIn A", "10:00 call A counter=2");
        when("18:00 recordVisit A SERVED at=17:30").then("APPOINTMENT 1 TICKET 1");
        assertThat(unit("PARIS/D1", "10:00")).isEqualTo("3/2/0/0");
    }

    @Test
    void givenACancellationOnline_whenTheyWereServedAllTheSame_thenAVisitOfItsOwnHasIt() {
        given("09:00 cancel A");
        when("18:00 recordVisit A CHECKED_IN at=09:50").then("SUPERSEDED, it is CANCELLED").tells("RecordedOffline");
        when("recordVisit A SERVED at=10:20 lines=0 ticket=501").then("APPOINTMENT 2 TICKET 501").tells("WalkedIn", "AppointmentChanged", "RecordedOffline");
        assertThat(appointment("A")).isEqualTo("SERVED at 10:20");
        assertThat(lines("A")).isEqualTo("FULFILLED, VALIDATED");
        when("recordVisit 1 SERVED at=10:20 lines=0").then("SUPERSEDED, it is CANCELLED").tells("RecordedOffline");
        when("recordVisit 1 SERVED at=10:25 lines=0,1").then("APPOINTMENT 3 TICKET 1");
        assertThat(lines("A")).isEqualTo("FULFILLED, FULFILLED");
    }

    @Test
    void givenACancellationAndAnotherVisit_whenTheyWereServedInTheFirstOne_thenTheOtherIsGivenBack() {
        given("09:00 cancel A", "hold A LYON/L1@15:00+3:0", "confirm A", "hold A LYON/L1@15:00+3:1");
        assertThat(unit("LYON/L1", "15:00")).isEqualTo("3/1/1/0");
        when("09:05 recordVisit 1 SERVED at=09:02 lines=0,1").then("APPOINTMENT 3 TICKET 1")
                .tells("AppointmentChanged", "RoomChanged", "HoldReleased", "RoomChanged", "WalkedIn", "AppointmentChanged", "RecordedOffline");
        assertThat(unit("LYON/L1", "15:00")).isEqualTo("3/0/0/0");
        assertThat(lines("A")).isEqualTo("FULFILLED, FULFILLED");
        assertThat(appointment("A")).as("of the one in Lyon").isEqualTo("CANCELLED at 15:00");
    }

    @Test
    void givenAVisitThatWasMoved_whenTheyCameAtTheOldTime_thenTheNewOneIsFree() {
        given("09:00 reschedule A PARIS/D1@15:00+3 date=3");
        when("18:00 recordVisit A CHECKED_IN at=09:50").then("SUPERSEDED, it is CONFIRMED");
        when("recordVisit A SERVED at=10:20").then("APPOINTMENT 1").tells("AppointmentChanged", "RoomChanged", "RecordedOffline");
        assertThat(unit("PARIS/D1", "15:00", 3)).isEqualTo("3/0/0/0");
        assertThat(appointment("A")).isEqualTo("SERVED at +3d@15:00");
        core().check();
    }

    @Test
    void givenSomebodyWhoDidNotCome_whenTold_thenTheirPlacesAreFreeUnlessTheyWereServedMeanwhile() {
        when("18:00 recordVisit A NO_SHOW at=10:14").then("SUPERSEDED, it is CONFIRMED").tells("RecordedOffline");
        when("recordVisit A NO_SHOW at=10:15").then("APPOINTMENT 1").tells("AppointmentChanged", "RoomChanged", "RecordedOffline");
        assertThat(unit("PARIS/D1", "10:00")).isEqualTo("3/0/0/0");
        when("recordVisit A SERVED at=11:30").then("APPOINTMENT 2 TICKET 1").tells("WalkedIn", "AppointmentChanged", "RecordedOffline");
        when("recordVisit 2 NO_SHOW at=12:00").then("SUPERSEDED, it is SERVED");
    }

    // ---- without one

    @Test
    void givenSomebodyWithoutAnAppointment_whenTold_thenTheyAreInWithATicketAndWithoutARoom() {
        when("18:00 recordWalkIn W PARIS Wafa:passport at=11:00 ticket=502 stamps").then("APPOINTMENT 2 TICKET 502")
                .tells("ApplicationSubmitted", "WalkedIn", "StampsIssued", "RecordedOffline");
        assertThat(appointment("W")).isEqualTo("CHECKED_IN at 11:00");
        when("18:05 call W counter=1").then("OK");
        when("recordWalkIn X PARIS Xenia:passport at=11:30 served").then("APPOINTMENT 3 TICKET 1")
                .tells("ApplicationSubmitted", "WalkedIn", "AppointmentChanged", "RecordedOffline");
        assertThat(lines("X")).isEqualTo("FULFILLED");
        when("recordWalkIn Y LYON Wafa:passport at=12:00 served").then("LINE_ALREADY_OPEN");
    }

    @Test
    void givenSomebodyWhoCameADayEarlyToAnotherPost_whenServedThere_thenWhatTheyHadIsGivenBack() {
        when("18:00 recordWalkIn A LYON at=11:00 served lines=0").then("APPOINTMENT 2 TICKET 1")
                .tells("AppointmentChanged", "RoomChanged", "WalkedIn", "AppointmentChanged", "RecordedOffline");
        assertThat(lines("A")).isEqualTo("FULFILLED, VALIDATED");
        when("recordWalkIn A LYON at=11:00 served lines=0").then("LINE_STATE");
        when("recordWalkIn A LYON at=11:00 lines=2").then("LINE_UNKNOWN");
    }

    // ---- stamps

    @Test
    void givenAStampThatWasUsedAtTwoPostsWithoutALink_whenBothTell_thenTheSecondIsABreakThatSaysWhenAndWhere() {
        given("pay P A post=PARIS terminal=T1 stamps=1,2", "approve P amount=5750 transaction=X1");
        when("18:00 recordUse A post=LYON at=10:00").then("OK").tells("StampsChanged", "Posted");
        when("18:05 recordUse A post=PARIS at=11:00").then("STAMP_ALREADY_CONSUMED at 18:00 in 2, BREAK 1").tells("BreakOpened");
        assertThat(breaks()).containsExactly("CONSUMED_TWICE in 1 of payment 1, stamp 1: 5000 EUR");
        when("18:06 recordUse A post=PARIS at=11:00").then("STAMP_ALREADY_CONSUMED at 18:00 in 2, BREAK 1").tells();
        when("18:07 recordUse A post=PARIS at=12:00").then("STAMP_ALREADY_CONSUMED at 18:00 in 2, BREAK 2").tells("BreakOpened");
        assertThat(stamps()).contains("line 0: 50000 centimes, 5000 EUR, CONSUMED", "line 1: 7500 centimes, 750 EUR, PAID");
    }

    @Test
    void givenAStampThatWasRefundedMeanwhile_whenItWasUsedAllTheSame_thenItIsABreak() {
        given("pay P A post=PARIS terminal=T1 stamps=1,2 by=Amina", "approve P amount=5750 transaction=X1", "propose A refund by=Badr", "decide A refund by=Chadia",
                "refund A amount=5000");
        when("18:00 recordUse A post=PARIS at=10:00").then("STAMP_STATE, BREAK 1").tells("BreakOpened").posts();
        assertThat(breaks()).containsExactly("USED_WITHOUT_VALUE in 1 of payment 1, stamp 1: 5000 EUR");
        when("18:01 recordUse A post=PARIS at=10:00").then("STAMP_STATE, BREAK 1").tells();
    }

    @Test
    void givenAStampThatNobodyPaidOrWhoseLineWasRejected_whenItWasUsed_thenItIsABreak() {
        when("18:00 recordUse A post=PARIS at=10:00").then("STAMP_STATE, BREAK 1").tells("BreakOpened");
        assertThat(breaks()).containsExactly("USED_WITHOUT_VALUE in 1 of payment 0, stamp 1: 5000 EUR");
        given("pay P A post=PARIS terminal=T1 stamps=2", "approve P amount=750 transaction=X1", "cancel A", "reject A lines=1");
        when("18:05 recordUse A post=PARIS at=10:00 stamp=2 line=1").then("STAMP_STATE, BREAK 2").tells("BreakOpened");
    }

    @Test
    void givenBreaksThatAreFull_whenThereWouldBeAnother_thenBreaksFullAndTheStampIsAsItWas() {
        given("stampRules breaks=1", "18:00 breakOf key=77");
        when("18:00 recordUse A post=PARIS at=10:00").then("BREAKS_FULL");
    }

    // ---- when it can have been, and how often it is told

    @Test
    void givenAClockThatIsWrongOrALinkThatWasDownForTooLong_whenTold_thenRefused() {
        given("rules createdSkewMs=60000");
        when("10:00 recordVisit A CHECKED_IN at=10:01").then("APPOINTMENT 1 TICKET 1");
        when("10:00 recordVisit A SERVED at=10:01:00.001").then("TOO_EARLY until 10:00");
        when("10:00 recordWalkIn W PARIS Wafa:passport at=10:02").then("TOO_EARLY until 10:00");
        when("10:00 recordUse A post=PARIS at=10:02").then("TOO_EARLY until 10:00");
        when("+30d@10:00 recordVisit A SERVED at=09:59:59.999").then("REQUEST_TOO_OLD");
        when("recordWalkIn W PARIS Wafa:passport at=09:59").then("REQUEST_TOO_OLD");
        when("recordUse A post=PARIS at=09:59").then("REQUEST_TOO_OLD");
        when("recordVisit A SERVED at=10:00").then("APPOINTMENT 1 TICKET 1");
    }

    @Test
    void givenADateWhoseTicketsAreCountedNoMore_whenSomebodyCameThen_thenTheyHaveNoneAndTodaysGoOn() {
        given("+17d@10:00 recordWalkIn V PARIS Vera:passport at=+16d@09:00");
        when("recordWalkIn W PARIS Wafa:passport at=+8d@09:00").then("APPOINTMENT 3");
        when("recordWalkIn X PARIS Xenia:passport at=+16d@10:00").then("APPOINTMENT 4 TICKET 2");
    }

    @Test
    void givenTheSameRequest_whenItIsToldAgain_thenTheSameAnswerAndNothingHappens() {
        when("18:00 recordVisit A SERVED at=10:20 id=7 created=10:20").then("APPOINTMENT 1");
        when("18:01 recordVisit A SERVED at=10:20 id=7 created=10:20").then("AGAIN APPOINTMENT 1").tells();
        when("18:02 recordVisit A NO_SHOW at=10:20 id=8").then("SUPERSEDED, it is SERVED");
        when("18:02 recordVisit A NO_SHOW at=10:20 id=8").then("AGAIN SUPERSEDED, it is SERVED").tells();
    }

    @Test
    void givenAPostThatNumbersItsCommands_whenOneIsMissing_thenToldWhichAndItsOrderIsKept() {
        given("08:00 submit C Chadia:passport client=9 seq=1", "rules rememberMs=1000", "+2d@08:00 submit D Driss:passport", "+2d@08:01 submit E Emna:passport");
        when("+2d@08:02 recordVisit A SERVED at=10:20 client=9 seq=3 created=10:20").then("SEQUENCE_GAP 2");
        when("recordVisit A CHECKED_IN at=09:50 client=9 seq=2 created=09:50").then("APPOINTMENT 1 TICKET 1");
        when("recordVisit A SERVED at=10:20 client=9 seq=3 created=10:20").then("APPOINTMENT 1 TICKET 1");
        // What is superseded is an answer, too: the number is used.
        when("recordVisit A NO_SHOW at=10:30 client=9 seq=4 created=10:30").then("SUPERSEDED, it is SERVED");
        when("recordWalkIn W PARIS Wafa:passport at=11:00 client=9 seq=5 created=11:00").then("APPOINTMENT 2 TICKET 2");
    }

    @Test
    void givenWhatCannotBe_whenTold_thenOutOfRange() {
        final long atMs = Words.instantMs("08:00");
        for (final AppointmentState state : List.of(AppointmentState.CONFIRMED, AppointmentState.CALLED, AppointmentState.CANCELLED, AppointmentState.DISPLACED)) {
            assertThat(tell(new Command.RecordVisit(request(), 1, atMs, 0, 0, state, 0)).result()).as("%s", state).isEqualTo(Result.OUT_OF_RANGE);
        }
        assertThat(tell(new Command.RecordVisit(request(), 1, atMs, 0, 1, AppointmentState.NO_SHOW, 0)).result()).isEqualTo(Result.OUT_OF_RANGE);
        final int today = (int) Words.TODAY.toEpochDay();
        assertThat(tell(new Command.RecordConsumption(request(), 1, 1, atMs, today + 2, PARIS, 0)).result()).as("not that date anywhere").isEqualTo(Result.OUT_OF_RANGE);
        when("08:00 recordVisit 99 SERVED at=08:00").then("APPOINTMENT_UNKNOWN");
        when("recordVisit A SERVED at=08:00 lines=2").then("LINE_UNKNOWN");
    }

    @Test
    void givenAnOlderLog_whenAPostTells_thenNothingIsWrittenDown() {
        final Story older = new Story() { };
        older.given("07:00 coreVersion 4", "post PARIS", "service passport", "desk PARIS/D1 serves=passport", "day PARIS/D1 09:00..17:00 places=3", "submit A Ali:passport",
                "hold A PARIS/D1@10:00+3", "confirm A");
        older.when("18:00 recordVisit A SERVED at=10:20").then("CORE_VERSION_UNSUPPORTED");
        older.when("recordWalkIn W PARIS Wafa:passport at=11:00").then("CORE_VERSION_UNSUPPORTED");
    }

    /** Who waits for another visit, since a strike has taken theirs, was served all the same: they wait no more. */
    @Test
    void givenADisplacedVisit_whenTheyWereServedAllTheSame_thenTheyWaitForNoOther() {
        final long dayMs = Words.TODAY.toEpochDay() * 86_400_000L;
        final Command strike = new Command.CloseDays(request(), PARIS, 0, dayMs + 9 * 3_600_000L, dayMs + 12 * 3_600_000L, 0, 0, 0);
        assertThat(tell(strike).result()).isEqualTo(Result.OK);
        given("08:00 tick", "tick");
        assertThat(appointment("A")).isEqualTo("DISPLACED at 10:00");
        when("18:00 recordVisit A SERVED at=10:20").then("APPOINTMENT 2 TICKET 1");
        assertThat(lines("A")).isEqualTo("FULFILLED, FULFILLED");
        assertThat(waiters()).isZero();
        core().check();
    }

    private int waiters() {
        final int[] found = {0};
        core().dump(RecordKind.WAITERS, 0, 100, (template, buffer, offset, length) -> found[0]++);
        return found[0];
    }

    /** All breaks, in order. */
    private List<String> breaks() {
        final List<String> breaks = new ArrayList<>();
        core().dump(RecordKind.BREAKS, 0, 100, (template, buffer, offset, length) -> {
            final BreakRecordDecoder one = new BreakRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            breaks.add(one.breakType() + " in " + one.postId() + " of payment " + one.paymentId() + ", stamp " + one.detailHash() + ": " + one.ourMinor() + " " + one.currency());
        });
        return breaks;
    }
}
