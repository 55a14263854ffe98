package org.mawid.bench.wire.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.mawid.bench.wire.loop.Client;
import org.mawid.bench.wire.loop.Idle;
import org.mawid.bench.wire.loop.OpenLoop;
import org.mawid.bench.wire.loop.Tally;

/**
 * Connections that talk to one HTTP server. Closed loop: each sends its next request when the last was answered. Open loop: the connections
 * take turns with what comes due, each answered in the order in which it was asked; or, where a request hangs on the answer before it, each has one at a time.
 */
public final class HttpLoad implements OpenLoop.Sender {
    private static final int LOOPS = Math.min(2, Runtime.getRuntime().availableProcessors());
    /** Requests without an answer, for each connection. */
    private static final int MOST_OPEN = 1_000;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS).setPreferNativeTransport(true));
    private final List<Lines> loops = new ArrayList<>();
    private final Tally tally;
    private int turn;

    private HttpLoad(final Tally tally) {
        this.tally = tally;
    }

    /** @param talks what the connection of that number says */
    public static HttpLoad closed(final int port, final int connections, final IntFunction<HttpTalk> talks, final Tally tally) throws Exception {
        final HttpLoad load = new HttpLoad(tally).connect(port, connections, (connection, open) -> new Again(talks.apply(connection), tally));
        load.loops.forEach(loop -> loop.run(loop::sendAll));
        return load;
    }

    /** For an {@link OpenLoop}: says nothing until it is told to. */
    public static HttpLoad open(final int port, final int connections, final IntFunction<HttpTalk> talks, final Tally tally) throws Exception {
        return new HttpLoad(tally).connect(port, connections, (connection, open) -> new Counted(talks.apply(connection), open));
    }

    /** The same where what is said next hangs on the last answer: what is due waits for a connection that has been answered, and is late meanwhile. */
    public static OpenLoop.Sender oneByOne(final int port, final int connections, final IntFunction<HttpTalk> talks, final Tally tally) throws Exception {
        final HttpLoad load = new HttpLoad(tally);
        final Idle idle = new Idle(connections, load);
        final List<OneByOne> clients = new ArrayList<>();
        for (int connection = 0; connection < connections; connection++) {
            clients.add(new OneByOne(talks.apply(connection), idle::add));
        }
        load.connect(port, connections, (connection, open) -> clients.get(connection));
        clients.forEach(idle::bring);
        return idle;
    }

    /** What a connection says, and when. */
    @FunctionalInterface
    private interface Saying {
        /** @param open requests without an answer of its event loop */
        HttpTalk of(int connection, AtomicInteger open);
    }

    private HttpLoad connect(final int port, final int connections, final Saying saying) throws Exception {
        for (int i = 0; i < Math.min(LOOPS, connections); i++) {
            final List<HttpTalk> share = new ArrayList<>();
            final AtomicInteger open = new AtomicInteger();
            for (int connection = i; connection < connections; connection += LOOPS) {
                share.add(saying.of(connection, open));
            }
            final Lines lines = new Lines(port, share, tally, open);
            vertx.deployVerticle(lines).await(30, TimeUnit.SECONDS);
            loops.add(lines);
        }
        return this;
    }

    @Override
    public boolean send(final long dueNs) {
        for (int tried = 0; tried < loops.size(); tried++) {
            turn = turn + 1 == loops.size() ? 0 : turn + 1;
            if (loops.get(turn).take(dueNs)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void flush() {
        loops.forEach(Lines::wake);
    }

    @Override
    public void close() {
        try {
            vertx.close().await(30, TimeUnit.SECONDS);
        } catch (final TimeoutException e) {
            throw new IllegalStateException("the HTTP client did not end", e);
        }
    }

    /** Says itself when it is its connection's turn. */
    private interface OfItself extends HttpTalk {
        /** @param line that it is said on */
        void on(Lines loop, Talking line);
    }

    /** Sends the next request of a closed loop when the last one was answered. */
    private static final class Again implements OfItself {
        private final HttpTalk talk;
        private final Tally tally;
        private Talking line;

        Again(final HttpTalk talk, final Tally tally) {
            this.talk = talk;
            this.tally = tally;
        }

        @Override
        public void on(final Lines loop, final Talking own) {
            line = own;
        }

        @Override
        public Buffer next() {
            return talk.next();
        }

        @Override
        public void done(final Buffer data, final int body, final int bytes) {
            talk.done(data, body, bytes);
            goOn();
        }

        @Override
        public void notAdmitted() {
            talk.notAdmitted();
            goOn();
        }

        private void goOn() {
            tally.unlessStopping(() -> line.send(System.nanoTime()));
        }
    }

    /** Sends its next request when it is told to, and is told to only when it was answered. */
    private static final class OneByOne implements OfItself, Client {
        private final HttpTalk talk;
        private final Then then;
        private Lines loop;
        private Talking line;
        private long sinceNs;

        OneByOne(final HttpTalk talk, final Then then) {
            this.talk = talk;
            this.then = then;
        }

        @Override
        public void on(final Lines ownLoop, final Talking own) {
            loop = ownLoop;
            line = own;
        }

        @Override
        public void send(final long since) {
            loop.run(() -> {
                sinceNs = since;
                line.send(since);
            });
        }

        @Override
        public Buffer next() {
            return talk.next();
        }

        @Override
        public void done(final Buffer data, final int body, final int bytes) {
            talk.done(data, body, bytes);
            then.answered(this);
        }

        /** The same again, and its latency goes on. */
        @Override
        public void notAdmitted() {
            talk.notAdmitted();
            line.send(sinceNs);
        }
    }

    /** Gives the place of a request back when it was answered. */
    private record Counted(HttpTalk talk, AtomicInteger open) implements HttpTalk {
        @Override
        public Buffer next() {
            return talk.next();
        }

        @Override
        public void done(final Buffer data, final int body, final int bytes) {
            open.decrementAndGet();
            talk.done(data, body, bytes);
        }

        @Override
        public void notAdmitted() {
            open.decrementAndGet();
            talk.notAdmitted();
        }
    }

    /** A connection and what is said on it. Only on its event loop. */
    private static final class Talking implements HttpLine.Answers {
        private static final int UNAVAILABLE = 503;
        private static final int PENDING = 202;

        private final HttpLine line;
        private final HttpTalk talk;
        private final Tally tally;

        Talking(final NetSocket socket, final HttpTalk talk, final Tally tally) {
            this.talk = talk;
            this.tally = tally;
            this.line = new HttpLine(socket, this);
        }

        /** @param dueNs from when its latency counts, {@link System#nanoTime()} */
        void send(final long dueNs) {
            line.send(dueNs, talk.next());
        }

        void close() {
            line.close();
        }

        @Override
        public void answered(final long dueNs, final int status, final Buffer data, final int head, final int body, final int bytes) {
            if (status == UNAVAILABLE) {
                tally.notAdmitted(1);
                talk.notAdmitted();
            } else if (status / 100 == 2 && status != PENDING) {
                tally.answered(1, dueNs);
                done(data, body, bytes);
            } else if (!tally.isStopping()) {
                tally.fail(new IllegalStateException("answered " + status + ": " + data.getString(body, body + bytes)));
            }
        }

        private void done(final Buffer data, final int body, final int bytes) {
            try {
                talk.done(data, body, bytes);
            } catch (final IllegalStateException wrong) {
                tally.fail(wrong);
            }
        }

        @Override
        public void broken(final Throwable cause) {
            if (!tally.isStopping()) {
                tally.fail(cause);
            }
        }
    }

    /** The connections of one event loop. */
    private static final class Lines extends VerticleBase {
        private final int port;
        private final List<HttpTalk> talks;
        private final Tally tally;
        private final List<Talking> lines = new ArrayList<>();
        private final AtomicBoolean waking = new AtomicBoolean();
        private final AtomicInteger open;
        private final ManyToOneConcurrentArrayQueue<Long> due;
        /** Held as long as its connections are used: of a client that nobody holds, Vert.x ends the connections half a minute after it was collected. */
        private NetClient client;
        private int turn;

        Lines(final int port, final List<HttpTalk> talks, final Tally tally, final AtomicInteger open) {
            this.port = port;
            this.talks = talks;
            this.tally = tally;
            this.open = open;
            this.due = new ManyToOneConcurrentArrayQueue<>(MOST_OPEN * Math.max(1, talks.size()));
        }

        @Override
        public Future<?> start() {
            client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
            final List<Future<?>> connected = new ArrayList<>();
            for (final HttpTalk talk : talks) {
                connected.add(client.connect(port, "127.0.0.1").onSuccess(socket -> {
                    final Talking line = new Talking(socket, talk, tally);
                    if (talk instanceof OfItself own) {
                        own.on(this, line);
                    }
                    lines.add(line);
                }));
            }
            return Future.all(connected);
        }

        @Override
        public Future<?> stop() {
            lines.forEach(Talking::close);
            return Future.succeededFuture();
        }

        void run(final Runnable what) {
            context.runOnContext(nothing -> what.run());
        }

        void sendAll() {
            lines.forEach(line -> line.send(System.nanoTime()));
        }

        /** On the loop's thread that says what is due. @return false when all places are taken */
        boolean take(final long dueNs) {
            if (open.get() >= MOST_OPEN * lines.size() || !due.offer(dueNs)) {
                return false;
            }
            open.incrementAndGet();
            return true;
        }

        void wake() {
            if (!due.isEmpty() && waking.compareAndSet(false, true)) {
                run(this::sendDue);
            }
        }

        private void sendDue() {
            waking.set(false);
            for (Long next = due.poll(); next != null; next = due.poll()) {
                lines.get(turn).send(next);
                turn = turn + 1 == lines.size() ? 0 : turn + 1;
            }
        }
    }
}
