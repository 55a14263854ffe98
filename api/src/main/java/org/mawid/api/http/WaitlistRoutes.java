package org.mawid.api.http;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import org.mawid.api.gateway.Answer;
import org.mawid.engine.readmodel.ClosuresView;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommitCoolingSecret;
import org.mawid.grpc.EndCoolingAt;
import org.mawid.grpc.JoinWaitlist;
import org.mawid.grpc.LeaveWaitlist;
import org.mawid.grpc.Request;
import org.mawid.grpc.RevealCoolingSecret;
import org.mawid.grpc.SetCooling;
import org.mawid.grpc.SetWaitlistRules;

/** Who waits for room or for an earlier time, and how long given-back room is kept for them. Who waits is read with {@link ClosureRoutes}. */
final class WaitlistRoutes {
    private WaitlistRoutes() {
    }

    static void join(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        final JoinWaitlist.Builder join = JoinWaitlist.newBuilder().setRequest(request).setApplication(call.text("application"))
                .setAppointment(body.getString("appointment", "")).setFromEpochDay(day(body.getString("fromDate"))).setToEpochDay(day(body.getString("toDate")));
        if (body.containsKey("lines")) {
            join.setLines(Bodies.lineSet(body.getJsonArray("lines")));
        }
        if (body.containsKey("post")) {
            join.setPostId(call.post(body.getString("post")).postId());
        }
        command.setJoinWaitlist(join);
    }

    private static int day(final String date) {
        return Math.toIntExact(LocalDate.parse(date).toEpochDay());
    }

    static void joined(final Call call, final Answer answer, final JsonObject json) {
        json.put("waiterId", answer.number1()).put("place", answer.number2());
    }

    static void leave(final Call call, final Request request, final Command.Builder command) {
        command.setLeaveWaitlist(LeaveWaitlist.newBuilder().setRequest(request).setWaiterId(call.number("waiterId")));
    }

    static JsonObject rules(final Call call) {
        final long position = call.loop().readModel().position();
        final ClosuresView.WaitlistRules rules = call.loop().readModel().closures().waitlistRules();
        return new JsonObject().put("rules", new JsonObject().put("offerTtlMs", rules.offerTtlMs()).put("noticeMs", rules.noticeMs())
                .put("coolingLeadMs", rules.coolingLeadMs()).put("maxWaiters", rules.maxWaiters()).put("maxCoolings", rules.maxCoolings())
                .put("entriesEach", rules.entriesEach()).put("offersEach", rules.offersEach()).put("spentEach", rules.spentEach())).put("position", position);
    }

    static void setRules(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        command.setSetWaitlistRules(SetWaitlistRules.newBuilder().setRequest(request).setOfferTtlMs(body.getLong("offerTtlMs")).setNoticeMs(body.getLong("noticeMs"))
                .setCoolingLeadMs(body.getLong("coolingLeadMs")).setMaxWaiters(body.getInteger("maxWaiters")).setMaxCoolings(body.getInteger("maxCoolings"))
                .setEntriesEach(body.getInteger("entriesEach")).setOffersEach(body.getInteger("offersEach")).setSpentEach(body.getInteger("spentEach")));
    }

    static void endCooling(final Call call, final Request request, final Command.Builder command) {
        command.setEndCoolingAt(EndCoolingAt.newBuilder().setRequest(request).setCoolingId(call.number("coolingId")).setDelayMs(call.body().getLong("delayMs")));
    }

    static void commit(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        command.setCommitCoolingSecret(CommitCoolingSecret.newBuilder().setRequest(request).setEra(call.number("era")).setWord1(Bodies.key(body, "word1"))
                .setWord2(Bodies.key(body, "word2")).setWord3(Bodies.key(body, "word3")).setWord4(Bodies.key(body, "word4")));
    }

    static void reveal(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        command.setRevealCoolingSecret(RevealCoolingSecret.newBuilder().setRequest(request).setEra(call.number("era")).setWord1(Bodies.key(body, "word1"))
                .setWord2(Bodies.key(body, "word2")).setWord3(Bodies.key(body, "word3")).setWord4(Bodies.key(body, "word4")));
    }

    static void setCooling(final Call call, final Request request, final Command.Builder command) {
        command.setSetCooling(SetCooling.newBuilder().setRequest(request).setServiceId(call.integer("serviceId")).setMinMs(call.body().getLong("minMs"))
                .setMaxMs(call.body().getLong("maxMs")));
    }
}
