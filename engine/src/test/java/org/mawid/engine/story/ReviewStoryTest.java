package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(waitsSince("A")).isEqualTo("09:30");
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
    void givenAServiceThatValidatesByRule_whenAnOfficerWantsMore_thenTheRuleWaitsForThat() {
        given("documents birth kinds=PASSPORT,PHOTO validates", "document A kind=PASSPORT", "ask A lines=0 kinds=PASSPORT,COURT_DECISION", "document A kind=PHOTO", "document A kind=COURT_DECISION");
        assertThat(lines("A")).as("the passport is wanted anew").isEqualTo("DOCUMENTS_NEEDED, SUBMITTED");
        when("document A kind=PASSPORT").then("OK").tells("DocumentRecorded", "DocumentKindRecorded", "LinesDecided");
        assertThat(lines("A")).isEqualTo("VALIDATED, SUBMITTED");
    }

    @Test
    void givenAServiceThatOnlyAsks_whenEverythingIsThere_thenAnOfficerDecides() {
        given("documents birth kinds=PASSPORT", "document A kind=PASSPORT");
        assertThat(lines("A")).isEqualTo("SUBMITTED, SUBMITTED");
        when("documents spectacles kinds=PASSPORT").then("SERVICE_UNKNOWN");
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
