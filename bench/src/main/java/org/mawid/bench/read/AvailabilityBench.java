package org.mawid.bench.read;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.IntToLongFunction;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.OpenOptions;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.bench.load.SecondsOption;
import org.mawid.bench.process.Programs;
import org.mawid.bench.process.ServerProgram;
import org.mawid.bench.process.Usage;
import org.mawid.bench.wire.AvailabilityOverGrpc;
import org.mawid.bench.wire.HttpBench;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.Engine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;
import org.mawid.engine.readmodel.Availability;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Searches over sixty days at one desk with its seats, in process, in turn with the same search on bare masks: closed loop, then open. */
@Command(name = "availability", mixinStandardHelpOptions = true,
        description = "Availability in process, 60 days at one desk: starts counted per day, and first 10 starts, against bare masks of 192 units a day; --over grpc|http: against an empty handler. In a closed loop, then at a stated rate.",
        footer = {"", "Takes about 24 s in process and 80 s over gRPC or HTTP.", "", "Examples:",
            "  bench availability --persons 2",
            "  bench availability --search --p99-ms 0.5",
            "  bench availability --over grpc --search",
            "  bench availability --over http --rate 20000"})
public final class AvailabilityBench implements Callable<Integer>, Planned {
    private static final int DAYS = 60;
    private static final int UNITS = BareMasks.UNITS;
    private static final int NEEDED = BareMasks.NEEDED;
    private static final int POSTS = 150;
    /** Of the bare masks and of the request ids by which the model network is made: nothing else is drawn. */
    static final int SEED = 1;
    private static final long SLICE_NS = 200_000_000L;
    private static final int LEAST_ROUNDS = 3;
    private static final int WARM_UPS = 2;
    private static final int GRPC_ROUNDS = 3;
    private static final int GRPC_WARM_UP_SECONDS = 15;
    /** Searches of a round. */
    private static final int KINDS = 4;
    /** Of the engine and the model network in it. */
    private static final double MAKING_SECONDS = 6;

    @Mixin
    private Output output;

    @Mixin
    private final SecondsOption part = new SecondsOption(5);

    @Option(names = "--persons", paramLabel = "N", defaultValue = "1", description = "Places wanted at once, 1 to 4: ${DEFAULT-VALUE}.")
    private int persons;

    @Option(names = "--over", paramLabel = "process|grpc|http", defaultValue = "process",
            description = "In process, or over gRPC or HTTP to a server in a process of its own: ${DEFAULT-VALUE}. http is what bench http --commands false measures.")
    private String over;

    @Mixin
    private OpenOptions open;

    @Mixin
    private ServerProgram program;

    private final Path empty;
    private final ModelNetwork network;
    private final boolean isBrief;

    public AvailabilityBench() {
        this(Programs.bench(), new ModelNetwork(POSTS, DAYS, UNITS, 4), false);
    }

    /** @param empty launcher or jar of the servers that it is taken against @param network over the wire @param isBrief over the wire: one round, without warm-up */
    AvailabilityBench(final Path empty, final ModelNetwork network, final boolean isBrief) {
        this.empty = empty;
        this.network = network;
        this.isBrief = isBrief;
    }

    @Override
    public Integer call() throws Exception {
        output.require(persons >= 1 && persons <= 4, "--persons must be 1 to 4");
        output.require(over.equals("process") || over.equals("grpc") || over.equals("http"), "--over must be process, grpc or http");
        open.check(output);
        if (over.equals("http")) {
            return overHttp().call();
        }
        if (over.equals("grpc")) {
            output.result(overGrpc().measure(program.path()));
            return 0;
        }
        final EngineConfig config = EngineConfig.at(Engines.temporaryData(null).resolve("data")).with(Setting.RECORDS, false)
                .with(Setting.SNAPSHOT_AT_STOP, false);
        try (Engine engine = EmbeddedEngine.start(config)) {
            output.progress("making the model network");
            Engines.make(engine, new ModelNetwork(POSTS, DAYS, UNITS, 4), new Commands(SEED + 2));
            final Availability availability = engine.readModel().availability();
            final BareMasks bareMasks = new BareMasks(SEED, POSTS, DAYS);
            final IntToLongFunction bareCounts = i -> bareMasks.counted(i % POSTS);
            final IntToLongFunction counts = i -> counted(availability.countsPerDay(query(i, 1)).days());
            final List<double[]> rounds = new ArrayList<>();
            final int count = Math.max(LEAST_ROUNDS, part.seconds()) + WARM_UPS;
            final long fromNs = System.nanoTime();
            for (int round = 0; round < count; round++) {
                final double bare = rate(bareCounts);
                final double counted = rate(counts);
                final double first = rate(i -> availability.firstStarts(query(i, 10)).slots().size());
                final double many = rate(i -> counted(availability.countsPerDay(wide(i)).days()));
                if (round >= WARM_UPS) {
                    rounds.add(new double[] {counted, bare, first, counted / bare, many});
                }
                output.progressLeft(Output.leftNs(fromNs, round + 1, count) + (long) (openSeconds() * 1e9), "round %d of %d: counts %,.0f/s, bare %,.0f/s, first ten %,.0f/s", round + 1, count, counted, bare, first);
            }
            final JsonObject result = new JsonObject().put("benchmark", "availability")
                    .put("load", new JsonObject().put("posts", POSTS).put("days", DAYS).put("units", UNITS).put("needed", NEEDED).put("persons", persons).put("seed", SEED)
                            .put("pools", "one desk and its seats").put("readModel", "availability").put("loop", "closed, then open"))
                    .put("leftOut", "wire; one thread, in the closed loop by its processor time, in the open one by the clock; nothing changes meanwhile")
                    .put("countsPerSecond", median(rounds, 0)).put("bareMasksPerSecond", median(rounds, 1)).put("firstTenPerSecond", median(rounds, 2))
                    .put("tenPostsCountsPerSecond", median(rounds, 4))
                    .put("ratio", median(rounds, 3)).put("ratios", new JsonArray(rounds.stream().map(round -> Output.rounded(round[3])).toList()));
            addOpenLoop(result, median(rounds, 0), counts, bareCounts);
            output.result(result);
        }
        return 0;
    }

    @Override
    public double plannedSeconds() {
        return over.equals("http") ? overHttp().plannedSeconds() : over.equals("grpc") ? overGrpc().plannedSeconds()
                : MAKING_SECONDS + (Math.max(LEAST_ROUNDS, part.seconds()) + WARM_UPS) * KINDS * SLICE_NS / 1e9 + openSeconds();
    }

    private HttpBench overHttp() {
        return HttpBench.ofAvailability(empty, network, isBrief, open, part, program, output);
    }

    private AvailabilityOverGrpc overGrpc() {
        return new AvailabilityOverGrpc(open, part.seconds(), output, empty, network, isBrief ? 1 : GRPC_ROUNDS, isBrief ? 0 : GRPC_WARM_UP_SECONDS);
    }

    private double openSeconds() {
        return 2 * PacedSearches.plannedSeconds(part.seconds()) + open.plannedSeconds(part.seconds());
    }

    /** Counts at a stated rate, then bare masks at the same: what of the latency is the loop's own and the machine's. */
    private void addOpenLoop(final JsonObject result, final double closedPerSecond, final IntToLongFunction counts, final IntToLongFunction bareCounts) throws Exception {
        final PacedSearches paced = new PacedSearches(counts, System::nanoTime, output);
        final PacedSearches bare = new PacedSearches(bareCounts, System::nanoTime, output);
        final double due = open.rate(closedPerSecond);
        final String what = String.format(Locale.ROOT, "%,.0f/s due", due);
        final int seconds = part.seconds();
        result.put("openLoop", new JsonObject().put("duePerSecond", Output.rounded(due))
                .put("availability", paced.at(due, seconds, what, (long) (PacedSearches.plannedSeconds(seconds) * 1e9)).figures())
                .put("bareMasks", bare.at(due, seconds, what + ", bare masks", 0).figures()));
        open.addHighest(result, closedPerSecond, part.seconds(), output, paced::at);
    }

    /** Ten desks of ten posts. */
    private Availability.Query wide(final int i) {
        final int[] desks = new int[10];
        for (int desk = 0; desk < desks.length; desk++) {
            desks[desk] = ModelNetwork.deskId((i + desk) % POSTS);
        }
        return new Availability.Query(desks, ModelNetwork.FIRST_DAY, DAYS, persons, NEEDED, 0, 10, ModelNetwork.START_MS);
    }

    /** Reads the whole answer, as whoever asked would. */
    private static long counted(final List<Availability.DayCount> days) {
        long starts = 0;
        for (int day = 0; day < days.size(); day++) {
            starts = starts * 31 + days.get(day).starts();
        }
        return starts;
    }

    private Availability.Query query(final int i, final int limit) {
        return new Availability.Query(new int[] {ModelNetwork.deskId(i % POSTS)}, ModelNetwork.FIRST_DAY, DAYS, persons, NEEDED, 0, limit,
                ModelNetwork.START_MS);
    }

    private static double rate(final IntToLongFunction search) {
        final long from = Usage.threadCpuNs();
        long seen = 0;
        int count = 0;
        while (Usage.threadCpuNs() - from < SLICE_NS) {
            for (int i = 0; i < 256; i++) {
                seen += search.applyAsLong(count++);
            }
        }
        if (seen == 0) {
            throw new IllegalStateException("nothing was found, so nothing was measured");
        }
        return count * 1e9 / (Usage.threadCpuNs() - from);
    }

    private static double median(final List<double[]> rounds, final int column) {
        final double[] sorted = rounds.stream().mapToDouble(round -> round[column]).sorted().toArray();
        return Output.rounded(sorted[sorted.length / 2]);
    }
}
