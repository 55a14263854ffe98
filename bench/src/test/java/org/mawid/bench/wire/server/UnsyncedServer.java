package org.mawid.bench.wire.server;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.agrona.concurrent.SystemEpochClock;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.References;
import org.mawid.api.server.GrpcServer;
import org.mawid.api.server.GrpcServerConfig;

/** As {@code mawid serve …}, but that it answers every command at once: it has no journal, and its count of syncs stays where it is. */
public final class UnsyncedServer {
    private UnsyncedServer() {
    }

    public static void main(final String[] arguments) throws Exception {
        serve(() -> 7);
    }

    /** @param syncs what it says that they are, whenever it is asked */
    static void serve(final LongSupplier syncs) throws Exception {
        final Gateway gateway = new Gateway(new EmptyEngine(), References.of(1, new byte[32]), 30_000, SystemEpochClock.INSTANCE);
        final GrpcServer grpc = GrpcServer.start(GrpcServerConfig.loopback(0), gateway);
        grpc.ready();
        final HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/metrics", exchange -> {
            final byte[] metrics = ("mawid_journal_sync_seconds_count " + syncs.getAsLong() + ".0\n").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, metrics.length);
            exchange.getResponseBody().write(metrics);
            exchange.close();
        });
        http.start();
        System.out.println("ready http=127.0.0.1:" + http.getAddress().getPort() + " grpc=127.0.0.1:" + grpc.port());
        new CountDownLatch(1).await();
    }
}
