/**
 * Reconciliation as it runs: statement files are offered over the edges or dropped into a folder, held against the ledger of the running engine, and what is due and does not come is found each hour.
 * <p>Door: {@link org.mawid.api.treasury.reconciliation.Reconciliation}. Threads: one worker does all of it, files and rounds one after the other; anybody may offer. What was taken, and lines that
 * wait, are files of the edge in the data directory, and in its back-ups. Not here: how a file is read ({@code statement}), what matches what ({@code matching}), HTTP and gRPC.
 */
package org.mawid.api.treasury.reconciliation;
