package org.mawid.bench.wire;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.Life;
import org.mawid.bench.load.LifeAudit;
import org.mawid.bench.load.LifeBooks;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.OpenOptions;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.PersonsOption;
import org.mawid.bench.load.Planned;
import org.mawid.bench.load.SecondsOption;
import org.mawid.bench.load.Starts;
import org.mawid.bench.load.WarmUpOption;
import org.mawid.bench.process.Programs;
import org.mawid.bench.process.Server;
import org.mawid.bench.process.ServerProgram;
import org.mawid.bench.wire.grpc.GrpcLives;
import org.mawid.bench.wire.grpc.GrpcReads;
import org.mawid.bench.wire.loop.Offer;
import org.mawid.bench.wire.loop.OpenRun;
import org.mawid.bench.wire.loop.Subject;
import org.mawid.bench.wire.server.EmptyServer;
import org.mawid.bench.wire.server.RealServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What a portal's day looks like: a hundred look for room while one takes some. Reads of availability and the commands of appointments' lives,
 * each in an open loop of its own against the one real server, in turn with empty handlers. Before, how many reads alone each of the two can take.
 */
@Command(name = "mixed", mixinStandardHelpOptions = true,
        description = "Reads of availability and durable commands, 100 to 1, in open loops at a stated rate, in turn with empty handlers; percentiles of both apart.",
        footer = {"", "Takes about 65 s; --search up to 50 s more.", "", "Examples:",
            "  bench mixed --rate 10000",
            "  bench mixed --over http --reads 50 --search"})
public final class MixedBench implements Callable<Integer>, Planned {
    private static final int IN_FLIGHT = 64;
    private static final int WRITE_PLACES = 4_096;
    private static final int ALONE_SECONDS = 3;

    @Mixin
    private Output output;

    @Mixin
    private SecondsOption part;

    @Mixin
    private OpenOptions open;

    @Option(names = "--reads", paramLabel = "N", defaultValue = "100", description = "Reads for each command, 1 to 100 000: ${DEFAULT-VALUE}.")
    private int reads;

    @Option(names = "--over", paramLabel = "grpc|http", defaultValue = "grpc", description = "How reads travel; commands go over gRPC: ${DEFAULT-VALUE}.")
    private String over;

    @Option(names = "--desks", paramLabel = "N", defaultValue = "150", description = "How many desks are asked about in turn, 1 to 150; commands are about all: ${DEFAULT-VALUE}.")
    private int desks;

    @Mixin
    private WarmUpOption warmUp;

    @Mixin
    private PersonsOption people;

    @Mixin
    private ServerProgram program;

    private final Path empty;
    private final ModelNetwork network;
    private SplittableRandom seeds;
    private ReadLoads asking;

    public MixedBench() {
        this(Programs.bench(), new ModelNetwork(150, 60, 96, 255));
    }

    /** @param empty launcher or jar of the servers that it is taken against */
    MixedBench(final Path empty, final ModelNetwork network) {
        this.empty = empty;
        this.network = network;
    }

    @Override
    public Integer call() throws Exception {
        output.require(reads >= 1 && reads <= 100_000, "--reads must be 1 to 100 000");
        output.require(over.equals("grpc") || over.equals("http"), "--over must be grpc or http");
        output.require(desks >= 1 && desks <= 150, "--desks must be 1 to 150");
        warmUp.check(output);
        open.check(output);
        seeds = people.seeds(output);
        asking = new ReadLoads(over.equals("http"), IN_FLIGHT, desks, null);
        final JsonObject result = new JsonObject().put("benchmark", "mixed")
                .put("load", new JsonObject().put("reads", "starts counted on 60 dates of 96 units, one desk and its seats, over " + over).put("desksInTurn", desks)
                        .put("commands", "submit, validate, hold + stamp, confirm, cancel: a fifth each; durable, gRPC unary").put("readsForEachCommand", reads)
                        .put("loop", "open, timed from when each was due; the closed loop beside it is of reads alone").put("seconds", part.seconds()).put("seed", Long.toString(people.seed(output)))
                        .put("servers", "one process each, started by the launcher; the client in another, on the same processors")
                        .put("readModel", "availability"))
                .put("leftOut", "network (loopback); the server's compiler is told apart; snapshots and retirement are off"
                        + (over.equals("http") ? "; the empty server answers reads with an empty page" : ""));
        output.progress("starting the servers");
        final Path data = Engines.temporaryData(null).resolve("data");
        final LifeBooks books;
        final Starts told;
        try (Subject real = new Subject("real", RealServer.start(program.path(), data, false));
             Subject handlers = new Subject("empty handlers", Server.start(empty, List.of(EmptyServer.NAME)))) {
            output.progress("bringing the model network to the real server");
            RealServer.bring(network, real.grpcPort());
            for (final Subject subject : List.of(handlers, real)) {
                subject.warmUp(asking.closed(), warmUp.seconds(), output);
            }
            final Subject readsAlone = real.again();
            final Subject emptyReadsAlone = handlers.again();
            emptyReadsAlone.measure(asking.closed(), aloneSeconds(), output, "reads alone, " + IN_FLIGHT + " in flight", 3);
            readsAlone.measure(asking.closed(), aloneSeconds(), output, "reads alone, " + IN_FLIGHT + " in flight", 2);
            result.put("readsAlone", readsAlone.figures().put("inFlight", IN_FLIGHT)).put("emptyReadsAlone", emptyReadsAlone.figures())
                    .put("readsAloneRatio", readsAlone.ratesAgainst(emptyReadsAlone).median()).put("readsAloneCpuRatio", readsAlone.cpuAgainst(emptyReadsAlone));
            final double due = open.rate(readsAlone.rate());
            final String what = String.format(Locale.ROOT, "%,.0f/s due", due);
            for (final Subject subject : List.of(handlers, real)) {
                subject.warmUpOpen(offers(due), warmUp.seconds(), output, what, part.seconds() * 2_000_000_000L);
            }
            final OpenRun offered = offer(real, due, part.seconds(), what, part.seconds() * 1_000_000_000L);
            final OpenRun ceiling = offer(handlers, due, part.seconds(), what, 0);
            result.put("openLoop", new JsonObject().put("duePerSecond", Output.rounded(due)).put("real", offered.figures()).put("emptyHandlers", ceiling.figures())
                    .put("cpuRatio", offered.cpuAgainst(ceiling)));
            open.addHighest(result, readsAlone.rate(), part.seconds(), output, (perSecond, seconds, trial, after) -> offer(real, perSecond, seconds, trial, after));
            books = real.books();
            told = GrpcReads.counted(real.grpcPort(), desks, books.lastPosition());
        }
        final LifeAudit audit = LifeAudit.of(data, books, output);
        audit.compare(told, Starts.left(data, desks));
        return audit.tell(result, output);
    }

    @Override
    public double plannedSeconds() {
        return 2 * Subject.START_SECONDS + RealServer.BRING_SECONDS + 2 * warmUp.seconds() + 2 * Subject.measureSeconds(aloneSeconds())
                + 2 * Subject.openWarmUpSeconds(warmUp.seconds()) + 2 * OpenRun.plannedSeconds(part.seconds()) + open.plannedSeconds(part.seconds()) + LifeAudit.SECONDS;
    }

    private int aloneSeconds() {
        return Math.min(ALONE_SECONDS, part.seconds());
    }

    private OpenRun offer(final Subject subject, final double perSecond, final int seconds, final String what, final long after) throws Exception {
        return subject.offer(offers(perSecond), seconds, output, what, after);
    }

    /** Commands of other persons each time. @param perSecond reads and commands together */
    private List<Offer> offers(final double perSecond) {
        final double commands = perSecond / (reads + 1);
        return List.of(new Offer("reads", perSecond - commands, 1, asking::open), new Offer("commands", commands, 1, (server, tally) -> {
            final long persons = seeds.nextLong();
            return GrpcLives.unary(server.grpcPort(), tally, WRITE_PLACES, number -> new Life(network, network.spread(number), persons), GrpcLives.Listener.NOBODY);
        }));
    }
}
