/**
 * Stamps and their money. A stamp is fiscal value bound to one line of an application, its price frozen at issue; then come the payments for it, its use at
 * the act or the way back of its money, and what stays of both: books in double entry for each post and currency, the terminals that collect, the batches
 * that are settled together, what went back after it was settled, what waits for a second person, and breaks, which are what does not agree.
 * <p>Doors: {@link org.mawid.engine.stamp.StampLedger}, stamps by number with their states and prices, and {@link org.mawid.engine.stamp.Money}, all that core
 * versions 3, 4 and 6 have brought, and behind it {@link org.mawid.engine.stamp.Lives}, {@link org.mawid.engine.stamp.Payments}, {@link org.mawid.engine.stamp.Terminals},
 * {@link org.mawid.engine.stamp.Batches}, {@link org.mawid.engine.stamp.Returns}, {@link org.mawid.engine.stamp.Books},
 * {@link org.mawid.engine.stamp.Proposals} and {@link org.mawid.engine.stamp.Breaks}. Money moves by {@link org.mawid.engine.stamp.Collection} and {@link org.mawid.engine.stamp.Postings} only, in one
 * {@link org.mawid.engine.stamp.Movement} a command, so that debits are credits after each. {@link org.mawid.engine.stamp.Price} and
 * {@link org.mawid.engine.stamp.Split} are pure, for the read side too.
 * <p>Thread: the core's only, but for the pure ones. Time: given by the caller. Amounts: exact integers, centimes of MAD and minor units of the stamp's currency.
 * <p>Not here: which commands are allowed when, and what time does to stamps and payments ({@code core}); which line has which stamp ({@code application});
 * references, secret codes and documents that people see, terminals and treasuries that answer (the edge's); persons and card numbers (nobody's).
 */
package org.mawid.engine.stamp;
