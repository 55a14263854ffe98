package org.mawid.bench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class CoreBenchTest {
    @Test
    void givenRoundsInTurn_whenTold_thenTheRatioIsAgainstTheLoopThatReadsAhead_roundByRound_andTheOtherIsToldBesideIt() {
        final CoreBench.Rates rates = new CoreBench.Rates();
        rates.add(100, 400, 200);
        rates.add(300, 500, 250);
        rates.add(200, 1_000, 100);

        final JsonObject figures = rates.figures();

        assertThat(figures.getJsonArray("ratios").getList()).containsExactly(0.25, 0.6, 0.2);
        assertThat(figures.getDouble("ratio")).isEqualTo(0.25);
        assertThat(figures.getDouble("bareCommandsPerSecond")).isEqualTo(500);
        assertThat(figures.getDouble("bareWithoutPrefetchCommandsPerSecond")).isEqualTo(200);
        assertThat(figures.getJsonArray("bareWithoutPrefetchCommandsPerSecondRounds").getList()).containsExactly(200.0, 250.0, 100.0);
    }
}
