package org.mawid.api.rpc;

import io.grpc.Context;
import org.mawid.api.access.Caller;

/** Who calls, for as long as a handler of the call runs. */
public final class Callers {
    private static final Context.Key<Caller> OF_CALL = Context.keyWithDefault("mawid-caller", Caller.NOBODY);

    private Callers() {
    }

    /** Within a handler of the call. */
    public static Caller ofCall() {
        return OF_CALL.get();
    }

    public static Context in(final Context context, final Caller caller) {
        return context.withValue(OF_CALL, caller);
    }
}
