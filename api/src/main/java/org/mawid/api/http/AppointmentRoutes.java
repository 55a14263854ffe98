package org.mawid.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import java.util.List;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.engine.readmodel.Records;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.CheckIn;
import org.mawid.grpc.Command;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.ConfirmAttendance;
import org.mawid.grpc.Hold;
import org.mawid.grpc.MarkNoShow;
import org.mawid.grpc.RecordVisit;
import org.mawid.grpc.RecordWalkIn;
import org.mawid.grpc.Release;
import org.mawid.grpc.Request;
import org.mawid.grpc.Reschedule;
import org.mawid.grpc.Serve;
import org.mawid.grpc.WalkIn;

/** Holds, appointments and walk-ins. */
final class AppointmentRoutes {
    private AppointmentRoutes() {
    }

    // ---- reading

    static JsonObject hold(final Call call) {
        final Records.Hold found = call.loop().readModel().records().hold(call.number(ReferenceKind.HOLD, "hold"));
        return found == null ? null : hold(call, found);
    }

    /** Also what an application is offered. */
    static JsonObject hold(final Call call, final Records.Hold found) {
        final References references = call.loop().references();
        final ZoneId zone = call.loop().zone(found.postId());
        final JsonObject json = new JsonObject()
                .put("hold", references.text(ReferenceKind.HOLD, found.holdId()))
                .put("application", references.text(ReferenceKind.APPLICATION, found.applicationId()))
                .put("postId", found.postId());
        Times.put(json, "until", found.deadlineMs(), zone);
        Times.put(json, "start", found.startMs(), zone);
        return json.put("legs", legs(call, found.legs())).put("position", found.position());
    }

    static JsonObject appointment(final Call call) {
        final Records.Appointment found = call.loop().readModel().records().appointment(call.number(ReferenceKind.APPOINTMENT, "appointment"));
        if (found == null) {
            return null;
        }
        final References references = call.loop().references();
        final ZoneId zone = call.loop().zone(found.postId());
        final JsonObject json = new JsonObject()
                .put("appointment", references.text(ReferenceKind.APPOINTMENT, found.appointmentId()))
                .put("application", references.text(ReferenceKind.APPLICATION, found.applicationId()))
                .put("postId", found.postId())
                .put("state", found.state().name());
        Times.put(json, "start", found.startMs(), zone);
        if (found.ticket() != 0) {
            json.put("ticket", found.ticket());
        }
        if (found.counter() != 0) {
            json.put("counter", found.counter());
        }
        json.put("overflow", found.overflow()).put("attendanceConfirmed", found.attendance()).put("reschedules", found.reschedules());
        Times.put(json, "changed", found.changedMs(), zone);
        return json.put("legs", legs(call, found.legs())).put("position", found.position());
    }

    private static JsonArray legs(final Call call, final List<Records.Leg> legs) {
        final JsonArray json = new JsonArray();
        for (final Records.Leg leg : legs) {
            json.add(CatalogueRoutes.placed(call, leg.deskId(), new JsonObject().put("deskId", leg.deskId()).put("lines", Bodies.lines(leg.lines()))
                    .put("date", Times.date(leg.epochDay())).put("startUnit", leg.startUnit()).put("units", leg.units())));
        }
        return json;
    }

    // ---- holds

    static void hold(final Call call, final Request request, final Command.Builder command) {
        final Hold.Builder hold = Hold.newBuilder().setRequest(request)
                .setApplication(call.body().getString("application"))
                .setIssueStamps(call.body().getBoolean("issueStamps", false));
        call.body().getJsonArray("legs").forEach(leg -> hold.addLegs(Bodies.leg((JsonObject) leg)));
        command.setHold(hold);
    }

    static void held(final Call call, final Answer answer, final JsonObject json) {
        json.put("hold", answer.reference(call.loop().references()));
        Times.put(json, "until", answer.number2(), zoneOfLegs(call));
        json.put("stamps", Commands.stamps(call, answer));
    }

    /** Where the visit that is asked for would be. */
    static ZoneId zoneOfLegs(final Call call) {
        return call.loop().zoneOfPool(call.body().getJsonArray("legs").getJsonObject(0).getInteger("deskId"));
    }

    static void release(final Call call, final Request request, final Command.Builder command) {
        command.setRelease(Release.newBuilder().setRequest(request).setHold(call.text("hold")));
    }

    static void confirm(final Call call, final Request request, final Command.Builder command) {
        command.setConfirm(Confirm.newBuilder().setRequest(request).setHold(call.text("hold"))
                .setIssueStamps(call.body().getBoolean("issueStamps", false)));
    }

    static void confirmed(final Call call, final Answer answer, final JsonObject json) {
        json.put("appointment", answer.reference(call.loop().references()));
        Times.put(json, "start", answer.number2(), Times.utc());
        json.put("stamps", Commands.stamps(call, answer));
    }

    // ---- appointments

    static void reschedule(final Call call, final Request request, final Command.Builder command) {
        final Reschedule.Builder reschedule = Reschedule.newBuilder().setRequest(request).setAppointment(call.text("appointment"));
        call.body().getJsonArray("legs").forEach(leg -> reschedule.addLegs(Bodies.leg((JsonObject) leg)));
        command.setReschedule(reschedule);
    }

    static void confirmAttendance(final Call call, final Request request, final Command.Builder command) {
        command.setConfirmAttendance(ConfirmAttendance.newBuilder().setRequest(request).setAppointment(call.text("appointment")));
    }

    static void cancel(final Call call, final Request request, final Command.Builder command) {
        command.setCancel(Cancel.newBuilder().setRequest(request).setAppointment(call.text("appointment")));
    }

    static void checkIn(final Call call, final Request request, final Command.Builder command) {
        command.setCheckIn(CheckIn.newBuilder().setRequest(request).setAppointment(call.text("appointment")));
    }

    static void checkedIn(final Call call, final Answer answer, final JsonObject json) {
        putTicket(answer, json);
    }

    private static void putTicket(final Answer answer, final JsonObject json) {
        json.put("ticket", answer.number2());
        if (answer.ticketId() != 0) {
            json.put("ticketId", answer.ticketId());
        }
    }

    static void call(final Call call, final Request request, final Command.Builder command) {
        command.setCall(org.mawid.grpc.Call.newBuilder().setRequest(request).setAppointment(call.text("appointment"))
                .setCounter(call.body().getInteger("counter")));
    }

    static void serve(final Call call, final Request request, final Command.Builder command) {
        command.setServe(Serve.newBuilder().setRequest(request).setAppointment(call.text("appointment"))
                .setFulfilled(Bodies.lineSet(call.body().getJsonArray("fulfilled"))));
    }

    static void noShow(final Call call, final Request request, final Command.Builder command) {
        command.setMarkNoShow(MarkNoShow.newBuilder().setRequest(request).setAppointment(call.text("appointment")));
    }

    static void walkIn(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        final WalkIn.Builder walkIn = WalkIn.newBuilder().setRequest(request)
                .setApplication(body.getString("application", ""))
                .setApplicant(Bodies.key(body, "applicant"))
                .setDeskId(body.getInteger("deskId"))
                .setEpochDay(Times.epochDay(body.getString("date")))
                .setServed(Bodies.lineSet(body.getJsonArray("served", new JsonArray())))
                .setIssueStamps(body.getBoolean("issueStamps", false));
        body.getJsonArray("lines", new JsonArray()).forEach(line -> walkIn.addLines(Bodies.newLine((JsonObject) line)));
        command.setWalkIn(walkIn);
    }

    static ZoneId zoneOfDesk(final Call call) {
        return call.loop().zoneOfPool(call.body().getInteger("deskId"));
    }

    static void walkedIn(final Call call, final Answer answer, final JsonObject json) {
        json.put("result", answer.result().name()).put("appointment", answer.reference(call.loop().references()));
        putTicket(answer, json);
        json.put("stamps", Commands.stamps(call, answer));
    }

    // ---- recorded while the link was down

    static void recordVisit(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        command.setRecordVisit(RecordVisit.newBuilder().setRequest(request).setAppointment(call.text("appointment")).setAtMs(body.getLong("atMs"))
                .setTicket(body.getInteger("ticket", 0)).setFulfilled(Bodies.lineSet(body.getJsonArray("fulfilled", new JsonArray())))
                .setState(AppointmentState.valueOf("APPOINTMENT_STATE_" + body.getString("state"))).setCounter(body.getInteger("counter", 0)));
    }

    static void visitRecorded(final Call call, final Answer answer, final JsonObject json) {
        json.put("appointment", answer.reference(call.loop().references())).put("ticket", answer.number2());
    }

    static void recordWalkIn(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        final RecordWalkIn.Builder walkIn = RecordWalkIn.newBuilder().setRequest(request)
                .setApplication(body.getString("application", ""))
                .setApplicant(Bodies.key(body, "applicant"))
                .setAtMs(body.getLong("atMs"))
                .setPostId(call.post(body.getString("post")).postId())
                .setTicket(body.getInteger("ticket", 0))
                .setLineSet(Bodies.lineSet(body.getJsonArray("lineSet", new JsonArray())))
                .setFulfilled(Bodies.lineSet(body.getJsonArray("fulfilled", new JsonArray())))
                .setCounter(body.getInteger("counter", 0))
                .setIssueStamps(body.getBoolean("issueStamps", false));
        body.getJsonArray("lines", new JsonArray()).forEach(line -> walkIn.addLines(Bodies.newLine((JsonObject) line)));
        command.setRecordWalkIn(walkIn);
    }
}
