package org.mawid.bench.peer.mawid;

import org.mawid.bench.peer.work.Steps;
import org.mawid.sbe.Result;

/** How one client's steps travel to Mawid. One call at a time. */
interface MawidCall {
    /** Told once for each call, on a thread of the connection. */
    interface Answered {
        /** The answers are in the steps. */
        void answered();

        /** What became of them is not known. */
        void failed(Throwable cause);
    }

    void send(Steps steps, Answered answered);

    /** A refusal in the words that all peers share. @throws IllegalStateException when this work cannot get it */
    static long answer(final Result refusal) {
        return switch (refusal) {
            case HELD_BY_OTHER, SOLD_OUT, CLOSED, SLOT_UNKNOWN -> Steps.NO_ROOM;
            case NOT_VALIDATED -> Steps.NOT_VALIDATED;
            case APPLICATION_UNKNOWN, HOLD_UNKNOWN, APPOINTMENT_UNKNOWN -> Steps.UNKNOWN;
            case HOLD_EXPIRED, APPOINTMENT_STATE -> Steps.ENDED;
            case UNAVAILABLE -> Steps.NOT_ADMITTED;
            default -> throw new IllegalStateException("mawid answered " + refusal);
        };
    }
}
