package org.mawid.api.treasury.matching;

import org.mawid.api.treasury.port.BreakType;
import org.mawid.api.treasury.port.TreasuryCommand;

/**
 * A difference. The same one has the same key, in whichever file it comes again.
 *
 * @param reference ours, or what the line calls itself when it is none of ours
 * @param details   both sides' figures
 */
public record Break(BreakType type, long key, String reference, TreasuryCommand.About about, String details) {
    /** What the log is told. */
    public TreasuryCommand.OpenBreak command() {
        return new TreasuryCommand.OpenBreak(type, key, about, details);
    }
}
