package org.mawid.api.terminal;

import java.util.Map;

/**
 * How a terminal is, at one moment.
 *
 * @param isReady   connected and logged in
 * @param payments  in hand: waiting, with the customer, or in doubt
 * @param incidents how many of each kind since the start
 */
public record TerminalState(int terminalId, int postId, boolean isReady, int payments, Map<Incident.Kind, Long> incidents) {
    public TerminalState {
        incidents = Map.copyOf(incidents);
    }
}
