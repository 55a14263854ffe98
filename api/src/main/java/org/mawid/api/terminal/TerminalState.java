package org.mawid.api.terminal;

import java.util.Map;
import org.mawid.api.terminal.nexo.Request;

/**
 * How a terminal is, at one moment.
 *
 * @param isConnected there is a connection
 * @param isLoggedIn  and the terminal has let the till in
 * @param isReady   connected, logged in, and the log's open payments are known: a payment that begins now is asked of the terminal; one that begins
 *                  before this was so for the first time is told as never happened
 * @param doing     what it was asked and has not answered
 * @param payments  in hand: waiting, with the customer, or in doubt
 * @param incidents how many of each kind since the start
 */
public record TerminalState(int terminalId, int postId, boolean isConnected, boolean isLoggedIn, boolean isReady, Doing doing, int payments,
        Map<Incident.Kind, Long> incidents) {
    /** What a terminal is at. */
    public enum Doing {
        NOTHING,
        /** A customer stands there, or is being broken off. */
        PAYMENT,
        /** A charge is being given back. */
        REVERSAL,
        /** It is asked what became of a payment or a reversal. */
        STATUS,
        /** Its period is being ended, or has ended and is being booked. */
        CLOSING;

        /** @param underWay null = nothing */
        static Doing of(final Exchange underWay, final boolean isClosing) {
            if (underWay != null && underWay.request() instanceof Request.Payment) {
                return PAYMENT;
            }
            if (underWay != null && underWay.request() instanceof Request.Reversal) {
                return REVERSAL;
            }
            if (underWay != null && underWay.request() instanceof Request.TransactionStatus) {
                return STATUS;
            }
            return isClosing ? CLOSING : NOTHING;
        }
    }

    public TerminalState {
        incidents = Map.copyOf(incidents);
    }
}
