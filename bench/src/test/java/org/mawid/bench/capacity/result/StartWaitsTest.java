package org.mawid.bench.capacity.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StartWaitsTest {
    private static void came(final DeskFigures desk, final int minute, final int people, final double minutes) {
        for (int i = 0; i < people; i++) {
            desk.startWaits.get(0).add(minute, minutes);
        }
    }

    @Test
    void givenStartsOfTwoDesks_whenTheyAreAddedUp_thenEachIsCountedByItsOwnMeanAndWhatFewCameToIsNot() {
        final DeskFigures one = new DeskFigures(1);
        came(one, 540, 30, 4);
        came(one, 540, 10, 20); // mean 8
        came(one, 555, 40, 2);
        final DeskFigures other = new DeskFigures(1);
        came(other, 540, 20, 12);
        came(other, 600, StartWaits.LEAST - 1, 50);
        final DeskFigures all = new DeskFigures(1);
        all.add(one);
        all.add(other);

        assertThat(all.starts()).isEqualTo(3);
        assertThat(all.startsAbove(1)).isEqualTo(3);
        assertThat(all.startsAbove(7.9)).isEqualTo(2);
        assertThat(all.startsAbove(8)).isEqualTo(1);
        assertThat(all.longestAtAStart()).isEqualTo(12);
        assertThat(one.longestAtAStart()).isEqualTo(8);
    }
}
