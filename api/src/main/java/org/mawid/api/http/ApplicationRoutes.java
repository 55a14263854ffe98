package org.mawid.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.mawid.api.application.DocumentKinds;
import org.mawid.api.application.StandingQuestion;
import org.mawid.api.capability.Capabilities;
import org.mawid.api.capability.Capability;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.engine.readmodel.Records;
import org.mawid.grpc.AskForDocuments;
import org.mawid.grpc.AssignApplication;
import org.mawid.grpc.Command;
import org.mawid.grpc.RecordDocument;
import org.mawid.grpc.RejectLines;
import org.mawid.grpc.Request;
import org.mawid.grpc.ResubmitLines;
import org.mawid.grpc.SendMessage;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;
import org.mawid.grpc.WithdrawLines;
import org.mawid.sbe.DocumentKind;
import org.mawid.sbe.DocumentType;
import org.mawid.sbe.MessageWriter;
import org.mawid.sbe.ScanState;

/** Applications and what is decided about their lines. */
final class ApplicationRoutes {
    private ApplicationRoutes() {
    }

    static JsonObject application(final Call call) {
        final Records.Application found = call.loop().readModel().records().application(call.number(ReferenceKind.APPLICATION, "application"));
        if (found == null) {
            return null;
        }
        final References references = call.loop().references();
        final JsonArray lines = new JsonArray();
        final StandingQuestion.Standing standing = StandingQuestion.of(call.loop().gateway().engine(), found);
        for (int i = 0; i < found.lines().size(); i++) {
            final JsonObject line = line(references, i, found.lines().get(i));
            final long wanted = standing.wanted().get(i);
            lines.add(wanted == 0 ? line : line.put("wanted", new JsonArray(DocumentKinds.names(wanted))));
        }
        final JsonObject json = new JsonObject()
                .put("application", references.text(ReferenceKind.APPLICATION, found.applicationId()))
                .put("postId", found.postId())
                .put("applicant", Bodies.key(found.applicant()));
        Times.put(json, "submitted", found.submittedMs(), call.loop().zone(found.postId()));
        if (standing.validUntilMs() != 0) {
            Times.put(json, "validUntil", standing.validUntilMs(), call.loop().zone(found.postId()));
        }
        if (call.loop().capabilities() != null) {
            give(json, call.loop().capabilities().of(HttpAccess.caller(call), found));
        }
        return json.put("lines", lines).put("position", found.position());
    }

    /** @param capability null = none */
    private static void give(final JsonObject json, final Capability capability) {
        if (capability != null) {
            json.put(Capabilities.NAME, Times.put(new JsonObject().put("token", capability.token()), "until", capability.untilMs(), Times.utc()));
        }
    }

    private static JsonObject line(final References references, final int place, final Records.Line line) {
        final JsonObject json = new JsonObject()
                .put("line", place)
                .put("personKey", Bodies.key(line.personKey()))
                .put("serviceId", line.serviceId())
                .put("registeredPostId", line.registeredPostId())
                .put("quantity", line.quantity())
                .put("ageBand", line.ageBand().name())
                .put("priority", line.priority().name())
                .put("representative", line.representative())
                .put("state", line.state().name());
        putReference(json, "stamp", references.text(ReferenceKind.STAMP, line.stampId()));
        putReference(json, "hold", references.text(ReferenceKind.HOLD, line.holdId()));
        putReference(json, "appointment", references.text(ReferenceKind.APPOINTMENT, line.appointmentId()));
        if (line.reasonCode() != 0) {
            json.put("reasonCode", line.reasonCode());
        }
        if (line.reasonHash() != 0) {
            json.put("reasonHash", Bodies.key(line.reasonHash()));
        }
        return json;
    }

    private static void putReference(final JsonObject json, final String name, final String reference) {
        if (!reference.isEmpty()) {
            json.put(name, reference);
        }
    }

    static void submit(final Call call, final Request request, final Command.Builder command) {
        final SubmitApplication.Builder submit = SubmitApplication.newBuilder().setRequest(request)
                .setApplicant(Bodies.key(call.body(), "applicant"))
                .setPostId(call.body().getInteger("postId", 0));
        call.body().getJsonArray("lines").forEach(line -> submit.addLines(Bodies.newLine((JsonObject) line)));
        command.setSubmitApplication(submit);
    }

    static void submitted(final Call call, final Answer answer, final JsonObject json) {
        json.put("application", answer.reference(call.loop().references()));
        if (call.loop().capabilities() != null) {
            final List<Integer> services = call.body().getJsonArray("lines").stream().map(line -> ((JsonObject) line).getInteger("serviceId")).toList();
            give(json, call.loop().capabilities().ofSubmitted(HttpAccess.caller(call), answer.number1(), call.body().getInteger("postId", 0), services));
        }
    }

    static void validate(final Call call, final Request request, final Command.Builder command) {
        command.setValidateLines(ValidateLines.newBuilder().setRequest(request).setApplication(call.text("application"))
                .setLines(Bodies.lineSet(call.body().getJsonArray("lines"))));
    }

    static void reject(final Call call, final Request request, final Command.Builder command) {
        command.setRejectLines(RejectLines.newBuilder().setRequest(request).setApplication(call.text("application"))
                .setLines(Bodies.lineSet(call.body().getJsonArray("lines")))
                .setReasonCode(call.body().getInteger("reasonCode", 0))
                .setReasonHash(Bodies.key(call.body(), "reasonHash")));
    }

    static void withdraw(final Call call, final Request request, final Command.Builder command) {
        command.setWithdrawLines(WithdrawLines.newBuilder().setRequest(request).setApplication(call.text("application"))
                .setLines(Bodies.lineSet(call.body().getJsonArray("lines"))));
    }

    static void sendMessage(final Call call, final Request request, final Command.Builder command) {
        command.setSendMessage(SendMessage.newBuilder().setRequest(request).setApplication(call.text("application"))
                .setPostId(call.body().getInteger("postId"))
                .setWriterValue(MessageWriter.valueOf(call.body().getString("writer")).value())
                .setTopicCode(call.body().getInteger("topicCode"))
                .setTextHash(Bodies.key(call.body(), "textHash")));
    }

    static void recordDocument(final Call call, final Request request, final Command.Builder command) {
        command.setRecordDocument(RecordDocument.newBuilder().setRequest(request).setApplication(call.text("application"))
                .setHash(Bodies.key(call.body(), "hash"))
                .setBytes(call.body().getLong("bytes").intValue())
                .setLines(Bodies.lineSet(call.body().getJsonArray("lines")))
                .setPages(call.body().getInteger("pages"))
                .setDocumentTypeValue(DocumentType.valueOf(call.body().getString("documentType")).value())
                .setScanValue(ScanState.valueOf(call.body().getString("scan")).value())
                .setKindValue(DocumentKind.valueOf(call.body().getString("kind", DocumentKind.NOT_SAID.name())).value()));
    }

    static void ask(final Call call, final Request request, final Command.Builder command) {
        command.setAskForDocuments(AskForDocuments.newBuilder().setRequest(request).setApplication(call.text("application"))
                .setLines(Bodies.lineSet(call.body().getJsonArray("lines")))
                .addAllKindsValue(Bodies.documentKinds(call.body()))
                .setReasonCode(call.body().getInteger("reasonCode", 0))
                .setTextHash(Bodies.key(call.body(), "textHash")));
    }

    static void resubmit(final Call call, final Request request, final Command.Builder command) {
        command.setResubmitLines(ResubmitLines.newBuilder().setRequest(request).setApplication(call.text("application"))
                .setLines(Bodies.lineSet(call.body().getJsonArray("lines"))));
    }

    static void assign(final Call call, final Request request, final Command.Builder command) {
        command.setAssignApplication(AssignApplication.newBuilder().setRequest(request).setApplication(call.text("application"))
                .setForMs(call.body().getLong("forMs")).setTakesOver(call.body().getBoolean("takesOver", false)));
    }

    static void assigned(final Call call, final Answer answer, final JsonObject json) {
        if (answer.number1() != 0) {
            Times.put(json, "until", answer.number1(), Times.utc());
        }
    }
}
