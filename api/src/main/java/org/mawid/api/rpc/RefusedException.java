package org.mawid.api.rpc;

import io.grpc.StatusRuntimeException;
import org.mawid.api.capability.CapabilityTrouble;
import org.mawid.sbe.Result;

/** Ends the making of an answer with a refusal. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Result result;
    /** Null when that is not it. */
    private final CapabilityTrouble capability;

    public RefusedException(final Result result) {
        this(result, null);
    }

    public RefusedException(final CapabilityTrouble trouble) {
        this(Result.FORBIDDEN, trouble);
    }

    private RefusedException(final Result result, final CapabilityTrouble capability) {
        super(result.name(), null, false, false);
        this.result = result;
        this.capability = capability;
    }

    StatusRuntimeException status() {
        return capability == null ? Refusals.of(result) : Refusals.of(capability);
    }

    public Result result() {
        return result;
    }
}
