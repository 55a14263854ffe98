package org.mawid.api.treasury.port;

/** Where the books of two sides differ. Numbers are never reused. */
public enum BreakType {
    /** A line of a statement for which the ledger has nothing. */
    UNKNOWN_AT_LEDGER(1),
    /** Paid in the ledger, and older than the treasury's delay without a line. */
    MISSING_AT_TREASURY(2),
    /** The same reference, another amount. */
    AMOUNT_DIFFERS(3),
    /** The same reference, another currency. */
    CURRENCY_DIFFERS(4),
    /** Settled before, or twice in one statement. */
    SETTLED_TWICE(5),
    /** Settled in full, later than agreed. */
    LATE_VALUE_DATE(6),
    /** The gross amount is right, what was kept of it is not what was agreed. */
    COMMISSION_DIFFERS(7),
    /** Taken back by the treasury or by the cardholder's bank. */
    REVERSED_AT_TREASURY(8),
    /** Settled before it was paid. */
    EARLY_VALUE_DATE(9),
    /** The treasury has money for what the ledger has not as paid: in doubt, declined, cancelled. */
    NOT_PAID_AT_LEDGER(10),
    /** The treasury has said both: paid, and not paid. */
    CONTRADICTED(11),
    /** A statement as a whole that cannot be taken: its balances or its sequence do not add up. */
    STATEMENT_REFUSED(12),
    /** The treasury will not give back what is to be given back. */
    OTHER(13);

    private final int number;

    BreakType(final int number) {
        this.number = number;
    }

    /** For the log. */
    public int number() {
        return number;
    }
}
