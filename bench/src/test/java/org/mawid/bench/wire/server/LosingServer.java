package org.mawid.bench.wire.server;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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
import org.mawid.bench.load.LosingEngine;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.Engine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;

/** The real engine and edges, and between them somebody who loses cancellations and says that they are done. As {@code mawid serve --data DIR …}. */
public final class LosingServer {
    private LosingServer() {
    }

    public static void main(final String[] arguments) throws Exception {
        serve(arguments, LosingEngine::ofCancels);
    }

    /** @param around what the edges are given, made of the engine */
    static void serve(final String[] arguments, final UnaryOperator<Engine> around) throws Exception {
        final List<String> said = List.of(arguments);
        final EmbeddedEngine engine = EmbeddedEngine.start(EngineConfig.at(Path.of(said.get(said.indexOf("--data") + 1))).with(Setting.RECORDS, false)
                .with(Setting.SNAPSHOT_AT_STOP, false).with(Setting.RETIRE_EVERY_MS, 0));
        final Gateway gateway = new Gateway(around.apply(engine), References.of(1, new byte[32]), 30_000, SystemEpochClock.INSTANCE);
        final GrpcServer grpc = GrpcServer.start(GrpcServerConfig.loopback(0), gateway);
        grpc.ready();
        final HttpEdge http = HttpEdge.start(HttpConfig.loopback(0), gateway, new EdgeMetrics(), PostZones.UTC);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            http.close();
            grpc.close();
            gateway.close();
            engine.close();
        }));
        System.out.println("ready http=127.0.0.1:" + http.port() + " grpc=127.0.0.1:" + grpc.port());
        new CountDownLatch(1).await();
    }
}
