package org.mawid.api.terminal.nexo;

/**
 * What a terminal says of one reversal.
 *
 * @param original the terminal's number of what was reversed; empty when it was not said
 * @param amount   what was reversed; {@link Amount.Fault#MISSING} when it was not said, which is all of it
 */
public record ReversalReply(Reply reply, String original, Amount amount) {
}
