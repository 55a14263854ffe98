package org.mawid.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.mawid.api.access.Operation;
import org.mawid.api.audit.AuditGrpc;
import org.mawid.api.audit.AuditLog;
import org.mawid.api.audit.Entry;
import org.mawid.api.audit.Page;
import org.mawid.api.audit.Question;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.sbe.Result;

/** Who did what: {@link AuditLog} over HTTP. */
final class AuditRoutes {
    private AuditRoutes() {
    }

    static void list(final Call call) {
        final Operation operation = call.has("operation") ? Operation.called(call.text("operation")) : null;
        if (operation == null && call.has("operation")) {
            throw new Fault(Problem.of(Result.MALFORMED).in("operation", "no such operation"));
        }
        final Question question = new Question(call.key("actor"), call.has("application") ? call.number(ReferenceKind.APPLICATION, "application") : 0, call.key("person"),
                operation == null ? 0 : operation.code(), call.has("from") ? instant(call, "from") : 0, call.has("to") ? instant(call, "to") : Long.MAX_VALUE, call.number("after"), call.integer("limit"));
        Reads.find(call, asked -> asked.loop().audit().find(question), page -> call.answer(200, json(call, page)));
    }

    private static long instant(final Call call, final String parameter) {
        try {
            return OffsetDateTime.parse(call.text(parameter)).toInstant().toEpochMilli();
        } catch (final DateTimeException e) {
            throw new Fault(Problem.of(Result.MALFORMED).in(parameter, "no such instant"));
        }
    }

    private static JsonObject json(final Call call, final Page page) {
        final JsonArray entries = new JsonArray();
        page.entries().forEach(entry -> entries.add(json(call, entry)));
        return new JsonObject().put("entries", entries).put("through", page.through()).put("isEnd", page.isEnd());
    }

    private static JsonObject json(final Call call, final Entry from) {
        final JsonObject json = new JsonObject().put("position", from.position());
        Times.put(json, "now", from.nowMs(), Times.utc());
        json.put("actor", Bodies.key(from.actor())).put("onBehalfOf", Bodies.key(from.onBehalfOf())).put("channel", from.channel().name()).put("operation", from.operation());
        if (from.target() != null) {
            json.put("objectKind", from.target().kind().name()).put("object", AuditGrpc.text(from.target(), call.loop().references()));
        }
        if (from.grounds() != null) {
            json.put("grounds", from.grounds().name());
        } else if (from.detail() != 0) {
            json.put("detail", Bodies.key(from.detail()));
        }
        if (from.result() != null) {
            json.put("result", from.result().name()).put("repeatedAnswer", from.isRepeated());
        }
        if (from.verdict() != null) {
            json.put("verdict", from.verdict().name()).put("reasonCode", from.reasonCode()).put("address", Bodies.key(from.address())).put("leftOut", from.leftOut());
        }
        return json;
    }
}
