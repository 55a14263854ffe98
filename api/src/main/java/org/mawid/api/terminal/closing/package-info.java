/**
 * The end of the day at a payment terminal: its period is ended, and what it has counted is held against what the ledger has.
 * <p>Door: {@link org.mawid.api.terminal.closing.Closings}. Threads: a few that wait, one closing each, and one that speaks to the core. Not here: what
 * is said to a terminal ({@code org.mawid.api.terminal}), totals that a person types in (the command CloseBatch).
 */
package org.mawid.api.terminal.closing;
