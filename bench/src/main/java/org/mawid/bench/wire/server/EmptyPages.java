package org.mawid.bench.wire.server;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The library of the real HTTP edge with nothing behind it. What is asked for gets one short page; a command is read whole, and gets a ready answer of the
 * bytes that the real one has, with none of its headers. Nothing is checked, taken apart or kept: what remains is Vert.x itself.
 */
final class EmptyPages implements AutoCloseable {
    private static final long LONGEST_S = 30;

    private final Vertx vertx;
    private final int port;

    private EmptyPages(final Vertx vertx, final int port) {
        this.vertx = vertx;
        this.port = port;
    }

    /** As many event loops as the real edge has, on one port. */
    static EmptyPages start() throws TimeoutException {
        final int loops = Math.min(8, Runtime.getRuntime().availableProcessors());
        final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops).setPreferNativeTransport(true));
        int port = 0;
        for (int i = 0; i < loops; i++) {
            final Listener listener = new Listener();
            vertx.deployVerticle(listener).await(LONGEST_S, TimeUnit.SECONDS);
            port = listener.port();
        }
        return new EmptyPages(vertx, port);
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(LONGEST_S, TimeUnit.SECONDS);
    }

    /** What is answered to a command, always the same: clients send its reference back, and nobody looks at it. */
    private enum Done {
        SUBMITTED(201, "\"application\":\"7K3M-9QF2-T4VXH\","),
        HELD(201, "\"hold\":\"7K3M-9QF2-T4VXH\",\"until\":\"2027-01-15T08:00:00.123Z\",\"untilMs\":1800000000123,\"stamps\":[\"1234567890123456\"],"),
        CONFIRMED(201, "\"appointment\":\"7K3M-9QF2-T4VXH\",\"start\":\"2027-01-15T08:00:00Z\",\"startMs\":1800000000000,\"stamps\":[],"),
        NOTHING_MADE(200, "");

        private final int status;
        private final Buffer answer;

        Done(final int status, final String made) {
            this.status = status;
            this.answer = Buffer.buffer('{' + made + "\"position\":1234567,\"now\":\"2027-01-15T08:00:00.123Z\",\"nowMs\":1800000000123,\"repeatedAnswer\":false}");
        }

        static Done at(final String path) {
            return path.endsWith("/applications") ? SUBMITTED : path.endsWith("/holds") ? HELD : path.endsWith("/confirm") ? CONFIRMED : NOTHING_MADE;
        }
    }

    private static final class Listener extends VerticleBase {
        private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain");
        private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
        private static final Buffer PAGE = Buffer.buffer("Hello, world!");
        /** To Vert.x any free port, and the same for all that ask for it. */
        private static final int ANY_SHARED_PORT = -1;

        private HttpServer server;

        @Override
        public Future<?> start() {
            server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(ANY_SHARED_PORT).setTcpNoDelay(true)).requestHandler(Listener::answer);
            return server.listen();
        }

        private static void answer(final HttpServerRequest request) {
            if (request.method() == HttpMethod.POST) {
                final Done done = Done.at(request.path());
                request.bodyHandler(body -> request.response().setStatusCode(done.status).putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(done.answer));
            } else {
                request.response().putHeader(HttpHeaders.CONTENT_TYPE, TEXT).end(PAGE);
            }
        }

        int port() {
            return server.actualPort();
        }
    }
}
