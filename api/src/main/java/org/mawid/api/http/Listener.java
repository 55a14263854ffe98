package org.mawid.api.http;

import static org.mawid.api.access.Operation.COUNT_STARTS;
import static org.mawid.api.access.Operation.FIRST_STARTS;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.CorsHandler;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import io.vertx.ext.web.handler.TimeoutHandler;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.mawid.api.access.Caller;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.OutOfMemory;
import org.mawid.api.gateway.Places;
import org.mawid.api.http.Contract.Operation;
import org.mawid.api.limit.Shares;
import org.mawid.api.tls.ClientCertificates;
import org.mawid.api.tls.TlsIdentity;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop's share of the server: its socket, router and limits. All of them listen on one port. */
final class Listener extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int HEADER_BYTES = 16 << 10;
    private static final int URI_BYTES = 8 << 10;
    private static final int STREAMS_PER_CONNECTION = 256;

    private final HttpConfig config;
    private final EdgeMetrics metrics;
    private final int port;
    private final TlsIdentity identity;
    private final Unread unread;
    private final Shares ofAddresses;
    private HttpServer server;
    private Connections connections;
    private Consumer<HttpServerRequest> handler; // only on the event loop, as all below
    private Loop.Shared shared;
    private EventRoutes events;
    private volatile List<Route> mounted = List.of();

    /**
     * @param port negative = any free one, the same for all listeners that name it
     * @param identity certificate and key of TLS, and what is trusted of clients; null = no TLS
     * @param unread of all listeners
     * @param ofAddresses connections of all listeners
     */
    Listener(final HttpConfig config, final EdgeMetrics metrics, final int port, final TlsIdentity identity, final Unread unread, final Shares ofAddresses) {
        this.config = config;
        this.metrics = metrics;
        this.port = port;
        this.identity = identity;
        this.unread = unread;
        this.ofAddresses = ofAddresses;
        this.handler = new Starting(metrics, config.isTls())::handle;
    }

    /** Listens, and answers as {@link Starting} does until {@link #serve}. */
    @Override
    public Future<?> start() {
        connections = new Connections(vertx, config, metrics, unread, ofAddresses);
        server = vertx.createHttpServer(options())
                .connectionHandler(connections::opened)
                .invalidRequestHandler(this::onInvalid)
                .requestHandler(this::onRequest);
        return server.listen();
    }

    /** On any thread: from the moment that the answer tells, calls are answered by the routes. */
    Future<Void> serve(final Loop.Shared newShared, final WorkerExecutor workers, final Places streams, final Places halls, final Future<MetricsText> metricsText) {
        final Promise<Void> serving = Promise.promise();
        context.runOnContext(nothing -> {
            try {
                open(newShared, workers, streams, halls, metricsText);
                serving.complete();
            } catch (final RuntimeException e) {
                serving.fail(e);
            }
        });
        return serving.future();
    }

    private void open(final Loop.Shared newShared, final WorkerExecutor workers, final Places streams, final Places halls, final Future<MetricsText> metricsText) {
        shared = newShared;
        final Loop loop = new Loop(vertx, context, shared, connections);
        final AvailabilityRoutes availability = new AvailabilityRoutes(loop);
        events = new EventRoutes(loop, context, workers, streams, halls);
        final Router router = router(loop, new Routes(availability, events, metricsText));
        mounted = List.copyOf(router.getRoutes());
        // Behind CORS every answer needs headers that depend on the request: then there is no short way.
        final boolean isDirect = config.corsOrigins().isEmpty();
        handler = request -> {
            if (!isDirect || !isAnsweredDirectly(request, availability)) {
                router.handle(request);
            }
        };
    }

    private boolean isAnsweredDirectly(final HttpServerRequest request, final AvailabilityRoutes availability) {
        if (shared.access() == null) {
            return availability.handle(request, null);
        }
        final Caller caller = AvailabilityRoutes.isPlain(request) ? shared.access().paidDirectly(request, COUNT_STARTS, FIRST_STARTS) : null;
        if (caller == null) {
            return false;
        }
        final boolean isAnswered = availability.handle(request, caller);
        if (!isAnswered) {
            shared.access().giveBack(caller);
        }
        return isAnswered;
    }

    @Override
    public Future<?> stop() {
        if (events != null) {
            events.stop();
        }
        return server == null ? Future.succeededFuture() : server.close();
    }

    int port() {
        return server.actualPort();
    }

    /** All that calls can be answered by but for what {@link AvailabilityRoutes} answers directly, once it serves. On any thread. */
    List<Route> mounted() {
        return mounted;
    }

    private HttpServerOptions options() {
        final HttpServerOptions options = new HttpServerOptions()
                .setHost(config.address().getHostString())
                .setPort(port)
                .setMaxHeaderSize(HEADER_BYTES)
                .setMaxInitialLineLength(URI_BYTES)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) config.idleTimeoutMs())
                .setTcpNoDelay(true)
                // Until a first request is whole, a connection that may yet become HTTP/2 is none to Vert.x: neither counted nor timed.
                .setHttp2ClearTextEnabled(false);
        options.getInitialSettings().setMaxConcurrentStreams(STREAMS_PER_CONNECTION).setMaxHeaderListSize(HEADER_BYTES);
        if (identity != null) {
            options.setSsl(true).setUseAlpn(true).setKeyCertOptions(KeyCertOptions.wrap(identity.manager()));
        }
        if (identity != null && identity.trust() != null) {
            options.setTrustOptions(TrustOptions.wrap(identity.trust())).setClientAuth(config.tls().clients() == ClientCertificates.REQUIRED ? ClientAuth.REQUIRED : ClientAuth.REQUEST);
        }
        return options;
    }

    private void onRequest(final HttpServerRequest request) {
        if (connections.isParting(request.connection())) {
            return;
        }
        if (isFramedOtherwise(request)) {
            refuse(request, "Of transfer encodings only chunked, and by itself.");
        } else if (connections.isUnread(request)) {
            metrics.onHttp("none", 503);
            Answers.problem(request.response(), Problem.of(Cause.ANSWERS_UNREAD), config.isTls());
        } else {
            handler.accept(request);
        }
    }

    /** Where such a body ends is not known, and what follows it would be taken for a request. */
    private static boolean isFramedOtherwise(final HttpServerRequest request) {
        final String encoding = request.getHeader(HttpHeaders.TRANSFER_ENCODING);
        return encoding != null && !encoding.trim().equalsIgnoreCase("chunked");
    }

    /** Not HTTP, or headers or URI too long: there is no route to speak for it. */
    private void onInvalid(final HttpServerRequest request) {
        refuse(request, "Not an HTTP request, or its headers or URI are too long.");
    }

    private void refuse(final HttpServerRequest request, final String detail) {
        metrics.onHttp("invalid", 400);
        connections.part(request, Problem.of(Result.MALFORMED, 400, detail));
    }

    private Router router(final Loop loop, final Routes routes) {
        final Router router = Router.router(vertx);
        if (!config.corsOrigins().isEmpty()) {
            router.route().handler(cors());
        }
        for (final Operation operation : shared.contract().operations().values()) {
            final Consumer<Call> handler = routes.handler(operation.id());
            if (handler == null) {
                throw new IllegalStateException("no handler for " + operation.id());
            }
            mount(router, loop, operation, handler);
        }
        if (routes.size() != shared.contract().operations().size()) {
            throw new IllegalStateException("a handler without an operation");
        }
        if (shared.backends().payments() != null) {
            router.post(OnlinePayments.CALL_BACKS_PATH).handler(PageRoutes.callBacks(loop));
        }
        for (final int status : new int[] {400, 404, 405, 406, 408, 413, 414, 415, 417, 431, 500, 503}) {
            router.errorHandler(status, routing -> onFailure(routing, status));
        }
        // So Vert.x calls a body that broke off, and logs it as an error of ours when nobody takes it.
        router.errorHandler(200, routing -> onFailure(routing, 400));
        return router;
    }

    private void mount(final Router router, final Loop loop, final Operation operation, final Consumer<Call> handler) {
        final Route route = router.route(HttpMethod.valueOf(operation.method()), operation.path().replaceAll("\\{([^}]+)}", ":$1"));
        if (!operation.isStream() && !operation.isUpload()) {
            route.handler(TimeoutHandler.create(config.requestTimeoutMs(), 408));
        }
        if (shared.access() != null) {
            // By this name because of the order that Vert.x keeps: what it calls authentication would come behind the body.
            route.handler((SecurityPolicyHandler) routing -> shared.access().ask(routing, operation, problem -> refuse(routing, loop, operation, problem)));
        }
        if (!operation.isUpload()) {
            route.handler(BodyHandler.create(false).setBodyLimit(operation.bodyBytes() == 0 ? config.maxBodyBytes() : operation.bodyBytes()));
        }
        route.handler(routing -> {
            try {
                final Call call = new Call(loop, routing, operation);
                if (shared.access() == null) {
                    Reads.guarded(call, () -> handler.accept(call));
                } else {
                    Reads.guarded(call, () -> shared.access().judge(call, () -> handler.accept(call)));
                }
            } catch (final Fault fault) {
                refuse(routing, loop, operation, fault.problem());
            }
        });
    }

    private void refuse(final RoutingContext routing, final Loop loop, final Operation operation, final Problem problem) {
        loop.refused(operation, problem);
        ended(routing, problem);
        metrics.onHttp(operation.id(), problem.status());
        Answers.problem(routing.response(), problem, config.isTls());
    }

    private void ended(final RoutingContext routing, final Problem problem) {
        if (shared.access() != null) {
            shared.access().ended(routing, problem);
        }
    }

    private CorsHandler cors() {
        final CorsHandler cors = CorsHandler.create()
                .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE))
                .allowedHeaders(Set.of("Authorization", "Content-Type", "Idempotency-Key", "If-None-Match", "Last-Event-ID", "Mawid-Created", "Mawid-Deadline",
                        "Mawid-Actor", "Mawid-On-Behalf-Of", "Mawid-Capability", "Mawid-Channel", "Mawid-Client", "Mawid-Reason", "Mawid-Sequence"))
                .exposedHeaders(Set.of("ETag", "Idempotency-Key", "Location", "Retry-After", "WWW-Authenticate"));
        config.corsOrigins().forEach(cors::addOrigin);
        return cors;
    }

    private void onFailure(final RoutingContext routing, final int status) {
        if (status == 500) {
            if (routing.failure() instanceof OutOfMemoryError e) {
                OutOfMemory.tell(e);
            }
            LOG.error("{} {} failed", routing.request().method(), routing.normalizedPath(), routing.failure());
        }
        final HttpServerResponse response = routing.response();
        if (response.ended() || response.headWritten() || response.closed()) {
            return; // answered before, or nobody is there
        }
        metrics.onHttp("none", status);
        ended(routing, problem(status));
        if (status == 405) {
            response.putHeader("Allow", allowed(routing.request().path()));
        }
        if (status == 413 || status == 417 || status == 408 && !routing.request().isEnded()) {
            connections.part(routing.request(), problem(status)); // the rest of the request is not waited for
        } else {
            Answers.problem(response, problem(status), config.isTls());
        }
    }

    private static Problem problem(final int status) {
        return switch (status) {
            case 404 -> Problem.of(Result.MALFORMED, 404, "Nothing is at this path; see /openapi.yaml.");
            case 405 -> Problem.of(Result.MALFORMED, 405, "Not with this method.");
            case 408 -> Problem.of(Result.PENDING, 408, "It took too long. If it was a write, ask for the outcome of its key.");
            case 413 -> Problem.of(Result.MALFORMED, 413, "The body is too large.");
            case 417 -> Problem.of(Result.MALFORMED, 417, "Nothing can be expected but 100-continue.");
            case 500 -> Problem.of(Result.PENDING, 500, "Our fault. If it was a write, ask for the outcome of its key.");
            default -> Problem.of(Result.MALFORMED, status, "Not understood.");
        };
    }

    private String allowed(final String path) {
        final Set<String> methods = new TreeSet<>();
        for (final Operation operation : shared.contract().operations().values()) {
            if (path.matches(operation.path().replaceAll("\\{[^}]+}", "[^/]+"))) {
                methods.add(operation.method());
            }
        }
        return String.join(", ", methods);
    }
}
