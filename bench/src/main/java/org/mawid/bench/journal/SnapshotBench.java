package org.mawid.bench.journal;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.EngineOptions;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.Latency;
import org.mawid.bench.load.LifeAudit;
import org.mawid.bench.load.Lives;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.bench.load.Rounds;
import org.mawid.bench.load.SecondsOption;
import org.mawid.bench.process.CpuUse;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.Engine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What a snapshot that is being made adds to the latency of durable commands. In turn, at the same rate: a window that lasts as long as one
 * snapshot takes, from the request until the oldest file is gone (loading the one before into the second core, replaying what came since,
 * writing, syncing, removing), and one without that is just as long.
 * <p>As long, because a stop of the machine of 20 ms in every ten seconds is in each window of 20 s and makes its p99.9, and is in one of five
 * windows of 2 s, of which the middle one knows nothing of it.
 */
@Command(name = "snapshot", mixinStandardHelpOptions = true,
        description = "What a running snapshot adds to the latency of durable commands, open loop, and to the processor time of each thread:"
                + " windows with one and, as long, without, in turn.",
        footer = {"", "Takes about 100 s.", "", "There is no --search: a snapshot replays what came since the one before, so what a rate adds depends on the rates that were tried"
                + " before it, and above the pace of that replay each snapshot takes longer than the last. Name the rates, up to what 'bench durable --search' finds.", "", "Examples:",
            "  bench snapshot --rate 2000 --rounds 5",
            "  bench snapshot --appointments 2000000 --rate 20000      a snapshot that takes longer"})
public final class SnapshotBench implements Callable<Integer>, Planned {
    /** The design surge's bursts: hold attempts a second of the whole network. */
    private static final long SURGE = 2_000;
    /** Much more would fill the memory in the time that a run takes: nobody is served and retired meanwhile. */
    private static final List<Long> RATES = List.of(SURGE, 10 * SURGE);
    private static final String THREAD = "snapshot";
    private static final long LONGEST_NS = 300_000_000_000L;
    /** What the disk still has to do once the oldest file is gone belongs to the snapshot too. */
    private static final long AFTERWARDS_NS = 500_000_000L;
    private static final long LOOK_NS = 5_000_000L;
    private static final double GOAL_SHARE = 0.05;
    /** As seen on two quiet cores: an engine and the model network in it; appointments made; a snapshot. */
    private static final double MAKING_SECONDS = 3;
    private static final double FILLED_PER_SECOND = 150_000;
    private static final double LEAST_SNAPSHOT_SECONDS = 4.5;
    private static final double SNAPSHOT_APPOINTMENTS_PER_SECOND = 60_000;
    private static final int DISTANCE = 4096;
    private static final long SEED = 8;
    /** Snapshots that an engine keeps. */
    private static final int KEPT = 2;

    @Mixin
    private Output output;

    @Mixin
    private final SecondsOption part = new SecondsOption(3);

    @Mixin
    private EngineOptions options;

    @Option(names = "--rate", paramLabel = "N", split = ",",
            description = "Commands a second, one or several; default: 2 000, which is the design surge, and ten times that.")
    private List<Long> rates = RATES;

    @Option(names = "--appointments", paramLabel = "N", defaultValue = "100000",
            description = "Appointments in the state before the clock starts: the more, the longer a snapshot takes: ${DEFAULT-VALUE}.")
    private long appointments;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "2", description = "Windows of each kind, in turn: ${DEFAULT-VALUE}.")
    private int rounds;

    private final Rounds seconds = new Rounds();
    private final Rounds cpuSeconds = new Rounds();
    private DataDirectory directory;
    private EmbeddedEngine engine;
    private Feed feed;

    private final ModelNetwork network;
    private final UnaryOperator<Engine> around;
    private final boolean isWarmedUp;

    public SnapshotBench() {
        this(new ModelNetwork(150, 60, 96, 255), engine -> engine, true);
    }

    /** @param around what the commands are given to, made of the engine */
    SnapshotBench(final ModelNetwork network, final UnaryOperator<Engine> around, final boolean isWarmedUp) {
        this.network = network;
        this.around = around;
        this.isWarmedUp = isWarmedUp;
    }

    @Override
    public Integer call() throws Exception {
        output.require(rounds >= 1, "--rounds must be 1 or more");
        output.require(appointments >= 0 && appointments <= 20_000_000, "--appointments must be 0 to 20 000 000");
        output.require(rates.stream().allMatch(rate -> rate >= 1 && rate <= 10_000_000), "--rate must be 1 to 10 000 000");
        final Path folder = Engines.temporaryData(options.data());
        directory = new DataDirectory(folder.resolve("data"));
        final EngineConfig config = config(directory.root());
        final long highest = highest(folder.resolve("warm-up"));
        final Lives lives = new Lives(new Commands(8), network, DISTANCE, false, SEED);
        final JsonObject result = new JsonObject().put("benchmark", "snapshot");
        try (EmbeddedEngine started = EmbeddedEngine.start(config)) {
            engine = started;
            feed = new Feed(around.apply(engine), lives, output);
            output.progress("making the model network");
            Engines.make(engine, network, new Commands(9));
            feed.fill(lives, appointments);
            final JsonArray loads = new JsonArray();
            feed.openLoop(rates.get(0), snapshot(), () -> -1, "first snapshot, which replays the whole journal");
            for (final long rate : rates) {
                loads.add(measure(rate));
            }
            result.put("load", new JsonObject().put("mix", "submit, validate, hold + stamp, confirm: a quarter each").put("producers", 1)
                            .put("loop", "open, timed from when a command was due").put("appointmentsBefore", appointments).put("appointmentsAfter", lives.confirmed())
                            .put("rounds", rounds).put("seed", SEED).put("engineSettings", options.settings().toString()).put("readModel", "availability")
                            .put("sharePercent", config.integer(Setting.SNAPSHOT_SHARE)))
                    .put("leftOut", "wire; records and retirement are off; a window lasts as long as a snapshot takes")
                    .put("highestCommandsPerSecond", Output.rounded(highest))
                    .put("snapshot", new JsonObject().put("bytes", bytes()).put("seconds", seconds.median()).put("secondsRounds", seconds.all())
                            .put("cpuSeconds", cpuSeconds.median()))
                    .put("loads", loads);
        }
        return LifeAudit.of(directory.root(), lives.booksOfAllDone(), output).tell(result, output);
    }

    @Override
    public double plannedSeconds() {
        final double snapshotSeconds = LEAST_SNAPSHOT_SECONDS + appointments / SNAPSHOT_APPOINTMENTS_PER_SECOND;
        return 2 * MAKING_SECONDS + Feed.WARM_UP_MOST_SECONDS + part.seconds() + appointments / FILLED_PER_SECOND + snapshotSeconds
                + rates.size() * (Feed.SETTLE_MOST_SECONDS + rounds * 2 * snapshotSeconds) + LifeAudit.SECONDS;
    }

    /** Warms the code up on an engine that is thrown away, so that the measured one holds what was asked for and no more. @return commands a second */
    private long highest(final Path folder) throws Exception {
        try (EmbeddedEngine warm = EmbeddedEngine.start(config(folder))) {
            output.progress("making the model network");
            Engines.make(warm, network, new Commands(6));
            final Feed warming = new Feed(warm, new Lives(new Commands(7), network, DISTANCE, false, 7), output);
            if (isWarmedUp) {
                warming.warmUp();
            }
            return warming.flood(part.seconds(), "highest rate").perSecond();
        } finally {
            Engines.delete(folder);
        }
    }

    /** Snapshots only when asked. */
    private EngineConfig config(final Path folder) {
        return options.on(EngineConfig.at(folder).with(Setting.RECORDS, false).with(Setting.RETIRE_EVERY_MS, 0)
                .with(Setting.SNAPSHOT_AT_STOP, false).with(Setting.SNAPSHOT_RECORDS, 1_000_000_000_000L)
                .with(Setting.SNAPSHOT_EVERY_MS, 30L * 86_400_000L));
    }

    private JsonObject measure(final long rate) throws InterruptedException {
        final List<Feed.Window> without = new ArrayList<>();
        final List<Feed.Window> with = new ArrayList<>();
        if (isWarmedUp) {
            feed.settle(rate);
        }
        for (int round = 1; round <= rounds; round++) {
            final String what = "round " + round + " of " + rounds;
            final long fromNs = System.nanoTime();
            with.add(feed.openLoop(rate, snapshot(), () -> seconds.isEmpty() ? -1 : (long) (seconds.median() * 1e9) - (System.nanoTime() - fromNs),
                    what + ", with a snapshot"));
            final long tookNs = System.nanoTime() - fromNs;
            without.add(feed.openLoop(rate, tookNs, what + ", without a snapshot"));
            seconds.add(tookNs / 1e9);
            cpuSeconds.add(cpuNs(with.get(round - 1)) / 1e9);
            output.note("%s at %,d/s: p99.9 %,.0f µs without, %,.0f µs with a snapshot, which took %.1f s", what, rate,
                    Latency.us(without.get(round - 1).ns(), 99.9), Latency.us(with.get(round - 1).ns(), 99.9), tookNs / 1e9);
        }
        final double before = each(without, 99.9).median();
        return new JsonObject().put("perSecond", rate).put("without", figures(without)).put("with", figures(with))
                .put("addsMs", percentiles(percentile -> each(with, percentile).minus(each(without, percentile)).median() / 1_000)
                        .put("worstOfATenth", Output.rounded((worstOfATenthNs(with) - worstOfATenthNs(without)) / 1e6)))
                .put("ratio", percentiles(percentile -> each(with, percentile).dividedBy(each(without, percentile)).median()))
                .put("goalMs", Output.rounded(before * GOAL_SHARE / 1_000));
    }

    /** Asks for one. @return true from half a second after it is there and the oldest one is gone */
    private BooleanSupplier snapshot() {
        final long before = engine.status().snapshotPosition();
        final long fromNs = System.nanoTime();
        engine.requestSnapshot();
        final long[] lookedNs = new long[1];
        final long[] goneNs = new long[1];
        return () -> {
            final long nowNs = System.nanoTime();
            if (goneNs[0] != 0) {
                return nowNs - goneNs[0] > AFTERWARDS_NS;
            }
            if (nowNs - lookedNs[0] < LOOK_NS) {
                return false;
            }
            lookedNs[0] = nowNs;
            if (nowNs - fromNs > LONGEST_NS) {
                throw new IllegalStateException("no snapshot within five minutes: the log says why");
            }
            goneNs[0] = engine.status().snapshotPosition() > before && files().size() <= KEPT ? nowNs : 0;
            return false;
        };
    }

    /** By position; also those that are being written or removed. */
    private List<Path> files() {
        try (Stream<Path> files = Files.list(directory.snapshots())) {
            return files.sorted().toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the second core's thread used in a window. */
    private static long cpuNs(final Feed.Window window) {
        final Long usedNs = window.cpu().serverNs().get(THREAD);
        if (usedNs == null) {
            throw new IllegalStateException("no thread of the engine is called " + THREAD);
        }
        return usedNs;
    }

    /** Of the newest snapshot's file. */
    private long bytes() throws IOException {
        final List<Path> files = files();
        return Files.size(files.get(files.size() - 1));
    }

    private static Rounds each(final List<Feed.Window> windows, final double percentile) {
        final Rounds values = new Rounds();
        windows.forEach(window -> values.add(Latency.us(window.ns(), percentile)));
        return values;
    }

    /** What the tenth of a second in the middle has as its longest: nothing of single stops, all of what goes on all the time. */
    private static double worstOfATenthNs(final List<Feed.Window> windows) {
        return Rounds.median(windows.stream().flatMapToLong(window -> Arrays.stream(window.worstNs())).asDoubleStream().toArray());
    }

    /** Percentiles are those of the middle window, curve and processor time are of all windows together, and the last one is told by tenths of a second. */
    private static JsonObject figures(final List<Feed.Window> windows) {
        final Histogram all = Feed.newHistogram();
        windows.forEach(window -> all.add(window.ns()));
        final CpuUse cpu = windows.stream().map(Feed.Window::cpu).reduce(CpuUse::and).orElseThrow();
        return new JsonObject()
                .put("latencyUs", Latency.us(all).mergeIn(percentiles(percentile -> each(windows, percentile).median())))
                .mergeIn(cpu.usEach(all.getTotalCount()))
                .put("p999UsRounds", each(windows, 99.9).all())
                .put("worstUsOfATenth", Output.rounded(worstOfATenthNs(windows) / 1_000))
                .put("lastWorstUsTenths", new JsonArray(Arrays.stream(windows.get(windows.size() - 1).worstNs()).mapToObj(ns -> Output.rounded(ns / 1_000.0)).toList()));
    }

    private static JsonObject percentiles(final ToDoubleFunction<Double> of) {
        return new JsonObject().put("p50", Output.rounded(of.applyAsDouble(50.0))).put("p99", Output.rounded(of.applyAsDouble(99.0)))
                .put("p999", Output.rounded(of.applyAsDouble(99.9)));
    }
}
