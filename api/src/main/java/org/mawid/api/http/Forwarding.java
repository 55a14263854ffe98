package org.mawid.api.http;

import io.vertx.core.http.HttpServerRequest;
import org.mawid.api.limit.Proxies;

/** Who calls, when a proxy stands between. Any thread. */
final class Forwarding {
    private Forwarding() {
    }

    /** Address as text without port; empty = it has none. */
    static String client(final HttpServerRequest request, final Proxies proxies) {
        final String peer = request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
        if (peer == null) {
            return "";
        }
        return proxies.header() == null ? peer : proxies.client(peer, request.headers().getAll(proxies.header()));
    }
}
