package org.mawid.api.terminal;

import java.util.Map;

/**
 * How a terminal is, at one moment.
 *
 * @param isReady   connected, logged in, and the log's open payments are known: a payment that begins now is asked of the terminal; one that begins
 *                  before this was so for the first time is told as never happened
 * @param payments  in hand: waiting, with the customer, or in doubt
 * @param incidents how many of each kind since the start
 */
public record TerminalState(int terminalId, int postId, boolean isReady, int payments, Map<Incident.Kind, Long> incidents) {
    public TerminalState {
        incidents = Map.copyOf(incidents);
    }
}
