package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An older system hands over what it had under way: appointments as they were promised, stamps as they were priced, and money that it still owes. */
class CutOverStoryTest extends Story {
    @BeforeEach
    void onePost() {
        given("07:00 coreVersion 6");
        world(this);
    }

    private static void world(final Story story) {
        story.given("post PARIS currency=EUR digits=2 round=1", "rate PARIS micro=10000000", "service passport minutes=15", "tariff passport centimes=50000", "service card minutes=15",
                "tariff card centimes=7500", "desk PARIS/D1 serves=passport,card", "day PARIS/D1 date=9 09:00..10:00 places=1 align=3 released=+5d@08:00",
                "submit A Ali:passport,card", "submit B Badr:passport");
    }

    // ---- appointments

    @Test
    void givenADayThatNobodyMayBookYet_whenAnAppointmentWasPromisedThere_thenItIsConfirmedAtOnceAsLongAsItWas() {
        when("hold A PARIS/D1@09:15+3 lines=0 date=9").then("NOT_YET_RELEASED until +5d@08:00");
        when("promise A PARIS/D1@09:10+4 lines=0 date=9").then("CONFIRMED for +9d@09:10").tells("Confirmed", "RoomChanged");
        when("promise B PARIS/D1@09:20+2 date=9").then("SOLD_OUT");
        when("promise B PARIS/D1@09:30+2 date=9").then("CONFIRMED for +9d@09:30");
        when("+9d@09:00 checkIn A").then("TICKET 1");
        when("+9d@09:12 cancel B").then("OK").tells("AppointmentChanged", "RoomChanged");
    }

    @Test
    void givenRoomThatIsThere_whenWhatWasPromisedIsNotWhatThePostCanDo_thenTheReasonIsTold() {
        given("service visa minutes=15 walkup", "submit C Chad:visa", "submit D Dina:passport,card");
        when("promise C PARIS/D1@09:00+3 date=9").then("NO_APPOINTMENT_NEEDED");
        when("promise B PARIS/D1@09:00+3 date=8").then("SLOT_UNKNOWN");
        when("promise B PARIS/D1@09:50+3 date=9").then("SLOT_UNKNOWN");
        when("promise D PARIS/D1@09:00+2:0 PARIS/D1@09:05+2:1 date=9").then("LEGS_OVERLAP");
        given("promise B PARIS/D1@09:00+3 date=9");
        when("promise B PARIS/D1@09:30+3 date=9").then("LINE_TAKEN");
        when("+9d@09:30 promise A PARIS/D1@09:30+3 lines=0 date=9").then("IN_THE_PAST");
    }

    @Test
    void givenAChangeThatLeavesLess_whenAnAppointmentIsTakenOver_thenItMustFitThatToo() {
        given("beginChange X PARIS", "addToChange X PARIS/D1 09:00..09:30 date=9 places=1 align=3 released=+5d@08:00");
        when("promise B PARIS/D1@09:30+3 date=9").then("SOLD_OUT");
        when("promise B PARIS/D1@09:15+3 date=9").then("CONFIRMED for +9d@09:15");
    }

    // ---- stamps and money

    @Test
    void givenStampsThatWerePaidElsewhere_whenTheyAreTakenOver_thenTheyAreHeldAndTheOlderSystemOwesThem() {
        when("takeOver A post=PARIS stamps=0:50000/5000,1:8000/800 issued=-30d@09:00 transaction=E1 date=-29 means=EPT").then("OK")
                .tells("StampsIssued", "StampsIssued", "StampsTakenOver", "PaymentStarted", "PaymentChanged", "StampsChanged", "Posted")
                .posts("OPENING_BALANCE +5800 EUR", "HELD_CHANCERY -5000 EUR", "HELD -800 EUR");
        given("promise A PARIS/D1@09:15+3 lines=0 date=9", "+9d@09:00 checkIn A", "+9d@09:15 call A", "+9d@09:16 use A A post=PARIS date=9");
        when("+9d@18:00 closeBatch PARIS earlier paid=5800/1 undone=0/0").then("AGREES at 5800").posts("SETTLEMENT_UNDER_WAY +5800 EUR", "OPENING_BALANCE -5800 EUR");
        when("settle batch=1 gross=5800").then("OK").posts("TREASURY +5800 EUR", "SETTLEMENT_UNDER_WAY -5800 EUR");
    }

    @Test
    void givenAStampThatWasPaidElsewhere_whenItsMoneyGoesBack_thenTheOlderSystemOwesLess() {
        given("takeOver A post=PARIS stamps=0:50000/5000 issued=-30d@09:00 transaction=E1 date=-29", "propose A refund post=PARIS", "decide A refund post=PARIS by=Amina");
        when("refund A amount=5000").then("OK").posts("REFUNDS_PAYABLE +5000 EUR", "OPENING_BALANCE -5000 EUR");
        when("closeBatch PARIS earlier paid=5000/1 undone=5000/1").then("AGREES at 0");
    }

    @Test
    void givenMoneyThatTheOlderSystemNeverHad_whenItIsReversed_thenTheStampIsUnpaid() {
        given("takeOver A post=PARIS stamps=0:50000/5000 issued=-30d@09:00 transaction=E1 date=-29");
        when("approve A amount=5000 transaction=X").then("PAYMENT_STATE APPROVED");
        when("fail A REVERSED").then("REVERSED").posts("HELD_CHANCERY +5000 EUR", "OPENING_BALANCE -5000 EUR");
        given("pay P A post=PARIS", "approve P amount=5000 transaction=X");
    }

    @Test
    void givenStampsOfDifferentAges_whenTheirTimeIsOver_thenEachGoesByItsOwn() {
        given("takeOver A post=PARIS stamps=0:50000/5000 issued=-10d@09:00", "takeOver B post=PARIS stamps=0:50000/5000 issued=-100d@09:00");
        when("+80d@09:00 tick").then("OK").tells("StampsChanged");
        when("issue B post=PARIS").then("OK");
        when("+170d@09:00 ticks").then("OK").tells("StampsChanged");
        when("+170d@10:00 issue A post=PARIS lines=0").then("OK");
    }

    @Test
    void givenAPaidStamp_whenTwoYearsAreOverSinceTheOlderSystemIssuedIt_thenItIsForfeited() {
        given("submit C Chad:card", "issue C post=PARIS", "pay P C post=PARIS", "approve P amount=750 transaction=X1", "takeOver A post=PARIS stamps=0:50000/5000 issued=-700d@09:00 transaction=E1 date=-700");
        when("+30d@08:59 tick").then("OK").tells();
        when("+30d@09:00 tick").then("OK").posts("HELD_CHANCERY +5000 EUR", "FORFEITED_CHANCERY -5000 EUR");
    }

    @Test
    void givenWhatCannotBeSo_whenStampsAreTakenOver_thenTheReasonIsTold() {
        when("takeOver A post=PARIS currency=USD stamps=0:50000/5000 issued=06:00").then("CURRENCY_MISMATCH");
        when("takeOver A post=PARIS stamps=2:50000/5000 issued=06:00").then("LINE_UNKNOWN");
        when("takeOver A post=PARIS stamps=0:50000/5000 issued=07:01").then("TOO_EARLY until 07:01");
        when("takeOver A post=PARIS stamps=0:50000/5000 issued=-180d@07:00").then("EARLIER_STAMP_OVER until 07:00");
        when("takeOver A post=PARIS stamps=0:50000/500000 issued=06:00").then("EARLIER_PRICE_DIFFERS 5000");
        when("takeOver A post=PARIS stamps=0:50000/5101 issued=06:00").then("EARLIER_PRICE_DIFFERS 5000");
        given("takeOver A post=PARIS stamps=0:50000/5100 issued=06:00 transaction=E1 date=0");
        when("takeOver A post=PARIS stamps=0:50000/5000 issued=06:00").then("STAMP_ALREADY_ISSUED");
        when("takeOver B post=PARIS stamps=0:50000/5000 issued=06:00 transaction=E1 date=0").then("TRANSACTION_KNOWN");
        given("withdraw B");
        when("takeOver B post=PARIS stamps=0:50000/5000 issued=06:00").then("LINE_STATE");
    }

    @Test
    void givenAnOlderCore_whenSomethingIsTakenOver_thenItDoesNotKnowHow() {
        final Story older = new Story() { };
        older.given("07:00 coreVersion 5");
        world(older);
        older.when("promise A PARIS/D1@09:15+3 lines=0 date=9").then("CORE_VERSION_UNSUPPORTED");
        older.when("takeOver A post=PARIS stamps=0:50000/5000 issued=06:00").then("CORE_VERSION_UNSUPPORTED");
        older.when("closeBatch PARIS earlier").then("CORE_VERSION_UNSUPPORTED");
        assertThat(older.core().coreVersion()).isEqualTo(5);
    }
}
