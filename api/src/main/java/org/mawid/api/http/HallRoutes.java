package org.mawid.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.hall.HallGrpc;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.HallView;
import org.mawid.grpc.CallNext;
import org.mawid.grpc.Command;
import org.mawid.grpc.EndTicket;
import org.mawid.grpc.Park;
import org.mawid.grpc.Priority;
import org.mawid.grpc.Recall;
import org.mawid.grpc.Request;
import org.mawid.grpc.SetHallRules;
import org.mawid.grpc.TakeTicket;
import org.mawid.grpc.TicketEnd;
import org.mawid.grpc.TransferTicket;
import org.mawid.grpc.Unpark;

/** The hall of a post: who is called next, and what hangs there. */
final class HallRoutes {
    private HallRoutes() {
    }

    // ---- commands

    static void callNext(final Call call, final Request request, final Command.Builder command) {
        final CallNext.Builder next = CallNext.newBuilder().setRequest(request).setCounter(call.body().getInteger("counter"));
        call.body().getJsonArray("desks").forEach(desk -> next.addDesks(((JsonObject) desk).getInteger("deskId")));
        command.setCallNext(next);
    }

    static void called(final Call call, final Answer answer, final JsonObject json) {
        json.put("ticketId", answer.ticketId()).put("ticket", answer.number2());
        if (answer.number1() != 0) {
            json.put("appointment", answer.reference(call.loop().references()));
        }
    }

    static void recall(final Call call, final Request request, final Command.Builder command) {
        command.setRecall(Recall.newBuilder().setRequest(request).setTicketId(call.number("ticketId")));
    }

    static void park(final Call call, final Request request, final Command.Builder command) {
        command.setPark(Park.newBuilder().setRequest(request).setTicketId(call.number("ticketId")));
    }

    static void unpark(final Call call, final Request request, final Command.Builder command) {
        command.setUnpark(Unpark.newBuilder().setRequest(request).setTicketId(call.number("ticketId")));
    }

    static void transfer(final Call call, final Request request, final Command.Builder command) {
        command.setTransferTicket(TransferTicket.newBuilder().setRequest(request).setTicketId(call.number("ticketId")).setDeskId(call.body().getInteger("deskId")));
    }

    static void take(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        command.setTakeTicket(TakeTicket.newBuilder().setRequest(request).setPostId(call.post(call.text("post")).postId()).setEpochDay(Times.epochDay(body.getString("date")))
                .setDeskId(body.getInteger("deskId", 0)).setServiceId(body.getInteger("serviceId"))
                .setPriority(Priority.valueOf("PRIORITY_" + body.getString("priority", "NONE"))));
    }

    static void taken(final Call call, final Answer answer, final JsonObject json) {
        json.put("ticketId", answer.ticketId()).put("ticket", answer.number2());
    }

    static void end(final Call call, final Request request, final Command.Builder command) {
        command.setEndTicket(EndTicket.newBuilder().setRequest(request).setTicketId(call.number("ticketId")).setEnd(TicketEnd.valueOf("TICKET_END_" + call.body().getString("end"))));
    }

    static void setRules(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        command.setSetHallRules(SetHallRules.newBuilder().setRequest(request).setLateAfterMs(body.getLong("lateAfterMs")).setLatePenaltyMs(body.getLong("latePenaltyMs"))
                .setOverflowDelayMs(body.getLong("overflowDelayMs")).setPickUpDelayMs(body.getLong("pickUpDelayMs")).setPriorityAheadMs(body.getLong("priorityAheadMs"))
                .setCallGraceMs(body.getLong("callGraceMs")).setParkMs(body.getLong("parkMs")).setKeepMs(body.getLong("keepMs")).setMaxTickets(body.getInteger("maxTickets"))
                .setRecallsMost(body.getInteger("recallsMost")));
    }

    // ---- reading

    static JsonObject rules(final Call call) {
        final long position = call.loop().readModel().position();
        final HallView.HallRules r = call.loop().readModel().hall().rules();
        return new JsonObject().put("rules", new JsonObject().put("lateAfterMs", r.lateAfterMs()).put("latePenaltyMs", r.latePenaltyMs()).put("overflowDelayMs", r.overflowDelayMs())
                .put("pickUpDelayMs", r.pickUpDelayMs()).put("priorityAheadMs", r.priorityAheadMs()).put("callGraceMs", r.callGraceMs()).put("parkMs", r.parkMs())
                .put("keepMs", r.keepMs()).put("maxTickets", r.maxTickets()).put("recallsMost", r.recallsMost())).put("position", position);
    }

    static JsonObject display(final Call call) {
        return display(call.loop(), call.post(call.text("post")));
    }

    /** Numbers only: it hangs in the hall. */
    static JsonObject display(final Loop loop, final CatalogueView.Post post) {
        final long position = loop.readModel().position();
        final HallView.Display display = loop.readModel().hall().display(post.postId(), HallGrpc.MOST_CALLED, loop.gateway().nowMs());
        final JsonArray called = new JsonArray();
        for (final HallView.Called one : display.called()) {
            called.add(called(loop, one.number(), one.counter(), one.deskId(), one.calledMs(), post.postId()));
        }
        final JsonArray desks = new JsonArray();
        for (final HallView.Desk one : display.desks()) {
            desks.add(new JsonObject().put("deskId", one.deskId()).put("desk", code(loop, one.deskId())).put("waiting", one.waiting()).put("parked", one.parked())
                    .put("called", one.called()).put("paceMs", one.paceMs()).put("counters", one.counters()));
        }
        return new JsonObject().put("postId", post.postId()).put("called", called).put("desks", desks).put("position", position);
    }

    /** One number on the display. */
    static JsonObject called(final Loop loop, final int number, final int counter, final int deskId, final long calledMs, final int postId) {
        final JsonObject json = new JsonObject().put("ticket", number).put("counter", counter).put("deskId", deskId).put("desk", code(loop, deskId));
        return Times.put(json, "called", calledMs, loop.zone(postId));
    }

    private static String code(final Loop loop, final int deskId) {
        final CatalogueView.Pool desk = loop.catalogue().pool(deskId);
        return desk == null ? "" : desk.code();
    }

    static JsonObject queue(final Call call) {
        final long position = call.loop().readModel().position();
        final int deskId = call.integer("deskId");
        if (call.loop().catalogue().pool(deskId) == null) {
            return null;
        }
        final JsonArray tickets = new JsonArray();
        call.loop().readModel().hall().queue(deskId, call.integer("limit")).forEach(one -> tickets.add(ticket(call, one)));
        return new JsonObject().put("tickets", tickets).put("position", position);
    }

    private static JsonObject ticket(final Call call, final HallView.Ticket one) {
        final ZoneId zone = call.loop().zone(one.postId());
        final JsonObject json = new JsonObject().put("ticketId", one.ticketId()).put("ticket", one.number());
        if (one.appointmentId() != 0) {
            json.put("appointment", call.loop().references().text(ReferenceKind.APPOINTMENT, one.appointmentId()));
        }
        json.put("kind", one.kind().name()).put("priority", one.priority().name()).put("serviceId", one.serviceId());
        if (one.dueMs() != 0) {
            Times.put(json, "due", one.dueMs(), zone);
        }
        return Times.put(json, "since", one.sinceMs(), zone);
    }

    /** By its number of today, or of the date that is said: whoever has it in their hand may know. */
    static JsonObject estimate(final Call call) {
        final long position = call.loop().readModel().position();
        final CatalogueView.Post post = call.post(call.text("post"));
        final long nowMs = call.loop().gateway().nowMs();
        final int epochDay = call.has("date") ? Times.epochDay(call.text("date"))
                : (int) LocalDate.ofInstant(Instant.ofEpochMilli(nowMs), call.loop().zone(post.postId())).toEpochDay();
        final HallView hall = call.loop().readModel().hall();
        final HallView.Ticket ticket = hall.withNumber(post.postId(), epochDay, call.integer("ticket"));
        final HallView.Estimate found = ticket == null ? null : hall.estimate(ticket.ticketId(), nowMs);
        if (found == null) {
            return null;
        }
        final JsonObject json = new JsonObject().put("ticket", ticket.number()).put("deskId", found.ticket().deskId()).put("state", found.ticket().state().name());
        if (found.ticket().counter() != 0) {
            json.put("counter", found.ticket().counter());
        }
        json.put("before", found.before()).put("counters", found.counters()).put("paceMs", found.paceMs());
        if (found.waitMs() >= 0) {
            json.put("waitMs", found.waitMs());
        }
        return json.put("position", position);
    }

    static JsonObject serviceTimes(final Call call) {
        final long position = call.loop().readModel().position();
        final JsonArray times = new JsonArray();
        for (final HallView.ServiceTime one : call.loop().readModel().hall().serviceTimes()) {
            final CatalogueView.Service service = call.loop().catalogue().service(one.serviceId());
            final JsonObject json = new JsonObject().put("serviceId", one.serviceId()).put("service", service == null ? "" : service.code())
                    .put("durationMinutes", service == null ? 0 : service.durationMinutes()).put("measured", one.measured()).put("p50Minutes", one.p50Minutes())
                    .put("p90Minutes", one.p90Minutes());
            if (one.proposedMinutes() != 0) {
                json.put("proposedMinutes", one.proposedMinutes());
            }
            times.add(json);
        }
        return new JsonObject().put("times", times).put("position", position);
    }
}
