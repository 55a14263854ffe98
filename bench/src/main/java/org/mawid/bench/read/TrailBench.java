package org.mawid.bench.read;

import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.HdrHistogram.Histogram;
import org.mawid.api.audit.trail.AuditTrail;
import org.mawid.bench.journal.Feed;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.EngineOptions;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.Latency;
import org.mawid.bench.load.Lives;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.NoSeconds;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.engine.Engine;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;
import org.mawid.engine.readmodel.Records;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What it costs to index who did what, and to ask for what was done with an application; beside it the end of the log alone, which is what there is without the index. */
@Command(name = "trail", mixinStandardHelpOptions = true,
        description = "The index of what was done with applications: made anew from the log, and asked; against reading the end of the log.",
        footer = {"", "Takes about 40 s.", "", "Examples:",
            "  bench trail --appointments 1000000"})
public final class TrailBench implements Callable<Integer>, Planned {
    private static final long SEED = 42;
    private static final int DISTANCE = 4_096;
    private static final int COMMANDS_EACH = 4;
    private static final int ENTRIES = 20;
    private static final int ASKED = 2_000;
    private static final long PAUSE_NS = 15_000_000L;
    private static final int ASKED_BESIDE = 200;
    private static final int COMMANDS_A_SECOND = 1_000;
    private static final int ASKED_OF_LOG = 20;
    private static final long HIGHEST_NS = 60_000_000_000L;
    private static final String THREAD = "mawid-trail";

    /** As seen on two quiet cores: engine and model network; commands; positions indexed; questions. */
    private static final double MAKING_SECONDS = 5;
    private static final double APPLIED_PER_SECOND = 200_000;
    private static final double INDEXED_PER_SECOND = 20_000;
    private static final double ASKING_SECONDS = 13;

    @Mixin
    private Output output;

    @Mixin
    private final NoSeconds seconds = new NoSeconds("--appointments");

    @Mixin
    private EngineOptions options;

    @Option(names = "--appointments", paramLabel = "N", defaultValue = "100000", description = "Appointments in the log, of four commands each: ${DEFAULT-VALUE}.")
    private long appointments;

    @Override
    public Integer call() throws Exception {
        output.require(appointments >= 1_000 && appointments <= 5_000_000, "--appointments must be 1 000 to 5 000 000");
        final Path folder = Engines.temporaryData(options.data());
        final EngineConfig config = options.on(EngineConfig.at(folder.resolve("data")).with(Setting.RETIRE_EVERY_MS, 0).with(Setting.SNAPSHOT_AT_STOP, false).with(Setting.SNAPSHOT_RECORDS, 1_000_000_000_000L));
        try (Engine engine = EmbeddedEngine.start(config); AuditTrail trail = new AuditTrail(engine, folder.resolve("trail")); AuditTrail none = new AuditTrail(engine, folder.resolve("none"))) {
            output.progress("making the model network");
            final ModelNetwork network = new ModelNetwork(150, 60, 96, 255);
            final Commands commands = new Commands(1);
            Engines.make(engine, network, commands);
            final Lives lives = new Lives(commands, network, DISTANCE, false, SEED);
            final Feed feed = new Feed(Feed.Submitter.of(engine, lives), output, System::nanoTime);
            feed.fill(lives, appointments);
            final long last = engine.status().durablePosition();
            while (engine.readModel().records().position() < last) {
                LockSupport.parkNanos(1_000_000);
            }
            final double indexSeconds = index(trail, last);
            final long cpuNs = threadCpuNs();
            final Histogram asked = ask(trail, engine.readModel().records(), ASKED, true, 0, "asking");
            final FutureTask<Histogram> beside = new FutureTask<>(() -> ask(trail, engine.readModel().records(), ASKED_BESIDE, true, PAUSE_NS, "asking beside commands"));
            new Thread(beside, "asking").start();
            while (!beside.isDone()) {
                feed.openLoop(COMMANDS_A_SECOND, 1, "commands");
            }
            final Histogram askedOfLog = ask(none, engine.readModel().records(), ASKED_OF_LOG, false, 0, "asking the end of the log");
            output.result(new JsonObject().put("benchmark", "trail")
                    .put("load", new JsonObject().put("mix", "submit, validate, hold + stamp, confirm: a quarter each").put("seed", SEED).put("livesBetweenSteps", DISTANCE).put("appointments", appointments).put("entriesAsked", ENTRIES)
                            .put("engineSettings", options.settings().toString()))
                    .put("leftOut", "edges; commands while it is indexed; snapshots are off")
                    .put("madeAnew", new JsonObject().put("seconds", Output.rounded(indexSeconds)).put("positionsPerSecond", Output.rounded(last / indexSeconds)).put("threadCpuUsPerPosition", Output.rounded(cpuNs / 1e3 / last))
                            .put("bytesPerPosition", Output.rounded((double) trail.figures().bytes() / last)))
                    .put("askedUs", Latency.us(asked)).put("askedBesideCommandsUs", Latency.us(beside.get())).put("commandsBesidePerSecond", COMMANDS_A_SECOND).put("endOfLogAskedUs", Latency.us(askedOfLog)));
        }
        return 0;
    }

    @Override
    public double plannedSeconds() {
        return MAKING_SECONDS + COMMANDS_EACH * appointments * (1 / APPLIED_PER_SECOND + 1 / INDEXED_PER_SECOND) + ASKING_SECONDS;
    }

    private double index(final AuditTrail trail, final long last) {
        final long fromNs = System.nanoTime();
        trail.begin();
        while (trail.figures().position() == Long.MAX_VALUE || trail.figures().position() < last) {
            LockSupport.parkNanos(1_000_000);
            output.progressOf(fromNs, trail.figures().position() == Long.MAX_VALUE ? 0 : trail.figures().position(), last, "indexing up to position %,d", last);
        }
        return (System.nanoTime() - fromNs) / 1e9;
    }

    private Histogram ask(final AuditTrail trail, final Records records, final int count, final boolean isWhole, final long pauseNs, final String what) {
        final Histogram ns = new Histogram(HIGHEST_NS, 3);
        final RandomGenerator dice = RandomGeneratorFactory.getDefault().create(7);
        final long fromNs = System.nanoTime();
        for (int i = 0; i < count; i++) {
            final Records.Application application = records.application(1 + dice.nextLong(appointments));
            final long beganNs = System.nanoTime();
            final AuditTrail.Newest newest = trail.newest(application, ENTRIES);
            ns.recordValue(System.nanoTime() - beganNs);
            if (isWhole && (!newest.isWhole() || newest.entries().size() != COMMANDS_EACH)) {
                throw new IllegalStateException("of application " + application.applicationId() + " not all is told: " + newest);
            }
            LockSupport.parkNanos(pauseNs);
            output.progressOf(fromNs, i, count, "%s: %,d of %,d", what, i, count);
        }
        return ns;
    }

    private static long threadCpuNs() {
        final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds())).filter(info -> info != null && info.getThreadName().equals(THREAD)).mapToLong(info -> threads.getThreadCpuTime(info.getThreadId())).max().orElseThrow();
    }
}
