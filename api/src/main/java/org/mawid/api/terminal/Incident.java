package org.mawid.api.terminal;

/**
 * Something that should not have happened and changed nothing by itself. Says nothing of what stood in the message.
 *
 * @param paymentId the payment it is about, 0 = none that is known
 * @param detail    words of ours, at most 128 characters
 */
public record Incident(int terminalId, Kind kind, long paymentId, String detail) {
    /** What it is; each is counted by itself. */
    public enum Kind {
        /** For another till, another terminal, or a request that was never made. */
        FOREIGN_ANSWER,
        /** For another payment than the one that was asked about. */
        OTHER_TRANSACTION,
        /** The same once more. */
        DUPLICATE_ANSWER,
        /** To a request that was given up. */
        LATE_ANSWER,
        /** Not what was said before, about a payment that is decided. */
        CONTRADICTORY_ANSWER,
        /** Money was taken for a payment that was told as failed: a person was asked. */
        CHARGED_AFTER_FAILURE,
        /** Another amount or currency than was asked, or one that cannot be. */
        WRONG_AMOUNT,
        /** No JSON, a field missing or of another type; the connection was ended. */
        MALFORMED,
        /** Beyond 64 KiB; the connection was ended. */
        OVERSIZED,
        /** A card number stood where the till reads, and was dropped. */
        CARD_NUMBER_DROPPED,
        /** No answer in time. */
        NO_ANSWER,
        /** The terminal did not let the till log in. */
        LOGIN_REFUSED,
        /** The terminal told an event: its name is the detail. */
        TERMINAL_EVENT,
        /** A message that a till of ours has no use for. */
        OTHER_MESSAGE,
        /** The core refused what the terminal's answer came to: a person has to look. */
        COMMAND_REFUSED
    }
}
