package org.mawid.bench.release.history;

/** A hold that was given, or may have been. */
final class KnownHold {
    private static final double DRIFT = 0.001;

    final HistoryLine line;
    /** When it was first asked to be given back; {@link Long#MAX_VALUE} = never. */
    long endInvokedNs = Long.MAX_VALUE;
    boolean isConfirmed;
    boolean isPossiblyConfirmed;
    boolean isGivenBack;

    KnownHold(final HistoryLine line) {
        this.line = line;
    }

    /** Until when it certainly has its places; the server's clock may run a thousandth faster while it is drawn towards wall time. */
    long certainUntilNs() {
        if (isConfirmed) {
            return Long.MAX_VALUE;
        }
        return Math.min(endInvokedNs, line.ttlNs < 0 ? line.completeNs : line.invokeNs + (long) (line.ttlNs * (1 - DRIFT)));
    }

    /** Whether it may have its places at the end. */
    boolean isPossibleAt(final long endNs) {
        final long madeByNs = line.isAnswered() ? line.completeNs : endNs;
        final boolean isOver = isGivenBack || line.ttlNs >= 0 && madeByNs + (long) (line.ttlNs * (1 + DRIFT)) <= endNs;
        return isConfirmed || isPossiblyConfirmed || !isOver;
    }
}
