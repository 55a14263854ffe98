package org.mawid.api.http;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts durations in buckets that double, 1 µs to 17 s. One thread records, at a few nanoseconds and without an object; any thread
 * reads. Micrometer's own costs a hundred times as much, which the core's thread cannot give away.
 */
final class Histogram {
    private static final int FIRST_BIT = 10;
    private static final int BUCKETS = 26;
    private static final double NANOS = 1e9;

    /** The last one has no upper bound; behind it the sum. */
    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS + 1);

    /** Always by the same thread. */
    void record(final long nanos) {
        final long duration = Math.max(0, nanos);
        add(bucket(duration), 1);
        add(BUCKETS, duration);
    }

    private void add(final int index, final long value) {
        counts.lazySet(index, counts.getPlain(index) + value);
    }

    /** Bucket i holds up to 2^(10 + i) nanoseconds. */
    static int bucket(final long nanos) {
        final int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, nanos - 1));
        return Math.min(BUCKETS - 1, Math.max(0, bits - FIRST_BIT));
    }

    long count() {
        long count = 0;
        for (int i = 0; i < BUCKETS; i++) {
            count += counts.get(i);
        }
        return count;
    }

    HistogramSnapshot.HistogramDataPointSnapshot snapshot() {
        final double[] bounds = new double[BUCKETS];
        final long[] each = new long[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            bounds[i] = i == BUCKETS - 1 ? Double.POSITIVE_INFINITY : (1L << FIRST_BIT + i) / NANOS;
            each[i] = counts.get(i);
        }
        return HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, each))
                .sum(counts.get(BUCKETS) / NANOS)
                .build();
    }
}
