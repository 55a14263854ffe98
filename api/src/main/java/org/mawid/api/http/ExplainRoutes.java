package org.mawid.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.mawid.api.access.Operation;
import org.mawid.api.explain.Explainer;
import org.mawid.api.explain.Explanation;
import org.mawid.api.explain.Question;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.ResultTable;
import org.mawid.api.network.LocalTimes;
import org.mawid.engine.Engine;
import org.mawid.engine.readmodel.Agenda;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.SearchPlan;
import org.mawid.sbe.Result;

/** Why somebody did not get a time. */
final class ExplainRoutes {
    private ExplainRoutes() {
    }

    static void explain(final Call call) {
        if (call.has("requestId")) {
            final UUID id = Commands.id(call.text("requestId"));
            call.loop().gateway().outcomeOf(call.loop().lane(), id.getMostSignificantBits(), id.getLeastSignificantBits(),
                    answer -> Reads.guarded(call, () -> of(call, id, answer)));
        } else {
            tell(call, question(call, call.number("position"), call.has("when") ? instant(call.text("when")) : 0, null), null);
        }
    }

    /** What was so when the request was refused. The core remembers the millisecond; where in it the request was is looked up in the log. */
    private static void of(final Call call, final UUID id, final Answer answer) {
        if (answer.result() == Result.PENDING) {
            throw new Fault(Problem.of(Cause.NO_ANSWER).with("requestId", id.toString()));
        } else if (answer.result() == Result.UNAVAILABLE) {
            throw new Fault(Problem.of(Cause.of(answer.number1())).with("requestId", id.toString()));
        } else if (answer.result() == Result.REQUEST_UNKNOWN) {
            throw new Fault(Problem.of(answer.result()).with("requestId", id.toString()));
        }
        tell(call, question(call, 0, answer.nowMs() + 1, id), answer);
    }

    private static void tell(final Call call, final Question question, final Answer answer) {
        final ReadModel model = call.loop().readModel();
        final Engine engine = call.loop().gateway().engine();
        final long nowMs = call.loop().gateway().nowMs();
        final long answered = answer == null ? 0 : engine.status().durablePosition(); // the answer is at or before it
        final long reached = Math.max(answered, Math.max(call.number("minPosition"), question.position()));
        Reads.whenReached(call, model::position, reached, () -> Reads.find(call, ignored -> Explainer.explain(model, question, nowMs, engine::positionOf), found -> {
            if (found == null) {
                throw new Fault(Result.START_AGAIN);
            }
            call.answer(200, json(call, question, found, answer));
        }));
    }

    private static Question question(final Call call, final long position, final long atMs, final UUID request) {
        final CatalogueView catalogue = call.loop().catalogue();
        final CatalogueView.Desk desk = catalogue.desk(call.integer("deskId"));
        if (desk == null) {
            throw new Fault(Result.POOL_UNKNOWN);
        }
        final List<CatalogueView.Service> services = new ArrayList<>();
        final SearchPlan plan = AvailabilitySearch.plan(catalogue, call.list("services").stream().map(String.class::cast).toList(), call.integer("persons"), services);
        CapabilityCheck.search(call, Operation.EXPLAIN, AvailabilitySearch.ids(services), desk.pool().postId());
        final int epochDay = Times.epochDay(call.text("date"));
        final ZoneId zone = call.loop().zone(desk.pool().postId());
        final long startMs;
        try {
            startMs = LocalTimes.instantMs(zone.getRules(), LocalDate.ofEpochDay(epochDay).atTime(LocalTime.parse(call.text("at"))), true);
        } catch (final DateTimeException e) {
            throw new Fault(Problem.of(Result.MALFORMED).with("at", call.text("at")));
        }
        if (startMs % Agenda.Leg.UNIT_MS != 0) {
            throw new Fault(Result.NOT_ALIGNED);
        }
        return new Question(desk.pool().postId(), desk.pool().poolId(), epochDay, startMs, plan.units(), Question.wanted(desk, plan), position, atMs, request);
    }

    private static long instant(final String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (final DateTimeException e) {
            throw new Fault(Problem.of(Result.MALFORMED).with("when", text));
        }
    }

    // ---- what is told

    private static JsonObject json(final Call call, final Question question, final Explanation found, final Answer answer) {
        final CatalogueView catalogue = call.loop().catalogue();
        final ZoneId zone = call.loop().zone(question.postId());
        final JsonObject json = new JsonObject().put("deskId", question.deskId()).put("desk", catalogue.pool(question.deskId()).code())
                .put("date", Times.date(question.epochDay()));
        Times.put(json, "start", found.startMs(), zone);
        json.put("units", question.units()).put("position", found.position());
        if (answer != null) {
            final JsonObject request = new JsonObject().put("command", answer.template() == null ? "OPERATOR" : answer.template().name())
                    .put("result", answer.result().name()).put("because", ResultTable.of(answer.result()).text());
            json.put("request", Times.put(request, "now", answer.nowMs(), zone));
        }
        if (found.verdict() != null) {
            json.put("verdict", found.verdict().name()).put("because", found.verdict() == Result.OK ? "There was room." : ResultTable.of(found.verdict()).text());
        }
        if (found.releasedAtMs() != 0) {
            Times.put(json, "releasedAt", found.releasedAtMs(), zone).put("publishedPosition", found.publishedPosition());
        }
        final JsonArray lacking = new JsonArray();
        for (final Explanation.Short one : found.units()) {
            final JsonObject unit = new JsonObject().put("poolId", one.poolId()).put("pool", catalogue.pool(one.poolId()).code()).put("unit", one.unit())
                    .put("wanted", one.wanted()).put("open", one.open());
            if (one.withheld() >= 0) {
                unit.put("withheld", one.withheld());
            }
            lacking.add(unit.put("taken", one.taken()).put("takenBefore", one.before()).put("kept", kept(one, zone)));
        }
        final JsonArray firsts = new JsonArray();
        for (final Explanation.First one : found.firsts()) {
            final JsonObject first = new JsonObject().put("position", one.position());
            Times.put(first, "now", one.nowMs(), zone).put("how", one.how().name());
            if (one.bookedPosition() != 0) {
                first.put("bookedPosition", one.bookedPosition());
            }
            if (one.deadlineMs() != 0) {
                Times.put(first, "until", one.deadlineMs(), zone);
            }
            firsts.add(first.put("poolIds", new JsonArray(one.pools())));
        }
        final JsonArray closures = new JsonArray();
        for (final Explanation.Closed one : found.closures()) {
            final JsonObject closure = new JsonObject().put("closureId", one.closureId()).put("position", one.position()).put("poolId", one.poolId());
            Times.put(closure, "from", one.fromMs(), zone);
            closures.add(Times.put(closure, "to", one.toMs(), zone).put("capacity", one.capacity()).put("reasonCode", one.reasonCode()));
        }
        return json.put("lacking", lacking).put("firsts", firsts).put("closures", closures).put("keptFrom", found.keptFrom());
    }

    private static JsonArray kept(final Explanation.Short unit, final ZoneId zone) {
        final JsonArray kept = new JsonArray();
        for (final Explanation.Kept one : unit.kept()) {
            final JsonObject json = new JsonObject().put("for", one.quota().name()).put("places", one.places()).put("left", one.left());
            kept.add(one.untilMs() == 0 ? json : Times.put(json, "until", one.untilMs(), zone));
        }
        return kept;
    }
}
