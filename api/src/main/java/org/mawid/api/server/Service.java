package org.mawid.api.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.SystemEpochClock;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.References;
import org.mawid.api.http.EdgeMetrics;
import org.mawid.api.http.HttpConfig;
import org.mawid.api.http.HttpEdge;
import org.mawid.api.http.PostZones;
import org.mawid.api.network.NetworkNames;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.EngineStartException;
import org.mawid.engine.readmodel.CatalogueView;

/** What {@code mawid serve} runs: the engine and the edges around it, started from the inside outwards and stopped the other way. */
public final class Service implements AutoCloseable {
    private static final String REFERENCE_KEY = "reference.key";
    private static final long TLS_RELOAD_MS = 60_000;

    private final EmbeddedEngine engine;
    private final Gateway gateway;
    private final GrpcServer grpc;
    private final HttpEdge http;

    private Service(final EmbeddedEngine engine, final Gateway gateway, final GrpcServer grpc, final HttpEdge http) {
        this.engine = engine;
        this.gateway = gateway;
        this.grpc = grpc;
        this.http = http;
    }

    /**
     * Recovers and listens; gRPC's health says NOT_SERVING until {@link #ready}.
     *
     * @param names what the files say of posts, by code: the log does not know zones
     *
     * @throws EngineStartException the directory cannot be used
     * @throws IOException          an address is taken, or a key or certificate cannot be used
     */
    public static Service start(final Settings settings, final NetworkNames names) throws EngineStartException, IOException {
        final HttpConfig httpConfig = httpConfig(settings);
        final HttpEdge.Preparation prepared = HttpEdge.prepare(httpConfig);
        final EdgeMetrics metrics = new EdgeMetrics();
        final Deque<AutoCloseable> started = new ArrayDeque<>();
        try {
            final EmbeddedEngine engine = EmbeddedEngine.start(settings.engine(), metrics);
            started.push(engine);
            final Path edge = new DataDirectory(settings.engine().data()).edge();
            Files.createDirectories(edge);
            final Gateway gateway = new Gateway(engine, References.open(edge.resolve(REFERENCE_KEY)),
                    settings.number(EdgeSetting.REPLY_TIMEOUT_MS, 100, 30_000), SystemEpochClock.INSTANCE);
            started.push(gateway);
            final GrpcServer grpc = GrpcServer.start(grpcConfig(settings), gateway);
            started.push(grpc);
            return new Service(engine, gateway, grpc, HttpEdge.start(httpConfig, prepared, gateway, metrics, zones(engine, names)));
        } catch (final EngineStartException | IOException | RuntimeException e) {
            for (final AutoCloseable part : started) {
                closeAfter(e, part);
            }
            throw e;
        }
    }

    private static PostZones zones(final EmbeddedEngine engine, final NetworkNames names) {
        return postId -> {
            final CatalogueView.Post post = engine.readModel().catalogue().post(postId);
            return post == null ? ZoneOffset.UTC : names.zone(post.code());
        };
    }

    private static void closeAfter(final Exception cause, final AutoCloseable part) {
        try {
            part.close();
        } catch (final Exception e) {
            cause.addSuppressed(e);
        }
    }

    private static HttpConfig httpConfig(final Settings settings) throws IOException {
        final InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(settings.text(EdgeSetting.BIND)), settings.port(EdgeSetting.HTTP_PORT));
        final HttpConfig config = HttpConfig.loopback(0).withAddress(address, settings.isOn(EdgeSetting.INSECURE))
                .withCorsOrigins(origins(settings.text(EdgeSetting.CORS_ORIGINS)));
        final String certificate = settings.text(EdgeSetting.TLS_CERTIFICATE);
        return certificate.isEmpty() ? config : config.withTls(Path.of(certificate), Path.of(settings.text(EdgeSetting.TLS_KEY)), TLS_RELOAD_MS);
    }

    private static List<String> origins(final String text) {
        return text.isBlank() ? List.of() : Arrays.stream(text.split(",")).map(String::strip).toList();
    }

    private static GrpcServerConfig grpcConfig(final Settings settings) throws IOException {
        final InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(settings.text(EdgeSetting.BIND)), settings.port(EdgeSetting.GRPC_PORT));
        final GrpcServerConfig config = GrpcServerConfig.loopback(0).withAddress(address, settings.isOn(EdgeSetting.INSECURE))
                .withReflection(settings.isOn(EdgeSetting.REFLECTION));
        final String certificate = settings.text(EdgeSetting.TLS_CERTIFICATE);
        return certificate.isEmpty() ? config : config.withTls(Path.of(certificate), Path.of(settings.text(EdgeSetting.TLS_KEY)), TLS_RELOAD_MS);
    }

    public EmbeddedEngine engine() {
        return engine;
    }

    public Gateway gateway() {
        return gateway;
    }

    public int httpPort() {
        return http.port();
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
        http.close();
        grpc.close();
        engine.close();
        gateway.close();
    }
}
