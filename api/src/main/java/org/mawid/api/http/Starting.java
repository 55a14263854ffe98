package org.mawid.api.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import org.mawid.api.gateway.Cause;

/**
 * What is answered while the engine recovers: the process lives and must be left running, it is not ready, and every other call is
 * to come again. A balancer or an operator who watches is told so, and not that nobody is there.
 */
final class Starting {
    static final String REASON = Cause.STARTING.name();

    private final EdgeMetrics metrics;
    private final boolean isTls;

    Starting(final EdgeMetrics metrics, final boolean isTls) {
        this.metrics = metrics;
        this.isTls = isTls;
    }

    void handle(final HttpServerRequest request) {
        switch (request.path()) {
            case "/health/live" -> health(request, "live", 200, new JsonObject().put("status", "UP"));
            case "/health/ready" -> health(request, "ready", 503, new JsonObject().put("status", "DOWN").put("reason", REASON));
            default -> {
                if (!request.method().equals(HttpMethod.GET)) {
                    metrics.localAnswers().count(null, Cause.STARTING); // which command, the contract will know
                }
                metrics.onHttp("starting", 503);
                Answers.problem(request.response(), Problem.of(Cause.STARTING), isTls);
            }
        }
    }

    private void health(final HttpServerRequest request, final String operation, final int status, final JsonObject json) {
        metrics.onHttp(operation, status);
        Answers.head(request.response(), status, Answers.JSON, isTls).end(json.toBuffer());
    }
}
