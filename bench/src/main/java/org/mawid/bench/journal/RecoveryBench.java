package org.mawid.bench.journal;

import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.Lives;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.Engine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.memory.Spares;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long an engine takes to be itself again: by replay alone, and from a snapshot with a tail. */
@Command(name = "recovery", mixinStandardHelpOptions = true,
        description = "Recovery: replaying a journal against applying the same commands from memory; and a full snapshot with a tail of 1 M.",
        footer = {"", "Takes about 40 s.", "", "Examples:",
            "  bench recovery --commands 10000000      a longer journal",
            "  bench recovery --data /mnt/disk --tail 100000"})
public final class RecoveryBench implements Callable<Integer>, Planned {
    private static final long SEED = 9;
    /** Starts of each kind, of which the fastest counts. */
    private static final int STARTS = 3;
    /** As seen on two quiet cores. */
    private static final double MAKING_SECONDS = 2;
    private static final double WRITTEN_PER_SECOND = 600_000;
    private static final double APPLIED_PER_SECOND = 1_000_000;
    private static final double SNAPSHOT_SECONDS = 4;
    private static final double LOADING_SECONDS = 1.5;

    @Mixin
    private Output output;

    @Option(names = "--commands", paramLabel = "N", defaultValue = "4000000", description = "Commands in the journal that is replayed: ${DEFAULT-VALUE}.")
    private long commands;

    @Option(names = "--tail", paramLabel = "N", defaultValue = "1000000", description = "Commands after the snapshot: ${DEFAULT-VALUE}.")
    private long tail;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder on the disk to measure; default: the temporary folder.")
    private Path data;

    private final ModelNetwork network = new ModelNetwork(150, 60, 96, 255);

    @Override
    public Integer call() throws Exception {
        output.require(commands >= 1 && tail >= 1, "--commands and --tail must be 1 or more");
        output.progress("making the model network");
        final Path folder = Engines.temporaryData(data);
        final EngineConfig bare = EngineConfig.at(folder.resolve("data")).with(Setting.RECORDS, false).with(Setting.RETIRE_EVERY_MS, 0)
                .with(Setting.SNAPSHOT_RECORDS, 1_000_000_000_000L);
        final EngineConfig withoutSnapshot = bare.with(Setting.SNAPSHOT_AT_STOP, false);
        final Commands made = new Commands(9);
        final Lives lives = new Lives(made, network, 4096, false, SEED);
        try (Engine engine = EmbeddedEngine.start(withoutSnapshot)) {
            Engines.make(engine, network, made);
            send(engine, lives, commands, "writing the journal");
        }
        final long records = commands + network.commands();
        final long replayNs = start(withoutSnapshot, "replaying");
        final double applied = applyFromMemory(records);
        try (Engine engine = EmbeddedEngine.start(bare)) {
            output.progress("writing a snapshot at %,d", engine.status().appliedPosition());
        }
        try (Engine engine = EmbeddedEngine.start(withoutSnapshot)) {
            send(engine, lives, tail, "writing the tail");
        }
        final long tailNs = start(withoutSnapshot, "snapshot and tail");
        final double replayed = records * 1e9 / replayNs;
        output.result(new JsonObject().put("benchmark", "recovery")
                .put("load", new JsonObject().put("records", records).put("tail", tail).put("mix", "submit, validate, hold + stamp, confirm: a quarter each").put("seed", SEED)
                        .put("readModel", "availability"))
                .put("leftOut", "process start; read model of records is off; availability is rebuilt")
                .put("replaySeconds", Output.rounded(replayNs / 1e9)).put("replayedPerSecond", Output.rounded(replayed))
                .put("appliedFromMemoryPerSecond", Output.rounded(applied)).put("ratio", Output.rounded(replayed / applied))
                .put("snapshotAndTailSeconds", Output.rounded(tailNs / 1e9)));
        return 0;
    }

    @Override
    public double plannedSeconds() {
        final double apply = commands / APPLIED_PER_SECOND;
        return MAKING_SECONDS + (commands + tail) / WRITTEN_PER_SECOND + STARTS * apply + apply + apply + SNAPSHOT_SECONDS
                + STARTS * (LOADING_SECONDS + tail / APPLIED_PER_SECOND);
    }

    private long start(final EngineConfig config, final String what) throws Exception {
        long least = Long.MAX_VALUE;
        final long fromNs = System.nanoTime();
        for (int run = 1; run <= STARTS; run++) {
            final long from = System.nanoTime();
            try (Engine engine = EmbeddedEngine.start(config)) {
                least = Math.min(least, System.nanoTime() - from);
                output.progressLeft(Output.leftNs(fromNs, run, STARTS), "%s: run %d of " + STARTS + ", position %,d", what, run, engine.status().appliedPosition());
            }
        }
        return least;
    }

    /** The same commands into a new core, encoded before the clock starts, chunk by chunk. */
    private double applyFromMemory(final long records) {
        try (Spares spares = new Spares(); EngineCore core = new EngineCore()) {
            core.takeSparesFrom(spares); // as the engine does when it recovers
            return applyFromMemory(records, core);
        }
    }

    private double applyFromMemory(final long records, final EngineCore core) {
        final EventWriter events = new EventWriter();
        final Outcome outcome = new Outcome();
        final Commands again = new Commands(9);
        final long[] position = new long[1];
        long spent = 0;
        final long[] nowMs = {ModelNetwork.START_MS};
        final long from = System.nanoTime();
        network.make(again, (command, length) -> {
            core.apply(++position[0], nowMs[0], 0, command, 0, length, events, outcome);
            events.reset();
        });
        spent += System.nanoTime() - from;
        final Lives lives = new Lives(again, network, 4096, false, SEED);
        final UnsafeBuffer slots = new UnsafeBuffer(ByteBuffer.allocateDirect(4096 * STRIDE));
        final int[] lengths = new int[4096];
        while (position[0] < records) {
            for (int i = 0; i < 4096; i++) {
                lengths[i] = lives.next(slots, i * STRIDE, createdMs(position[0]));
            }
            final long chunkFrom = System.nanoTime();
            for (int batch = 0; batch < 4096; batch += 32) {
                for (int step = 0; step < EngineCore.PREFETCH_STEPS; step++) {
                    for (int i = batch; i < batch + 32; i++) {
                        core.prefetch(slots, i * STRIDE, lengths[i], step);
                    }
                    sink += core.prefetched();
                }
                for (int i = batch; i < batch + 32; i++) {
                    core.apply(++position[0], nowMs[0], 0, slots, i * STRIDE, lengths[i], events, outcome);
                    events.reset();
                }
            }
            spent += System.nanoTime() - chunkFrom;
            output.progressLeft(Output.leftNs(from, position[0], records), "applying the same from memory: %,d of %,d", position[0], records);
        }
        return position[0] * 1e9 / spent;
    }

    private static final int STRIDE = 256 + 64;
    private long sink;
    private long sentInAll;

    /** A little later with each chunk: more requests than are remembered must not look older than those that are forgotten. */
    private static long createdMs(final long number) {
        return ModelNetwork.START_MS + number / 4_096;
    }

    private void send(final Engine engine, final Lives lives, final long count, final String what) throws InterruptedException {
        final AtomicLong answered = new AtomicLong();
        final long fromNs = System.nanoTime();
        long sent = 0;
        while (sent < count) {
            final long createdMs = createdMs(sentInAll);
            final int admitted = engine.submit((index, slot, offset) -> lives.next(slot, offset, createdMs), (int) Math.min(256, count - sent),
                    (tag, outcome, events, offset, length) -> answered.lazySet(answered.get() + (outcome.isDone() ? 1 : 0)), 0);
            sent += admitted;
            sentInAll += admitted;
            if (admitted == 0) {
                LockSupport.parkNanos(20_000);
            }
            output.progressLeft(Output.leftNs(fromNs, sent, count), "%s: %,d of %,d", what, sent, count);
        }
        final long from = System.nanoTime();
        while (answered.get() < count) {
            if (System.nanoTime() - from > 60_000_000_000L) {
                throw new IllegalStateException("only " + answered.get() + " of " + count + " were done");
            }
            Thread.sleep(1);
        }
    }
}
