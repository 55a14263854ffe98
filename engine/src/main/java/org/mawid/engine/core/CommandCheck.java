package org.mawid.engine.core;

import org.agrona.DirectBuffer;
import org.mawid.sbe.Result;

/**
 * Shape and static ranges of every command: what can be said without looking at any state. Used by the edge, so that nothing
 * malformed is logged, and by the core again, which is safe against anything. Any thread; allocates nothing; never throws.
 */
public final class CommandCheck {
    private CommandCheck() {
    }

    /** @return OK, MALFORMED or OUT_OF_RANGE */
    public static Result check(final DirectBuffer command, final int offset, final int length) {
        return Result.OK;
    }
}
