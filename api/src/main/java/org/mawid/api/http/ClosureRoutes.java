package org.mawid.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.mawid.api.closure.PlannedClosure;
import org.mawid.api.closure.Preview;
import org.mawid.api.closure.Span;
import org.mawid.api.closure.Waits;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.rpc.RefusedException;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ClosuresView;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.grpc.AcceptPosts;
import org.mawid.grpc.ChooseAnother;
import org.mawid.grpc.CloseDays;
import org.mawid.grpc.Command;
import org.mawid.grpc.ReopenDays;
import org.mawid.grpc.Request;
import org.mawid.grpc.SetOfferRules;
import org.mawid.sbe.Result;

/** Days that are closed, and who gets another visit. */
final class ClosureRoutes {
    private ClosureRoutes() {
    }

    // ---- closing

    /** Makes the closure, or says whom it would touch. */
    static Consumer<Call> close(final Commands making) {
        return call -> {
            if (call.flag("dryRun")) {
                preview(call);
            } else {
                making.run(call);
            }
        };
    }

    private static void preview(final Call call) {
        final Loop loop = call.loop();
        final ReadModel model = loop.readModel();
        final PlannedClosure planned = planned(call);
        final ZoneId zone = loop.zone(planned.postId());
        final References references = loop.references();
        Reads.whenReached(call, model::position, () -> Reads.find(call, ignored -> preview(planned, model, zone, loop.gateway().nowMs(), references), found -> call.answer(200, found)));
    }

    private static JsonObject preview(final PlannedClosure planned, final ReadModel model, final ZoneId zone, final long nowMs, final References references) {
        try {
            return json(planned.preview(model, zone, nowMs), zone, references);
        } catch (final RefusedException refused) {
            throw new Fault(refused.result());
        }
    }

    private static JsonObject json(final Preview found, final ZoneId zone, final References references) {
        final JsonArray appointments = new JsonArray();
        for (final Preview.Visit one : found.appointments()) {
            final JsonObject json = new JsonObject().put("appointment", references.text(ReferenceKind.APPOINTMENT, one.appointmentId()))
                    .put("application", references.text(ReferenceKind.APPLICATION, one.applicationId()));
            Times.put(json, "start", one.startMs(), zone);
            appointments.add(json.put("date", Times.date(one.epochDay())).put("lines", Bodies.lines(one.lines())).put("persons", one.persons())
                    .put("prioritised", one.prioritised()));
        }
        final JsonArray holds = new JsonArray();
        for (final Preview.Hold one : found.holds()) {
            final JsonObject json = new JsonObject().put("hold", references.text(ReferenceKind.HOLD, one.holdId()))
                    .put("application", references.text(ReferenceKind.APPLICATION, one.applicationId()));
            Times.put(json, "start", one.startMs(), zone);
            holds.add(Times.put(json, "until", one.untilMs(), zone));
        }
        final JsonArray days = new JsonArray();
        for (final Preview.Day one : found.days()) {
            days.add(new JsonObject().put("date", Times.date(one.epochDay())).put("appointments", one.appointments()).put("persons", one.persons())
                    .put("prioritised", one.prioritised()).put("holds", one.holds()));
        }
        final JsonArray free = new JsonArray();
        found.free().forEach(one -> free.add(new JsonObject().put("date", Times.date(one.epochDay())).put("freeUnits", one.freeUnits())));
        final JsonObject json = new JsonObject();
        Times.put(json, "from", found.span().fromMs(), zone);
        Times.put(json, "to", found.span().toMs(), zone);
        return json.put("appointments", appointments).put("holds", holds).put("days", days).put("free", free).put("position", found.position());
    }

    static void close(final Call call, final Request request, final Command.Builder command) {
        final PlannedClosure planned = planned(call);
        command.setCloseDays(CloseDays.newBuilder().setRequest(request).setPostId(planned.postId()).setPoolId(planned.poolId()).setFromMs(planned.span().fromMs())
                .setToMs(planned.span().toMs()).setCapacity(planned.capacity()).setReasonCode(call.body().getInteger("reasonCode", 0))
                .setReasonHash(Bodies.key(call.body(), "reasonHash")));
    }

    private static PlannedClosure planned(final Call call) {
        final CatalogueView.Post post = call.post(call.text("post"));
        final JsonObject body = call.body();
        return new PlannedClosure(post.postId(), body.containsKey("pool") ? pool(call, post, body.getString("pool")).poolId() : 0, span(body, call.loop().zone(post.postId())),
                body.getInteger("capacity", 0));
    }

    private static CatalogueView.Pool pool(final Call call, final CatalogueView.Post post, final String codeOrId) {
        return call.loop().catalogue().pools(post.postId()).stream()
                .filter(one -> Call.isNumber(codeOrId) ? one.poolId() == Integer.parseInt(codeOrId) : one.code().equals(codeOrId))
                .findFirst().orElseThrow(() -> new Fault(Result.POOL_UNKNOWN));
    }

    /** One of three ways to say it, and that whole. */
    private static Span span(final JsonObject body, final ZoneId zone) {
        final List<String> said = List.of("fromMs", "toMs", "fromLocal", "toLocal", "fromDate", "toDate").stream().filter(body::containsKey).toList();
        try {
            if (said.equals(List.of("fromMs", "toMs"))) {
                return new Span(body.getLong("fromMs"), body.getLong("toMs"));
            } else if (said.equals(List.of("fromLocal", "toLocal"))) {
                return Span.ofTimes(body.getString("fromLocal"), body.getString("toLocal"), zone);
            } else if (said.equals(List.of("fromDate", "toDate"))) {
                return Span.ofDates(LocalDate.parse(body.getString("fromDate")), LocalDate.parse(body.getString("toDate")), zone);
            }
        } catch (final DateTimeException e) {
            throw new Fault(Problem.of(Result.MALFORMED).at("/" + said.get(0), "not a time that there is"));
        }
        throw new Fault(Problem.of(Result.MALFORMED).at("", "either fromMs and toMs, or fromLocal and toLocal, or fromDate and toDate"));
    }

    static void closed(final Call call, final Answer answer, final JsonObject json) {
        json.put("closureId", answer.number1());
    }

    static void reopen(final Call call, final Request request, final Command.Builder command) {
        command.setReopenDays(ReopenDays.newBuilder().setRequest(request).setClosureId(call.number("closureId")));
    }

    static JsonObject closures(final Call call) {
        final long position = call.loop().readModel().position();
        return closures(call, call.post(call.text("post")).postId()).put("position", position);
    }

    static JsonObject allClosures(final Call call) {
        final long position = call.loop().readModel().position();
        return closures(call, 0).put("position", position);
    }

    /** @param postId 0 = of all posts */
    private static JsonObject closures(final Call call, final int postId) {
        final JsonArray closures = new JsonArray();
        for (final ClosuresView.Closure one : call.loop().readModel().closures().closures(postId)) {
            closures.add(closure(call, one, call.loop().zone(one.postId())));
        }
        return new JsonObject().put("closures", closures);
    }

    private static JsonObject closure(final Call call, final ClosuresView.Closure one, final ZoneId zone) {
        final JsonObject json = new JsonObject().put("closureId", one.closureId()).put("postId", one.postId());
        if (one.poolId() != 0) {
            json.put("poolId", one.poolId()).put("pool", call.loop().catalogue().pool(one.poolId()).code());
        }
        Times.put(json, "from", one.fromMs(), zone);
        Times.put(json, "to", one.toMs(), zone);
        json.put("capacity", one.capacity()).put("reasonCode", one.reasonCode());
        if (one.reasonHash() != 0) {
            json.put("reasonHash", Bodies.key(one.reasonHash()));
        }
        Times.put(json, "begun", one.begunMs(), zone);
        return json.put("state", one.state().name()).put("displaced", one.displaced()).put("holds", one.holds());
    }

    // ---- offers

    static JsonObject offerRules(final Call call) {
        final long position = call.loop().readModel().position();
        final ClosuresView.OfferRules rules = call.loop().readModel().closures().offerRules();
        return new JsonObject().put("rules", new JsonObject().put("offerTtlMs", rules.offerTtlMs()).put("noticeMs", rules.noticeMs()).put("searchDays", rules.searchDays())
                .put("offersEach", rules.offersEach())).put("position", position);
    }

    static void setOfferRules(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        command.setSetOfferRules(SetOfferRules.newBuilder().setRequest(request).setOfferTtlMs(body.getLong("offerTtlMs")).setNoticeMs(body.getLong("noticeMs"))
                .setSearchDays(body.getInteger("searchDays")).setOffersEach(body.getInteger("offersEach")));
    }

    static void acceptPosts(final Call call, final Request request, final Command.Builder command) {
        final AcceptPosts.Builder accept = AcceptPosts.newBuilder().setRequest(request).setApplication(call.text("application"));
        call.body().getJsonArray("posts").forEach(post -> accept.addPosts(call.post((String) post).postId()));
        command.setAcceptPosts(accept);
    }

    static void chooseAnother(final Call call, final Request request, final Command.Builder command) {
        final ChooseAnother.Builder choose = ChooseAnother.newBuilder().setRequest(request).setHold(call.text("hold"));
        call.body().getJsonArray("legs").forEach(leg -> choose.addLegs(Bodies.leg((JsonObject) leg)));
        command.setChooseAnother(choose);
    }

    static JsonObject waiting(final Call call) {
        final ReadModel model = call.loop().readModel();
        final long position = model.records().position();
        final long application = call.number(ReferenceKind.APPLICATION, "application");
        final List<Waits> all = Waits.of(model, application);
        if (all == null) {
            return null;
        }
        final JsonArray waiting = new JsonArray();
        all.forEach(one -> waiting.add(waiting(call, one)));
        final JsonArray posts = new JsonArray();
        model.closures().acceptedPosts(application).forEach(post -> posts.add(call.loop().catalogue().post(post).code()));
        return new JsonObject().put("application", call.loop().references().text(ReferenceKind.APPLICATION, application)).put("waiting", waiting)
                .put("acceptedPosts", posts).put("position", position);
    }

    static JsonObject queue(final Call call) {
        final ReadModel model = call.loop().readModel();
        final long position = model.position();
        final int postId = call.post(call.text("post")).postId();
        final JsonArray waiting = new JsonArray();
        Waits.at(model, postId, call.integer("limit")).forEach(one -> waiting.add(waiting(call, one)));
        return new JsonObject().put("waiting", waiting).put("count", model.closures().waiting(postId)).put("position", position);
    }

    private static JsonObject waiting(final Call call, final Waits one) {
        final References references = call.loop().references();
        final ClosuresView.Waiter waiter = one.waiter();
        final JsonObject json = new JsonObject().put("waiterId", waiter.waiterId())
                .put("application", references.text(ReferenceKind.APPLICATION, waiter.applicationId()));
        if (waiter.appointmentId() != 0) {
            json.put("appointment", references.text(ReferenceKind.APPOINTMENT, waiter.appointmentId()));
        }
        if (waiter.isDisplaced()) {
            json.put("closureId", waiter.closureId());
        } else {
            json.put("fromDate", Times.date(waiter.fromEpochDay())).put("toDate", Times.date(waiter.toEpochDay()));
        }
        json.put("postId", waiter.postId()).put("lines", Bodies.lines(one.lines())).put("state", waiter.state().name());
        Times.put(json, "since", waiter.sinceMs(), call.loop().zone(waiter.postId()));
        json.put("prioritised", waiter.prioritised()).put("before", one.before()).put("offers", waiter.offers());
        if (one.offer() != null) {
            json.put("offer", AppointmentRoutes.hold(call, one.offer()));
        } else if (waiter.holdId() != 0) {
            json.put("hold", references.text(ReferenceKind.HOLD, waiter.holdId()));
        }
        return json;
    }
}
