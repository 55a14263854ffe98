package org.mawid.api.treasury.callback;

import org.mawid.api.treasury.order.Verdict;

/** What the treasury is told. With 2xx it need not tell it again. */
public enum CallBackAnswer {
    /** The ledger has it now. */
    TAKEN(200),
    /** It had it before, or there is nothing to take in it. */
    REPEATED(200),
    /** It is not what was asked for: a person will look at it. */
    DIFFERS(202),
    /** It says the opposite of what was said before: a person will look at it. */
    CONTRADICTED(409),
    /** The ledger cannot take it. */
    REFUSED(409),
    /** No payment of ours has that reference. */
    UNKNOWN_ORDER(404),
    /** Signed, and not understood. */
    MALFORMED(400),
    /** Not signed by the treasury. */
    BAD_SIGNATURE(401),
    /** Signed by the treasury at another time. */
    STALE(401),
    TOO_LARGE(413),
    /** Later again. */
    UNAVAILABLE(503);

    private final int status;

    CallBackAnswer(final int status) {
        this.status = status;
    }

    /** Of HTTP. */
    public int status() {
        return status;
    }

    static CallBackAnswer of(final Verdict.Outcome outcome) {
        return switch (outcome) {
            case TAKEN -> TAKEN;
            case NOTHING_NEW -> REPEATED;
            case DIFFERS -> DIFFERS;
            case CONTRADICTED -> CONTRADICTED;
            case REFUSED -> REFUSED;
            case UNAVAILABLE -> UNAVAILABLE;
        };
    }
}
