/**
 * Terminals, closings, settlements and breaks: gRPC service and mapping.
 * <p>Door: {@link org.mawid.api.ledger.LedgerGrpc}. Threads: event loops. Not here: rules, which are the core's; statements, from which settlements come.
 */
package org.mawid.api.ledger;
