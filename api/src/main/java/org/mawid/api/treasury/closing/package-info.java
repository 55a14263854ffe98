/**
 * What the treasury gets of us every day: one document for each post and currency with its accounts, signed, each naming the one before it by its hash and going on from its sums.
 * <p>Doors: {@link org.mawid.api.treasury.closing.Closings} (a running server's), {@link org.mawid.api.treasury.closing.ClosingWriter}, {@link org.mawid.api.treasury.closing.ClosingVerifier}. Threads: the
 * first has one of its own; else any. Not here: the keys, the edges.
 */
package org.mawid.api.treasury.closing;
