package org.mawid.api.http;

import com.google.common.net.InetAddresses;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.mawid.api.limit.Shares;

/**
 * The connections of one event loop: how many there may be, how long a request may take to arrive on one, and the end of those that were
 * told so. Answers alone end nothing: Vert.x sends {@code Connection: close} and keeps the connection. Only on that loop's thread.
 */
final class Connections {
    private static final long LOOK_MS = 500;
    /** From the answer that tells the end to the end: a client that is still sending would otherwise be reset before it reads why. */
    private static final long LINGER_MS = 1_000;

    /**
     * What is read before the requests in it are looked at. Each request that waits for those before it takes twenty times its bytes, and a
     * client that does not read its answers can have as many of them waiting as were read at once.
     */
    private static final int MOST_READ_BYTES = 8 << 10;
    private static final int FIRST_READ_BYTES = 2 << 10;
    private static final int LEAST_READ_BYTES = 256;

    private final Vertx vertx;
    private final HttpConfig config;
    private final EdgeMetrics metrics;
    private final Map<HttpConnection, Arrival> arrivals = new HashMap<>();
    private final Set<HttpConnection> parting = new HashSet<>();
    private final Map<HttpConnection, Unread.Share> shares = new HashMap<>();
    private final Unread unread;
    private final Shares ofAddresses;

    Connections(final Vertx vertx, final HttpConfig config, final EdgeMetrics metrics, final Unread unread, final Shares ofAddresses) {
        this.ofAddresses = ofAddresses;
        this.unread = unread;
        this.vertx = vertx;
        this.config = config;
        this.metrics = metrics;
        vertx.setPeriodic(LOOK_MS, timer -> look());
    }

    /** A client has connected: one too many is shown out. */
    void opened(final HttpConnection connection) {
        final InetAddress address = address(connection);
        if (metrics.onConnection() > config.maxConnections() || address != null && !ofAddresses.take(address)) {
            metrics.onConnectionClosed();
            metrics.onConnectionRefused();
            connection.close();
            return;
        }
        connection.closeHandler(closed -> { // first: what was counted goes with the connection, whatever happens below
            metrics.onConnectionClosed();
            if (address != null) {
                ofAddresses.giveBack(address);
            }
            arrivals.remove(connection);
            parting.remove(connection);
            shares.remove(connection).close();
        });
        shares.put(connection, unread.open());
        final Channel channel = ((ConnectionBase) connection).channel();
        channel.config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(LEAST_READ_BYTES, FIRST_READ_BYTES, MOST_READ_BYTES).maxMessagesPerRead(1));
        final Arrival arrival = Arrival.watch(channel);
        if (arrival != null) {
            arrivals.put(connection, arrival);
        }
    }

    /** Null when it has none. */
    private static InetAddress address(final HttpConnection connection) {
        final String address = connection.remoteAddress() == null ? null : connection.remoteAddress().hostAddress();
        return address == null ? null : InetAddresses.forString(address);
    }

    /** Gives an answer, which counts until it is written or the connection is gone. */
    void give(final HttpServerRequest request, final Buffer body) {
        final Unread.Share share = shares.get(request.connection());
        final int bytes = body.length();
        if (share == null) { // gone
            request.response().end(body);
            return;
        }
        share.take(bytes);
        request.response().end(body).onComplete(written -> share.giveBack(bytes));
    }

    /** A request that may take long to arrive, for its size: until the other is told. @return to be run when it has arrived */
    Runnable unhurried(final HttpServerRequest request) {
        final HttpConnection connection = request.connection();
        final Arrival arrival = arrivals.remove(connection);
        return () -> {
            if (arrival != null && shares.containsKey(connection)) {
                arrivals.put(connection, arrival);
            }
        };
    }

    /** Nothing more is to be made for who does not read what was, or while others do not. Health is told always. */
    boolean isUnread(final HttpServerRequest request) {
        if (request.method() != HttpMethod.GET || request.uri().startsWith("/health/")) {
            return false;
        }
        final Unread.Share share = shares.get(request.connection());
        return share != null && share.isSpent();
    }

    /** True when the last answer was given: what comes now is neither done nor answered. */
    boolean isParting(final HttpConnection connection) {
        return !parting.isEmpty() && parting.contains(connection);
    }

    /**
     * Answers a request whose rest is not waited for. Of HTTP/1 the connection ends, since nothing else tells where the next request
     * begins; of HTTP/2 only the stream does.
     */
    void part(final HttpServerRequest request, final Problem problem) {
        if (request.version() == HttpVersion.HTTP_2) {
            Answers.problem(request.response(), problem, config.isTls());
            request.response().reset(0);
        } else if (parting.add(request.connection())) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            Answers.problem(request.response(), problem, config.isTls());
            vertx.setTimer(LINGER_MS, timer -> end(request.connection()));
        }
    }

    /** A request that arrives drop by drop: its time-out has answered it where there was something to answer, so this comes a little later. */
    private void look() {
        final long limitNanos = (config.requestTimeoutMs() + LINGER_MS) * 1_000_000L;
        final long nowNanos = System.nanoTime();
        for (final Map.Entry<HttpConnection, Arrival> each : new ArrayList<>(arrivals.entrySet())) {
            if (each.getValue().nanos(nowNanos) > limitNanos) {
                end(each.getKey());
            }
        }
    }

    /** At once: a client that does not read could keep a closing that waits for it. */
    private static void end(final HttpConnection connection) {
        ((ConnectionBase) connection).channelHandlerContext().close();
    }
}
