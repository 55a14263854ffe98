package org.mawid.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.engine.readmodel.Records;
import org.mawid.grpc.AllocatePayment;
import org.mawid.grpc.AskPerson;
import org.mawid.grpc.Command;
import org.mawid.grpc.MarkInDoubt;
import org.mawid.grpc.PaymentMeans;
import org.mawid.grpc.RecordApproval;
import org.mawid.grpc.RecordChargeBack;
import org.mawid.grpc.RecordCounterReceipt;
import org.mawid.grpc.RecordFailure;
import org.mawid.grpc.Request;
import org.mawid.grpc.StartPayment;
import org.mawid.sbe.PaymentState;

/** Payments: begun, carried out elsewhere, and what came of it. */
final class PaymentRoutes {
    private static final int NO_LAST_FOUR = 10_000;

    private PaymentRoutes() {
    }

    static JsonObject payment(final Call call) {
        final Records.Payment found = call.loop().readModel().records().payment(call.number(ReferenceKind.PAYMENT, "payment"));
        if (found == null) {
            return null;
        }
        final References references = call.loop().references();
        final JsonObject json = new JsonObject()
                .put("payment", references.text(ReferenceKind.PAYMENT, found.paymentId()))
                .put("application", references.text(ReferenceKind.APPLICATION, found.applicationId()))
                .put("postId", found.postId())
                .put("means", found.means().name())
                .put("state", found.state().name())
                .put("amountMinor", found.amountMinor())
                .put("amountCentimes", found.amountCentimes())
                .put("currency", found.currency())
                .put("receivedMinor", found.receivedMinor())
                .put("receivedCurrency", found.receivedCurrency())
                .put("settled", found.settled())
                .put("waitsForPerson", found.waitsForPerson())
                .put("reasonCode", found.reasonCode())
                .put("date", Times.date(found.epochDay()));
        putIfAny(json, "terminalId", found.terminalId());
        putIfAny(json, "receipt", found.receipt());
        putIfAny(json, "transaction", found.transaction());
        putIfAny(json, "authorisationCode", found.authorisationCode());
        putIfAny(json, "scheme", found.scheme());
        putIfAny(json, "batch", references.text(ReferenceKind.BATCH, found.batchId()));
        putIfAny(json, "origin", references.text(ReferenceKind.PAYMENT, found.origin()));
        if (found.lastFour() < NO_LAST_FOUR) {
            json.put("lastFour", Integer.toString(NO_LAST_FOUR + found.lastFour()).substring(1));
        }
        final JsonArray stamps = new JsonArray();
        found.stampIds().forEach(stamp -> stamps.add(references.text(ReferenceKind.STAMP, stamp)));
        json.put("stamps", stamps);
        Times.put(json, "started", found.startedMs(), call.loop().zone(found.postId()));
        Times.put(json, "changed", found.changedMs(), call.loop().zone(found.postId()));
        return json.put("position", found.position());
    }

    private static void putIfAny(final JsonObject json, final String name, final String text) {
        if (!text.isEmpty()) {
            json.put(name, text);
        }
    }

    private static void putIfAny(final JsonObject json, final String name, final long number) {
        if (number != 0) {
            json.put(name, number);
        }
    }

    static void start(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        command.setStartPayment(StartPayment.newBuilder().setRequest(request).setApplication(call.text("application"))
                .addAllStamps(Bodies.texts(body.getJsonArray("stamps"))).setPostId(body.getInteger("postId"))
                .setMeans(PaymentMeans.valueOf("PAYMENT_MEANS_" + body.getString("means"))).setTerminalId(body.getInteger("terminalId", 0))
                .setEpochDay(Times.epochDay(body.getString("date"))));
    }

    static void started(final Call call, final Answer answer, final JsonObject json) {
        json.put("payment", answer.reference(call.loop().references())).put("amountMinor", answer.number2()).put("amountCentimes", answer.number3());
    }

    static void counterReceipt(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        command.setRecordCounterReceipt(RecordCounterReceipt.newBuilder().setRequest(request).setApplication(call.text("application"))
                .addAllStamps(Bodies.texts(body.getJsonArray("stamps"))).setPostId(body.getInteger("postId"))
                .setEpochDay(Times.epochDay(body.getString("date"))).setAmountMinor(body.getLong("amountMinor")).setCurrency(body.getString("currency")));
    }

    static void receipt(final Call call, final Answer answer, final JsonObject json) {
        json.put("payment", answer.reference(call.loop().references())).put("receipt", answer.number2());
    }

    static void approval(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        final RecordApproval.Builder approval = RecordApproval.newBuilder().setRequest(request).setPayment(call.text("payment"))
                .setAmountMinor(body.getLong("amountMinor")).setCurrency(body.getString("currency")).setTransaction(body.getString("transaction"))
                .setAuthorisationCode(body.getString("authorisationCode", "")).setScheme(body.getString("scheme", ""));
        if (body.containsKey("lastFour")) {
            approval.setLastFour(Integer.parseInt(body.getString("lastFour")));
        }
        command.setRecordApproval(approval);
    }

    static void failure(final Call call, final Request request, final Command.Builder command) {
        command.setRecordFailure(RecordFailure.newBuilder().setRequest(request).setPayment(call.text("payment"))
                .setOutcome(org.mawid.grpc.PaymentState.valueOf("PAYMENT_STATE_" + call.body().getString("outcome")))
                .setReasonCode(call.body().getInteger("reasonCode", 0)));
    }

    static void inDoubt(final Call call, final Request request, final Command.Builder command) {
        command.setMarkInDoubt(MarkInDoubt.newBuilder().setRequest(request).setPayment(call.text("payment")));
    }

    static void askPerson(final Call call, final Request request, final Command.Builder command) {
        command.setAskPerson(AskPerson.newBuilder().setRequest(request).setPayment(call.text("payment")).setReasonCode(call.body().getInteger("reasonCode", 0)));
    }

    static void chargeBack(final Call call, final Request request, final Command.Builder command) {
        command.setRecordChargeBack(RecordChargeBack.newBuilder().setRequest(request).setPayment(call.text("payment"))
                .setAmountMinor(call.body().getLong("amountMinor")).setCurrency(call.body().getString("currency")));
    }

    static void allocate(final Call call, final Request request, final Command.Builder command) {
        command.setAllocatePayment(AllocatePayment.newBuilder().setRequest(request).setPayment(call.text("payment"))
                .setApplication(call.body().getString("application")).addAllStamps(Bodies.texts(call.body().getJsonArray("stamps"))));
    }

    static void state(final Call call, final Answer answer, final JsonObject json) {
        json.put("payment", answer.reference(call.loop().references())).put("state", PaymentState.get((short) answer.number2()).name());
    }
}
