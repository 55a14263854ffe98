package org.mawid.api.sandbox.terminal;

/** What the simulator does with one message. */
public enum SimulatorBehaviour {
    NORMAL,
    /** Answers after the time that was set for it; until then the payment is in progress and may be broken off. */
    SLOW,
    /** Does nothing and says nothing. */
    SILENT,
    SILENT_AFTER_CHARGING,
    DUPLICATE_ANSWER,
    /** The answer comes after the next one. */
    REORDERED_ANSWER,
    /** Charges a minor unit more than was asked, and says so. */
    WRONG_AMOUNT,
    /** Charges in another currency, and says so. */
    OTHER_CURRENCY,
    /** Charges what was asked and says an amount with too many decimals. */
    WRONG_SCALE,
    /** Charges what was asked and says a negative amount. */
    NEGATIVE_AMOUNT,
    /** Charges, and answers first as if another payment had been asked, then not at all. */
    OTHER_TRANSACTION,
    /** Charges, and answers another request than was made, then not at all. */
    OTHER_SERVICE,
    /** Charges, and answers as another terminal, then not at all. */
    OTHER_TERMINAL,
    /** Charges, and answers another till, then not at all. */
    OTHER_TILL,
    /** Ends the connection before it does anything. */
    CUT_BEFORE_CHARGING,
    /** Charges and ends the connection. */
    CUT_AFTER_CHARGING,
    /** Charges, and ends the connection in the middle of the answer. */
    CUT_WITHIN_ANSWER,
    DECLINE,
    CANCEL,
    BUSY,
    /** Charges and answers with half a message. */
    MALFORMED_JSON,
    /** Charges and answers with more than 64 KiB. */
    OVERSIZED,
    /** Charges and answers with card numbers in every field that does not have to be right. */
    CARD_NUMBER_EVERYWHERE
}
