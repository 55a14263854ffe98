package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.Appointment;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.Call;
import org.mawid.grpc.CheckIn;
import org.mawid.grpc.CheckInReply;
import org.mawid.grpc.Command;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.ConfirmAttendance;
import org.mawid.grpc.ConfirmReply;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.DefineService;
import org.mawid.grpc.Done;
import org.mawid.grpc.GetAppointmentRequest;
import org.mawid.grpc.GetDayRequest;
import org.mawid.grpc.Hold;
import org.mawid.grpc.HoldReply;
import org.mawid.grpc.InventoryServiceGrpc;
import org.mawid.grpc.Leg;
import org.mawid.grpc.LineState;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.PoolKind;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.Reschedule;
import org.mawid.grpc.Run;
import org.mawid.grpc.Serve;
import org.mawid.grpc.SetDeskService;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;

/**
 * A family at two desks, in one visit over each edge: father and mother side by side for passports, a child beside them at the other desk, and
 * the mother there afterwards. All legs or none.
 */
class FamilyOverEdgesTest extends LifeFixture {
    private static final int OTHER_DESK = 12;
    private static final int BIRTH = 22;
    private static final int BIRTH_UNITS = 2;
    private static final int PLACES = 20;
    /** Of the other desk: closed from here on. */
    private static final int CLOSED_FROM = OnePost.UNITS / 2;

    @BeforeEach
    void openTheOtherDesk() {
        OnePost.done(client, Command.newBuilder().setDefinePool(DefinePool.newBuilder().setPoolId(OTHER_DESK).setPostId(OnePost.POST)
                .setKind(PoolKind.POOL_KIND_DESK).setCode("paris/2")));
        OnePost.done(client, Command.newBuilder().setDefineService(DefineService.newBuilder().setServiceId(BIRTH).setCode("birth").setDurationMinutes(10)
                .setAppointmentRequired(true).setQuantityMax(1)));
        OnePost.done(client, Command.newBuilder().setSetDeskService(SetDeskService.newBuilder().setDeskId(OTHER_DESK).setServiceId(BIRTH).setServes(true)));
        OnePost.done(client, Command.newBuilder().setPublishDay(PublishDay.newBuilder().setPoolId(OTHER_DESK).setEpochDay(today).setStartMs(startMs)
                .setUnitCount(OnePost.UNITS).setAlignUnits(OnePost.VISIT_UNITS).addRuns(Run.newBuilder().setUnits(CLOSED_FROM).setCapacity(PLACES))));
    }

    @Test
    void givenAFamily_whenItsVisitIsLivedOverHttp_thenEveryLegIsKeptReadAndMoved() throws Exception {
        final String application = family(1);
        assertThat(post("/v1/holds", 409, hold(application, visit(SOON, 0))).getString("result")).as("the mother at two desks").isEqualTo("LEGS_OVERLAP");
        final JsonObject closed = post("/v1/holds", 409, hold(application, closedAtTheEnd()));
        assertThat(closed.getString("result")).isEqualTo("CLOSED");

        final JsonObject held = post("/v1/holds", 201, hold(application, visit(SOON, OnePost.VISIT_UNITS)));
        assertThat(get("/v1/holds/" + held.getString("hold") + "?minPosition=" + held.getLong("position"), 200).getJsonArray("legs"))
                .isEqualTo(json(visit(SOON, OnePost.VISIT_UNITS)));
        assertTaken(SOON, held.getLong("position"), 1);
        final String appointment = post("/v1/holds/" + held.getString("hold") + "/confirm", 201, new JsonObject()).getString("appointment");
        final String path = "/v1/appointments/" + appointment;
        final JsonObject comes = post(path + "/attendance", 200, null);
        assertThat(get(path + "?minPosition=" + comes.getLong("position"), 200).getBoolean("attendanceConfirmed")).isTrue();
        final JsonObject moved = post(path + "/reschedule", 200, new JsonObject().put("legs", json(visit(LATER, OnePost.VISIT_UNITS))));
        assertThat(get(path + "?minPosition=" + moved.getLong("position"), 200).getBoolean("attendanceConfirmed")).as("of the other time they have not said it").isFalse();
        assertTaken(SOON, moved.getLong("position"), 0);
        assertTaken(LATER, moved.getLong("position"), 1);
        assertThat(post(path + "/reschedule", 409, new JsonObject().put("legs", json(closedAtTheEnd()))).getString("result")).isEqualTo("CLOSED");
        assertThat(post(path + "/check-in", 200, null).getInteger("ticket")).as("one for all").isEqualTo(1);
        post(path + "/call", 200, new JsonObject().put("counter", 1));
        final JsonObject served = post(path + "/serve", 200, new JsonObject().put("fulfilled", List.of(0, 1, 3)));
        assertServed(application, appointment, served.getLong("position"));
    }

    @Test
    void givenAFamily_whenItsVisitIsLivedOverGrpc_thenEveryLegIsKeptReadAndMoved() throws Exception {
        final String application = family(1);
        assertThat(refusal(() -> appointments.hold(holdToo(application, visit(SOON, 0)))).getReason()).as("the mother at two desks").isEqualTo("LEGS_OVERLAP");
        assertThat(refusal(() -> appointments.hold(holdToo(application, closedAtTheEnd()))).getReason()).isEqualTo("CLOSED");

        final HoldReply held = appointments.hold(holdToo(application, visit(SOON, OnePost.VISIT_UNITS)));
        assertThat(client.liveHold(held.getHold(), held.getPosition()).orElseThrow().getLegsList()).isEqualTo(visit(SOON, OnePost.VISIT_UNITS));
        assertTaken(SOON, held.getPosition(), 1);
        final ConfirmReply confirmed = appointments.confirm(Confirm.newBuilder().setRequest(client.newRequest()).setHold(held.getHold()).build());
        final String appointment = confirmed.getAppointment();
        final Done comes = appointments.confirmAttendance(ConfirmAttendance.newBuilder().setRequest(client.newRequest()).setAppointment(appointment).build());
        assertThat(attendance(appointment, comes.getPosition())).isTrue();
        final Done moved = appointments.reschedule(Reschedule.newBuilder().setRequest(client.newRequest()).setAppointment(appointment)
                .addAllLegs(visit(LATER, OnePost.VISIT_UNITS)).build());
        assertThat(attendance(appointment, moved.getPosition())).as("of the other time they have not said it").isFalse();
        assertTaken(SOON, moved.getPosition(), 0);
        assertTaken(LATER, moved.getPosition(), 1);
        assertThat(refusal(() -> appointments.reschedule(Reschedule.newBuilder().setRequest(client.newRequest()).setAppointment(appointment)
                .addAllLegs(closedAtTheEnd()).build())).getReason()).isEqualTo("CLOSED");
        final CheckInReply checkedIn = appointments.checkIn(CheckIn.newBuilder().setRequest(client.newRequest()).setAppointment(appointment).build());
        assertThat(checkedIn.getTicket()).as("one for all").isEqualTo(1);
        appointments.call(Call.newBuilder().setRequest(client.newRequest()).setAppointment(appointment).setCounter(1).build());
        final Done served = appointments.serve(Serve.newBuilder().setRequest(client.newRequest()).setAppointment(appointment).setFulfilled(0b1011).build());
        assertServed(application, appointment, served.getPosition());
    }

    private boolean attendance(final String appointment, final long position) {
        return appointments.getAppointment(GetAppointmentRequest.newBuilder().setAppointment(appointment).setMinPosition(position).build()).getAttendanceConfirmed();
    }

    /** Father's and mother's passports, the child's birth, and a birth for the mother: what needs it is validated. */
    private String family(final long first) {
        final String application = applications.submitApplication(SubmitApplication.newBuilder().setRequest(client.newRequest()).setPostId(OnePost.POST)
                .addLines(OnePost.line(first)).addLines(OnePost.line(first + 1)).addLines(birth(first + 2)).addLines(birth(first + 1)).build()).getApplication();
        OnePost.done(client, Command.newBuilder().setValidateLines(ValidateLines.newBuilder().setApplication(application).setLines(0b11)));
        return application;
    }

    private static NewLine birth(final long person) {
        return OnePost.line(person).toBuilder().setServiceId(BIRTH).build();
    }

    /** @param after units after the start at which the mother is at the other desk */
    private List<Leg> visit(final int start, final int after) {
        return List.of(leg(start).toBuilder().setLines(0b0011).build(), otherLeg(0b0100, start), otherLeg(0b1000, start + after));
    }

    /** What there is room for, but for the last leg. */
    private List<Leg> closedAtTheEnd() {
        return visit(CLOSED_FROM - OnePost.VISIT_UNITS, OnePost.VISIT_UNITS);
    }

    private Leg otherLeg(final int lines, final int start) {
        return Leg.newBuilder().setDeskId(OTHER_DESK).setLines(lines).setEpochDay(today).setStartUnit(start).setUnits(BIRTH_UNITS).build();
    }

    private Hold holdToo(final String application, final List<Leg> legs) {
        return Hold.newBuilder().setRequest(client.newRequest()).setApplication(application).addAllLegs(legs).build();
    }

    private JsonObject hold(final String application, final List<Leg> legs) {
        return new JsonObject().put("application", application).put("legs", json(legs));
    }

    private JsonArray json(final List<Leg> legs) {
        final JsonArray json = new JsonArray();
        for (final Leg leg : legs) {
            final JsonArray lines = new JsonArray();
            for (int line = 0; line < 4; line++) {
                if ((leg.getLines() & 1 << line) != 0) {
                    lines.add(line);
                }
            }
            json.add(new JsonObject().put("deskId", leg.getDeskId()).put("lines", lines).put("date", date).put("startUnit", leg.getStartUnit())
                    .put("units", leg.getUnits()));
        }
        return json;
    }

    /** By unit from the start of such a visit: places that it has taken, two at the first desk and one each time at the other; nowhere else any. */
    private void assertTaken(final int start, final long position, final int visits) throws Exception {
        assertThat(taken(OnePost.DESK, start, position)).containsExactly(2 * visits, 2 * visits, 2 * visits, 0, 0, 0);
        assertThat(taken(OTHER_DESK, start, position)).containsExactly(visits, visits, 0, visits, visits, 0);
        assertThat(taken(OnePost.DESK, CLOSED_FROM - OnePost.VISIT_UNITS, position)).as("of what was refused nothing stays").containsOnly(0);
    }

    private List<Integer> taken(final int pool, final int start, final long position) throws Exception {
        final List<Integer> room = InventoryServiceGrpc.newBlockingStub(channel)
                .getDay(GetDayRequest.newBuilder().setPoolId(pool).setEpochDay(today).setMinPosition(position).build()).getRoomList();
        assertThat(get("/v1/pools/" + pool + "/days/" + date + "?minPosition=" + position, 200).getJsonArray("room")).isEqualTo(new JsonArray(new ArrayList<>(room)));
        return room.subList(start, start + 2 * OnePost.VISIT_UNITS).stream().map(places -> PLACES - places).toList();
    }

    private void assertServed(final String application, final String appointment, final long position) throws Exception {
        final Appointment visit = assertFamily(appointment, position);
        assertThat(visit.getApplication()).isEqualTo(application);
        final LineState[] states = {LineState.LINE_STATE_FULFILLED, LineState.LINE_STATE_FULFILLED, LineState.LINE_STATE_VALIDATED, LineState.LINE_STATE_FULFILLED};
        for (int line = 0; line < states.length; line++) {
            assertLine(application, line, position, states[line]);
        }
        assertThat(appointments.hold(holdToo(application, List.of(otherLeg(0b0100, LATER)))).getUntilMs()).as("who was seen in vain comes again").isPositive();
    }

    private Appointment assertFamily(final String appointment, final long position) throws Exception {
        final JsonObject told = get("/v1/appointments/" + appointment + "?minPosition=" + position, 200);
        assertThat(told.getString("state")).isEqualTo("SERVED");
        assertThat(told.getLong("startMs")).isEqualTo(startMs + LATER * UNIT_MS);
        assertThat(told.getJsonArray("legs")).isEqualTo(json(visit(LATER, OnePost.VISIT_UNITS)));
        final Appointment visit = read(appointment, position);
        assertThat(visit.getState()).isEqualTo(AppointmentState.APPOINTMENT_STATE_SERVED);
        assertThat(visit.getLegsList()).isEqualTo(visit(LATER, OnePost.VISIT_UNITS));
        return visit;
    }
}
