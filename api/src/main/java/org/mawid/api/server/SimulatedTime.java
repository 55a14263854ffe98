package org.mawid.api.server;

import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import java.util.function.LongConsumer;

/**
 * Log time as the submitter of a simulation says it is: in a header of any call, before the call itself. Commands of that call and of later ones
 * are of that time; an earlier one changes nothing. Only a server that was started with {@code --simulation} looks at it.
 */
public final class SimulatedTime implements ServerInterceptor {
    /** Milliseconds since 1970-01-01 UTC, in decimal digits. */
    public static final Metadata.Key<String> KEY = Metadata.Key.of("mawid-log-time-ms", Metadata.ASCII_STRING_MARSHALLER);

    private final LongConsumer clock;

    /** @param clock is told what time it is, on the thread of the call */
    SimulatedTime(final LongConsumer clock) {
        this.clock = clock;
    }

    /** The same service, whose calls tell the time first. */
    BindableService in(final BindableService service) {
        return () -> ServerInterceptors.intercept(service, this);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(final ServerCall<Q, A> call, final Metadata headers, final ServerCallHandler<Q, A> next) {
        final String told = headers.get(KEY);
        if (told != null) {
            final long nowMs = parsed(told);
            if (nowMs < 0) {
                call.close(Status.INVALID_ARGUMENT.withDescription(KEY.name() + " is milliseconds since 1970-01-01 UTC, not '" + told + "'"), new Metadata());
                return new ServerCall.Listener<>() { };
            }
            clock.accept(nowMs);
        }
        return next.startCall(call, headers);
    }

    /** @return −1 when it is no instant */
    private static long parsed(final String told) {
        try {
            return Long.parseLong(told);
        } catch (final NumberFormatException e) {
            return -1;
        }
    }
}
