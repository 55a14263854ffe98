package org.mawid.api.terminal.engine;

import java.util.List;
import org.mawid.api.terminal.TillCommand.Failure;
import org.mawid.sbe.PaymentState;

/** The adapter's reasons as the log keeps them: numbers, never given to anything else. Words that have none are {@link #OTHER}. */
final class Reasons {
    static final int OTHER = 199;
    private static final int FIRST = 100;
    /** In order of their numbers: append only. */
    private static final List<String> PERSON = List.of("no clear answer of the terminal in time", "charged another amount, and not reversed",
            "the terminal says charged and not charged", "charged, and then not known", "reversed in part, or another amount",
            "reversed or not: no clear answer", "not reversed, and no clear answer", "charged, and the approval was refused",
            "charged once more after it was approved", "charged after it was told as failed", "reversed after it was approved");

    private Reasons() {
    }

    static int ofPerson(final String why) {
        final int index = PERSON.indexOf(why);
        return index < 0 ? OTHER : FIRST + index;
    }

    static int ofFailure(final Failure failure) {
        return switch (failure) {
            case DECLINED -> 1;
            case CANCELLED -> 2;
            case REVERSED -> 3;
            case NEVER_HAPPENED -> 4;
        };
    }

    static PaymentState outcome(final Failure failure) {
        return switch (failure) {
            case DECLINED -> PaymentState.DECLINED;
            case CANCELLED -> PaymentState.CANCELLED;
            case REVERSED -> PaymentState.REVERSED;
            case NEVER_HAPPENED -> PaymentState.NOT_MADE;
        };
    }
}
