package org.mawid.bench.wire;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What clients count together, from any thread. */
final class Tally {
    private final LongAdder done = new LongAdder();
    private final Histogram latency = new ConcurrentHistogram(60_000_000_000L, 3);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean measuring;
    private volatile boolean stopping;

    void done(final int commands, final long tookNs) {
        if (measuring) {
            done.add(commands);
            latency.recordValue(Math.min(tookNs, 59_000_000_000L));
        }
    }

    void fail(final Throwable cause) {
        failure.compareAndSet(null, cause);
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    void stop() {
        stopping = true;
    }

    void measure(final boolean on) {
        measuring = on;
    }

    long count() {
        return done.sum();
    }

    void requireNoFailure() {
        if (failure.get() != null) {
            throw new IllegalStateException("a call failed: " + failure.get().getMessage(), failure.get());
        }
    }

    JsonObject latencyUs() {
        return new JsonObject().put("p50", latency.getValueAtPercentile(50) / 1_000.0).put("p99", latency.getValueAtPercentile(99) / 1_000.0)
                .put("p999", latency.getValueAtPercentile(99.9) / 1_000.0).put("calls", latency.getTotalCount());
    }
}
