package org.mawid.bench.journal;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.EngineOptions;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.Latency;
import org.mawid.bench.load.LifeAudit;
import org.mawid.bench.load.Lives;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.OpenOptions;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.bench.load.Rounds;
import org.mawid.bench.load.SecondsOption;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.Engine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Ring, fsync, core and reply in one process: the highest rate, then the latency at half of it, each beside the disk alone; and what a command takes of
 * the processors, of the thread that submits and of each of the engine's.
 */
@Command(name = "durable", mixinStandardHelpOptions = true,
        description = "Durable commands in process (ring, fsync, core, reply): highest rate, and latency at half of it against the disk's own;"
                + " processor time for a command, of each thread.",
        footer = {"", "Takes about 75 s, less where the compiler is through sooner; --search up to 40 s more.", "", "Examples:",
            "  bench durable --data /mnt/disk --seconds 20",
            "  bench durable --rate 200000 --search",
            "  bench durable --records true --set mawid.ring.wait=blocking"})
public final class DurableBench implements Callable<Integer>, Planned {
    private static final long SEED = 7;
    private static final long DISK_NS = 2_000_000_000L;
    private static final int LEAST_DISK_SECONDS = 2;
    /** Of the engine and the model network in it. */
    private static final double MAKING_SECONDS = 3;
    /** Of some ten million commands, whose state is counted at the end. */
    private static final double AUDIT_SECONDS = 15;
    /** The design's floor and goal of p99.9, as multiples of the disk's own. */
    private static final double TAIL_ALLOWED = 1.5;
    private static final double TAIL_ALLOWED_MORE_US = 1_000;
    private static final double TAIL_WANTED = 1.2;

    @Mixin
    private Output output;

    @Mixin
    private SecondsOption part;

    @Mixin
    private EngineOptions options;

    @Mixin
    private OpenOptions open;

    @Option(names = "--records", paramLabel = "true|false", defaultValue = "false", arity = "1", description = "Read model of records on: ${DEFAULT-VALUE}.")
    private boolean records;

    private final ModelNetwork network;
    private final UnaryOperator<Engine> around;
    private final boolean isWarmedUp;

    public DurableBench() {
        this(new ModelNetwork(150, 60, 96, 255), engine -> engine, true);
    }

    /** @param around what the commands are given to, made of the engine */
    DurableBench(final ModelNetwork network, final UnaryOperator<Engine> around, final boolean isWarmedUp) {
        this.network = network;
        this.around = around;
        this.isWarmedUp = isWarmedUp;
    }

    @Override
    public Integer call() throws Exception {
        open.check(output);
        final Path folder = Engines.temporaryData(options.data());
        final EngineConfig config = options.on(EngineConfig.at(folder.resolve("data")).with(Setting.RECORDS, records).with(Setting.RETIRE_EVERY_MS, 0)
                .with(Setting.SNAPSHOT_AT_STOP, false).with(Setting.SNAPSHOT_RECORDS, 1_000_000_000_000L));
        final JsonObject result = new JsonObject().put("benchmark", "durable");
        final Commands commands = new Commands(7);
        final Lives lives = new Lives(commands, network, 4096, true, SEED);
        try (Engine engine = EmbeddedEngine.start(config); DiskAlone disk = new DiskAlone(folder, 1 << 20, 256L << 20)) {
            output.progress("making the model network");
            Engines.make(engine, network, commands);
            final Feed feed = new Feed(around.apply(engine), lives, output);
            if (isWarmedUp) {
                feed.warmUp();
            }
            final Rounds rates = new Rounds();
            final Feed.Flood flood = feed.flood(part.seconds(), "highest rate", rates);
            final long highest = flood.perSecond();
            final double disk64k = diskRate(disk, 64 << 10);
            final double disk1m = diskRate(disk, 1 << 20);
            feed.flood(1, "between");
            final long due = (long) open.rate(highest);
            if (isWarmedUp) {
                feed.settle(due);
            }
            final Feed.Window ours = feed.openLoop(due, part.seconds(), "latency");
            final Histogram disks = new DiskLoop(disk::append, System::nanoTime).latency(due, diskSeconds(),
                    leftNs -> output.progressLeft(leftNs, "disk alone at the same rate, %,d/s", due));
            result.put("load", new JsonObject().put("mix", "submit, validate, hold + stamp, confirm, cancel: a fifth each").put("seed", SEED).put("producers", 1)
                            .put("admission", "chunks of " + Feed.CHUNK).put("engineSettings", options.settings().toString()).put("readModel", records ? "availability and records" : "availability"))
                    .put("leftOut", "wire; snapshots are off")
                    .put("commandsPerSecond", Output.rounded(highest)).put("commandsPerSecondRounds", rates.all()).mergeIn(flood.cpu().usEach(flood.commands()))
                    .put("directIo", disk.direct())
                    .put("diskAlone64ByteRecordsPerSecond", new JsonObject().put("groups64KiB", disk64k).put("groups1MiB", disk1m))
                    .put("openLoop", new JsonObject().put("duePerSecond", Output.rounded(due)).mergeIn(ours.figures()).mergeIn(besideTheDisk(ours.ns(), disks)));
            open.addHighest(result, highest, part.seconds(), output, (perSecond, seconds, what, after) -> feed.openLoop((long) perSecond, seconds, what));
        }
        return LifeAudit.of(config.data(), lives.booksOfAllDone(), output).tell(result, output);
    }

    @Override
    public double plannedSeconds() {
        return MAKING_SECONDS + Feed.WARM_UP_MOST_SECONDS + part.seconds() + 2 * diskRateNs() / 1e9 + 1 + Feed.SETTLE_MOST_SECONDS + part.seconds()
                + diskSeconds() + open.plannedSeconds(part.seconds()) + AUDIT_SECONDS;
    }

    /** Of the disk under the commands' rate: half as long as they run, but two where that is less, and never longer than they. */
    private int diskSeconds() {
        return Math.min(part.seconds(), Math.max(LEAST_DISK_SECONDS, part.seconds() / 2));
    }

    private long diskRateNs() {
        return Math.min(DISK_NS, part.seconds() * 1_000_000_000L);
    }

    private double diskRate(final DiskAlone disk, final int groupBytes) throws IOException {
        final long from = System.nanoTime();
        long records = 0;
        final long longNs = diskRateNs();
        while (System.nanoTime() - from < longNs) {
            disk.append(groupBytes);
            records += groupBytes / 64;
            output.progressPart(from, longNs - (System.nanoTime() - from), "disk alone, groups of %d KiB", groupBytes >> 10);
        }
        return Output.perSecond(records, System.nanoTime() - from);
    }

    /** What latency is held to: the disk's own, as a ratio; at the tail as what is allowed, and what is wanted, because a millisecond is added there. */
    static JsonObject besideTheDisk(final Histogram ours, final Histogram disks) {
        final double tailUs = Latency.us(disks, 99.9);
        return new JsonObject().put("diskRecords", disks.getTotalCount()).put("diskAppendUs", Latency.us(disks)).put("ratio", ratio(ours, disks))
                .put("allowedUs", new JsonObject().put("p999", TAIL_ALLOWED * tailUs + TAIL_ALLOWED_MORE_US)).put("wantedUs", new JsonObject().put("p999", TAIL_WANTED * tailUs));
    }

    private static JsonObject ratio(final Histogram ours, final Histogram disks) {
        return new JsonObject().put("p50", ratio(ours, disks, 50)).put("p99", ratio(ours, disks, 99)).put("p999", ratio(ours, disks, 99.9));
    }

    private static double ratio(final Histogram ours, final Histogram disks, final double percentile) {
        return Output.rounded(ours.getValueAtPercentile(percentile) / (double) Math.max(1, disks.getValueAtPercentile(percentile)));
    }
}
