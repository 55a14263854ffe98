package org.mawid.api.server;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.function.UnaryOperator;
import org.mawid.api.limit.Proxies;
import org.mawid.api.rpc.CallBytes;

/**
 * Counts the bytes of a message while it comes in, so that one that is too large is refused before it is there. gRPC's own limit would end the
 * call without a word that a program can read. One for each call, on its event loop.
 */
final class MessageSize extends CallBytes {
    /** How gRPC begins to say it. */
    private static final String OF_GRPC = "gRPC message exceeds maximum size";

    private final int maxBytes;
    private long bytes;
    private Runnable refuse;

    private MessageSize(final int maxBytes, final UnaryOperator<String> client) {
        super(client);
        this.maxBytes = maxBytes;
    }

    /** @param proxies who is believed about whom they speak for */
    static ServerStreamTracer.Factory limit(final int maxBytes, final Proxies proxies) {
        final Metadata.Key<String> header = proxies.header() == null ? null : Metadata.Key.of(proxies.header(), Metadata.ASCII_STRING_MARSHALLER);
        return new ServerStreamTracer.Factory() {
            @Override
            public ServerStreamTracer newServerStreamTracer(final String method, final Metadata headers) {
                final Iterable<String> hops = header == null ? null : headers.getAll(header);
                return new MessageSize(maxBytes, hops == null ? UnaryOperator.identity() : peer -> proxies.client(peer, hops));
            }
        };
    }

    /** Within the start of a call. */
    static MessageSize ofThisCall() {
        return (MessageSize) CallBytes.ofCall();
    }

    /** What to do, once, when one of the call's messages is too large. */
    void whenExceeded(final Runnable refuseCall) {
        refuse = refuseCall;
    }

    @Override
    public void inboundMessage(final int number) {
        bytes = 0;
    }

    @Override
    public void inboundWireSize(final long more) {
        bytes += more;
        if (bytes > maxBytes) {
            refuse();
        }
    }

    /** gRPC's own limit is that of its lengths: who says more is not counted, and told here, before the call is ended. */
    @Override
    public void streamClosed(final Status status) {
        super.streamClosed(status);
        if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED && String.valueOf(status.getDescription()).startsWith(OF_GRPC)) {
            refuse();
        }
    }

    private void refuse() {
        if (refuse != null) {
            final Runnable once = refuse;
            refuse = null;
            once.run();
        }
    }
}
