package org.mawid.api.jar;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.List;
import java.util.Random;
import org.mawid.api.server.SimulatedTime;
import org.mawid.grpc.CatalogueServiceGrpc;
import org.mawid.grpc.ClosureServiceGrpc;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.GetRulesRequest;
import org.mawid.grpc.GetWaitingRequest;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.Waiting;

/** Calls to a server whose time is that of a simulation: each says what time it is. One thread. */
final class MonthCalls implements ClientInterceptor {
    private final Random random;
    private Channel channel;
    private long nowMs;

    MonthCalls(final long seed, final long nowMs) {
        random = new Random(seed);
        this.nowMs = nowMs;
    }

    void to(final Server server) {
        channel = ClientInterceptors.intercept(server.channel(), this);
    }

    /** Of all calls. */
    Channel channel() {
        return channel;
    }

    long nowMs() {
        return nowMs;
    }

    /** It never goes back. */
    void now(final long ms) {
        nowMs = Math.max(nowMs, ms);
    }

    /** Somebody else calls next, who does not say what time it is. */
    void tell() {
        CatalogueServiceGrpc.newBlockingStub(channel).getRules(GetRulesRequest.getDefaultInstance());
    }

    /** Of a command that is made now. */
    Request request() {
        return Request.newBuilder().setIdHigh(random.nextLong()).setIdLow(random.nextLong()).setCreatedMs(nowMs).setChannel(org.mawid.grpc.Channel.CHANNEL_ONLINE).build();
    }

    CommandReply send(final Command.Builder command) {
        return CommandServiceGrpc.newBlockingStub(channel).batch(CommandBatch.newBuilder().addCommands(command).build()).getReplies(0);
    }

    /** @throws AssertionError when it is refused */
    CommandReply done(final Command.Builder command) {
        final CommandReply reply = send(command);
        if (reply.getResult() != Result.OK && reply.getResult() != Result.OVERFLOW) {
            throw new AssertionError(command + " was answered " + reply);
        }
        return reply;
    }

    /** What an application waits for, null = nothing. */
    Waiting waiting(final String application) {
        final List<Waiting> all = ClosureServiceGrpc.newBlockingStub(channel).getWaiting(GetWaitingRequest.newBuilder().setApplication(application).build()).getWaitingList();
        return all.isEmpty() ? null : all.get(0);
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(final MethodDescriptor<Q, A> method, final CallOptions options, final Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(final Listener<A> listener, final Metadata headers) {
                headers.put(SimulatedTime.KEY, Long.toString(nowMs));
                super.start(listener, headers);
            }
        };
    }
}
