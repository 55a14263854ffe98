package org.mawid.bench.wire;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.Life;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.OpenOptions;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.PersonsOption;
import org.mawid.bench.load.Planned;
import org.mawid.bench.load.Rounds;
import org.mawid.bench.load.WarmUpOption;
import org.mawid.bench.process.Programs;
import org.mawid.bench.process.Server;
import org.mawid.bench.process.ServerProgram;
import org.mawid.bench.wire.http.HttpLoad;
import org.mawid.bench.wire.http.HttpTalk;
import org.mawid.bench.wire.loop.Offer;
import org.mawid.bench.wire.loop.OpenRun;
import org.mawid.bench.wire.loop.Subject;
import org.mawid.bench.wire.server.EmptyServer;
import org.mawid.bench.wire.server.RealServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Availability over HTTP against the real server in its own process, in turn with an empty page of Vert.x in another: highest rate in a
 * closed loop, then latency at a rate in an open one. And an appointment's life over HTTP, for information.
 */
@Command(name = "http", mixinStandardHelpOptions = true,
        description = "Availability over HTTP, 60 days at one desk, in turn with an empty Vert.x page; latency in an open loop; commands over HTTP.",
        footer = {"", "Takes about 90 s; --search up to 50 s more.", "", "Examples:",
            "  bench http --commands false --rounds 5",
            "  bench http --connections 256 --rate 20000"})
public final class HttpBench implements Callable<Integer>, Planned {
    /** Of the real server and of the empty page, after the closed ones. */
    private static final int OPEN_LOOPS = 2;

    @Mixin
    private final Output output = new Output(5);

    @Mixin
    private OpenOptions open;

    @Option(names = "--connections", paramLabel = "N", defaultValue = "64", description = "Keep-alive connections: ${DEFAULT-VALUE}.")
    private int connections;

    @Option(names = "--desks", paramLabel = "N", defaultValue = "16", description = "How many desks are asked about in turn, 1 to 150: ${DEFAULT-VALUE}.")
    private int desks;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Rounds of each, in turn: ${DEFAULT-VALUE}.")
    private int rounds;

    @Mixin
    private WarmUpOption warmUp;

    @Option(names = "--commands", paramLabel = "true|false", arity = "1", defaultValue = "true", description = "Also an appointment's life over HTTP: ${DEFAULT-VALUE}.")
    private boolean commands;

    @Mixin
    private PersonsOption people;

    @Mixin
    private ServerProgram program;

    private final ModelNetwork network = new ModelNetwork(150, 60, 192, 255);

    @Override
    public Integer call() throws Exception {
        output.require(rounds >= 1, "--rounds must be 1 or more");
        warmUp.check(output);
        output.require(connections >= 1, "--connections must be 1 or more");
        output.require(desks >= 1 && desks <= 150, "--desks must be 1 to 150");
        open.check(output);
        output.progress("starting the servers");
        final Path data = Engines.temporaryData(null).resolve("data");
        try (Subject real = new Subject("availability", RealServer.start(program.path(), data, false));
             Subject page = new Subject("empty page", Server.start(Programs.bench(), List.of(EmptyServer.NAME)))) {
            output.progress("bringing the model network to the real server");
            RealServer.bring(network, real.grpcPort());
            final IntFunction<HttpTalk> empty = connection -> HttpTalk.emptyPage();
            final IntFunction<HttpTalk> asked = connection -> HttpTalk.availability(desks, connection);
            page.warmUp(closed(empty), warmUp.seconds(), output);
            real.warmUp(closed(asked), warmUp.seconds(), output);
            for (int round = 1; round <= rounds; round++) {
                page.measure(closed(empty), output.seconds(), output, "round " + round + " of " + rounds, 2 * (rounds - round) + 1 + OPEN_LOOPS);
                real.measure(closed(asked), output.seconds(), output, "round " + round + " of " + rounds, 2 * (rounds - round) + OPEN_LOOPS);
            }
            final Rounds ratios = real.ratesAgainst(page);
            final JsonObject result = new JsonObject().put("benchmark", "http")
                    .put("load", new JsonObject().put("asked", "starts counted on 60 dates of 192 units, one desk and its seats").put("loop", "closed, then open").put("desksInTurn", desks)
                            .put("connections", connections).put("rounds", rounds).put("secondsEach", output.seconds()).put("seed", Long.toString(people.seed()))
                            .put("servers", "one process each, started by the launcher; the client in another, on the same processors")
                            .put("readModel", "availability"))
                    .put("leftOut", "network (loopback); nothing changes meanwhile, so that answers are searched ten times a second and given again")
                    .put("closedLoop", new JsonObject().put("availability", real.figures()).put("emptyPage", page.figures()))
                    .put("ratio", ratios.median()).put("ratios", ratios.all()).put("cpuRatio", real.cpuAgainst(page));
            final double due = open.rate(real.rate());
            final String what = String.format("%,.0f/s due", due);
            result.put("openLoop", new JsonObject().put("duePerSecond", Output.rounded(due))
                    .put("availability", open(real, asked, due, output.seconds(), what, output.seconds() * 1_000_000_000L).figures())
                    .put("emptyPage", open(page, empty, due, output.seconds(), what, 0).figures()));
            open.addHighest(result, real.rate(), output, (perSecond, seconds, trial, after) -> open(real, asked, perSecond, seconds, trial, after));
            if (commands) {
                result.put("commands", commands(real));
            }
            output.result(result);
        }
        return 0;
    }

    @Override
    public double plannedSeconds() {
        return 2 * Subject.START_SECONDS + RealServer.BRING_SECONDS + 2 * warmUp.seconds() + 2 * rounds * Subject.measureSeconds(output.seconds())
                + OPEN_LOOPS * OpenRun.plannedSeconds(output.seconds()) + open.plannedSeconds(output.seconds())
                + (commands ? warmUp.seconds() + Subject.measureSeconds(output.seconds()) : 0);
    }

    private Subject.Load closed(final IntFunction<HttpTalk> talks) {
        return (server, tally) -> HttpLoad.closed(server.httpPort(), connections, talks, tally);
    }

    private OpenRun open(final Subject subject, final IntFunction<HttpTalk> talks, final double due, final int seconds, final String what, final long after)
            throws Exception {
        return subject.offer(List.of(new Offer("requests", due, 1, (server, tally) -> HttpLoad.open(server.httpPort(), connections, talks, tally))),
                seconds, output, what, after);
    }

    private JsonObject commands(final Subject real) throws Exception {
        final IntFunction<HttpTalk> lives = connection -> HttpTalk.life(new Life(network, connection, people.seed()));
        real.warmUp(closed(lives), warmUp.seconds(), output);
        final Subject measured = real.again();
        final IntFunction<HttpTalk> others = connection -> HttpTalk.life(new Life(network, connection, people.seed() + 1_000_000));
        measured.measure(closed(others), output.seconds(), output, "commands", 0);
        return measured.figures().put("mix", "submit, validate, hold + stamp, confirm, cancel: a fifth each; durable").put("loop", "closed");
    }
}
