package org.mawid.bench.wire.watch;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.PersonsOption;
import org.mawid.bench.load.Planned;
import org.mawid.bench.load.Search;
import org.mawid.bench.load.SecondsOption;
import org.mawid.bench.process.Programs;
import org.mawid.bench.process.Server;
import org.mawid.bench.process.ServerProgram;
import org.mawid.bench.wire.loop.OpenRun;
import org.mawid.bench.wire.loop.Subject;
import org.mawid.bench.wire.server.EmptyServer;
import org.mawid.bench.wire.server.RealServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Many watchers of the real server while commands come at a stated rate: how long after a command was due, and after it was answered, each of
 * them has its events; and whether each has all of them once, which is held against the books of the commands. Then the same beside
 * watchers that do not read, who are looked at when everything is over. Taken against empty handlers that send events without having any.
 */
@Command(name = "watch", mixinStandardHelpOptions = true,
        description = "1 000 watchers, over gRPC and as server-sent events, while commands come at a stated rate: time until each has its event, gaps and repeats (must be none), what some that do not read do to the others, and what all of them cost the writer.",
        footer = {"", "Takes about 110 s; --search up to 60 s more.", "", "Examples:",
            "  bench watch --watchers 200 --rate 5000",
            "  bench watch --empty false --slow 10"})
public final class WatchBench implements Callable<Integer>, Planned {
    private static final int WARM_UP_SECONDS = 8;
    /** What a server lets in, over gRPC and over HTTP each. */
    private static final int MOST_OF_A_KIND = 1_024;
    private static final int TRIALS = 6;
    /** Until those that did not read have read all. */
    private static final int SLOW_READ_SECONDS = 3;
    private static final int TRIAL_SECONDS = 3;
    /** How far above the stated rate the search looks. */
    private static final int MOST_TIMES = 16;
    private static final long SECOND_NS = 1_000_000_000L;

    @Mixin
    private Output output;

    @Mixin
    private SecondsOption part;

    @Option(names = "--watchers", paramLabel = "N", defaultValue = "1000", description = "Watchers that read, 1 to 2 000: ${DEFAULT-VALUE}.")
    private int watchers;

    @Option(names = "--http-percent", paramLabel = "N", defaultValue = "10", description = "How many of them over HTTP, as server-sent events, the others over gRPC: ${DEFAULT-VALUE}.")
    private int httpPercent;

    @Option(names = "--all-posts", paramLabel = "N", defaultValue = "1", description = "How many of those over gRPC follow all posts, the others one post each in turn: ${DEFAULT-VALUE}.")
    private int ofAllPosts;

    @Option(names = "--slow", paramLabel = "N", defaultValue = "2",
            description = "Watchers that do not read until the end, in turn over gRPC (all posts) and HTTP (one post), 0 = none: ${DEFAULT-VALUE}.")
    private int slow;

    @Option(names = "--posts", paramLabel = "N", defaultValue = "150", description = "Posts, among which commands and watchers are spread evenly, 1 to 400: ${DEFAULT-VALUE}.")
    private int posts;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "1000", description = "Commands due a second: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(names = "--empty", paramLabel = "true|false", arity = "1", defaultValue = "true",
            description = "First the same with empty handlers, all watchers over gRPC: ${DEFAULT-VALUE}.")
    private boolean withEmpty;

    @Option(names = "--search", description = "Also look for the highest rate of commands at which p99 of the events, from when their command was due, stays below --p99-ms.")
    private boolean search;

    @Option(names = "--p99-ms", paramLabel = "MS", defaultValue = "100", description = "What p99 must stay below in the search, milliseconds: ${DEFAULT-VALUE}.")
    private double mostP99Ms;

    @Option(names = "--writer-rate", paramLabel = "N", defaultValue = "2000", description = "Commands due a second where it is measured what watchers cost the writer: ${DEFAULT-VALUE}.")
    private double writerRate;

    @Option(names = "--writer-rounds", paramLabel = "N", defaultValue = "3",
            description = "How often that is measured with nobody who watches and with all of them, a quarter of --seconds each time, 0 = not: ${DEFAULT-VALUE}.")
    private int writerRounds;

    @Mixin
    private PersonsOption people;

    @Mixin
    private ServerProgram program;

    private SplittableRandom seeds;
    private ModelNetwork network;

    @Override
    public Integer call() throws Exception {
        output.require(watchers >= 1 && watchers <= 2_000, "--watchers must be 1 to 2 000");
        output.require(httpPercent >= 0 && httpPercent <= 100, "--http-percent must be 0 to 100");
        output.require(slow >= 0 && slow <= 100, "--slow must be 0 to 100");
        final int overHttp = watchers * httpPercent / 100;
        final int overGrpc = watchers - overHttp;
        output.require(overHttp + slow <= MOST_OF_A_KIND && overGrpc + slow <= MOST_OF_A_KIND,
                "--watchers, --http-percent and --slow must come to at most 1 024 over gRPC and 1 024 over HTTP: the server takes no more");
        output.require(ofAllPosts >= 0 && ofAllPosts <= overGrpc, "--all-posts must be 0 to the number of watchers over gRPC, " + overGrpc);
        output.require(posts >= 1 && posts <= 400, "--posts must be 1 to 400");
        output.require(rate >= 1 && rate <= 1_000_000, "--rate must be 1 to 1 000 000");
        output.require(writerRate >= 1 && writerRate <= 1_000_000, "--writer-rate must be 1 to 1 000 000");
        output.require(writerRounds >= 0 && writerRounds <= 100, "--writer-rounds must be 0 to 100");
        output.require(mostP99Ms >= 0.1 && mostP99Ms <= 60_000, "--p99-ms must be 0.1 to 60 000");
        seeds = people.seeds(output);
        network = new ModelNetwork(posts, 60, 96, 255);
        final JsonObject result = new JsonObject().put("benchmark", "watch")
                .put("load", new JsonObject().put("watchersOverGrpc", overGrpc).put("ofThemOfAllPosts", ofAllPosts).put("watchersOverHttp", overHttp).put("slowWatchers", slow)
                        .put("posts", posts).put("commands", "submit, validate, hold + stamp, confirm, cancel: a fifth each, durable, over gRPC unary, evenly at all posts")
                        .put("loop", "open: an event counts from when its command was due").put("dueCommandsPerSecond", rate).put("writerDuePerSecond", Output.rounded(writerRate)).put("secondsEach", part.seconds()).put("seed", Long.toString(people.seed(output)))
                        .put("servers", "one process each, started by the launcher; all clients in another, on the same processors").put("readModel", "availability and events"))
                .put("leftOut", "network (loopback); the server's compiler; snapshots and retirement are off; the empty handlers' watchers are all over gRPC");
        WatchPhase ceiling = null;
        if (withEmpty) {
            try (Server empty = Server.start(Programs.bench(), List.of(EmptyServer.NAME, "--watched"));
                 WatchRun run = new WatchRun(empty, network, seeds, output)) {
                run.watchers().open(posts, watchers, 0, ofAllPosts);
                ceiling = warmAndMeasure(run, "empty handlers", (slow > 0 ? 2 : 1) * part.seconds() + WARM_UP_SECONDS);
                result.put("emptyHandlers", ceiling.figures().put("books", run.compareBooks()));
            }
        }
        output.progress("starting the server");
        final Path data = Engines.temporaryData(null).resolve("data");
        try (Server server = RealServer.start(program.path(), data, false)) {
            output.progress("bringing the model network to the server");
            RealServer.bring(network, server.grpcPort());
            RealServer.coolNothing(server.grpcPort());
            final JsonObject memory = new JsonObject().put("withoutWatchersMiB", server.residentBytes() >> 20);
            try (WatchRun run = new WatchRun(server, network, seeds, output)) {
                run.watchers().open(posts, overGrpc, overHttp, ofAllPosts);
                measure(run, server, result, memory, ceiling);
            }
            if (writerRounds > 0) {
                result.put("writer", new WriterCost(server, network, seeds, output,
                        new WriterCost.Asked(posts, overGrpc, overHttp, ofAllPosts, writerRate, writerRounds, writerSeconds())).measured());
            }
        }
        output.result(result);
        return 0;
    }

    @Override
    public double plannedSeconds() {
        final double phase = OpenRun.plannedSeconds(part.seconds());
        final double warmed = Subject.START_SECONDS + OpenRun.plannedSeconds(WARM_UP_SECONDS) + phase;
        return (withEmpty ? warmed : 0) + warmed + RealServer.BRING_SECONDS + (slow > 0 ? phase + SLOW_READ_SECONDS : 0)
                + WriterCost.plannedSeconds(writerRounds, writerSeconds()) + (search ? 1.5 * TRIALS * OpenRun.plannedSeconds(TRIAL_SECONDS) : 0);
    }

    private int writerSeconds() {
        return Math.max(1, part.seconds() / 4);
    }

    /** @param toFollow seconds that come after it */
    private WatchPhase warmAndMeasure(final WatchRun run, final String what, final int toFollow) throws Exception {
        final long afterNs = toFollow * SECOND_NS;
        run.offer(rate, WARM_UP_SECONDS, what + ", warming up", afterNs + part.seconds() * SECOND_NS);
        return run.phase(rate, part.seconds(), what, afterNs);
    }

    private void measure(final WatchRun run, final Server server, final JsonObject result, final JsonObject memory, final WatchPhase ceiling) throws Exception {
        final WatchPhase quiet = warmAndMeasure(run, "all of them read", slow > 0 ? part.seconds() : 0);
        memory.put("allReadMiB", server.residentBytes() >> 20);
        result.put("allRead", quiet.figures());
        if (ceiling != null) {
            result.put("againstEmptyRatio", quiet.against(ceiling)).put("againstEmptyCpuRatio", quiet.cpuAgainst(ceiling));
        }
        if (slow > 0) {
            run.watchers().openSlow(slow, !run.watchers().overHttp().isEmpty());
            final WatchPhase beside = run.phase(rate, part.seconds(), slow + " of them do not read", 0);
            memory.put("someDoNotReadMiB", server.residentBytes() >> 20);
            result.put("someDoNotRead", beside.figures()).put("someDoNotReadRatio", beside.against(quiet));
        }
        if (search) {
            result.put("highestSustainable", highest(run));
        }
        if (slow > 0) {
            result.put("slow", run.slowOnes());
            memory.put("allHaveReadMiB", server.residentBytes() >> 20);
        }
        result.put("serverMemory", memory).put("books", run.compareBooks());
    }

    private JsonObject highest(final WatchRun run) throws Exception {
        final JsonArray tried = new JsonArray();
        final double highest = Search.highest(rate * MOST_TIMES, TRIALS, perSecond -> {
            final WatchPhase phase = run.phase(perSecond, TRIAL_SECONDS, String.format(Locale.ROOT, "searching, %,.0f/s due", perSecond),
                    Math.max(0, TRIALS - 1 - tried.size()) * (TRIAL_SECONDS + 1) * SECOND_NS);
            final boolean holds = phase.holds(mostP99Ms);
            tried.add(new JsonObject().put("duePerSecond", Output.rounded(perSecond)).put("isBelow", holds).mergeIn(phase.figures()));
            output.note("%,.0f/s due: p99 of the events %,.1f ms, %s", perSecond, phase.us(99) / 1_000, holds ? "holds" : "too much");
            return holds;
        });
        return new JsonObject().put("commandsPerSecond", Output.rounded(highest)).put("p99BelowMs", mostP99Ms).put("tried", tried);
    }
}
