package org.mawid.engine.core;

import org.mawid.engine.allocation.Allocation;
import org.mawid.engine.application.Applications;
import org.mawid.engine.kernel.Ahead;
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
 * Says what commands will need, step by step: what each step names can be found by what the one before has brought into the cache. With
 * millions of rows a command waits mostly for memory; the waits of a whole batch overlap when its needs are read together. What is looked
 * at may be stale or of somebody else: it decides nothing.
 */
final class Prefetch {
    /** The command, its rows, their rows, days, units. */
    static final int STEPS = 5;
    private static final int LINE = 64;
    private static final int GROUP = GroupSizeEncodingDecoder.ENCODED_LENGTH;
    private static final int LEG = LegsDecoder.sbeBlockLength();
    private static final int HOLD_LEGS = CommandCheck.HEADER + HoldDecoder.BLOCK_LENGTH + GROUP;
    private static final int RESCHEDULE_LEGS = CommandCheck.HEADER + RescheduleDecoder.BLOCK_LENGTH + GROUP;
    private static final int SUBMIT_LINES = CommandCheck.HEADER + SubmitApplicationDecoder.BLOCK_LENGTH + GROUP;

    private final Ahead ahead = new Ahead();
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

    /** Ends a step: reads what was wanted. @return something to be added up, so that the reading cannot be left out */
    long read() {
        return ahead.read();
    }

    /** @param command its address, see {@link Memory} */
    void want(final long command, final int length, final int step) {
        if (step == 0) {
            for (int line = 0; line < length; line += LINE) {
                ahead.want(command + line);
            }
            return;
        }
        if (length < CommandCheck.BODY + Long.BYTES) {
            return;
        }
        if (step == 1) {
            requests.want(ahead, Memory.getLong(command + CommandCheck.ID_HIGH), Memory.getLong(command + CommandCheck.ID_LOW));
        }
        final long end = command + length;
        final long number = Memory.getLong(command + CommandCheck.BODY);
        switch (Memory.getShort(command + MessageHeaderDecoder.templateIdEncodingOffset())) {
            case HoldDecoder.TEMPLATE_ID -> {
                application(number, step - 1);
                legs(command + HOLD_LEGS, end, step - 1);
            }
            case RescheduleDecoder.TEMPLATE_ID -> {
                appointment(number, step - 1);
                legs(command + RESCHEDULE_LEGS, end, step - 1);
            }
            case ConfirmDecoder.TEMPLATE_ID, ReleaseDecoder.TEMPLATE_ID -> hold(number, step - 1);
            case ValidateLinesDecoder.TEMPLATE_ID, RejectLinesDecoder.TEMPLATE_ID, WithdrawLinesDecoder.TEMPLATE_ID, IssueStampsDecoder.TEMPLATE_ID ->
                application(number, step - 1);
            case CancelDecoder.TEMPLATE_ID, CheckInDecoder.TEMPLATE_ID, CallDecoder.TEMPLATE_ID, ServeDecoder.TEMPLATE_ID, MarkNoShowDecoder.TEMPLATE_ID ->
                appointment(number, step - 1);
            case SubmitApplicationDecoder.TEMPLATE_ID -> persons(command + SUBMIT_LINES, end, step - 1);
            case VoidStampDecoder.TEMPLATE_ID -> {
                if (step == 1) {
                    rooms.stamps.want(ahead, number);
                }
            }
            default -> {
                // Nothing large.
            }
        }
    }

    /** Its row, its lines, their persons. */
    private void application(final long application, final int depth) {
        switch (depth) {
            case 0 -> applications.want(ahead, application);
            case 1 -> applications.wantLines(ahead, application);
            case 2 -> applications.wantPersons(ahead, application);
            default -> {
                // That is all.
            }
        }
    }

    private void hold(final long hold, final int depth) {
        if (depth == 0) {
            allocation.wantHold(ahead, hold);
        } else if (allocation.holds().has(hold)) {
            application(allocation.holds().application(hold), depth - 1);
            leg(allocation.holds().firstLeg(hold), depth - 1);
        }
    }

    private void appointment(final long appointment, final int depth) {
        if (depth == 0) {
            allocation.wantAppointment(ahead, appointment);
        } else if (allocation.appointments().has(appointment)) {
            application(allocation.appointments().application(appointment), depth - 1);
            leg(allocation.appointments().firstLeg(appointment), depth - 1);
        }
    }

    /** The first leg of a visit: most have one. */
    private void leg(final int leg, final int depth) {
        if (leg == 0) {
            return;
        }
        switch (depth) {
            case 0 -> allocation.wantLeg(ahead, leg);
            case 1 -> allocation.wantDays(ahead, allocation.legs().desk(leg), allocation.legs().epochDay(leg));
            default -> allocation.wantUnits(ahead, allocation.legs().desk(leg), allocation.legs().epochDay(leg), allocation.legs().startUnit(leg));
        }
    }

    /** The legs in a command. */
    private void legs(final long first, final long end, final int depth) {
        for (long at = first; at + LEG <= end; at += LEG) {
            final int desk = Memory.getShort(at + LegsDecoder.deskIdEncodingOffset());
            final int epochDay = Memory.getInt(at + LegsDecoder.epochDayEncodingOffset());
            switch (depth) {
                case 0 -> allocation.wantPlaces(ahead, desk, epochDay);
                case 1 -> allocation.wantDays(ahead, desk, epochDay);
                case 2 -> allocation.wantUnits(ahead, desk, epochDay, Memory.getByte(at + LegsDecoder.startUnitEncodingOffset()));
                default -> {
                    return;
                }
            }
        }
    }

    private void persons(final long first, final long end, final int depth) {
        for (long at = first; depth < 2 && at + LinesDecoder.sbeBlockLength() <= end; at += LinesDecoder.sbeBlockLength()) {
            applications.wantPerson(ahead, Memory.getLong(at + LinesDecoder.personKeyEncodingOffset()), depth);
        }
    }
}
