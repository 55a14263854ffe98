package org.mawid.engine.core;

import org.mawid.engine.allocation.Allocation;
import org.mawid.engine.application.Applications;
import org.mawid.engine.kernel.Memory;
import org.mawid.sbe.CallDecoder;
import org.mawid.sbe.CancelDecoder;
import org.mawid.sbe.CheckInDecoder;
import org.mawid.sbe.ConfirmDecoder;
import org.mawid.sbe.GroupSizeEncodingDecoder;
import org.mawid.sbe.HoldDecoder;
import org.mawid.sbe.HoldDecoder.LegsDecoder;
import org.mawid.sbe.IssueStampsDecoder;
import org.mawid.sbe.MarkNoShowDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
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

    /** @param command its address, see {@link Memory} */
    long touch(final long command, final int length, final int phase) {
        if (length < CommandCheck.BODY + Long.BYTES) {
            return 0;
        }
        if (phase == 0) { // by itself: with so little between them, more misses are under way at once
            return requests.touch(Memory.getLong(command + CommandCheck.ID_HIGH), Memory.getLong(command + CommandCheck.ID_LOW));
        }
        final int template = Memory.getShort(command + MessageHeaderDecoder.templateIdEncodingOffset());
        return phase == 1 ? first(template, command, command + length) : second(template, command, command + length);
    }

    /** What the command names. */
    private long first(final int template, final long command, final long end) {
        final long number = Memory.getLong(command + CommandCheck.BODY);
        return switch (template) {
            case HoldDecoder.TEMPLATE_ID -> applications.touch(number) + days(command + CommandCheck.HEADER + HoldDecoder.BLOCK_LENGTH, end, false);
            case RescheduleDecoder.TEMPLATE_ID -> allocation.touchAppointment(number) + days(command + CommandCheck.HEADER + RescheduleDecoder.BLOCK_LENGTH, end, false);
            case ConfirmDecoder.TEMPLATE_ID, ReleaseDecoder.TEMPLATE_ID -> allocation.touchHold(number);
            case ValidateLinesDecoder.TEMPLATE_ID, RejectLinesDecoder.TEMPLATE_ID, WithdrawLinesDecoder.TEMPLATE_ID, IssueStampsDecoder.TEMPLATE_ID -> applications.touch(number);
            case CancelDecoder.TEMPLATE_ID, CheckInDecoder.TEMPLATE_ID, CallDecoder.TEMPLATE_ID, ServeDecoder.TEMPLATE_ID, MarkNoShowDecoder.TEMPLATE_ID ->
                allocation.touchAppointment(number);
            case SubmitApplicationDecoder.TEMPLATE_ID -> persons(command + CommandCheck.HEADER + SubmitApplicationDecoder.BLOCK_LENGTH, end);
            case VoidStampDecoder.TEMPLATE_ID -> rooms.stamps.touch(number);
            default -> 0;
        };
    }

    /** What that leads to. */
    private long second(final int template, final long command, final long end) {
        final long number = Memory.getLong(command + CommandCheck.BODY);
        return switch (template) {
            case HoldDecoder.TEMPLATE_ID -> applications.touchLines(number) + days(command + CommandCheck.HEADER + HoldDecoder.BLOCK_LENGTH, end, true);
            case RescheduleDecoder.TEMPLATE_ID -> allocation.touchAppointmentDays(number) + application(number)
                    + days(command + CommandCheck.HEADER + RescheduleDecoder.BLOCK_LENGTH, end, true);
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
    private long days(final long groupAt, final long end, final boolean units) {
        long sum = 0;
        for (long at = groupAt + GROUP; at + LegsDecoder.sbeBlockLength() <= end; at += LegsDecoder.sbeBlockLength()) {
            final int desk = Memory.getShort(at + LegsDecoder.deskIdEncodingOffset());
            final int epochDay = Memory.getInt(at + LegsDecoder.epochDayEncodingOffset());
            final int unit = Memory.getByte(at + LegsDecoder.startUnitEncodingOffset());
            sum += units ? allocation.touchUnits(desk, epochDay, unit) : allocation.touchDays(desk, epochDay);
        }
        return sum;
    }

    private long persons(final long groupAt, final long end) {
        long sum = 0;
        for (long at = groupAt + GROUP; at + LinesDecoder.sbeBlockLength() <= end; at += LinesDecoder.sbeBlockLength()) {
            sum += applications.touchPerson(Memory.getLong(at + LinesDecoder.personKeyEncodingOffset()));
        }
        return sum;
    }
}
