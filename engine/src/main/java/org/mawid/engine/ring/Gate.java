package org.mawid.engine.ring;

import java.util.concurrent.atomic.AtomicInteger;
import org.mawid.sbe.Result;

/** Whether commands are admitted, and why not. Any thread. */
final class Gate {
    static final int CLOSED = 1;
    static final int STORAGE_FULL = 2;
    static final int RECORDS_BEHIND = 4;

    private final AtomicInteger reasons = new AtomicInteger(CLOSED);

    Result admission() {
        final int now = reasons.get();
        if (now == 0) {
            return Result.OK;
        }
        return (now & (CLOSED | RECORDS_BEHIND)) == 0 ? Result.STORAGE_FULL : Result.UNAVAILABLE;
    }

    boolean has(final int reason) {
        return (reasons.get() & reason) != 0;
    }

    void set(final int reason, final boolean on) {
        if (has(reason) != on) {
            reasons.getAndUpdate(now -> on ? now | reason : now & ~reason);
        }
    }
}
