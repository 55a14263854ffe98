package org.mawid.bench.wire.server;

import io.grpc.BindableService;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemEpochClock;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.References;
import org.mawid.api.server.GrpcServer;
import org.mawid.api.server.GrpcServerConfig;
import org.mawid.api.server.GrpcTransport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the real server is taken against, as a process of its own that is started with the same launcher: gRPC with empty handlers, or the
 * real gRPC edge around an empty engine, and Vert.x with an empty page. It ends when its standard input does.
 */
@Command(name = EmptyServer.NAME, hidden = true, description = "The server that the others are taken against. Other benchmarks start it.")
public final class EmptyServer implements Callable<Integer> {
    public static final String NAME = "empty-server";

    @Option(names = "--edge", description = "The real gRPC edge around an empty engine, in the place of empty handlers.")
    private boolean edge;

    @Option(names = "--watched", description = "Empty handlers that tell watchers of each command.")
    private boolean watched;

    @Override
    public Integer call() throws Exception {
        final int httpPort = emptyPage();
        final int grpcPort = edge ? realEdge() : handlers(watched ? WatchedHandlers.all() : EmptyHandlers.all());
        System.out.println("ready http=127.0.0.1:" + httpPort + " grpc=127.0.0.1:" + grpcPort);
        while (System.in.read() >= 0) {
            // whoever started this holds the other end
        }
        return 0;
    }

    private static int handlers(final List<BindableService> services) throws Exception {
        final GrpcTransport transport = new GrpcTransport(GrpcServerConfig.loopback(0));
        transport.start(services);
        return transport.port();
    }

    private static int realEdge() throws Exception {
        final Path key = Files.createTempDirectory("mawid-bench").resolve("reference.key");
        final References references = References.open(key);
        Files.delete(key);
        Files.delete(key.getParent());
        final Gateway gateway = new Gateway(new EmptyEngine(), references, 30_000, SystemEpochClock.INSTANCE);
        final GrpcServer server = GrpcServer.start(GrpcServerConfig.loopback(0), gateway);
        server.ready();
        return server.port();
    }

    /** As many event loops as the real edge has, on one port; one page, always the same. */
    private static int emptyPage() throws Exception {
        final int loops = Math.min(8, Runtime.getRuntime().availableProcessors());
        final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops).setPreferNativeTransport(true));
        final Buffer page = Buffer.buffer("Hello, world!");
        int port = 0;
        for (int i = 0; i < loops; i++) {
            final EmptyPage listener = new EmptyPage(page);
            vertx.deployVerticle(listener).await(30, TimeUnit.SECONDS);
            port = listener.port();
        }
        return port;
    }

    private static final class EmptyPage extends VerticleBase {
        private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain");
        /** To Vert.x any free port, and the same for all that ask for it. */
        private static final int ANY_SHARED_PORT = -1;

        private final Buffer page;
        private HttpServer server;

        EmptyPage(final Buffer page) {
            this.page = page;
        }

        @Override
        public Future<?> start() {
            server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(ANY_SHARED_PORT).setTcpNoDelay(true))
                    .requestHandler(request -> request.response().putHeader(HttpHeaders.CONTENT_TYPE, TEXT).end(page));
            return server.listen();
        }

        int port() {
            return server.actualPort();
        }
    }
}
