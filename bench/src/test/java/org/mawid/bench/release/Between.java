package org.mawid.bench.release;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.HandlerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mawid.bench.release.ground.Address;
import org.mawid.bench.release.wire.Bytes;

/** Stands between a client and a server and hands on every call; of one kind it keeps the first answer back for ever, and says so: what was asked for is done by then. */
final class Between implements AutoCloseable {
    private static final int MOST_BYTES = 64 << 20;

    private final ManagedChannel behind;
    private final Server server;
    private final String keptBack;
    private final Runnable tell;
    private final AtomicBoolean isKeptBack = new AtomicBoolean();

    /** @param keptBack how the name of those calls ends @param tell from any thread, when an answer is kept back */
    Between(final Address grpc, final String keptBack, final Runnable tell) throws IOException {
        this.keptBack = keptBack;
        this.tell = tell;
        this.behind = NettyChannelBuilder.forAddress(grpc.host(), grpc.port()).usePlaintext().directExecutor().maxInboundMessageSize(MOST_BYTES).build();
        this.server = NettyServerBuilder.forPort(0).directExecutor().maxInboundMessageSize(MOST_BYTES).fallbackHandlerRegistry(new HandlerRegistry() {
            @Override
            public ServerMethodDefinition<?, ?> lookupMethod(final String name, final String authority) {
                return ServerMethodDefinition.create(MethodDescriptor.newBuilder(new Bytes(), new Bytes()).setFullMethodName(name)
                        .setType(MethodDescriptor.MethodType.UNKNOWN).build(), Between.this::handOn);
            }
        }).build().start();
    }

    Address address() {
        return new Address("127.0.0.1", server.getPort());
    }

    boolean wasKeptBack() {
        return isKeptBack.get();
    }

    private ServerCall.Listener<byte[]> handOn(final ServerCall<byte[], byte[]> asked, final Metadata headers) {
        final ClientCall<byte[], byte[]> asking = behind.newCall(asked.getMethodDescriptor(), CallOptions.DEFAULT);
        asking.start(new ClientCall.Listener<>() {
            private boolean isSilent;

            @Override
            public void onHeaders(final Metadata answered) {
                asked.sendHeaders(answered);
            }

            @Override
            public void onMessage(final byte[] message) {
                if (asked.getMethodDescriptor().getFullMethodName().endsWith(keptBack) && isKeptBack.compareAndSet(false, true)) {
                    isSilent = true;
                    tell.run();
                } else {
                    asked.sendMessage(message);
                }
            }

            @Override
            public void onClose(final Status status, final Metadata trailers) {
                if (!isSilent && !asked.isCancelled()) {
                    asked.close(status, trailers);
                }
            }
        }, headers);
        asking.request(Integer.MAX_VALUE);
        asked.request(Integer.MAX_VALUE);
        return new ServerCall.Listener<>() {
            @Override
            public void onMessage(final byte[] message) {
                asking.sendMessage(message);
            }

            @Override
            public void onHalfClose() {
                asking.halfClose();
            }

            @Override
            public void onCancel() {
                asking.cancel("the client has gone", null);
            }
        };
    }

    @Override
    public void close() {
        server.shutdownNow();
        behind.shutdownNow();
    }
}
