package org.mawid.api.terminal.closing;

import org.mawid.api.terminal.TerminalTotals.OfCurrency;

/** Payments, and what was undone of them. Minor units of one currency. */
public record Sums(long paidMinor, long paidCount, long undoneMinor, long undoneCount) {
    static final Sums NONE = new Sums(0, 0, 0, 0);

    static Sums of(final OfCurrency totals) {
        return new Sums(totals.paymentsMinor(), totals.payments(), totals.reversalsMinor(), totals.reversals());
    }

    Sums less(final Sums other) {
        return new Sums(paidMinor - other.paidMinor, paidCount - other.paidCount, undoneMinor - other.undoneMinor, undoneCount - other.undoneCount);
    }

    /** Charges that were given back, each whole: how many; 0 = it is something else, or nothing. */
    long pairs() {
        return paidCount > 0 && paidCount == undoneCount && paidMinor > 0 && paidMinor == undoneMinor ? paidCount : 0;
    }

    public long netMinor() {
        return paidMinor - undoneMinor;
    }
}
