package org.mawid.api.http;

import io.vertx.core.json.JsonObject;
import org.mawid.api.gateway.Answer;
import org.mawid.grpc.AssignBreak;
import org.mawid.grpc.BreakType;
import org.mawid.grpc.CloseBatch;
import org.mawid.grpc.Command;
import org.mawid.grpc.DefineTerminal;
import org.mawid.grpc.OpenBreak;
import org.mawid.grpc.PaymentMeans;
import org.mawid.grpc.RecordSettlement;
import org.mawid.grpc.Request;
import org.mawid.grpc.ResolveBreak;
import org.mawid.grpc.SetStampRules;

/** Terminals, closings, settlements, breaks. */
final class LedgerRoutes {
    private LedgerRoutes() {
    }

    static void defineTerminal(final Call call, final Request request, final Command.Builder command) {
        command.setDefineTerminal(DefineTerminal.newBuilder().setRequest(request).setTerminalId(call.integer("terminalId"))
                .setPostId(call.body().getInteger("postId")).setCode(call.body().getString("code")).setEnabled(call.body().getBoolean("enabled")));
    }

    static void closeBatch(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        command.setCloseBatch(CloseBatch.newBuilder().setRequest(request).setPostId(call.post(call.text("post")).postId())
                .setMeans(PaymentMeans.valueOf("PAYMENT_MEANS_" + body.getString("means"))).setTerminalId(body.getInteger("terminalId", 0))
                .setCurrency(body.getString("currency")).setEpochDay(Times.epochDay(body.getString("date")))
                .setPaidMinor(body.getLong("paidMinor")).setPaidCount((int) (long) body.getLong("paidCount"))
                .setUndoneMinor(body.getLong("undoneMinor")).setUndoneCount((int) (long) body.getLong("undoneCount")));
    }

    static void closed(final Call call, final Answer answer, final JsonObject json) {
        json.put("batch", answer.reference(call.loop().references())).put("sumMinor", answer.number2()).put("agrees", answer.number3() == 1);
    }

    static void settlement(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        command.setRecordSettlement(RecordSettlement.newBuilder().setRequest(request).setBatch(body.getString("batch", "")).setPayment(body.getString("payment", ""))
                .setBreakReference(body.getString("break", "")).setGrossMinor(body.getLong("grossMinor")).setCommissionMinor(body.getLong("commissionMinor"))
                .setCurrency(body.getString("currency")).setMadNetCentimes(body.getLong("madNetCentimes", 0L))
                .setEntryHash(Bodies.key(body, "entryHash")).setValueDay(Times.epochDay(body.getString("valueDate"))));
    }

    static void openBreak(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        command.setOpenBreak(OpenBreak.newBuilder().setRequest(request).setKey(Bodies.key(body, "key"))
                .setBreakType(BreakType.valueOf("BREAK_TYPE_" + body.getString("breakType"))).setPayment(body.getString("payment", "")).setBatch(body.getString("batch", ""))
                .setPostId(body.getInteger("postId", 0)).setCurrency(body.getString("currency"))
                .setOurMinor(body.getLong("ourMinor")).setTheirMinor(body.getLong("theirMinor")).setDetailHash(Bodies.key(body, "detailHash")));
    }

    static void opened(final Call call, final Answer answer, final JsonObject json) {
        json.put("break", answer.reference(call.loop().references())).put("wasOpen", answer.number2() == 1);
    }

    static void assignBreak(final Call call, final Request request, final Command.Builder command) {
        command.setAssignBreak(AssignBreak.newBuilder().setRequest(request).setBreakReference(call.text("break")).setOwner(Bodies.key(call.body(), "owner")));
    }

    static void resolveBreak(final Call call, final Request request, final Command.Builder command) {
        command.setResolveBreak(ResolveBreak.newBuilder().setRequest(request).setBreakReference(call.text("break"))
                .setReasonCode(call.body().getInteger("reasonCode", 0)).setReasonHash(Bodies.key(call.body(), "reasonHash")));
    }

    static void setStampRules(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        command.setSetStampRules(SetStampRules.newBuilder().setRequest(request).setPendingMs(body.getLong("pendingMs")).setLapseMs(body.getLong("lapseMs"))
                .setValidityMs(body.getLong("validityMs")).setMaxPayments(body.getInteger("maxPayments")).setMaxBreaks(body.getInteger("maxBreaks")));
    }
}
