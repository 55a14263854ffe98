package org.mawid.engine.hall;

import org.mawid.engine.catalogue.Pools;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.TicketEnd;
import org.mawid.sbe.TicketState;

/**
 * The hall of every post. Whoever has come has a ticket, stands in the queue of one desk or at a counter, and is called by one number: when they are
 * due. Each step is told. Empty before core version 6.
 */
public final class Hall {
    /** Tickets whose time is over that one Tick ends. */
    public static final int ENDED_PER_TICK = 16;

    private final HallRules rules;
    private final HallDesks desks;
    private final Tickets tickets;
    private final ServiceTimes times;
    private final TicketEvents events;

    public Hall(final CoreMemory memory, final Pools pools, final Emitter events) {
        this.rules = new HallRules(memory);
        this.desks = new HallDesks(memory);
        this.tickets = new Tickets(memory, desks);
        this.times = new ServiceTimes(memory);
        this.events = new TicketEvents(events, pools, tickets);
    }

    public HallRules rules() {
        return rules;
    }

    public HallDesks desks() {
        return desks;
    }

    public Tickets tickets() {
        return tickets;
    }

    public ServiceTimes times() {
        return times;
    }

    // ---- decide

    /** Whether another ticket can be given at that desk. */
    public boolean hasRoom(final int desk) {
        return tickets.count() < rules.maxTickets() && mayEnter(desk);
    }

    /** Whether one more may wait at that desk. */
    public boolean mayEnter(final int desk) {
        return desks.waiting(desk) < HallDesks.MOST_WAITING;
    }

    /** Who of those who are first at two desks is called first, 0 = nobody. @param other 0 = nobody, as for the first */
    public long earlier(final long one, final long other) {
        return one == 0 || other != 0 && tickets.isBefore(other, one) ? other : one;
    }

    /** From when on somebody who does not come is not there; {@code Long.MAX_VALUE} while they wait: nobody has called them. */
    public long notThereMs(final long ticket) {
        return switch (TicketState.get((short) tickets.state(ticket))) {
            case CALLED -> tickets.changedMs(ticket) + rules.callGraceMs();
            case PARKED -> tickets.changedMs(ticket) + rules.parkMs();
            default -> Long.MAX_VALUE;
        };
    }

    // ---- apply

    /**
     * Somebody has come.
     *
     * @param appointment 0 = none
     * @param number      as printed on the ticket
     * @param epochDay    of the number
     * @param service     0 = several
     * @param kind        value of TicketKind
     * @param priority    value of Priority
     * @param dueMs       see {@link HallRules#dueMs}
     * @return the ticket
     */
    public long enter(final long appointment, final int number, final int epochDay, final int desk, final int service, final int quantity, final int kind,
                      final int priority, final long dueMs, final long nowMs) {
        final long ticket = tickets.add(appointment, number, epochDay, kind, priority, nowMs);
        tickets.at(ticket, desk, service, quantity, dueMs);
        tickets.enter(ticket);
        events.queued(ticket);
        return ticket;
    }

    /** To a counter, from the queue or from where it was parked. */
    public void call(final long ticket, final int counter, final long nowMs) {
        leaveQueue(ticket);
        tickets.call(ticket, counter, 0, nowMs);
        events.changed(ticket);
    }

    public void recall(final long ticket, final long nowMs) {
        tickets.call(ticket, tickets.counter(ticket), tickets.recalls(ticket) + 1, nowMs);
        events.changed(ticket);
    }

    public void park(final long ticket, final long nowMs) {
        leaveQueue(ticket);
        tickets.park(ticket, nowMs);
        events.changed(ticket);
    }

    public void unpark(final long ticket, final long nowMs) {
        tickets.state(ticket, TicketState.WAITING, nowMs);
        tickets.enter(ticket);
        events.changed(ticket);
    }

    /** Into the queue of another desk. @param service of what is asked for there, 0 = several */
    public void transfer(final long ticket, final int desk, final int service, final int quantity, final long dueMs, final long nowMs) {
        final int left = tickets.desk(ticket);
        final int done = tickets.service(ticket);
        final boolean measured = measure(ticket, nowMs);
        leaveQueue(ticket);
        tickets.at(ticket, desk, service, quantity, dueMs);
        tickets.state(ticket, TicketState.WAITING, nowMs);
        tickets.enter(ticket);
        events.changed(ticket);
        if (measured) {
            events.measured(left, done, desks, times);
        }
    }

    /** It is nobody's any more. */
    public void end(final long ticket, final TicketEnd how, final long nowMs) {
        final int desk = tickets.desk(ticket);
        final int service = tickets.service(ticket);
        final boolean measured = how == TicketEnd.SERVED && measure(ticket, nowMs);
        leaveQueue(ticket);
        events.ended(ticket, how);
        tickets.remove(ticket);
        if (measured) {
            events.measured(desk, service, desks, times);
        }
    }

    private void leaveQueue(final long ticket) {
        if (tickets.is(ticket, TicketState.WAITING)) {
            tickets.leave(ticket);
        }
    }

    /** Its time at a counter says how long acts take, unless somebody was away meanwhile, or it was forgotten until its day was over. */
    private boolean measure(final long ticket, final long nowMs) {
        final long ms = nowMs - tickets.changedMs(ticket);
        if (!tickets.is(ticket, TicketState.CALLED) || tickets.wasParked(ticket) || ms > rules.keepMs()) {
            return false;
        }
        desks.measure(tickets.desk(ticket), tickets.epochDay(ticket), ms);
        if (tickets.service(ticket) != 0) {
            times.measure(tickets.service(ticket), ms / tickets.quantity(ticket));
        }
        return true;
    }

    // ---- time

    /** When the first ticket's time is over, {@code Long.MAX_VALUE} = there is none. */
    public long nextDueMs() {
        return tickets.count() == 0 ? Long.MAX_VALUE : tickets.sinceMs(tickets.oldest()) + rules.keepMs();
    }

    public void tick(final long nowMs) {
        for (int left = ENDED_PER_TICK; left > 0 && nextDueMs() <= nowMs; left--) {
            end(tickets.oldest(), TicketEnd.DAY_OVER, nowMs);
        }
    }

    // ---- state

    public void save(final StateWriter out) {
        tickets.rows().save(out);
        desks.save(out);
        times.save(out);
        rules.save(out, tickets.end(), tickets.count());
    }

    /** @return false when the present run is not of this room */
    public boolean load(final StateReader in) {
        switch (in.tableId()) {
            case TableIds.TICKETS -> tickets.rows().load(in);
            case TableIds.HALL_DESKS -> desks.load(in);
            case TableIds.SERVICE_TIMES -> times.load(in);
            case TableIds.HALL -> rules.load(in);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** After all rows: finds again what is not in them. */
    public void loaded() {
        tickets.loaded(rules.savedNext(), rules.savedTickets());
    }

    public void check() {
        tickets.check();
    }
}
