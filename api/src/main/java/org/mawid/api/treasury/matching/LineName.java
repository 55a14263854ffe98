package org.mawid.api.treasury.matching;

import org.mawid.api.treasury.port.BreakKey;
import org.mawid.api.treasury.port.BreakType;
import org.mawid.api.treasury.statement.Statement;
import org.mawid.api.treasury.statement.StatementLine;

/**
 * Names a line by the bank's reference of its entry, which notification, interim report and final statement share, or else by all that it says. In a statement that leaves out
 * the reference two equal lines are one.
 */
final class LineName {
    private LineName() {
    }

    /** Never 0. */
    static long of(final Statement statement, final StatementLine line) {
        return line.entry().isEmpty()
                ? BreakKey.of(BreakType.UNKNOWN_AT_LEDGER, "line", statement.account(), line.currency(), line.isCredit(), line.endToEnd(), line.batch(), line.detail(), line.remittance(), line.netMinor(), line.valueDay())
                : BreakKey.of(BreakType.UNKNOWN_AT_LEDGER, "entry", statement.account(), line.currency(), line.entry(), line.detail().isEmpty() ? line.endToEnd() : line.detail());
    }
}
