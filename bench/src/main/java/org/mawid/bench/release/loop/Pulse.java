package org.mawid.bench.release.loop;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.mawid.bench.release.wire.Wire;

/**
 * Asks each transport's thread, again and again, to do something at once, and measures how long it took to come to it. As late as that it is with
 * what is to be sent, and with answers that have come and wait to be read: the client's own delay in what would else look like the server's.
 */
public final class Pulse implements Loop.Task {
    private static final long EVERY_NS = 10_000_000;
    private static final long LONGEST_NS = 120_000_000_000L;

    private final Loop loop;
    private final Wire[] wires;
    private final long untilNs;
    private final Histogram lateNs = new ConcurrentHistogram(LONGEST_NS, 3);

    /** @param untilNs {@link System#nanoTime()} */
    public Pulse(final Loop loop, final long untilNs, final Wire... wires) {
        this.loop = loop;
        this.untilNs = untilNs;
        this.wires = wires;
    }

    @Override
    public void run(final long dueNs) {
        for (final Wire wire : wires) {
            final long askedNs = System.nanoTime();
            wire.pulse(() -> lateNs.recordValue(Math.min(LONGEST_NS, Math.max(0, System.nanoTime() - askedNs))));
        }
        if (dueNs + EVERY_NS - untilNs < 0) {
            loop.at(dueNs + EVERY_NS, this);
        }
    }

    /** Nanoseconds. Once the transports are closed. */
    public Histogram lateNs() {
        return lateNs;
    }
}
