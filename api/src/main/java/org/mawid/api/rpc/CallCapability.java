package org.mawid.api.rpc;

import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import org.mawid.api.capability.Capabilities;

/** Keeps the capability that a call brings as metadata, for as long as a handler of the call runs. */
public final class CallCapability implements ServerInterceptor {
    private static final Metadata.Key<String> KEY = Metadata.Key.of(Capabilities.HEADER, Metadata.ASCII_STRING_MARSHALLER);
    private static final Context.Key<String> OF_CALL = Context.key(Capabilities.HEADER);

    /** The same service, whose calls may bring one. */
    public BindableService in(final BindableService service) {
        return () -> ServerInterceptors.intercept(service, this);
    }

    /** Null when it brings none. Within a handler of the call. */
    public static String ofCall() {
        return OF_CALL.get();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(final ServerCall<Q, A> call, final Metadata headers, final ServerCallHandler<Q, A> next) {
        final String token = headers.get(KEY);
        return token == null ? next.startCall(call, headers) : Contexts.interceptCall(Context.current().withValue(OF_CALL, token), call, headers, next);
    }
}
