package org.mawid.api.server;

import com.google.protobuf.Message;
import io.grpc.BindableService;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.mawid.api.gateway.OutOfMemory;
import org.mawid.api.rpc.Refusals;
import org.mawid.sbe.Result;

/**
 * Answers bytes that are no message with MALFORMED, like any other refusal. By itself gRPC would end the call with an internal
 * error and write a page into the log, which strangers could fill.
 */
final class Malformed {
    private Malformed() {
    }

    static ServerServiceDefinition refusedIn(final BindableService service, final RefusedCalls refused) {
        final ServerServiceDefinition plain = service.bindService();
        final List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
        final ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder(plain.getServiceDescriptor().getName())
                .setSchemaDescriptor(plain.getServiceDescriptor().getSchemaDescriptor());
        for (final ServerMethodDefinition<?, ?> method : plain.getMethods()) {
            final ServerMethodDefinition<?, ?> guarded = guarded(method, refused);
            methods.add(guarded);
            descriptor.addMethod(guarded.getMethodDescriptor());
        }
        final ServerServiceDefinition.Builder builder = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(builder::addMethod);
        return builder.build();
    }

    private static <Q, R> ServerMethodDefinition<Q, R> guarded(final ServerMethodDefinition<Q, R> method, final RefusedCalls refused) {
        final MethodDescriptor<Q, R> descriptor = method.getMethodDescriptor();
        if (!(descriptor.getRequestMarshaller() instanceof MethodDescriptor.PrototypeMarshaller)) {
            // Taken as bytes: the handler parses, and refuses what it cannot.
            return ServerMethodDefinition.create(descriptor, new Guard<>(method.getServerCallHandler(), null, refused));
        }
        final Tolerant<Q> marshaller = new Tolerant<>(descriptor.getRequestMarshaller());
        return ServerMethodDefinition.create(
                descriptor.toBuilder(marshaller, descriptor.getResponseMarshaller()).build(),
                new Guard<>(method.getServerCallHandler(), marshaller.none, refused));
    }

    /** Gives one and the same stand-in for whatever cannot be parsed. */
    private static final class Tolerant<Q> implements MethodDescriptor.PrototypeMarshaller<Q> {
        private final MethodDescriptor.PrototypeMarshaller<Q> marshaller;
        private final Q none;

        @SuppressWarnings("unchecked") // a message of the prototype's own type
        Tolerant(final MethodDescriptor.Marshaller<Q> marshaller) {
            this.marshaller = (MethodDescriptor.PrototypeMarshaller<Q>) marshaller;
            this.none = (Q) ((Message) this.marshaller.getMessagePrototype()).newBuilderForType().build();
        }

        @Override
        public Q getMessagePrototype() {
            return marshaller.getMessagePrototype();
        }

        @Override
        public Class<Q> getMessageClass() {
            return marshaller.getMessageClass();
        }

        @Override
        public InputStream stream(final Q value) {
            return marshaller.stream(value);
        }

        @Override
        public Q parse(final InputStream stream) {
            try {
                return marshaller.parse(stream);
            } catch (final StatusRuntimeException unparsable) {
                return none;
            } catch (final OutOfMemoryError e) {
                OutOfMemory.tell(e);
                throw e;
            }
        }
    }

    private record Guard<Q, R>(ServerCallHandler<Q, R> handler, Q none, RefusedCalls counter) implements ServerCallHandler<Q, R> {
        @Override
        public ServerCall.Listener<Q> startCall(final ServerCall<Q, R> call, final Metadata headers) {
            return new SimpleForwardingServerCallListener<>(handler.startCall(call, headers)) {
                private boolean refused;

                @Override
                public void onMessage(final Q message) {
                    if (message == none) {
                        refused = true;
                        counter.count(call.getMethodDescriptor().getFullMethodName(), Result.MALFORMED, 0);
                        final StatusRuntimeException refusal = Refusals.of(Result.MALFORMED);
                        call.close(refusal.getStatus(), refusal.getTrailers());
                        super.onCancel();
                    } else if (!refused) {
                        try {
                            super.onMessage(message);
                        } catch (final OutOfMemoryError e) {
                            OutOfMemory.tell(e); // gRPC catches everything and goes on
                            throw e;
                        }
                    }
                }

                @Override
                public void onHalfClose() {
                    if (!refused) {
                        try {
                            super.onHalfClose();
                        } catch (final OutOfMemoryError e) {
                            OutOfMemory.tell(e);
                            throw e;
                        }
                    }
                }

                @Override
                public void onReady() {
                    if (!refused) {
                        super.onReady();
                    }
                }

                @Override
                public void onCancel() {
                    if (!refused) {
                        super.onCancel();
                    }
                }

                @Override
                public void onComplete() {
                    if (!refused) {
                        super.onComplete();
                    }
                }
            };
        }
    }
}
