package org.mawid.api.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;

/**
 * How long a request has been arriving on an HTTP/1 connection: from its first byte to its last, head or body, at whatever path. An idle
 * time-out does not see one that comes drop by drop, nor does a route whose head is not complete. Only on the event loop.
 */
final class Arrival {
    private static final String DECODER = "httpDecoder";

    private final Channel channel;
    private long sinceNanos; // 0 = nothing is on its way

    private Arrival(final Channel channel) {
        this.channel = channel;
    }

    /** @return null of HTTP/2, which has limits of its own */
    static Arrival watch(final Channel channel) {
        final ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.get(DECODER) == null) {
            return null;
        }
        final Arrival arrival = new Arrival(channel);
        pipeline.addBefore(DECODER, null, arrival.new Bytes());
        pipeline.addAfter(DECODER, null, arrival.new Messages());
        return arrival;
    }

    /** As long as we do not read, because answers are still to be given or to be taken, it is not the client that is slow. */
    long nanos(final long nowNanos) {
        if (sinceNanos != 0 && !channel.config().isAutoRead()) {
            sinceNanos = nowNanos | 1;
        }
        return sinceNanos == 0 ? 0 : nowNanos - sinceNanos;
    }

    private final class Bytes extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(final ChannelHandlerContext context, final Object bytes) {
            if (sinceNanos == 0) {
                sinceNanos = System.nanoTime() | 1;
            }
            context.fireChannelRead(bytes);
        }
    }

    private final class Messages extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(final ChannelHandlerContext context, final Object message) {
            if (message instanceof LastHttpContent) {
                sinceNanos = 0;
            }
            context.fireChannelRead(message);
        }

        /** Of a client that has gone: Vert.x would trip over a request that waits behind another one, and has no answer yet. */
        @Override
        public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
            if (cause instanceof IOException) {
                context.close();
            } else {
                context.fireExceptionCaught(cause);
            }
        }
    }
}
