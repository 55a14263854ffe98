package org.mawid.bench.journal;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.Lives;
import org.mawid.bench.load.LongerOption;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.bench.load.Rounds;
import org.mawid.bench.load.Schedule;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.Engine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.EngineStatus;
import org.mawid.engine.Setting;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.memory.Spares;
import org.mawid.sbe.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How long an engine takes to be itself again: by replay alone, and from a snapshot with a tail. A start counts only when what came back is
 * what had been written: same position, same state hash.
 */
@Command(name = "recovery", mixinStandardHelpOptions = true,
        description = "Recovery: replaying a journal against applying the same commands from memory, in turn; and a full snapshot with a tail of 1 M."
                + " Exits 1 when what came back is not what was written, to the position and the state's hash.",
        footer = {"", "Takes about 82 s.", "", "Examples:",
            "  bench recovery --commands 10000000      a longer journal",
            "  bench recovery --seconds 60      more rounds, the middle one counts",
            "  bench recovery --data /mnt/disk --tail 100000"})
public final class RecoveryBench implements Callable<Integer>, Planned {
    private static final long SEED = 9;
    static final String REPLAYING = "replaying";
    static final String APPLYING = "applying the same from memory";
    static final String LOADING = "snapshot and tail";
    /** Rounds of each kind, of which the middle one counts: at least. One more comes before them and is told apart, because its code is new to the compiler. */
    private static final int ROUNDS = 3;
    /** As seen on two quiet cores. */
    private static final double MAKING_SECONDS = 2;
    private static final double WRITTEN_PER_SECOND = 600_000;
    private static final double APPLIED_PER_SECOND = 1_000_000;
    private static final double SNAPSHOT_SECONDS = 4;
    private static final double LOADING_SECONDS = 1.5;
    /** Hash of the state; it is asked for after each start and after each writing. */
    private static final double HASHED_PER_SECOND = 4_000_000;
    /** Commands encoded ahead and then applied under the clock. */
    private static final int CHUNK = 4096;
    /** Commands whose operands are fetched together. */
    private static final int BATCH = 32;
    private static final int STRIDE = 256 + 64;
    private static final long PATIENCE_NS = 60_000_000_000L;
    /** Of the commands that are applied from memory, beside applying them. */
    private static final double WITH_ENCODING = 2;

    @Mixin
    private Output output;

    @Mixin
    private LongerOption longer;

    @Option(names = "--commands", paramLabel = "N", defaultValue = "4000000", description = "Commands in the journal that is replayed: ${DEFAULT-VALUE}.")
    private long commands;

    @Option(names = "--tail", paramLabel = "N", defaultValue = "1000000", description = "Commands after the snapshot: ${DEFAULT-VALUE}.")
    private long tail;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder on the disk to measure; default: the temporary folder.")
    private Path data;

    private final ModelNetwork network;
    private final Meanwhile meanwhile;
    private final Consumer<String> timed;
    private long sentInAll;
    private Schedule schedule = new Schedule();
    private long sink;

    /** What befalls a data directory between the engine that wrote it and those that recover it. */
    @FunctionalInterface
    interface Meanwhile {
        void on(Path data) throws IOException;
    }

    public RecoveryBench() {
        this(new ModelNetwork(150, 60, 96, 255), folder -> { }, timed -> { });
    }

    /** @param timed is told what is going to be timed, each time */
    RecoveryBench(final ModelNetwork network, final Meanwhile meanwhile, final Consumer<String> timed) {
        this.network = network;
        this.meanwhile = meanwhile;
        this.timed = timed;
    }

    @Override
    public Integer call() throws Exception {
        output.require(commands >= 1 && tail >= 1, "--commands and --tail must be 1 or more");
        schedule = schedule();
        schedule.begin();
        output.progressLeft(schedule.leftNs(), "making the model network");
        final Path folder = Engines.temporaryData(data);
        final EngineConfig bare = EngineConfig.at(folder.resolve("data")).with(Setting.RECORDS, false).with(Setting.RETIRE_EVERY_MS, 0)
                .with(Setting.SNAPSHOT_RECORDS, 1_000_000_000_000L);
        final EngineConfig withoutSnapshot = bare.with(Setting.SNAPSHOT_AT_STOP, false);
        final Commands made = new Commands(9);
        final Lives lives = new Lives(made, network, 4096, false, SEED);
        final long records = commands + network.commands();
        final Standing written;
        final Map<String, Long> counts;
        try (Engine engine = EmbeddedEngine.start(withoutSnapshot)) {
            Engines.make(engine, network, made);
            schedule.begin();
            send(engine, lives, commands, "writing the journal");
            written = Standing.of(engine);
            counts = Standing.ask(engine, core -> core.counts().byName());
        }
        requirePosition(written, records);
        meanwhile.on(bare.data());
        schedule.begin();
        final double firstReplay = start(withoutSnapshot, written, REPLAYING);
        applyFromMemory(records, counts); // new to the compiler, too
        final Rounds replays = new Rounds();
        final Rounds applied = new Rounds();
        final long replaysFromNs = System.nanoTime();
        while (longer.goesOn(replays.size(), ROUNDS, replaysFromNs)) {
            replays.add(start(withoutSnapshot, written, REPLAYING));
            applied.add(applyFromMemory(records, counts));
        }
        schedule.begin();
        try (Engine engine = EmbeddedEngine.start(bare)) {
            output.progressLeft(schedule.leftNs(), "writing a snapshot at %,d", engine.status().appliedPosition());
        }
        final Standing whole;
        schedule.begin();
        try (Engine engine = EmbeddedEngine.start(withoutSnapshot)) {
            final EngineStatus status = engine.status();
            new Standing(status.hashPosition(), status.stateHash()).requireSameAs(written, "the snapshot");
            send(engine, lives, tail, "writing the tail");
            whole = Standing.of(engine);
        }
        requirePosition(whole, records + tail);
        schedule.begin();
        final double firstTail = start(withoutSnapshot, whole, LOADING);
        final Rounds tails = new Rounds();
        final long tailsFromNs = System.nanoTime();
        while (longer.goesOn(tails.size(), ROUNDS, tailsFromNs)) {
            tails.add(start(withoutSnapshot, whole, LOADING));
        }
        output.result(new JsonObject().put("benchmark", "recovery")
                .put("load", new JsonObject().put("commands", commands).put("records", records).put("tail", tail).put("mix", "submit, validate, hold + stamp, confirm: a quarter each").put("seed", SEED)
                        .put("rounds", replays.size()).put("startsFromTheSnapshot", tails.size())
                        .put("readModel", "availability"))
                .put("leftOut", "process start, and code that is new to the compiler: the first start of each kind counts for nothing but the figure with its name; read model of records is off; availability is rebuilt;"
                        + " the state's hash is taken after the clock has stopped")
                .mergeIn(replaying(records, replays, applied)).put("firstReplaySeconds", Output.rounded(firstReplay))
                .put("snapshotAndTailSeconds", tails.median()).put("snapshotAndTailSecondsRounds", tails.all()).put("firstSnapshotAndTailSeconds", Output.rounded(firstTail))
                .put("recovered", new JsonObject().put("position", written.position()).put("stateHash", written.hash())
                        .put("positionWithTail", whole.position()).put("stateHashWithTail", whole.hash())));
        return 0;
    }

    @Override
    public double plannedSeconds() {
        return schedule().seconds();
    }

    private Schedule schedule() {
        final double apply = commands / APPLIED_PER_SECOND;
        final double hash = commands / HASHED_PER_SECOND;
        final double round = apply + hash + WITH_ENCODING * apply;
        final double load = LOADING_SECONDS + tail / APPLIED_PER_SECOND + hash;
        return new Schedule().add(MAKING_SECONDS).add(commands / WRITTEN_PER_SECOND + hash).add(round + longer.plannedSeconds(ROUNDS, round))
                .add(SNAPSHOT_SECONDS).add(tail / WRITTEN_PER_SECOND + hash).add(load + longer.plannedSeconds(ROUNDS, load));
    }

    /** Of as many rounds of both, taken in turn: each ratio is of two that lie side by side. */
    static JsonObject replaying(final long records, final Rounds replays, final Rounds applied) {
        final Rounds ratios = applied.dividedBy(replays);
        return new JsonObject().put("replaySeconds", replays.median()).put("replaySecondsRounds", replays.all()).put("replayedPerSecond", Output.rounded(records / replays.median()))
                .put("appliedFromMemorySecondsRounds", applied.all()).put("appliedFromMemoryPerSecond", Output.rounded(records / applied.median()))
                .put("ratio", ratios.median()).put("ratios", ratios.all());
    }

    /** Everything that was sent is there, and nothing else: an engine that is not idle sends commands of its own. */
    private static void requirePosition(final Standing written, final long sent) {
        if (written.position() != sent) {
            throw new IllegalStateException("the log ends at position " + written.position() + " after " + sent + " commands");
        }
    }

    /** @return seconds @throws IllegalStateException it did not bring back what was written */
    private double start(final EngineConfig config, final Standing written, final String what) throws Exception {
        timed.accept(what);
        final long from = System.nanoTime();
        try (Engine engine = EmbeddedEngine.start(config)) {
            final double seconds = (System.nanoTime() - from) / 1e9;
            Standing.of(engine).requireSameAs(written, what);
            output.progressLeft(schedule.leftNs(), "%s: %.2f s, position %,d", what, seconds, engine.status().appliedPosition());
            return seconds;
        }
    }

    /**
     * The same commands into a new core, encoded before the clock starts, chunk by chunk.
     *
     * @param counts of everything by state, as the engine that wrote them has it
     * @return seconds
     */
    double applyFromMemory(final long records, final Map<String, Long> counts) {
        try (Spares spares = new Spares(); EngineCore core = new EngineCore()) {
            core.takeSparesFrom(spares); // as the engine does when it recovers
            timed.accept(APPLYING);
            final double seconds = applyFromMemory(records, core);
            requireSame(core.counts().byName(), counts);
            return seconds;
        }
    }

    private double applyFromMemory(final long records, final EngineCore core) {
        final EventWriter events = new EventWriter();
        final Outcome outcome = new Outcome();
        final Commands again = new Commands(9);
        final long[] position = new long[1];
        long spent = 0;
        final long nowMs = ModelNetwork.START_MS;
        final long from = System.nanoTime();
        network.make(again, (command, length) -> {
            core.apply(++position[0], nowMs, 0, command, 0, length, events, outcome);
            requireDone(outcome);
            events.reset();
        });
        spent += System.nanoTime() - from;
        final Lives lives = new Lives(again, network, 4096, false, SEED);
        final UnsafeBuffer slots = new UnsafeBuffer(ByteBuffer.allocateDirect(CHUNK * STRIDE));
        final int[] lengths = new int[CHUNK];
        while (position[0] < records) {
            final int chunk = (int) Math.min(CHUNK, records - position[0]);
            for (int i = 0; i < chunk; i++) {
                lengths[i] = lives.next(slots, i * STRIDE, createdMs(position[0] - network.commands() + i));
            }
            final long chunkFrom = System.nanoTime();
            for (int first = 0; first < chunk; first += BATCH) {
                final int end = Math.min(chunk, first + BATCH);
                for (int i = first; i < end; i++) {
                    core.prefetch(slots, i * STRIDE, lengths[i]);
                }
                sink += core.prefetched();
                for (int i = first; i < end; i++) {
                    core.apply(++position[0], nowMs, 0, slots, i * STRIDE, lengths[i], events, outcome);
                    requireDone(outcome);
                    events.reset();
                }
            }
            spent += System.nanoTime() - chunkFrom;
            output.progressLeft(schedule.leftNs(), APPLYING + ": %,d of %,d", position[0], records);
        }
        return spent / 1e9 * records / position[0]; // the last chunk may have gone beyond
    }

    private static void requireDone(final Outcome outcome) {
        if (!outcome.isDone()) {
            throw new IllegalStateException("applying from memory, position " + outcome.position() + " was answered " + outcome.result());
        }
    }

    /** The hash cannot be: log time is in it, and here it stands still. */
    private static void requireSame(final Map<String, Long> applied, final Map<String, Long> written) {
        final List<String> others = new ArrayList<>();
        written.forEach((what, count) -> {
            final Long inMemory = applied.get(what);
            if (!count.equals(inMemory)) {
                others.add(what + " " + inMemory + " in place of " + count);
            }
        });
        if (!others.isEmpty()) {
            throw new IllegalStateException("the same commands applied from memory come to something else: " + String.join(", ", others));
        }
    }

    /** A little later with each chunk: more requests than are remembered must not look older than those that are forgotten. */
    private static long createdMs(final long number) {
        return ModelNetwork.START_MS + number / 4_096;
    }

    private void send(final Engine engine, final Lives lives, final long count, final String what) throws InterruptedException {
        final AtomicLong answered = new AtomicLong();
        final AtomicReference<String> refused = new AtomicReference<>();
        long sent = 0;
        while (sent < count) {
            final long first = sentInAll;
            final int admitted = engine.submit((index, slot, offset) -> lives.next(slot, offset, createdMs(first + index)), (int) Math.min(256, count - sent),
                    (tag, outcome, events, offset, length) -> {
                        if (!outcome.isDone()) {
                            refused.compareAndSet(null, outcome.result() + " at position " + outcome.position());
                        }
                        answered.lazySet(answered.get() + 1);
                    }, 0);
            sent += admitted;
            sentInAll += admitted;
            if (admitted == 0) {
                if (engine.admission() == Result.STORAGE_FULL) {
                    throw new IllegalStateException(what + ": the disk is full");
                }
                LockSupport.parkNanos(20_000);
            }
            if (output.isDue()) {
                output.progressLeft(schedule.leftNs(), "%s: %,d of %,d", what, sent, count);
            }
        }
        final long from = System.nanoTime();
        while (answered.get() < count) {
            if (System.nanoTime() - from > PATIENCE_NS) {
                throw new IllegalStateException("answers are missing: " + answered + " of " + count);
            }
            Thread.sleep(1);
        }
        if (refused.get() != null) {
            throw new IllegalStateException(what + ": a command of a life that should succeed was answered " + refused);
        }
    }
}
