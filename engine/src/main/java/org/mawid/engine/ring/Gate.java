package org.mawid.engine.ring;

import java.util.concurrent.atomic.AtomicInteger;
import org.mawid.sbe.Result;

/** Whether commands are admitted, and why not. Any thread. */
final class Gate {
    static final int CLOSED = 1;
    /** No room for the next segment of the journal: not even the engine's own commands can be logged. */
    static final int JOURNAL_FULL = 2;
    static final int RECORDS_BEHIND = 4;
    /** No room for a snapshot: what would have to be replayed must not grow, except by what the engine does by itself. */
    static final int SNAPSHOT_FULL = 8;

    private final AtomicInteger reasons = new AtomicInteger(CLOSED);

    Result admission() {
        final int now = reasons.get();
        if (now == 0) {
            return Result.OK;
        }
        return (now & (CLOSED | RECORDS_BEHIND)) == 0 ? Result.STORAGE_FULL : Result.UNAVAILABLE;
    }

    /** @param some one reason, or several of which one is enough */
    boolean has(final int some) {
        return (reasons.get() & some) != 0;
    }

    void set(final int reason, final boolean on) {
        if (has(reason) != on) {
            reasons.getAndUpdate(now -> on ? now | reason : now & ~reason);
        }
    }
}
