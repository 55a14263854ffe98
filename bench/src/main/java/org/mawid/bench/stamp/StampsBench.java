package org.mawid.bench.stamp;

import com.sun.management.ThreadMXBean;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.journal.Feed;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.EngineOptions;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.OpenOptions;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.bench.load.Rounds;
import org.mawid.bench.load.SecondsOption;
import org.mawid.bench.load.StampLives;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.Engine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.memory.Spares;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.upkeep.Inspection;
import org.mawid.sbe.Account;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stamps issued, paid online and consumed: by the core on one thread, and durably through the ring; then the books are held against what was sent. */
@Command(name = "stamps", mixinStandardHelpOptions = true,
        description = "Stamps issued, paid and consumed, with their application: core apply on one thread and bytes allocated; durable in process, highest rate and latency at half of it."
                + " Exits 1 when the trial balance is not what was paid and consumed.",
        footer = {"", "Takes about 66 s, less where the compiler is through sooner.", "", "Examples:", "  bench stamps --seconds 20", "  bench stamps --rate 20000 --data /mnt/disk"})
public final class StampsBench implements Callable<Integer>, Planned {
    private static final long SEED = 11;
    private static final int DISTANCE = 1_024;
    private static final int CHUNK = 4_096;
    /** Commands whose operands are prefetched together, as the engine does. */
    private static final int AHEAD = 64;
    private static final int STRIDE = 256;
    private static final long SLICE_NS = 500_000_000L;
    private static final int WARM_UPS = 3;
    private static final int LEAST_ROUNDS = 3;
    /** In which what is allocated is counted, by the chunk: the middle one, for tables that grow make theirs beside it. */
    private static final int COUNTED_CHUNKS = 65;
    private static final double ENCODING = 1.5;
    private static final double MAKING_SECONDS = 3;
    private static final double INSPECTING_SECONDS = 8;

    @Mixin
    private Output output;

    @Mixin
    private SecondsOption part;

    @Mixin
    private EngineOptions options;

    @Mixin
    private OpenOptions open;

    private final ModelNetwork network;
    private final UnaryOperator<Engine> around;
    private final boolean isWarmedUp;

    public StampsBench() {
        this(new ModelNetwork(150, 1, 96, 255), engine -> engine, true);
    }

    /** @param around what the commands are given to, made of the engine */
    StampsBench(final ModelNetwork network, final UnaryOperator<Engine> around, final boolean isWarmedUp) {
        this.network = network;
        this.around = around;
        this.isWarmedUp = isWarmedUp;
    }

    @Override
    public Integer call() throws Exception {
        open.check(output);
        final JsonObject result = new JsonObject().put("benchmark", "stamps")
                .put("load", new JsonObject().put("mix", "submit, validate, issue, start payment, approve, consume: a sixth each").put("posts", network.posts()).put("seed", SEED)
                        .put("producers", 1).put("admission", "chunks of " + Feed.CHUNK).put("engineSettings", options.settings().toString()).put("readModel", "availability and money"))
                .put("leftOut", "wire, terminal and treasury; records and snapshots are off");
        core(result);
        return durable(result);
    }

    @Override
    public double plannedSeconds() {
        return MAKING_SECONDS + (Math.max(LEAST_ROUNDS, part.seconds()) + WARM_UPS) * ENCODING * (SLICE_NS / 1e9) + Feed.WARM_UP_MOST_SECONDS + part.seconds()
                + Feed.SETTLE_MOST_SECONDS + part.seconds() + INSPECTING_SECONDS;
    }

    private void core(final JsonObject result) {
        final Applying applying = new Applying(network);
        final Rounds rates = new Rounds();
        final int rounds = Math.max(LEAST_ROUNDS, part.seconds());
        final long fromNs = System.nanoTime();
        for (int round = 0; round < rounds + WARM_UPS; round++) {
            final double perSecond = applying.forNs(SLICE_NS);
            if (round >= WARM_UPS) {
                rates.add(perSecond);
            }
            output.progressOf(fromNs, round + 1, rounds + WARM_UPS, "core: %,.0f commands/s", perSecond);
        }
        result.put("coreCommandsPerSecond", rates.median()).put("coreCommandsPerSecondRounds", rates.all()).put("bytesAllocatedPerCommand", Output.rounded(applying.allocated()));
    }

    private int durable(final JsonObject result) throws Exception {
        final Path folder = Engines.temporaryData(options.data());
        final EngineConfig config = options.on(EngineConfig.at(folder.resolve("data")).with(Setting.RECORDS, false).with(Setting.RETIRE_EVERY_MS, 0)
                .with(Setting.SNAPSHOT_AT_STOP, false).with(Setting.SNAPSHOT_RECORDS, 1_000_000_000_000L));
        final Commands commands = new Commands(9);
        final StampLives lives = new StampLives(commands, network.posts(), 4 * DISTANCE, SEED);
        try (EmbeddedEngine engine = EmbeddedEngine.start(config)) {
            output.progress("making the model network");
            engine.setCoreVersion(EngineCore.NEWEST_CORE_VERSION);
            Engines.make(engine, network, commands);
            final Engine fed = around.apply(engine);
            final Feed feed = new Feed((count, reply, tag) -> {
                final long nowMs = fed.status().nowMs();
                return fed.submit((index, slot, offset) -> lives.next(slot, offset, nowMs), count, reply, tag);
            }, output, System::nanoTime);
            if (isWarmedUp) {
                feed.warmUp();
            }
            final Rounds rates = new Rounds();
            final Feed.Flood flood = feed.flood(part.seconds(), "highest rate", rates);
            final long due = (long) open.rate(flood.perSecond());
            if (isWarmedUp) {
                feed.settle(due);
            }
            final Feed.Window window = feed.openLoop(due, part.seconds(), "latency");
            result.put("commandsPerSecond", Output.rounded(flood.perSecond())).put("commandsPerSecondRounds", rates.all())
                    .put("stampsPerSecond", Output.rounded(flood.perSecond() / (double) StampLives.STEPS)).mergeIn(flood.cpu().usEach(flood.commands()))
                    .put("openLoop", new JsonObject().put("duePerSecond", Output.rounded(due)).mergeIn(window.figures()));
            open.addHighest(result, flood.perSecond(), part.seconds(), output, (perSecond, seconds, what, after) -> feed.openLoop((long) perSecond, seconds, what));
        }
        final long fromNs = System.nanoTime();
        final Inspection.Report report = Inspection.of(new DataDirectory(config.data()), 0,
                (position, last) -> output.progressOf(fromNs, position, last, "holding the books against what was sent"));
        return told(result, lives, report);
    }

    private int told(final JsonObject result, final StampLives lives, final Inspection.Report report) throws Exception {
        final List<String> differences = differences(lives, report);
        output.result(result.put("books", new JsonObject().put("stampsIssued", lives.written(StampLives.ISSUE)).put("stampsPaid", lives.written(StampLives.APPROVE))
                .put("stampsConsumed", lives.written(StampLives.CONSUME)).put("position", report.position()).put("balanced", differences.isEmpty())
                .put("differences", new JsonArray(differences))));
        if (differences.isEmpty()) {
            return 0;
        }
        output.failed("the books do not balance: " + String.join("; ", differences));
        return 1;
    }

    /** Between what was sent and all answered, and what the data directory has. */
    static List<String> differences(final StampLives lives, final Inspection.Report report) {
        final List<String> differences = new ArrayList<>();
        report.damages().forEach(damage -> differences.add("the data directory is not whole: " + damage.what()));
        final long paid = lives.written(StampLives.APPROVE);
        final long consumed = lives.written(StampLives.CONSUME);
        compare(differences, "stamps", lives.written(StampLives.ISSUE), report.counts().getOrDefault("stamps", 0L));
        compare(differences, "stamps.CONSUMED", consumed, report.counts().getOrDefault("stamps.CONSUMED", 0L));
        compare(differences, "stamps.PAID", paid - consumed, report.counts().getOrDefault("stamps.PAID", 0L));
        compare(differences, "held", -ModelNetwork.PRICE_MINOR * (paid - consumed), balance(report, Account.HELD, Account.HELD_ADOUL));
        compare(differences, "earned", -ModelNetwork.PRICE_MINOR * consumed, balance(report, Account.EARNED, Account.EARNED_ADOUL));
        if (!report.books().stream().allMatch(MoneyView.Book::balances)) {
            differences.add("debits are not credits");
        }
        return differences;
    }

    private static void compare(final List<String> differences, final String what, final long sent, final long found) {
        if (sent != found) {
            differences.add(String.format(Locale.ROOT, "%s: sent %,d, the engine has %,d", what, sent, found));
        }
    }

    /** Over all posts and the accounts from one to the other, minor units. */
    private static long balance(final Inspection.Report report, final Account first, final Account last) {
        return report.books().stream().filter(book -> book.currency().equals(ModelNetwork.CURRENCY)).flatMap(book -> book.accounts().stream())
                .filter(sums -> sums.account().value() >= first.value() && sums.account().value() <= last.value()).mapToLong(MoneyView.AccountSums::balanceMinor).sum();
    }

    /** The core alone. Commands are encoded before the clock starts, which counts only the time in which the thread had a processor. */
    private static final class Applying {
        private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        private final EngineCore core = new EngineCore();
        private final EventWriter events = new EventWriter();
        private final Outcome outcome = new Outcome();
        private final UnsafeBuffer slots = new UnsafeBuffer(ByteBuffer.allocateDirect(CHUNK * STRIDE));
        private final int[] lengths = new int[CHUNK];
        private final StampLives lives;
        private long position;
        private long nowMs = ModelNetwork.START_MS;
        /** Added up so that reading ahead is not left out. */
        private long touched;

        Applying(final ModelNetwork network) {
            final Commands commands = new Commands(1);
            core.takeSparesFrom(new Spares());
            apply(slots, 0, commands.setCoreVersion(slots, 0, nowMs, EngineCore.NEWEST_CORE_VERSION));
            network.make(commands, (command, length) -> apply(command, 0, length));
            nowMs = network.madeByMs();
            lives = new StampLives(commands, network.posts(), DISTANCE, SEED);
        }

        private void apply(final DirectBuffer command, final int offset, final int length) {
            core.apply(++position, nowMs, 0, command, offset, length, events, outcome);
            if (!outcome.isDone()) {
                throw new IllegalStateException("the command at position " + position + " was answered " + outcome.result());
            }
            events.reset();
        }

        private void encode() {
            nowMs += CHUNK / 1_000;
            for (int i = 0; i < CHUNK; i++) {
                lengths[i] = lives.next(slots, i * STRIDE, nowMs);
            }
        }

        private void applyChunk() {
            for (int from = 0; from < CHUNK; from += AHEAD) {
                for (int i = from; i < from + AHEAD; i++) {
                    core.prefetch(slots, i * STRIDE, lengths[i]);
                }
                touched += core.prefetched();
                for (int i = from; i < from + AHEAD; i++) {
                    apply(slots, i * STRIDE, lengths[i]);
                }
            }
        }

        /** @return commands a second */
        double forNs(final long ns) {
            long spent = 0;
            long count = 0;
            while (spent < ns) {
                encode();
                final long from = THREADS.getCurrentThreadCpuTime();
                applyChunk();
                spent += THREADS.getCurrentThreadCpuTime() - from;
                count += CHUNK;
            }
            return count * 1e9 / spent;
        }

        /** @return bytes a command, of the middle chunk */
        double allocated() {
            final long[] each = new long[COUNTED_CHUNKS];
            for (int chunk = 0; chunk < COUNTED_CHUNKS; chunk++) {
                encode();
                final long before = THREADS.getCurrentThreadAllocatedBytes();
                applyChunk();
                each[chunk] = THREADS.getCurrentThreadAllocatedBytes() - before;
            }
            Arrays.sort(each);
            return each[COUNTED_CHUNKS / 2] / (double) CHUNK;
        }
    }
}
