package org.mawid.api.watch;

import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.engine.readmodel.Agenda;
import org.mawid.grpc.Confirmed;
import org.mawid.grpc.Held;
import org.mawid.grpc.Leg;
import org.mawid.grpc.Rescheduled;
import org.mawid.grpc.Visit;
import org.mawid.grpc.WalkedIn;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.ConfirmedDecoder;
import org.mawid.sbe.HeldDecoder;
import org.mawid.sbe.RescheduledDecoder;
import org.mawid.sbe.WalkedInDecoder;

/** The events that carry legs. */
final class VisitMapping {
    private final References references;

    VisitMapping(final References references) {
        this.references = references;
    }

    Visit.Builder visit(final Agenda.Visit from) {
        final Visit.Builder visit = Visit.newBuilder().setAppointment(references.text(ReferenceKind.APPOINTMENT, from.appointmentId()))
                .setApplication(application(from.applicationId())).setEpochDay(from.epochDay()).setStartMs(from.startMs()).setStateValue(from.state().value())
                .setTicket(from.ticket()).setCounter(from.counter()).setOverflow(from.overflow()).setAttendanceConfirmed(from.attendance());
        for (final Agenda.Leg leg : from.legs()) {
            visit.addLegs(leg(leg.deskId(), leg.lines(), leg.epochDay(), leg.startUnit(), leg.units()));
        }
        return visit;
    }

    Held.Builder held(final HeldDecoder from) {
        final Held.Builder held = Held.newBuilder().setHold(references.text(ReferenceKind.HOLD, from.holdId()))
                .setApplication(application(from.applicationId())).setUntilMs(from.deadlineMs()).setStartMs(from.startMs());
        for (final HeldDecoder.LegsDecoder leg : from.legs()) {
            held.addLegs(leg(leg.deskId(), leg.lines(), leg.epochDay(), leg.startUnit(), leg.units()));
        }
        return held;
    }

    Confirmed.Builder confirmed(final ConfirmedDecoder from) {
        final Confirmed.Builder confirmed = Confirmed.newBuilder()
                .setAppointment(references.text(ReferenceKind.APPOINTMENT, from.appointmentId()))
                .setHold(references.text(ReferenceKind.HOLD, from.holdId()))
                .setApplication(application(from.applicationId())).setStartMs(from.startMs());
        for (final ConfirmedDecoder.LegsDecoder leg : from.legs()) {
            confirmed.addLegs(leg(leg.deskId(), leg.lines(), leg.epochDay(), leg.startUnit(), leg.units()));
        }
        return confirmed;
    }

    Rescheduled.Builder rescheduled(final RescheduledDecoder from) {
        final Rescheduled.Builder rescheduled = Rescheduled.newBuilder()
                .setAppointment(references.text(ReferenceKind.APPOINTMENT, from.appointmentId()))
                .setApplication(application(from.applicationId())).setStartMs(from.startMs());
        for (final RescheduledDecoder.LegsDecoder leg : from.legs()) {
            rescheduled.addLegs(leg(leg.deskId(), leg.lines(), leg.epochDay(), leg.startUnit(), leg.units()));
        }
        return rescheduled;
    }

    WalkedIn.Builder walkedIn(final WalkedInDecoder from) {
        final WalkedIn.Builder walkedIn = WalkedIn.newBuilder()
                .setAppointment(references.text(ReferenceKind.APPOINTMENT, from.appointmentId()))
                .setApplication(application(from.applicationId())).setStartMs(from.startMs()).setTicket(from.ticket())
                .setOverflow(from.overflow() == BooleanType.YES);
        for (final WalkedInDecoder.LegsDecoder leg : from.legs()) {
            walkedIn.addLegs(leg(leg.deskId(), leg.lines(), leg.epochDay(), leg.startUnit(), leg.units()));
        }
        return walkedIn;
    }

    private String application(final long number) {
        return references.text(ReferenceKind.APPLICATION, number);
    }

    private static Leg leg(final int deskId, final int lines, final int epochDay, final int startUnit, final int units) {
        return Leg.newBuilder().setDeskId(deskId).setLines(lines).setEpochDay(epochDay).setStartUnit(startUnit).setUnits(units).build();
    }
}
