package org.mawid.api.callcentre;

import org.mawid.sbe.Result;

/** Why something is not done. Its message never has what somebody has typed. */
public final class CallCentreException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** Not one of reference, e-mail address and number, but none or several. */
        NOT_ONE(Result.MALFORMED, "give a reference, an e-mail address or a mobile number: one of them"),
        /** A character is missing, or there is one too many. */
        LENGTH(Result.MALFORMED, "a reference has 13 characters, that of a stamp has 16 digits"),
        /** A character that no reference has. */
        CHARACTER(Result.MALFORMED, "has a character that no reference has"),
        /** One character is another, or two are the other way round. */
        CHECK(Result.MALFORMED, "mistyped: its check characters do not fit"),
        /** A callback's times. */
        WINDOW(Result.OUT_OF_RANGE, "the end is behind the beginning, not over, and 31 days ahead at most"),
        /** No more callbacks can be kept. */
        CALLBACKS_FULL(Result.LIMIT_REACHED, "as many callbacks are open as may be"),
        /** Of that application. */
        CALLBACK_UNKNOWN(Result.APPLICATION_UNKNOWN, "no such callback"),
        /** By another agent. */
        TAKEN(Result.CONFLICT, "another agent has taken it"),
        /** By whoever says how it ended, or it was too long ago and another has it now. */
        NOT_TAKEN(Result.CONFLICT, "take it first"),
        /** With another outcome. */
        ENDED(Result.CONFLICT, "it has ended");

        private final Result result;
        private final String words;

        Reason(final Result result, final String words) {
            this.result = result;
            this.words = words;
        }

        /** As which it is answered. */
        public Result result() {
            return result;
        }
    }

    private final Reason reason;
    private final long untilMs;

    CallCentreException(final Reason reason) {
        this(reason, 0);
    }

    CallCentreException(final Reason reason, final long untilMs) {
        super(reason.words);
        this.reason = reason;
        this.untilMs = untilMs;
    }

    public Reason reason() {
        return reason;
    }

    /** Of TAKEN: until when, log time, ms since 1970-01-01 UTC; else 0. */
    public long untilMs() {
        return untilMs;
    }
}
