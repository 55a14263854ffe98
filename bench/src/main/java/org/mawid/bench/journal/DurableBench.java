package org.mawid.bench.journal;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.Lives;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.Output;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.Engine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ring, fsync, core and reply in one process: the highest rate, then the latency at half of it, each beside the disk alone. */
@Command(name = "durable", mixinStandardHelpOptions = true,
        description = "Durable commands in process (ring, fsync, core, reply): highest rate, and latency at half of it against the disk's own.")
public final class DurableBench implements Callable<Integer> {
    private static final int CHUNK = 256;

    @Mixin
    private Output output;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder on the disk to measure; default: the temporary folder.")
    private Path data;

    @Option(names = "--records", paramLabel = "true|false", defaultValue = "false", arity = "1", description = "Read model of records on: ${DEFAULT-VALUE}.")
    private boolean records;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "An engine setting, may be repeated.")
    private java.util.Map<String, String> settings = java.util.Map.of();

    private static final int MOST_WARM_UPS = 15;
    /** Of two seconds on two cores. */
    private static final long QUIET_COMPILER_MS = 200;

    private final Histogram latency = new Histogram(60_000_000_000L, 3);
    private final long[] sentNs = new long[1 << 20];
    private volatile long answered;
    private volatile String refused;
    private long answeredPlain;

    @Override
    public Integer call() throws Exception {
        final Path folder = Engines.temporaryData(data);
        EngineConfig config = EngineConfig.at(folder.resolve("data")).with(Setting.RECORDS, records).with(Setting.RETIRE_EVERY_MS, 0)
                .with(Setting.SNAPSHOT_AT_STOP, false).with(Setting.SNAPSHOT_RECORDS, 1_000_000_000_000L);
        for (final var setting : settings.entrySet()) {
            config = config.with(Setting.byKey(setting.getKey()), setting.getValue());
        }
        final ModelNetwork network = new ModelNetwork(150, 60, 96, 255);
        final JsonObject result = new JsonObject().put("benchmark", "durable");
        try (Engine engine = EmbeddedEngine.start(config); DiskAlone disk = new DiskAlone(folder, 1 << 20, 256L << 20)) {
            final Commands commands = new Commands(7);
            Engines.make(engine, network, commands);
            final Lives lives = new Lives(commands, network, 4096, true, 7);
            warmUp(engine, lives);
            final long highest = flood(engine, lives, output.seconds(), "highest rate");
            final double disk64k = diskRate(disk, 64 << 10);
            final double disk1m = diskRate(disk, 1 << 20);
            flood(engine, lives, 1, "between");
            openLoop(engine, lives, highest / 2, 2, new Histogram(3));
            final Histogram ours = new Histogram(60_000_000_000L, 3);
            openLoop(engine, lives, highest / 2, output.seconds(), ours);
            final Histogram disks = diskLatency(disk, highest / 2, Math.max(2, output.seconds() / 2));
            result.put("load", new JsonObject().put("mix", "submit, validate, hold + stamp, confirm, cancel: a fifth each").put("producers", 1)
                            .put("admission", "chunks of " + CHUNK).put("readModel", records ? "availability and records" : "availability"))
                    .put("leftOut", "wire; snapshots are off")
                    .put("commandsPerSecond", Output.rounded(highest)).put("directIo", disk.direct())
                    .put("diskAlone64ByteRecordsPerSecond", new JsonObject().put("groups64KiB", disk64k).put("groups1MiB", disk1m))
                    .put("atHalfRate", new JsonObject().put("commandsPerSecond", Output.rounded(highest / 2.0)).put("latencyUs", percentiles(ours))
                            .put("diskAppendUs", percentiles(disks)).put("ratio", ratio(ours, disks)));
        }
        output.result(result);
        return 0;
    }

    private void onOutcome(final long tag, final org.mawid.engine.kernel.Outcome outcome) {
        if (!outcome.isDone() && refused == null) {
            refused = outcome.result() + " at position " + outcome.position();
        }
        final long sent = sentNs[(int) tag & (sentNs.length - 1)];
        if (sent != 0) {
            latency.recordValue(Math.max(0, System.nanoTime() - sent));
        }
        answered = ++answeredPlain;
    }

    /** Until the compiler is through: its threads take the cores that the pipeline needs, and what it has not reached yet is slow. */
    private void warmUp(final Engine engine, final Lives lives) throws InterruptedException {
        final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        for (int round = 0; round < MOST_WARM_UPS; round++) {
            final long before = compiler.getTotalCompilationTime();
            flood(engine, lives, 2, "warming up");
            if (round > 1 && compiler.getTotalCompilationTime() - before < QUIET_COMPILER_MS) {
                return;
            }
        }
    }

    /** As fast as the ring takes it. @return commands a second */
    private long flood(final Engine engine, final Lives lives, final int seconds, final String what) throws InterruptedException {
        java.util.Arrays.fill(sentNs, 0);
        final long before = answered;
        final long from = System.nanoTime();
        long tag = 0;
        while (System.nanoTime() - from < seconds * 1_000_000_000L) {
            final long nowMs = engine.status().nowMs();
            final int admitted = engine.submit((index, slot, offset) -> lives.next(slot, offset, nowMs), CHUNK,
                    (at, outcome, events, offset, length) -> onOutcome(at, outcome), tag);
            tag += admitted;
            if (admitted == 0) {
                Thread.onSpinWait();
                LockSupport.parkNanos(20_000);
            }
            if ((tag & 0xFFFF) == 0) {
                output.progress("%s: %,.0f commands/s", what, (answered - before) * 1e9 / (System.nanoTime() - from));
            }
        }
        awaitAnswers(before + tag);
        return (long) ((answered - before) * 1e9 / (System.nanoTime() - from));
    }

    /** At a stated rate, whatever the answers do: latency counts from when a command was due, not from when it could be sent. */
    private void openLoop(final Engine engine, final Lives lives, final long perSecond, final int seconds, final Histogram into) throws InterruptedException {
        latency.reset();
        final long before = answered;
        final long from = System.nanoTime();
        final long total = perSecond * seconds;
        long tag = 0;
        while (tag < total) {
            final long nowNs = System.nanoTime();
            final long due = Math.min(total, (nowNs - from) * perSecond / 1_000_000_000L + 1);
            if (due <= tag) {
                LockSupport.parkNanos(20_000);
                continue;
            }
            final int count = (int) Math.min(CHUNK, due - tag);
            for (int i = 0; i < count; i++) {
                sentNs[(int) (tag + i) & (sentNs.length - 1)] = from + (tag + i) * 1_000_000_000L / perSecond;
            }
            final long nowMs = engine.status().nowMs();
            tag += engine.submit((index, slot, offset) -> lives.next(slot, offset, nowMs), count,
                    (at, outcome, events, offset, length) -> onOutcome(at, outcome), tag);
            output.progress("latency at %,d/s: %,d of %,d", perSecond, answered - before, total);
        }
        awaitAnswers(before + tag);
        into.add(latency);
    }

    private void awaitAnswers(final long count) throws InterruptedException {
        final long from = System.nanoTime();
        while (answered < count) {
            if (System.nanoTime() - from > 60_000_000_000L) {
                throw new IllegalStateException("answers are missing: " + answered + " of " + count);
            }
            Thread.sleep(1);
        }
        if (refused != null) {
            throw new IllegalStateException("a command of a life that should succeed was answered " + refused);
        }
    }

    private double diskRate(final DiskAlone disk, final int groupBytes) throws IOException {
        final long from = System.nanoTime();
        long records = 0;
        while (System.nanoTime() - from < 2_000_000_000L) {
            disk.append(groupBytes);
            records += groupBytes / 64;
            output.progress("disk alone, groups of %d KiB", groupBytes >> 10);
        }
        return Output.perSecond(records, System.nanoTime() - from);
    }

    /** The disk under the same stream of bytes: each append takes what has come due since the one before, as the journal does. */
    private Histogram diskLatency(final DiskAlone disk, final long perSecond, final int seconds) throws IOException {
        final int recordBytes = 168;
        final Histogram histogram = new Histogram(60_000_000_000L, 3);
        final long from = System.nanoTime();
        long done = 0;
        while (System.nanoTime() - from < seconds * 1_000_000_000L) {
            final long due = (System.nanoTime() - from) * perSecond / 1_000_000_000L + 1;
            if (due <= done) {
                LockSupport.parkNanos(20_000);
                continue;
            }
            final long take = Math.min(due - done, (1 << 20) / recordBytes);
            disk.append((int) ((take * recordBytes + 4095) & ~4095L));
            final long nowNs = System.nanoTime();
            for (long record = done; record < done + take; record++) {
                histogram.recordValue(Math.max(0, nowNs - from - record * 1_000_000_000L / perSecond));
            }
            done += take;
            output.progress("disk alone at the same rate");
        }
        return histogram;
    }

    static JsonObject percentiles(final Histogram histogram) {
        return new JsonObject().put("p50", histogram.getValueAtPercentile(50) / 1_000.0).put("p99", histogram.getValueAtPercentile(99) / 1_000.0)
                .put("p999", histogram.getValueAtPercentile(99.9) / 1_000.0).put("max", histogram.getMaxValue() / 1_000.0)
                .put("count", histogram.getTotalCount());
    }

    private static JsonObject ratio(final Histogram ours, final Histogram disks) {
        return new JsonObject().put("p50", ratio(ours, disks, 50)).put("p99", ratio(ours, disks, 99)).put("p999", ratio(ours, disks, 99.9));
    }

    private static double ratio(final Histogram ours, final Histogram disks, final double percentile) {
        return Output.rounded(ours.getValueAtPercentile(percentile) / (double) Math.max(1, disks.getValueAtPercentile(percentile)));
    }
}
