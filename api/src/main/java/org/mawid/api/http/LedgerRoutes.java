package org.mawid.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.grpc.AssignBreak;
import org.mawid.grpc.BreakType;
import org.mawid.grpc.CloseBatch;
import org.mawid.grpc.Command;
import org.mawid.grpc.DefineTerminal;
import org.mawid.grpc.OpenBreak;
import org.mawid.grpc.PaymentMeans;
import org.mawid.grpc.RecordReturnSettlement;
import org.mawid.grpc.RecordSettlement;
import org.mawid.grpc.Request;
import org.mawid.grpc.ResolveBreak;
import org.mawid.grpc.SetStampRules;

/** Terminals, closings, settlements, breaks, returns. */
final class LedgerRoutes {
    private LedgerRoutes() {
    }

    static JsonObject books(final Call call) {
        final long position = call.loop().readModel().position();
        final JsonArray books = new JsonArray();
        for (final MoneyView.Book book : call.loop().readModel().money().books(postOrAll(call))) {
            final JsonArray accounts = new JsonArray();
            book.accounts().forEach(sums -> accounts.add(new JsonObject().put("account", sums.account().name()).put("debitMinor", sums.debitMinor())
                    .put("creditMinor", sums.creditMinor())));
            books.add(new JsonObject().put("postId", book.postId()).put("currency", book.currency()).put("accounts", accounts));
        }
        return new JsonObject().put("books", books).put("position", position);
    }

    static JsonObject breaks(final Call call) {
        final long position = call.loop().readModel().position();
        final References references = call.loop().references();
        final JsonArray breaks = new JsonArray();
        for (final MoneyView.OpenBreak open : call.loop().readModel().money().openBreaks(postOrAll(call))) {
            final JsonObject json = new JsonObject().put("break", references.text(ReferenceKind.BREAK, open.breakId())).put("breakType", open.type().name())
                    .put("key", Bodies.key(open.key())).put("postId", open.postId()).put("currency", open.currency())
                    .put("ourMinor", open.ourMinor()).put("theirMinor", open.theirMinor());
            if (open.paymentId() != 0) {
                json.put("payment", references.text(ReferenceKind.PAYMENT, open.paymentId()));
            }
            if (open.batchId() != 0) {
                json.put("batch", references.text(ReferenceKind.BATCH, open.batchId()));
            }
            if (open.owner() != 0) {
                json.put("owner", Bodies.key(open.owner()));
            }
            breaks.add(Times.put(json, "opened", open.openedMs(), open.postId() == 0 ? Times.utc() : call.loop().zone(open.postId())));
        }
        return new JsonObject().put("breaks", breaks).put("position", position);
    }

    static JsonObject returns(final Call call) {
        final long position = call.loop().readModel().position();
        final References references = call.loop().references();
        final JsonArray returns = new JsonArray();
        for (final MoneyView.Return due : call.loop().readModel().money().dueReturns(postOrAll(call))) {
            final JsonObject json = new JsonObject().put("returnId", due.returnId()).put("payment", references.text(ReferenceKind.PAYMENT, due.paymentId()))
                    .put("application", references.text(ReferenceKind.APPLICATION, due.applicationId())).put("batch", references.text(ReferenceKind.BATCH, due.batchId()))
                    .put("postId", due.postId()).put("currency", due.currency()).put("amountMinor", due.amountMinor());
            if (due.stampId() != 0) {
                json.put("stamp", references.text(ReferenceKind.STAMP, due.stampId()));
            }
            returns.add(Times.put(json, "opened", due.openedMs(), call.loop().zone(due.postId())));
        }
        return new JsonObject().put("returns", returns).put("position", position);
    }

    static int postOrAll(final Call call) {
        return call.has("post") ? call.post(call.text("post")).postId() : 0;
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

    static void returnSettlement(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        command.setRecordReturnSettlement(RecordReturnSettlement.newBuilder().setRequest(request).setReturnId(call.number("returnId"))
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
