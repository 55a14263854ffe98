package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a submission to a decision: what is asked for, what is given, who decides, and what is decided by rule. */
class ReviewStoryTest extends Story {
    @BeforeEach
    void anApplicationOfTwoLines() {
        given("07:00 coreVersion 9", "post PARIS", "service birth minutes=10 validated", "service card minutes=10 validated", "submit A Ali:birth Badr:card");
    }

    @Test
    void givenASubmission_whenTheOfficerMissesSomething_thenItIsAskedForGivenAndDecided() {
        when("08:00 ask A lines=1 kinds=PASSPORT,PHOTO reason=7").then("OK").tells("LinesDecided", "DocumentsAsked");
        assertThat(lines("A")).isEqualTo("SUBMITTED, DOCUMENTS_NEEDED");
        assertThat(waitsSince("A")).isEqualTo("07:00");
        when("ask A lines=1 kinds=FAMILY_BOOK").then("OK").tells("LinesDecided", "DocumentsAsked");
        given("document A lines=2 kind=PASSPORT", "document A lines=2 kind=PHOTO");
        assertThat(lines("A")).as("nothing is decided by rule that no rule says").isEqualTo("SUBMITTED, DOCUMENTS_NEEDED");
        when("09:30 resubmit A lines=1").then("OK").tells("LinesDecided");
        assertThat(lines("A")).isEqualTo("SUBMITTED, SUBMITTED");
        assertThat(waitsSince("A")).as("the first line has waited all the time").isEqualTo("07:00");
        when("validate A").then("OK").tells("LinesDecided");
        assertThat(waitsSince("A")).as("what is decided waits for nobody").isEqualTo("none");
    }

    @Test
    void givenNobodyOrNothing_whenDocumentsAreAskedForOrLinesSubmittedAgain_thenItIsRefused() {
        when("ask NOBODY kinds=PHOTO").then("APPLICATION_UNKNOWN");
        when("ask A kinds=PHOTO lines=5").then("LINE_UNKNOWN");
        when("ask A").then("OUT_OF_RANGE");
        when("ask A kinds=NOT_SAID").then("OUT_OF_RANGE");
        when("resubmit NOBODY").then("APPLICATION_UNKNOWN");
        when("resubmit A lines=5").then("LINE_UNKNOWN");
        when("resubmit A lines=0").then("LINE_STATE");
        given("validate A lines=0");
        when("ask A kinds=PHOTO").then("LINE_STATE");
    }

    @Test
    void givenAnOfficerHasIt_whenAnotherDecides_thenRefusedUntilItsTimeIsOver() {
        when("08:00 assign A seconds=3600 by=Amina").then("ASSIGNED until 09:00").tells("ApplicationAssigned");
        when("assign A seconds=60 by=Brahim").then("ASSIGNED_TO_OTHER until 09:00");
        when("validate A lines=0 by=Brahim").then("ASSIGNED_TO_OTHER until 09:00");
        when("reject A lines=0 by=Brahim").then("ASSIGNED_TO_OTHER until 09:00");
        when("ask A lines=0 kinds=PHOTO by=Brahim").then("ASSIGNED_TO_OTHER until 09:00");
        when("ask A lines=0 kinds=PHOTO by=Amina").then("OK").tells("LinesDecided", "DocumentsAsked");
        when("resubmit A lines=0 by=Ali").then("OK").tells("LinesDecided");
        when("08:30 assign A seconds=3600 by=Amina").then("ASSIGNED until 09:30").tells("ApplicationAssigned");
        when("09:29 assign A seconds=60 by=Brahim").then("ASSIGNED_TO_OTHER until 09:30");
        when("09:30 validate A lines=0 by=Brahim").then("OK").tells("LinesDecided");
    }

    @Test
    void givenAnOfficerHasIt_whenGivenBackOrDecided_thenAnybodyMayHaveIt() {
        given("assign A seconds=3600 by=Amina");
        when("assign A by=Amina").then("GIVEN BACK").tells("ApplicationAssigned");
        given("assign A seconds=3600 by=Brahim", "validate A by=Brahim");
        when("assign A seconds=60 by=Amina").then("LINE_STATE");
        when("reject A lines=0 by=Amina").then("OK").tells("LinesDecided");
    }

    @Test
    void givenAnOfficerWhoFellIll_whenItIsTakenOver_thenTheOtherHasIt() {
        given("08:00 assign A seconds=86400 by=Amina");
        when("assign A over seconds=3600 by=Brahim").then("ASSIGNED until 09:00").tells("ApplicationAssigned");
        when("validate A lines=0 by=Amina").then("ASSIGNED_TO_OTHER until 09:00");
        when("validate A lines=0 by=Brahim").then("OK").tells("LinesDecided");
    }

    @Test
    void givenNobodyHasIt_whenItIsGivenBack_thenNothingIsToldAndNothingIsKept() {
        when("assign A by=Amina").then("GIVEN BACK");
    }

    @Test
    void givenOneLineThatWaits_whenAnotherIsSubmittedAgain_thenTheApplicationKeepsItsPlace() {
        given("08:00 ask A lines=0 kinds=PHOTO", "09:00 resubmit A lines=0");
        assertThat(waitsSince("A")).isEqualTo("07:00");
        given("10:00 ask A kinds=PHOTO", "11:00 resubmit A lines=0");
        assertThat(waitsSince("A")).as("nothing waited meanwhile").isEqualTo("11:00");
    }

    @Test
    void givenNobody_whenAnApplicationIsTaken_thenItIsRefused() {
        when("assign NOBODY seconds=60 by=Amina").then("APPLICATION_UNKNOWN");
        when("assign A seconds=86401 by=Amina").then("OUT_OF_RANGE");
    }

    @Test
    void givenAServiceThatValidatesByRule_whenTheLastDocumentIsClean_thenItsLineIsValidated() {
        when("documents birth kinds=PASSPORT,PHOTO validates").then("OK").tells("ServiceDocumentsSet");
        when("document A lines=3 kind=PASSPORT").then("OK").tells("DocumentRecorded", "DocumentKindRecorded");
        when("document A lines=3 kind=PHOTO scan=NOT_SCANNED").then("OK").tells("DocumentRecorded", "DocumentKindRecorded");
        assertThat(lines("A")).as("nobody has looked").isEqualTo("SUBMITTED, SUBMITTED");
        when("document A lines=3 kind=PHOTO scan=CLEAN").then("OK").tells("DocumentRecorded", "DocumentKindRecorded", "LinesDecided");
        assertThat(lines("A")).isEqualTo("VALIDATED, SUBMITTED");
    }

    @Test
    void givenAServiceThatValidatesByRule_whenADocumentIsInfectedAfterAll_thenItIsMissing() {
        given("documents birth kinds=PASSPORT,PHOTO validates", "document A kind=PASSPORT", "document A kind=PASSPORT scan=INFECTED", "document A kind=PHOTO");
        assertThat(lines("A")).isEqualTo("SUBMITTED, SUBMITTED");
        when("document A kind=PASSPORT").then("OK").tells("DocumentRecorded", "DocumentKindRecorded", "LinesDecided");
    }

    @Test
    void givenAServiceThatValidatesByRule_whenAnOfficerHasAsked_thenAnOfficerDecides() {
        given("documents birth kinds=PASSPORT validates", "document A hash=1 kind=PASSPORT scan=NOT_SCANNED", "ask A lines=0 kinds=PASSPORT");
        when("document A hash=1 kind=PASSPORT scan=CLEAN").then("OK").tells("DocumentRecorded", "DocumentKindRecorded");
        assertThat(lines("A")).as("the blurred one, looked at late").isEqualTo("DOCUMENTS_NEEDED, SUBMITTED");
        given("document A hash=2 kind=PASSPORT", "resubmit A lines=0");
        assertThat(lines("A")).isEqualTo("SUBMITTED, SUBMITTED");
    }

    @Test
    void givenAServiceThatValidatesByRule_whenAnOfficerHasTheApplication_thenTheyDecide() {
        given("documents birth kinds=PASSPORT,PHOTO validates", "08:00 assign A seconds=3600 by=Amina", "document A kind=PASSPORT");
        when("document A kind=PHOTO").then("OK").tells("DocumentRecorded", "DocumentKindRecorded");
        assertThat(lines("A")).isEqualTo("SUBMITTED, SUBMITTED");
        when("09:00 document A kind=PHOTO").then("OK").tells("DocumentRecorded", "DocumentKindRecorded", "LinesDecided");
        assertThat(lines("A")).as("nobody has it any more").isEqualTo("VALIDATED, SUBMITTED");
    }

    @Test
    void givenAServiceThatOnlyAsks_whenEverythingIsThere_thenAnOfficerDecides() {
        given("documents birth kinds=PASSPORT", "document A kind=PASSPORT");
        assertThat(lines("A")).isEqualTo("SUBMITTED, SUBMITTED");
        when("documents spectacles kinds=PASSPORT").then("SERVICE_UNKNOWN");
    }

    @Test
    void givenAReason_whenLinesAreRefusedOrAskedAbout_thenItIsKeptAsLongAsItIsSo() {
        given("coreVersion 10");
        when("ask A kinds=PHOTO reason=7 text=70").then("OK").tells("LinesDecided", "ReasonGiven", "DocumentsAsked");
        assertThat(reasons("A")).isEqualTo("7/70, 7/70");
        when("ask A lines=1 kinds=FAMILY_BOOK reason=8").then("OK").tells("LinesDecided", "ReasonGiven", "DocumentsAsked");
        assertThat(reasons("A")).as("the latest one").isEqualTo("7/70, 8/0");
        given("resubmit A lines=0");
        assertThat(reasons("A")).as("what was asked for was given").isEqualTo("-, 8/0");
        when("reject A lines=0 reason=9 text=90").then("OK").tells("LinesDecided", "ReasonGiven");
        when("validate A lines=1").then("OK").tells("LinesDecided");
        assertThat(reasons("A")).isEqualTo("9/90, -");
        when("reject A lines=1 reason=0 text=0").then("OK").tells("LinesDecided");
        assertThat(reasons("A")).as("none was given").isEqualTo("9/90, -");
    }

    /** Their rows lie in another order than they were told in: which goes first is part of the state. */
    @Test
    void givenSeveralReasons_whenTheyAreOverAtOnce_thenARestoredCoreIsTheSame() {
        final Story restored = new Story() { };
        restored.given("07:00 coreVersion 9", "post PARIS", "service birth minutes=10 validated", "service card minutes=10 validated", "submit A Ali:birth Badr:card");
        for (final Story one : List.of(this, restored)) {
            one.given("coreVersion 10", "submit X Chadia:birth", "ask X kinds=PHOTO reason=1", "ask A lines=0 kinds=PHOTO reason=2", "resubmit X", "ask A lines=1 kinds=PHOTO reason=3");
        }
        restored.restart();
        for (final Story one : List.of(this, restored)) {
            one.given("resubmit A", "ask A kinds=PHOTO reason=4", "ask X kinds=PHOTO reason=5");
            assertThat(one.reasons("A")).isEqualTo("4/0, 4/0");
        }
        assertThat(restored.core().stateHash()).isEqualTo(core().stateHash());
    }

    @Test
    void givenAReasonBeforeCoreVersion10_whenItIsOver_thenNothingIsMadeUp() {
        given("reject A lines=0 reason=9 text=90", "coreVersion 10");
        assertThat(reasons("A")).isEqualTo("-, -");
    }

    @Test
    void givenAnOlderCoreVersion_whenAnyOfItIsSaid_thenItSaysSoAndAKindCountsForNothing() {
        final Story older = new Story() { };
        older.given("07:00 coreVersion 8", "post PARIS", "service birth minutes=10 validated", "submit A Ali:birth");
        older.when("ask A kinds=PHOTO").then("CORE_VERSION_UNSUPPORTED");
        older.when("resubmit A").then("CORE_VERSION_UNSUPPORTED");
        older.when("assign A seconds=60 by=Amina").then("CORE_VERSION_UNSUPPORTED");
        older.when("documents birth kinds=PHOTO validates").then("CORE_VERSION_UNSUPPORTED");
        older.when("document A kind=PHOTO").then("OK").tells("DocumentRecorded");
    }
}
