package org.mawid.api.rpc;

import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.util.function.UnaryOperator;

/** What one call takes of the {@link ReplyBudget}, until the transport is done with it. On its event loop. */
public abstract class CallBytes extends ServerStreamTracer {
    private static final Context.Key<CallBytes> OF_CALL = Context.key("mawid-call-bytes");

    private final UnaryOperator<String> client;
    private ReplyBudget.Share share;
    private long held;
    private boolean closed;
    private String caller = "";

    /** @param client who calls, when that is the other end of the connection */
    protected CallBytes(final UnaryOperator<String> client) {
        this.client = client;
    }

    /** Within a handler of the call, or its start. */
    public static CallBytes ofCall() {
        return OF_CALL.get();
    }

    @Override
    public Context filterContext(final Context context) {
        return context.withValue(OF_CALL, this);
    }

    /** Before the handler. */
    @Override
    public void serverCallStarted(final ServerCallInfo<?, ?> call) {
        if (call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress remote && remote.getAddress() != null) {
            caller = client.apply(remote.getAddress().getHostAddress());
        }
    }

    /** Address of who calls, as text without port; empty = it has none, as over a Unix-domain socket. */
    public String caller() {
        return caller;
    }

    /** At the start of the call. @return false when it is to be refused: as many bytes wait as may */
    public boolean begin(final ReplyBudget.Share ofConnection) {
        final boolean isSpent = ofConnection.isSpent();
        share = ofConnection;
        take(ReplyBudget.CALL_BYTES);
        if (isSpent) {
            share.refused();
        }
        return !isSpent;
    }

    /** Whether an answer may be made that is more than a short one. Ask before the work for it is done. */
    public boolean mayAnswer() {
        return !share.isSpent();
    }

    /** Counts an answer, in the place of what was counted before. Does nothing once the call has ended. @param bytes that are or will be handed over */
    public void answer(final long bytes) {
        take(Math.max(ReplyBudget.CALL_BYTES, bytes) - held);
    }

    private void take(final long more) {
        if (!closed && more != 0) {
            held += more;
            share.take(more);
        }
    }

    /** The last byte was taken, or the call or its connection is gone. */
    @Override
    public void streamClosed(final Status status) {
        if (!closed && share != null) {
            share.giveBack(held);
        }
        closed = true;
    }
}
