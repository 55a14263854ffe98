package org.mawid.api.terminal.closing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.mawid.api.terminal.TerminalTotals.OfCurrency;
import org.mawid.engine.readmodel.MoneyView.Batch;
import org.mawid.sbe.BreakType;

/**
 * A terminal's totals held against the ledger's open batch. What is decided here on purpose:
 * <ul>
 * <li>A charge that the till had given back at once, because it was not what was asked or nobody could say what it was, was never in the ledger. The
 * terminal counts it twice, as a payment and as a reversal. As many of those as the log has payments that went so, and that come to nothing, agree.
 * <li>The batch is of one currency. What the terminal has in another is a break of its own, of that currency.
 * <li>Money that moved in a way that no till asks for, as a refund typed in at the terminal, is a break of its own also when all else agrees.
 * </ul>
 *
 * @param theirs      the terminal's payments and reversals in the batch's currency, less those pairs
 * @param pairs       how many
 * @param differences to become breaks, beside the one that closing the batch opens when {@code theirs} are not the ledger's
 */
record Tally(Sums theirs, long pairs, List<Difference> differences) {
    /**
     * @param batch    the ledger's open one, null = none
     * @param expected how many payments the log has that were charged, given back and never booked
     */
    static Tally of(final Collection<OfCurrency> totals, final Batch batch, final long expected) {
        final List<Difference> differences = new ArrayList<>();
        Sums theirs = Sums.NONE;
        long pairs = 0;
        for (final OfCurrency told : totals) {
            final boolean isOfBatch = batch != null && told.currency().equals(batch.currency());
            final Sums surplus = Sums.of(told).less(isOfBatch ? ours(batch) : Sums.NONE);
            final boolean comesToNothing = surplus.pairs() > 0 && surplus.pairs() <= expected - pairs;
            pairs += comesToNothing ? surplus.pairs() : 0;
            if (isOfBatch) {
                theirs = comesToNothing ? ours(batch) : Sums.of(told);
            } else if (!comesToNothing && !surplus.equals(Sums.NONE)) {
                differences.add(new Difference(batch == null ? BreakType.TERMINAL_TOTALS_DIFFER : BreakType.CURRENCY_DIFFERS, "payments", told.currency(), 0,
                        surplus.netMinor(), 0));
            }
            if (told.others() != 0 || told.othersMinor() != 0) {
                differences.add(new Difference(BreakType.TERMINAL_TOTALS_DIFFER, "others", told.currency(), 0, told.othersMinor(), isOfBatch ? batch.batchId() : 0));
            }
        }
        return new Tally(theirs, pairs, List.copyOf(differences));
    }

    static Sums ours(final Batch batch) {
        return new Sums(batch.paidMinor(), batch.paidCount(), batch.undoneMinor(), batch.undoneCount());
    }

    /** @param batch the same */
    boolean agrees(final Batch batch) {
        return differences.isEmpty() && theirs.equals(batch == null ? Sums.NONE : ours(batch));
    }
}
