package org.mawid.bench.wire;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
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
import org.mawid.bench.wire.http.HttpLoad;
import org.mawid.bench.wire.http.HttpTalk;
import org.mawid.bench.wire.loop.Subject;
import org.mawid.bench.wire.server.EmptyServer;
import org.mawid.bench.wire.server.RealServer;
import org.mawid.bench.wire.server.Roles;
import org.mawid.bench.wire.server.RolesOption;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Availability over HTTP, then the commands of appointments' lives, each against the real server in its own process, in turn with pages of Vert.x
 * in another, behind which nothing happens: highest rate in a closed loop, then latency at a rate in an open one.
 */
@Command(name = "http", mixinStandardHelpOptions = true,
        description = "Availability over HTTP, 60 days at one desk, and durable commands as JSON, each in turn with an empty Vert.x page; latency in an open loop.",
        footer = {"", "Takes about 105 s, without commands 60 s; --search up to 80 s more.", "", "Examples:",
            "  bench http --commands false --rounds 5",
            "  bench http --connections 256 --rate 20000 --command-rate 2000"})
public final class HttpBench implements Callable<Integer>, Planned {
    /** Its reads have warmed it up: only what answers commands is new to its compiler. */
    private static final int WARM_PAGE_SECONDS = 6;
    /** A connection carries one command at a time: in an open loop there are to be some left when many are waiting for the disk. */
    private static final int OPEN_COMMAND_TIMES = 4;

    @Mixin
    private Output output;

    @Mixin
    private SecondsOption part = new SecondsOption(3);

    @Mixin
    private OpenOptions open;

    @Option(names = "--connections", paramLabel = "N", defaultValue = "64",
            description = "Keep-alive connections, of commands in the open loop four times as many, 1 to 2 000: ${DEFAULT-VALUE}.")
    private int connections;

    @Option(names = "--desks", paramLabel = "N", defaultValue = "16", description = "How many desks are asked about in turn, 1 to 150: ${DEFAULT-VALUE}.")
    private int desks;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "2", description = "Rounds of each, in turn: ${DEFAULT-VALUE}.")
    private int rounds;

    @Mixin
    private WarmUpOption warmUp;

    @Option(names = "--commands", paramLabel = "true|false", arity = "1", defaultValue = "true", description = "Also the commands of appointments' lives: ${DEFAULT-VALUE}.")
    private boolean commands;

    @Option(names = "--command-rate", paramLabel = "N", description = "Commands due a second in their open loop; default: half of what their closed loop reached.")
    private Double commandRate;

    @Mixin
    private RolesOption roles;

    @Mixin
    private PersonsOption people;

    @Mixin
    private ServerProgram program;

    private final Path empty;
    private final ModelNetwork network;
    private SplittableRandom seeds;
    private String token;

    public HttpBench() {
        this(Programs.bench(), new ModelNetwork(150, 60, 192, 255));
    }

    /** @param empty launcher or jar of the servers that it is taken against */
    HttpBench(final Path empty, final ModelNetwork network) {
        this.empty = empty;
        this.network = network;
    }

    /**
     * The part about availability alone, with the other options as they are when nothing is said.
     *
     * @param empty      launcher or jar of the servers that it is taken against
     * @param network    with a desk at each post, 16 or more
     * @param isBrief    one round, without warm-up
     * @param open       of another benchmark, as the rest
     */
    public static HttpBench ofAvailability(final Path empty, final ModelNetwork network, final boolean isBrief, final OpenOptions open, final SecondsOption part,
            final ServerProgram program, final Output output) {
        final HttpBench http = new HttpBench(empty, network);
        final List<String> options = new ArrayList<>(List.of("--commands", "false", "--seed", "1")); // no person is drawn: none to be recorded
        if (isBrief) {
            options.addAll(List.of("--rounds", "1", "--warm-up", "0"));
        }
        new CommandLine(http).parseArgs(options.toArray(String[]::new));
        http.open = open;
        http.part = part;
        http.program = program;
        http.output = output;
        return http;
    }

    @Override
    public Integer call() throws Exception {
        output.require(rounds >= 1, "--rounds must be 1 or more");
        warmUp.check(output);
        output.require(connections >= 1 && connections <= 2_000, "--connections must be 1 to 2 000");
        output.require(desks >= 1 && desks <= 150, "--desks must be 1 to 150");
        open.check(output);
        open.withRate(commandRate).check(output, "--command-rate");
        seeds = people.seeds(output);
        final JsonObject result = new JsonObject().put("benchmark", "http")
                .put("load", new JsonObject().put("asked", "starts counted on 60 dates of 192 units, one desk and its seats").put("loop", "closed, then open").put("desksInTurn", desks)
                        .put("connections", connections).put("rounds", rounds).put("secondsEach", part.seconds()).put("seed", Long.toString(people.seed(output)))
                        .put("servers", "one process each, started by the launcher; the client in another, on the same processors")
                        .put("readModel", roles.isOn() ? "availability and records" : "availability").put("roles", roles.isOn()))
                .put("leftOut", "network (loopback); while availability is asked for nothing changes, so that answers are searched ten times a second and given again; the headers of the real answers to commands are not among the empty page's" + roles.leftOut());
        output.progress("counting the starts in process");
        final Starts starts = Starts.of(network, desks);
        output.progress("starting the servers");
        final Path data = Engines.temporaryData(null).resolve("data");
        final LifeBooks books;
        try (Roles asking = roles.start(network);
             Subject real = new Subject("real", RealServer.start(program.path(), data, roles.isOn(), asking.flags()));
             Subject page = new Subject("empty page", Server.start(empty, List.of(EmptyServer.NAME)))) {
            output.progress("bringing the model network to the real server");
            token = asking.token();
            RealServer.bring(network, real.grpcPort(), token);
            RealServer.coolNothing(real.grpcPort(), token); // a place is held, given back and held again hundreds of times a second
            final Turns reads = new Turns(reads("availability", real, connection -> HttpTalk.availability(desks, connection, starts).with(token)),
                    reads("emptyPage", page, connection -> HttpTalk.emptyPage().with(token)), "requests", open, part.seconds(), output);
            reads.warmUp(warmUp.seconds(), warmUp.seconds());
            result.mergeIn(reads.measured(rounds, commands ? commandSeconds() : 0));
            if (commands) {
                final Turns lives = new Turns(lives("durable", real.again()), lives("emptyPage", page.again()), "commands", open.withRate(commandRate), part.seconds(), output);
                lives.warmUp(warmUp.seconds(), pageWarmUp());
                result.put("commands", new JsonObject().put("mix", "submit, validate, hold + stamp, confirm, cancel: a fifth each; durable")
                        .put("openLoopConnections", OPEN_COMMAND_TIMES * connections).mergeIn(lives.measured(rounds, 0)));
            }
            books = real.books();
        }
        return LifeAudit.of(data, books, output).tell(result, output);
    }

    @Override
    public double plannedSeconds() {
        return 2 * Subject.START_SECONDS + RealServer.BRING_SECONDS + 2 * warmUp.seconds() + Turns.plannedSeconds(rounds, part.seconds(), warmUp.seconds(), open)
                + (commands ? commandSeconds() : 0) + LifeAudit.SECONDS;
    }

    private double commandSeconds() {
        return warmUp.seconds() + pageWarmUp() + Turns.plannedSeconds(rounds, part.seconds(), warmUp.seconds(), open);
    }

    private int pageWarmUp() {
        return Math.min(WARM_PAGE_SECONDS, warmUp.seconds());
    }

    private Turns.Side reads(final String name, final Subject subject, final IntFunction<HttpTalk> talks) {
        return new Turns.Side(name, subject, (server, tally) -> HttpLoad.closed(server.httpPort(), connections, talks, tally),
                (server, tally) -> HttpLoad.open(server.httpPort(), connections, talks, tally));
    }

    private Turns.Side lives(final String name, final Subject subject) {
        return new Turns.Side(name, subject, (server, tally) -> HttpLoad.closed(server.httpPort(), connections, lives(tally.books()), tally),
                (server, tally) -> HttpLoad.oneByOne(server.httpPort(), OPEN_COMMAND_TIMES * connections, lives(tally.books()), tally));
    }

    /** Of other persons each time. */
    private IntFunction<HttpTalk> lives(final LifeBooks books) {
        final long persons = seeds.nextLong();
        return connection -> {
            final Life life = new Life(network, network.spread(connection), persons);
            return HttpTalk.life(token == null ? life : life.choosingItsPost(), books).with(token); // who says who they are may do nothing for any post
        };
    }
}
