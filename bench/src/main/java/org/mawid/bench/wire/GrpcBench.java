package org.mawid.bench.wire;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.LifeAudit;
import org.mawid.bench.load.LifeBooks;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.OpenOptions;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.PersonsOption;
import org.mawid.bench.load.Planned;
import org.mawid.bench.load.Rounds;
import org.mawid.bench.load.SecondsOption;
import org.mawid.bench.load.WarmUpOption;
import org.mawid.bench.process.Programs;
import org.mawid.bench.process.Server;
import org.mawid.bench.process.ServerProgram;
import org.mawid.bench.wire.grpc.GrpcLives;
import org.mawid.bench.wire.loop.Offer;
import org.mawid.bench.wire.loop.OpenRun;
import org.mawid.bench.wire.loop.Subject;
import org.mawid.bench.wire.server.EmptyServer;
import org.mawid.bench.wire.server.RealServer;
import org.mawid.bench.wire.server.Roles;
import org.mawid.bench.wire.server.RolesOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Durable commands over gRPC against the real server in its own process, in turn with the same transport around empty handlers and with
 * the real edge around an empty engine, each in a process of its own with the same launcher. All commands of an appointment's life: first in a
 * closed loop, each sent when the last one of that life was answered, then in an open one at a stated rate. At the end what was answered is held against
 * what the real server left on its disk.
 */
@Command(name = "grpc", mixinStandardHelpOptions = true,
        description = "Durable commands over gRPC: unary, stream, or batch (protobuf or packed), in turn with the same server and an empty handler; latency in an open loop.",
        footer = {"", "Takes about 105 s for unary and 80 s for the others; --search up to 50 s more.", "", "Examples:",
            "  bench grpc unary --in-flight 64 --rounds 5",
            "  bench grpc packed --search",
            "  bench grpc batch --batch 100 --rate 200000",
            "  bench grpc unary --roles"})
public final class GrpcBench implements Callable<Integer>, Planned {
    private static final int LEAST_OPEN_SECONDS = 5;
    /** After the closed loops: the empty handler and the real server. */
    private static final int OPEN_LOOPS = 2;

    @Mixin
    private Output output;

    @Mixin
    private final SecondsOption part = new SecondsOption(2);

    @Mixin
    private OpenOptions open;

    @Parameters(paramLabel = "WIDTH", description = "unary, stream, batch (protobuf) or packed (SBE in one bytes field).")
    private GrpcLives.Width width;

    @Option(names = "--in-flight", paramLabel = "N", split = ",",
            description = "Commands (or batches) on their way at once in the closed loop, one or several loads; default 32,128,256, stream 4096, batch and packed 8.")
    private List<Integer> inFlight;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "1000", description = "Commands of one batch, 1 to 8 190: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "2", description = "Rounds of each, in turn: ${DEFAULT-VALUE}.")
    private int rounds;

    @Mixin
    private WarmUpOption warmUp;

    @Option(names = "--records", paramLabel = "true|false", arity = "1", defaultValue = "false", description = "Read model of records on: ${DEFAULT-VALUE}.")
    private boolean records;

    @Mixin
    private RolesOption roles;

    @Mixin
    private PersonsOption people;

    @Mixin
    private ServerProgram program;

    private final Path empty;
    private final ModelNetwork network;
    private final JsonArray loads = new JsonArray();
    private SplittableRandom seeds;
    private String token;
    private int toFollow;
    private double lowest = Double.POSITIVE_INFINITY;
    private double highestClosed;

    public GrpcBench() {
        this(Programs.bench(), new ModelNetwork(150, 60, 96, 255));
    }

    /** @param empty launcher or jar of the servers that it is taken against */
    GrpcBench(final Path empty, final ModelNetwork network) {
        this.empty = empty;
        this.network = network;
    }

    @Override
    public Integer call() throws Exception {
        output.require(rounds >= 1, "--rounds must be 1 or more");
        warmUp.check(output);
        output.require(batch >= 1 && batch <= 8_190, "--batch must be 1 to 8 190");
        output.require(inFlight().stream().allMatch(many -> many >= 1), "--in-flight must be 1 or more");
        open.check(output);
        seeds = people.seeds(output);
        final JsonObject result = new JsonObject().put("benchmark", "grpc").put("width", width.name())
                .put("load", new JsonObject().put("mix", "submit, validate, hold + stamp, confirm, cancel: a fifth each").put("loop", "closed, then open")
                        .put("commandsOfACall", lives().each()).put("connections", GrpcLives.CONNECTIONS).put("rounds", rounds).put("secondsEach", part.seconds())
                        .put("seed", Long.toString(people.seed(output))).put("servers", "one process each, started by the launcher; the client in another, on the same processors")
                        .put("readModel", records || roles.isOn() ? "availability and records" : "availability").put("roles", roles.isOn()))
                .put("leftOut", "network (loopback); the server's compiler is told apart; snapshots and retirement are off" + roles.leftOut());
        output.progress("starting the servers");
        final Path data = Engines.temporaryData(null).resolve("data");
        final LifeBooks books;
        try (Roles asking = roles.start(network);
             Subject durable = new Subject("durable", RealServer.start(program.path(), data, records || roles.isOn(), asking.flags()));
             Subject handler = new Subject("empty handler", Server.start(empty, List.of(EmptyServer.NAME)));
             Subject engine = new Subject("empty engine", Server.start(empty, List.of(EmptyServer.NAME, "--edge")))) {
            output.progress("bringing the model network to the real server");
            token = asking.token();
            RealServer.bring(network, durable.grpcPort(), token);
            for (final Subject subject : List.of(handler, engine, durable)) {
                subject.warmUp(closed(inFlight().get(0)), warmUp.seconds(), output);
            }
            toFollow = 3 * rounds * inFlight().size() + OPEN_LOOPS;
            for (final int many : inFlight()) {
                measure(many, handler.again(), engine.again(), durable.again());
            }
            result.put("loads", loads).put("ratio", lowest);
            final int seconds = openSeconds();
            final double due = open.rate(highestClosed);
            final String what = String.format(Locale.ROOT, "%,.0f/s due", due);
            for (final Subject subject : List.of(handler, durable)) {
                subject.warmUpOpen(offers(due), warmUp.seconds(), output, what, OPEN_LOOPS * seconds * 1_000_000_000L);
            }
            result.put("openLoop", new JsonObject().put("duePerSecond", Output.rounded(due))
                    .put("emptyHandler", open(handler, due, seconds, what, seconds * 1_000_000_000L).figures())
                    .put("durable", open(durable, due, seconds, what, 0).figures()));
            open.addHighest(result, highestClosed, part.seconds(), output, (perSecond, length, trial, after) -> open(durable, perSecond, length, trial, after));
            books = durable.books();
        }
        return LifeAudit.of(data, books, output).tell(result, output);
    }

    @Override
    public double plannedSeconds() {
        final int measurements = 3 * rounds * inFlight().size();
        return 3 * Subject.START_SECONDS + RealServer.BRING_SECONDS + 3 * warmUp.seconds() + measurements * Subject.measureSeconds(part.seconds())
                + OPEN_LOOPS * Subject.openWarmUpSeconds(warmUp.seconds()) + OPEN_LOOPS * OpenRun.plannedSeconds(openSeconds()) + open.plannedSeconds(part.seconds()) + LifeAudit.SECONDS;
    }

    private void measure(final int many, final Subject handler, final Subject engine, final Subject durable) throws Exception {
        for (int round = 1; round <= rounds; round++) {
            final String what = many + " in flight, round " + round + " of " + rounds;
            for (final Subject subject : List.of(handler, durable, engine)) {
                subject.measure(closed(many), part.seconds(), output, what, --toFollow);
            }
        }
        final Rounds ratios = durable.ratesAgainst(handler);
        lowest = Math.min(lowest, ratios.median());
        highestClosed = Math.max(highestClosed, durable.rate());
        loads.add(new JsonObject().put("inFlight", many).put("durable", durable.figures()).put("emptyHandler", handler.figures())
                .put("emptyEngine", engine.figures()).put("ratio", ratios.median()).put("ratios", ratios.all())
                .put("cpuRatio", durable.cpuAgainst(handler)).put("edgeAloneRatio", engine.ratesAgainst(handler).median()));
    }

    private OpenRun open(final Subject subject, final double perSecond, final int seconds, final String what, final long after) throws Exception {
        return subject.offer(offers(perSecond), seconds, output, what, after);
    }

    /** Of other persons each time. */
    private List<Offer> offers(final double perSecond) {
        return List.of(new Offer("commands", perSecond, lives().each(), (server, tally) -> lives().open(server.grpcPort(), tally, seeds.nextLong())));
    }

    /** Percentiles want more than a rate, unless the shortest was asked for. */
    private int openSeconds() {
        return part.seconds() == 1 ? 1 : Math.max(LEAST_OPEN_SECONDS, part.seconds());
    }

    private List<Integer> inFlight() {
        return inFlight == null ? lives().usuallyInFlight() : inFlight;
    }

    private GrpcLives lives() {
        return new GrpcLives(width, network, batch, token);
    }

    private Subject.Load closed(final int many) {
        final long persons = seeds.nextLong();
        return (server, tally) -> lives().closed(server.grpcPort(), tally, many, persons);
    }
}
