package org.mawid.api.http;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.ZoneId;
import org.mawid.api.fake.FakeEngine;
import org.mawid.api.fake.FakeReadModel;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.stamp.check.CallerLimit;
import org.mawid.api.stamp.document.SigningKeys;
import org.mawid.api.stamp.document.StampPress;

/** A real server on loopback with a real client, in front of an engine that obeys the test. */
final class HttpFixture implements AutoCloseable {
    static final long REPLY_TIMEOUT_MS = 300;
    /** Where the only post lives: an hour or two ahead of UTC. */
    static final ZoneId ZONE = ZoneId.of("Europe/Paris");
    static final String DATE = "2024-10-04"; // the fake's first day

    final FakeEngine engine = new FakeEngine();
    final References references = References.of(1, new byte[32]);
    final Gateway gateway;
    final EdgeMetrics metrics = new EdgeMetrics();
    final HttpEdge edge;
    final HttpClient client;

    HttpFixture() throws IOException {
        this(HttpConfig.loopback(0));
    }

    HttpFixture(final HttpConfig config) throws IOException {
        this(config, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    HttpFixture(final HttpConfig config, final HttpClient client) throws IOException {
        this(config, client, REPLY_TIMEOUT_MS);
    }

    HttpFixture(final HttpConfig config, final HttpClient client, final long replyTimeoutMs) throws IOException {
        this(config, client, replyTimeoutMs, null);
    }

    /** @param payments null = nothing is paid online */
    HttpFixture(final HttpConfig config, final HttpClient client, final long replyTimeoutMs, final OnlinePayments payments) throws IOException {
        this.client = client;
        gateway = new Gateway(engine, references, replyTimeoutMs, System::currentTimeMillis, metrics.localAnswers());
        final PostZones zones = postId -> postId == FakeReadModel.POST ? ZONE : Times.utc();
        edge = HttpEdge.listen(config, HttpEdge.prepare(config), metrics);
        edge.serve(gateway, zones, CallerLimit.ofAskers(), new StampPress(gateway, SigningKeys.passing(), zones::of), new Backends(payments, null, null, null, new FakeReports(), null, desk -> null, null, null, null, null));
    }

    URI uri(final String path) {
        return URI.create("http://127.0.0.1:" + edge.port() + path);
    }

    HttpRequest.Builder request(final String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> get(final String path, final String... headers) {
        return send(headers(request(path), headers).GET());
    }

    HttpResponse<String> send(final String method, final String path, final String json, final String... headers) {
        final HttpRequest.Builder request = headers(request(path), headers);
        return json == null
                ? send(request.method(method, HttpRequest.BodyPublishers.noBody()))
                : send(request.header("Content-Type", "application/json").method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpResponse<String> post(final String path, final JsonObject json, final String... headers) {
        return send("POST", path, json == null ? null : json.encode(), headers);
    }

    HttpResponse<String> send(final HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (final IOException e) {
            throw new AssertionError(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static HttpRequest.Builder headers(final HttpRequest.Builder request, final String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    static JsonObject json(final HttpResponse<String> response) {
        return new JsonObject(response.body());
    }

    String known(final ReferenceKind kind) {
        return references.text(kind, FakeReadModel.KNOWN);
    }

    static JsonObject newApplication() {
        return new JsonObject("{\"postId\":1,\"lines\":[{\"personKey\":\"00000000000004d2\",\"serviceId\":21}]}");
    }

    /** Of a new application, as the server names it. */
    String submit() {
        return json(post("/v1/applications", newApplication())).getString("application");
    }

    static JsonObject newHold(final String application, final int deskId) {
        return new JsonObject("{\"issueStamps\":true,\"legs\":[{\"deskId\":" + deskId + ",\"lines\":[0],\"date\":\"" + DATE
                + "\",\"startUnit\":3,\"units\":3}]}").put("application", application);
    }

    @Override
    public void close() {
        edge.close();
        gateway.close();
        engine.close();
    }
}
