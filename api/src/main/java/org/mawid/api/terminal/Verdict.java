package org.mawid.api.terminal;

import org.mawid.api.terminal.TillCommand.Failure;
import org.mawid.api.terminal.nexo.Reply;

/** What a failed payment comes to. The words of the protocol are in one place, so that a terminal's own reading of them is a change here. */
enum Verdict {
    DECLINED(Failure.DECLINED),
    CANCELLED(Failure.CANCELLED),
    /** The terminal did not begin. */
    NOT_BEGUN(Failure.NEVER_HAPPENED),
    /** It goes on. */
    GOES_ON(null),
    /** It may have been charged all the same: ask again. */
    UNCLEAR(null);

    private final Failure failure;

    Verdict(final Failure failure) {
        this.failure = failure;
    }

    /** Null when it is not decided. */
    Failure failure() {
        return failure;
    }

    /** @param repeated it is the answer to a status: the payment is over, and failed */
    static Verdict of(final Reply reply, final boolean repeated) {
        return switch (reply.condition()) {
            case REFUSAL, INVALID_CARD, PAYMENT_RESTRICTION, WRONG_PIN, NONE -> DECLINED;
            case CANCEL, ABORTED -> CANCELLED;
            case BUSY, NOT_ALLOWED, MESSAGE_FORMAT, LOGGED_OUT, UNAVAILABLE_SERVICE, UNAVAILABLE_DEVICE, DEVICE_OUT, INSERTED_CARD -> NOT_BEGUN;
            case IN_PROGRESS -> GOES_ON;
            case UNREACHABLE_HOST, OTHER -> repeated ? DECLINED : UNCLEAR;
            case NOT_FOUND -> UNCLEAR;
        };
    }
}
