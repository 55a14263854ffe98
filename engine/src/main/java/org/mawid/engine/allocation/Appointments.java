package org.mawid.engine.allocation;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.LeadDays;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.AppointmentRowDecoder;
import org.mawid.sbe.AppointmentState;

/** Appointments by number, until their application is retired. */
public final class Appointments {
    private static final int APPLICATION = AppointmentRowDecoder.applicationIdEncodingOffset();
    private static final int START_MS = AppointmentRowDecoder.startMsEncodingOffset();
    private static final int CHANGED_MS = AppointmentRowDecoder.changedMsEncodingOffset();
    private static final int PREVIOUS = AppointmentRowDecoder.previousEncodingOffset();
    private static final int FIRST_LEG = AppointmentRowDecoder.firstLegEncodingOffset();
    private static final int LINES = AppointmentRowDecoder.linesEncodingOffset();
    private static final int TICKET = AppointmentRowDecoder.ticketEncodingOffset();
    private static final int POST = AppointmentRowDecoder.postIdEncodingOffset();
    private static final int LEG_COUNT = AppointmentRowDecoder.legCountEncodingOffset();
    private static final int STATE = AppointmentRowDecoder.stateEncodingOffset();
    private static final int COUNTER = AppointmentRowDecoder.counterEncodingOffset();
    private static final int RESCHEDULES = AppointmentRowDecoder.reschedulesEncodingOffset();
    private static final int LEAD_DAYS = AppointmentRowDecoder.leadDaysEncodingOffset();
    private static final int MARKS = AppointmentRowDecoder.marksEncodingOffset();
    private static final int OVERFLOW = 1;
    private static final int ATTENDANCE = 2;

    private final NumberedRows rows;
    private long next = 1;
    private long count;

    Appointments(final CoreMemory memory) {
        rows = new NumberedRows(memory, TableIds.APPOINTMENTS, AppointmentRowDecoder.BLOCK_LENGTH, STATE);
    }

    /** @param previous the application's appointment before it, 0 = none @param firstLeg 0 = an overflow ticket */
    long add(final long application, final long previous, final int lines, final int postId, final long startMs, final int firstLeg, final int legCount,
             final AppointmentState state, final long nowMs) {
        final long appointment = next++;
        final long at = rows.add(appointment);
        Memory.putLong(at + APPLICATION, application);
        Memory.putLong(at + START_MS, startMs);
        Memory.putLong(at + CHANGED_MS, nowMs);
        Memory.putLong(at + PREVIOUS, previous);
        Memory.putInt(at + FIRST_LEG, firstLeg);
        Memory.putShort(at + LINES, lines);
        Memory.putShort(at + POST, postId);
        Memory.putByte(at + LEG_COUNT, legCount);
        Memory.putByte(at + STATE, state.value());
        Memory.putByte(at + MARKS, firstLeg == 0 ? OVERFLOW : 0);
        count++;
        return appointment;
    }

    void remove(final long appointment) {
        rows.remove(appointment);
        count--;
    }

    public boolean has(final long appointment) {
        return rows.has(appointment);
    }

    public long application(final long appointment) {
        return Memory.getLong(rows.at(appointment) + APPLICATION);
    }

    /** Start of the earliest leg; of an overflow ticket, when it was given, by the clock of whoever gave it. */
    public long startMs(final long appointment) {
        return Memory.getLong(rows.at(appointment) + START_MS);
    }

    public long changedMs(final long appointment) {
        return Memory.getLong(rows.at(appointment) + CHANGED_MS);
    }

    public long previous(final long appointment) {
        return Memory.getLong(rows.at(appointment) + PREVIOUS);
    }

    /** 0 = an overflow ticket has none. */
    public int firstLeg(final long appointment) {
        return Memory.getInt(rows.at(appointment) + FIRST_LEG);
    }

    public int legCount(final long appointment) {
        return Memory.getByte(rows.at(appointment) + LEG_COUNT);
    }

    public int lines(final long appointment) {
        return Memory.getShort(rows.at(appointment) + LINES);
    }

    public int post(final long appointment) {
        return Memory.getShort(rows.at(appointment) + POST);
    }

    /** 0 = none yet. */
    public int ticket(final long appointment) {
        return Memory.getShort(rows.at(appointment) + TICKET);
    }

    public void ticket(final long appointment, final int ticket) {
        Memory.putShort(rows.at(appointment) + TICKET, ticket);
    }

    /** 0 = not called yet. */
    public int counter(final long appointment) {
        return Memory.getByte(rows.at(appointment) + COUNTER);
    }

    public void counter(final long appointment, final int counter) {
        Memory.putByte(rows.at(appointment) + COUNTER, counter);
    }

    public int reschedules(final long appointment) {
        return Memory.getByte(rows.at(appointment) + RESCHEDULES);
    }

    /** Whole days from when it was confirmed, or moved last, to its start; 0 also where that is not known, 255 = so many or more. */
    public int leadDays(final long appointment) {
        return Memory.getByte(rows.at(appointment) + LEAD_DAYS);
    }

    void lead(final long appointment, final long nowMs) {
        Memory.putByte(rows.at(appointment) + LEAD_DAYS, LeadDays.of(nowMs, startMs(appointment)));
    }

    public boolean isOverflow(final long appointment) {
        return (Memory.getByte(rows.at(appointment) + MARKS) & OVERFLOW) != 0;
    }

    /** Whether the applicant has said that they come, since it was confirmed or moved last. */
    public boolean isAttendanceConfirmed(final long appointment) {
        return (Memory.getByte(rows.at(appointment) + MARKS) & ATTENDANCE) != 0;
    }

    void confirmAttendance(final long appointment, final long nowMs) {
        final long at = rows.at(appointment);
        Memory.putByte(at + MARKS, Memory.getByte(at + MARKS) | ATTENDANCE);
        Memory.putLong(at + CHANGED_MS, nowMs);
    }

    /** Value of {@link AppointmentState}. */
    public int state(final long appointment) {
        return Memory.getByte(rows.at(appointment) + STATE);
    }

    public boolean is(final long appointment, final AppointmentState state) {
        return state(appointment) == state.value();
    }

    public void state(final long appointment, final AppointmentState state, final long nowMs) {
        Memory.putByte(rows.at(appointment) + STATE, state.value());
        Memory.putLong(rows.at(appointment) + CHANGED_MS, nowMs);
    }

    void move(final long appointment, final int postId, final long startMs, final int firstLeg, final int legCount, final long nowMs) {
        final long at = rows.at(appointment);
        Memory.putLong(at + START_MS, startMs);
        Memory.putLong(at + CHANGED_MS, nowMs);
        Memory.putInt(at + FIRST_LEG, firstLeg);
        Memory.putShort(at + POST, postId);
        Memory.putByte(at + LEG_COUNT, legCount);
        Memory.putByte(at + RESCHEDULES, reschedules(appointment) + 1);
        Memory.putByte(at + MARKS, Memory.getByte(at + MARKS) & ~ATTENDANCE);
    }

    public long count() {
        return count;
    }

    /** See {@link NumberedRows#next}. */
    public long next(final long from, final int max) {
        return rows.next(from, next, max);
    }

    public long end() {
        return next;
    }

    NumberedRows rows() {
        return rows;
    }

    void loaded(final long nextAppointment, final long appointments) {
        next = nextAppointment;
        count = appointments;
    }
}
