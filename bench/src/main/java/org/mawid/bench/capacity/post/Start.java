package org.mawid.bench.capacity.post;

/**
 * When a visit could begin.
 *
 * @param startMs of its first stop
 * @param units   by stop, first five-minute unit on that date
 */
record Start(int epochDay, long startMs, int[] units) {
}
