package org.mawid.client;

import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The TCP connections of one client, used in turn. Any thread. */
final class Connections {
    /** A reply to 8 190 commands with all their stamps. */
    private static final int MAX_MESSAGE_BYTES = 16 << 20;

    private final ManagedChannel[] channels;
    private final AtomicInteger next = new AtomicInteger();

    Connections(final ClientOptions options) throws IOException {
        channels = new ManagedChannel[options.connections()];
        for (int i = 0; i < channels.length; i++) {
            final NettyChannelBuilder builder = NettyChannelBuilder.forAddress(options.host(), options.port())
                    .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                    .directExecutor(); // callbacks return at once, blocking calls wait on their own thread
            if (options.token() != null) {
                builder.intercept(new BearerToken(options.token()));
            }
            if (options.trust() == null) {
                builder.usePlaintext();
            } else {
                builder.sslContext(GrpcSslContexts.forClient().trustManager(options.trust().toFile()).build());
            }
            channels[i] = builder.build();
        }
    }

    ManagedChannel next() {
        return channels.length == 1 ? channels[0] : channels[Math.floorMod(next.getAndIncrement(), channels.length)];
    }

    void close(final long graceMs) {
        for (final ManagedChannel channel : channels) {
            channel.shutdown();
        }
        try {
            for (final ManagedChannel channel : channels) {
                if (!channel.awaitTermination(graceMs, TimeUnit.MILLISECONDS)) {
                    channel.shutdownNow();
                }
            }
        } catch (final InterruptedException e) {
            for (final ManagedChannel channel : channels) {
                channel.shutdownNow();
            }
            Thread.currentThread().interrupt();
        }
    }
}
