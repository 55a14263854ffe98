package org.mawid.api.treasury.closing;

import org.mawid.sbe.Result;

/** A closing is not made now. Its message says what to do next. */
public final class ClosingRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Result result;
    private final long atMs;

    ClosingRefused(final Result result, final long atMs, final String message) {
        super(message, null, false, false); // an answer, not an accident
        this.result = result;
        this.atMs = atMs;
    }

    /** TOO_EARLY, READ_MODEL_BEHIND, STORAGE_FULL, CONFLICT (the books are of an older log), POST_UNKNOWN or BATCH_UNKNOWN (nothing to close). */
    public Result result() {
        return result;
    }

    /** Of TOO_EARLY: from when on it is possible, ms since 1970-01-01 UTC. Else 0. */
    public long atMs() {
        return atMs;
    }
}
