package org.mawid.bench.capacity.result;

/** Between which numbers of counters a desk begins to meet a target: doubled steps up from what there is, then halves between what failed and what was enough. */
final class Bracket {
    private final int most;
    private int failed;
    private int met;
    private int candidate;
    private int step = 1;

    /** @param now to begin with @param most there can be */
    Bracket(final int now, final int most) {
        this.candidate = now;
        this.most = most;
    }

    boolean isOver() {
        return met > 0 && met - failed == 1 || failed == most;
    }

    /** The number to try next; once it is over, the smallest that was enough, or the most there can be. */
    int candidate() {
        return candidate;
    }

    void answered(final boolean isMet) {
        if (isMet) {
            met = candidate;
        } else {
            failed = candidate;
        }
        if (met > 0) {
            candidate = isOver() ? met : (failed + met) / 2;
        } else {
            candidate = Math.min(most, failed + step);
            step *= 2;
        }
    }
}
