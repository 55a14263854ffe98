package org.mawid.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.Records;
import org.mawid.grpc.Command;
import org.mawid.grpc.ConsumeStamp;
import org.mawid.grpc.Decide;
import org.mawid.grpc.IssueStamps;
import org.mawid.grpc.Propose;
import org.mawid.grpc.RecordConsumption;
import org.mawid.grpc.RecordRefund;
import org.mawid.grpc.Request;
import org.mawid.grpc.ReuseStamp;
import org.mawid.grpc.StampMatter;
import org.mawid.grpc.VoidStamp;
import org.mawid.sbe.Result;

/** Stamps: quote, issue, use, refund. */
final class StampRoutes {
    private StampRoutes() {
    }

    /** Refuses in the order in which the core would. */
    static JsonObject quote(final Call call) {
        final long position = call.loop().readModel().position();
        final CatalogueView catalogue = call.loop().catalogue();
        final CatalogueView.Post post = call.post(call.text("post"));
        final int serviceId = call.service(call.text("service")).serviceId();
        final long nowMs = call.loop().gateway().nowMs();
        if (catalogue.tariff(serviceId, nowMs) == null) {
            throw new Fault(Result.TARIFF_UNKNOWN);
        }
        final CatalogueView.Quote quote = catalogue.quote(post.postId(), serviceId, call.integer("quantity"), nowMs);
        if (quote == null) {
            throw new Fault(Result.RATE_UNKNOWN);
        }
        return new JsonObject().put("amountCentimes", quote.amountCentimes()).put("localMinor", quote.localMinor())
                .put("currency", quote.currency()).put("minorDigits", post.minorDigits())
                .put("microMadPerUnit", quote.microMadPerUnit()).put("tariffVersion", quote.tariffVersion()).put("position", position);
    }

    static JsonObject stamp(final Call call) {
        final Records.Stamp found = call.loop().readModel().records().stamp(call.number(ReferenceKind.STAMP, "stamp"));
        if (found == null) {
            return null;
        }
        final References references = call.loop().references();
        final JsonObject json = new JsonObject()
                .put("stamp", references.text(ReferenceKind.STAMP, found.stampId()))
                .put("application", references.text(ReferenceKind.APPLICATION, found.applicationId()))
                .put("line", found.line())
                .put("postId", found.postId())
                .put("state", found.state().name())
                .put("amountCentimes", found.amountCentimes())
                .put("localMinor", found.localMinor())
                .put("currency", found.currency())
                .put("microMadPerUnit", found.microMadPerUnit())
                .put("tariffVersion", found.tariffVersion());
        Times.put(json, "issued", found.issuedMs(), call.loop().zone(found.postId()));
        if (found.paymentId() != 0) {
            json.put("payment", references.text(ReferenceKind.PAYMENT, found.paymentId()));
        }
        if (found.consumedMs() != 0) {
            Times.put(json, "consumed", found.consumedMs(), call.loop().zone(found.consumedPost()));
            json.put("consumedPostId", found.consumedPost());
        }
        return json.put("position", found.position());
    }

    static void issue(final Call call, final Request request, final Command.Builder command) {
        command.setIssueStamps(IssueStamps.newBuilder().setRequest(request).setApplication(call.text("application"))
                .setLines(Bodies.lineSet(call.body().getJsonArray("lines")))
                .setPostId(call.body().getInteger("postId")));
    }

    static void issued(final Call call, final Answer answer, final JsonObject json) {
        json.put("stamps", Commands.stamps(call, answer));
    }

    static void consume(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        command.setConsumeStamp(ConsumeStamp.newBuilder().setRequest(request).setStamp(call.text("stamp")).setApplication(body.getString("application"))
                .setLine(body.getInteger("line")).setPostId(body.getInteger("postId")).setEpochDay(Times.epochDay(body.getString("date")))
                .setSecret(body.getString("secret")));
    }

    static void consumed(final Call call, final Answer answer, final JsonObject json) {
        json.put("amountCentimes", answer.number1());
    }

    static void recordConsumption(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        command.setRecordConsumption(RecordConsumption.newBuilder().setRequest(request).setStamp(call.text("stamp")).setApplication(body.getString("application"))
                .setAtMs(body.getLong("atMs")).setLine(body.getInteger("line")).setPostId(body.getInteger("postId"))
                .setEpochDay(Times.epochDay(body.getString("date"))).setSecret(body.getString("secret")));
    }

    static void reuse(final Call call, final Request request, final Command.Builder command) {
        command.setReuseStamp(ReuseStamp.newBuilder().setRequest(request).setStamp(call.text("stamp"))
                .setApplication(call.body().getString("application")).setLine(call.body().getInteger("line")));
    }

    static void reused(final Call call, final Answer answer, final JsonObject json) {
        json.put("stamps", new JsonArray().add(answer.reference(call.loop().references())));
    }

    static void propose(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        command.setPropose(Propose.newBuilder().setRequest(request).setStamp(call.text("stamp"))
                .setMatter(StampMatter.valueOf("STAMP_MATTER_" + body.getString("matter"))).setEpochDay(Times.epochDay(body.getString("date")))
                .setReasonCode(body.getInteger("reasonCode", 0)).setReasonHash(Bodies.key(body, "reasonHash")));
    }

    static void decide(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        command.setDecide(Decide.newBuilder().setRequest(request).setStamp(call.text("stamp"))
                .setMatter(StampMatter.valueOf("STAMP_MATTER_" + body.getString("matter"))).setApproved(body.getBoolean("approved"))
                .setEpochDay(Times.epochDay(body.getString("date"))).setReasonCode(body.getInteger("reasonCode", 0)).setReasonHash(Bodies.key(body, "reasonHash")));
    }

    static void refund(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        command.setRecordRefund(RecordRefund.newBuilder().setRequest(request).setStamp(call.text("stamp")).setAmountMinor(body.getLong("amountMinor"))
                .setCurrency(body.getString("currency")).setTransaction(body.getString("transaction", "")));
    }

    static void voidStamp(final Call call, final Request request, final Command.Builder command) {
        command.setVoidStamp(VoidStamp.newBuilder().setRequest(request).setStamp(call.text("stamp")));
    }
}
