package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.Priority;
import org.mawid.sbe.Result;

/** One request, one answer; clients that number their commands; and what one command may hold at most. */
class RequestStoryTest extends Story {
    @BeforeEach
    void aDeskInParis() {
        given("07:00 post PARIS", "service passport minutes=15", "desk PARIS/D1 serves=passport", "day PARIS/D1 06:00..22:00 places=200",
                "submit A Ali:passport", "submit B Badr:passport");
    }

    @Test
    void givenARequestThatWasAnswered_whenItComesAgain_thenTheFirstAnswerAndNothingHappens() {
        when("08:00 hold A PARIS/D1@09:00+3 id=7 created=08:00").then("HELD until 08:10");
        when("08:01 hold A PARIS/D1@09:00+3 id=7 created=08:00").then("AGAIN HELD until 08:10");
        given("08:02 release A");
        when("08:03 hold A PARIS/D1@09:00+3 id=7 created=08:00").then("AGAIN HELD until 08:10");
        assertThat(lines("A")).isEqualTo("VALIDATED");
    }

    @Test
    void givenARefusal_whenTheRequestComesAgain_thenTheSameRefusalThoughItCouldBeDoneNow() {
        when("08:00 confirm A id=7 created=08:00").then("HOLD_UNKNOWN");
        given("08:00 hold A PARIS/D1@09:00+3");
        given("hold B PARIS/D1@09:00+3");
        when("08:01 validate A id=8 created=08:01").then("LINE_STATE");
        when("08:02 validate A id=8 created=08:01").then("AGAIN LINE_STATE");
    }

    @Test
    void givenARequestId_whenItComesWithAnotherBody_thenReused() {
        given("08:00 hold A PARIS/D1@09:00+3 id=7 created=08:00");
        when("hold A PARIS/D1@09:15+3 id=7 created=08:00").then("REQUEST_ID_REUSED");
        when("hold B PARIS/D1@09:00+3 id=7 created=08:00").then("REQUEST_ID_REUSED");
        when("hold A PARIS/D1@09:00+3 id=7 created=07:59").then("REQUEST_ID_REUSED");
        when("cancel A id=7 created=08:00").then("REQUEST_ID_REUSED");
    }

    @Test
    void givenAnswersThatWereForgotten_whenAnOldRequestComes_thenItIsNeverDoneAgain() {
        given("rules rememberMs=3600000", "08:00 hold A PARIS/D1@09:00+3 id=7 created=08:00");
        when("08:59 hold A PARIS/D1@09:00+3 id=7 created=08:00").then("AGAIN HELD until 08:10");
        given("09:00 withdraw B", "submit C Chadia:passport", "submit D Driss:passport", "submit E Emna:passport");
        when("09:01 hold A PARIS/D1@09:00+3 id=7 created=08:00").then("REQUEST_TOO_OLD");
        when("hold C PARIS/D1@10:00+3 id=8 created=08:00").then("REQUEST_TOO_OLD");
        when("hold C PARIS/D1@10:00+3 id=8 created=08:01").then("HELD until 09:11");
    }

    @Test
    void givenTheNewestOnly_whenMoreCome_thenTheOldestIsForgotten() {
        given("rules maxRequests=3", "08:00 submit C Chadia:passport id=50 created=08:00", "08:01 submit D Driss:passport", "submit E Emna:passport",
                "submit F Fares:passport");
        when("08:01 submit C Chadia:passport id=50 created=08:00").then("REQUEST_TOO_OLD");
    }

    @Test
    void givenAClockThatIsAhead_whenBeyondTheSkew_thenCreatedInFuture() {
        given("rules createdSkewMs=60000");
        when("08:00 submit C Chadia:passport created=08:01:00.001").then("CREATED_IN_FUTURE");
        when("08:00 submit C Chadia:passport created=08:01").then("OK");
    }

    @Test
    void givenAClientThatNumbersItsCommands_whenOneIsMissingOrTwice_thenToldWhich() {
        when("08:00 submit C Chadia:passport client=9 seq=2").then("SEQUENCE_GAP 1");
        when("submit C Chadia:passport client=9 seq=1 id=60").then("OK");
        when("submit C Chadia:passport client=9 seq=1 id=60").then("AGAIN OK");
        when("submit D Driss:passport client=9 seq=1").then("SEQUENCE_REPEATED");
        when("submit D Driss:passport client=9 seq=3").then("SEQUENCE_GAP 2");
        // A refusal by state is an answer too: the number is used.
        when("confirm D client=9 seq=2").then("HOLD_UNKNOWN");
        when("submit D Driss:passport client=9 seq=3").then("OK");
    }

    @Test
    void givenAClientThatWasOfflineForDays_whenItComesBack_thenItsOldCommandsAreDoneInOrder() {
        given("rules rememberMs=1000", "08:00 submit C Chadia:passport client=9 seq=1 created=08:00");
        given("+3d@08:00 submit D Driss:passport", "submit E Emna:passport", "submit F Fares:passport");
        when("+3d@08:00 submit G Ghita:passport created=08:01").then("OK");
        given("+3d@08:01 submit H Hind:passport", "submit I Ilyas:passport");
        when("+3d@08:01 submit J Jihane:passport created=08:00").then("REQUEST_TOO_OLD");
        when("+3d@08:01 submit J Jihane:passport client=9 seq=2 created=08:00").then("OK");
        when("+3d@08:01 submit C Chadia:passport client=9 seq=1 created=08:00").then("SEQUENCE_REPEATED");
    }

    @Test
    void givenClients_whenThereAreTooMany_thenClientsFull() {
        given("rules maxClients=1", "08:00 submit C Chadia:passport client=9 seq=1");
        when("submit D Driss:passport client=10 seq=1").then("CLIENTS_FULL");
        when("submit D Driss:passport client=9 seq=2").then("OK");
    }

    // ---- what one command may hold

    private Result result(final Command command) {
        final long before = core().stateHash();
        final var answer = tell(command);
        assertThat(core().stateHash()).isNotEqualTo(before); // its position, and that it was answered
        assertThat(answer.events()).isEmpty();
        return answer.result();
    }

    private static Command.Leg leg(final int startUnit, final int units) {
        return new Command.Leg(1, 1, (int) Words.TODAY.toEpochDay(), startUnit, units);
    }

    @Test
    void givenTheLimitsOfOneCommand_whenOneMore_thenOutOfRangeWhateverTheState() {
        assertThat(result(new Command.Hold(request(), 1, false, Collections.nCopies(17, leg(40, 3))))).isEqualTo(Result.OUT_OF_RANGE);
        assertThat(result(new Command.Hold(request(), 1, false, Collections.nCopies(16, leg(40, 3))))).isEqualTo(Result.LEGS_DO_NOT_COVER);
        assertThat(result(new Command.Hold(request(), 1, false, List.of()))).isEqualTo(Result.OUT_OF_RANGE);
        assertThat(result(new Command.Hold(request(), 1, false, List.of(leg(40, 0))))).isEqualTo(Result.OUT_OF_RANGE);
        assertThat(result(new Command.Hold(request(), 1, false, List.of(leg(40, 255))))).isEqualTo(Result.OUT_OF_RANGE);
        assertThat(result(new Command.Hold(request(), 1, false, List.of(leg(190, 3))))).isEqualTo(Result.OUT_OF_RANGE);
        assertThat(tell(new Command.Hold(request(), 1, false, List.of(leg(189, 3)))).result()).isEqualTo(Result.OK);
    }

    @Test
    void givenAFamilyOfNine_whenSubmitted_thenOutOfRangeAndEightMayCome() {
        assertThat(result(new Command.SubmitApplication(request(), 0, 0, crowd(9, 1)))).isEqualTo(Result.OUT_OF_RANGE);
        assertThat(result(new Command.SubmitApplication(request(), 0, 0, crowd(8, 3)))).isEqualTo(Result.OUT_OF_RANGE);
        assertThat(result(new Command.SubmitApplication(request(), 0, 0, List.of()))).isEqualTo(Result.OUT_OF_RANGE);
        assertThat(tell(new Command.SubmitApplication(request(), 0, 0, crowd(8, 1))).result()).isEqualTo(Result.OK);
        given("service card", "service birth");
        assertThat(tell(new Command.SubmitApplication(request(), 0, 0, crowd(108, 8, 2))).result()).isEqualTo(Result.OK);
    }

    @Test
    void givenRetirement_whenMoreThanSixtyFourOrNotAscending_thenOutOfRange() {
        final List<Long> ids = new ArrayList<>();
        for (long id = 1; id <= 65; id++) {
            ids.add(id);
        }
        assertThat(result(new Command.Retire(request(), ids))).isEqualTo(Result.OUT_OF_RANGE);
        assertThat(result(new Command.Retire(request(), ids.subList(0, 64)))).isEqualTo(Result.NOT_TERMINAL);
        assertThat(result(new Command.Retire(request(), List.of(2L, 1L)))).isEqualTo(Result.OUT_OF_RANGE);
        assertThat(result(new Command.Retire(request(), List.of(1L, 1L)))).isEqualTo(Result.OUT_OF_RANGE);
    }

    private static List<Command.LineAsked> crowd(final int persons, final int services) {
        return crowd(100, persons, services);
    }

    private static List<Command.LineAsked> crowd(final long firstKey, final int persons, final int services) {
        final List<Command.LineAsked> lines = new ArrayList<>();
        for (int person = 0; person < persons; person++) {
            for (int service = 1; service <= services; service++) {
                lines.add(new Command.LineAsked(firstKey + person, service, 0, 1, AgeBand.ADULT, Priority.NONE, false));
            }
        }
        return lines;
    }
}
