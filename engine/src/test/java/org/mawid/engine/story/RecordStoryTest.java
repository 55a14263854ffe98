package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was given to a post, and who has seen it: told to those whom it concerns, and nothing else becomes of it. */
class RecordStoryTest extends Story {
    @BeforeEach
    void anApplication() {
        given("07:00 coreVersion 8", "post PARIS", "service birth minutes=10 validated", "submit A Ali:birth");
    }

    @Test
    void givenAnApplication_whenADocumentIsKeptAndLaterLookedAt_thenThePostIsToldOfBoth() {
        final String before = lines("A");
        when("document A hash=77 bytes=52000 pages=3 scan=NOT_SCANNED").then("OK").tells("DocumentRecorded");
        when("document A hash=77 bytes=52000 pages=3 scan=CLEAN").then("OK").tells("DocumentRecorded");
        when("document A hash=78 type=HEIC scan=INFECTED").then("OK").tells("DocumentRecorded");
        assertThat(lines("A")).isEqualTo(before);
    }

    @Test
    void givenLinesThatHaveEnded_whenADocumentOfThemIsLookedAt_thenThePostIsTold() {
        given("withdraw A");
        when("document A").then("OK").tells("DocumentRecorded");
    }

    @Test
    void givenNobodyOrNothing_whenADocumentIsRecorded_thenItIsRefused() {
        when("document NOBODY").then("APPLICATION_UNKNOWN").tells();
        when("document A lines=2").then("LINE_UNKNOWN").tells();
        when("document A lines=0").then("LINE_UNKNOWN").tells();
        when("document A bytes=0").then("OUT_OF_RANGE").tells();
        when("document A pages=0").then("OUT_OF_RANGE").tells();
    }

    @Test
    void givenAnybody_whenTheyLookOrAreRefused_thenItIsTold() {
        when("access operation=1044 kind=APPLICATION target=1 detail=77").then("OK").tells("AccessRecorded");
        when("access operation=31 kind=APPLICATION target=99 verdict=UNKNOWN").then("OK").tells("AccessRecorded");
        when("access operation=1044 verdict=REFUSED leftOut=4000000000").then("OK").tells("AccessRecorded");
        when("access operation=0").then("OUT_OF_RANGE").tells();
    }

    @Test
    void givenAnOlderCoreVersion_whenEitherIsRecorded_thenItSaysSo() {
        final Story older = new Story() { };
        older.given("07:00 coreVersion 7", "post PARIS", "service birth minutes=10", "submit A Ali:birth");
        older.when("document A").then("CORE_VERSION_UNSUPPORTED").tells();
        older.when("access").then("CORE_VERSION_UNSUPPORTED").tells();
    }
}
