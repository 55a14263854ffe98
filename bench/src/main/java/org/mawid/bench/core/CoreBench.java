package org.mawid.bench.core;

import com.sun.management.ThreadMXBean;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.bench.load.Rounds;
import org.mawid.bench.load.SecondsOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How many commands a second one thread applies, with no ring, disk or wire around it. */
@Command(name = "core", mixinStandardHelpOptions = true,
        description = "Core apply on one thread, against a bare loop over the same tables in the same run, which reads ahead in batches as the core does; and that loop without; bytes allocated a command.",
        footer = {"", "Takes about 26 s, and with --days 365 --appointments 10000000 about two minutes.", "", "Examples:",
            "  bench core --batch 1      without reading ahead",
            "  bench core --days 365 --appointments 10000000"})
public final class CoreBench implements Callable<Integer>, Planned {
    private static final int UNITS = 96;
    private static final int CAPACITY = 255;
    private static final long SLICE_NS = 500_000_000L;
    private static final int LEAST_ROUNDS = 3;
    private static final int WARM_UPS = 2;
    /** In which what is allocated is counted: a million commands. */
    private static final int COUNTED_CHUNKS = 256;
    /** Of a life that is not cancelled. */
    private static final double COMMANDS = 4;
    /** As seen on two quiet cores: the model network; commands applied and encoded; encoding beside a slice. */
    private static final double MAKING_SECONDS = 2;
    private static final double APPLIED_PER_SECOND = 800_000;
    private static final double WITH_ENCODING = 2;
    private static final int BARE_LOOPS = 2;

    @Mixin
    private Output output;

    @Mixin
    private SecondsOption part;

    @Option(names = "--appointments", paramLabel = "N", defaultValue = "0",
            description = "Appointments in memory before the clock starts (10 000 000 wants 9 GB of memory and the launcher): ${DEFAULT-VALUE}.")
    private long appointments;

    @Option(names = "--days", paramLabel = "N", defaultValue = "60", description = "Open days ahead: ${DEFAULT-VALUE}.")
    private int days;

    @Option(names = "--posts", paramLabel = "N", defaultValue = "150", description = "Posts: ${DEFAULT-VALUE}.")
    private int posts;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "64", description = "Commands whose operands are prefetched together, a power of two to 256, 1 = none: ${DEFAULT-VALUE}.")
    private int batch;

    @Override
    public Integer call() throws Exception {
        output.require(posts >= 1 && posts <= 4_000 && days >= 1 && days <= 365, "--posts must be 1 to 4 000 and --days 1 to 365");
        output.require(batch >= 1 && batch <= 256 && Integer.bitCount(batch) == 1, "--batch must be a power of two from 1 to 256");
        final ModelNetwork network = new ModelNetwork(posts, days, UNITS, CAPACITY);
        final CoreRun run = new CoreRun(network, 1024, false, batch);
        final long fromNs = System.nanoTime();
        while (run.confirmed() < appointments) {
            run.encode();
            run.apply();
            output.progressOf(fromNs, run.confirmed(), appointments, "appointments %,d of %,d", run.confirmed(), appointments);
        }
        final int rows = Integer.highestOneBit((int) Math.max(1 << 20, appointments)) << (appointments > 1 << 20 ? 1 : 0);
        final long before = run.confirmed();
        final Rates rates = measured(run);
        final double[] allocated = allocated(run);
        Arrays.sort(allocated);
        output.result(new JsonObject().put("benchmark", "core")
                .put("load", new JsonObject().put("posts", posts).put("days", days).put("units", UNITS).put("appointmentsBefore", before).put("appointmentsAfter", run.confirmed())
                        .put("mix", "submit, validate, hold + stamp, confirm: a quarter each").put("seed", CoreRun.SEED).put("prefetchBatch", batch).put("readModel", "off"))
                .put("leftOut", "ring, journal, wire; commands are encoded before the clock starts; new memory is made zeros by another thread, as in the engine")
                .mergeIn(rates.figures())
                .put("bytesAllocatedPerCommand", Output.rounded(allocated[COUNTED_CHUNKS / 2]))
                .put("bytesAllocatedPerCommandWithGrowth", Output.rounded(Arrays.stream(allocated).average().orElseThrow())));
        return 0;
    }

    @Override
    public double plannedSeconds() {
        return MAKING_SECONDS + appointments * COMMANDS / APPLIED_PER_SECOND + (Math.max(LEAST_ROUNDS, part.seconds()) + WARM_UPS) * (WITH_ENCODING + BARE_LOOPS) * (SLICE_NS / 1e9);
    }

    private Rates measured(final CoreRun run) {
        final int rows = Integer.highestOneBit((int) Math.max(1 << 20, appointments)) << (appointments > 1 << 20 ? 1 : 0);
        final Rates rates = new Rates();
        try (BareLoop bare = new BareLoop(rows, 1 << 22, posts * days, UNITS)) {
            final int rounds = Math.max(LEAST_ROUNDS, part.seconds());
            final long fromNs = System.nanoTime();
            for (int round = 0; round < rounds + WARM_UPS; round++) {
                final double applied = applyFor(run, SLICE_NS);
                final double touched = touchFor(bare, SLICE_NS, batch);
                final double withoutPrefetch = touchFor(bare, SLICE_NS, 1);
                if (round >= WARM_UPS) {
                    rates.add(applied, touched, withoutPrefetch);
                    output.progressOf(fromNs, round + 1, rounds + WARM_UPS, "round %d of %d: core %,.0f/s, bare %,.0f/s, ratio %.2f", round - 1, rounds, applied, touched, applied / touched);
                }
            }
        }
        return rates;
    }

    private static double applyFor(final CoreRun run, final long nanos) {
        long spent = 0;
        long count = 0;
        while (spent < nanos) {
            run.encode();
            final long from = CpuClock.nanos();
            run.apply();
            spent += CpuClock.nanos() - from;
            count += CoreRun.CHUNK;
        }
        return count * 1e9 / spent;
    }

    private static double touchFor(final BareLoop bare, final long nanos, final int batch) {
        final long from = CpuClock.nanos();
        long count = 0;
        long seen = 0;
        while (CpuClock.nanos() - from < nanos) {
            seen += bare.run(CoreRun.CHUNK, batch);
            count += CoreRun.CHUNK;
        }
        final double rate = count * 1e9 / (CpuClock.nanos() - from);
        if (seen == 42) {
            throw new IllegalStateException("only here so that what was read counts as used");
        }
        return rate;
    }

    /**
     * Bytes that the thread allocated for each command, by the chunk. Memory of tables is made by another thread; their lists of pages are in
     * the Java heap, and the chunk in which one doubles pays for all of it.
     */
    private static double[] allocated(final CoreRun run) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long id = Thread.currentThread().getId();
        final double[] each = new double[COUNTED_CHUNKS];
        for (int chunk = 0; chunk < COUNTED_CHUNKS; chunk++) {
            run.encode();
            final long before = threads.getThreadAllocatedBytes(id);
            run.apply();
            each[chunk] = (threads.getThreadAllocatedBytes(id) - before) / (double) CoreRun.CHUNK;
        }
        return each;
    }

    /** Of rounds taken in turn, commands a second. */
    static final class Rates {
        private final Rounds core = new Rounds();
        private final Rounds bare = new Rounds();
        private final Rounds withoutPrefetch = new Rounds();

        /** @param bareRate of the bare loop that reads ahead as the core does @param withoutPrefetchRate of the one that never does */
        void add(final double coreRate, final double bareRate, final double withoutPrefetchRate) {
            core.add(coreRate);
            bare.add(bareRate);
            withoutPrefetch.add(withoutPrefetchRate);
        }

        JsonObject figures() {
            final Rounds ratios = core.dividedBy(bare);
            return new JsonObject().put("coreCommandsPerSecond", core.median()).put("bareCommandsPerSecond", bare.median()).put("ratio", ratios.median()).put("ratios", ratios.all())
                    .put("bareWithoutPrefetchCommandsPerSecond", withoutPrefetch.median())
                    .put("coreCommandsPerSecondRounds", core.all()).put("bareCommandsPerSecondRounds", bare.all()).put("bareWithoutPrefetchCommandsPerSecondRounds", withoutPrefetch.all());
        }
    }
}
