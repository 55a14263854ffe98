package org.mawid.engine.hall;

import org.mawid.engine.catalogue.Pools;
import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.Memory;
import org.mawid.sbe.TicketChangedEncoder;
import org.mawid.sbe.TicketEnd;
import org.mawid.sbe.TicketEndedEncoder;
import org.mawid.sbe.TicketQueuedEncoder;
import org.mawid.sbe.TimesMeasuredEncoder;

/** Tells what becomes of tickets, each at its post, and what is learnt of how long acts take. All events of a ticket begin alike. */
final class TicketEvents {
    private static final int MEDIAN = 50;
    private static final int MOST = 90;

    private final Emitter events;
    private final Pools pools;
    private final Tickets tickets;

    TicketEvents(final Emitter events, final Pools pools, final Tickets tickets) {
        this.events = events;
        this.pools = pools;
        this.tickets = tickets;
    }

    void queued(final long ticket) {
        events.endAt(begin(TicketQueuedEncoder.TEMPLATE_ID, TicketQueuedEncoder.BLOCK_LENGTH, ticket) + TicketQueuedEncoder.BLOCK_LENGTH);
    }

    void changed(final long ticket) {
        events.endAt(begin(TicketChangedEncoder.TEMPLATE_ID, TicketChangedEncoder.BLOCK_LENGTH, ticket) + TicketChangedEncoder.BLOCK_LENGTH);
    }

    /** While it is still there. */
    void ended(final long ticket, final TicketEnd how) {
        final long block = begin(TicketEndedEncoder.TEMPLATE_ID, TicketEndedEncoder.BLOCK_LENGTH, ticket);
        Memory.putByte(block + TicketEndedEncoder.endEncodingOffset(), how.value());
        events.endAt(block + TicketEndedEncoder.BLOCK_LENGTH);
    }

    private long begin(final int templateId, final int blockLength, final long ticket) {
        final long block = events.beginAt(templateId, blockLength, pools.post(tickets.desk(ticket)));
        Memory.putLong(block + TicketQueuedEncoder.ticketIdEncodingOffset(), ticket);
        Memory.putLong(block + TicketQueuedEncoder.appointmentIdEncodingOffset(), tickets.appointment(ticket));
        Memory.putLong(block + TicketQueuedEncoder.dueMsEncodingOffset(), tickets.dueMs(ticket));
        Memory.putLong(block + TicketQueuedEncoder.changedMsEncodingOffset(), tickets.changedMs(ticket));
        Memory.putInt(block + TicketQueuedEncoder.epochDayEncodingOffset(), tickets.epochDay(ticket));
        Memory.putShort(block + TicketQueuedEncoder.deskIdEncodingOffset(), tickets.desk(ticket));
        Memory.putShort(block + TicketQueuedEncoder.numberEncodingOffset(), tickets.number(ticket));
        Memory.putShort(block + TicketQueuedEncoder.serviceIdEncodingOffset(), tickets.service(ticket));
        Memory.putByte(block + TicketQueuedEncoder.quantityEncodingOffset(), tickets.quantity(ticket));
        Memory.putByte(block + TicketQueuedEncoder.kindEncodingOffset(), tickets.kind(ticket));
        Memory.putByte(block + TicketQueuedEncoder.priorityEncodingOffset(), tickets.priority(ticket));
        Memory.putByte(block + TicketQueuedEncoder.stateEncodingOffset(), tickets.state(ticket));
        Memory.putByte(block + TicketQueuedEncoder.counterEncodingOffset(), tickets.counter(ticket));
        Memory.putByte(block + TicketQueuedEncoder.recallsEncodingOffset(), tickets.recalls(ticket));
        return block;
    }

    /** @param service 0 = several */
    void measured(final int desk, final int service, final HallDesks desks, final ServiceTimes times) {
        final long block = events.beginAt(TimesMeasuredEncoder.TEMPLATE_ID, TimesMeasuredEncoder.BLOCK_LENGTH, pools.post(desk));
        Memory.putShort(block + TimesMeasuredEncoder.deskIdEncodingOffset(), desk);
        Memory.putInt(block + TimesMeasuredEncoder.epochDayEncodingOffset(), desks.epochDay(desk));
        Memory.putInt(block + TimesMeasuredEncoder.servedEncodingOffset(), (int) desks.served(desk));
        Memory.putInt(block + TimesMeasuredEncoder.paceMsEncodingOffset(), (int) desks.paceMs(desk));
        Memory.putShort(block + TimesMeasuredEncoder.serviceIdEncodingOffset(), service);
        Memory.putInt(block + TimesMeasuredEncoder.measuredEncodingOffset(), service == 0 ? 0 : (int) times.measured(service));
        Memory.putShort(block + TimesMeasuredEncoder.p50MinutesEncodingOffset(), service == 0 ? 0 : times.minutes(service, MEDIAN));
        Memory.putShort(block + TimesMeasuredEncoder.p90MinutesEncodingOffset(), service == 0 ? 0 : times.minutes(service, MOST));
        events.endAt(block + TimesMeasuredEncoder.BLOCK_LENGTH);
    }
}
