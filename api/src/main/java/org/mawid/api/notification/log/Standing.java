package org.mawid.api.notification.log;

import org.mawid.api.notification.notice.Happening;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.LineState;

/** Whether what somebody is to be told is still so: between the event and its letter hours may lie, and another one may have taken its place. Any thread that may wait for records. */
public final class Standing {
    private final Records records;

    public Standing(final Records records) {
        this.records = records;
    }

    /** Null = it is about none, or records have it no more. */
    public Records.Appointment appointment(final Happening what) {
        return what.kind().isOfAppointment() ? records.appointment(what.subject()) : null;
    }

    /** @param appointment as {@link #appointment} gives it @param nowMs log time */
    public boolean isSo(final Happening what, final Records.Appointment appointment, final long nowMs) {
        return switch (what.kind()) {
            case CONFIRMED, RESCHEDULED, REMINDER -> appointment != null && appointment.state() == AppointmentState.CONFIRMED && appointment.startMs() == what.startMs() && what.startMs() > nowMs;
            case CANCELLED, DISPLACED -> what.startMs() > nowMs;
            case OFFER_MADE -> what.deadlineMs() > nowMs && records.hold(what.subject()) != null;
            case VALIDATED -> hasFreeLine(records.application(what.applicationId()));
            case OFFER_LAPSED, DOCUMENTS_NEEDED, MESSAGE_SENT, REJECTED, EXPIRED -> true;
        };
    }

    /** Whether there is still a time to choose: who walks in is validated and received at once. @param application null = it has been retired since */
    private static boolean hasFreeLine(final Records.Application application) {
        return application != null && application.lines().stream().anyMatch(line -> line.state() == LineState.VALIDATED && line.holdId() == 0 && line.appointmentId() == 0);
    }
}
