package org.mawid.bench.wire;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What clients count together, from any thread. */
public final class Tally {
    private final LongAdder done = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder notAdmitted = new LongAdder();
    private final Histogram latency = new ConcurrentHistogram(60_000_000_000L, 3);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean measuring;
    private volatile boolean stopping;

    public void done(final int commands, final long tookNs) {
        if (measuring) {
            done.add(commands);
            latency.recordValue(Math.min(tookNs, 59_000_000_000L));
        }
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
        if (measuring) {
            notAdmitted.add(commands);
        }
    }

    public long notAdmitted() {
        return notAdmitted.sum();
    }

    public void fail(final Throwable cause) {
        failure.compareAndSet(null, cause);
        stopping = true;
    }

    public boolean isStopping() {
        return stopping;
    }

    public void stop() {
        stopping = true;
    }

    public void measure(final boolean on) {
        measuring = on;
    }

    public long count() {
        return done.sum();
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

    /** Of a call, from sending to answer. @param percentile 0 to 100 */
    public double latencyUs(final double percentile) {
        return latency.getValueAtPercentile(percentile) / 1_000.0;
    }
}
