package org.mawid.bench.floor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class FloorTest {
    private final JsonObject result = new JsonObject().put("ratio", 0.55)
            .put("loads", new JsonArray().add(new JsonObject().put("ratio", 0.7)).add(new JsonObject().put("ratio", 0.9)));

    @Test
    void givenAPath_whenLookedUp_thenObjectsAndListsAreFollowed() {
        assertThat(Floor.least("", "run", "ratio", "x", 0.5, 0.8).measured(result)).isEqualTo(0.55);
        assertThat(Floor.least("", "run", "loads.[1].ratio", "x", 0.5, 0.8).measured(result)).isEqualTo(0.9);
    }

    @Test
    void givenAResultWithoutIt_whenLookedUp_thenItIsNotMeasuredAndMeetsNothing() {
        final Floor floor = Floor.least("", "run", "loads.[2].ratio", "x", 0.5, 0.8);

        assertThat(floor.measured(result)).isNaN();
        assertThat(floor.isMet(floor.measured(result))).isFalse();
        assertThat(Floor.most("", "run", "no.such", "s", 4, 2).isMet(Double.NaN)).isFalse();
    }

    @Test
    void givenAFloorOfARatio_whenMore_thenMet_andGivenOneOfATime_whenLess_thenMet() {
        final Floor ratio = Floor.least("", "run", "ratio", "x", 0.5, 0.8);
        final Floor time = Floor.most("", "run", "seconds", "s", 4, 2);

        assertThat(ratio.isMet(0.5)).isTrue();
        assertThat(ratio.isMet(0.49)).isFalse();
        assertThat(ratio.reachesGoal(0.8)).isTrue();
        assertThat(time.isMet(4)).isTrue();
        assertThat(time.isMet(4.1)).isFalse();
        assertThat(time.reachesGoal(2.1)).isFalse();
    }
}
