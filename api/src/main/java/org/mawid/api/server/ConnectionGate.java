package org.mawid.api.server;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.mawid.api.limit.Shares;
import org.mawid.api.rpc.ReplyBudget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets so many connections in, in all and of each address. One more is closed before a byte is said on it, which a client of gRPC takes for UNAVAILABLE and comes back from
 * with a growing delay; told in HTTP/2 it would come back at once. Gives those that are in their share of the {@link ReplyBudget}.
 */
final class ConnectionGate extends ServerTransportFilter {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionGate.class);
    private static final long TELL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final int most;
    private final Shares ofAddresses;
    private final ReplyBudget budget;
    private final Map<SocketAddress, Channel> open = new ConcurrentHashMap<>();
    private long toldNanos = System.nanoTime() - TELL_NANOS;

    /** @param most in all @param ofAddresses of each address */
    ConnectionGate(final int most, final Shares ofAddresses, final ReplyBudget budget) {
        this.most = most;
        this.ofAddresses = ofAddresses;
        this.budget = budget;
    }

    /** In front of whoever takes the connections of a listening socket. */
    <T extends Channel> T before(final T listening) {
        listening.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(final ChannelHandlerContext context, final Object connection) {
                if (isLetIn((Channel) connection)) {
                    context.fireChannelRead(connection);
                }
            }
        });
        return listening;
    }

    private boolean isLetIn(final Channel connection) {
        final SocketAddress client = connection.remoteAddress(); // null = gone already
        if (client == null || open.size() >= most) {
            connection.unsafe().closeForcibly();
            if (client != null) {
                tell();
            }
            return false;
        }
        final InetAddress address = client instanceof InetSocketAddress socket ? socket.getAddress() : null;
        if (address != null && !ofAddresses.take(address)) {
            connection.unsafe().closeForcibly(); // without a word in the log, which one address must not fill
            return false;
        }
        open.put(client, connection);
        connection.closeFuture().addListener(closed -> {
            open.remove(client, connection);
            if (address != null) {
                ofAddresses.giveBack(address);
            }
        });
        return true;
    }

    /** On the one thread that accepts. */
    private void tell() {
        final long nowNanos = System.nanoTime();
        if (nowNanos - toldNanos >= TELL_NANOS) {
            toldNanos = nowNanos;
            LOG.warn("as many connections of gRPC are open as there may be, {} ({}): others are closed", most, EdgeSetting.GRPC_CONNECTIONS.key());
        }
    }

    @Override
    public Attributes transportReady(final Attributes attributes) {
        final Channel connection = open.get(attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
        return attributes.toBuilder().set(ReplyBudget.SHARE, budget.open(() -> {
            if (connection != null) {
                connection.eventLoop().execute(() -> end(connection));
            }
        })).build();
    }

    /** At once, past all handlers: that of gRPC would say so first and then wait, without end, for calls whose answers nobody takes. */
    private static void end(final Channel connection) {
        final ChannelHandlerContext first = connection.pipeline().firstContext(); // null = has ended
        if (first != null) {
            first.close();
        }
    }

    @Override
    public void transportTerminated(final Attributes attributes) {
        final ReplyBudget.Share share = attributes == null ? null : attributes.get(ReplyBudget.SHARE);
        if (share != null) {
            share.close();
        }
    }
}
