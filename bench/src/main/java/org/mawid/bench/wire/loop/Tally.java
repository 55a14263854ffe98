package org.mawid.bench.wire.loop;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.mawid.bench.load.LifeBooks;

/**
 * What clients count together, from any thread. Closed loop: what is answered while it measures. Open loop: what was due in a window,
 * whenever it is answered; what was not answered at all is counted too, with the time that it has waited.
 */
public final class Tally {
    public static final long MOST_NS = 60_000_000_000L;

    private final LongSupplier clock;
    private final LifeBooks books;
    private final LongAdder done = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder notAdmitted = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final Histogram latency = new ConcurrentHistogram(MOST_NS, 3);
    private final AtomicInteger goingOn = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile Window window = Window.NONE;
    private volatile boolean measuring;
    private volatile boolean stopping;
    private long unanswered;

    /** What was due from one instant on and before another, {@link System#nanoTime()}. */
    private record Window(long fromNs, long toNs) {
        static final Window NONE = new Window(0, 0);

        boolean holds(final long dueNs) {
            return dueNs - fromNs >= 0 && dueNs - toNs < 0;
        }
    }

    public Tally() {
        this(new LifeBooks());
    }

    /** @param books of all that the clients' lives say to the server, also while nothing is measured */
    public Tally(final LifeBooks books) {
        this(System::nanoTime, books);
    }

    /** @param clock nanoseconds, as {@link System#nanoTime()} */
    Tally(final LongSupplier clock) {
        this(clock, new LifeBooks());
    }

    private Tally(final LongSupplier clock, final LifeBooks books) {
        this.clock = clock;
        this.books = books;
    }

    public LifeBooks books() {
        return books;
    }

    /** A call of a closed loop was answered. @param commands that it did */
    public void done(final int commands, final long tookNs) {
        if (measuring) {
            count(commands, tookNs);
        }
    }

    /**
     * A call was answered, of either loop.
     *
     * @param commands that it did
     * @param sinceNs  from when its latency counts: closed loop, when it was sent; open loop, when it was due
     */
    public void answered(final int commands, final long sinceNs) {
        if (measuring || window.holds(sinceNs)) {
            count(commands, clock.getAsLong() - sinceNs);
        }
    }

    private void count(final int commands, final long tookNs) {
        done.add(commands);
        latency.recordValue(bounded(tookNs));
    }

    private static long bounded(final long ns) {
        return Math.max(0, Math.min(ns, MOST_NS));
    }

    /** Answered with a refusal: no failure, and not done. */
    public void refused(final int commands) {
        if (measuring) {
            refused.add(commands);
        }
    }

    public long refused() {
        return refused.sum();
    }

    /** The server said that it has no place now: back-pressure, not a failure. They are sent again. */
    public void notAdmitted(final int commands) {
        if (measuring || window != Window.NONE) {
            notAdmitted.add(commands);
        }
    }

    public long notAdmitted() {
        return notAdmitted.sum();
    }

    /** Open loop: calls of the window that have no answer. @param waitedNs each at least so long */
    void missing(final long calls, final long waitedNs) {
        unanswered += calls;
        latency.recordValueWithCount(bounded(waitedNs), calls);
    }

    public long unanswered() {
        return unanswered;
    }

    /** Got no answer, and will be asked for again. */
    public void lost(final int commands) {
        if (measuring) {
            lost.add(commands);
        }
    }

    public long lost() {
        return lost.sum();
    }

    public void fail(final Throwable cause) {
        failure.compareAndSet(null, cause);
        stopping = true;
    }

    public boolean hasFailed() {
        return failure.get() != null;
    }

    public boolean isStopping() {
        return stopping;
    }

    /** When it returns nobody is in the midst of going on, and nobody will be: what the books have is all that was ever said. Not from within {@link #unlessStopping}. */
    public void stop() {
        stopping = true;
        while (goingOn.get() > 0) {
            Thread.yield();
        }
    }

    /** A closed loop goes on, unless it is over. @param next says the next */
    public void unlessStopping(final Runnable next) {
        goingOn.incrementAndGet();
        try {
            if (!stopping) {
                next.run();
            }
        } finally {
            goingOn.decrementAndGet();
        }
    }

    /** Closed loop: whether answers count from now on. */
    public void measure(final boolean on) {
        measuring = on;
    }

    /** Open loop: what is due from one instant on and before the other counts. */
    void measureDue(final long fromNs, final long toNs) {
        window = new Window(fromNs, toNs);
    }

    /** Open loop: what has been counted so far is as if it had not been. */
    void forget() {
        window = Window.NONE;
        done.reset();
        notAdmitted.reset();
        latency.reset();
    }

    /** Open loop: an answer that comes from now on counts no more. */
    void closeWindow() {
        window = Window.NONE;
    }

    /** Commands done. */
    public long count() {
        return done.sum();
    }

    /** Calls answered, and those that are known to be missing. */
    public long calls() {
        return latency.getTotalCount();
    }

    public void requireNoFailure() {
        if (failure.get() != null) {
            throw new IllegalStateException("a call failed: " + failure.get().getMessage(), failure.get());
        }
    }

    /** Nanoseconds of every call so far. */
    public Histogram latency() {
        return latency;
    }

    /** Of a call, to its answer. @param percentile 0 to 100 */
    public double latencyUs(final double percentile) {
        return latency.getValueAtPercentile(percentile) / 1_000.0;
    }
}
