/**
 * Holds the treasury's statements against the ledger: which line settles which payment, batch, refund or return, and where the two differ.
 * <p>Doors: {@link org.mawid.api.treasury.matching.PaymentIndex}, what the ledger has, and {@link org.mawid.api.treasury.matching.Matcher}. Thread: one at a time. Pure: same index,
 * same lines, same answers in the same order, on any machine. Not here: files, the log, what becomes of a break.
 */
package org.mawid.api.treasury.matching;
