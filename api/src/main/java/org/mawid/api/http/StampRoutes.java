package org.mawid.api.http;

import io.vertx.core.json.JsonObject;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.Records;
import org.mawid.grpc.Command;
import org.mawid.grpc.IssueStamps;
import org.mawid.grpc.Request;
import org.mawid.grpc.VoidStamp;
import org.mawid.sbe.Result;

/** Stamps: quote, issue, void. */
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

    static void voidStamp(final Call call, final Request request, final Command.Builder command) {
        command.setVoidStamp(VoidStamp.newBuilder().setRequest(request).setStamp(call.text("stamp")));
    }
}
