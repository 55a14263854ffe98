package org.mawid.api.treasury.matching;

import org.mawid.api.treasury.port.TreasuryCommand;
import org.mawid.api.treasury.port.TreasuryCommand.Subject;

/** A line that settles something: {@code gross = net + commission}, to the minor unit. @param line names the line, wherever it is told again; never 0 */
public record Match(Subject subject, long number, String reference, int postId, long grossMinor, long commissionMinor, long netMinor, String currency, int valueDay, String statement,
                    String entry, long line) {
    /** What the log is told. */
    public TreasuryCommand.RecordSettlement command() {
        return new TreasuryCommand.RecordSettlement(subject, number, grossMinor, commissionMinor, netMinor, currency, valueDay, statement, entry, line);
    }
}
