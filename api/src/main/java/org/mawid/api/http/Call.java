package org.mawid.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.Supplier;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.http.Contract.Operation;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.sbe.Result;

/** One call whose request the contract has passed. Only on its event loop. */
final class Call {
    private final Loop loop;
    private final RoutingContext routing;
    private final Operation operation;
    private final Map<String, Object> parameters;
    private final JsonObject body;

    /** @throws Fault when the contract does not allow the request */
    Call(final Loop loop, final RoutingContext routing, final Operation operation) {
        this.loop = loop;
        this.routing = routing;
        this.operation = operation;
        this.parameters = loop.check().parameters(operation, routing.pathParams(), routing.queryParams(), routing.request().headers());
        this.body = operation.bodyBytes() > 0 ? null : loop.check().body(operation, routing.request().getHeader(HttpHeaders.CONTENT_TYPE), routing.body().buffer());
    }

    Loop loop() {
        return loop;
    }

    RoutingContext routing() {
        return routing;
    }

    /** Its id in the contract. */
    String operation() {
        return operation.id();
    }

    /** Null when the operation has none, or reads it by itself; empty when it need not be given and was not. */
    JsonObject body() {
        return body;
    }

    /** Whether it brings a command; a dry run of one does not. */
    boolean isCommand() {
        return operation.command() != null && !flag("dryRun");
    }

    /** Of whatever type; null when absent. */
    Object parameter(final String parameter) {
        return parameters.get(parameter);
    }

    /** Puts another value in the place of one. @param index in a list, else 0 */
    void replace(final String parameter, final int index, final Object value) {
        if (parameters.get(parameter) instanceof JsonArray several) {
            final JsonArray replaced = several.copy();
            replaced.getList().set(index, value);
            parameters.put(parameter, replaced);
        } else {
            parameters.put(parameter, value);
        }
    }

    boolean has(final String parameter) {
        return parameters.containsKey(parameter);
    }

    /** Null when absent. */
    String text(final String parameter) {
        return (String) parameters.get(parameter);
    }

    /** 0 when absent. */
    long number(final String parameter) {
        return (Long) parameters.getOrDefault(parameter, 0L);
    }

    /** False when absent. */
    boolean flag(final String parameter) {
        return (Boolean) parameters.getOrDefault(parameter, false);
    }

    int integer(final String parameter) {
        return (int) number(parameter);
    }

    /** Empty when absent. */
    JsonArray list(final String parameter) {
        return (JsonArray) parameters.getOrDefault(parameter, new JsonArray());
    }

    /** A key of 16 hexadecimal digits, 0 when absent. */
    long key(final String parameter) {
        return has(parameter) ? Long.parseUnsignedLong(text(parameter), 16) : 0;
    }

    /** The number behind a reference in the path. @throws Fault when it is mistyped */
    long number(final ReferenceKind kind, final String parameter) {
        final long number = loop.references().number(kind, text(parameter));
        if (number == References.INVALID || number == 0) {
            throw new Fault(Problem.of(Result.MALFORMED).in(parameter, "mistyped: its check digits do not fit"));
        }
        return number;
    }

    /** The post that a parameter names by code or id. @throws Fault when there is none */
    CatalogueView.Post post(final String codeOrId) {
        final CatalogueView.Post post = isNumber(codeOrId) ? loop.catalogue().post(Integer.parseInt(codeOrId)) : loop.catalogue().post(codeOrId);
        if (post == null) {
            throw new Fault(Result.POST_UNKNOWN);
        }
        return post;
    }

    /** The service that a parameter names by code or id. @throws Fault when there is none */
    CatalogueView.Service service(final String codeOrId) {
        final CatalogueView.Service service = isNumber(codeOrId)
                ? loop.catalogue().service(Integer.parseInt(codeOrId)) : loop.catalogue().service(codeOrId);
        if (service == null) {
            throw new Fault(Result.SERVICE_UNKNOWN);
        }
        return service;
    }

    /** Up to nine digits and nothing else: an id. A code that looks so cannot be named by its code. */
    static boolean isNumber(final String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= 9;
    }

    void answer(final int status, final JsonObject json) {
        answer(status, Answers.JSON, json::toBuffer);
    }

    /** @param json written already */
    void answer(final int status, final Buffer json) {
        answer(status, Answers.JSON, () -> json);
    }

    /** @param table comma-separated, with a header */
    void answer(final int status, final String table) {
        answer(status, Answers.CSV, () -> Buffer.buffer(table));
    }

    private void answer(final int status, final CharSequence contentType, final Supplier<Buffer> body) {
        if (open()) {
            loop.metrics().onHttp(operation.id(), status);
            Answers.head(routing.response(), status, contentType, loop.config().isTls());
            loop.connections().give(routing.request(), body.get());
        }
    }

    /** 200, with what is no JSON object of ours. @param cache who may keep it, and how long */
    void answer(final CharSequence contentType, final CharSequence cache, final Buffer body) {
        if (open()) {
            loop.metrics().onHttp(operation.id(), 200);
            Answers.head(routing.response(), 200, contentType, loop.config().isTls()).putHeader(HttpHeaders.CACHE_CONTROL, cache);
            loop.connections().give(routing.request(), body);
        }
    }

    /** 200, with a page. @param policy what a browser may run and load of it */
    void page(final CharSequence contentType, final CharSequence policy, final Buffer body) {
        if (open()) {
            loop.metrics().onHttp(operation.id(), 200);
            Answers.head(routing.response(), 200, contentType, loop.config().isTls()).putHeader(Answers.SECURITY_POLICY, policy);
            loop.connections().give(routing.request(), body);
        }
    }

    /** 200, with what may be kept by whoever asked as long as it is asked about again. */
    void tagged(final CharSequence contentType, final String tag, final Buffer body) {
        if (open()) {
            loop.metrics().onHttp(operation.id(), 200);
            headed(200, contentType, tag);
            loop.connections().give(routing.request(), body);
        }
    }

    /** 304: what the tag stands for is still so. */
    void notModified(final String tag) {
        if (open()) {
            loop.metrics().onHttp(operation.id(), 304);
            headed(304, null, tag).end();
        }
    }

    private HttpServerResponse headed(final int status, final CharSequence contentType, final String tag) {
        final HttpServerResponse response = Answers.head(routing.response(), status, contentType == null ? "" : contentType, loop.config().isTls()).putHeader(HttpHeaders.CACHE_CONTROL, Answers.REVALIDATE)
                .putHeader(HttpHeaders.ETAG, tag);
        if (contentType == null) {
            response.headers().remove(HttpHeaders.CONTENT_TYPE);
        }
        return response;
    }

    /** @param location where what was made can be read */
    void made(final int status, final String location, final JsonObject json) {
        if (open()) {
            routing.response().putHeader(HttpHeaders.LOCATION, location);
            answer(status, json);
        }
    }

    /** By ourselves, with what ended the making of the answer. */
    void refuse(final Fault fault) {
        if (!flag("dryRun")) { // which is no command
            loop.refused(operation, fault.problem());
        }
        refuse(fault.problem());
    }

    /** As somebody else has answered, and counted. */
    void refuse(final Problem problem) {
        if (open()) {
            ended(problem);
            loop.metrics().onHttp(operation.id(), problem.status());
            Answers.problem(routing.response(), problem, loop.config().isTls());
        }
    }

    private void ended(final Problem problem) {
        if (loop.access() != null) {
            loop.access().ended(routing, problem);
        }
    }

    /** As {@link #refuse(Problem)}, of one that says much. @param json it, written already */
    void refuse(final Problem problem, final Buffer json) {
        if (open()) {
            ended(problem);
            loop.metrics().onHttp(operation.id(), problem.status());
            Answers.head(routing.response(), problem.status(), Answers.PROBLEM_JSON, loop.config().isTls());
            loop.connections().give(routing.request(), json);
        }
    }

    void pending(final String requestId) {
        if (open()) {
            loop.metrics().onHttp(operation.id(), 202);
            final JsonObject json = new JsonObject().put("result", Result.PENDING.name()).put("requestId", requestId);
            Answers.pending(routing.response(), json.toBuffer(), "/v1/requests/" + requestId, loop.config().isTls());
        }
    }

    /** False when the client has gone, or was told that it took too long. */
    private boolean open() {
        final HttpServerResponse response = routing.response();
        return !response.ended() && !response.closed() && !response.headWritten();
    }
}
