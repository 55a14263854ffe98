package org.mawid.engine.hall;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.TableIds;
import org.mawid.engine.kernel.TagIndex;
import org.mawid.sbe.TicketRowDecoder;
import org.mawid.sbe.TicketState;

/** Tickets by number until they end, each WAITING one in the queue of its desk in the order of when it is due, then its number. */
public final class Tickets {
    private static final int APPOINTMENT = TicketRowDecoder.appointmentIdEncodingOffset();
    private static final int DUE_MS = TicketRowDecoder.dueMsEncodingOffset();
    private static final int SINCE_MS = TicketRowDecoder.sinceMsEncodingOffset();
    private static final int CHANGED_MS = TicketRowDecoder.changedMsEncodingOffset();
    private static final int NEXT = TicketRowDecoder.nextEncodingOffset();
    private static final int PREVIOUS = TicketRowDecoder.previousEncodingOffset();
    private static final int EPOCH_DAY = TicketRowDecoder.epochDayEncodingOffset();
    private static final int DESK = TicketRowDecoder.deskIdEncodingOffset();
    private static final int NUMBER = TicketRowDecoder.numberEncodingOffset();
    private static final int SERVICE = TicketRowDecoder.serviceIdEncodingOffset();
    private static final int QUANTITY = TicketRowDecoder.quantityEncodingOffset();
    private static final int KIND = TicketRowDecoder.kindEncodingOffset();
    private static final int PRIORITY = TicketRowDecoder.priorityEncodingOffset();
    private static final int STATE = TicketRowDecoder.stateEncodingOffset();
    private static final int COUNTER = TicketRowDecoder.counterEncodingOffset();
    private static final int RECALLS = TicketRowDecoder.recallsEncodingOffset();
    private static final int PARKED = TicketRowDecoder.parkedEncodingOffset();

    private final NumberedRows rows;
    private final HallDesks desks;
    /** Of an appointment, which has one at most. Not part of the state. */
    private final TagIndex ofAppointment;
    private long next = 1;
    private long count;
    private long oldest = 1;

    Tickets(final CoreMemory memory, final HallDesks desks) {
        this.rows = new NumberedRows(memory, TableIds.TICKETS, TicketRowDecoder.BLOCK_LENGTH, STATE);
        this.ofAppointment = new TagIndex(memory);
        this.desks = desks;
    }

    public boolean has(final long ticket) {
        return rows.has(ticket);
    }

    /** That have not ended. */
    public long count() {
        return count;
    }

    /** The ticket of an appointment, 0 = none. */
    public long of(final long appointment) {
        if (count == 0) {
            return 0;
        }
        for (long slot = ofAppointment.first(ofAppointment.hash(appointment)); slot >= 0; slot = ofAppointment.next()) {
            if (appointment(slot) == appointment) {
                return slot;
            }
        }
        return 0;
    }

    /** The one that was given first, if there is any. */
    long oldest() {
        return oldest;
    }

    /** 0 = none. */
    public long appointment(final long ticket) {
        return Memory.getLong(rows.at(ticket) + APPOINTMENT);
    }

    /** When its turn is, ms since 1970-01-01 UTC; 0 = before everybody. */
    public long dueMs(final long ticket) {
        return Memory.getLong(rows.at(ticket) + DUE_MS);
    }

    /** When it was given, in log time. */
    public long sinceMs(final long ticket) {
        return Memory.getLong(rows.at(ticket) + SINCE_MS);
    }

    /** Since when it is in its state, or was called last. */
    public long changedMs(final long ticket) {
        return Memory.getLong(rows.at(ticket) + CHANGED_MS);
    }

    /** Behind it in its queue, 0 = nobody. */
    public long next(final long ticket) {
        return Memory.getLong(rows.at(ticket) + NEXT);
    }

    private long previous(final long ticket) {
        return Memory.getLong(rows.at(ticket) + PREVIOUS);
    }

    public int epochDay(final long ticket) {
        return Memory.getInt(rows.at(ticket) + EPOCH_DAY);
    }

    public int desk(final long ticket) {
        return Memory.getShort(rows.at(ticket) + DESK);
    }

    /** As printed on it. */
    public int number(final long ticket) {
        return Memory.getShort(rows.at(ticket) + NUMBER);
    }

    /** 0 = several. */
    public int service(final long ticket) {
        return Memory.getShort(rows.at(ticket) + SERVICE);
    }

    public int quantity(final long ticket) {
        return Memory.getByte(rows.at(ticket) + QUANTITY);
    }

    /** Value of TicketKind. */
    public int kind(final long ticket) {
        return Memory.getByte(rows.at(ticket) + KIND);
    }

    /** Value of Priority. */
    public int priority(final long ticket) {
        return Memory.getByte(rows.at(ticket) + PRIORITY);
    }

    /** Value of {@link TicketState}. */
    public int state(final long ticket) {
        return Memory.getByte(rows.at(ticket) + STATE);
    }

    public boolean is(final long ticket, final TicketState state) {
        return state(ticket) == state.value();
    }

    public int counter(final long ticket) {
        return Memory.getByte(rows.at(ticket) + COUNTER);
    }

    public int recalls(final long ticket) {
        return Memory.getByte(rows.at(ticket) + RECALLS);
    }

    /** Whether it was parked since it came to its desk. */
    public boolean wasParked(final long ticket) {
        return Memory.getByte(rows.at(ticket) + PARKED) != 0;
    }

    // ---- by Hall

    /** Gives the next ticket, which waits once it is {@link #at} a desk. @return its number */
    long add(final long appointment, final int number, final int epochDay, final int kind, final int priority, final long nowMs) {
        final long ticket = next++;
        final long at = rows.add(ticket);
        Memory.putLong(at + APPOINTMENT, appointment);
        Memory.putLong(at + SINCE_MS, nowMs);
        Memory.putInt(at + EPOCH_DAY, epochDay);
        Memory.putShort(at + NUMBER, number);
        Memory.putByte(at + KIND, kind);
        Memory.putByte(at + PRIORITY, priority);
        state(ticket, TicketState.WAITING, nowMs);
        oldest = count == 0 ? ticket : oldest;
        count++;
        if (appointment != 0) {
            ofAppointment.add(ofAppointment.hash(appointment), (int) ticket);
        }
        return ticket;
    }

    void remove(final long ticket) {
        final long appointment = appointment(ticket);
        if (appointment != 0) {
            ofAppointment.remove(ofAppointment.hash(appointment), (int) ticket);
        }
        rows.remove(ticket);
        count--;
        if (ticket == oldest) {
            oldest = rows.next(ticket, next, Integer.MAX_VALUE); // each number is passed over once
        }
    }

    void state(final long ticket, final TicketState state, final long nowMs) {
        Memory.putByte(rows.at(ticket) + STATE, state.value());
        Memory.putLong(rows.at(ticket) + CHANGED_MS, nowMs);
    }

    void call(final long ticket, final int counter, final int recalls, final long nowMs) {
        Memory.putByte(rows.at(ticket) + COUNTER, counter);
        Memory.putByte(rows.at(ticket) + RECALLS, recalls);
        state(ticket, TicketState.CALLED, nowMs);
    }

    void park(final long ticket, final long nowMs) {
        Memory.putByte(rows.at(ticket) + PARKED, 1);
        state(ticket, TicketState.PARKED, nowMs);
    }

    /** It comes to a desk, out of any queue. @param service 0 = several */
    void at(final long ticket, final int desk, final int service, final int quantity, final long dueMs) {
        final long at = rows.at(ticket);
        Memory.putLong(at + DUE_MS, dueMs);
        Memory.putShort(at + DESK, desk);
        Memory.putShort(at + SERVICE, service);
        Memory.putByte(at + QUANTITY, quantity);
        Memory.putByte(at + PARKED, 0);
    }

    /** Puts it into the queue of its desk: from the end on, for mostly who comes later is due later. */
    void enter(final long ticket) {
        final int desk = desk(ticket);
        long before = desks.last(desk);
        if (before != 0 && isBefore(ticket, desks.first(desk))) {
            before = 0;
        }
        while (before != 0 && isBefore(ticket, before)) {
            before = previous(before);
        }
        final long after = before == 0 ? desks.first(desk) : next(before);
        link(desk, before, ticket);
        link(desk, ticket, after);
        desks.count(desk, 1);
    }

    void leave(final long ticket) {
        final int desk = desk(ticket);
        link(desk, previous(ticket), next(ticket));
        Memory.putLong(rows.at(ticket) + NEXT, 0);
        Memory.putLong(rows.at(ticket) + PREVIOUS, 0);
        desks.count(desk, -1);
    }

    /** @param before 0 = the beginning @param after 0 = the end */
    private void link(final int desk, final long before, final long after) {
        if (before == 0) {
            desks.first(desk, after);
        } else {
            Memory.putLong(rows.at(before) + NEXT, after);
        }
        if (after == 0) {
            desks.last(desk, before);
        } else {
            Memory.putLong(rows.at(after) + PREVIOUS, before);
        }
    }

    /** Who of two is called first. */
    boolean isBefore(final long one, final long other) {
        return dueMs(one) < dueMs(other) || dueMs(one) == dueMs(other) && one < other;
    }

    // ---- state

    /** One more than the highest number so far. */
    public long end() {
        return next;
    }

    /** See {@link NumberedRows#next}. */
    public long next(final long from, final int max) {
        return rows.next(from, next, max);
    }

    NumberedRows rows() {
        return rows;
    }

    void loaded(final long nextTicket, final long tickets) {
        next = nextTicket;
        count = tickets;
        oldest = next(1, Integer.MAX_VALUE);
        for (long ticket = oldest; ticket < next; ticket = next(ticket + 1, Integer.MAX_VALUE)) {
            if (appointment(ticket) != 0) {
                ofAppointment.add(ofAppointment.hash(appointment(ticket)), (int) ticket);
            }
        }
    }

    void check() {
        rows.check();
        Invariant.that(rows.count() == count, "tickets are counted", rows.count(), count);
        Invariant.that(count == 0 || oldest == next(1, Integer.MAX_VALUE), "the oldest ticket is known", oldest, count);
        long waiting = 0;
        long queued = 0;
        for (long ticket = next(1, Integer.MAX_VALUE); ticket < next; ticket = next(ticket + 1, Integer.MAX_VALUE)) {
            waiting += is(ticket, TicketState.WAITING) ? 1 : 0;
            queued += previous(ticket) == 0 && is(ticket, TicketState.WAITING) ? checkQueue(desk(ticket), ticket) : 0;
            Invariant.that(appointment(ticket) == 0 || of(appointment(ticket)) == ticket, "an appointment has one ticket", ticket, appointment(ticket));
            Invariant.that(is(ticket, TicketState.WAITING) || next(ticket) == 0 && previous(ticket) == 0, "who does not wait is in no queue", ticket);
            Invariant.that(is(ticket, TicketState.CALLED) ? counter(ticket) != 0 : true, "a counter has called", ticket);
        }
        Invariant.that(waiting == queued, "who waits is in a queue", waiting, queued);
    }

    private long checkQueue(final int desk, final long first) {
        Invariant.that(desks.first(desk) == first, "a queue begins where it says", desk, first);
        long length = 0;
        long before = 0;
        for (long ticket = first; ticket != 0; ticket = next(ticket)) {
            Invariant.that(desk(ticket) == desk && previous(ticket) == before, "a ticket is behind the one before", ticket, before);
            Invariant.that(before == 0 || isBefore(before, ticket), "who is due first is first", before, ticket);
            before = ticket;
            length++;
        }
        Invariant.that(desks.last(desk) == before && desks.waiting(desk) == length, "a queue ends where it says, and is counted", desk, length);
        return length;
    }
}
