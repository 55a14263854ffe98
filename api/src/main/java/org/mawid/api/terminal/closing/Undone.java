package org.mawid.api.terminal.closing;

/**
 * What was undone at a terminal's payments since it was closed last, and the terminal counts otherwise than the ledger.
 *
 * @param atOnce      payments that were charged, given back at once and never booked: the terminal has them twice, the ledger not at all
 * @param refunds     that were recorded: typed in at the terminal, where they are no reversal, or given back by other means
 * @param chargeBacks of which no terminal knows
 */
record Undone(long atOnce, Part refunds, Part chargeBacks) {
    /** Minor units of the terminal's currency. */
    record Part(long count, long minor) {
        static final Part NONE = new Part(0, 0);

        Part and(final long moreMinor) {
            return new Part(count + 1, minor + moreMinor);
        }

        Part and(final Part other) {
            return new Part(count + other.count, minor + other.minor);
        }

        /** What the terminal is to have when this was not undone there. */
        Sums outOf(final Sums ours) {
            return new Sums(ours.paidMinor(), ours.paidCount(), ours.undoneMinor() - minor, ours.undoneCount() - count);
        }
    }
}
