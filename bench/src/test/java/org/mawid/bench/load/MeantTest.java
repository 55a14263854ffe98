package org.mawid.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeantTest {
    private static final List<String> NAMES = List.of("--seconds", "--seed", "--no-show", "--weeks", "--warm-up-weeks");

    @Test
    void givenASlipOrTwo_whenAskedWhatWasMeant_thenTheNearestComesFirst() {
        assertThat(Meant.near(NAMES, "--secnds")).containsExactly("--seconds");
        assertThat(Meant.near(NAMES, "noshow")).containsExactly("--no-show");
        assertThat(Meant.near(NAMES, "--Week")).containsExactly("--weeks");
        assertThat(Meant.near(NAMES, "--see")).startsWith("--seed");
    }

    @Test
    void givenTheSameBeginning_whenTheRestIsFarOff_thenItIsNamed() {
        assertThat(Meant.near(NAMES, "--warmup")).containsExactly("--warm-up-weeks");
    }

    @Test
    void givenNothingLikeIt_whenAskedWhatWasMeant_thenNothingIsSaid_butTheNearestIsKnown() {
        assertThat(Meant.near(NAMES, "--report")).isEmpty();
        assertThat(Meant.nearest(NAMES, "--report", 2)).hasSize(2);
    }
}
