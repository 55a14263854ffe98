package org.mawid.bench.floor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class FloorTest {
    /** The design's numbers to reach, one a line: what; run; figure of its result; floor; goal. What is taken from a result begins with its name. */
    private static final String DESIGN = """
            core apply, one thread, 60-day calendar         ; core           ; ratio                            ; 0.5  ; 0.8
            core apply, one thread, 365 days + 10 M         ; core-10M       ; ratio                            ; 0.5  ; 0.8
            allocated on the command path                   ; core           ; bytesAllocatedPerCommand         ; 0    ; 0
            durable in process                              ; durable        ; commandsPerSecond                ; 1.4e6; 2.5e6
            durable latency at half of that, p50            ; durable        ; openLoop.ratio.p50               ; 3    ; 2
            durable latency at half of that, p99            ; durable        ; openLoop.ratio.p99               ; 1.5  ; 1.2
            durable latency at half of that, p99.9          ; durable        ; openLoop.latencyUs.p999          ; openLoop.allowedUs.p999; openLoop.wantedUs.p999
            gRPC unary, durable, from 32 in flight          ; unary          ; loads.[0].ratio                  ; 0.6  ; 0.85
            gRPC unary, durable, 128 in flight              ; unary          ; loads.[1].ratio                  ; 0.6  ; 0.85
            gRPC unary, durable, to 256 in flight           ; unary          ; loads.[2].ratio                  ; 0.6  ; 0.85
            gRPC stream, one command a message              ; stream         ; loads.[0].ratio                  ; 0.5  ; 0.75
            gRPC batch of 1 000, protobuf                   ; batch          ; loads.[0].durable.perSecond      ; 0.7e6; 1.4e6
            gRPC batch of 1 000, packed                     ; packed         ; loads.[0].durable.perSecond      ; 1e6  ; 2e6
            availability, 60 days, one desk, in process     ; availability   ; ratio                            ; 0.5  ; 0.9
            availability, 60 days, one desk, HTTP           ; http           ; ratio                            ; 0.7  ; 0.9
            recovery: replaying a journal                   ; recovery       ; ratio                            ; 0.8  ; 1
            recovery: full snapshot + 1 M tail              ; recovery       ; snapshotAndTailSeconds           ; 4    ; 2
            a running snapshot adds to p99.9, at the surge  ; snapshot       ; loads.[0].addsMs.p999            ; 1    ; loads.[0].goalMs
            a running snapshot adds to p99.9, at ten times  ; snapshot       ; loads.[1].addsMs.p999            ; 1    ; loads.[1].goalMs
            memory per appointment row                      ; memory         ; appointmentWithCalendarBytesEach ; 128  ; 96
            memory with application, services and stamp     ; memory         ; allBytesEach                     ; 400  ; 300
            start to ready, empty                           ; startup        ; emptySeconds.median              ; 2.5  ; 1
            start to ready, whole network                   ; startup        ; networkSeconds.median            ; 4    ; 2
            rate at 100 M slots against 1 k slots           ; scale          ; ratio                            ; 0.4  ; 0.6
            unary, 64 clients, against PostgreSQL           ; peers          ; spreadPostgresRatio              ; 6    ; 10
            unary, 64 clients, against Redis                ; peers          ; spreadRedisRatio                 ; 2.5  ; 3.5
            one hot day, 64 clients, against PostgreSQL     ; peers          ; hotPostgresRatio                 ; 12   ; 18
            batched, against PostgreSQL 16 × 100            ; peers          ; batchedPostgresRatio             ; 40   ; 90
            batched, against Redis 16 × 64                  ; peers          ; batchedRedisRatio                ; 20   ; 50
            the whole history, in process                   ; kingdom-process; elapsedSeconds                   ; 60   ; 20
            the whole history, over gRPC                    ; kingdom-grpc   ; elapsedSeconds                   ; 180  ; 60
            at rest, of one core                            ; idle           ; percentOfOneCore                 ; 3    ; 1
            at rest, memory                                 ; idle           ; residentMiB                      ; 381  ; 238
            """;

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
    void givenAFloorThatHangsOnWhatWasMeasuredBesideIt_whenHeld_thenTheResultTellsIt() {
        final Floor tail = Floor.mostOf("", "run", "p999", "µs", "allowed", "wanted");
        final JsonObject beside = new JsonObject().put("allowed", 7_000).put("wanted", 4_800);

        assertThat(tail.held(beside.copy().put("p999", 4_800)).getString("verdict")).isEqualTo("goal");
        assertThat(tail.held(beside.copy().put("p999", 7_000)).getString("verdict")).isEqualTo("met");
        assertThat(tail.held(beside.copy().put("p999", 7_001)).getString("verdict")).isEqualTo("MISSED");
        assertThat(tail.held(beside.copy().put("p999", 7_001)).getDouble("floor")).isEqualTo(7_000);
    }

    @Test
    void givenAnOlderResultThatDoesNotTellWhatIsAllowed_whenHeld_thenNothingIsMet() {
        final JsonObject row = Floor.mostOf("", "run", "p999", "µs", "allowed", "wanted").held(new JsonObject().put("p999", 1));

        assertThat(row.getString("verdict")).isEqualTo("NOT MEASURED");
        assertThat(row.getValue("floor")).isNull();
    }

    @Test
    void givenTheDesignsNumbersToReach_thenEachHasARowAndThereIsNoOther() {
        assertThat(Floors.all()).extracting(floor -> promise(floor.run(), floor.path(), value(floor.floorPath(), floor.floor()), value(floor.goalPath(), floor.goal())))
                .containsExactlyInAnyOrderElementsOf(DESIGN.lines().map(FloorTest::promise).toList());
    }

    private static String promise(final String line) {
        final String[] parts = line.split(";");
        return promise(parts[1].strip(), parts[2].strip(), number(parts[3].strip()), number(parts[4].strip()));
    }

    private static String promise(final String run, final String path, final String floor, final String goal) {
        return run + ": " + path + ", floor " + floor + ", goal " + goal;
    }

    private static String value(final String path, final double fixed) {
        return path.isEmpty() ? Double.toString(fixed) : path;
    }

    private static String number(final String text) {
        return Character.isDigit(text.charAt(0)) ? Double.toString(Double.parseDouble(text)) : text;
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
