package org.mawid.engine.readmodel.records;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.mawid.engine.kernel.LeadDays;
import org.mawid.sbe.AppointmentChangedDecoder;
import org.mawid.sbe.AppointmentRecordDecoder;
import org.mawid.sbe.AppointmentRecordEncoder;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.ConfirmedDecoder;
import org.mawid.sbe.GroupSizeEncodingDecoder;
import org.mawid.sbe.HeldDecoder;
import org.mawid.sbe.HeldDecoder.LegsDecoder;
import org.mawid.sbe.HoldRecordDecoder;
import org.mawid.sbe.HoldRecordEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.RescheduledDecoder;
import org.mawid.sbe.WalkedInDecoder;

/** Records of holds and appointments. The legs have one layout in all events and records. */
final class Visits {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int HOLD_LEGS = Entry.BLOCK + HoldRecordDecoder.BLOCK_LENGTH;
    private static final int APPOINTMENT_LEGS = Entry.BLOCK + AppointmentRecordDecoder.BLOCK_LENGTH;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final HoldRecordEncoder hold = new HoldRecordEncoder();
    private final AppointmentRecordEncoder appointment = new AppointmentRecordEncoder();

    /** @return its lines */
    int hold(final Entry entry, final HeldDecoder event, final int postId, final long cursor) {
        hold.wrapAndApplyHeader(entry.buffer, Entry.MESSAGE, header).holdId(event.holdId()).applicationId(event.applicationId())
                .deadlineMs(event.deadlineMs()).startMs(event.startMs()).postId(postId);
        entry.begin(cursor, copyLegs(event.buffer(), event.limit(), entry, HOLD_LEGS) - Entry.MESSAGE);
        return holdLines(entry);
    }

    static int holdLines(final Entry entry) {
        return lines(entry, HOLD_LEGS);
    }

    /** @return its lines */
    int confirmed(final Entry entry, final ConfirmedDecoder event, final int postId, final long nowMs, final long cursor) {
        final int end = copyLegs(event.buffer(), event.limit(), entry, APPOINTMENT_LEGS);
        final int lines = lines(entry, APPOINTMENT_LEGS);
        appointment.wrapAndApplyHeader(entry.buffer, Entry.MESSAGE, header).appointmentId(event.appointmentId()).applicationId(event.applicationId())
                .startMs(event.startMs()).changedMs(nowMs).postId(postId).lines(lines).ticket(0).counter((short) 0).reschedules((short) 0)
                .state(AppointmentState.CONFIRMED).overflow(BooleanType.NO).leadDays((short) LeadDays.of(nowMs, event.startMs())).attendance(BooleanType.NO);
        entry.begin(cursor, end - Entry.MESSAGE);
        return lines;
    }

    /** Of who found room today. @return its lines */
    int walkedIn(final Entry entry, final WalkedInDecoder event, final int postId, final long nowMs, final long cursor) {
        final int end = copyLegs(event.buffer(), event.limit(), entry, APPOINTMENT_LEGS);
        final int lines = lines(entry, APPOINTMENT_LEGS);
        appointment.wrapAndApplyHeader(entry.buffer, Entry.MESSAGE, header).appointmentId(event.appointmentId()).applicationId(event.applicationId())
                .startMs(event.startMs()).changedMs(nowMs).postId(postId).lines(lines).ticket(event.ticket()).counter((short) 0)
                .reschedules((short) 0).state(AppointmentState.CHECKED_IN).overflow(BooleanType.NO).leadDays((short) 0).attendance(BooleanType.NO);
        entry.begin(cursor, end - Entry.MESSAGE);
        return lines;
    }

    void rescheduled(final Entry entry, final RescheduledDecoder event, final int postId, final long nowMs) {
        final int reschedules = AppointmentRecordDecoder.reschedulesEncodingOffset() + Entry.BLOCK;
        appointment.wrap(entry.buffer, Entry.BLOCK).startMs(event.startMs()).changedMs(nowMs).postId(postId)
                .leadDays((short) LeadDays.of(nowMs, event.startMs())).attendance(BooleanType.NO).reschedules((short) ((entry.buffer.getByte(reschedules) & 0xFF) + 1));
        entry.length = copyLegs(event.buffer(), event.limit(), entry, APPOINTMENT_LEGS);
    }

    void attendanceConfirmed(final Entry entry, final long nowMs) {
        appointment.wrap(entry.buffer, Entry.BLOCK).changedMs(nowMs).attendance(BooleanType.YES);
    }

    void changed(final Entry entry, final AppointmentChangedDecoder event, final long nowMs) {
        appointment.wrap(entry.buffer, Entry.BLOCK).changedMs(nowMs).state(event.state()).counter(event.counter()).ticket(event.ticket());
    }

    /** @return where they end */
    private static int copyLegs(final DirectBuffer event, final int groupAt, final Entry entry, final int to) {
        final int count = event.getShort(groupAt + LegsDecoder.HEADER_SIZE - Short.BYTES, ORDER) & 0xFFFF;
        final int bytes = GroupSizeEncodingDecoder.ENCODED_LENGTH + count * LegsDecoder.sbeBlockLength();
        entry.buffer.putBytes(to, event, groupAt, bytes);
        return to + bytes;
    }

    private static int lines(final Entry entry, final int groupAt) {
        final int count = entry.buffer.getShort(groupAt + LegsDecoder.HEADER_SIZE - Short.BYTES, ORDER) & 0xFFFF;
        int lines = 0;
        for (int leg = 0; leg < count; leg++) {
            final int at = groupAt + GroupSizeEncodingDecoder.ENCODED_LENGTH + leg * LegsDecoder.sbeBlockLength();
            lines |= entry.buffer.getShort(at + LegsDecoder.linesEncodingOffset(), ORDER) & 0xFFFF;
        }
        return lines;
    }
}
