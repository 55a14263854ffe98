package org.mawid.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundsTest {
    @Test
    void givenOneSpoiledRound_whenTheMedianIsTaken_thenItDoesNotCount() {
        assertThat(new Rounds().add(100).add(3).add(102).median()).isEqualTo(100);
        assertThat(Rounds.median(1, 2, 3, 4)).isEqualTo(2.5);
        assertThat(new Rounds().median()).isNaN();
        assertThat(new Rounds().add(100).add(3).add(102).least()).isEqualTo(3);
    }

    @Test
    void givenTwoFiguresOfTheSameRounds_whenDivided_thenRoundByRound() {
        final Rounds ratios = new Rounds().add(50).add(30).dividedBy(new Rounds().add(100).add(40));

        assertThat(ratios.all().getList()).containsExactly(0.5, 0.75);
    }
}
