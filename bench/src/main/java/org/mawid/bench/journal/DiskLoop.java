package org.mawid.bench.journal;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * A disk under the stream of bytes that commands at a stated rate are: each append takes what has come due since the one before, as the journal
 * does. Latency counts from when a record was due, and all that is due in the time counts, also what the last append held up.
 */
final class DiskLoop {
    /** A record of the journal, on average. */
    private static final int RECORD_BYTES = 168;
    private static final int BLOCK_BYTES = 4096;
    private static final int MOST_BYTES = 1 << 20;
    private static final long IDLE_NS = 20_000L;
    private static final long SECOND_NS = 1_000_000_000L;

    private final Appends disk;
    private final LongSupplier clock;

    /** What keeps bytes. */
    @FunctionalInterface
    interface Appends {
        /** Returns when so many bytes, a multiple of 4 096, are durable. */
        void append(int groupBytes) throws IOException;
    }

    /** @param clock nanoseconds, as {@link System#nanoTime()} */
    DiskLoop(final Appends disk, final LongSupplier clock) {
        this.disk = disk;
        this.clock = clock;
    }

    /**
     * Appends what is due in so many seconds.
     *
     * @param left is told what is left of it, ns, after each append
     * @return ns from when each record was due until it was durable
     */
    Histogram latency(final long perSecond, final int seconds, final LongConsumer left) throws IOException {
        final Histogram histogram = Feed.newHistogram();
        final long total = perSecond * seconds;
        final long fromNs = clock.getAsLong();
        long done = 0;
        while (done < total) {
            final long due = Math.min(total, (clock.getAsLong() - fromNs) * perSecond / SECOND_NS + 1);
            if (due <= done) {
                LockSupport.parkNanos(IDLE_NS);
                continue;
            }
            final long take = Math.min(due - done, MOST_BYTES / RECORD_BYTES);
            disk.append((int) ((take * RECORD_BYTES + BLOCK_BYTES - 1) & -BLOCK_BYTES));
            final long tookNs = clock.getAsLong() - fromNs;
            for (long record = done; record < done + take; record++) {
                histogram.recordValue(Math.max(0, Math.min(histogram.getHighestTrackableValue(), tookNs - record * SECOND_NS / perSecond)));
            }
            done += take;
            left.accept(Math.max(0, seconds * SECOND_NS - tookNs));
        }
        return histogram;
    }
}
