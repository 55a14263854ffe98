package org.mawid.api.terminal;

/** No totals: nothing can be closed on them. */
public final class ReconciliationFailed extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why, and what to do next. */
    public enum Reason {
        /** The terminal is not there, or its payments were not done in time: ask again. */
        NOT_REACHABLE,
        /** It was asked and did not answer, also not afterwards: ask again, with the last period that is known. */
        NO_ANSWER,
        /** It refuses: look at it. */
        REFUSED,
        /** Its totals have amounts that cannot be: enter its printed totals by hand. */
        WRONG_TOTALS,
        /** Another one is under way: wait for it. */
        UNDER_WAY,
        /** Nobody has registered it. */
        UNKNOWN_TERMINAL
    }

    private final Reason reason;
    private final String reconciliationId;

    ReconciliationFailed(final int terminalId, final Reason reason, final String reconciliationId) {
        super("terminal " + terminalId + ": no totals: " + reason, null, false, false);
        this.reason = reason;
        this.reconciliationId = reconciliationId;
    }

    public Reason reason() {
        return reason;
    }

    /** Of {@link Reason#WRONG_TOTALS}: the period that has ended all the same, empty when the terminal gave none; else empty. */
    public String reconciliationId() {
        return reconciliationId;
    }
}
