package org.mawid.api.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.ResultTable;
import org.mawid.engine.EngineStatus;
import org.mawid.sbe.Result;

/** What those who run the server ask. */
final class OperationRoutes {
    private static final CharSequence YAML = "application/yaml";
    private static final CharSequence METRICS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private OperationRoutes() {
    }

    static void contract(final Call call) {
        plain(call, "getContract", YAML, call.loop().contract().text());
    }

    static void live(final Call call) {
        final boolean running = call.loop().gateway().engine().status().running();
        health(call, running ? null : "the engine has stopped", new JsonObject());
    }

    /**
     * Not ready: stopped, or still recovering (then another room answers). A full disk or records that lag close the way to commands only:
     * a load balancer that took the server away for it would take the reads away too. So it is told beside, and is ready as before.
     */
    static void ready(final Call call) {
        final EngineStatus status = call.loop().gateway().engine().status();
        final Result admission = call.loop().gateway().engine().admission();
        final JsonObject json = new JsonObject().put("admission", admission.name());
        if (admission == Result.UNAVAILABLE) {
            json.put(ResultTable.CAUSE, (status.running() ? Cause.RECORDS_BEHIND : Cause.STOPPING).name());
        }
        health(call, status.running() ? null : "the engine has stopped", json);
    }

    static void metrics(final Call call, final Future<MetricsText> text) {
        text.compose(made -> call.loop().vertx().executeBlocking(made::scrape, false))
                .onSuccess(scraped -> plain(call, "metrics", METRICS_TEXT, Buffer.buffer(scraped)))
                .onFailure(call.routing()::fail);
    }

    private static void health(final Call call, final String reason, final JsonObject more) {
        final JsonObject json = new JsonObject().put("status", reason == null ? "UP" : "DOWN").mergeIn(more);
        call.answer(reason == null ? 200 : 503, reason == null ? json : json.put("reason", reason));
    }

    private static void plain(final Call call, final String operation, final CharSequence contentType, final Buffer body) {
        call.loop().metrics().onHttp(operation, 200);
        Answers.head(call.routing().response(), 200, contentType, call.loop().config().isTls());
        call.loop().connections().give(call.routing().request(), body);
    }
}
