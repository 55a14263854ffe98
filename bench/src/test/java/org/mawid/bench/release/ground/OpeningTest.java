package org.mawid.bench.release.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.mawid.bench.release.Grounds;

class OpeningTest {
    private static final int UNITS = 96;

    /** Nothing is sent before all is found to be possible: there is no server here that could be asked. */
    @Test
    void givenADayOfMoreRunsThanCanBePublished_whenTheMonthIsAdded_thenRefusedBeforeAnythingIsDone() {
        assertThatThrownBy(() -> opening(1)).isInstanceOf(IllegalStateException.class).hasMessageContaining("pool 1 on 2024-10-04").hasMessageContaining("96 times");
        assertThat(opening(4)).isEqualTo(1);
    }

    /** @param alike how many units after each other are open for as many @return days of the month */
    private static int opening(final int alike) {
        final Ground ground = Grounds.of(1);
        final int[] open = new int[UNITS];
        Arrays.setAll(open, unit -> 1 + unit / alike % 2);
        ground.put(new PoolDay(1, Grounds.DATE, Grounds.DATE * 86_400_000L, 0, 1, open, open));
        return new Opening(null, ground).addMonth(Grounds.DATE, 1, 1);
    }
}
