package org.mawid.engine.core;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.mawid.engine.allocation.Allocation;
import org.mawid.engine.application.Applications;
import org.mawid.sbe.CallDecoder;
import org.mawid.sbe.CancelDecoder;
import org.mawid.sbe.CheckInDecoder;
import org.mawid.sbe.ConfirmDecoder;
import org.mawid.sbe.GroupSizeEncodingDecoder;
import org.mawid.sbe.HoldDecoder;
import org.mawid.sbe.HoldDecoder.LegsDecoder;
import org.mawid.sbe.IssueStampsDecoder;
import org.mawid.sbe.MarkNoShowDecoder;
import org.mawid.sbe.RejectLinesDecoder;
import org.mawid.sbe.ReleaseDecoder;
import org.mawid.sbe.RescheduleDecoder;
import org.mawid.sbe.ServeDecoder;
import org.mawid.sbe.SubmitApplicationDecoder;
import org.mawid.sbe.SubmitApplicationDecoder.LinesDecoder;
import org.mawid.sbe.ValidateLinesDecoder;
import org.mawid.sbe.VoidStampDecoder;
import org.mawid.sbe.WithdrawLinesDecoder;

/**
 * Reads ahead what commands will need. With millions of rows a command waits mostly for memory; touching the rows of a whole batch
 * first lets those waits overlap. What is read may be stale or of somebody else: it is only added up.
 */
final class Prefetch {
    private static final int GROUP = GroupSizeEncodingDecoder.ENCODED_LENGTH;

    private final Applications applications;
    private final Allocation allocation;
    private final Rooms rooms;
    private final Requests requests;

    Prefetch(final Rooms rooms, final Requests requests) {
        this.rooms = rooms;
        this.applications = rooms.applications;
        this.allocation = rooms.allocation;
        this.requests = requests;
    }

    long touch(final DirectBuffer command, final int offset, final int length, final int phase) {
        if (length < CommandCheck.BODY + Long.BYTES) {
            return 0;
        }
        return phase == 0 ? first(command, offset, length) : second(command, offset, length);
    }

    /** What the command names. */
    private long first(final DirectBuffer command, final int offset, final int length) {
        final long sum = requests.touchForgotten()
                + requests.touch(command.getLong(offset + CommandCheck.ID_HIGH, ByteOrder.LITTLE_ENDIAN), command.getLong(offset + CommandCheck.ID_LOW, ByteOrder.LITTLE_ENDIAN));
        final long number = command.getLong(offset + CommandCheck.BODY, ByteOrder.LITTLE_ENDIAN);
        return sum + switch (CommandCheck.template(command, offset)) {
            case HoldDecoder.TEMPLATE_ID -> applications.touch(number) + days(command, offset + CommandCheck.HEADER + HoldDecoder.BLOCK_LENGTH, offset + length, false);
            case RescheduleDecoder.TEMPLATE_ID -> allocation.touchAppointment(number) + days(command, offset + CommandCheck.HEADER + RescheduleDecoder.BLOCK_LENGTH, offset + length, false);
            case ConfirmDecoder.TEMPLATE_ID, ReleaseDecoder.TEMPLATE_ID -> allocation.touchHold(number);
            case ValidateLinesDecoder.TEMPLATE_ID, RejectLinesDecoder.TEMPLATE_ID, WithdrawLinesDecoder.TEMPLATE_ID, IssueStampsDecoder.TEMPLATE_ID -> applications.touch(number);
            case CancelDecoder.TEMPLATE_ID, CheckInDecoder.TEMPLATE_ID, CallDecoder.TEMPLATE_ID, ServeDecoder.TEMPLATE_ID, MarkNoShowDecoder.TEMPLATE_ID ->
                allocation.touchAppointment(number);
            case SubmitApplicationDecoder.TEMPLATE_ID -> persons(command, offset + CommandCheck.HEADER + SubmitApplicationDecoder.BLOCK_LENGTH, offset + length);
            case VoidStampDecoder.TEMPLATE_ID -> rooms.stamps.touch(number);
            default -> 0;
        };
    }

    /** What that leads to. */
    private long second(final DirectBuffer command, final int offset, final int length) {
        final long number = command.getLong(offset + CommandCheck.BODY, ByteOrder.LITTLE_ENDIAN);
        return switch (CommandCheck.template(command, offset)) {
            case HoldDecoder.TEMPLATE_ID -> applications.touchLines(number) + days(command, offset + CommandCheck.HEADER + HoldDecoder.BLOCK_LENGTH, offset + length, true);
            case RescheduleDecoder.TEMPLATE_ID -> allocation.touchAppointmentDays(number) + application(number)
                    + days(command, offset + CommandCheck.HEADER + RescheduleDecoder.BLOCK_LENGTH, offset + length, true);
            case ConfirmDecoder.TEMPLATE_ID, ReleaseDecoder.TEMPLATE_ID ->
                allocation.touchHoldDays(number) + (allocation.holds().has(number) ? applications.touchLines(allocation.holds().application(number)) : 0);
            case ValidateLinesDecoder.TEMPLATE_ID, RejectLinesDecoder.TEMPLATE_ID, WithdrawLinesDecoder.TEMPLATE_ID, IssueStampsDecoder.TEMPLATE_ID -> applications.touchLines(number);
            case CancelDecoder.TEMPLATE_ID, ServeDecoder.TEMPLATE_ID, MarkNoShowDecoder.TEMPLATE_ID -> allocation.touchAppointmentDays(number) + application(number);
            case CheckInDecoder.TEMPLATE_ID, CallDecoder.TEMPLATE_ID -> allocation.appointments().has(number) ? applications.touch(allocation.appointments().application(number)) : 0;
            default -> 0;
        };
    }

    private long application(final long appointment) {
        return allocation.appointments().has(appointment) ? applications.touchLines(allocation.appointments().application(appointment)) : 0;
    }

    /** Days (or their units) of the legs in a command. */
    private long days(final DirectBuffer command, final int groupAt, final int end, final boolean units) {
        long sum = 0;
        for (int at = groupAt + GROUP; at + LegsDecoder.sbeBlockLength() <= end; at += LegsDecoder.sbeBlockLength()) {
            final int desk = command.getShort(at + LegsDecoder.deskIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
            final int epochDay = command.getInt(at + LegsDecoder.epochDayEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
            final int unit = command.getByte(at + LegsDecoder.startUnitEncodingOffset()) & 0xFF;
            sum += units ? allocation.days().touchUnit(desk, epochDay, unit) : allocation.days().touch(desk, epochDay);
        }
        return sum;
    }

    private long persons(final DirectBuffer command, final int groupAt, final int end) {
        long sum = 0;
        for (int at = groupAt + GROUP; at + LinesDecoder.sbeBlockLength() <= end; at += LinesDecoder.sbeBlockLength()) {
            sum += applications.touchPerson(command.getLong(at + LinesDecoder.personKeyEncodingOffset(), ByteOrder.LITTLE_ENDIAN));
        }
        return sum;
    }
}
