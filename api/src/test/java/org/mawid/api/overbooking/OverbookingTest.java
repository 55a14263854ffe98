package org.mawid.api.overbooking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mawid.api.overbooking.Overbooking.Places;
import org.mawid.api.overbooking.Overbooking.Reason;

/** Days that are small enough to know by hand what is waited, and what is measured before anything is added. */
class OverbookingTest {
    private static final OverbookingRule TEN_MINUTES = new OverbookingRule(10, 0.5);

    /** Two counters, two starts of 15 minutes, and every other visit is missed. */
    private static final DeskDay TWO_STARTS = DeskDay.of(2, 6, 3, 3);

    @Test
    void givenHalfIsMissed_whenOneIsAddedToEachStart_thenTheSecondPassesOnWhatTheFirstLeft() {
        final Places places = Overbooking.places(TWO_STARTS, 0.5, TEN_MINUTES);

        assertThat(places.reason()).isEqualTo(Reason.ADDED);
        assertThat(places.byUnit()).containsExactly(1, 1, 1, 1, 1, 1);
        assertThat(places.visits()).isEqualTo(2);
        // First start: 1, 2 or 3 come, of three one waits 15 minutes: 1/4 · 15 of 2 people. One is left then, with a chance of 1/4.
        // Second: nobody left, as before: 3/4 · 1/4 · 15; one left: one of two waits, or two of three: 1/4 · (1/2 + 2 · 1/4) · 15.
        assertThat(places.waitMinutes()).isCloseTo((0.75 * 0.25 + 0.25) * 15 / 2, within(1e-12));
        // Left of the second: one of three, or of those with one before them one of two and two of three.
        assertThat(places.lateVisits()).isCloseTo(0.75 * 0.25 + 0.25 * (0.5 + 2 * 0.25), within(1e-12));
    }

    @Test
    void givenABoundBelowWhatTwoWouldCost_thenOnlyTheFirstStartGetsOne() {
        final Places places = Overbooking.places(TWO_STARTS, 0.5, new OverbookingRule(3, 0.5));

        assertThat(places.byUnit()).containsExactly(1, 1, 1, 0, 0, 0);
        assertThat(places.waitMinutes()).as("of the first start; at the second one comes by chance after somebody who was left").isCloseTo(0.25 * 15 / 2, within(1e-12));
    }

    @Test
    void givenABoundBelowWhatOneWouldCost_thenNoneIsAddedAndThatIsSaid() {
        assertThat(Overbooking.places(TWO_STARTS, 0.5, new OverbookingRule(1, 0.5)).reason()).isEqualTo(Reason.TOO_LONG_A_WAIT);
    }

    @Test
    void givenFewAreMissed_thenOneIsAddedOnlyWhenOneIsMissedByThen() {
        final Places places = Overbooking.places(DeskDay.of(4, 24, 3, 3), 0.1, TEN_MINUTES); // 0.4 of a visit is missed at each start

        assertThat(places.byUnit()).containsExactly(0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1);
    }

    @ParameterizedTest(name = "{0} kept, {1} missed")
    @CsvSource({"0, 0, TOO_FEW_MEASURED", "35, 5, TOO_FEW_MEASURED", "100, 99, TOO_FEW_MEASURED", "100, 100, ADDED", "500, 0, TOO_FEW_MISSED", "176, 24, ADDED", "4950, 50, TOO_FEW_MISSED"})
    void givenMeasurements_thenNothingIsAddedToWhatIsNotSurelyMissed(final int kept, final int missed, final Reason reason) {
        assertThat(Overbooking.places(DeskDay.of(4, 72, 3, 3), new Attendance(kept, missed), TEN_MINUTES).reason()).isEqualTo(reason);
    }

    @Test
    void givenMeasurements_thenWhatIsSurelyMissedComesNearerToWhatWasSeenTheMoreThereAre() {
        assertThat(new Attendance(35, 5).surelyMissedShare()).isZero();
        // (24/200 + z²/400 − z √(0.12 · 0.88/200 + z²/160000)) / (1 + z²/200), z = 1.6449
        assertThat(new Attendance(176, 24).surelyMissedShare()).isCloseTo(0.0871, within(0.0001));
        assertThat(new Attendance(17_600, 2_400).surelyMissedShare()).isCloseTo(0.1163, within(0.0001));
        assertThat(new Attendance(200, 0).surelyMissedShare()).isZero();
    }

    @Test
    void givenOneCounter_thenNothingIsEverAdded() {
        final Places places = Overbooking.places(DeskDay.of(1, 72, 3, 3), 0.5, new OverbookingRule(60, 0.5));

        assertThat(places.reason()).isEqualTo(Reason.TOO_FEW_COUNTERS);
        assertThat(places.byUnit()).containsOnly(0).hasSize(72);
    }

    @Test
    void givenAShare_thenNoStartHasMoreThanThat() {
        assertThat(Arrays.stream(Overbooking.places(DeskDay.of(10, 72, 3, 3), 0.5, new OverbookingRule(60, 0.2)).byUnit()).max()).hasValue(2);
    }

    @Test
    void givenABreakAtNoon_thenNobodyIsAddedToWaitOverIt() {
        final int[] counters = DeskDay.of(4, 30, 3, 3).counters();
        Arrays.fill(counters, 12, 24, 0);
        final Places places = Overbooking.places(new DeskDay(counters, 3, 3), 0.25, TEN_MINUTES);

        assertThat(places.byUnit()).as("with one more at the last start before noon one in three times somebody would wait over an hour")
                .containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 1, 1, 1);
    }

    @Test
    void givenVisitsThatAreNoWholeSteps_thenTheyStartAtEverySecondStep() {
        assertThat(DeskDay.of(3, 14, 3, 4).rounds()).extracting(DeskDay.Round::unit).as("from 0 and 6; from 12 on none is long enough").containsExactly(0, 6);
    }
}
