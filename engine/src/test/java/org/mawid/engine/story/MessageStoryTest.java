package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An officer and whoever has asked the post for something write to each other; what is written stays outside. */
class MessageStoryTest extends Story {
    @BeforeEach
    void anApplication() {
        given("07:00 coreVersion 7", "post PARIS", "post LYON", "service birth minutes=10 validated", "submit A Ali:birth");
    }

    @Test
    void givenAnApplication_whenEitherWrites_thenThePostIsToldAndNothingElseIsSo() {
        final String before = lines("A");
        when("message A PARIS topic=3 text=77").then("OK").tells("MessageSent");
        when("message A PARIS topic=4 from=APPLICANT").then("OK").tells("MessageSent");
        when("message A LYON topic=4 from=CALL_CENTRE").then("OK").tells("MessageSent");
        assertThat(lines("A")).isEqualTo(before);
    }

    @Test
    void givenLinesThatHaveEnded_whenThePostWrites_thenItIsTold() {
        given("withdraw A");
        when("message A PARIS topic=6").then("OK").tells("MessageSent");
    }

    @Test
    void givenNobodyOrNowhere_whenSomebodyWrites_thenItIsRefusedAndNothingIsTold() {
        when("message NOBODY PARIS").then("APPLICATION_UNKNOWN").tells();
        when("message A 77").then("POST_UNKNOWN").tells();
        when("message A 0").then("OUT_OF_RANGE").tells();
    }

    @Test
    void givenAnOlderCoreVersion_whenSomebodyWrites_thenItSaysSo() {
        final Story older = new Story() { };
        older.given("07:00 coreVersion 6", "post PARIS", "service birth minutes=10", "submit A Ali:birth");
        older.when("message A PARIS").then("CORE_VERSION_UNSUPPORTED").tells();
    }
}
