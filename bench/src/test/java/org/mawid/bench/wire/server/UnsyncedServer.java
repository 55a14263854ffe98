package org.mawid.bench.wire.server;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.agrona.concurrent.SystemEpochClock;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.References;
import org.mawid.api.server.GrpcServer;
import org.mawid.api.server.GrpcServerConfig;

/** As {@code mawid serve …}, but that it answers every command at once: it has no journal, and its count of syncs stays where it is. */
public final class UnsyncedServer {
    private static final byte[] METRICS = "mawid_journal_sync_seconds_count 7.0\n".getBytes(StandardCharsets.UTF_8);

    private UnsyncedServer() {
    }

    public static void main(final String[] arguments) throws Exception {
        final Gateway gateway = new Gateway(new EmptyEngine(), References.of(1, new byte[32]), 30_000, SystemEpochClock.INSTANCE);
        final GrpcServer grpc = GrpcServer.start(GrpcServerConfig.loopback(0), gateway);
        grpc.ready();
        final HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/metrics", exchange -> {
            exchange.sendResponseHeaders(200, METRICS.length);
            exchange.getResponseBody().write(METRICS);
            exchange.close();
        });
        http.start();
        System.out.println("ready http=127.0.0.1:" + http.getAddress().getPort() + " grpc=127.0.0.1:" + grpc.port());
        new CountDownLatch(1).await();
    }
}
