package org.mawid.api.sandbox.treasury;

/** How the sandbox can misbehave. Each is asked for once and happens once, at the next occasion of its place. */
public enum SandboxFault {
    /** The answer comes after {@link SandboxSettings#slowMs()}. */
    SLOW(Place.EXCHANGE),
    /** 503, nothing was done. */
    DOWN(Place.EXCHANGE),
    /** The connection ends before anything was done. */
    CUT_BEFORE(Place.EXCHANGE),
    /** It was done, and the connection ends without an answer. */
    CUT_AFTER(Place.EXCHANGE),
    /** It was done, and the connection ends within the answer. */
    CUT_HALFWAY(Place.EXCHANGE),
    /** An answer that is no JSON. */
    GIBBERISH(Place.EXCHANGE),
    /** The token is not accepted any more. */
    TOKEN_REVOKED(Place.EXCHANGE),

    /** Charged, and never called back. */
    SILENT_AFTER_CHARGING(Place.PAYMENT),
    /** Called back three times, twice at once. */
    DUPLICATE_CALL_BACK(Place.PAYMENT),
    /** What happened first is called back last. */
    REORDERED_CALL_BACK(Place.PAYMENT),
    /** Called back with another's signature first, then rightly. */
    BAD_SIGNATURE(Place.PAYMENT),
    /** Called back with a signature of an hour ago, and never rightly. */
    STALE_CALL_BACK(Place.PAYMENT),
    /** Paid, and later said to be refused. */
    CONTRADICTING_CALL_BACK(Place.PAYMENT),
    /** Called back about an order that nobody made, beside the right one. */
    UNKNOWN_CALL_BACK(Place.PAYMENT),
    /** The connection of the call-back is cut the first time. */
    CUT_CALL_BACK(Place.PAYMENT),
    /** Twice as much is charged. */
    WRONG_AMOUNT(Place.PAYMENT),
    /** One minor unit less is charged. */
    OFF_BY_ONE(Place.PAYMENT),
    /** As much is charged in another currency. */
    OTHER_CURRENCY(Place.PAYMENT),

    /** It is not given back: the card is gone, say. */
    REFUND_REFUSED(Place.REFUND),
    /** One minor unit less is given back. */
    REFUND_OFF_BY_ONE(Place.REFUND),

    /** A line is not there, and its money neither. */
    LINE_MISSING(Place.STATEMENT),
    /** A line is there twice, each with a reference of its own, and its money too. */
    LINE_TWICE(Place.STATEMENT),
    /** A line has twice its amount. */
    LINE_WRONG_AMOUNT(Place.STATEMENT),
    /** A line has one minor unit less. */
    LINE_OFF_BY_ONE(Place.STATEMENT),
    /** A line is in another currency. */
    LINE_OTHER_CURRENCY(Place.STATEMENT),
    /** A line has its value date half a year later. */
    LINE_LATE(Place.STATEMENT),
    /** More is kept of a line than agreed. */
    LINE_WRONG_COMMISSION(Place.STATEMENT),
    /** A line is followed by one that takes it back. */
    LINE_REVERSED(Place.STATEMENT),
    /** A line of nobody's. */
    LINE_UNKNOWN(Place.STATEMENT),
    /** The day's payments of a post come as one line. */
    NET_BATCH(Place.GROUPING),
    /** The closing balance is not what the lines add up to. */
    WRONG_BALANCE(Place.BALANCE),
    /** The statement of the day before comes again. */
    YESTERDAYS_FILE(Place.DELIVERY);

    private final Place place;

    /** Where it happens. */
    public enum Place { EXCHANGE, PAYMENT, REFUND, GROUPING, STATEMENT, BALANCE, DELIVERY }

    SandboxFault(final Place place) {
        this.place = place;
    }

    public Place place() {
        return place;
    }
}
