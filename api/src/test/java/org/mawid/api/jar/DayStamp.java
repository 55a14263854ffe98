package org.mawid.api.jar;

import java.time.LocalDate;
import org.mawid.sbe.StampState;

/** A stamp that was paid, and what must have become of it since. One thread at a time. */
final class DayStamp {
    final DayTown.Place place;
    final DayPeople.Means means;
    final String application;
    final String stamp;
    /** Whose money it is. */
    final String payment;
    /** Of the post's currency. */
    final long amountMinor;
    StampState state;
    /** On which both persons have agreed that it is given back; null = they have not. */
    LocalDate agreedOn;
    /** Whoever paid has taken the money back at the bank, which may not be known here yet. */
    boolean isTakenBack;
    /** Its money went back when the treasury had brought it already. */
    boolean isBackAfterSettlement;
    /** It was used before its money went back. */
    boolean isLost;

    DayStamp(final DayTown.Place place, final DayPeople.Means means, final String application, final String stamp, final String payment, final long amountMinor) {
        this.place = place;
        this.means = means;
        this.application = application;
        this.stamp = stamp;
        this.payment = payment;
        this.amountMinor = amountMinor;
        state = StampState.PAID;
    }

    /** What it is called at the treasury when it is given back. */
    String refund() {
        return "RF-" + stamp;
    }

    /** Its money has gone back. */
    boolean isBack() {
        return state == StampState.REFUNDED || state == StampState.CHARGED_BACK;
    }
}
