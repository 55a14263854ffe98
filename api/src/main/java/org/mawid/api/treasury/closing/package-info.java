/**
 * What the treasury gets of us every day: one document for each post and currency with the totals of its accounts, signed, each naming the one before it by its hash.
 * <p>Doors: {@link org.mawid.api.treasury.closing.ClosingWriter}, {@link org.mawid.api.treasury.closing.ClosingVerifier}. Thread: any. Not here: where the totals come from.
 */
package org.mawid.api.treasury.closing;
