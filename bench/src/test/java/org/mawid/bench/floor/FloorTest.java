package org.mawid.bench.floor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
            all posts back after a day, goal 5 s            ; reconnect      ; catchUpMs.max                    ; 5000 ; 5000
            watchers cost the writer nothing measurable     ; watch          ; writer.cpuRatio                  ; writer.cpuRatioAllowed; writer.cpuRatioAllowed
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

    private static JsonObject written(final String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    /** By run: what its benchmark writes of its load with the options of {@code bench floors}; and what is otherwise when one of them is. */
    static Stream<Arguments> loads() {
        return Stream.of(
                arguments("core", "{'benchmark':'core','load':{'posts':150,'days':60,'units':96,'appointmentsBefore':0,'prefetchBatch':64}}",
                        List.of("{'load':{'posts':20}}", "{'load':{'days':7}}", "{'load':{'days':365}}", "{'load':{'appointmentsBefore':500736}}", "{'load':{'prefetchBatch':1}}")),
                arguments("core-10M", "{'benchmark':'core','load':{'posts':150,'days':365,'units':96,'appointmentsBefore':10000384,'prefetchBatch':64}}",
                        List.of("{'load':{'posts':20}}", "{'load':{'days':60}}", "{'load':{'appointmentsBefore':5000192}}", "{'load':{'appointmentsBefore':20000768}}", "{'load':{'prefetchBatch':1}}")),
                arguments("durable", "{'benchmark':'durable','load':{'engineSettings':'{}','readModel':'availability'}}",
                        List.of("{'load':{'engineSettings':'{mawid.ring.wait=blocking}'}}", "{'load':{'readModel':'availability and records'}}")),
                arguments("recovery", "{'benchmark':'recovery','load':{'commands':4000000,'records':4009301,'tail':1000000}}",
                        List.of("{'load':{'commands':10000000}}", "{'load':{'commands':1000000}}")),
                arguments("snapshot", "{'benchmark':'snapshot','load':{'appointmentsBefore':100000,'engineSettings':'{}','sharePercent':30},'loads':[{'perSecond':2000},{'perSecond':20000}]}",
                        List.of("{'load':{'appointmentsBefore':2000000}}", "{'load':{'engineSettings':'{mawid.snapshot.share.percent=60}','sharePercent':60}}",
                                "{'loads':[{'perSecond':2000}]}", "{'loads':[{'perSecond':20000},{'perSecond':2000}]}")),
                arguments("memory", "{'benchmark':'memory','load':{'appointments':1000000,'days':365}}", List.of("{'load':{'appointments':3000000}}", "{'load':{'days':60}}")),
                arguments("availability", "{'benchmark':'availability','load':{'posts':150,'days':60,'units':192,'persons':1}}",
                        List.of("{'load':{'persons':2}}", "{'width':'over gRPC'}")),
                arguments("unary", "{'benchmark':'grpc','width':'unary','load':{'commandsOfACall':1,'readModel':'availability'},'loads':[{'inFlight':32},{'inFlight':128},{'inFlight':256}]}",
                        List.of("{'loads':[{'inFlight':64}]}", "{'load':{'readModel':'availability and records'}}")),
                arguments("stream", "{'benchmark':'grpc','width':'stream','load':{'commandsOfACall':1,'readModel':'availability'},'loads':[{'inFlight':4096}]}",
                        List.of("{'loads':[{'inFlight':64}]}", "{'load':{'readModel':'availability and records'}}")),
                arguments("batch", "{'benchmark':'grpc','width':'batch','load':{'commandsOfACall':1000,'readModel':'availability'},'loads':[{'inFlight':8}]}",
                        List.of("{'load':{'commandsOfACall':100}}", "{'load':{'commandsOfACall':4000}}", "{'loads':[{'inFlight':16}]}")),
                arguments("packed", "{'benchmark':'grpc','width':'packed','load':{'commandsOfACall':1000,'readModel':'availability'},'loads':[{'inFlight':8}]}",
                        List.of("{'load':{'commandsOfACall':100}}", "{'loads':[{'inFlight':8},{'inFlight':16}]}", "{'load':{'readModel':'availability and records'}}")),
                arguments("http", "{'benchmark':'http','load':{'desksInTurn':16,'connections':64}}", List.of("{'load':{'connections':256}}", "{'load':{'desksInTurn':1}}", "{'load':{'roles':true}}")),
                arguments("peers", "{'benchmark':'peers','load':{'threadsOfMawid':false,'connectionsOfMawid':4,'batchOfMawid':512},'spreadRedisRatio':3.1}",
                        List.of("{'load':{'threadsOfMawid':true}}", "{'load':{'connectionsOfMawid':64}}")),
                arguments("scale", "{'benchmark':'scale','load':{'mostSlots':100000000,'mostAppointments':10000}}", List.of("{'load':{'mostSlots':1000000}}")),
                arguments("kingdom-process", "{'benchmark':'kingdom','width':'process','load':{'appointments':3200000,'inFlight':4096,'stepMinutes':30,'engineSettings':'{}','readModel':'availability'}}",
                        List.of("{'load':{'appointments':1000000}}", "{'load':{'appointments':5000000}}", "{'load':{'inFlight':256}}", "{'load':{'stepMinutes':120}}",
                                "{'load':{'engineSettings':'{mawid.ring.entries=4096}'}}", "{'load':{'readModel':'availability and records'}}")),
                arguments("kingdom-grpc", "{'benchmark':'kingdom','width':'grpc','load':{'appointments':3200000,'connections':2,'stepMinutes':30,'engineSettings':'{}','readModel':'availability'}}",
                        List.of("{'load':{'appointments':1000000}}", "{'load':{'connections':4}}", "{'load':{'stepMinutes':5}}")),
                arguments("watch", "{'benchmark':'watch','load':{'watchersOverGrpc':900,'watchersOverHttp':100,'posts':150,'writerDuePerSecond':2000.0}}",
                        List.of("{'load':{'watchersOverGrpc':90}}", "{'load':{'watchersOverHttp':0}}", "{'load':{'posts':10}}", "{'load':{'writerDuePerSecond':100.0}}")),
                arguments("reconnect", "{'benchmark':'reconnect','load':{'posts':163,'daysBefore':88}}", List.of("{'load':{'daysBefore':1}}")),
                arguments("idle", "{'benchmark':'idle','load':{'network':'whole','calls':'none','settleSeconds':15}}", List.of("{'load':{'settleSeconds':0}}")));
    }

    @ParameterizedTest
    @MethodSource("loads")
    void givenOneBenchmarksResult_whenAskedWhichRunItIs_thenThatOfItsLoad_andNoneWhenAnyOfItIsOtherwiseOrNotTold(final String run, final String usual, final List<String> otherwise) {
        assertThat(Floors.runOf(written(usual))).isEqualTo(run);
        assertThat(otherwise).allSatisfy(what -> assertThat(Floors.runOf(written(usual).mergeIn(written(what), true))).as(what).isEmpty());
        final JsonObject untold = written(usual);
        untold.remove("load");
        assertThat(Floors.runOf(untold)).as("of a load that is not told").isEmpty();
        assertThat(Floors.held(untold)).isEmpty();
    }

    @Test
    void givenEveryRunThatAFloorIsAbout_thenItIsKnownByItsLoad_alsoStartsWhichHaveOneOnly() {
        assertThat(Stream.concat(loads().map(load -> load.get()[0]), Stream.of("startup"))).containsExactlyInAnyOrderElementsOf(List.copyOf(Floors.runs()));
        assertThat(Floors.runOf(written("{'benchmark':'startup','load':{'starts':3,'calls':'none'}}"))).isEqualTo("startup");
        assertThat(Floors.runOf(written("{'benchmark':'idle','load':{'settleSeconds':60}}"))).as("at rest all the more").isEqualTo("idle");
        assertThat(Floors.runOf(written("{'benchmark':'peers','load':{'threadsOfMawid':false,'connectionsOfMawid':4}}"))).as("nobody to compare with").isEmpty();
        assertThat(Floors.runOf(written("{'benchmark':'mixed','load':{'readsACommand':100}}"))).isEmpty();
    }

    private static List<String> held(final String result) {
        return Floors.held(written(result)).stream().map(row -> ((JsonObject) row).getString("path")).toList();
    }

    @Test
    void givenALoadThatOnlySomeFloorsOfItsRunAreAbout_whenHeld_thenToThoseAlone() {
        final String durable = "{'benchmark':'durable','load':{'engineSettings':'{}','readModel':'availability'},'commandsPerSecond':1010000.0,'openLoop':{'duePerSecond':%s}}";
        assertThat(held(durable.formatted("503000.0"))).containsExactly("commandsPerSecond", "openLoop.ratio.p50", "openLoop.ratio.p99", "openLoop.latencyUs.p999");
        assertThat(held(durable.formatted("200000.0"))).containsExactly("commandsPerSecond");
        assertThat(held(durable.formatted("null"))).containsExactly("commandsPerSecond");
        final String recovery = "{'benchmark':'recovery','load':{'commands':4000000,'tail':%d}}";
        assertThat(held(recovery.formatted(1_000_000))).containsExactly("ratio", "snapshotAndTailSeconds");
        assertThat(held(recovery.formatted(100_000))).containsExactly("ratio");
        final String peers = "{'benchmark':'peers','load':{'threadsOfMawid':false,'connectionsOfMawid':4,'batchOfMawid':%d},'hotRedisRatio':1.9}";
        assertThat(held(peers.formatted(512))).contains("batchedPostgresRatio", "batchedRedisRatio").hasSize(5);
        assertThat(held(peers.formatted(100))).containsExactly("spreadPostgresRatio", "spreadRedisRatio", "hotPostgresRatio");
    }

    @Test
    void givenARunOfAllFloors_whenHeld_thenToEveryOneOfThem_alsoWhenItTellsNothing() {
        assertThat(Floors.held("durable", new JsonObject().put("failed", "exit code 1"))).hasSize(4);
        assertThat(Floors.held("recovery", new JsonObject())).hasSize(2);
    }
}
