package org.mawid.bench.wire;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.OpenOptions;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Rounds;
import org.mawid.bench.load.Starts;
import org.mawid.bench.process.Server;
import org.mawid.bench.wire.grpc.GrpcReads;
import org.mawid.bench.wire.loop.Offer;
import org.mawid.bench.wire.loop.OpenRun;
import org.mawid.bench.wire.loop.Subject;
import org.mawid.bench.wire.server.EmptyServer;
import org.mawid.bench.wire.server.RealServer;

/** Availability over gRPC against the real server, in turn with a handler that gives one answer that it has ready; closed loop, then open. */
public final class AvailabilityOverGrpc {
    private static final int IN_FLIGHT = 64;

    private final OpenOptions open;
    private final int seconds;
    private final Output output;
    private final Path emptyProgram;
    private final ModelNetwork network;
    private final int desks;
    private final int rounds;
    private final int warmUpSeconds;
    private final ReadLoads asking;

    /**
     * @param seconds       of a measured part
     * @param emptyProgram  launcher or jar of the server that it is taken against
     * @param network       with a desk at each post, all of which are asked about
     * @param rounds        in the closed loop, of each server
     * @param warmUpSeconds of each server and loop, at most; 0 = none
     */
    public AvailabilityOverGrpc(final OpenOptions open, final int seconds, final Output output, final Path emptyProgram, final ModelNetwork network, final int rounds,
            final int warmUpSeconds) {
        this.open = open;
        this.seconds = seconds;
        this.output = output;
        this.emptyProgram = emptyProgram;
        this.network = network;
        this.desks = network.posts();
        this.rounds = rounds;
        this.warmUpSeconds = warmUpSeconds;
        this.asking = new ReadLoads(false, IN_FLIGHT, desks, null);
    }

    /** As {@link org.mawid.bench.load.Planned} has it. */
    public double plannedSeconds() {
        return 2 * Subject.START_SECONDS + RealServer.BRING_SECONDS + 2 * warmUpSeconds + 2 * rounds * Subject.measureSeconds(seconds)
                + 2 * Subject.openWarmUpSeconds(warmUpSeconds) + 2 * OpenRun.plannedSeconds(seconds) + open.plannedSeconds(seconds);
    }

    /** @param program launcher or jar of the real server */
    public JsonObject measure(final Path program) throws Exception {
        open.check(output);
        output.progress("counting the starts in process");
        final Starts starts = Starts.of(network, desks);
        final ReadLoads asked = new ReadLoads(false, IN_FLIGHT, desks, starts);
        output.progress("starting the servers");
        final Path data = Engines.temporaryData(null).resolve("data");
        try (Subject real = new Subject("availability", RealServer.start(program, data, false));
             Subject empty = new Subject("empty handler", Server.start(emptyProgram, List.of(EmptyServer.NAME)))) {
            output.progress("bringing the model network to the real server");
            requireNone(starts.differencesOf(GrpcReads.counted(real.grpcPort(), desks, RealServer.bring(network, real.grpcPort()))));
            empty.warmUp(asking.closed(), warmUpSeconds, output);
            real.warmUp(asked.closed(), warmUpSeconds, output);
            for (int round = 1; round <= rounds; round++) {
                final String what = "round " + round + " of " + rounds;
                empty.measure(asking.closed(), seconds, output, what, 2 * (rounds - round) + 3);
                real.measure(asked.closed(), seconds, output, what, 2 * (rounds - round) + 2);
            }
            final Rounds ratios = real.ratesAgainst(empty);
            final double due = open.rate(real.rate());
            final String what = String.format(Locale.ROOT, "%,.0f/s due", due);
            empty.warmUpOpen(offers(asking, due), warmUpSeconds, output, what, 2 * seconds * 1_000_000_000L);
            real.warmUpOpen(offers(asked, due), warmUpSeconds, output, what, 2 * seconds * 1_000_000_000L);
            final JsonObject result = new JsonObject().put("benchmark", "availability").put("width", "over gRPC")
                    .put("load", new JsonObject().put("asked", "starts counted on 60 dates of 192 units, one desk and its seats").put("desksInTurn", desks)
                            .put("loop", "closed, then open").put("inFlight", IN_FLIGHT).put("rounds", rounds).put("secondsEach", seconds).put("seed", RealServer.SEED)
                            .put("servers", "one process each, started by the launcher; the client in another, on the same processors")
                            .put("readModel", "availability"))
                    .put("leftOut", "network (loopback); the server's compiler is told apart; nothing changes meanwhile")
                    .put("searchesCompared", desks)
                    .put("closedLoop", new JsonObject().put("availability", real.figures()).put("emptyHandler", empty.figures()))
                    .put("ratio", ratios.median()).put("ratios", ratios.all()).put("cpuRatio", real.cpuAgainst(empty))
                    .put("openLoop", new JsonObject().put("duePerSecond", Output.rounded(due))
                            .put("availability", offer(real, asked, due, seconds, what, seconds * 1_000_000_000L).figures())
                            .put("emptyHandler", offer(empty, asking, due, seconds, what, 0).figures()));
            open.addHighest(result, real.rate(), seconds, output, (perSecond, length, trial, after) -> offer(real, asked, perSecond, length, trial, after));
            return result;
        }
    }

    private static void requireNone(final List<String> differences) {
        if (!differences.isEmpty()) {
            throw new IllegalStateException(differences.size() + " desks are told wrong: " + differences.get(0));
        }
    }

    private OpenRun offer(final Subject subject, final ReadLoads loads, final double perSecond, final int length, final String what, final long after) throws Exception {
        return subject.offer(offers(loads, perSecond), length, output, what, after);
    }

    private static List<Offer> offers(final ReadLoads loads, final double perSecond) {
        return List.of(new Offer("reads", perSecond, 1, loads::open));
    }
}
