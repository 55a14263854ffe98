package org.mawid.api.terminal.closing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.mawid.api.terminal.TerminalTotals.OfCurrency;
import org.mawid.api.terminal.closing.Undone.Part;
import org.mawid.engine.readmodel.MoneyView.Batch;
import org.mawid.sbe.BreakType;

/**
 * A terminal's totals held against the ledger's open batch. What is decided here on purpose:
 * <ul>
 * <li>A charge that the till had given back at once, because it was not what was asked or nobody could say what it was, was never in the ledger. The
 * terminal counts it twice, as a payment and as a reversal. As many of those as the log has payments that went so, and that come to nothing, agree.
 * <li>A charge back never comes to a terminal, and a refund is no reversal there: those that the log has are left out of what the terminal is to have,
 * where that agrees. Refunds that the terminal has as well are no money that moved as nobody asks.
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
     * @param batch  the ledger's open one, null = none
     * @param undone what the log has
     */
    static Tally of(final Collection<OfCurrency> totals, final Batch batch, final Undone undone) {
        final List<OfCurrency> all = new ArrayList<>(totals);
        if (batch != null && totals.stream().noneMatch(told -> told.currency().equals(batch.currency()))) {
            all.add(new OfCurrency(batch.currency(), 0, 0, 0, 0, 0, 0)); // what it has none of it need not tell
        }
        final List<Difference> differences = new ArrayList<>();
        Sums theirs = Sums.NONE;
        long pairs = 0;
        for (final OfCurrency told : all) {
            final boolean isOfBatch = batch != null && told.currency().equals(batch.currency());
            final Sums surplus = isOfBatch ? surplus(Sums.of(told), ours(batch), undone, undone.atOnce() - pairs) : Sums.of(told);
            final boolean comesToNothing = comesToNothing(surplus, undone.atOnce() - pairs);
            pairs += comesToNothing ? surplus.pairs() : 0;
            if (isOfBatch) {
                theirs = comesToNothing ? ours(batch) : Sums.of(told);
            } else if (!comesToNothing) {
                differences.add(new Difference(batch == null ? BreakType.TERMINAL_TOTALS_DIFFER : BreakType.CURRENCY_DIFFERS, "payments", told.currency(), 0,
                        surplus.netMinor(), 0));
            }
            final Part others = new Part(told.others(), told.othersMinor());
            final Part refunds = isOfBatch ? undone.refunds() : Part.NONE;
            if (!others.equals(Part.NONE) && !others.equals(refunds)) {
                differences.add(new Difference(BreakType.TERMINAL_TOTALS_DIFFER, "others", told.currency(), refunds.minor(), others.minor(), isOfBatch ? batch.batchId() : 0));
            }
        }
        return new Tally(theirs, pairs, List.copyOf(differences));
    }

    /** What the terminal has more than the ledger; with what was undone elsewhere left out, as far as it then comes to nothing. */
    private static Sums surplus(final Sums told, final Sums ours, final Undone undone, final long atOnce) {
        for (final Part elsewhere : List.of(Part.NONE, undone.refunds().and(undone.chargeBacks()), undone.chargeBacks(), undone.refunds())) {
            final Sums surplus = told.less(elsewhere.outOf(ours));
            if (comesToNothing(surplus, atOnce)) {
                return surplus;
            }
        }
        return told.less(ours);
    }

    private static boolean comesToNothing(final Sums surplus, final long atOnce) {
        return surplus.equals(Sums.NONE) || surplus.pairs() > 0 && surplus.pairs() <= atOnce;
    }

    static Sums ours(final Batch batch) {
        return new Sums(batch.paidMinor(), batch.paidCount(), batch.undoneMinor(), batch.undoneCount());
    }

    /** @param batch the same */
    boolean agrees(final Batch batch) {
        return differences.isEmpty() && theirs.equals(batch == null ? Sums.NONE : ours(batch));
    }
}
