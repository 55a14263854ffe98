package org.mawid.api.terminal.closing;

import java.util.List;
import org.mawid.api.terminal.TerminalTotals.OfCurrency;

/**
 * What an end of the day came to.
 *
 * @param period           the terminal's number of it, empty when it gave none
 * @param isRepeated       it had ended before, and was not in the books
 * @param batchId          that was closed, 0 = none was open
 * @param currency         of the batch, empty when there is none
 * @param ours             what the ledger has
 * @param theirs           what the terminal has told, all of it, by currency
 * @param undoneAtTerminal charges that were given back at once and never booked: they are in {@code theirs} only, and agree
 * @param agrees           false: breaks were opened
 * @param breaks           their numbers
 * @param position         of the log, and its time: of the command that closed the batch; 0 = there was none
 * @param repeatedAnswer   the same order was answered before, and this is that answer
 */
public record Closed(int terminalId, int postId, String period, boolean isRepeated, long batchId, String currency, Sums ours, List<OfCurrency> theirs,
        long undoneAtTerminal, boolean agrees, List<Long> breaks, long position, long nowMs, boolean repeatedAnswer) {
    public Closed {
        theirs = List.copyOf(theirs);
        breaks = List.copyOf(breaks);
    }

    /** Neither side has anything. */
    public boolean isNothing() {
        return batchId == 0 && agrees;
    }

    Closed again() {
        return new Closed(terminalId, postId, period, isRepeated, batchId, currency, ours, theirs, undoneAtTerminal, agrees, breaks, position, nowMs, true);
    }
}
