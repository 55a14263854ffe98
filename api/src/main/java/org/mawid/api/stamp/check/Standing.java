package org.mawid.api.stamp.check;

import org.mawid.sbe.StampState;

/** All that whoever has only the serial is told. */
public enum Standing {
    /** Paid or waived, and not used yet. */
    VALID,
    /** Used at an act. */
    CONSUMED,
    /** Of no value any more: void, lapsed, forfeited, or its money has gone back or is asked back. */
    VOID,
    /** Never given, mistyped, or not paid: nothing that could be accepted, and nobody is told which of these. */
    UNKNOWN;

    /**
     * A stamp whose payment is under way or in doubt is no more than one that was never paid. It is not void: it may be paid yet.
     *
     * @param state {@link StampState#NULL_VAL} where there is no stamp
     * @param used  a waived stamp stays so when it is used
     */
    public static Standing of(final StampState state, final boolean used) {
        return switch (state) {
            case PAID -> VALID;
            case WAIVED -> used ? CONSUMED : VALID;
            case CONSUMED -> CONSUMED;
            case VOID, LAPSED, FORFEITED, REFUND_REQUESTED, REFUNDED, CHARGED_BACK -> VOID;
            case ISSUED, PAYMENT_PENDING, IN_DOUBT, NULL_VAL, SBE_UNKNOWN -> UNKNOWN;
        };
    }
}
