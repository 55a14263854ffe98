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
        assertThat(time.isMet(4)).isTrue();
        assertThat(time.isMet(4.1)).isFalse();
    }

    @Test
    void givenAResult_whenHeldAgainstAFloor_thenTheVerdictTellsFloorFromGoal() {
        final Floor ratio = Floor.least("", "run", "ratio", "x", 0.5, 0.8);

        assertThat(ratio.held(new JsonObject().put("ratio", 0.8)).getString("verdict")).isEqualTo("goal");
        assertThat(ratio.held(new JsonObject().put("ratio", 0.79)).getString("verdict")).isEqualTo("met");
        assertThat(ratio.held(new JsonObject().put("ratio", 0.4)).getString("verdict")).isEqualTo("MISSED");
        assertThat(ratio.held(new JsonObject()).getString("verdict")).isEqualTo("NOT MEASURED");
    }

    @Test
    void givenAGoalThatHangsOnWhatWasMeasured_whenHeld_thenTheResultTellsIt() {
        final Floor added = Floor.most("", "run", "addsMs", "ms", 1, 0).withGoalAt("goalMs");

        assertThat(added.held(new JsonObject().put("addsMs", 0.04).put("goalMs", 0.05)).getString("verdict")).isEqualTo("goal");
        assertThat(added.held(new JsonObject().put("addsMs", 0.06).put("goalMs", 0.05)).getString("verdict")).isEqualTo("met");
        assertThat(added.held(new JsonObject().put("addsMs", 0.06)).getString("verdict")).isEqualTo("met");
    }

    @Test
    void givenWhatItNeedsIsNotInstalled_whenHeld_thenItIsLeftOutAndTheRowTellsHowToInstallIt() {
        final Floor against = Floor.least("", "run", "otherRatio", "x", 6, 10).needing("other");
        final JsonObject without = new JsonObject().put("install", new JsonObject().put("other", "apt-get install other"));

        final JsonObject row = against.held(without);
        assertThat(Floors.isLeftOut(row)).isTrue();
        assertThat(row.getString("install")).isEqualTo("apt-get install other");
        assertThat(against.held(new JsonObject()).getString("verdict")).isEqualTo("NOT MEASURED");
        assertThat(against.held(new JsonObject().put("otherRatio", 7).put("install", new JsonObject())).getString("verdict")).isEqualTo("met");
    }

    @Test
    void givenOneBenchmarksResult_whenAskedWhichRunItIs_thenOnlyTheFloorsOfItsLoadHold() {
        final JsonObject core = new JsonObject().put("benchmark", "core");

        assertThat(Floors.runOf(core.copy().put("load", new JsonObject().put("days", 60)))).isEqualTo("core");
        assertThat(Floors.runOf(core.copy().put("load", new JsonObject().put("days", 365).put("appointmentsBefore", 10_000_000)))).isEqualTo("core-10M");
        assertThat(Floors.runOf(core.copy().put("load", new JsonObject().put("days", 7)))).isEmpty();
        final JsonObject packed = new JsonObject().put("benchmark", "grpc").put("width", "packed");
        assertThat(Floors.runOf(packed.copy().put("loads", new JsonArray().add(new JsonObject().put("inFlight", 8))))).isEqualTo("packed");
        assertThat(Floors.runOf(packed.copy().put("loads", new JsonArray().add(new JsonObject().put("inFlight", 16))))).isEmpty();
        assertThat(Floors.runOf(new JsonObject().put("benchmark", "peers").put("spreadRedisRatio", 3.1))).isEqualTo("peers");
        assertThat(Floors.runOf(new JsonObject().put("benchmark", "peers"))).isEmpty();
        final JsonObject kingdom = new JsonObject().put("benchmark", "kingdom").put("width", "grpc");
        assertThat(Floors.runOf(kingdom.copy().put("load", new JsonObject().put("appointments", 3_200_000)))).isEqualTo("kingdom-grpc");
        assertThat(Floors.runOf(kingdom.copy().put("load", new JsonObject().put("appointments", 1_000_000)))).as("a part").isEmpty();
        assertThat(Floors.runOf(new JsonObject().put("benchmark", "scale").put("load", new JsonObject().put("mostSlots", 10_000)))).isEmpty();
        assertThat(Floors.runOf(new JsonObject().put("benchmark", "idle").put("load", "none"))).isEqualTo("idle");
    }
}
