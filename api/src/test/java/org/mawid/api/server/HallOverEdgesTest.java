package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.CallNext;
import org.mawid.grpc.CallNextReply;
import org.mawid.grpc.CheckIn;
import org.mawid.grpc.CheckInReply;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.EndTicket;
import org.mawid.grpc.GetHallRequest;
import org.mawid.grpc.GetHallRulesRequest;
import org.mawid.grpc.GetTicketRequest;
import org.mawid.grpc.HallDisplay;
import org.mawid.grpc.HallServiceGrpc;
import org.mawid.grpc.Hold;
import org.mawid.grpc.ListQueueRequest;
import org.mawid.grpc.ListServiceTimesRequest;
import org.mawid.grpc.Park;
import org.mawid.grpc.Priority;
import org.mawid.grpc.RecordWalkIn;
import org.mawid.grpc.Serve;
import org.mawid.grpc.SetHallRules;
import org.mawid.grpc.TakeTicket;
import org.mawid.grpc.TakeTicketReply;
import org.mawid.grpc.Ticket;
import org.mawid.grpc.TicketEnd;
import org.mawid.grpc.TicketEstimate;
import org.mawid.grpc.TicketKind;
import org.mawid.grpc.TicketState;
import org.mawid.grpc.Unpark;
import org.mawid.grpc.WalkIn;
import org.mawid.grpc.WalkInReply;

/** A day in a hall: both edges give tickets, call from one queue and tell the same of who waits. */
@Timeout(120)
class HallOverEdgesTest extends LifeFixture {
    private HallServiceGrpc.HallServiceBlockingStub halls;

    @BeforeEach
    void openHall() {
        halls = HallServiceGrpc.newBlockingStub(channel);
    }

    @Test
    void givenPeopleInTheHall_whenTheyAreCalledOverBothEdges_thenThereIsOneQueueAndBothTellTheSameOfIt() throws Exception {
        final String later = booked(1, LATER);
        final String soon = booked(2, SOON);
        final JsonObject first = post("/v1/appointments/" + later + "/check-in", 200, null);
        assertThat(first.getInteger("ticket")).isEqualTo(1);
        final CheckInReply second = appointments.checkIn(CheckIn.newBuilder().setRequest(client.newRequest()).setAppointment(soon).build());
        assertThat(second.getTicket()).isEqualTo(2);
        final JsonObject taken = post("/v1/posts/paris/tickets", 201, new JsonObject().put("serviceId", OnePost.SERVICE).put("date", date));
        final TakeTicketReply urgent = halls.takeTicket(TakeTicket.newBuilder().setRequest(client.newRequest()).setPostId(OnePost.POST).setDeskId(OnePost.DESK)
                .setServiceId(OnePost.SERVICE).setEpochDay(today).setPriority(Priority.PRIORITY_EMERGENCY).build());

        final List<Long> order = List.of(urgent.getTicketId(), second.getTicketId(), taken.getLong("ticketId"), first.getLong("ticketId"));
        final List<Ticket> queue = halls.listQueue(ListQueueRequest.newBuilder().setDeskId(OnePost.DESK).setMinPosition(urgent.getPosition()).build()).getTicketsList();
        assertThat(queue).extracting(Ticket::getTicketId).containsExactlyInAnyOrderElementsOf(order);
        assertThat(queue.get(0).getTicketId()).isEqualTo(urgent.getTicketId());
        assertThat(queue.get(0).getKind()).isEqualTo(TicketKind.TICKET_KIND_URGENT);
        final JsonArray told = get("/v1/desks/" + OnePost.DESK + "/queue?minPosition=" + urgent.getPosition(), 200).getJsonArray("tickets");
        assertThat(told).extracting(one -> ((JsonObject) one).getLong("ticketId")).containsExactlyElementsOf(queue.stream().map(Ticket::getTicketId).toList());

        // The urgent one first, then as they are due.
        final CallNextReply called = halls.callNext(CallNext.newBuilder().setRequest(client.newRequest()).setCounter(4).addDesks(OnePost.DESK).build());
        assertThat(called.getTicketId()).isEqualTo(urgent.getTicketId());
        assertThat(called.getAppointment()).isEmpty();
        halls.endTicket(EndTicket.newBuilder().setRequest(client.newRequest()).setTicketId(called.getTicketId()).setEnd(TicketEnd.TICKET_END_SERVED).build());
        final JsonObject next = next(5);
        assertThat(next.getLong("ticketId")).isEqualTo(queue.get(1).getTicketId());

        final HallDisplay display = halls.getHall(GetHallRequest.newBuilder().setPostId(OnePost.POST).setMinPosition(next.getLong("position")).build());
        assertThat(display.getCalledList()).extracting(one -> one.getNumber() + " at " + one.getCounter())
                .containsExactly(next.getInteger("ticket") + " at 5", called.getNumber() + " at 4");
        assertThat(display.getDesks(0).getWaiting()).isEqualTo(2);
        final JsonObject hung = get("/v1/posts/paris/hall?minPosition=" + next.getLong("position"), 200);
        assertThat(hung.getJsonArray("called").getJsonObject(0).getInteger("counter")).isEqualTo(5);
        assertThat(hung.encode()).as("numbers only").doesNotContain(soon).doesNotContain("application");

        final int last = first.getInteger("ticket");
        final TicketEstimate estimate = halls.getTicket(GetTicketRequest.newBuilder().setPostId(OnePost.POST).setEpochDay(today).setNumber(last).build());
        assertThat(estimate.getState()).isEqualTo(TicketState.TICKET_STATE_WAITING);
        final JsonObject sameEstimate = get("/v1/posts/paris/tickets/" + last + "?date=" + date, 200);
        assertThat(sameEstimate.getInteger("before")).isEqualTo(estimate.getBefore());
        assertThat(get("/v1/posts/paris/tickets/999?date=" + date, 404).getString("result")).isEqualTo("TICKET_UNKNOWN");

        next(4);
        next(4);
        assertThat(post("/v1/tickets/call-next", 404, counter(4)).getString("result")).isEqualTo("QUEUE_EMPTY");
    }

    @Test
    void givenSomebodyIsCalled_whenACopyIsMissing_thenTheyComeBackAndAreServed_andWhatItTookIsKnown() throws Exception {
        final String appointment = booked(1, SOON);
        final long ticket = post("/v1/appointments/" + appointment + "/check-in", 200, null).getLong("ticketId");
        next(4);
        post("/v1/tickets/" + ticket + "/recall", 200, null);
        halls.park(Park.newBuilder().setRequest(client.newRequest()).setTicketId(ticket).build());
        final JsonObject parked = post("/v1/tickets/" + ticket + "/recall", 409, null);
        assertThat(parked.getString("ticketState")).isEqualTo("PARKED");
        assertThat(refusal(() -> appointments.serve(serve(appointment))).getReason()).isEqualTo("TICKET_STATE");
        halls.unpark(Unpark.newBuilder().setRequest(client.newRequest()).setTicketId(ticket).build());
        post("/v1/tickets/" + ticket + "/transfer", 200, new JsonObject().put("deskId", OnePost.DESK));
        assertThat(next(4).getString("appointment")).isEqualTo(appointment);
        final long position = appointments.serve(serve(appointment)).getPosition();
        assertVisit(appointment, position, AppointmentState.APPOINTMENT_STATE_SERVED, false);
        assertThat(post("/v1/tickets/" + ticket + "/end", 404, new JsonObject().put("end", "LEFT")).getString("result")).isEqualTo("TICKET_UNKNOWN");
        final JsonObject times = get("/v1/service-times?minPosition=" + position, 200);
        assertThat(times.getJsonArray("times").getJsonObject(0).getInteger("measured")).isEqualTo(1);
        assertThat(times.getJsonArray("times").getJsonObject(0).containsKey("proposedMinutes")).as("of one act").isFalse();
        assertThat(halls.listServiceTimes(ListServiceTimesRequest.newBuilder().setMinPosition(position).build()).getTimes(0).getDurationMinutes()).isPositive();
    }

    /** Nobody who has walked in has to be looked for by the number on the ticket, however the desk asks. */
    @Test
    void givenPeopleWhoWalkIn_whenTheyAreAnsweredOverAnyEdge_thenEachIsToldByWhichTheHallKnowsThem() throws Exception {
        final Map<String, Long> told = new HashMap<>();
        final JsonObject lines = new JsonObject().put("deskId", OnePost.DESK).put("date", date).put("lines", new JsonArray().add(new JsonObject()
                .put("personKey", "0000000000000001").put("serviceId", OnePost.SERVICE)));
        final JsonObject overHttp = post("/v1/walk-ins", 201, lines);
        told.put(overHttp.getString("appointment"), overHttp.getLong("ticketId"));
        final WalkIn asked = walkIn(2).toBuilder().setRequest(client.newRequest()).build();
        final WalkInReply overGrpc = appointments.walkIn(asked);
        told.put(overGrpc.getAppointment(), overGrpc.getTicketId());
        final CommandReply streamed = client.execute(Command.newBuilder().setWalkIn(walkIn(3)).build());
        told.put(streamed.getReference(), streamed.getTicketId());
        final CommandReply inBatch = client.batch().add(Command.newBuilder().setWalkIn(walkIn(4)).build()).send().get(0);
        told.put(inBatch.getReference(), inBatch.getTicketId());
        final RecordWalkIn recorded = RecordWalkIn.newBuilder().setPostId(OnePost.POST).setAtMs(service.engine().nowMs()).addLines(OnePost.line(5)).build();
        final WalkInReply waiting = appointments.recordWalkIn(recorded.toBuilder().setRequest(client.newRequest()).build());
        told.put(waiting.getAppointment(), waiting.getTicketId());
        final WalkInReply served = appointments.recordWalkIn(recorded.toBuilder().setRequest(client.newRequest()).clearLines().addLines(OnePost.line(6)).setFulfilled(1).build());
        assertThat(served.getTicketId()).as("waits for nothing").isZero();

        final List<Ticket> queue = halls.listQueue(ListQueueRequest.newBuilder().setDeskId(OnePost.DESK).setMinPosition(served.getPosition()).build()).getTicketsList();
        assertThat(queue.stream().collect(Collectors.toMap(Ticket::getAppointment, Ticket::getTicketId))).isEqualTo(told);

        final WalkInReply again = appointments.walkIn(asked);
        assertThat(again.getRepeatedAnswer()).isTrue();
        assertThat(again.getTicketId()).isEqualTo(overGrpc.getTicketId());
        final String outcome = "/v1/requests/" + new UUID(asked.getRequest().getIdHigh(), asked.getRequest().getIdLow());
        assertThat(get(outcome, 200).getLong("ticketId")).isEqualTo(overGrpc.getTicketId());
        final long left = halls.endTicket(EndTicket.newBuilder().setRequest(client.newRequest()).setTicketId(overGrpc.getTicketId()).setEnd(TicketEnd.TICKET_END_LEFT).build()).getPosition();
        assertThat(halls.listQueue(ListQueueRequest.newBuilder().setDeskId(OnePost.DESK).setMinPosition(left).build()).getTicketsCount()).isEqualTo(told.size() - 1);
        assertThat(get(outcome, 200).containsKey("ticketId")).as("it has ended").isFalse();
    }

    private WalkIn walkIn(final long person) {
        return WalkIn.newBuilder().setDeskId(OnePost.DESK).setEpochDay(today).addLines(OnePost.line(person)).build();
    }

    @Test
    void givenOtherRules_whenTheyAreSetOverOneEdge_thenTheOtherTellsThem() throws Exception {
        final JsonObject rules = get("/v1/hall-rules", 200).getJsonObject("rules");
        assertThat(rules.getLong("keepMs")).isEqualTo(16 * 3_600_000L);
        final long position = client.execute(Command.newBuilder().setSetHallRules(SetHallRules.newBuilder().setLateAfterMs(1).setKeepMs(3_600_000).setMaxTickets(9)
                .setRecallsMost(2)).build()).getPosition();
        assertThat(get("/v1/hall-rules?minPosition=" + position, 200).getJsonObject("rules").getInteger("maxTickets")).isEqualTo(9);
        assertThat(halls.getHallRules(GetHallRulesRequest.newBuilder().setMinPosition(position).build()).getRules().getRecallsMost()).isEqualTo(2);
    }

    private JsonObject next(final int counter) throws Exception {
        return post("/v1/tickets/call-next", 200, counter(counter));
    }

    private static JsonObject counter(final int counter) {
        return new JsonObject().put("counter", counter).put("desks", new JsonArray().add(new JsonObject().put("deskId", OnePost.DESK)));
    }

    private Serve serve(final String appointment) {
        return Serve.newBuilder().setRequest(client.newRequest()).setAppointment(appointment).setFulfilled(1).build();
    }

    private String booked(final int person, final int unit) {
        final String application = OnePost.validated(client, person, 1).get(0);
        final String hold = appointments.hold(Hold.newBuilder().setRequest(client.newRequest()).setApplication(application)
                .addLegs(leg(unit).toBuilder().setLines(1)).build()).getHold();
        return appointments.confirm(Confirm.newBuilder().setRequest(client.newRequest()).setHold(hold).build()).getAppointment();
    }
}
