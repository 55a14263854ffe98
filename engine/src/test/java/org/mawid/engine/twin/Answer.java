package org.mawid.engine.twin;

import org.mawid.sbe.Result;

/** What a command that was not refused has to say. */
record Answer(Result result, long number1, long number2, long number3) {
    static final Answer DONE = new Answer(Result.OK, 0, 0, 0);

    static Answer done(final long number1, final long number2, final long number3) {
        return new Answer(Result.OK, number1, number2, number3);
    }
}
