package org.mawid.engine.allocation;

import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.Memory;
import org.mawid.sbe.AppointmentChangedEncoder;
import org.mawid.sbe.AttendanceConfirmedEncoder;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.ConfirmedEncoder;
import org.mawid.sbe.HeldEncoder;
import org.mawid.sbe.HeldEncoder.LegsEncoder;
import org.mawid.sbe.HoldExpiredEncoder;
import org.mawid.sbe.HoldReleasedEncoder;
import org.mawid.sbe.RescheduledEncoder;
import org.mawid.sbe.WalkedInEncoder;

/** Tells what became of visits. The legs have one layout in all events. */
final class VisitEvents {
    private final Emitter events;
    private final Legs legs;

    VisitEvents(final Emitter events, final Legs legs) {
        this.events = events;
        this.legs = legs;
    }

    void held(final Holds holds, final long hold) {
        final long at = events.beginAt(HeldEncoder.TEMPLATE_ID, HeldEncoder.BLOCK_LENGTH, holds.post(hold));
        Memory.putLong(at + HeldEncoder.holdIdEncodingOffset(), hold);
        Memory.putLong(at + HeldEncoder.applicationIdEncodingOffset(), holds.application(hold));
        Memory.putLong(at + HeldEncoder.deadlineMsEncodingOffset(), holds.deadlineMs(hold));
        Memory.putLong(at + HeldEncoder.startMsEncodingOffset(), holds.startMs(hold));
        events.endAt(putLegs(at + HeldEncoder.BLOCK_LENGTH, legs, holds.firstLeg(hold), holds.legCount(hold)));
    }

    void confirmed(final Appointments appointments, final long appointment, final long hold) {
        final long at = events.beginAt(ConfirmedEncoder.TEMPLATE_ID, ConfirmedEncoder.BLOCK_LENGTH, appointments.post(appointment));
        Memory.putLong(at + ConfirmedEncoder.appointmentIdEncodingOffset(), appointment);
        Memory.putLong(at + ConfirmedEncoder.holdIdEncodingOffset(), hold);
        Memory.putLong(at + ConfirmedEncoder.applicationIdEncodingOffset(), appointments.application(appointment));
        Memory.putLong(at + ConfirmedEncoder.startMsEncodingOffset(), appointments.startMs(appointment));
        events.endAt(putLegs(at + ConfirmedEncoder.BLOCK_LENGTH, legs, appointments.firstLeg(appointment), appointments.legCount(appointment)));
    }

    void rescheduled(final Appointments appointments, final long appointment) {
        final long at = events.beginAt(RescheduledEncoder.TEMPLATE_ID, RescheduledEncoder.BLOCK_LENGTH, appointments.post(appointment));
        Memory.putLong(at + RescheduledEncoder.appointmentIdEncodingOffset(), appointment);
        Memory.putLong(at + RescheduledEncoder.applicationIdEncodingOffset(), appointments.application(appointment));
        Memory.putLong(at + RescheduledEncoder.startMsEncodingOffset(), appointments.startMs(appointment));
        events.endAt(putLegs(at + RescheduledEncoder.BLOCK_LENGTH, legs, appointments.firstLeg(appointment), appointments.legCount(appointment)));
    }

    void walkedIn(final Appointments appointments, final long appointment) {
        final long at = events.beginAt(WalkedInEncoder.TEMPLATE_ID, WalkedInEncoder.BLOCK_LENGTH, appointments.post(appointment));
        Memory.putLong(at + WalkedInEncoder.appointmentIdEncodingOffset(), appointment);
        Memory.putLong(at + WalkedInEncoder.applicationIdEncodingOffset(), appointments.application(appointment));
        Memory.putLong(at + WalkedInEncoder.startMsEncodingOffset(), appointments.startMs(appointment));
        Memory.putShort(at + WalkedInEncoder.ticketEncodingOffset(), appointments.ticket(appointment));
        Memory.putByte(at + WalkedInEncoder.overflowEncodingOffset(), appointments.isOverflow(appointment) ? BooleanType.YES.value() : BooleanType.NO.value());
        events.endAt(putLegs(at + WalkedInEncoder.BLOCK_LENGTH, legs, appointments.firstLeg(appointment), appointments.legCount(appointment)));
    }

    void released(final int postId, final long hold, final long application) {
        final long at = events.beginAt(HoldReleasedEncoder.TEMPLATE_ID, HoldReleasedEncoder.BLOCK_LENGTH, postId);
        Memory.putLong(at + HoldReleasedEncoder.holdIdEncodingOffset(), hold);
        Memory.putLong(at + HoldReleasedEncoder.applicationIdEncodingOffset(), application);
        events.endAt(at + HoldReleasedEncoder.BLOCK_LENGTH);
    }

    void expired(final int postId, final long hold, final long application) {
        final long at = events.beginAt(HoldExpiredEncoder.TEMPLATE_ID, HoldExpiredEncoder.BLOCK_LENGTH, postId);
        Memory.putLong(at + HoldExpiredEncoder.holdIdEncodingOffset(), hold);
        Memory.putLong(at + HoldExpiredEncoder.applicationIdEncodingOffset(), application);
        events.endAt(at + HoldExpiredEncoder.BLOCK_LENGTH);
    }

    void attendanceConfirmed(final Appointments appointments, final long appointment) {
        final long at = events.beginAt(AttendanceConfirmedEncoder.TEMPLATE_ID, AttendanceConfirmedEncoder.BLOCK_LENGTH, appointments.post(appointment));
        Memory.putLong(at + AttendanceConfirmedEncoder.appointmentIdEncodingOffset(), appointment);
        Memory.putLong(at + AttendanceConfirmedEncoder.applicationIdEncodingOffset(), appointments.application(appointment));
        events.endAt(at + AttendanceConfirmedEncoder.BLOCK_LENGTH);
    }

    void changed(final Appointments appointments, final long appointment, final int fulfilled) {
        final long at = events.beginAt(AppointmentChangedEncoder.TEMPLATE_ID, AppointmentChangedEncoder.BLOCK_LENGTH, appointments.post(appointment));
        Memory.putLong(at + AppointmentChangedEncoder.appointmentIdEncodingOffset(), appointment);
        Memory.putLong(at + AppointmentChangedEncoder.applicationIdEncodingOffset(), appointments.application(appointment));
        Memory.putByte(at + AppointmentChangedEncoder.stateEncodingOffset(), appointments.state(appointment));
        Memory.putByte(at + AppointmentChangedEncoder.counterEncodingOffset(), appointments.counter(appointment));
        Memory.putShort(at + AppointmentChangedEncoder.ticketEncodingOffset(), appointments.ticket(appointment));
        Memory.putShort(at + AppointmentChangedEncoder.fulfilledEncodingOffset(), fulfilled);
        events.endAt(at + AppointmentChangedEncoder.BLOCK_LENGTH);
    }

    /** Writes the group of legs. @return the address at which it ends */
    static long putLegs(final long groupAt, final Legs legs, final int firstLeg, final int count) {
        long at = Emitter.group(groupAt, LegsEncoder.sbeBlockLength(), count);
        for (int leg = firstLeg; leg != 0; leg = legs.next(leg), at += LegsEncoder.sbeBlockLength()) {
            Memory.putShort(at + LegsEncoder.deskIdEncodingOffset(), legs.desk(leg));
            Memory.putShort(at + LegsEncoder.linesEncodingOffset(), legs.lines(leg));
            Memory.putInt(at + LegsEncoder.epochDayEncodingOffset(), legs.epochDay(leg));
            Memory.putByte(at + LegsEncoder.startUnitEncodingOffset(), legs.startUnit(leg));
            Memory.putByte(at + LegsEncoder.unitsEncodingOffset(), legs.units(leg));
        }
        return at;
    }
}
