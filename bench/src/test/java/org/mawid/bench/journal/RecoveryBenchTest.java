package org.mawid.bench.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.bench.floor.Floors;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.NotMeasured;
import org.mawid.bench.load.Rounds;
import org.mawid.bench.load.TornTail;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.upkeep.Repair;
import picocli.CommandLine;

/** A start counts only when what came back is what had been written. */
class RecoveryBenchTest {
    /** The first lives have their appointment by then. */
    private static final int COMMANDS = 30_000;
    private static final int TAIL = 1_000;
    private static final ModelNetwork SMALL = new ModelNetwork(2, 60, 96, 255);
    private static final int NETWORK = SMALL.commands();

    private final StringWriter said = new StringWriter();
    private final List<String> timed = new ArrayList<>();

    @TempDir
    private Path folder;

    private int run(final RecoveryBench.Meanwhile meanwhile, final String... more) {
        final List<String> arguments = new ArrayList<>(List.of("--commands", "" + COMMANDS, "--tail", "" + TAIL, "--data", folder.toString(),
                "--json", folder.resolve("result.json").toString()));
        arguments.addAll(List.of(more));
        return new CommandLine(new RecoveryBench(SMALL, meanwhile, timed::add)).setExecutionExceptionHandler(NotMeasured::tell).setErr(new PrintWriter(said))
                .execute(arguments.toArray(String[]::new));
    }

    private void assertFailed(final RecoveryBench.Meanwhile meanwhile, final String... words) {
        assertThat(run(meanwhile)).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(said.toString().lines()).singleElement().asString().startsWith("bench recovery failed: ").contains(words);
        assertThat(folder.resolve("result.json")).doesNotExist();
    }

    @Test
    void givenAllThatWasWrittenComesBack_whenRun_thenItIsMeasured_andTheResultTellsWhereItCameTo() throws IOException {
        assertThat(run(data -> { })).as(said.toString()).isZero();

        final JsonObject result = new JsonObject(Files.readString(folder.resolve("result.json")));
        final JsonObject recovered = result.getJsonObject("recovered");
        assertThat(recovered.getInteger("position")).isEqualTo(NETWORK + COMMANDS);
        assertThat(recovered.getInteger("positionWithTail")).isEqualTo(NETWORK + COMMANDS + TAIL);
        assertThat(recovered.getString("stateHashWithTail")).hasSize(16).isNotEqualTo(recovered.getString("stateHash"));
        assertThat(result.getJsonArray("replaySecondsRounds")).hasSize(3).hasSameSizeAs(result.getJsonArray("appliedFromMemorySecondsRounds")).hasSameSizeAs(result.getJsonArray("ratios"));
        assertThat(result.getJsonArray("snapshotAndTailSecondsRounds")).as("the first is told apart").hasSize(3);
        assertThat(result.getDouble("firstReplaySeconds")).isPositive();
        assertThat(result.getDouble("firstSnapshotAndTailSeconds")).isPositive();
        assertThat(Floors.held(result)).as("no floor is about a journal as short").isEmpty();
        result.getJsonObject("load").put("commands", result.getJsonObject("load").getInteger("commands") / COMMANDS * 4_000_000);
        assertThat(Floors.held(result)).as("without that of a longer tail").hasSize(1);
        result.getJsonObject("load").put("tail", result.getJsonObject("load").getInteger("tail") / TAIL * 1_000_000);
        assertThat(Floors.held(result)).hasSize(2);
    }

    /** What changes on the machine meanwhile is then in both. */
    @Test
    void givenMoreRoundsThanTheLeast_whenRun_thenReplaysAndTheSameFromMemoryTakeTurns_asOftenTheOneAsTheOther_andAreTold() throws IOException {
        assertThat(run(data -> { }, "--seconds", "1")).as(said.toString()).isZero();

        final JsonObject result = new JsonObject(Files.readString(folder.resolve("result.json")));
        final int rounds = result.getJsonArray("ratios").size();
        final int starts = result.getJsonArray("snapshotAndTailSecondsRounds").size();
        assertThat(rounds).isEqualTo(result.getJsonObject("load").getInteger("rounds")).isGreaterThanOrEqualTo(3);
        final List<String> expected = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) { // the first is told apart
            expected.addAll(List.of(RecoveryBench.REPLAYING, RecoveryBench.APPLYING));
        }
        expected.addAll(Collections.nCopies(1 + starts, RecoveryBench.LOADING));
        assertThat(timed).isEqualTo(expected);
    }

    @Test
    void givenReplaysAndTimesFromMemoryInTurn_whenTold_thenEachRatioIsOfOneRound_andTheMiddleOneCounts() {
        final Rounds replays = new Rounds().add(2).add(10).add(5);
        final Rounds applied = new Rounds().add(1).add(9).add(4);

        final JsonObject told = RecoveryBench.replaying(1_000, replays, applied);

        assertThat(told.getJsonArray("ratios").getList()).containsExactly(0.5, 0.9, 0.8);
        assertThat(told.getDouble("ratio")).isEqualTo(0.8);
        assertThat(told.getDouble("replaySeconds")).isEqualTo(5);
        assertThat(told.getDouble("replayedPerSecond")).isEqualTo(200);
        assertThat(told.getDouble("appliedFromMemoryPerSecond")).isEqualTo(250);
    }

    @Test
    void givenAJournalWhoseEndIsCutOff_whenRecovered_thenItFailsWithBothPositions() {
        assertFailed(TornTail::tear, "replaying came back at position", "what was written was durable up to " + (NETWORK + COMMANDS));
    }

    @Test
    void givenADamagedJournal_whenRecovered_thenItFailsWithThePlace() {
        assertFailed(TornTail::damage, "journal", "offset");
    }

    @Test
    void givenThePositionIsTheSameAndTheStateIsNot_whenRecovered_thenItFailsWithBothHashes() {
        final int last = NETWORK + COMMANDS;

        assertFailed(data -> Repair.skip(FileDisk.plain(), new DataDirectory(data), last), "replaying came back at position " + last + " with the state hash", "what was written had");
    }

    @Test
    void givenTheSameCommandsComeToOtherCountsInMemory_whenCompared_thenItFailsWithWhatDiffers() {
        final CommandLine bench = new CommandLine(new RecoveryBench(SMALL, data -> { }, timed::add));
        bench.parseArgs();
        final RecoveryBench recovery = bench.getCommand();

        assertThatThrownBy(() -> recovery.applyFromMemory(NETWORK + COMMANDS, Map.of("posts", 2L, "applications", 7L))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("applications ").hasMessageContaining(" in place of 7").hasMessageNotContaining("posts");
    }
}
