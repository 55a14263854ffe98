package org.mawid.api.treasury.matching;

import org.mawid.api.treasury.port.BreakType;
import org.mawid.api.treasury.port.TreasuryCommand;

/**
 * A difference. The same one has the same key, in whichever file it comes again.
 *
 * @param reference ours, or what the line calls itself when it is none of ours
 * @param number    the core's number of what it is about; 0 when it is none of ours
 * @param postId    0 when it is not known
 * @param details   both sides' figures
 */
public record Break(BreakType type, long key, String reference, long number, int postId, String details) {
    /** What the log is told. */
    public TreasuryCommand.OpenBreak command() {
        return new TreasuryCommand.OpenBreak(type, key, details);
    }
}
