package org.mawid.bench.capacity.post;

import java.time.Instant;
import java.util.Arrays;

/**
 * When a visit could begin.
 *
 * @param startMs of its first stop
 * @param units   by stop, first five-minute unit on that date
 */
record Start(int epochDay, long startMs, int[] units) {
    /** For a message. */
    @Override
    public String toString() {
        return Instant.ofEpochMilli(startMs) + ", units " + Arrays.toString(units);
    }
}
