package org.mawid.bench.capacity.post;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GapsTest {
    @Test
    void givenADayByHand_whenVisitsNeedThreeUnits_thenRunsOfOneAndTwoAreStranded() {
        final int[] room = {1, 1, 0, 1, 1, 1, 0, 1, 0, 0, 2, 2, 1, 0};

        // One place: runs of 2, 3, 1, 3. A second place: a run of 2.
        assertThat(Gaps.stranded(room, 3)).isEqualTo(2 + 1 + 2);
        assertThat(Gaps.stranded(room, 1)).isZero();
        assertThat(Gaps.stranded(room, 4)).isEqualTo(2 + 3 + 1 + 3 + 2);
        assertThat(Gaps.stranded(new int[] {0, 0}, 2)).isZero();
    }

    @Test
    void givenFreePlaces_whenVisitsArePacked_thenAsManyAsFit() {
        assertThat(Gaps.visits(new int[] {2, 2, 2, 2, 1}, 0, 2, 99)).isEqualTo(4);
        assertThat(Gaps.visits(new int[] {2, 2, 2, 2, 1}, 1, 2, 99)).isEqualTo(3);
        assertThat(Gaps.visits(new int[] {1, 2, 1}, 0, 2, 99)).isEqualTo(1 + 1);
        assertThat(Gaps.visits(new int[] {3, 3, 3}, 0, 1, 2)).as("counting stops").isEqualTo(2);
        assertThat(Gaps.visits(new int[] {1, 1}, 0, 3, 9)).isZero();
    }
}
