/**
 * Payment terminals (EPT): the till's side of nexo Retailer, one connection a terminal. Payments that the core has begun go out; what they come to
 * goes back in as commands, the same after a crash as without one.
 * <p>Door: {@link org.mawid.api.terminal.Terminals}; the core is {@link org.mawid.api.terminal.TillPort}. Read first:
 * {@code PaymentTill}, one payment as a state machine. Threads: each terminal has one event loop. Not here: what a payment is for, the ledger, who
 * may start one, the simulator ({@code org.mawid.api.sandbox.terminal}).
 */
package org.mawid.api.terminal;
