package org.mawid.bench.release.wire;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.mawid.bench.release.ground.Address;
import org.mawid.bench.release.visit.Visit;
import org.mawid.bench.wire.http.HttpLine;
import org.mawid.grpc.Result;

/**
 * What a portal does over HTTP: keep-alive connections, each with one request at a time as long as there are enough of them, and what was
 * read is kept with its ETag and asked about with If-None-Match. On one event loop.
 */
public final class HttpWire implements Wire {
    private static final int CONNECTIONS = 48;
    private static final int AT_ONCE = 32;
    private static final long AGAIN_MS = 100;
    private static final String[] DETAILS = {"availableFromMs", "retryAtMs", "neededUnits"};
    private static final byte[] ETAG = {'e', 't', 'a', 'g', ':'};

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    private final ConcurrentLinkedQueue<Exchange> toSend = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean sending = new AtomicBoolean();
    private final Consumer<Exchange> answered;
    private final Lines lines;
    private volatile boolean isClosing;
    private volatile String whyLost;
    private volatile int lost;

    public HttpWire(final Address address, final Consumer<Exchange> answered) {
        this.answered = answered;
        this.lines = new Lines(address);
        try {
            vertx.deployVerticle(lines).await(30, TimeUnit.SECONDS);
        } catch (final TimeoutException e) {
            throw new IllegalStateException("no connection over HTTP within 30 s", e);
        }
    }

    @Override
    public void send(final Exchange exchange) {
        toSend.add(exchange);
        if (sending.compareAndSet(false, true)) {
            lines.run(this::sendSome);
        }
    }

    /** Some at a time: answers are read in between, however fast more comes. */
    private void sendSome() {
        int sent = 0;
        for (Exchange exchange = toSend.poll(); exchange != null; exchange = ++sent < AT_ONCE ? toSend.poll() : null) {
            lines.send(exchange);
        }
        if (sent == AT_ONCE) {
            lines.run(this::sendSome);
            return;
        }
        sending.set(false);
        if (!toSend.isEmpty() && sending.compareAndSet(false, true)) { // came between the last look and now
            lines.run(this::sendSome);
        }
    }

    @Override
    public void pulse(final Runnable answer) {
        lines.run(answer);
    }

    @Override
    public void close() {
        isClosing = true;
        try {
            vertx.close().await(30, TimeUnit.SECONDS);
        } catch (final TimeoutException e) {
            throw new IllegalStateException("the HTTP client did not end", e);
        }
    }

    /** Connections that did not end by us; each was made anew. */
    public int lost() {
        return lost;
    }

    /** Why the first of them did; null = none did. */
    public String whyLost() {
        return whyLost;
    }

    /** What was read, to be shown again when the server says that it still holds. */
    private record Kept(String etag, Found found) {
    }

    private final class Lines extends VerticleBase {
        private final Address address;
        /** For new connections, and held for the others: of a client that is collected, Vert.x ends the connections half a minute later. */
        private NetClient client;
        private int turn;
        private final List<Line> all = new ArrayList<>();
        private final Map<String, Kept> kept = new HashMap<>();

        Lines(final Address address) {
            this.address = address;
        }

        @Override
        public Future<?> start() {
            client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
            final List<Future<?>> connected = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                connected.add(connect());
            }
            return Future.all(connected);
        }

        private Future<NetSocket> connect() {
            return client.connect(address.port(), address.host()).onSuccess(socket -> all.add(new Line(socket)));
        }

        /** One connection in place of one that was lost, tried until it is there. */
        private void again() {
            connect().onFailure(refused -> {
                if (!isClosing) {
                    vertx.setTimer(AGAIN_MS, timer -> again());
                }
            });
        }

        void run(final Runnable what) {
            context.runOnContext(nothing -> what.run());
        }

        void send(final Exchange exchange) {
            Line freest = null;
            turn++;
            for (int i = 0; i < all.size(); i++) {
                final Line line = all.get((turn + i) % all.size()); // in turn: one that is never used would be closed by the server
                if (freest == null || line.line.open() < freest.line.open()) {
                    freest = line;
                    if (line.line.open() == 0) {
                        break;
                    }
                }
            }
            if (freest == null) {
                exchange.answer(null, 0);
                answered.accept(exchange);
            } else {
                freest.send(exchange);
            }
        }

        private Buffer request(final Exchange exchange) {
            return switch (exchange.kind()) {
                case COUNTS, STARTS -> get(exchange.search().uri(exchange.kind()));
                case HOLD -> command(exchange, "POST /v1/holds", hold(exchange));
                case CONFIRM -> command(exchange, "POST /v1/holds/" + exchange.hold() + "/confirm", exchange.issueStamps() ? "{\"issueStamps\":true}" : "{}");
                case RELEASE -> command(exchange, "DELETE /v1/holds/" + exchange.hold(), "");
            };
        }

        private Buffer get(final String uri) {
            final Kept before = kept.get(uri);
            return Buffer.buffer("GET " + uri + " HTTP/1.1\r\nHost: " + address.host() + "\r\n"
                    + (before == null ? "\r\n" : "If-None-Match: " + before.etag() + "\r\n\r\n"));
        }

        private Buffer command(final Exchange exchange, final String methodAndUri, final String body) {
            return Buffer.buffer(methodAndUri + " HTTP/1.1\r\nHost: " + address.host() + "\r\nIdempotency-Key: "
                    + new UUID(exchange.idHigh(), exchange.idLow()) + "\r\nMawid-Created: " + exchange.createdMs() + "\r\n"
                    + (body.isEmpty() ? "" : "Content-Type: application/json\r\n") + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        }

        private String hold(final Exchange exchange) {
            final StringBuilder body = new StringBuilder(256).append("{\"application\":\"").append(exchange.applicant().application())
                    .append("\",\"issueStamps\":").append(exchange.issueStamps()).append(",\"legs\":[");
            final LocalDate date = LocalDate.ofEpochDay(exchange.visit().epochDay());
            for (final Visit.Leg leg : exchange.visit().legs()) {
                body.append(leg == exchange.visit().first() ? "" : ",").append("{\"deskId\":").append(leg.deskId()).append(",\"lines\":[");
                for (int set = leg.lines(); set != 0; set &= set - 1) {
                    body.append(Integer.numberOfTrailingZeros(set)).append((set & set - 1) == 0 ? "" : ",");
                }
                body.append("],\"date\":\"").append(date).append("\",\"startUnit\":").append(leg.startUnit()).append(",\"units\":").append(leg.units()).append('}');
            }
            return body.append("]}").toString();
        }

        /** One connection: the oldest request is answered first. */
        private final class Line implements HttpLine.Answers {
            private final HttpLine line;
            private final ArrayDeque<Exchange> waiting = new ArrayDeque<>();

            Line(final NetSocket socket) {
                line = new HttpLine(socket, this);
            }

            void send(final Exchange exchange) {
                waiting.add(exchange);
                line.send(exchange.dueNs(), request(exchange));
            }

            @Override
            public void answered(final long dueNs, final int status, final Buffer data, final int head, final int body, final int bytes) {
                final Exchange exchange = waiting.poll();
                try {
                    take(exchange, status, data, head, body, bytes);
                } catch (final RuntimeException notUnderstood) {
                    whyLost = "not understood: " + notUnderstood + " in " + data.getString(head, body + bytes);
                    exchange.answer(null, 0);
                }
                answered.accept(exchange);
            }

            private void take(final Exchange exchange, final int status, final Buffer data, final int head, final int body, final int bytes) {
                if (status == 304) {
                    exchange.found(kept.get(exchange.search().uri(exchange.kind())).found(), true);
                } else if (status == 202) {
                    exchange.answer(Result.PENDING, 0);
                } else if (status / 100 != 2) {
                    refused(exchange, new JsonObject(data.slice(body, body + bytes)));
                } else if (exchange.kind().isRead()) {
                    final Found found = Found.ofJson(exchange.kind(), data.getBytes(body, body + bytes));
                    final int etag = HttpLine.header(data, head, body, ETAG);
                    if (etag >= 0) {
                        kept.put(exchange.search().uri(exchange.kind()), new Kept(HttpLine.value(data, etag), found));
                    }
                    exchange.found(found, false);
                } else {
                    done(exchange, new JsonObject(data.slice(body, body + bytes)));
                }
            }

            @Override
            public void broken(final Throwable cause) {
                if (!isClosing && all.remove(this)) {
                    lost++;
                    whyLost = whyLost == null ? cause.getMessage() + ", with " + waiting.size() + " requests unanswered" : whyLost;
                    again();
                    for (Exchange exchange = waiting.poll(); exchange != null; exchange = waiting.poll()) {
                        exchange.answer(null, 0);
                        answered.accept(exchange);
                    }
                }
            }
        }
    }

    private static void refused(final Exchange exchange, final JsonObject problem) {
        long detail = 0;
        for (final String name : DETAILS) {
            detail = problem.getLong(name, detail);
        }
        exchange.answer(Result.valueOf(problem.getString("result")), detail);
    }

    private static void done(final Exchange exchange, final JsonObject reply) {
        final JsonArray stamps = reply.getJsonArray("stamps");
        exchange.made(reply.getString("hold", reply.getString("appointment", "")), reply.getLong("untilMs", 0L), reply.getLong("nowMs"),
                stamps == null ? 0 : stamps.size());
    }
}
