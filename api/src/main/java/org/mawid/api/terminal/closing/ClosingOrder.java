package org.mawid.api.terminal.closing;

import org.mawid.sbe.Channel;

/**
 * The accountant ends the day of a terminal. The same again, by its id, is told again what the first came to.
 *
 * @param epochDay     local date at the post
 * @param despiteDoubt also when payments wait for a person there
 * @param actor        key of who acts, not 0
 */
public record ClosingOrder(int terminalId, int epochDay, boolean despiteDoubt, long idHigh, long idLow, long actor, long onBehalfOf, Channel channel) {
    boolean isSame(final ClosingOrder other) {
        return idHigh == other.idHigh && idLow == other.idLow;
    }
}
