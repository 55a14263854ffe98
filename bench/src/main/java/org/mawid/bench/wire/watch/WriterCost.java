package org.mawid.bench.wire.watch;

import io.vertx.core.json.JsonObject;
import java.util.SplittableRandom;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Rounds;
import org.mawid.bench.process.Server;
import org.mawid.bench.wire.loop.OpenRun;
import org.mawid.bench.wire.loop.Subject;

/**
 * What watchers cost the writer: processor time of the thread that applies commands, and what gets through how soon, with nobody who watches and with all of
 * them, round by round of one run and in turn which comes first. At a stated rate the thread has the same to do in both; how much gets through at most is
 * less with watchers wherever they share the processors with it.
 */
final class WriterCost {
    private static final int IN_FLIGHT = 64;
    /** Below it two rounds of the same cannot be told apart: clocks, caches, and when the thread is woken. */
    private static final double LEAST_NOISE = 0.02;
    private static final double OPENING_SECONDS = 2;

    private final Server server;
    private final ModelNetwork network;
    private final SplittableRandom seeds;
    private final Output output;
    private final Asked asked;
    private final Side without;
    private final Side with;

    /**
     * @param perSecond commands due in the open loop
     * @param seconds   of each loop
     */
    record Asked(int posts, int overGrpc, int overHttp, int ofAllPosts, double perSecond, int rounds, int seconds) {
    }

    /** What was measured with so many watchers. */
    private static final class Side {
        final boolean isWatched;
        final Subject closed;
        final Rounds writerUs = new Rounds();
        final Rounds p50Us = new Rounds();
        final Rounds p99Us = new Rounds();

        Side(final boolean isWatched, final Subject closed) {
            this.isWatched = isWatched;
            this.closed = closed;
        }

        void take(final OpenRun run) {
            final JsonObject latency = run.commandFigures().getJsonObject("latencyUs");
            writerUs.add(run.writerUs());
            p50Us.add(latency.getDouble("p50"));
            p99Us.add(latency.getDouble("p99"));
        }

        JsonObject figures() {
            return new JsonObject().put("writerCpuUsEach", writerUs.median()).put("writerCpuUsEachRounds", writerUs.all())
                    .put("latencyUs", new JsonObject().put("p50", p50Us.median()).put("p99", p99Us.median()))
                    .put("closedLoop", closed.figures().put("writerCpuUsEach", closed.writerUs().median()).put("writerCpuUsEachRounds", closed.writerUs().all()));
        }
    }

    WriterCost(final Server server, final ModelNetwork network, final SplittableRandom seeds, final Output output, final Asked asked) {
        this.server = server;
        this.network = network;
        this.seeds = seeds;
        this.output = output;
        this.asked = asked;
        this.without = new Side(false, new Subject("nobody watches", server));
        this.with = new Side(true, new Subject("all of them watch", server));
    }

    static double plannedSeconds(final int rounds, final int seconds) {
        return rounds * (2 * (Subject.measureSeconds(seconds) + OpenRun.plannedSeconds(seconds)) + OPENING_SECONDS);
    }

    /** On a server that is warm. @throws IllegalStateException also when a watcher lacks an event, or has one twice */
    JsonObject measured() throws Exception {
        for (int round = 0; round < asked.rounds; round++) {
            measure(round % 2 == 0 ? without : with, round);
            measure(round % 2 == 0 ? with : without, round);
        }
        final Rounds ratios = with.writerUs.dividedBy(without.writerUs);
        final double noise = Math.max(LEAST_NOISE, without.writerUs.noise());
        return new JsonObject().put("duePerSecond", Output.rounded(asked.perSecond)).put("inFlight", IN_FLIGHT).put("rounds", asked.rounds).put("secondsEach", asked.seconds)
                .put("nobody", without.figures()).put("all", with.figures())
                .put("cpuRatio", ratios.median()).put("cpuRatios", ratios.all()).put("noise", Output.rounded(noise)).put("cpuRatioAllowed", Output.rounded(1 + noise))
                .put("p50Ratio", with.p50Us.dividedBy(without.p50Us).median()).put("p99Ratio", with.p99Us.dividedBy(without.p99Us).median())
                .put("throughputRatio", with.closed.ratesAgainst(without.closed).median())
                .put("closedLoopCpuRatio", with.closed.writerUs().dividedBy(without.closed.writerUs()).median());
    }

    private void measure(final Side side, final int round) throws Exception {
        final String what = (side.isWatched ? "all watch" : "nobody watches") + ", round " + (round + 1) + " of " + asked.rounds;
        try (WatchRun run = new WatchRun(server, network, seeds, output)) {
            if (side.isWatched) {
                run.watchers().open(asked.posts, asked.overGrpc, asked.overHttp, asked.ofAllPosts);
            }
            side.take(run.offer(asked.perSecond, asked.seconds, what, 0));
            run.measure(side.closed, IN_FLIGHT, asked.seconds, what, 2 * (asked.rounds - round) - 1);
            run.compareBooks();
        }
    }
}
