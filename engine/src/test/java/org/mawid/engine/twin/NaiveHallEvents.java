package org.mawid.engine.twin;

import org.mawid.engine.testkit.Command;
import org.mawid.sbe.HallRulesSetEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.TicketChangedEncoder;
import org.mawid.sbe.TicketEnd;
import org.mawid.sbe.TicketEndedEncoder;
import org.mawid.sbe.TicketQueuedEncoder;
import org.mawid.sbe.TimesMeasuredEncoder;

/** The part of {@link NaiveEvents} for what came to halls with core version 6. */
final class NaiveHallEvents {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NaiveEvents events;

    NaiveHallEvents(final NaiveEvents events) {
        this.events = events;
    }

    void ticketQueued(final HallModel.Ticket t) {
        final TicketQueuedEncoder message = new TicketQueuedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), t.desk.post.id);
        events.end(message.ticketId(t.id).appointmentId(appointment(t)).dueMs(t.dueMs).changedMs(t.changedMs).epochDay(t.epochDay).deskId(t.desk.id).number(t.number)
                .serviceId(t.serviceId).quantity((short) t.quantity).kind(t.kind).priority(t.priority).state(t.state).counter((short) t.counter)
                .recalls((short) t.recalls).limit());
    }

    void ticketChanged(final HallModel.Ticket t) {
        final TicketChangedEncoder message = new TicketChangedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), t.desk.post.id);
        events.end(message.ticketId(t.id).appointmentId(appointment(t)).dueMs(t.dueMs).changedMs(t.changedMs).epochDay(t.epochDay).deskId(t.desk.id).number(t.number)
                .serviceId(t.serviceId).quantity((short) t.quantity).kind(t.kind).priority(t.priority).state(t.state).counter((short) t.counter)
                .recalls((short) t.recalls).limit());
    }

    void ticketEnded(final HallModel.Ticket t, final TicketEnd end) {
        final TicketEndedEncoder message = new TicketEndedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), t.desk.post.id);
        events.end(message.ticketId(t.id).appointmentId(appointment(t)).dueMs(t.dueMs).changedMs(t.changedMs).epochDay(t.epochDay).deskId(t.desk.id).number(t.number)
                .serviceId(t.serviceId).quantity((short) t.quantity).kind(t.kind).priority(t.priority).state(t.state).counter((short) t.counter)
                .recalls((short) t.recalls).end(end).limit());
    }

    private static long appointment(final HallModel.Ticket ticket) {
        return ticket.appointment == null ? 0 : ticket.appointment.id;
    }

    /** @param acts of the service, null = of several */
    void timesMeasured(final Model.Pool desk, final HallModel.Pace pace, final int serviceId, final HallModel.Acts acts) {
        final TimesMeasuredEncoder message = new TimesMeasuredEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), desk.post.id);
        message.deskId(desk.id).epochDay(pace.epochDay).served(pace.served).paceMs(pace.paceMs).serviceId(serviceId).measured(0).p50Minutes(0).p90Minutes(0);
        if (acts != null) {
            message.measured(acts.measured).p50Minutes(acts.minutes(0.5)).p90Minutes(acts.minutes(0.9));
        }
        events.end(message.limit());
    }

    void hallRulesSet(final Command.HallRules r) {
        final HallRulesSetEncoder message = new HallRulesSetEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), 0);
        events.end(message.lateAfterMs(r.lateAfterMs()).latePenaltyMs(r.latePenaltyMs()).overflowDelayMs(r.overflowDelayMs()).pickUpDelayMs(r.pickUpDelayMs())
                .priorityAheadMs(r.priorityAheadMs()).callGraceMs(r.callGraceMs()).parkMs(r.parkMs()).keepMs(r.keepMs()).maxTickets(r.maxTickets())
                .recallsMost((short) r.recallsMost()).limit());
    }
}
