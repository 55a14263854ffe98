package org.mawid.bench.wire.loop;

import io.vertx.core.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.mawid.bench.load.Latency;
import org.mawid.bench.load.LifeBooks;
import org.mawid.bench.load.OpenOptions;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Rounds;
import org.mawid.bench.process.Server;
import org.mawid.bench.process.Used;

/** What became of loads that were offered to one server at stated rates, all at once, in one window. */
public final class OpenRun implements OpenOptions.Run {
    private static final long SETTLE_MS = 1_000;
    private static final long CATCH_UP_NS = 4_000_000_000L;
    private static final long BEHIND_NS = 5_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    /** Share of what was due that must have been answered when the window ends: what is on its way then may be missing, a backlog may not. */
    private static final double KEPT = 0.98;
    private static final int LEAST_CALLS = 100;

    private final List<Offered> all = new ArrayList<>();
    private final int seconds;
    private long fromNs;
    private Used server;
    private Used client;
    private double done;

    /** One of the loads. */
    private static final class Offered implements Closeable {
        private final Offer offer;
        private final Tally tally;
        private final OpenLoop.Sender sender;
        private final OpenLoop loop;
        private final Rounds rounds = new Rounds();
        private long counted;
        private long inTime;

        Offered(final Offer offer, final Server server, final LifeBooks books) throws Exception {
            this.offer = offer;
            this.tally = new Tally(books);
            this.sender = offer.load().connect(server, tally);
            this.loop = OpenLoop.start(offer.callsPerSecond(), sender, tally);
        }

        void secondIsOver() {
            final long count = tally.count();
            rounds.add(count - counted);
            counted = count;
        }

        boolean keptSchedule() {
            return inTime >= KEPT * loop.due() * offer.each() && tally.unanswered() == 0;
        }

        boolean hasP99() {
            return tally.calls() >= LEAST_CALLS;
        }

        JsonObject figures(final int seconds) {
            return new JsonObject().put("duePerSecond", Output.rounded(offer.perSecond())).put("perSecond", Output.rounded(inTime / (double) seconds))
                    .put("perSecondRounds", rounds.all()).put("keptSchedule", keptSchedule()).put("unanswered", tally.unanswered())
                    .put("notAdmitted", tally.notAdmitted()).put("latencyUs", Latency.us(tally.latency()));
        }

        @Override
        public void close() throws IOException {
            tally.stop();
            loop.close();
            sender.close();
        }
    }

    /** How long {@link #over} takes when nobody falls behind, seconds; the answers to what came last are waited for. */
    public static double plannedSeconds(final int seconds) {
        return seconds + SETTLE_MS / 1e3 + 0.5;
    }

    private OpenRun(final int seconds) {
        this.seconds = seconds;
    }

    /**
     * Offers them for so long.
     *
     * @param what  for the progress line
     * @param after what is to be measured after it, ns
     */
    public static OpenRun over(final Server server, final List<Offer> offers, final int seconds, final Output output, final String what, final long after) throws Exception {
        return over(server, new LifeBooks(), offers, seconds, output, what, after);
    }

    /** The same. @param books of the lives that are lived there */
    static OpenRun over(final Server server, final LifeBooks books, final List<Offer> offers, final int seconds, final Output output, final String what, final long after) throws Exception {
        final OpenRun run = new OpenRun(seconds);
        try {
            for (final Offer offer : offers) {
                run.all.add(new Offered(offer, server, books));
            }
            run.settle();
            run.measure(server, output, what, after);
        } finally {
            for (final Offered one : run.all) {
                one.close();
            }
        }
        for (final Offered one : run.all) {
            one.tally.requireNoFailure();
        }
        return run;
    }

    /** Clients that are new, in code that is new to the compiler, fall behind: that is over before the clock starts, or it is too much for the server. */
    private void settle() throws InterruptedException {
        Thread.sleep(SETTLE_MS);
        final long fromNs = System.nanoTime();
        boolean wasBehind = false;
        while (isBehind() && !isStopping() && System.nanoTime() - fromNs < CATCH_UP_NS) {
            wasBehind = true;
            Thread.sleep(10);
        }
        if (wasBehind) {
            Thread.sleep(SETTLE_MS / 2);
        }
    }

    private boolean isBehind() {
        return all.stream().anyMatch(one -> one.loop.behindNs() > BEHIND_NS);
    }

    private void measure(final Server to, final Output output, final String what, final long after) throws Exception {
        fromNs = OpenLoop.measure(all.stream().map(one -> one.loop).toList(), System::nanoTime, seconds * SECOND_NS);
        final long toNs = fromNs + seconds * SECOND_NS;
        Thread.sleep(Math.max(0, fromNs - System.nanoTime()) / 1_000_000);
        final Used serverBefore = Used.of(to);
        final Used clientBefore = Used.here();
        for (int second = 1; second <= seconds; second++) {
            while (System.nanoTime() - fromNs < second * SECOND_NS && !isStopping()) {
                Thread.sleep(10);
                if (output.isDue()) {
                    output.progressLeft(toNs - System.nanoTime() + after, "%s: %,d answered", what, all.stream().mapToLong(one -> one.tally.count()).sum());
                }
            }
            all.forEach(Offered::secondIsOver);
        }
        all.forEach(one -> one.inTime = one.tally.count());
        done = Math.max(1, all.stream().mapToLong(one -> one.inTime).sum());
        client = Used.here().since(clientBefore);
        server = Used.of(to).since(serverBefore);
        for (final Offered one : all) {
            one.loop.awaitAnswers();
        }
    }

    private boolean isStopping() {
        return all.stream().anyMatch(one -> one.tally.isStopping());
    }

    /** Whether each kept its schedule, with its p99 below a limit. Of fewer calls than a hundred there is none: it would be the slowest. */
    @Override
    public boolean holds(final double mostP99Us) {
        return all.stream().allMatch(one -> one.keptSchedule() && (!one.hasP99() || one.tally.latencyUs(99) <= mostP99Us));
    }

    /** When the window began. */
    public long fromNs() {
        return fromNs;
    }

    /** Of the server in the window. */
    public Used server() {
        return server;
    }

    /** Of the thread that applies commands in the window, for each that was done, µs. */
    public double writerUs() {
        return server.writerUs(done);
    }

    /** Of this process in the window. */
    public Used client() {
        return client;
    }

    /** Whether the server's compiler had little to do in the window, and nobody fell behind. */
    boolean isWarm() {
        return server.compilerNs() <= Subject.CALM * server.ns() && all.stream().allMatch(Offered::keptSchedule);
    }

    /** The other's processor time for each, of server and client together, divided by this one's. */
    public double cpuAgainst(final OpenRun other) {
        return Output.rounded(other.usEach() / usEach());
    }

    private double usEach() {
        return server.us(done) + client.us(done);
    }

    /** The worst of those that have one. */
    @Override
    public double p99Us() {
        return all.stream().filter(Offered::hasP99).mapToDouble(one -> one.tally.latencyUs(99)).max().orElse(0);
    }

    /** Of a single load, without processor time. */
    public JsonObject commandFigures() {
        return all.get(0).figures(seconds);
    }

    /** One load: its figures; several: those of each by its name. Processor time is for each command or read of all together. */
    @Override
    public JsonObject figures() {
        final JsonObject figures = new JsonObject();
        if (all.size() == 1) {
            figures.mergeIn(all.get(0).figures(seconds));
        } else {
            all.forEach(one -> figures.put(one.offer.name(), one.figures(seconds)));
        }
        return figures.put("serverCpuUsEach", Output.rounded(server.us(done))).put("clientCpuUsEach", Output.rounded(client.us(done)))
                .put("serverCompilerUsEach", Output.rounded(server.compilerUs(done))).put("clientCompilerUsEach", Output.rounded(client.compilerUs(done)));
    }
}
