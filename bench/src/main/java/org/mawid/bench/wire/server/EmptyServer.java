package org.mawid.bench.wire.server;

import io.grpc.BindableService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
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
 * real gRPC edge around an empty engine, and Vert.x with empty pages. It ends when its standard input does.
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
        try (EmptyPages pages = EmptyPages.start()) {
            final int grpcPort = edge ? realEdge() : handlers(watched ? WatchedHandlers.all() : EmptyHandlers.all());
            System.out.println("ready http=127.0.0.1:" + pages.port() + " grpc=127.0.0.1:" + grpcPort);
            while (System.in.read() >= 0) {
                // whoever started this holds the other end
            }
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
}
