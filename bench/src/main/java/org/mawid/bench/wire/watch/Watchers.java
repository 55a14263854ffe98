package org.mawid.bench.wire.watch;

import io.grpc.ManagedChannel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongUnaryOperator;
import org.mawid.bench.wire.grpc.Channels;
import org.mawid.bench.wire.loop.Tally;

/** Everybody who watches one server. Slow ones have connections of their own, with little room in them: the others are not to wait for them. */
final class Watchers implements Closeable {
    private static final int CONNECTIONS = 8;
    private static final int SLOW_WINDOW_BYTES = 64 << 10;
    private static final int SLOW_BUFFER_BYTES = 4 << 10;
    private static final long LONGEST_BEGIN_NS = 30_000_000_000L;

    private final int grpcPort;
    private final int httpPort;
    private final Tally tally;
    private final Channels channels;
    private final List<ManagedChannel> slowChannels = new ArrayList<>();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(Math.min(2, Runtime.getRuntime().availableProcessors()))
            .setPreferNativeTransport(true));
    private final List<GrpcWatcher> grpc = new ArrayList<>();
    private final List<SseWatcher> sse = new ArrayList<>();
    private final List<Watcher> slow = new ArrayList<>();

    Watchers(final int grpcPort, final int httpPort, final Tally tally) {
        this.grpcPort = grpcPort;
        this.httpPort = httpPort;
        this.tally = tally;
        this.channels = new Channels(grpcPort, CONNECTIONS);
    }

    /** Those that read all the time: one post each, in turn, but for some that follow all posts. Waits until each knows where it begins. */
    void open(final int posts, final int overGrpc, final int overHttp, final int ofAllPosts) throws InterruptedException {
        for (int i = 0; i < overGrpc; i++) {
            grpc.add(new GrpcWatcher(channels.get(i), i < ofAllPosts ? 0 : 1 + i % posts, false, tally).open());
        }
        final HttpClient client = vertx.createHttpClient(new HttpClientOptions().setIdleTimeout(0), new PoolOptions().setHttp1MaxSize(Math.max(1, overHttp)));
        for (int i = 0; i < overHttp; i++) {
            sse.add(new SseWatcher(client, httpPort, 1 + (overGrpc + i) % posts, false, tally).open());
        }
        awaitBegin(fast());
    }

    /** Those that do not read until they are told to: over gRPC one that follows all posts, over HTTP one that follows a post, in turn. */
    void openSlow(final int count, final boolean hasHttp) throws InterruptedException {
        final HttpClient client = vertx.createHttpClient(new HttpClientOptions().setIdleTimeout(0).setReceiveBufferSize(SLOW_BUFFER_BYTES),
                new PoolOptions().setHttp1MaxSize(2 * count));
        for (int i = 0; i < count; i++) {
            if (hasHttp && i % 2 == 1) {
                slow.add(new SseWatcher(client, httpPort, 1 + i / 2, true, tally).open());
            } else {
                final ManagedChannel channel = Channels.open(grpcPort).flowControlWindow(SLOW_WINDOW_BYTES).build();
                slowChannels.add(channel);
                slow.add(new GrpcWatcher(channel, 0, true, tally).open());
            }
        }
        awaitBegin(slow);
    }

    private void awaitBegin(final List<? extends Watcher> watchers) throws InterruptedException {
        final long fromNs = System.nanoTime();
        for (final Watcher watcher : watchers) {
            while (!watcher.received().isBegun()) {
                tally.requireNoFailure();
                if (System.nanoTime() - fromNs > LONGEST_BEGIN_NS) {
                    throw new IllegalStateException("a watcher of post " + watcher.postId() + " was not told where it begins");
                }
                Thread.sleep(1);
            }
        }
    }

    /**
     * Waits until each has what there is for it, at most so long; who then lacks something is found when the books are compared.
     *
     * @param lastOfPost the last position of a post, 0 = of all
     */
    void awaitLast(final List<? extends Watcher> watchers, final LongUnaryOperator lastOfPost, final long longestNs) throws InterruptedException {
        final long fromNs = System.nanoTime();
        for (final Watcher watcher : watchers) {
            while (watcher.received().lastPosition() < lastOfPost.applyAsLong(watcher.postId()) && System.nanoTime() - fromNs < longestNs) {
                tally.requireNoFailure();
                Thread.sleep(1);
            }
        }
    }

    List<GrpcWatcher> overGrpc() {
        return grpc;
    }

    List<SseWatcher> overHttp() {
        return sse;
    }

    /** All that read all the time. */
    List<Watcher> fast() {
        final List<Watcher> all = new ArrayList<>(grpc);
        all.addAll(sse);
        return all;
    }

    List<Watcher> slow() {
        return slow;
    }

    @Override
    public void close() {
        tally.stop();
        channels.close();
        Channels.close(slowChannels);
        try {
            vertx.close().await(30, TimeUnit.SECONDS);
        } catch (final TimeoutException e) {
            throw new IllegalStateException("the HTTP client did not end", e);
        }
    }
}
