package org.mawid.api.server;

import io.grpc.HandlerRegistry;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mawid.api.gateway.Cause;
import org.mawid.api.rpc.Refusals;
import org.mawid.sbe.Result;

/** Services of a server that already listens: until they are there, every method answers UNAVAILABLE, come again. Any thread. */
final class LateServices extends HandlerRegistry {
    private static final ServerMethodDefinition<byte[], byte[]> STARTING = ServerMethodDefinition.create(
            MethodDescriptor.<byte[], byte[]>newBuilder().setType(MethodDescriptor.MethodType.UNKNOWN).setFullMethodName("mawid/starting")
                    .setRequestMarshaller(new Unread()).setResponseMarshaller(new Unread()).build(),
            starting());

    private final RefusedCalls refused;
    private volatile Map<String, ServerMethodDefinition<?, ?>> methods;
    private volatile List<ServerServiceDefinition> services = List.of();

    LateServices(final RefusedCalls refused) {
        this.refused = refused;
    }

    void open(final List<ServerServiceDefinition> all) {
        final Map<String, ServerMethodDefinition<?, ?>> byName = new HashMap<>();
        all.forEach(service -> service.getMethods().forEach(method -> byName.put(method.getMethodDescriptor().getFullMethodName(), method)));
        services = List.copyOf(all);
        methods = byName;
    }

    @Override
    public List<ServerServiceDefinition> getServices() {
        return services;
    }

    /** @return null when there is no such method */
    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(final String methodName, final String authority) {
        final Map<String, ServerMethodDefinition<?, ?>> known = methods;
        if (known != null) {
            return known.get(methodName);
        }
        refused.count(methodName, Result.UNAVAILABLE, Cause.STARTING.number()); // looked up once for each call
        return STARTING;
    }

    private static ServerCallHandler<byte[], byte[]> starting() {
        return (call, headers) -> {
            final StatusRuntimeException unavailable = Refusals.of(Cause.STARTING);
            call.close(unavailable.getStatus(), unavailable.getTrailers());
            return new ServerCall.Listener<>() { };
        };
    }

    /** What comes in is of no interest. */
    private static final class Unread implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(final byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(final InputStream stream) {
            return new byte[0];
        }
    }
}
