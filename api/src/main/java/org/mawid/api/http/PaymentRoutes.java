package org.mawid.api.http;

import io.vertx.core.json.JsonObject;
import org.mawid.api.gateway.Answer;
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
    private PaymentRoutes() {
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
