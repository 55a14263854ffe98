package org.mawid.api.control;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the server that serves a data directory. One thread; calls block until they are answered. */
public final class ControlClient implements Control, AutoCloseable {
    private static final long CONNECT_SECONDS = 10;
    private static final long LONGEST_HOURS = 24;
    private static final long PROGRESS_MS = 250;

    private final Vertx vertx = ControlServer.newVertx();
    private final HttpClient client = vertx.createHttpClient(new HttpClientOptions().setIdleTimeout(0));
    private final SocketAddress server;

    private ControlClient(final Path socket) {
        server = SocketAddress.domainSocketAddress(socket.toString());
    }

    /** @param folder where the server's socket is @return empty when no server answers there */
    public static Optional<ControlClient> connect(final Path folder) {
        final Path socket = ControlSocket.find(folder);
        return socket == null ? Optional.empty() : at(socket);
    }

    static Optional<ControlClient> at(final Path socket) {
        final ControlClient client = new ControlClient(socket);
        try {
            client.call(HttpMethod.GET, "/status", new JsonObject(), CONNECT_SECONDS);
            return Optional.of(client);
        } catch (final ControlException e) {
            client.close();
            if (isNobody(e.getCause(), socket)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** A process that was killed has left the socket, or one that stops has just taken it away. */
    private static boolean isNobody(final Throwable cause, final Path socket) {
        return cause instanceof ConnectException || cause != null && !(cause instanceof TimeoutException) && Files.notExists(socket);
    }

    @Override
    public JsonObject status() {
        return call(HttpMethod.GET, "/status", new JsonObject(), CONNECT_SECONDS);
    }

    @Override
    public JsonObject report(final ReportOf wanted) {
        return operate("/report", new JsonObject().put("post", wanted.post()).put("from", wanted.from()).put("to", wanted.to()).put("days", wanted.days()));
    }

    @Override
    public SnapshotTaken snapshot() {
        final JsonObject taken = operate("/snapshot", new JsonObject());
        return new SnapshotTaken(taken.getLong("position"), HexFormat.fromHexDigitsToLong(taken.getString("stateHash")));
    }

    @Override
    public long backup(final Path to) {
        return operate("/backup", new JsonObject().put("to", absolute(to))).getLong("position");
    }

    @Override
    public List<Path> archive(final Path to) {
        final JsonArray moved = operate("/archive", new JsonObject().put("to", absolute(to))).getJsonArray("moved");
        final List<Path> paths = new ArrayList<>();
        moved.forEach(path -> paths.add(Path.of(path.toString())));
        return paths;
    }

    @Override
    public Clocks clocks() {
        final JsonObject clocks = operate("/clock", new JsonObject());
        return new Clocks(clocks.getLong("wallMs"), clocks.getLong("nowMs"), clocks.getLong("holdsDue"), clocks.getBoolean("simulated"));
    }

    @Override
    public TakenOver takeOverWallClock() {
        final JsonObject taken = operate("/clock/take-over", new JsonObject());
        return new TakenOver(taken.getLong("forwardMs"), taken.getLong("nowMs"), taken.getLong("position"), taken.getLong("holdsDue"));
    }

    @Override
    public CoreVersions coreVersions() {
        final JsonObject versions = operate("/core-version", new JsonObject());
        return new CoreVersions(versions.getInteger("inForce"), versions.getInteger("newest"));
    }

    @Override
    public long setCoreVersion(final int version) {
        return operate("/core-version/set", new JsonObject().put("version", version)).getLong("position");
    }

    @Override
    public String bring(final Import files) {
        final JsonObject body = new JsonObject().put("from", absolute(files.from())).put("keep", files.keep()).put("takeOver", files.takeOver());
        if (files.first() != null) {
            body.put("first", files.first().toString());
        }
        if (files.last() != null) {
            body.put("last", files.last().toString());
        }
        return operate("/import", body).getString("done");
    }

    @Override
    public JsonObject cutOver(final Path from, final boolean dryRun, final boolean accept, final Progress progress) {
        return watched("/cut-over", new JsonObject().put("from", absolute(from)).put("dryRun", dryRun).put("accept", accept), progress);
    }

    @Override
    public JsonObject retention(final boolean dryRun, final Progress progress) {
        return watched("/retention", new JsonObject().put("dryRun", dryRun), progress);
    }

    @Override
    public JsonObject traces(final long person, final Progress progress) {
        return watched("/person/traces", new JsonObject().put("person", HexFormat.of().toHexDigits(person)), progress);
    }

    @Override
    public void tell(final String act, final long person, final int things, final boolean isDone) {
        operate("/person", new JsonObject().put("act", act).put("person", HexFormat.of().toHexDigits(person)).put("things", things).put("done", isDone));
    }

    private JsonObject watched(final String path, final JsonObject body, final Progress progress) {
        final Future<JsonObject> answer = send(HttpMethod.POST, path, body);
        final long watched = vertx.setPeriodic(PROGRESS_MS, timer -> send(HttpMethod.GET, "/progress", new JsonObject()).onSuccess(told -> {
            if (told.containsKey("what") && !answer.isComplete()) {
                progress.at(told.getString("what"), told.getInteger("done"), told.getInteger("total"));
            }
        }));
        try {
            return await(answer, TimeUnit.HOURS.toSeconds(LONGEST_HOURS));
        } finally {
            vertx.cancelTimer(watched);
        }
    }

    private static String absolute(final Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    private JsonObject operate(final String path, final JsonObject body) {
        return call(HttpMethod.POST, path, body, TimeUnit.HOURS.toSeconds(LONGEST_HOURS));
    }

    private JsonObject call(final HttpMethod method, final String path, final JsonObject body, final long seconds) {
        return await(send(method, path, body), seconds);
    }

    private Future<JsonObject> send(final HttpMethod method, final String path, final JsonObject body) {
        final RequestOptions options = new RequestOptions().setServer(server).setHost("mawid").setMethod(method).setURI(path);
        return client.request(options)
                // One inside the other: asked for on this thread, the body could have gone by before somebody listens, and its answer never comes.
                .compose(request -> request.send(body.toBuffer()).compose(response -> response.body().map(text -> {
                    final JsonObject json = text.toJsonObject();
                    if (response.statusCode() != 200) {
                        throw new ControlException(json.getString("error"));
                    }
                    return json;
                })));
    }

    private JsonObject await(final Future<JsonObject> answer, final long seconds) {
        try {
            return answer.await(seconds, TimeUnit.SECONDS);
        } catch (final ControlException refused) {
            throw refused;
        } catch (final TimeoutException late) {
            throw new ControlException("the server does not answer on " + server.path() + " within " + seconds + " s", late);
        } catch (final Exception e) {
            throw new ControlException("the server that holds the directory did not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            vertx.close().await(CONNECT_SECONDS, TimeUnit.SECONDS);
        } catch (final TimeoutException late) {
            throw new ControlException("the connection to the server does not end", late);
        }
    }
}
