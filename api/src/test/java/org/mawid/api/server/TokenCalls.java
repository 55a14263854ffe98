package org.mawid.api.server;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.IntSupplier;

/** Calls over HTTP by whoever has a token, or has none. */
final class TokenCalls {
    private final HttpClient http = HttpClient.newHttpClient();
    private final IntSupplier port;

    /** @param port of a server on loopback, asked for each call */
    TokenCalls(final IntSupplier port) {
        this.port = port;
    }

    /** @param token null = none */
    HttpResponse<String> get(final String path, final String token, final String... headers) throws Exception {
        return send(request(path, token, headers).GET());
    }

    /** @param body null = none */
    HttpResponse<String> post(final String path, final String token, final JsonObject body, final String... headers) throws Exception {
        final HttpRequest.Builder request = request(path, token, headers);
        return send(body == null ? request.POST(BodyPublishers.noBody()) : request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.encode())));
    }

    HttpRequest.Builder request(final String path, final String token, final String... headers) {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.getAsInt() + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return headers.length == 0 ? request : request.headers(headers);
    }

    HttpResponse<String> send(final HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
