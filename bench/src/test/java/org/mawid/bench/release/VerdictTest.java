package org.mawid.bench.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The one line in which a surge ends: what it is called by, and its exit code. */
class VerdictTest {
    private static final List<String> NONE = List.of();
    private static final List<String> UNANSWERED = List.of("97 of 100 takers had no answer");

    @Test
    void givenNothingToBeSaid_whenTold_thenItIsSilentAndRight() {
        assertThat(new Verdict(NONE, NONE, "").inWords()).isEmpty();
        assertThat(new Verdict(NONE, NONE, "").exitCode()).isZero();
    }

    @Test
    void givenAContestThatWasNotAnsweredInTime_whenTold_thenTheBooksAreNotBlamed() {
        final Verdict verdict = new Verdict(NONE, UNANSWERED, "the client was late");

        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.inWords()).startsWith("NO ANSWER: 97 of 100 takers had no answer").contains("--warm-up").doesNotContain("do not balance");
    }

    @Test
    void givenBooksThatDiffer_whenTold_thenTheyComeFirst_alsoWhenSomethingWasNotAnswered() {
        assertThat(new Verdict(List.of("one too many"), NONE, "").inWords()).isEqualTo("the books do not balance: one too many");
        assertThat(new Verdict(List.of("one too many"), UNANSWERED, "").inWords())
                .isEqualTo("the books do not balance: one too many; and NO ANSWER: 97 of 100 takers had no answer");
        assertThat(new Verdict(List.of("one too many"), UNANSWERED, "").exitCode()).isEqualTo(1);
    }

    @Test
    void givenAClientThatWasLate_whenTold_thenItIsNoMeasurementAndNoFailure() {
        assertThat(new Verdict(NONE, NONE, "by 250 ms").inWords()).isEqualTo("NOT A MEASUREMENT OF THE SERVER: by 250 ms");
        assertThat(new Verdict(NONE, NONE, "by 250 ms").exitCode()).isZero();
    }
}
