package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.Application;
import org.mawid.grpc.Appointment;
import org.mawid.grpc.AppointmentChanged;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.Call;
import org.mawid.grpc.CheckIn;
import org.mawid.grpc.CheckInReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.ConfirmReply;
import org.mawid.grpc.Done;
import org.mawid.grpc.Event;
import org.mawid.grpc.Hold;
import org.mawid.grpc.HoldReply;
import org.mawid.grpc.Line;
import org.mawid.grpc.LineState;
import org.mawid.grpc.LinesDecided;
import org.mawid.grpc.QuoteReply;
import org.mawid.grpc.QuoteRequest;
import org.mawid.grpc.RejectLines;
import org.mawid.grpc.Reschedule;
import org.mawid.grpc.Serve;
import org.mawid.grpc.Stamp;
import org.mawid.grpc.StampState;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;
import org.mawid.grpc.WatchReply;
import org.mawid.grpc.WatchRequest;
import org.mawid.grpc.WatchServiceGrpc;

/** A visit from the first question to the counter, command by command over each edge, and read by reference over both: the day is today. */
class LifeOverEdgesTest extends LifeFixture {
    /** More than a signed byte holds. */
    private static final int COUNTER = 200;

    @Test
    void givenAVisitToday_whenLivedOverHttp_thenEachStepIsReadAndTheEndOverBothEdges() throws Exception {
        final String application = post("/v1/applications", 201, new JsonObject().put("applicant", "000000000000004d").put("postId", OnePost.POST)
                .put("lines", new JsonArray().add(line(1)).add(line(2)).add(line(3)))).getString("application");
        final String asked = "/v1/applications/" + application;
        post(asked + "/reject", 200, new JsonObject().put("lines", List.of(0)).put("reasonCode", 12).put("reasonHash", "00000000000000ff"));
        post(asked + "/validate", 200, new JsonObject().put("lines", List.of(1, 2)));
        final JsonObject quote = get("/v1/quotes?post=paris&service=passport&quantity=2", 200);
        assertThat(quote.getLong("amountCentimes")).isEqualTo(100_000);
        assertThat(quote.getString("currency")).isEqualTo("EUR");

        final JsonObject held = post("/v1/holds", 201, new JsonObject().put("application", application).put("issueStamps", true).put("legs", legs(SOON)));
        final List<String> stamps = strings(held.getJsonArray("stamps"));
        assertThat(stamps).hasSize(2);
        final JsonObject confirmed = post("/v1/holds/" + held.getString("hold") + "/confirm", 201, new JsonObject());
        assertThat(confirmed.getLong("startMs")).isEqualTo(startMs + SOON * UNIT_MS);
        assertThat(confirmed.getJsonArray("stamps")).isEmpty();
        final String appointment = confirmed.getString("appointment");
        final String visit = "/v1/appointments/" + appointment;
        assertThat(state(visit, confirmed)).isEqualTo("CONFIRMED");
        final JsonObject moved = post(visit + "/reschedule", 200, new JsonObject().put("legs", legs(LATER)));
        final JsonObject afterMove = get(visit + at(moved), 200);
        assertThat(afterMove.getString("state")).isEqualTo("CONFIRMED");
        assertThat(afterMove.getLong("startMs")).isEqualTo(startMs + LATER * UNIT_MS);
        assertThat(afterMove.getJsonArray("legs")).isEqualTo(legs(LATER));
        final JsonObject checkedIn = post(visit + "/check-in", 200, null);
        assertThat(checkedIn.getInteger("ticket")).isEqualTo(1);
        assertThat(state(visit, checkedIn)).isEqualTo("CHECKED_IN");
        assertThat(state(visit, post(visit + "/call", 200, new JsonObject().put("counter", COUNTER)))).isEqualTo("CALLED");
        final JsonObject served = post(visit + "/serve", 200, new JsonObject().put("fulfilled", List.of(2)));

        assertServed(application, appointment, stamps, served.getLong("position"));
        assertThat(post(visit + "/serve", 409, new JsonObject().put("fulfilled", List.of(2))).getString("result")).isEqualTo("APPOINTMENT_STATE");
    }

    @Test
    void givenAVisitToday_whenLivedOverGrpc_thenEachStepIsReadAndToldAndTheEndOverBothEdges() throws Exception {
        final Iterator<WatchReply> told = WatchServiceGrpc.newBlockingStub(channel).withDeadlineAfter(120, TimeUnit.SECONDS)
                .watch(WatchRequest.newBuilder().setPostId(OnePost.POST).build());
        assertThat(told.next().getSnapshotComplete()).as("what comes now is told").isTrue();
        final String application = applications.submitApplication(SubmitApplication.newBuilder().setRequest(client.newRequest()).setPostId(OnePost.POST)
                .setApplicant(77).addLines(OnePost.line(1)).addLines(OnePost.line(2)).addLines(OnePost.line(3)).build()).getApplication();
        applications.rejectLines(RejectLines.newBuilder().setRequest(client.newRequest()).setApplication(application).setLines(0b001)
                .setReasonCode(12).setReasonHash(255).build());
        final Done validated = applications.validateLines(ValidateLines.newBuilder().setRequest(client.newRequest()).setApplication(application)
                .setLines(0b110).build());
        final QuoteReply quote = stampCalls.quote(QuoteRequest.newBuilder().setPostId(OnePost.POST).setServiceId(OnePost.SERVICE).setQuantity(2)
                .setMinPosition(validated.getPosition()).build());
        assertThat(quote.getAmountCentimes()).isEqualTo(100_000);
        assertThat(quote.getCurrency()).isEqualTo("EUR");

        final HoldReply held = appointments.hold(Hold.newBuilder().setRequest(client.newRequest()).setApplication(application).setIssueStamps(true)
                .addLegs(leg(SOON)).build());
        assertThat(held.getStampsList()).hasSize(2);
        final ConfirmReply confirmed = appointments.confirm(Confirm.newBuilder().setRequest(client.newRequest()).setHold(held.getHold()).build());
        assertThat(confirmed.getStartMs()).isEqualTo(startMs + SOON * UNIT_MS);
        final String appointment = confirmed.getAppointment();
        assertThat(read(appointment, confirmed.getPosition()).getState()).isEqualTo(AppointmentState.APPOINTMENT_STATE_CONFIRMED);
        final Done moved = appointments.reschedule(Reschedule.newBuilder().setRequest(client.newRequest()).setAppointment(appointment)
                .addLegs(leg(LATER)).build());
        final Appointment afterMove = read(appointment, moved.getPosition());
        assertThat(afterMove.getState()).isEqualTo(AppointmentState.APPOINTMENT_STATE_CONFIRMED);
        assertThat(afterMove.getLegsList()).containsExactly(leg(LATER));
        final CheckInReply checkedIn = appointments.checkIn(CheckIn.newBuilder().setRequest(client.newRequest()).setAppointment(appointment).build());
        assertThat(checkedIn.getTicket()).isEqualTo(1);
        assertThat(read(appointment, checkedIn.getPosition()).getState()).isEqualTo(AppointmentState.APPOINTMENT_STATE_CHECKED_IN);
        final Done called = appointments.call(Call.newBuilder().setRequest(client.newRequest()).setAppointment(appointment).setCounter(COUNTER).build());
        assertThat(read(appointment, called.getPosition()).getState()).isEqualTo(AppointmentState.APPOINTMENT_STATE_CALLED);
        final Serve serve = Serve.newBuilder().setRequest(client.newRequest()).setAppointment(appointment).setFulfilled(0b100).build();
        final Done served = appointments.serve(serve);

        assertServed(application, appointment, held.getStampsList(), served.getPosition());
        assertTold(told, application, appointment);
        final Done again = appointments.serve(serve);
        assertThat(again.getRepeatedAnswer()).isTrue();
        assertThat(again.getPosition()).as("a repeat is in the log too").isGreaterThan(served.getPosition());
        assertThat(refusal(() -> appointments.serve(serve.toBuilder().setRequest(client.newRequest()).build())).getReason()).isEqualTo("APPOINTMENT_STATE");
    }

    /** What no record keeps: why a line was rejected, and which lines were served in vain. */
    private static void assertTold(final Iterator<WatchReply> told, final String application, final String appointment) {
        final List<LinesDecided> decisions = new ArrayList<>();
        final List<AppointmentChanged> steps = new ArrayList<>();
        while (steps.isEmpty() || steps.get(steps.size() - 1).getState() != AppointmentState.APPOINTMENT_STATE_SERVED) {
            for (final Event event : told.next().getEventsList()) {
                if (event.hasLinesDecided()) decisions.add(event.getLinesDecided());
                if (event.hasAppointmentChanged()) steps.add(event.getAppointmentChanged());
            }
        }
        assertThat(decisions.get(0)).isEqualTo(LinesDecided.newBuilder().setApplication(application).setLines(0b001)
                .setState(LineState.LINE_STATE_REJECTED).setReasonCode(12).build());
        assertThat(decisions.get(1).getState()).isEqualTo(LineState.LINE_STATE_VALIDATED);
        assertThat(steps).allMatch(step -> step.getAppointment().equals(appointment));
        assertThat(steps).extracting(AppointmentChanged::getState).containsExactly(AppointmentState.APPOINTMENT_STATE_CHECKED_IN,
                AppointmentState.APPOINTMENT_STATE_CALLED, AppointmentState.APPOINTMENT_STATE_SERVED);
        assertThat(steps.get(1).getCounter()).isEqualTo(COUNTER);
        assertThat(steps.get(2).getFulfilled()).isEqualTo(0b100);
    }

    /** Three lines: the first rejected, the second seen at the counter in vain, the third fulfilled. */
    private void assertServed(final String application, final String appointment, final List<String> stamps, final long position) throws Exception {
        final JsonObject visit = get("/v1/appointments/" + appointment + "?minPosition=" + position, 200);
        assertThat(visit.getString("application")).isEqualTo(application);
        assertThat(visit.getString("state")).isEqualTo("SERVED");
        assertThat(visit.getInteger("counter")).isEqualTo(COUNTER);
        assertThat(visit.getInteger("ticket")).isEqualTo(1);
        assertThat(visit.getInteger("reschedules")).isEqualTo(1);
        assertThat(visit.getLong("startMs")).isEqualTo(startMs + LATER * UNIT_MS);
        assertThat(visit.getJsonArray("legs")).isEqualTo(legs(LATER));
        final Appointment record = client.appointment(appointment, position).orElseThrow();
        assertThat(record.getApplication()).isEqualTo(application);
        assertThat(record.getState()).isEqualTo(AppointmentState.APPOINTMENT_STATE_SERVED);
        assertThat(record.getCounter()).isEqualTo(COUNTER);
        assertThat(record.getTicket()).isEqualTo(1);
        assertThat(record.getReschedules()).isEqualTo(1);
        assertThat(record.getOverflow()).isFalse();
        assertThat(record.getStartMs()).isEqualTo(startMs + LATER * UNIT_MS);
        assertThat(record.getLegsList()).containsExactly(leg(LATER));

        final JsonArray lines = get("/v1/applications/" + application + "?minPosition=" + position, 200).getJsonArray("lines");
        assertThat(lines.stream().map(line -> ((JsonObject) line).getString("state"))).containsExactly("REJECTED", "VALIDATED", "FULFILLED");
        assertThat(lines.stream().map(line -> ((JsonObject) line).getString("stamp"))).containsExactly(null, stamps.get(0), stamps.get(1));
        final Application asked = client.application(application, position).orElseThrow();
        assertThat(asked.getApplicant()).isEqualTo(77);
        assertThat(asked.getLinesList()).extracting(Line::getState)
                .containsExactly(LineState.LINE_STATE_REJECTED, LineState.LINE_STATE_VALIDATED, LineState.LINE_STATE_FULFILLED);
        assertThat(asked.getLinesList()).extracting(Line::getStamp).containsExactly("", stamps.get(0), stamps.get(1));
        assertThat(asked.getLinesList()).extracting(Line::getHold).containsOnly("");
        assertThat(asked.getLines(1).getAppointment()).as("free for another visit").isEmpty();

        for (int i = 0; i < stamps.size(); i++) {
            final JsonObject told = get("/v1/stamps/" + stamps.get(i) + "?minPosition=" + position, 200);
            assertThat(told.getString("state")).isEqualTo("ISSUED");
            assertThat(told.getInteger("line")).isEqualTo(i + 1);
            assertThat(told.getLong("localMinor")).isEqualTo(4_650);
            final Stamp stamp = client.stamp(stamps.get(i), position).orElseThrow();
            assertThat(stamp.getApplication()).isEqualTo(application);
            assertThat(stamp.getState()).isEqualTo(StampState.STAMP_STATE_ISSUED);
            assertThat(stamp.getLine()).isEqualTo(i + 1);
            assertThat(stamp.getAmountCentimes()).isEqualTo(50_000);
        }
        // What is read comes from events: the core itself is asked by what it lets be done with the lines now.
        assertThat(refusal(() -> appointments.hold(hold(application, 0b100)))).extracting(ErrorInfo::getReason).isEqualTo("NOT_VALIDATED");
        assertThat(appointments.hold(hold(application, 0b010)).getUntilMs()).isPositive();
    }

    private Hold hold(final String application, final int lines) {
        return Hold.newBuilder().setRequest(client.newRequest()).setApplication(application).addLegs(leg(LATER).toBuilder().setLines(lines)).build();
    }
}
