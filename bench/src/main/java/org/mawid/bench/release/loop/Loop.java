package org.mawid.bench.release.loop;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.mawid.bench.release.history.History;
import org.mawid.bench.release.wire.Exchange;
import org.mawid.bench.release.wire.Wire;

/**
 * One thread that decides for everybody: it does what is due, sends, and hands over answers. Open loop: what is due does not wait for
 * answers, and counts from when it was due however late it is done.
 */
public final class Loop {
    /** Something to be done at a time. */
    @FunctionalInterface
    public interface Task {
        /** @param dueNs when it should be done, {@link System#nanoTime()} */
        void run(long dueNs);
    }

    private record Due(long dueNs, long number, Task task) implements Comparable<Due> {
        @Override
        public int compareTo(final Due other) {
            final int byTime = Long.compare(dueNs - other.dueNs, 0);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /** Nanoseconds of a second. */
    public static final long SECOND_NS = 1_000_000_000L;
    /**
     * Between two looks at what is due and what has come. What is due is sent so much later at most, and what comes together is heard, written
     * down and sent together: a client that wakes for each of ten thousand a second has no time for anything else.
     */
    private static final long REST_NS = 500_000;
    private static final int AT_ONCE = 64;
    /** After so long a command without an answer is sent again, as a client would that knows its request id. */
    private static final long AGAIN_NS = SECOND_NS;
    /**
     * When nothing but failures has come for so long, nobody is there. A server that stands still gives none, they come of connections that are refused or cut off;
     * and one that is started again within it is gone on with.
     */
    private static final long GONE_NS = 5 * SECOND_NS;

    private final PriorityQueue<Due> agenda = new PriorityQueue<>();
    private final ConcurrentLinkedQueue<Exchange> inbox = new ConcurrentLinkedQueue<>();
    private final Set<Exchange> open = new LinkedHashSet<>();
    private final List<Exchange> outbox = new ArrayList<>();
    private final SplittableRandom ids;
    private final History history;
    private final long releaseNs;
    private final Figures before;
    private final long goneNs;
    private Figures figures;
    private Wire grpc;
    private Wire http;
    private long number;
    private int readsOpen;
    /** Since the last answer. */
    private long failures;
    private long firstFailureNs;
    private boolean isClosed;

    /**
     * @param releaseNs what is due before it goes into {@code before}
     * @param history   null = none is kept
     * @param seed      of request ids: another one in each run
     */
    public Loop(final long releaseNs, final Figures before, final Figures figures, final History history, final long seed) {
        this(releaseNs, before, figures, history, seed, GONE_NS);
    }

    /** @param goneNs how long nothing but failures has come when nobody is there, nanoseconds */
    Loop(final long releaseNs, final Figures before, final Figures figures, final History history, final long seed, final long goneNs) {
        this.goneNs = goneNs;
        this.releaseNs = releaseNs;
        this.before = before;
        this.figures = figures;
        this.history = history;
        this.ids = new SplittableRandom(seed);
    }

    public void wires(final Wire newGrpc, final Wire newHttp) {
        grpc = newGrpc;
        http = newHttp;
    }

    /** From any thread: an exchange was answered, or will not be. */
    public void answered(final Exchange exchange) {
        inbox.add(exchange);
    }

    // ---- the thread that decides

    public void at(final long dueNs, final Task task) {
        agenda.add(new Due(dueNs, number++, task));
    }

    /** Nobody begins anything any more; what is on its way is still heard. */
    public void close() {
        isClosed = true;
        agenda.clear();
    }

    /** Tasks may be given again. */
    public void reopen() {
        isClosed = false;
    }

    public boolean isClosed() {
        return isClosed;
    }

    /** Where what is due from now on is counted. */
    public void figures(final Figures newFigures) {
        figures = newFigures;
    }

    public Figures figuresAt(final long dueNs) {
        return dueNs - releaseNs < 0 ? before : figures;
    }

    public void send(final Exchange exchange) {
        final Figures into = figuresAt(exchange.dueNs());
        exchange.sending(ids.nextLong() | 1, ids.nextLong(), System.currentTimeMillis(), System.nanoTime(), into);
        into.sent(exchange);
        if (exchange.kind().isRead()) {
            readsOpen++;
        } else {
            open.add(exchange);
        }
        if (history != null) {
            history.invoked(exchange);
        }
        outbox.add(exchange);
    }

    /** What is to be sent goes out, once the history has it. */
    private void post() {
        if (history != null) {
            history.write();
        }
        outbox.forEach(exchange -> wire(exchange).send(exchange));
        outbox.clear();
    }

    private Wire wire(final Exchange exchange) {
        return exchange.isHttp() ? http : grpc;
    }

    /** Commands without an answer. */
    public List<Exchange> open() {
        return new ArrayList<>(open);
    }

    /** What is not answered, reads too. */
    public int openCount() {
        return open.size() + readsOpen;
    }

    /** What became of a command was found out in another way; the history does not know it. */
    public void settle(final Exchange exchange) {
        open.remove(exchange);
    }

    /**
     * Goes on until there is nothing more to wait for, or time is over.
     *
     * @return false when it was over
     * @throws InterruptedException this thread was interrupted: whoever did that wants an end of it
     * @throws IllegalStateException nobody is there who would answer
     */
    public boolean run(final long untilNs, final BooleanSupplier isOver) throws InterruptedException {
        while (!isOver.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted");
            }
            final long nowNs = System.nanoTime();
            if (nowNs - untilNs >= 0) {
                return false;
            }
            post();
            if (hear() + doDue(nowNs) == 0) {
                LockSupport.parkNanos(REST_NS);
            }
            post();
        }
        return true;
    }

    private int hear() {
        int heard = 0;
        for (Exchange exchange = inbox.poll(); exchange != null; exchange = inbox.poll()) {
            heard++;
            hear(exchange);
        }
        return heard;
    }

    private void hear(final Exchange exchange) {
        requireServer(exchange);
        if (exchange.kind().isRead()) {
            readsOpen--;
        } else if (!open.contains(exchange)) {
            return; // settled meanwhile
        } else if (exchange.isUnknown()) {
            if (!isClosed) {
                at(System.nanoTime() + AGAIN_NS, dueNs -> again(exchange));
            }
            return;
        } else {
            open.remove(exchange);
        }
        if (history != null) {
            history.completed(exchange); // a read whose answer will not come has failed: it is asked once
        }
        exchange.tally().answered(exchange);
        exchange.actor().answered(exchange);
    }

    /** Of what has come once more, or has failed. */
    private void requireServer(final Exchange exchange) {
        if (exchange.result() != null) {
            failures = 0;
        } else if (failures++ == 0) {
            firstFailureNs = exchange.completeNs();
        } else if (exchange.completeNs() - firstFailureNs > goneNs) {
            throw new IllegalStateException("the server is gone: for " + goneNs / (double) SECOND_NS + " s nothing was answered, and " + failures + " reads and commands found no connection");
        }
    }

    private void again(final Exchange exchange) {
        exchange.tally().again();
        wire(exchange).send(exchange);
    }

    private int doDue(final long nowNs) {
        int done = 0;
        for (Due next = agenda.peek(); next != null && next.dueNs() - nowNs <= 0; next = agenda.peek()) {
            agenda.poll();
            next.task().run(next.dueNs());
            done++;
            if (done % AT_ONCE == 0) {
                post();
                hear();
            }
        }
        return done;
    }
}
