package org.mawid.api.jar;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;

/** Calls over HTTP by somebody who does not give up: a server that is killed is waited for, and what had no answer is asked again under the same key. Any thread. */
final class DayCalls {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long PAUSE_MS = 20;
    private static final int UNAVAILABLE = 503;
    private static final long NOBODY = 0;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();
    private volatile String base;

    /** @param body empty when it was no JSON object */
    record Said(int status, JsonObject body) {
        boolean isDone() {
            return status < 300;
        }

        /** The typed reason of a refusal. */
        String result() {
            return body.getString("result", "");
        }
    }

    /** From now on the server is there; null = nowhere. */
    void to(final Server server) {
        base = server == null ? null : "http://127.0.0.1:" + server.httpPort;
    }

    Said get(final String path) throws Exception {
        return until(() -> HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(10)));
    }

    /** @throws AssertionError when it is refused */
    JsonObject done(final String path, final JsonObject body) throws Exception {
        return done(path, body, NOBODY);
    }

    /** @param actor who says so @throws AssertionError when it is refused */
    JsonObject done(final String path, final JsonObject body, final long actor) throws Exception {
        final Said said = post(path, body, actor);
        if (!said.isDone()) {
            throw new AssertionError(path + ' ' + body + " was answered " + said);
        }
        return said.body();
    }

    Said post(final String path, final JsonObject body) throws Exception {
        return post(path, body, NOBODY);
    }

    /** @param actor who says so */
    Said post(final String path, final JsonObject body, final long actor) throws Exception {
        final String key = UUID.randomUUID().toString();
        return until(() -> HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30)).header("Content-Type", "application/json").header("Idempotency-Key", key)
                .header("Mawid-Actor", String.format("%016x", actor)).POST(BodyPublishers.ofString(body.encode())));
    }

    Said xml(final String path, final byte[] document) throws Exception {
        return until(() -> HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60)).header("Content-Type", "application/xml").POST(BodyPublishers.ofByteArray(document)));
    }

    /** Elsewhere, and once. */
    void press(final String url) throws Exception {
        http.send(HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.noBody()).build(), BodyHandlers.discarding());
    }

    private interface Request {
        HttpRequest.Builder now();
    }

    private Said until(final Request request) throws Exception {
        final long dueNanos = System.nanoTime() + PATIENCE.toNanos();
        String last = "nobody was there";
        while (System.nanoTime() < dueNanos) {
            if (base != null) {
                try {
                    final HttpResponse<String> answer = http.send(request.now().build(), BodyHandlers.ofString());
                    if (answer.statusCode() != UNAVAILABLE) {
                        return new Said(answer.statusCode(), answer.body().startsWith("{") ? new JsonObject(answer.body()) : new JsonObject());
                    }
                    last = answer.body();
                } catch (final IOException killed) {
                    last = killed.toString();
                }
            }
            Thread.sleep(PAUSE_MS);
        }
        throw new AssertionError("no answer: " + last);
    }
}
