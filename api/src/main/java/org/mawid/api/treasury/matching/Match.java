package org.mawid.api.treasury.matching;

import org.mawid.api.treasury.port.TreasuryCommand;
import org.mawid.api.treasury.port.TreasuryCommand.Subject;

/** A line that settles something: {@code gross = net + commission}, to the minor unit; of a return {@code net = gross + commission}. @param line names the line, wherever it is told again; never 0 */
public record Match(Subject subject, long number, String reference, int postId, long grossMinor, long commissionMinor, long netMinor, String currency, int valueDay, String statement,
                    String entry, long line) {
    /** As if so much less had come, of which as much is kept. @param minor that was given back since */
    Match less(final long minor) {
        return minor == 0 ? this : new Match(subject, number, reference, postId, grossMinor - minor, commissionMinor, netMinor - minor, currency, valueDay, statement, entry, line);
    }

    /** What the log is told. */
    public TreasuryCommand command() {
        return subject == Subject.RETURN ? new TreasuryCommand.RecordReturnSettlement(number, grossMinor, commissionMinor, currency, valueDay, statement, entry, line)
                : new TreasuryCommand.RecordSettlement(subject, number, grossMinor, commissionMinor, netMinor, currency, valueDay, statement, entry, line);
    }
}
