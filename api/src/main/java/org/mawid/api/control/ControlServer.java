package org.mawid.api.control;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the operator. Any thread but an event loop. */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final String RETENTION = "/retention";
    private static final String TRACES = "/person/traces";
    private static final long START_SECONDS = 30;
    private static final long STOP_SECONDS = 10;
    private static final long LONGEST_HOURS = 24;

    private final Control control;
    private final Path folder;
    private final Vertx vertx;
    private final WorkerExecutor worker;
    /** For what takes hours, so that nobody waits for it. */
    private final WorkerExecutor slow;
    private final Map<String, Function<JsonObject, JsonObject>> operations;
    /** How far the operation that runs is; empty when it does not tell. */
    private volatile JsonObject progress = new JsonObject();

    private ControlServer(final Control control, final Path folder) {
        this.control = control;
        this.folder = folder;
        vertx = newVertx();
        worker = vertx.createSharedWorkerExecutor("mawid-control", 1, LONGEST_HOURS, TimeUnit.HOURS);
        slow = vertx.createSharedWorkerExecutor("mawid-control-slow", 1, LONGEST_HOURS, TimeUnit.HOURS);
        operations = Map.ofEntries(
                Map.entry("/snapshot", this::snapshot),
                Map.entry("/backup", body -> new JsonObject().put("position", this.control.backup(path(body, "to")))),
                Map.entry("/archive", this::archive),
                Map.entry("/clock", this::clocks),
                Map.entry("/clock/take-over", this::takeOver),
                Map.entry("/core-version", this::coreVersions),
                Map.entry("/core-version/set", body -> new JsonObject().put("position", this.control.setCoreVersion(number(body, "version")))),
                Map.entry("/report", body -> this.control.report(new Control.ReportOf(body.getString("post"), body.getString("from"), body.getString("to"), flag(body, "days")))),
                Map.entry("/cut-over", body -> this.control.cutOver(path(body, "from"), flag(body, "dryRun"), flag(body, "accept"), this::progress)),
                Map.entry(RETENTION, body -> this.control.retention(flag(body, "dryRun"), this::progress)),
                Map.entry(TRACES, body -> this.control.traces(person(body), this::progress)),
                Map.entry("/person", this::tell),
                Map.entry("/import", body -> new JsonObject().put("done", this.control.bring(toImport(body)))));
    }

    /**
     * Listens in the folder, which is made if it is missing. The caller holds the data directory's lock: a socket that is there
     * already was left by a process that is gone.
     *
     * @throws IOException in one line: it cannot listen there
     */
    public static ControlServer start(final Path folder, final Control control) throws IOException {
        final Path socket;
        try {
            socket = ControlSocket.make(folder);
        } catch (final UnsupportedOperationException e) {
            throw new IOException("this file system does not say who owns a file", e);
        }
        final ControlServer server = new ControlServer(control, folder);
        try {
            final HttpServer http = server.vertx.createHttpServer(new HttpServerOptions().setIdleTimeout(0)).requestHandler(server::handle);
            http.listen(SocketAddress.domainSocketAddress(socket.toString())).await(START_SECONDS, TimeUnit.SECONDS);
            return server;
        } catch (final Exception e) {
            server.close();
            throw new IOException("cannot listen on " + socket + ": " + e.getMessage(), e);
        }
    }

    static Vertx newVertx() {
        return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    private void handle(final HttpServerRequest request) {
        if (request.path().equals("/status")) {
            answer(request, 200, control.status());
            return;
        }
        if (request.path().equals("/progress")) {
            answer(request, 200, progress);
            return;
        }
        final Function<JsonObject, JsonObject> operation = operations.get(request.path());
        if (operation == null || request.method() != HttpMethod.POST) {
            answer(request, 404, error("GET /status or /progress, or POST one of " + operations.keySet().stream().sorted().toList()));
            return;
        }
        final WorkerExecutor by = request.path().equals(RETENTION) || request.path().equals(TRACES) ? slow : worker;
        request.body().compose(body -> by.executeBlocking(() -> operate(operation, json(body)))).onComplete(done -> {
            if (done.succeeded()) {
                answer(request, 200, done.result());
            } else if (done.cause() instanceof ControlException refused) {
                answer(request, 409, error(refused.getMessage()));
            } else {
                LOG.error("{} failed", request.path(), done.cause());
                answer(request, 500, error(String.valueOf(done.cause())));
            }
        });
    }

    /** One after the other, on the one thread of the worker. */
    private JsonObject operate(final Function<JsonObject, JsonObject> operation, final JsonObject body) {
        try {
            return operation.apply(body);
        } finally {
            progress = new JsonObject();
        }
    }

    private void progress(final String what, final int done, final int total) {
        progress = new JsonObject().put("what", what).put("done", done).put("total", total);
    }

    private JsonObject snapshot(final JsonObject body) {
        final Control.SnapshotTaken taken = control.snapshot();
        return new JsonObject().put("position", taken.position()).put("stateHash", HexFormat.of().toHexDigits(taken.stateHash()));
    }

    private JsonObject archive(final JsonObject body) {
        final JsonArray moved = new JsonArray();
        control.archive(path(body, "to")).forEach(path -> moved.add(path.toString()));
        return new JsonObject().put("moved", moved);
    }

    private JsonObject clocks(final JsonObject body) {
        final Control.Clocks clocks = control.clocks();
        return new JsonObject().put("wallMs", clocks.wallMs()).put("nowMs", clocks.nowMs()).put("holdsDue", clocks.holdsDue()).put("simulated", clocks.simulated());
    }

    private JsonObject takeOver(final JsonObject body) {
        final Control.TakenOver taken = control.takeOverWallClock();
        return new JsonObject().put("forwardMs", taken.forwardMs()).put("nowMs", taken.nowMs()).put("position", taken.position()).put("holdsDue", taken.holdsDue());
    }

    private JsonObject coreVersions(final JsonObject body) {
        final Control.CoreVersions versions = control.coreVersions();
        return new JsonObject().put("inForce", versions.inForce()).put("newest", versions.newest());
    }

    private JsonObject tell(final JsonObject body) {
        control.tell(String.valueOf(body.getString("act")), person(body), number(body, "things"), flag(body, "done"));
        return new JsonObject();
    }

    private static long person(final JsonObject body) {
        if (body.getValue("person") instanceof String key && key.matches("[0-9a-f]{16}")) {
            return HexFormat.fromHexDigitsToLong(key);
        }
        throw new ControlException("'person' must be 16 hexadecimal digits");
    }

    private static JsonObject json(final Buffer body) {
        try {
            return body.length() == 0 ? new JsonObject() : body.toJsonObject();
        } catch (final DecodeException e) {
            throw new ControlException("the body is not a JSON object", e);
        }
    }

    private static Control.Import toImport(final JsonObject body) {
        return new Control.Import(path(body, "from"), date(body, "first"), date(body, "last"), flag(body, "keep"), flag(body, "takeOver"));
    }

    private static Path path(final JsonObject body, final String name) {
        if (!(body.getValue(name) instanceof String text) || !Path.of(text).isAbsolute()) {
            throw new ControlException("'" + name + "' must be an absolute path");
        }
        return Path.of(text);
    }

    private static LocalDate date(final JsonObject body, final String name) {
        try {
            return body.getValue(name) == null ? null : LocalDate.parse(body.getValue(name).toString());
        } catch (final DateTimeException e) {
            throw new ControlException("'" + name + "' must be a date like 2026-03-29", e);
        }
    }

    private static int number(final JsonObject body, final String name) {
        if (body.getValue(name) instanceof Integer number) {
            return number;
        }
        throw new ControlException("'" + name + "' must be a whole number");
    }

    private static boolean flag(final JsonObject body, final String name) {
        return Boolean.TRUE.equals(body.getValue(name));
    }

    private static JsonObject error(final String what) {
        return new JsonObject().put("error", what);
    }

    private static void answer(final HttpServerRequest request, final int status, final JsonObject json) {
        if (!request.response().closed()) {
            request.response().setStatusCode(status).putHeader("Content-Type", "application/json").end(json.toBuffer().appendString("\n"));
        }
    }

    /** What runs is not waited for beyond a few seconds: it is crash-safe. */
    @Override
    public void close() {
        try {
            vertx.close().await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (final TimeoutException late) {
            LOG.warn("an operation of the operator did not end within {} s", STOP_SECONDS);
        }
        try {
            ControlSocket.remove(folder);
        } catch (final IOException e) {
            LOG.warn("the control socket stays behind, the next start removes it: {}", e.getMessage());
        }
    }
}
