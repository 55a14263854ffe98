package org.mawid.engine.twin;

import org.agrona.MutableDirectBuffer;
import org.mawid.sbe.DeskPaceRecordEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.ServiceTimeRecordEncoder;
import org.mawid.sbe.TicketRecordEncoder;

/** The part of {@link NaiveRecords} for what came to halls with core version 6. */
final class NaiveHallRecords {
    private final Model model;
    private final MutableDirectBuffer buffer;
    private final Runnable tell;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    /** @param tell that the next record is in the buffer */
    NaiveHallRecords(final Model model, final MutableDirectBuffer buffer, final Runnable tell) {
        this.model = model;
        this.buffer = buffer;
        this.tell = tell;
    }

    void all() {
        model.hall.tickets.values().forEach(this::ticket);
        model.hall.paces.forEach((deskId, pace) -> {
            new DeskPaceRecordEncoder().wrapAndApplyHeader(buffer, 0, header).deskId(deskId).postId(model.pools.get(deskId).post.id).epochDay(pace.epochDay)
                    .served(pace.served).paceMs(pace.paceMs);
            tell.run();
        });
        model.hall.acts.forEach((serviceId, acts) -> {
            new ServiceTimeRecordEncoder().wrapAndApplyHeader(buffer, 0, header).serviceId(serviceId).measured(acts.measured).p50Minutes(acts.minutes(0.5))
                    .p90Minutes(acts.minutes(0.9));
            tell.run();
        });
    }

    private void ticket(final HallModel.Ticket t) {
        new TicketRecordEncoder().wrapAndApplyHeader(buffer, 0, header).ticketId(t.id).appointmentId(t.appointment == null ? 0 : t.appointment.id).dueMs(t.dueMs)
                .changedMs(t.changedMs).epochDay(t.epochDay).deskId(t.desk.id).number(t.number).serviceId(t.serviceId).quantity((short) t.quantity).kind(t.kind)
                .priority(t.priority).state(t.state).counter((short) t.counter).recalls((short) t.recalls).postId(t.desk.post.id).sinceMs(t.sinceMs);
        tell.run();
    }
}
