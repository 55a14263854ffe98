package org.mawid.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import org.mawid.api.gateway.ResultTable;
import org.mawid.sbe.Result;

/** How answers leave: the headers that all of them have. */
final class Answers {
    static final CharSequence JSON = HttpHeaders.createOptimized(Contract.JSON);
    static final CharSequence CSV = HttpHeaders.createOptimized("text/csv; charset=utf-8; header=present");
    static final CharSequence PROBLEM_JSON = HttpHeaders.createOptimized("application/problem+json");
    static final CharSequence IDEMPOTENCY_KEY = HttpHeaders.createOptimized("Idempotency-Key");
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
    static final CharSequence SECURITY_POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
    private static final CharSequence NOTHING_LOADED = HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");
    private static final CharSequence REFERRER_POLICY = HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");
    private static final CharSequence TRANSPORT_SECURITY = HttpHeaders.createOptimized("Strict-Transport-Security");
    private static final CharSequence A_YEAR = HttpHeaders.createOptimized("max-age=31536000");
    private static final CharSequence AUTHENTICATE = HttpHeaders.createOptimized("WWW-Authenticate");
    static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    static final CharSequence REVALIDATE = HttpHeaders.createOptimized("private, no-cache");

    private Answers() {
    }

    /** Headers of anything that is about somebody. */
    static HttpServerResponse head(final HttpServerResponse response, final int status, final CharSequence contentType, final boolean isTls) {
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .putHeader(CONTENT_TYPE_OPTIONS, NOSNIFF)
                .putHeader(SECURITY_POLICY, NOTHING_LOADED)
                .putHeader(REFERRER_POLICY, NO_REFERRER);
        return isTls ? response.putHeader(TRANSPORT_SECURITY, A_YEAR) : response;
    }

    /** Headers of availability, which may be kept as long as it is asked about again. */
    static HttpServerResponse headOfAvailability(final HttpServerResponse response, final CharSequence etag) {
        return response
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .putHeader(HttpHeaders.CACHE_CONTROL, REVALIDATE)
                .putHeader(HttpHeaders.ETAG, etag)
                .putHeader(CONTENT_TYPE_OPTIONS, NOSNIFF);
    }

    static void problem(final HttpServerResponse response, final Problem problem, final boolean isTls) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (problem.retrySeconds() > 0) {
            response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(problem.retrySeconds()));
        }
        if (problem.challenge() != null) {
            response.putHeader(AUTHENTICATE, problem.challenge());
        }
        head(response, problem.status(), PROBLEM_JSON, isTls).end(problem.json().toBuffer());
    }

    /** Admitted, and no answer yet. */
    static void pending(final HttpServerResponse response, final Buffer body, final String location, final boolean isTls) {
        final long retryMs = ResultTable.of(Result.PENDING).retryMs();
        head(response, 202, JSON, isTls)
                .putHeader(HttpHeaders.RETRY_AFTER, Long.toString((retryMs + 999) / 1_000))
                .putHeader(HttpHeaders.LOCATION, location)
                .end(body);
    }
}
