package org.mawid.engine.core;

import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.catalogue.Pools;
import org.mawid.engine.hall.Hall;
import org.mawid.engine.hall.Tickets;
import org.mawid.sbe.DeskPaceRecordEncoder;
import org.mawid.sbe.HallRulesSetEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.Priority;
import org.mawid.sbe.ServiceTimeRecordEncoder;
import org.mawid.sbe.TicketKind;
import org.mawid.sbe.TicketRecordEncoder;
import org.mawid.sbe.TicketState;

/** Tells tickets and how long acts take in public words. Reads only. */
final class HallDump {
    private static final int MEDIAN = 50;
    private static final int MOST = 90;

    private final Hall hall;
    private final Pools pools;
    private final UnsafeBuffer buffer;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final TicketRecordEncoder record = new TicketRecordEncoder();
    private final DeskPaceRecordEncoder deskPace = new DeskPaceRecordEncoder();
    private final ServiceTimeRecordEncoder serviceTime = new ServiceTimeRecordEncoder();
    private final HallRulesSetEncoder hallRulesSet = new HallRulesSetEncoder();

    HallDump(final Rooms rooms, final UnsafeBuffer buffer) {
        this.hall = rooms.hall;
        this.pools = rooms.catalogue.pools();
        this.buffer = buffer;
    }

    void rules(final RecordConsumer records, final long position, final long nowMs) {
        if (hall.rules().wereSet()) {
            hallRulesSet.wrapAndApplyHeader(buffer, 0, header).head().position(position).nowMs(nowMs).ordinal(0).postId(0).reserved(0);
            hall.rules().tell(hallRulesSet);
            records.onRecord(HallRulesSetEncoder.TEMPLATE_ID, buffer, 0, hallRulesSet.limit());
        }
    }

    void ticket(final long id, final RecordConsumer records) {
        final Tickets tickets = hall.tickets();
        record.wrapAndApplyHeader(buffer, 0, header).ticketId(id).appointmentId(tickets.appointment(id)).dueMs(tickets.dueMs(id)).changedMs(tickets.changedMs(id))
                .epochDay(tickets.epochDay(id)).deskId(tickets.desk(id)).number(tickets.number(id)).serviceId(tickets.service(id))
                .quantity((short) tickets.quantity(id)).kind(TicketKind.get((short) tickets.kind(id))).priority(Priority.get((short) tickets.priority(id)))
                .state(TicketState.get((short) tickets.state(id))).counter((short) tickets.counter(id)).recalls((short) tickets.recalls(id))
                .postId(pools.post(tickets.desk(id))).sinceMs(tickets.sinceMs(id));
        records.onRecord(TicketRecordEncoder.TEMPLATE_ID, buffer, 0, record.limit());
    }

    void pace(final int deskId, final RecordConsumer records) {
        if (hall.desks().has(deskId) && hall.desks().served(deskId) != 0) {
            deskPace.wrapAndApplyHeader(buffer, 0, header).deskId(deskId).postId(pools.post(deskId)).epochDay(hall.desks().epochDay(deskId))
                    .served(hall.desks().served(deskId)).paceMs(hall.desks().paceMs(deskId));
            records.onRecord(DeskPaceRecordEncoder.TEMPLATE_ID, buffer, 0, deskPace.limit());
        }
    }

    void serviceTime(final int serviceId, final RecordConsumer records) {
        if (hall.times().has(serviceId)) {
            serviceTime.wrapAndApplyHeader(buffer, 0, header).serviceId(serviceId).measured(hall.times().measured(serviceId))
                    .p50Minutes(hall.times().minutes(serviceId, MEDIAN)).p90Minutes(hall.times().minutes(serviceId, MOST));
            records.onRecord(ServiceTimeRecordEncoder.TEMPLATE_ID, buffer, 0, serviceTime.limit());
        }
    }
}
