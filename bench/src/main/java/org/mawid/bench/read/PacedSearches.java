package org.mawid.bench.read;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.mawid.bench.load.Latency;
import org.mawid.bench.load.OpenOptions;
import org.mawid.bench.load.Output;

/**
 * Searches at a stated rate on the thread that asks, whatever they take: each counts from when it was due, not from when its turn came.
 * <p>A search takes a microsecond or a few, less than it takes to be woken. So nothing sleeps for the next one when it is near: the clock
 * is read until it is due. What comes due while another search runs follows it without a pause, so that a hold-up is caught up with at
 * full speed. At a rate so low that the next one is far the thread parks until shortly before.
 */
final class PacedSearches {
    /** What the compiler, the caches and the collector need to be used to it. */
    static final int SETTLE_SECONDS = 1;
    /** Nearer than that the clock is read until it is time: whoever is woken may be late by as much. */
    private static final long NEAR_NS = 200_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    /** So long what is late is caught up with once the window is over. */
    private static final long CATCH_UP_NS = 2_000_000_000L;
    private static final long MOST_NS = 3_600L * SECOND_NS;
    /** Share of what was due that must have been answered when the window ends, as over the wire. */
    private static final double KEPT = 0.98;
    /** Those that were never made are counted in so many parts. */
    private static final int PARTS = 1_000;

    private final IntToLongFunction search;
    private final LongSupplier clock;
    private final Output output;
    private int next;

    /** @param search gets numbers from 0 on, gives what it found @param clock nanoseconds, as {@link System#nanoTime()} */
    PacedSearches(final IntToLongFunction search, final LongSupplier clock, final Output output) {
        this.search = search;
        this.clock = clock;
        this.output = output;
    }

    /**
     * What a window gave.
     *
     * @param due        searches, in so many {@code seconds}
     * @param inTime     of them made when the window ended
     * @param unanswered of them not made at all: given up, and in the histogram with the time for which they had waited by then
     * @param ns         latency of every one that was due
     */
    record Window(long due, double perSecond, int seconds, long inTime, long unanswered, Histogram ns) implements OpenOptions.Run {
        boolean keptSchedule() {
            return unanswered == 0 && inTime >= KEPT * due;
        }

        @Override
        public boolean holds(final double mostP99Us) {
            return keptSchedule() && p99Us() <= mostP99Us;
        }

        @Override
        public double p99Us() {
            return Latency.us(ns, 99);
        }

        @Override
        public JsonObject figures() {
            return new JsonObject().put("duePerSecond", Output.rounded(perSecond)).put("perSecond", Output.rounded(inTime / (double) seconds))
                    .put("keptSchedule", keptSchedule()).put("unanswered", unanswered).put("latencyUs", Latency.us(ns));
        }
    }

    /** How long {@link #at} takes when nothing is late, seconds. */
    static double plannedSeconds(final int seconds) {
        return SETTLE_SECONDS + seconds;
    }

    /**
     * A window at this rate, after one that does not count.
     *
     * @param what  for the progress line
     * @param after what is to be measured after it, ns
     */
    Window at(final double perSecond, final int seconds, final String what, final long after) {
        window(perSecond, SETTLE_SECONDS, what, seconds * SECOND_NS + after);
        return window(perSecond, seconds, what, after);
    }

    private Window window(final double perSecond, final int seconds, final String what, final long after) {
        final Histogram latency = new Histogram(MOST_NS, 3);
        final double intervalNs = 1e9 / perSecond;
        final long due = Math.max(1, (long) (perSecond * seconds));
        final long fromNs = clock.getAsLong();
        final long endNs = fromNs + seconds * SECOND_NS;
        long nowNs = fromNs;
        long made = 0;
        long inTime = 0;
        long found = 0;
        while (made < due && nowNs - endNs < CATCH_UP_NS) {
            final long dueNs = fromNs + (long) (made * intervalNs);
            if (nowNs - dueNs < 0) {
                park(dueNs - nowNs);
                nowNs = clock.getAsLong();
            } else {
                found += search.applyAsLong(next++ & Integer.MAX_VALUE);
                nowNs = clock.getAsLong();
                latency.recordValue(Math.min(MOST_NS, nowNs - dueNs));
                made++;
                inTime = nowNs - endNs <= 0 ? made : inTime;
            }
            if ((made & 255) == 0 && output.isDue()) {
                output.progressLeft(Math.max(0, endNs - nowNs) + after, "%s: %,d answered", what, made);
            }
        }
        if (found == 0) {
            throw new IllegalStateException("nothing was found, so nothing was measured");
        }
        giveUp(latency, made, due, nowNs - fromNs, intervalNs);
        if (latency.getTotalCount() != due) {
            throw new IllegalStateException(String.format("%,d searches were due and %,d are accounted for", due, latency.getTotalCount()));
        }
        return new Window(due, perSecond, seconds, inTime, due - made, latency);
    }

    /** Those from one on that were never made count with the time for which they had waited. @param passedNs since the first was due */
    private static void giveUp(final Histogram latency, final long from, final long due, final long passedNs, final double intervalNs) {
        final long part = Math.max(1, (due - from) / PARTS);
        for (long first = from; first < due; first += part) {
            latency.recordValueWithCount(Math.min(MOST_NS, Math.max(0, passedNs - (long) (first * intervalNs))), Math.min(part, due - first));
        }
    }

    private static void park(final long leftNs) {
        if (leftNs > NEAR_NS) {
            LockSupport.parkNanos(leftNs - NEAR_NS);
        } else {
            Thread.onSpinWait();
        }
    }
}
