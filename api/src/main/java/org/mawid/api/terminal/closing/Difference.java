package org.mawid.api.terminal.closing;

import org.mawid.sbe.BreakType;

/**
 * What is to become a break of its own, beside the one that closing a batch opens by itself.
 *
 * @param what    words of ours: which part of the totals; with terminal and period it is the break's key
 * @param batchId 0 = none
 */
record Difference(BreakType type, String what, String currency, long ourMinor, long theirMinor, long batchId) {
}
