/**
 * What the treasury's word on an order means for a payment, and the round over all payments that wait for it.
 * <p>Doors: {@link org.mawid.api.treasury.order.Verdict}, {@link org.mawid.api.treasury.order.PendingRound}. Thread: any. Nothing is remembered here: the work is the ledger's list of
 * what is pending, and what is told is idempotent. Not here: how the treasury is reached.
 */
package org.mawid.api.treasury.order;
