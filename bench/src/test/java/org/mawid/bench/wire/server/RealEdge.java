package org.mawid.bench.wire.server;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.SystemEpochClock;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.References;
import org.mawid.api.http.EdgeMetrics;
import org.mawid.api.http.HttpConfig;
import org.mawid.api.http.HttpEdge;
import org.mawid.api.http.PostZones;
import org.mawid.api.server.GrpcServer;
import org.mawid.api.server.GrpcServerConfig;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.Engine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;

/** The real engine behind both edges, in the tests' own process. */
public final class RealEdge implements AutoCloseable {
    private final Path data;
    private final EmbeddedEngine engine;
    private final Gateway gateway;
    private final GrpcServer grpc;
    private final HttpEdge http;

    /** @param around what the edges are given, made of the engine */
    public RealEdge(final Path data, final ModelNetwork network, final UnaryOperator<Engine> around) throws Exception {
        this.data = data;
        engine = EmbeddedEngine.start(EngineConfig.at(data).with(Setting.RECORDS, false).with(Setting.SEGMENT_BYTES, 4L << 20)
                .with(Setting.RETIRE_EVERY_MS, 0).with(Setting.SNAPSHOT_AT_STOP, false));
        Engines.make(engine, network, new Commands(3));
        gateway = new Gateway(around.apply(engine), References.of(1, new byte[32]), 30_000, SystemEpochClock.INSTANCE);
        grpc = GrpcServer.start(GrpcServerConfig.loopback(0), gateway);
        grpc.ready();
        http = HttpEdge.start(HttpConfig.loopback(0), gateway, new EdgeMetrics(), PostZones.UTC);
    }

    public RealEdge(final Path data, final ModelNetwork network) throws Exception {
        this(data, network, engine -> engine);
    }

    public Path data() {
        return data;
    }

    public Engine engine() {
        return engine;
    }

    public int grpcPort() {
        return grpc.port();
    }

    public int httpPort() {
        return http.port();
    }

    @Override
    public void close() {
        http.close();
        grpc.close();
        gateway.close();
        engine.close();
    }
}
