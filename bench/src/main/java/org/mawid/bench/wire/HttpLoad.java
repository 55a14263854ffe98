package org.mawid.bench.wire;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Connections that talk to one HTTP server. Closed loop: each sends its next request when the last was answered. Open loop: requests are
 * due at a rate, whatever the answers do, and each is timed from when it was due, so that a server that stands still is seen to.
 */
final class HttpLoad implements Closeable {
    private static final int LOOPS = Math.min(2, Runtime.getRuntime().availableProcessors());
    private static final int MOST_OPEN = 1_000;
    private static final long TICK_NANOS = 100_000;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS).setPreferNativeTransport(true));
    private final List<Lines> loops = new ArrayList<>();
    private final Tally tally;
    private Thread pace;

    private HttpLoad(final Tally tally) {
        this.tally = tally;
    }

    /** @param talks what the connection of that number says */
    static HttpLoad closed(final int port, final int connections, final IntFunction<HttpTalk> talks, final Tally tally) throws Exception {
        final HttpLoad load = new HttpLoad(tally).connect(port, connections, talks, true);
        load.loops.forEach(loop -> loop.run(loop::sendAll));
        return load;
    }

    /** @param perSecond requests due a second, on all connections together */
    static HttpLoad open(final int port, final int connections, final double perSecond, final IntFunction<HttpTalk> talks, final Tally tally) throws Exception {
        final HttpLoad load = new HttpLoad(tally).connect(port, connections, talks, false);
        final long intervalNs = (long) (1e9 * connections / perSecond);
        final long from = System.nanoTime();
        load.loops.forEach(loop -> loop.schedule(from, intervalNs));
        load.pace = new Thread(load::pace, "bench-pace");
        load.pace.setDaemon(true);
        load.pace.start();
        return load;
    }

    private HttpLoad connect(final int port, final int connections, final IntFunction<HttpTalk> talks, final boolean isClosed) throws Exception {
        for (int i = 0; i < LOOPS; i++) {
            final List<HttpTalk> share = new ArrayList<>();
            for (int connection = i; connection < connections; connection += LOOPS) {
                share.add(isClosed ? new Again(talks.apply(connection)) : talks.apply(connection));
            }
            final Lines lines = new Lines(port, share, tally);
            vertx.deployVerticle(lines).await(30, TimeUnit.SECONDS);
            loops.add(lines);
        }
        return this;
    }

    private void pace() {
        while (!tally.isStopping()) {
            loops.forEach(Lines::tick);
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    @Override
    public void close() {
        try {
            if (pace != null) {
                pace.join();
            }
            vertx.close().await(30, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final TimeoutException e) {
            throw new IllegalStateException("the HTTP client did not end", e);
        }
    }

    /** Sends the next request of a closed loop when the last one was answered. */
    private static final class Again implements HttpTalk {
        private final HttpTalk talk;
        private HttpLine line;

        Again(final HttpTalk talk) {
            this.talk = talk;
        }

        @Override
        public Buffer next() {
            return talk.next();
        }

        @Override
        public void done(final Buffer data, final int body, final int bytes) {
            talk.done(data, body, bytes);
            line.send(System.nanoTime());
        }

        @Override
        public void notAdmitted() {
            line.send(System.nanoTime());
        }
    }

    /** The connections of one event loop. */
    private static final class Lines extends VerticleBase {
        private final int port;
        private final List<HttpTalk> talks;
        private final Tally tally;
        private final List<HttpLine> lines = new ArrayList<>();
        private final AtomicBoolean ticking = new AtomicBoolean();
        private long[] dueNs;
        private long intervalNs;

        Lines(final int port, final List<HttpTalk> talks, final Tally tally) {
            this.port = port;
            this.talks = talks;
            this.tally = tally;
        }

        @Override
        public Future<?> start() {
            final NetClient client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
            final List<Future<?>> connected = new ArrayList<>();
            for (final HttpTalk talk : talks) {
                connected.add(client.connect(port, "127.0.0.1").onSuccess(socket -> {
                    final HttpLine line = new HttpLine(socket, talk, tally);
                    if (talk instanceof Again again) {
                        again.line = line;
                    }
                    lines.add(line);
                }));
            }
            return Future.all(connected);
        }

        @Override
        public Future<?> stop() {
            lines.forEach(HttpLine::close);
            return Future.succeededFuture();
        }

        void run(final Runnable what) {
            context.runOnContext(nothing -> what.run());
        }

        void sendAll() {
            lines.forEach(line -> line.send(System.nanoTime()));
        }

        /** The connections are due one after the other within an interval, not all at once. */
        void schedule(final long from, final long interval) {
            intervalNs = interval;
            dueNs = new long[lines.size()];
            for (int i = 0; i < dueNs.length; i++) {
                dueNs[i] = from + interval * i / dueNs.length;
            }
        }

        void tick() {
            if (ticking.compareAndSet(false, true)) {
                run(this::sendDue);
            }
        }

        private void sendDue() {
            ticking.set(false);
            final long nowNs = System.nanoTime();
            for (int i = 0; i < dueNs.length && !tally.isStopping(); i++) {
                final HttpLine line = lines.get(i);
                while (dueNs[i] <= nowNs && line.open() < MOST_OPEN) { // what has no place is late, not left out
                    line.send(dueNs[i]);
                    dueNs[i] += intervalNs;
                }
            }
        }
    }
}
