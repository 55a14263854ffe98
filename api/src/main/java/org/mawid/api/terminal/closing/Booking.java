package org.mawid.api.terminal.closing;

import java.util.List;

/**
 * What is to be told to the core of a period, decided once and kept before it is told, so that each repeat says the same.
 *
 * @param batchId   that was open when it was decided, 0 = none
 * @param currency  of the batch, empty = none
 * @param theirs    as the batch is closed with, see {@link Tally}
 * @param createdMs of the commands
 * @param position  of the log when the ledger's side was read
 */
record Booking(int postId, long batchId, String currency, Sums ours, Sums theirs, long pairs, List<Difference> differences, long createdMs, long position) {
    Booking createdAt(final long nowMs) {
        return new Booking(postId, batchId, currency, ours, theirs, pairs, differences, nowMs, position);
    }

    boolean agrees() {
        return differences.isEmpty() && ours.equals(theirs);
    }
}
