/**
 * Money beside a running core: books, terminals, and the payments, breaks, proposals and refunds that somebody still has to do something about, kept
 * from the events. As large as what is under way, whatever there has been. What events do not say (sums of batches, memorandum accounts) is asked of the core.
 * <p>Door: {@link org.mawid.engine.readmodel.money.LiveMoney}. Threads: one writes, any reads. Not here: payments and stamps by number, see {@code records}.
 */
package org.mawid.engine.readmodel.money;
