package org.mawid.bench.wire.grpc;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.netty.util.ResourceLeakDetector;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Connections of one client to a gRPC server on this machine; calls are spread over them. */
public final class Channels implements Closeable {
    private static final int MOST_MESSAGE_BYTES = 16 << 20;
    private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final long LONGEST_CONNECT_NS = 10_000_000_000L;

    static {
        // Netty takes a stack trace of one buffer in 128, to find who forgot one: 6 % of a client's time. Where Vert.x is, as in the servers, it is off.
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    private final List<ManagedChannel> channels = new ArrayList<>();

    /** Connected when this returns. */
    public Channels(final int port, final int connections) {
        this(port, connections, null);
    }

    /** As above. @param token with which each call comes, null = none */
    public Channels(final int port, final int connections, final String token) {
        for (int i = 0; i < connections; i++) {
            final NettyChannelBuilder builder = open(port);
            if (token != null) {
                final Metadata header = new Metadata();
                header.put(AUTHORIZATION, "Bearer " + token);
                builder.intercept(MetadataUtils.newAttachHeadersInterceptor(header));
            }
            channels.add(builder.build());
        }
        awaitReady();
    }

    /** A connection that is made by the first call lets that one wait, and in an open loop all that come due meanwhile. */
    private void awaitReady() {
        final long fromNs = System.nanoTime();
        for (final ManagedChannel channel : channels) {
            while (channel.getState(true) != ConnectivityState.READY) {
                if (System.nanoTime() - fromNs > LONGEST_CONNECT_NS) {
                    close();
                    throw new IllegalStateException("the server took no connection within 10 s");
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    /** Answers are taken on the connection's own thread. */
    public static NettyChannelBuilder open(final int port) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().directExecutor().maxInboundMessageSize(MOST_MESSAGE_BYTES);
    }

    public int count() {
        return channels.size();
    }

    /** @param number of the caller: they take turns */
    public ManagedChannel get(final int number) {
        return channels.get(number % channels.size());
    }

    @Override
    public void close() {
        close(channels);
    }

    public static void close(final List<ManagedChannel> channels) {
        channels.forEach(ManagedChannel::shutdownNow);
        try {
            for (final ManagedChannel channel : channels) {
                channel.awaitTermination(10, TimeUnit.SECONDS);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
