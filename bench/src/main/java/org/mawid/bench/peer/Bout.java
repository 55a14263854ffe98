package org.mawid.bench.peer;

import io.vertx.core.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToLongFunction;
import org.HdrHistogram.Histogram;
import org.mawid.bench.load.Latency;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Rounds;
import org.mawid.bench.peer.work.Applications;
import org.mawid.bench.peer.work.Books;
import org.mawid.bench.peer.work.Calendar;
import org.mawid.bench.peer.work.Drive;
import org.mawid.bench.peer.work.Ground;
import org.mawid.bench.peer.work.Peer;
import org.mawid.bench.peer.work.Questions;
import org.mawid.bench.peer.work.Share;
import org.mawid.bench.peer.work.Taken;
import org.mawid.bench.process.Used;
import org.mawid.bench.wire.loop.Tally;

/**
 * One peer under one load, and what was measured of it, round by round. After each round the books of its clients are held against the
 * server, and everything is given back.
 */
final class Bout implements Closeable {
    /** Posts of which one can search the calendar, filled before. */
    private static final int SEARCHED_POSTS = 10;
    /** Asked for, as a share of the places: some slots stay free, and not every date has four of them in a row. */
    private static final double SEARCHED_FILL = 1.1;
    private static final int FILLING_CLIENTS = 8;
    private static final long SETTLE_MS = 200;
    private static final long LOOK_MS = 10;
    private static final long LONGEST_NS = 60_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;

    private final Peer peer;
    private final Mode mode;
    private final int clients;
    private final int batch;
    private final Drive drive;
    private final Ground ground;
    private final List<Books> books;
    private final Questions questions;
    private final Rounds rate = new Rounds();
    private final Rounds serverUs = new Rounds();
    private final Rounds compilerUs = new Rounds();
    private final Rounds clientUs = new Rounds();
    private final Rounds clientCompilerUs = new Rounds();
    private final Rounds p50Us = new Rounds();
    private final Rounds p99Us = new Rounds();
    private final Rounds p999Us = new Rounds();
    private final Histogram latency = new Histogram(LONGEST_NS, 3);
    private long rejected;
    private long errors;
    private long notAdmitted;
    private boolean endedEarly;

    private Bout(final Peer peer, final Mode mode, final int clients, final int batch, final Drive drive, final Ground ground, final List<Books> books,
                 final Questions questions) {
        this.peer = peer;
        this.mode = mode;
        this.clients = clients;
        this.batch = batch;
        this.drive = drive;
        this.ground = ground;
        this.books = books;
        this.questions = questions;
    }

    /**
     * Connects the clients; nothing is held yet.
     *
     * @param posts        that clients go to at one time, unless it is a hot day
     * @param applications how many there are; each client gets its share
     * @param streams      of the run: what its clients ask for
     */
    static Bout of(final Peer peer, final Mode mode, final int clients, final int batch, final int posts, final int applications, final Streams streams) throws Exception {
        streams.begin();
        if (mode == Mode.search) {
            return searching(peer, clients, applications, streams);
        }
        final Ground ground = mode == Mode.hot ? Ground.hot(peer.calendar()) : Ground.spread(peer.calendar(), posts);
        return new Bout(peer, mode, clients, batch, peer.drive(clients), ground, books(peer.calendar(), ground, clients, applications, client -> streams.of(mode, client), streams), null);
    }

    private static Bout searching(final Peer peer, final int clients, final int applications, final Streams streams) throws Exception {
        final Calendar calendar = peer.calendar();
        final int posts = Math.min(SEARCHED_POSTS, calendar.posts());
        final int days = posts * calendar.dates();
        final Ground ground = new Ground(0, days, 1, Long.MAX_VALUE);
        final int wanted = (int) Math.min(applications, SEARCHED_FILL * days * calendar.slots() * calendar.capacity() / Applications.meanUnits());
        final List<Books> books = books(calendar, ground, FILLING_CLIENTS, wanted, streams::ofFilling, streams);
        try (Drive filling = peer.drive(FILLING_CLIENTS)) {
            final Tally tally = new Tally();
            filling.start(books, Books::nextHold, peer.name().batch(), tally);
            filling.await();
            tally.requireNoFailure();
        }
        final Taken taken = balanced(peer, books);
        final Questions questions = new Questions(0, posts, taken, streams.of(Mode.search, 0));
        return new Bout(peer, Mode.search, clients, 1, peer.drive(clients), ground, books, questions);
    }

    private static List<Books> books(final Calendar calendar, final Ground ground, final int clients, final int applications, final IntToLongFunction seeds, final Streams streams) {
        final List<Books> books = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            books.add(new Books(calendar, ground, Share.of(client, clients, applications), seeds.applyAsLong(client), streams.ids(client)));
        }
        return books;
    }

    Peer peer() {
        return peer;
    }

    int batch() {
        return batch;
    }

    /**
     * Lets the clients go on until the compilers, of the server and here, have little left to do, and forgets what was measured.
     *
     * @param most seconds
     * @return false when they were not through by then, or when all that there is to hold was held before
     */
    boolean warmUp(final int most, final Progress progress) throws Exception {
        final Calm calm = new Calm(peer);
        return play(most, progress, calm::isReached, null);
    }

    /** @throws IllegalStateException the books do not balance, or a call failed */
    void round(final int seconds, final Progress progress) throws Exception {
        play(seconds, progress, () -> false, this::keep);
    }

    /** Looks whether it is enough. */
    @FunctionalInterface
    private interface Enough {
        boolean isReached() throws IOException;
    }

    private Used server() throws IOException {
        return new Used(peer.cpuNs(), peer.compilerNs(), 0);
    }

    /** What is to be done with what was measured. */
    @FunctionalInterface
    private interface Keeping {
        void keep(Tally tally, long tookNs, Used server, Used client);
    }

    /** Is told how fast it goes, at most once a second. */
    @FunctionalInterface
    interface Progress {
        void at(double perSecond);
    }

    /** @return whether it ended because it was enough */
    private boolean play(final int seconds, final Progress progress, final Enough enough, final Keeping keeping) throws Exception {
        final Tally tally = new Tally();
        if (questions != null) {
            drive.search(questions, tally);
        } else {
            drive.start(books, Books::next, batch, tally);
        }
        Thread.sleep(SETTLE_MS);
        final Used server = server();
        final Used client = Used.here();
        final long fromNs = System.nanoTime();
        long shownNs = fromNs;
        tally.measure(true);
        boolean isEnough = false;
        while (System.nanoTime() - fromNs < seconds * SECOND_NS && !tally.isStopping() && !ground.isUsedUp() && !isEnough) {
            Thread.sleep(LOOK_MS);
            isEnough = enough.isReached();
            if (System.nanoTime() - shownNs > SECOND_NS) {
                shownNs = System.nanoTime();
                progress.at(tally.count() * 1e9 / (shownNs - fromNs));
            }
        }
        tally.measure(false);
        final long tookNs = System.nanoTime() - fromNs;
        final Used clientUsed = Used.here().since(client);
        final Used serverUsed = server().since(server);
        progress.at(tally.count() * 1e9 / tookNs);
        tally.stop();
        drive.await();
        try {
            tally.requireNoFailure();
        } catch (final IllegalStateException e) {
            throw new IllegalStateException(peer.name() + ": " + e.getMessage(), e);
        }
        if (keeping != null) {
            endedEarly |= ground.isUsedUp();
            keeping.keep(tally, tookNs, serverUsed, clientUsed);
        }
        if (questions == null) {
            balanced(peer, books);
            giveBack();
        }
        return isEnough;
    }

    private void keep(final Tally tally, final long tookNs, final Used server, final Used client) {
        final double done = Math.max(1, tally.count());
        rate.add(done * 1e9 / tookNs);
        serverUs.add(server.us(done));
        compilerUs.add(server.compilerUs(done));
        clientUs.add(client.us(done));
        clientCompilerUs.add(client.compilerUs(done));
        p50Us.add(tally.latencyUs(50));
        p99Us.add(tally.latencyUs(99));
        p999Us.add(tally.latencyUs(99.9));
        latency.add(tally.latency());
        rejected += tally.refused();
        errors += tally.lost();
        notAdmitted += tally.notAdmitted();
    }

    /** Holds the server against its clients' books. @return what both say */
    private static Taken balanced(final Peer peer, final List<Books> books) throws Exception {
        final Taken own = new Taken(peer.calendar());
        final BitSet seen = new BitSet();
        for (final Books one : books) {
            one.addTo(own);
            seen.or(one.seen());
        }
        peer.taken(seen).requireSameAs(own, peer.name().name());
        return own;
    }

    private void giveBack() throws Exception {
        final Tally tally = new Tally();
        drive.start(books, Books::nextBack, peer.name().batch(), tally);
        drive.await();
        tally.requireNoFailure();
        ground.clear();
    }

    /** Rates, round by round, against another that was measured in the same rounds. */
    Rounds ratesAgainst(final Bout other) {
        return rate.dividedBy(other.rate);
    }

    /** The other's processor time for each, of server and client together, divided by this one's. */
    double cpuAgainst(final Bout other) {
        return Output.rounded((other.serverUs.median() + other.clientUs.median()) / (serverUs.median() + clientUs.median()));
    }

    /** Percentiles are those of the middle round; the curve is of all rounds together. */
    JsonObject figures() {
        final JsonObject figures = new JsonObject().put("commandsOfACall", batch).put("perSecond", rate.median()).put("rounds", rate.all())
                .put("serverCpuUsEach", serverUs.median()).put("clientCpuUsEach", clientUs.median()).put("serverCompilerUsEach", compilerUs.median())
                .put("clientCompilerUsEach", clientCompilerUs.median())
                .put("latencyUs", Latency.us(latency).put("p50", p50Us.median()).put("p99", p99Us.median()).put("p999", p999Us.median()))
                .put("rejected", rejected).put("errors", errors).put("notAdmitted", notAdmitted).put("endedEarly", endedEarly);
        return questions == null ? figures : figures.put("datesFoundPercent", Output.rounded(100 * questions.found(peer.calendar().dates())));
    }

    /** The same in one line. Latency is that of a call, also where it carries many commands; what was not admitted was asked again at once. */
    String line() {
        return String.format(Locale.ROOT, "peer=%s durability=fsync mode=%s clients=%d batch=%d ops_per_s=%.0f p50_us=%.0f p99_us=%.0f p999_us=%.0f rejected=%d errors=%d server_cpu_us_per_op=%.3g client_cpu_us_per_op=%.3g%s%s",
                peer.name(), mode, clients, batch, rate.median(), p50Us.median(), p99Us.median(), p999Us.median(), rejected, errors, serverUs.median(),
                clientUs.median(), notAdmitted > 0 ? " not_admitted=" + notAdmitted : "", endedEarly ? " ended_early=true" : "");
    }

    /** Gives back what the searches were about. */
    @Override
    public void close() throws IOException {
        drive.close();
        if (questions == null) {
            return;
        }
        try (Drive emptying = peer.drive(books.size())) {
            final Tally tally = new Tally();
            emptying.start(books, Books::nextBack, peer.name().batch(), tally);
            emptying.await();
            tally.requireNoFailure();
        } catch (final Exception e) {
            throw new IOException(peer.name() + ": what was searched could not be given back: " + e.getMessage(), e);
        }
    }
}
