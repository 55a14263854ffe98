package org.mawid.bench.wire.server;

import org.agrona.concurrent.SystemEpochClock;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.References;
import org.mawid.api.server.GrpcServer;
import org.mawid.api.server.GrpcServerConfig;
import org.mawid.api.server.GrpcTransport;

/** What the empty server has, in the tests' own process. */
public final class EmptyEdge implements AutoCloseable {
    private final AutoCloseable gateway;
    private final AutoCloseable server;
    private final int port;

    private EmptyEdge(final AutoCloseable gateway, final AutoCloseable server, final int port) {
        this.gateway = gateway;
        this.server = server;
        this.port = port;
    }

    /** Handlers with nothing in them. */
    public static EmptyEdge handlers() throws Exception {
        final GrpcTransport transport = new GrpcTransport(GrpcServerConfig.loopback(0));
        transport.start(EmptyHandlers.all());
        return new EmptyEdge(() -> { }, transport, transport.port());
    }

    /** The real edge around an engine with nothing in it. */
    public static EmptyEdge aroundNothing() throws Exception {
        final Gateway gateway = new Gateway(new EmptyEngine(), References.of(1, new byte[32]), 30_000, SystemEpochClock.INSTANCE);
        final GrpcServer server = GrpcServer.start(GrpcServerConfig.loopback(0), gateway);
        return new EmptyEdge(gateway, server, server.port());
    }

    /** Pages over HTTP, in place of gRPC. */
    public static EmptyEdge pages() throws Exception {
        final EmptyPages pages = EmptyPages.start();
        return new EmptyEdge(() -> { }, pages, pages.port());
    }

    public int port() {
        return port;
    }

    @Override
    public void close() throws Exception {
        server.close();
        gateway.close();
    }
}
