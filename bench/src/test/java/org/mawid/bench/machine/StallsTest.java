package org.mawid.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StallsTest {
    private static final long MS = 1_000_000;

    private final Stalls stalls = new Stalls();

    @Test
    void givenAThreadThatWasStoppedForATenthOfItsTime_thenThatIsToldAndAllThatWasDueInItIsLate() {
        stalls.begin(0);
        lookEvery(100_000, 0, 5 * MS);
        stalls.look(6 * MS);
        lookEvery(100_000, 6 * MS, 10 * MS);

        assertThat(stalls.stoppedPercent()).isEqualTo(10);
        assertThat(stalls.longestNs()).isBetween(MS, MS + MS / 50);
        assertThat(stalls.longerThanPerSecond(MS / 2)).isEqualTo(100); // one in ten milliseconds
        assertThat(stalls.longerThanPerSecond(5 * MS)).isZero();
        assertThat(stalls.late().getTotalCount()).isEqualTo(1_000); // every ten microseconds, none left out
        assertThat(stalls.late().getCountBetweenValues(500_000, MS)).isBetween(49L, 51L); // half of those that the stall made late
    }

    @Test
    void givenGapsAsInterruptsMakeThem_thenNothingWasStopped() {
        stalls.begin(0);
        lookEvery(150_000, 0, 15 * MS);

        assertThat(stalls.stoppedPercent()).isZero();
        assertThat(stalls.longestNs()).isZero();
    }

    private void lookEvery(final long step, final long from, final long to) {
        for (long now = from + step; now <= to; now += step) {
            stalls.look(now);
        }
    }
}
