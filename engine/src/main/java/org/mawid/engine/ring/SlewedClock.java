package org.mawid.engine.ring;

import java.time.Instant;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs on the monotonic clock and is drawn slowly towards wall time. A wall clock that steps, forth or back, changes only the
 * rate of this one, by at most the given parts in a million: an expiry may come a little late or early, nothing jumps or halts.
 * <p>It begins with wall time, or where the log ended when that is later. If it began behind the log, log time would stand until it had
 * caught up: no hold would expire, and clients with the right time would be told CREATED_IN_FUTURE, for as long as the wall clock is wrong.
 * <p>That a step was right only people know: {@link #takeOver} is theirs, and never called by the engine itself.
 * <p>Threads: any; {@link #nowMs} waits for nobody. Source of the rule: design, "Log time".
 */
final class SlewedClock implements HostClock {
    private static final Logger LOG = LoggerFactory.getLogger(SlewedClock.class);
    private static final long MILLION = 1_000_000L;
    private static final long NANOS_PER_MS = 1_000_000L;
    /** An offset is meant to be gone after this time, if the rate allows. */
    private static final long TARGET_NANOS = 600_000_000_000L;
    private static final long SAID_FROM_MS = 1_000L;

    private final LongSupplier monotonicNanos;
    private final LongSupplier wallMs;
    private final long maxPpm;
    private volatile Line line;
    private long saidMs;

    /** From {@code startNanos} of the monotonic clock on, time is startHostNanos and runs faster by {@code ppm} parts in a million. */
    private record Line(long startNanos, long startHostNanos, long ppm) {
        long at(final long nanos) {
            final long elapsed = nanos - startNanos;
            // Split so that years of nanoseconds times the rate stay within a long.
            return startHostNanos + elapsed + elapsed / MILLION * ppm + elapsed % MILLION * ppm / MILLION;
        }
    }

    SlewedClock(final LongSupplier monotonicNanos, final LongSupplier wallMs, final long maxPpm) {
        this.monotonicNanos = monotonicNanos;
        this.wallMs = wallMs;
        this.maxPpm = maxPpm;
        this.line = new Line(monotonicNanos.getAsLong(), wallMs.getAsLong() * NANOS_PER_MS, 0);
    }

    @Override
    public long nowMs() {
        return line.at(monotonicNanos.getAsLong()) / NANOS_PER_MS;
    }

    @Override
    public long wallMs() {
        return wallMs.getAsLong();
    }

    @Override
    public synchronized void notBefore(final long logMs) {
        final long nanos = monotonicNanos.getAsLong();
        if (line.at(nanos) < logMs * NANOS_PER_MS) {
            line = new Line(nanos, logMs * NANOS_PER_MS, 0);
        }
    }

    @Override
    public synchronized long takeOver() {
        final long nanos = monotonicNanos.getAsLong();
        final long toMs = wallMs.getAsLong();
        final long forwardMs = toMs - line.at(nanos) / NANOS_PER_MS;
        if (forwardMs <= 0) {
            return 0;
        }
        line = new Line(nanos, toMs * NANOS_PER_MS, 0);
        saidMs = 0;
        LOG.warn("the operator says that the wall clock is right: the engine's time goes forward by {} ms, to {}", forwardMs, Instant.ofEpochMilli(toMs));
        return forwardMs;
    }

    @Override
    public synchronized void slew() {
        final long nanos = monotonicNanos.getAsLong();
        final long host = line.at(nanos);
        final long offsetMs = wallMs.getAsLong() - host / NANOS_PER_MS;
        final long wished = offsetMs * NANOS_PER_MS / (TARGET_NANOS / MILLION);
        line = new Line(nanos, host, Math.max(-maxPpm, Math.min(maxPpm, wished)));
        if (Math.abs(offsetMs) < SAID_FROM_MS) {
            saidMs = 0;
        } else if (Math.abs(offsetMs - saidMs) >= Math.max(SAID_FROM_MS, Math.abs(saidMs) / 2)) {
            saidMs = offsetMs;
            say(offsetMs);
        }
    }

    private void say(final long offsetMs) {
        if (offsetMs > 0) {
            LOG.warn("the wall clock is {} ms ahead of the engine's time, which follows it by at most {} parts in a million. If the wall clock is right: mawid clock --take-over", offsetMs, maxPpm);
        } else {
            LOG.warn("the wall clock is {} ms behind the engine's time, which never goes back and is slower by at most {} parts in a million until they meet", -offsetMs, maxPpm);
        }
    }
}
