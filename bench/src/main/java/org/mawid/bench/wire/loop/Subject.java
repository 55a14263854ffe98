package org.mawid.bench.wire.loop;

import io.vertx.core.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.mawid.bench.load.Latency;
import org.mawid.bench.load.LifeBooks;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Rounds;
import org.mawid.bench.process.Server;
import org.mawid.bench.process.Used;

/** One of the servers that are measured in turn, and what was measured of it. */
public final class Subject implements Closeable {
    static final long SETTLE_MS = 500;
    /** What is on its way when a load ends is let come home for so long. */
    private static final long LONGEST_END_NS = 5_000_000_000L;
    private static final int WARM_UP_LEAST = 6;
    private static final int WARM_UP_STEP = 2;
    private static final int MOST_OPEN_WARM_UPS = 4;
    /** Share of the server's processor time below which its compiler counts as through. */
    static final double CALM = 0.05;

    private final String name;
    private final Server server;
    private final LifeBooks books;
    private final Rounds rate = new Rounds();
    private final Rounds serverUs = new Rounds();
    private final Rounds compilerUs = new Rounds();
    private final Rounds writerUs = new Rounds();
    private final Rounds clientUs = new Rounds();
    private final Rounds clientCompilerUs = new Rounds();
    private final Rounds p50Us = new Rounds();
    private final Rounds p99Us = new Rounds();
    private final Rounds p999Us = new Rounds();
    private final Histogram latency = new Histogram(60_000_000_000L, 3);
    private long notAdmitted;

    /** What sends to the server until the tally says to stop, and is then closed. */
    @FunctionalInterface
    public interface Load {
        Closeable start(Server server, Tally tally) throws Exception;
    }

    public Subject(final String name, final Server server) {
        this(name, server, new LifeBooks());
    }

    private Subject(final String name, final Server server, final LifeBooks books) {
        this.name = name;
        this.server = server;
        this.books = books;
    }

    /** Of all lives that were lived there, under whatever load. */
    public LifeBooks books() {
        return books;
    }

    /** What it reached in the middle one of its rounds, a second. */
    public double rate() {
        return rate.median();
    }

    public int grpcPort() {
        return server.grpcPort();
    }

    /** The same process, measured anew under another load. */
    public Subject again() {
        return new Subject(name, server, books);
    }

    /** Of a server, in its own process, until it is ready, and of the clients' first connections. */
    public static final double START_SECONDS = 3;

    /** How long {@link #measure} takes, seconds. */
    public static double measureSeconds(final int seconds) {
        return seconds + SETTLE_MS / 1e3;
    }

    /** Runs the load until the server's compiler has little left to do, at least {@value #WARM_UP_LEAST} and at most so many seconds; of 0 seconds not at all. */
    public void warmUp(final Load load, final int most, final Output output) throws Exception {
        if (most == 0) {
            return; // a load that ends as it begins may still send: nobody would learn what became of that
        }
        run(load, tally -> {
            final long from = System.nanoTime();
            tally.measure(true);
            double share = 1;
            for (int second = 0; second < most && !tally.isStopping() && (second < WARM_UP_LEAST || share > CALM); second += WARM_UP_STEP) {
                final long cpuNs = server.cpuNs();
                final long compilerNs = server.compilerNs();
                Thread.sleep(WARM_UP_STEP * 1_000L);
                share = (server.compilerNs() - compilerNs) / (double) Math.max(1, server.cpuNs() - cpuNs);
                output.progress("%s, warming up, at most %d s: %,.0f/s, compiler %.0f %%", name, most, tally.count() * 1e9 / (System.nanoTime() - from), share * 100);
            }
        });
    }

    /** How long {@link #warmUpOpen} takes as a rule, seconds: after a closed loop one window is enough. */
    public static double openWarmUpSeconds(final int most) {
        return Math.min(1, openWarmUps(most)) * OpenRun.plannedSeconds(WARM_UP_STEP);
    }

    /**
     * Loads at stated rates before they are measured, until the server is warm, in windows of {@value #WARM_UP_STEP} seconds: at most {@value #MOST_OPEN_WARM_UPS},
     * and no more than fit into the most seconds; of 0 not at all. An open loop takes other ways through the code than a closed one, at the server and here, which the compilers then make anew.
     *
     * @param after what is to be measured after it, ns
     */
    public void warmUpOpen(final List<Offer> offers, final int most, final Output output, final String what, final long after) throws Exception {
        for (int window = 0; window < openWarmUps(most); window++) {
            if (offer(offers, WARM_UP_STEP, output, what + ", warming up", after).isWarm()) {
                return;
            }
        }
    }

    private static int openWarmUps(final int most) {
        return Math.min(MOST_OPEN_WARM_UPS, (most + WARM_UP_STEP - 1) / WARM_UP_STEP);
    }

    /**
     * Runs the load for so long and keeps what was measured.
     *
     * @param what      for the progress line
     * @param toFollow how many measurements as long as this one come after it
     */
    public void measure(final Load load, final int seconds, final Output output, final String what, final int toFollow) throws Exception {
        final long eachNs = seconds * 1_000_000_000L;
        run(load, tally -> {
            Thread.sleep(SETTLE_MS);
            final Used serverBefore = Used.of(server);
            final Used clientBefore = Used.here();
            final long from = System.nanoTime();
            tally.measure(true);
            while (System.nanoTime() - from < eachNs && !tally.isStopping()) {
                Thread.sleep(100);
                output.progressLeft(eachNs - (System.nanoTime() - from) + toFollow * (eachNs + SETTLE_MS * 1_000_000L), "%s, %s: %,.0f/s", name, what, tally.count() * 1e9 / (System.nanoTime() - from));
            }
            tally.measure(false);
            final double tookNs = System.nanoTime() - from;
            final double done = Math.max(1, tally.count());
            final Used clientUsed = Used.here().since(clientBefore);
            final Used serverUsed = Used.of(server).since(serverBefore);
            rate.add(done * 1e9 / tookNs);
            serverUs.add(serverUsed.us(done));
            compilerUs.add(serverUsed.compilerUs(done));
            writerUs.add(serverUsed.writerUs(done));
            clientUs.add(clientUsed.us(done));
            clientCompilerUs.add(clientUsed.compilerUs(done));
            p50Us.add(tally.latencyUs(50));
            p99Us.add(tally.latencyUs(99));
            p999Us.add(tally.latencyUs(99.9));
            latency.add(tally.latency());
            notAdmitted += tally.notAdmitted();
        });
    }

    /**
     * Loads at stated rates, all at once, see {@link OpenRun}.
     *
     * @param after what is to be measured after it, ns
     */
    public OpenRun offer(final List<Offer> offers, final int seconds, final Output output, final String what, final long after) throws Exception {
        try {
            return OpenRun.over(server, books, offers, seconds, output, name + ", " + what, after);
        } catch (final IllegalStateException e) {
            throw failed(e);
        }
    }

    /** What is done while the load runs. */
    @FunctionalInterface
    private interface Watch {
        void over(Tally tally) throws Exception;
    }

    private void run(final Load load, final Watch watch) throws Exception {
        final Tally tally = new Tally(books);
        try (Closeable running = load.start(server, tally)) {
            watch.over(tally);
            tally.stop();
            if (!tally.hasFailed()) {
                books.awaitAnswers(LONGEST_END_NS);
            }
        }
        try {
            tally.requireNoFailure();
        } catch (final IllegalStateException e) {
            throw failed(e);
        }
    }

    private IllegalStateException failed(final IllegalStateException why) throws IOException {
        return new IllegalStateException(name + ": " + why.getMessage() + said(server.said()), why);
    }

    private static String said(final String text) {
        return text.isEmpty() ? "" : "; it said: " + text.substring(Math.max(0, text.length() - 2_000));
    }

    /** Percentiles are those of the middle round; the curve is of all rounds together. */
    public JsonObject figures() {
        return new JsonObject().put("perSecond", rate.median()).put("rounds", rate.all())
                .put("serverCpuUsEach", serverUs.median()).put("clientCpuUsEach", clientUs.median()).put("serverCompilerUsEach", compilerUs.median())
                .put("clientCompilerUsEach", clientCompilerUs.median())
                .put("latencyUs", Latency.us(latency).put("p50", p50Us.median()).put("p99", p99Us.median()).put("p999", p999Us.median()))
                .put("notAdmitted", notAdmitted);
    }

    /** Processor time of the thread that applies commands, µs for each command, by round. */
    public Rounds writerUs() {
        return writerUs;
    }

    /** Rates, round by round, against another that was measured in the same rounds. */
    public Rounds ratesAgainst(final Subject other) {
        return rate.dividedBy(other.rate);
    }

    /** The other's processor time for each, of server and client together, divided by this one's. */
    public double cpuAgainst(final Subject other) {
        return Output.rounded((other.serverUs.median() + other.clientUs.median()) / (serverUs.median() + clientUs.median()));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
