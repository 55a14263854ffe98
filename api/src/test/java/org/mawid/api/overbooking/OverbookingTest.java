package org.mawid.api.overbooking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mawid.api.overbooking.Overbooking.Places;
import org.mawid.api.overbooking.Overbooking.Reason;

/** Days that are small enough to know by hand what is waited, and what is measured before anything is added. */
class OverbookingTest {
    private static final Offset<Double> EXACTLY = within(1e-9);
    private static final OverbookingRule TEN_MINUTES = new OverbookingRule(10, 0.5);

    @Test
    void givenOneCounter_thenWhoeverIsNextIsCalledAfterWhatIsPlannedOfThoseBefore() {
        final Calling one = new Calling(1);

        assertThat(one.after(0, 0)).as("nobody is there").isZero();
        assertThat(one.after(1, 0)).as("the second half of a visit").isCloseTo(2, EXACTLY);
        assertThat(one.after(1, 1)).isCloseTo(Backlog.STEPS, EXACTLY);
        assertThat(one.after(3, 1)).isCloseTo(3 * Backlog.STEPS, EXACTLY);
    }

    /** By T2, T1, T0 of both, one or none in the first part: T0 = 1 + T0/4, T1 = 1 + T1/4 + T0/4, T2 = 1 + T2/4 + T1/2 + T0/4. */
    @Test
    void givenTwoCounters_thenTheNextIsCalledByTheOneThatIsFreeFirst() {
        final Calling two = new Calling(2);

        assertThat(two.after(2, 0)).isCloseTo(4 / 3.0, EXACTLY);
        assertThat(two.after(2, 1)).isCloseTo(16 / 9.0, EXACTLY);
        assertThat(two.after(2, 2)).isCloseTo(80 / 27.0, EXACTLY);
        assertThat(two.after(1, 1)).as("the other is free").isZero();
    }

    /** Two counters, one start of 15 minutes; one, two or three come, and of three one waits until the first of two visits is over. */
    @Test
    void givenHalfIsMissed_whenOneIsAdded_thenOneInFourTimesOneOfThemWaits() {
        final Places places = Overbooking.places(DeskDay.of(2, 3, 3, 3), 0.5, TEN_MINUTES);

        assertThat(places.reason()).isEqualTo(Reason.ADDED);
        assertThat(places.byUnit()).containsExactly(1, 1, 1);
        assertThat(places.visits()).isEqualTo(1);
        assertThat(places.waitMinutes()).as("of two people on average").isCloseTo(0.25 * 80 / 27 * 15 / 4 / 2, EXACTLY);
        assertThat(places.usualWaitMinutes()).isZero();
        assertThat(Overbooking.places(DeskDay.of(2, 3, 3, 3), 0.5, new OverbookingRule(1, 0.5)).reason()).isEqualTo(Reason.TOO_LONG_A_WAIT);
    }

    @Test
    void givenADeskThatLetsPeopleWaitAsItIs_thenNothingIsAddedAndItIsSaidHowLong() {
        final Places places = Overbooking.places(DeskDay.of(4, 72, 3, 3), 0.1, new OverbookingRule(5, 0.5));

        assertThat(places.reason()).isEqualTo(Reason.TOO_LONG_A_WAIT);
        assertThat(places.waitMinutes()).isEqualTo(places.usualWaitMinutes()).isGreaterThan(5);
    }

    @Test
    void givenFewAreMissed_thenOneIsAddedOnlyWhenOneIsMissedByThen() {
        final Places places = Overbooking.places(DeskDay.of(4, 24, 3, 3), 0.1, new OverbookingRule(60, 0.5)); // 0.4 of a visit is missed at each start

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
    void givenMoreCountersThanAreTakenTogether_thenEachPartGetsItsOwn() {
        final int[] half = Overbooking.places(DeskDay.of(10, 36, 3, 3), 0.12, TEN_MINUTES).byUnit();

        assertThat(Overbooking.places(DeskDay.of(20, 36, 3, 3), 0.12, TEN_MINUTES).byUnit()).isEqualTo(Arrays.stream(half).map(places -> 2 * places).toArray());
        assertThat(DeskDay.of(13, 1, 1, 1).parts(12)).extracting(part -> part.counters()[0]).containsExactly(6, 7);
    }

    @Test
    void givenVisitsThatAreNoWholeSteps_thenTheyStartAtEverySecondStep() {
        assertThat(DeskDay.of(3, 14, 3, 4).rounds()).extracting(DeskDay.Round::unit).as("from 0 and 6; from 12 on none is long enough").containsExactly(0, 6);
    }
}
