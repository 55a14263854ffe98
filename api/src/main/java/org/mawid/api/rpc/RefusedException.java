package org.mawid.api.rpc;

import org.mawid.sbe.Result;

/** Ends the making of an answer with a refusal. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Result result;

    public RefusedException(final Result result) {
        super(result.name(), null, false, false);
        this.result = result;
    }

    public Result result() {
        return result;
    }
}
