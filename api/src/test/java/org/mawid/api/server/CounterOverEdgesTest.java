package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.Appointment;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.Command;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.Done;
import org.mawid.grpc.Hold;
import org.mawid.grpc.HoldReply;
import org.mawid.grpc.Line;
import org.mawid.grpc.LineState;
import org.mawid.grpc.MarkNoShow;
import org.mawid.grpc.PoolKind;
import org.mawid.grpc.Result;
import org.mawid.grpc.SetDeskService;
import org.mawid.grpc.SetHallRules;
import org.mawid.grpc.StampState;
import org.mawid.grpc.VoidStamp;
import org.mawid.grpc.WalkIn;
import org.mawid.grpc.WalkInReply;
import org.mawid.grpc.WithdrawLines;

/** Who comes unannounced, is missing or withdraws: both edges agree on what became of it. */
class CounterOverEdgesTest extends LifeFixture {
    private static final int DESK_WITHOUT_A_DAY = 12;

    @Test
    void givenWhoComesUnannouncedOrNot_whenAtTheCounterOfBothEdges_thenTheyAgreeOnWhatBecameOfIt() throws Exception {
        OnePost.done(client, Command.newBuilder().setDefinePool(DefinePool.newBuilder().setPoolId(DESK_WITHOUT_A_DAY).setPostId(OnePost.POST)
                .setKind(PoolKind.POOL_KIND_DESK).setCode("paris/2")));
        OnePost.done(client, Command.newBuilder().setSetDeskService(SetDeskService.newBuilder().setDeskId(DESK_WITHOUT_A_DAY)
                .setServiceId(OnePost.SERVICE).setServes(true)));
        // Who comes without an appointment and finds no room has his visit now: without grace he can be missing at once.
        OnePost.done(client, Command.newBuilder().setSetRules(client.rules(0).getRules().toBuilder().setNoShowGraceMs(0)));

        // With room: checked in, and a visit to come, so nobody is missing yet.
        final JsonObject came = post("/v1/walk-ins", 201, walkIn(OnePost.DESK, 1));
        assertThat(came.getString("result")).isEqualTo("OK");
        assertThat(came.getInteger("ticket")).isEqualTo(1);
        final WalkInReply cameToo = appointments.walkIn(walkIn(OnePost.DESK).addLines(OnePost.line(2)).build());
        assertThat(cameToo.getResult()).isEqualTo(Result.OK);
        assertThat(cameToo.getTicket()).isEqualTo(2);
        assertThat(cameToo.getStampsList()).hasSize(1);
        // Without: counted.
        final JsonObject more = post("/v1/walk-ins", 201, walkIn(DESK_WITHOUT_A_DAY, 3));
        assertThat(more.getString("result")).isEqualTo("OVERFLOW");
        assertThat(more.getInteger("ticket")).isEqualTo(3);
        final WalkInReply moreToo = appointments.walkIn(walkIn(DESK_WITHOUT_A_DAY).addLines(OnePost.line(4)).build());
        assertThat(moreToo.getResult()).isEqualTo(Result.OVERFLOW);
        assertThat(moreToo.getTicket()).isEqualTo(4);
        for (final String appointment : List.of(came.getString("appointment"), cameToo.getAppointment())) {
            assertVisit(appointment, moreToo.getPosition(), AppointmentState.APPOINTMENT_STATE_CHECKED_IN, false);
        }
        for (final String appointment : List.of(more.getString("appointment"), moreToo.getAppointment())) {
            assertVisit(appointment, moreToo.getPosition(), AppointmentState.APPOINTMENT_STATE_CHECKED_IN, true);
        }

        // Of a visit half an hour from now, at least.
        final String application = OnePost.validated(client, 5, 1).get(0);
        final HoldReply held = appointments.hold(Hold.newBuilder().setRequest(client.newRequest()).setApplication(application).setIssueStamps(true)
                .addLegs(leg(SOON).toBuilder().setLines(1)).build());
        final String booked = appointments.confirm(Confirm.newBuilder().setRequest(client.newRequest()).setHold(held.getHold()).build()).getAppointment();
        final JsonObject early = post("/v1/appointments/" + booked + "/no-show", 409, null);
        assertThat(early.getString("result")).isEqualTo("TOO_EARLY");
        assertThat(early.getLong("availableFromMs")).isEqualTo(startMs + SOON * UNIT_MS);
        final ErrorInfo earlyToo = refusal(() -> appointments.markNoShow(noShow(booked)));
        assertThat(earlyToo.getReason()).isEqualTo("TOO_EARLY");
        assertThat(earlyToo.getMetadataMap()).containsEntry("atMs", Long.toString(startMs + SOON * UNIT_MS));

        // Who stands in the hall is missing when nobody comes to the counter that has called, and not before.
        final JsonObject waits = post("/v1/appointments/" + more.getString("appointment") + "/no-show", 409, null);
        assertThat(waits.getString("result")).isEqualTo("TICKET_STATE");
        assertThat(waits.getString("ticketState")).isEqualTo("WAITING");
        final ErrorInfo waitsToo = refusal(() -> appointments.markNoShow(noShow(moreToo.getAppointment())));
        assertThat(waitsToo.getReason()).isEqualTo("TICKET_STATE");
        OnePost.done(client, Command.newBuilder().setSetHallRules(SetHallRules.newBuilder().setKeepMs(3_600_000).setMaxTickets(1_000)));
        for (final String appointment : List.of(more.getString("appointment"), moreToo.getAppointment())) {
            post("/v1/appointments/" + appointment + "/call", 200, new JsonObject().put("counter", 3));
        }
        post("/v1/appointments/" + more.getString("appointment") + "/no-show", 200, null);
        final Done missing = appointments.markNoShow(noShow(moreToo.getAppointment()));
        for (final String appointment : List.of(more.getString("appointment"), moreToo.getAppointment())) {
            final Appointment visit = assertVisit(appointment, missing.getPosition(), AppointmentState.APPOINTMENT_STATE_NO_SHOW, true);
            final Line line = assertLine(visit.getApplication(), missing.getPosition(), LineState.LINE_STATE_VALIDATED);
            assertThat(line.getAppointment()).isEmpty();
        }
        assertVisit(booked, missing.getPosition(), AppointmentState.APPOINTMENT_STATE_CONFIRMED, false);

        // One stamp made void each, of who came; who was missing withdraws, and his becomes void by that.
        post("/v1/stamps/" + came.getJsonArray("stamps").getString(0) + "/void", 200, null);
        stampCalls.voidStamp(VoidStamp.newBuilder().setRequest(client.newRequest()).setStamp(cameToo.getStamps(0)).build());
        assertThat(post("/v1/stamps/" + cameToo.getStamps(0) + "/void", 409, null).getString("result")).isEqualTo("STAMP_STATE");
        final String first = client.appointment(more.getString("appointment"), missing.getPosition()).orElseThrow().getApplication();
        final String second = read(moreToo.getAppointment(), missing.getPosition()).getApplication();
        post("/v1/applications/" + first + "/withdraw", 200, new JsonObject().put("lines", List.of(0)));
        final Done withdrawn = applications.withdrawLines(WithdrawLines.newBuilder().setRequest(client.newRequest()).setApplication(second).setLines(1).build());
        assertLine(first, withdrawn.getPosition(), LineState.LINE_STATE_WITHDRAWN);
        assertLine(second, withdrawn.getPosition(), LineState.LINE_STATE_WITHDRAWN);
        for (final String stamp : List.of(came.getJsonArray("stamps").getString(0), cameToo.getStamps(0),
                more.getJsonArray("stamps").getString(0), moreToo.getStamps(0))) {
            assertStamp(stamp, withdrawn.getPosition(), StampState.STAMP_STATE_VOID);
        }
        assertStamp(held.getStamps(0), withdrawn.getPosition(), StampState.STAMP_STATE_ISSUED);
        final WithdrawLines taken = WithdrawLines.newBuilder().setRequest(client.newRequest()).setApplication(application).setLines(1).build();
        assertThat(refusal(() -> applications.withdrawLines(taken)).getReason()).isEqualTo("LINE_TAKEN");
        assertThat(post("/v1/applications/" + application + "/withdraw", 409, new JsonObject().put("lines", List.of(0))).getString("result")).isEqualTo("LINE_TAKEN");
    }

    @Test
    void givenAKnownApplication_whenPartOfItComesUnannounced_thenThoseLinesAreSeenAndTheOthersWait() throws Exception {
        final String application = post("/v1/applications", 201, new JsonObject().put("postId", OnePost.POST)
                .put("lines", new JsonArray().add(line(11)).add(line(12)).add(line(13)))).getString("application");

        final JsonObject came = post("/v1/walk-ins", 201, known(application, 1));
        assertThat(came.getString("result")).isEqualTo("OK");
        assertThat(came.getInteger("ticket")).isEqualTo(1);
        assertThat(came.getJsonArray("stamps")).hasSize(1);
        final WalkInReply cameToo = appointments.walkIn(knownToo(application, 0b100));
        assertThat(cameToo.getResult()).isEqualTo(Result.OK);
        assertThat(cameToo.getTicket()).isEqualTo(2);
        final long position = cameToo.getPosition();

        assertLine(application, 0, position, LineState.LINE_STATE_SUBMITTED);
        final String[] visits = {"", came.getString("appointment"), cameToo.getAppointment()};
        final String[] stamps = {"", came.getJsonArray("stamps").getString(0), cameToo.getStamps(0)};
        for (int line = 1; line < visits.length; line++) {
            final Line seen = assertLine(application, line, position, LineState.LINE_STATE_VALIDATED);
            assertThat(seen.getAppointment()).isEqualTo(visits[line]);
            assertThat(seen.getStamp()).isEqualTo(stamps[line]);
            final Appointment visit = assertVisit(visits[line], position, AppointmentState.APPOINTMENT_STATE_CHECKED_IN, false);
            assertThat(visit.getApplication()).isEqualTo(application);
            assertThat(visit.getLegs(0).getLines()).isEqualTo(1 << line);
            assertStamp(stamps[line], position, StampState.STAMP_STATE_ISSUED);
        }

        assertThat(post("/v1/walk-ins", 409, known(application, 1)).getString("result")).isEqualTo("LINE_TAKEN");
        assertThat(refusal(() -> appointments.walkIn(knownToo(application, 0b101))).getReason()).as("one is").isEqualTo("LINE_TAKEN");
        assertThat(post("/v1/walk-ins", 404, known(application, 3)).getString("result")).isEqualTo("LINE_UNKNOWN");
        assertThat(refusal(() -> appointments.walkIn(knownToo(application, 0b1000))).getReason()).isEqualTo("LINE_UNKNOWN");
        final WalkInReply last = appointments.walkIn(knownToo(application, 0b001));
        assertThat(last.getTicket()).as("refusals take none").isEqualTo(3);
        assertLine(application, 0, last.getPosition(), LineState.LINE_STATE_VALIDATED);
    }

    private JsonObject known(final String application, final int line) {
        return new JsonObject().put("application", application).put("deskId", OnePost.DESK).put("date", date).put("issueStamps", true)
                .put("served", new JsonArray().add(line));
    }

    private WalkIn knownToo(final String application, final int lines) {
        return walkIn(OnePost.DESK).setApplication(application).setServed(lines).build();
    }

    private JsonObject walkIn(final int desk, final long person) {
        return new JsonObject().put("deskId", desk).put("date", date).put("issueStamps", true).put("lines", new JsonArray().add(line(person)));
    }

    private WalkIn.Builder walkIn(final int desk) {
        return WalkIn.newBuilder().setRequest(client.newRequest()).setDeskId(desk).setEpochDay(today).setIssueStamps(true);
    }

    private MarkNoShow noShow(final String appointment) {
        return MarkNoShow.newBuilder().setRequest(client.newRequest()).setAppointment(appointment).build();
    }
}
