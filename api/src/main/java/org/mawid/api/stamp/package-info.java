/**
 * Stamps over gRPC: quote, issue, void, use, use again, the two persons of a refund, waiver or reversal, the refund itself, one stamp as the records tell it,
 * its document, and what services cost at a post. Doors: {@link org.mawid.api.stamp.StampGrpc}, the service, and {@link org.mawid.api.stamp.StampMapping}, from messages to commands, which
 * HTTP, streams and batches have in common with it.
 * <p>Beside it: {@code check}, what anybody may ask by the serial alone, and {@code document}, the page and its signed code.
 * <p>Threads: event loops, which never draw a page. Not here: payments ({@code org.mawid.api.payment}); books, terminals and breaks
 * ({@code org.mawid.api.ledger}); rules, which are the core's.
 */
package org.mawid.api.stamp;
