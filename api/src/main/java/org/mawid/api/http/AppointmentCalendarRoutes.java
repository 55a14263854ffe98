package org.mawid.api.http;

import org.mawid.api.contact.Language;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.notification.text.AppointmentCalendar;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.Result;

/** An appointment for whoever has the link to it, as a calendar program that cannot say who it is. */
final class AppointmentCalendarRoutes {
    private AppointmentCalendarRoutes() {
    }

    /** Records are waited for, on a worker thread. */
    static void feed(final Call call) {
        final long number = call.number(ReferenceKind.APPOINTMENT, "appointment");
        final AppointmentCalendar calendar = call.loop().calendar();
        if (calendar == null || !calendar.isToken(number, call.text("token"))) {
            throw new Fault(Result.APPOINTMENT_UNKNOWN);
        }
        final Language language = Language.of(call.text("language"));
        Reads.fromRecords(call, Result.APPOINTMENT_UNKNOWN, asked -> asked.loop().readModel().records().appointment(number), (final Records.Appointment appointment) ->
                DeskCalendarRoutes.give(call, appointment.state() + "-" + appointment.reschedules() + '-' + language.code(), calendar.of(appointment, language)));
    }
}
