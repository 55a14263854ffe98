package org.mawid.engine.allocation;

import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.mawid.engine.kernel.Emitter;
import org.mawid.sbe.AppointmentChangedEncoder;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.ConfirmedEncoder;
import org.mawid.sbe.GroupSizeEncodingEncoder;
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
    private final HeldEncoder held = new HeldEncoder();
    private final ConfirmedEncoder confirmed = new ConfirmedEncoder();
    private final RescheduledEncoder rescheduled = new RescheduledEncoder();
    private final WalkedInEncoder walkedIn = new WalkedInEncoder();
    private final HoldReleasedEncoder released = new HoldReleasedEncoder();
    private final HoldExpiredEncoder expired = new HoldExpiredEncoder();
    private final AppointmentChangedEncoder changed = new AppointmentChangedEncoder();

    VisitEvents(final Emitter events, final Legs legs) {
        this.events = events;
        this.legs = legs;
    }

    void held(final Holds holds, final long hold) {
        final int block = events.begin(HeldEncoder.TEMPLATE_ID, HeldEncoder.BLOCK_LENGTH, holds.post(hold));
        held.wrap(events.buffer(), block).holdId(hold).applicationId(holds.application(hold)).deadlineMs(holds.deadlineMs(hold)).startMs(holds.startMs(hold));
        events.end(putLegs(events.buffer(), held.limit(), legs, holds.firstLeg(hold), holds.legCount(hold)));
    }

    void confirmed(final Appointments appointments, final long appointment, final long hold) {
        final int block = events.begin(ConfirmedEncoder.TEMPLATE_ID, ConfirmedEncoder.BLOCK_LENGTH, appointments.post(appointment));
        confirmed.wrap(events.buffer(), block).appointmentId(appointment).holdId(hold).applicationId(appointments.application(appointment))
                .startMs(appointments.startMs(appointment));
        events.end(putLegs(events.buffer(), confirmed.limit(), legs, appointments.firstLeg(appointment), appointments.legCount(appointment)));
    }

    void rescheduled(final Appointments appointments, final long appointment) {
        final int block = events.begin(RescheduledEncoder.TEMPLATE_ID, RescheduledEncoder.BLOCK_LENGTH, appointments.post(appointment));
        rescheduled.wrap(events.buffer(), block).appointmentId(appointment).applicationId(appointments.application(appointment))
                .startMs(appointments.startMs(appointment));
        events.end(putLegs(events.buffer(), rescheduled.limit(), legs, appointments.firstLeg(appointment), appointments.legCount(appointment)));
    }

    void walkedIn(final Appointments appointments, final long appointment) {
        final int block = events.begin(WalkedInEncoder.TEMPLATE_ID, WalkedInEncoder.BLOCK_LENGTH, appointments.post(appointment));
        walkedIn.wrap(events.buffer(), block).appointmentId(appointment).applicationId(appointments.application(appointment))
                .startMs(appointments.startMs(appointment)).ticket(appointments.ticket(appointment))
                .overflow(appointments.isOverflow(appointment) ? BooleanType.YES : BooleanType.NO);
        events.end(putLegs(events.buffer(), walkedIn.limit(), legs, appointments.firstLeg(appointment), appointments.legCount(appointment)));
    }

    void released(final int postId, final long hold, final long application) {
        final int block = events.begin(HoldReleasedEncoder.TEMPLATE_ID, HoldReleasedEncoder.BLOCK_LENGTH, postId);
        released.wrap(events.buffer(), block).holdId(hold).applicationId(application);
        events.end(released.limit());
    }

    void expired(final int postId, final long hold, final long application) {
        final int block = events.begin(HoldExpiredEncoder.TEMPLATE_ID, HoldExpiredEncoder.BLOCK_LENGTH, postId);
        expired.wrap(events.buffer(), block).holdId(hold).applicationId(application);
        events.end(expired.limit());
    }

    void changed(final Appointments appointments, final long appointment, final int fulfilled) {
        final int block = events.begin(AppointmentChangedEncoder.TEMPLATE_ID, AppointmentChangedEncoder.BLOCK_LENGTH, appointments.post(appointment));
        changed.wrap(events.buffer(), block).appointmentId(appointment).applicationId(appointments.application(appointment))
                .state(AppointmentState.get((short) appointments.state(appointment))).counter((short) appointments.counter(appointment))
                .ticket(appointments.ticket(appointment)).fulfilled(fulfilled);
        events.end(changed.limit());
    }

    /** Writes the group of legs. @return where it ends */
    static int putLegs(final MutableDirectBuffer buffer, final int groupAt, final Legs legs, final int firstLeg, final int count) {
        buffer.putShort(groupAt, (short) LegsEncoder.sbeBlockLength(), ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(groupAt + 2, (short) count, ByteOrder.LITTLE_ENDIAN);
        int at = groupAt + GroupSizeEncodingEncoder.ENCODED_LENGTH;
        for (int leg = firstLeg; leg != 0; leg = legs.next(leg), at += LegsEncoder.sbeBlockLength()) {
            buffer.putShort(at + LegsEncoder.deskIdEncodingOffset(), (short) legs.desk(leg), ByteOrder.LITTLE_ENDIAN);
            buffer.putShort(at + LegsEncoder.linesEncodingOffset(), (short) legs.lines(leg), ByteOrder.LITTLE_ENDIAN);
            buffer.putInt(at + LegsEncoder.epochDayEncodingOffset(), legs.epochDay(leg), ByteOrder.LITTLE_ENDIAN);
            buffer.putByte(at + LegsEncoder.startUnitEncodingOffset(), (byte) legs.startUnit(leg));
            buffer.putByte(at + LegsEncoder.unitsEncodingOffset(), (byte) legs.units(leg));
        }
        return at;
    }
}
