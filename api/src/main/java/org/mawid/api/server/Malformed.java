package org.mawid.api.server;

import com.google.protobuf.Message;
import io.grpc.BindableService;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthGrpc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.OutOfMemory;
import org.mawid.api.rpc.Refusals;
import org.mawid.api.rpc.ReplyBudget;
import org.mawid.sbe.Result;

/**
 * Answers bytes that are no message, or too many for one, with MALFORMED, like any other refusal. By itself gRPC would end the call with an
 * internal error, or without a reason, and write a page into the log, which strangers could fill.
 */
final class Malformed {
    private Malformed() {
    }

    /** @param maxBytes of one message; the server must count with {@link MessageSize} */
    static ServerServiceDefinition refusedIn(final BindableService service, final RefusedCalls refused, final int maxBytes) {
        final ServerServiceDefinition plain = service.bindService();
        final List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
        final ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder(plain.getServiceDescriptor().getName())
                .setSchemaDescriptor(plain.getServiceDescriptor().getSchemaDescriptor());
        for (final ServerMethodDefinition<?, ?> method : plain.getMethods()) {
            final ServerMethodDefinition<?, ?> guarded = guarded(method, refused, maxBytes);
            methods.add(guarded);
            descriptor.addMethod(guarded.getMethodDescriptor());
        }
        final ServerServiceDefinition.Builder builder = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(builder::addMethod);
        return builder.build();
    }

    private static <Q, R> ServerMethodDefinition<Q, R> guarded(final ServerMethodDefinition<Q, R> method, final RefusedCalls refused, final int maxBytes) {
        final MethodDescriptor<Q, R> descriptor = method.getMethodDescriptor();
        final MethodDescriptor.Marshaller<Q> marshaller = descriptor.getRequestMarshaller();
        if (!(marshaller instanceof MethodDescriptor.PrototypeMarshaller)) {
            // Taken as bytes: the handler parses, and refuses what it cannot.
            return ServerMethodDefinition.create(
                    descriptor.toBuilder(new Bounded<>(marshaller, maxBytes), descriptor.getResponseMarshaller()).build(),
                    new Guard<>(method.getServerCallHandler(), null, refused, maxBytes));
        }
        final Tolerant<Q> tolerant = new Tolerant<>(marshaller, maxBytes);
        return ServerMethodDefinition.create(
                descriptor.toBuilder(tolerant, descriptor.getResponseMarshaller()).build(),
                new Guard<>(method.getServerCallHandler(), tolerant.none, refused, maxBytes));
    }

    /** Gives null for whatever is too large. What came in compressed is so only when it is read. */
    private static final class Bounded<Q> implements MethodDescriptor.Marshaller<Q> {
        private final MethodDescriptor.Marshaller<Q> marshaller;
        private final int maxBytes;

        Bounded(final MethodDescriptor.Marshaller<Q> marshaller, final int maxBytes) {
            this.marshaller = marshaller;
            this.maxBytes = maxBytes;
        }

        @Override
        public InputStream stream(final Q value) {
            return marshaller.stream(value);
        }

        @Override
        public Q parse(final InputStream stream) {
            try {
                if (stream instanceof KnownLength) {
                    return stream.available() > maxBytes ? null : marshaller.parse(stream);
                }
                final byte[] bytes = stream.readNBytes(maxBytes + 1);
                return bytes.length > maxBytes ? null : marshaller.parse(new ByteArrayInputStream(bytes));
            } catch (final IOException unreadable) {
                throw Status.INTERNAL.withCause(unreadable).asRuntimeException();
            }
        }
    }

    /** Gives one and the same stand-in for whatever cannot be parsed. */
    private static final class Tolerant<Q> implements MethodDescriptor.PrototypeMarshaller<Q> {
        private final MethodDescriptor.PrototypeMarshaller<Q> marshaller;
        private final Bounded<Q> bounded;
        private final Q none;

        @SuppressWarnings("unchecked") // a message of the prototype's own type
        Tolerant(final MethodDescriptor.Marshaller<Q> marshaller, final int maxBytes) {
            this.marshaller = (MethodDescriptor.PrototypeMarshaller<Q>) marshaller;
            this.bounded = new Bounded<>(marshaller, maxBytes);
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
                return bounded.parse(stream);
            } catch (final StatusRuntimeException unparsable) {
                return none;
            } catch (final OutOfMemoryError e) {
                OutOfMemory.tell(e);
                throw e;
            }
        }
    }

    private record Guard<Q, R>(ServerCallHandler<Q, R> handler, Q none, RefusedCalls counter, int maxBytes) implements ServerCallHandler<Q, R> {
        @Override
        public ServerCall.Listener<Q> startCall(final ServerCall<Q, R> call, final Metadata headers) {
            final MessageSize bytes = MessageSize.ofThisCall();
            final boolean mayBegin = bytes.begin(call.getAttributes().get(ReplyBudget.SHARE));
            if (!mayBegin && !call.getMethodDescriptor().getServiceName().equals(HealthGrpc.SERVICE_NAME)) {
                counter.count(call.getMethodDescriptor().getFullMethodName(), Result.UNAVAILABLE, Cause.ANSWERS_UNREAD.number());
                final StatusRuntimeException refusal = Refusals.of(Cause.ANSWERS_UNREAD);
                call.close(refusal.getStatus(), refusal.getTrailers());
                return new ServerCall.Listener<>() { };
            }
            final Guarded guarded = new Guarded(call, handler.startCall(call, headers));
            bytes.whenExceeded(guarded::tooLarge);
            return guarded;
        }

        private final class Guarded extends SimpleForwardingServerCallListener<Q> {
            private final ServerCall<Q, R> call;
            private boolean refused;

            Guarded(final ServerCall<Q, R> call, final ServerCall.Listener<Q> listener) {
                super(listener);
                this.call = call;
            }

            void tooLarge() {
                refuse(Refusals.tooLarge(maxBytes));
            }

            private void refuse(final StatusRuntimeException refusal) {
                if (!refused) {
                    refused = true;
                    counter.count(call.getMethodDescriptor().getFullMethodName(), Result.MALFORMED, 0);
                    call.close(refusal.getStatus(), refusal.getTrailers());
                    super.onCancel();
                }
            }

            @Override
            public void onMessage(final Q message) {
                if (message == null) {
                    tooLarge();
                } else if (message == none) {
                    refuse(Refusals.of(Result.MALFORMED));
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
        }
    }
}
