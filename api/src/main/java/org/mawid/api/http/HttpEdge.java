package org.mawid.api.http;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.internal.VertxInternal;
import io.vertx.ext.web.Route;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mawid.api.audit.AuditLog;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.Places;
import org.mawid.api.limit.Shares;
import org.mawid.api.oidc.Entry;
import org.mawid.api.stamp.check.CallerLimit;
import org.mawid.api.stamp.check.StampCheck;
import org.mawid.api.stamp.document.SigningKeys;
import org.mawid.api.stamp.document.StampPress;
import org.mawid.api.tls.TlsIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server: the door of this package. Any thread, but not an event loop.
 */
public final class HttpEdge implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEdge.class);
    private static final int STREAM_THREADS = 2;
    private static final int WORKER_THREADS = 8;
    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 10;
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final HttpConfig config;
    private final CompletableFuture<Contract> contract;
    private final EdgeMetrics metrics;
    private final Unread unread;
    private final Promise<MetricsText> metricsText = Promise.promise();
    private final List<Listener> listeners = new ArrayList<>();
    private int port;
    private long tlsTimer = NO_TIMER;
    private volatile boolean serves;

    /**
     * What takes time and needs no engine: classes, the contract. Begun while the engine recovers, it costs nothing at the end.
     */
    public static final class Preparation {
        private final CompletableFuture<Vertx> vertx;
        private final CompletableFuture<Contract> contract;

        private Preparation(final HttpConfig config) {
            contract = CompletableFuture.supplyAsync(Contract::load);
            vertx = CompletableFuture.supplyAsync(() -> Vertx.vertx(new VertxOptions()
                    .setEventLoopPoolSize(config.loops())
                    .setWorkerPoolSize(WORKER_THREADS)
                    .setPreferNativeTransport(true)));
        }
    }

    /** Bytes of answers that wait to be read. */
    public long unreadBytes() {
        return unread.bytes();
    }

    private HttpEdge(final Vertx vertx, final HttpConfig config, final CompletableFuture<Contract> contract, final EdgeMetrics metrics) {
        this.vertx = vertx;
        this.config = config;
        this.contract = contract;
        this.metrics = metrics;
        this.unread = new Unread(config.maxUnreadBytes());
    }

    /** Returns at once; a thread or two prepare. */
    public static Preparation prepare(final HttpConfig config) {
        return new Preparation(config);
    }

    /** Listens and answers at once: {@link #listen} and {@link #serve} together. Stamps' documents are signed by a key that nobody keeps. */
    public static HttpEdge start(final HttpConfig config, final Gateway gateway, final EdgeMetrics metrics, final PostZones zones) throws IOException {
        final HttpEdge edge = listen(config, prepare(config), metrics);
        try {
            edge.serve(gateway, zones, new StampPress(gateway, SigningKeys.passing(), zones::of));
            return edge;
        } catch (final RuntimeException e) {
            edge.close();
            throw e;
        }
    }

    /**
     * Listens; says that it lives and is not ready until {@link #serve}.
     *
     * @throws IOException in one line: the address is taken, or certificate or key cannot be used
     */
    public static HttpEdge listen(final HttpConfig config, final Preparation prepared, final EdgeMetrics metrics) throws IOException {
        final HttpEdge edge = new HttpEdge(made(prepared.vertx), config, prepared.contract, metrics);
        try {
            edge.listen(config.isTls() ? edge.identity() : null);
            return edge;
        } catch (final IOException | RuntimeException e) {
            edge.close();
            throw e;
        }
    }

    /** As below, with askers of its own and no backends. */
    public void serve(final Gateway gateway, final PostZones zones, final StampPress press) {
        serve(gateway, zones, CallerLimit.ofAskers(), press, Backends.NONE);
    }

    /**
     * From now on calls are answered. Once, after {@link #listen}.
     *
     * @param askers   those of all edges
     * @param press    that whoever calls closes, after this
     */
    public void serve(final Gateway gateway, final PostZones zones, final CallerLimit askers, final StampPress press, final Backends backends) {
        serve(gateway, zones, askers, press, backends, null);
    }

    /** As above. @param entry who may do what; null = whoever calls may do anything */
    public void serve(final Gateway gateway, final PostZones zones, final CallerLimit askers, final StampPress press, final Backends backends, final Entry entry) {
        final Loop.Shared shared = new Loop.Shared(config, made(contract), gateway, zones, metrics, new FirstSeen(), askers,
                new StampCheck(gateway.references(), number -> gateway.engine().readModel().records().stamp(number)), press, backends, entry == null ? null : new HttpAccess(entry, config.proxies()), new AuditLog(gateway.engine()));
        final WorkerExecutor streamThreads = vertx.createSharedWorkerExecutor("mawid-watch", STREAM_THREADS);
        final Places streams = new Places(config.maxStreams());
        final Places halls = new Places(config.maxStreams()); // apart: anybody may look at one, and nobody must be kept from a watch by that
        final List<Future<Void>> serving = new ArrayList<>();
        listeners.forEach(listener -> serving.add(listener.serve(shared, streamThreads, streams, halls, metricsText.future())));
        try {
            Future.all(serving).await(START_SECONDS, TimeUnit.SECONDS);
        } catch (final TimeoutException late) {
            throw new IllegalStateException("the event loops of HTTP do not answer", late);
        }
        vertx.executeBlocking(() -> new MetricsText(metrics, gateway, ((VertxInternal) vertx).nettyEventLoopGroup()))
                .onComplete(metricsText);
        serves = true;
    }

    private static <T> T made(final CompletableFuture<T> part) {
        try {
            return part.join();
        } catch (final CompletionException broken) {
            throw new IllegalStateException("the HTTP edge cannot be made", broken.getCause());
        }
    }

    /** For what else goes over HTTP, as questions to others. It ends with this. */
    public Vertx vertx() {
        return vertx;
    }

    /** The port that was asked for, or the free one that was found. */
    public int port() {
        return port;
    }

    /** Takes no more calls, ends event streams and connections, after what it began at its start has ended. Close the gateway and the engine after it. */
    @Override
    public void close() {
        vertx.cancelTimer(tlsTimer); // or it would look for a worker that has gone
        try {
            if (serves) { // or it would come to an end that has gone
                metricsText.future().onSuccess(MetricsText::close).otherwiseEmpty().await(STOP_SECONDS, TimeUnit.SECONDS);
            }
            vertx.close().await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (final TimeoutException late) {
            LOG.warn("the HTTP edge did not end within {} s", STOP_SECONDS);
        }
    }

    /** What each listener answers. */
    List<Route> mounted() {
        return listeners.get(0).mounted();
    }

    /** @param identity null = no TLS */
    private void listen(final TlsIdentity identity) throws IOException {
        // To Vert.x a negative port is any free one, and the same for all that name it.
        final int asked = config.address().getPort() == 0 ? -1 : config.address().getPort();
        final Shares ofAddresses = new Shares(config.maxConnections(), config.addressPercent(), config.proxies());
        for (int i = 0; i < config.loops(); i++) {
            final Listener listener = new Listener(config, metrics, asked, identity, unread, ofAddresses);
            await(vertx.deployVerticle(listener, new DeploymentOptions()));
            port = listener.port();
            listeners.add(listener);
        }
    }

    private void await(final Future<?> deployed) throws IOException {
        final String where = "HTTP cannot listen on " + config.address().getHostString() + ':' + config.address().getPort();
        try {
            deployed.await(START_SECONDS, TimeUnit.SECONDS);
        } catch (final TimeoutException late) {
            throw new IOException(where + " within " + START_SECONDS + " s", late);
        } catch (final IllegalStateException ours) {
            throw ours;
        } catch (final Exception e) {
            throw new IOException(where + ": " + (String.valueOf(e.getMessage()).contains("in use") ? "the port is in use; give another, 0 = any free one" : e.getMessage()), e);
        }
    }

    /** What a handshake takes from it is the pair of that moment: the listeners need not be told of a new one. */
    private TlsIdentity identity() throws IOException {
        final TlsIdentity identity = new TlsIdentity(config.tls());
        tlsTimer = vertx.setPeriodic(config.tls().reloadMs(), timer -> vertx.executeBlocking(() -> {
            identity.look();
            return null;
        }));
        return identity;
    }
}
