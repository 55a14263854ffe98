package org.mawid.api.treasury.reconciliation;

import java.nio.file.Path;
import org.mawid.api.treasury.statement.StatementLimits;

/**
 * What reconciliation is set up with.
 *
 * @param contracts     with acquirers
 * @param folder        that files are dropped into, null = none
 * @param graceDays     after a contract's delay before money counts as missing, 0 to 366
 * @param looksForMissing whether what does not come is looked for although no statement was ever taken: somebody has said that they come
 * @param limits        of a file
 */
public record ReconciliationConfig(Contracts contracts, Path folder, int graceDays, boolean looksForMissing, StatementLimits limits) {
    /** What is due is missed when it is this late. Source: our estimate, a weekend. */
    public static final int USUAL_GRACE_DAYS = 2;
}
