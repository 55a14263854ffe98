package org.mawid.api.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.agrona.concurrent.SystemEpochClock;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.References;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.EngineStartException;

/** What {@code mawid serve} runs: the engine and the edges around it, started from the inside outwards and stopped the other way. */
public final class Service implements AutoCloseable {
    private static final String REFERENCE_KEY = "reference.key";

    private final EmbeddedEngine engine;
    private final Gateway gateway;
    private final GrpcServer grpc;

    private Service(final EmbeddedEngine engine, final Gateway gateway, final GrpcServer grpc) {
        this.engine = engine;
        this.gateway = gateway;
        this.grpc = grpc;
    }

    /**
     * Recovers and listens; health says NOT_SERVING until {@link #ready}.
     *
     * @throws EngineStartException the directory cannot be used
     * @throws IOException          an address is taken, or a key or certificate cannot be used
     */
    public static Service start(final Settings settings) throws EngineStartException, IOException {
        final EmbeddedEngine engine = EmbeddedEngine.start(settings.engine());
        try {
            final Path edge = new DataDirectory(settings.engine().data()).edge();
            Files.createDirectories(edge);
            final Gateway gateway = new Gateway(engine, References.open(edge.resolve(REFERENCE_KEY)),
                    settings.number(EdgeSetting.REPLY_TIMEOUT_MS, 100, 30_000), SystemEpochClock.INSTANCE);
            try {
                return new Service(engine, gateway, GrpcServer.start(grpcConfig(settings), gateway));
            } catch (final IOException | RuntimeException e) {
                gateway.close();
                throw e;
            }
        } catch (final IOException | RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    private static GrpcServerConfig grpcConfig(final Settings settings) throws IOException {
        final InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(settings.text(EdgeSetting.BIND)), settings.port(EdgeSetting.GRPC_PORT));
        final GrpcServerConfig config = GrpcServerConfig.loopback(0).withAddress(address, settings.isOn(EdgeSetting.INSECURE))
                .withReflection(settings.isOn(EdgeSetting.REFLECTION));
        final String certificate = settings.text(EdgeSetting.TLS_CERTIFICATE);
        return certificate.isEmpty() ? config : config.withTls(Path.of(certificate), Path.of(settings.text(EdgeSetting.TLS_KEY)), 60_000);
    }

    public EmbeddedEngine engine() {
        return engine;
    }

    public Gateway gateway() {
        return gateway;
    }

    public int grpcPort() {
        return grpc.port();
    }

    /** From now on health says SERVING. */
    public void ready() {
        grpc.ready();
    }

    /** Told once when the engine has stopped for good. */
    public void onHalt(final Consumer<String> listener) {
        engine.onHalt(listener);
    }

    @Override
    public void close() {
        grpc.close();
        engine.close();
        gateway.close();
    }
}
