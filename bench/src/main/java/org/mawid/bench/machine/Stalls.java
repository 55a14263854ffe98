package org.mawid.bench.machine;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.mawid.bench.load.Output;

/** What threads that only look at the clock, one on each processor, see of being stopped: by the system, by other programs, by other guests of the host. */
final class Stalls {
    /** A thing is due so often. */
    static final long EVERY_NS = 10_000;
    /** Shorter ones are interrupts, which every machine has. */
    static final long FROM_NS = 200_000;
    static final int WARM_UP_SECONDS = 1;
    private static final long HIGHEST_NS = 60_000_000_000L;

    private final Histogram late = new Histogram(HIGHEST_NS, 2);
    private final Histogram stalls = new Histogram(HIGHEST_NS, 2);
    private long watchedNs;
    private long stoppedNs;
    private long last;
    private long due;

    Stalls() {
    }

    /** Blocks for that long and a second of warm-up. */
    static Stalls over(final int seconds, final int threads, final Output output) throws InterruptedException {
        final List<Stalls> each = new ArrayList<>();
        final List<Thread> watching = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            final Stalls own = new Stalls();
            final Thread thread = new Thread(() -> {
                new Stalls().watch(WARM_UP_SECONDS * 1_000_000_000L);
                own.watch(seconds * 1_000_000_000L);
            }, "bench-clock-" + i);
            thread.setDaemon(true);
            each.add(own);
            watching.add(thread);
            thread.start();
        }
        final long fromNs = System.nanoTime();
        final Stalls all = new Stalls();
        for (int i = 0; i < threads; i++) {
            while (watching.get(i).isAlive()) {
                // A thread that shows progress takes a moment from those that watch: seldom.
                watching.get(i).join(2_000);
                output.progressLeft(Math.max(0, (seconds + WARM_UP_SECONDS) * 1_000_000_000L - (System.nanoTime() - fromNs)), "looking at the clock on %d processors", threads);
            }
            all.add(each.get(i));
        }
        return all;
    }

    private void watch(final long nanos) {
        final long from = System.nanoTime();
        begin(from);
        while (last - from < nanos) {
            look(System.nanoTime());
        }
    }

    void begin(final long now) {
        last = now;
        due = now + EVERY_NS;
    }

    /** The clock once more. */
    void look(final long now) {
        final long gap = now - last;
        if (gap >= FROM_NS) {
            stalls.recordValue(Math.min(HIGHEST_NS, gap));
            stoppedNs += gap;
        }
        for (; due <= now; due += EVERY_NS) {
            late.recordValue(Math.min(HIGHEST_NS, now - due));
        }
        watchedNs += gap;
        last = now;
    }

    private void add(final Stalls other) {
        late.add(other.late);
        stalls.add(other.stalls);
        watchedNs += other.watchedNs;
        stoppedNs += other.stoppedNs;
    }

    /** Nanoseconds by which what was due was late: a stall makes all late that was due in it. */
    Histogram late() {
        return late;
    }

    double stoppedPercent() {
        return 100.0 * stoppedNs / watchedNs;
    }

    /** On each processor. */
    double longerThanPerSecond(final long nanos) {
        return stalls.getCountBetweenValues(nanos, HIGHEST_NS) * 1e9 / watchedNs;
    }

    /** 0 when there was none. */
    long longestNs() {
        return stalls.getMaxValue();
    }
}
