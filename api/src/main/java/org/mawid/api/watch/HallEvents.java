package org.mawid.api.watch;

import org.agrona.DirectBuffer;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.grpc.Event;
import org.mawid.grpc.Ticket;
import org.mawid.grpc.TicketChanged;
import org.mawid.grpc.TicketEnded;
import org.mawid.grpc.TicketQueued;
import org.mawid.grpc.TimesMeasured;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.TicketChangedDecoder;
import org.mawid.sbe.TicketEndedDecoder;
import org.mawid.sbe.TicketQueuedDecoder;
import org.mawid.sbe.TimesMeasuredDecoder;

/** Halls: from the events of the log to messages. As {@link EventMapping}. When a ticket was given is said by the event that gives it. */
final class HallEvents {
    private final References references;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    HallEvents(final References references) {
        this.references = references;
    }

    /** @return false for an event of something else */
    boolean put(final Event.Builder event, final int templateId, final DirectBuffer buffer, final int offset) {
        switch (templateId) {
            case TicketQueuedDecoder.TEMPLATE_ID -> {
                final TicketQueuedDecoder from = new TicketQueuedDecoder().wrapAndApplyHeader(buffer, offset, header);
                event.setTicketQueued(TicketQueued.newBuilder().setTicket(ticket(from.ticketId(), from.appointmentId(), from.head().postId(), from.deskId()).setNumber(from.number())
                        .setEpochDay(from.epochDay()).setServiceId(from.serviceId()).setKindValue(from.kindRaw()).setPriorityValue(from.priorityRaw())
                        .setStateValue(from.stateRaw()).setDueMs(from.dueMs()).setSinceMs(from.head().nowMs()).setChangedMs(from.changedMs()).setCounter(from.counter())
                        .setRecalls(from.recalls())));
            }
            case TicketChangedDecoder.TEMPLATE_ID -> {
                final TicketChangedDecoder from = new TicketChangedDecoder().wrapAndApplyHeader(buffer, offset, header);
                event.setTicketChanged(TicketChanged.newBuilder().setTicket(ticket(from.ticketId(), from.appointmentId(), from.head().postId(), from.deskId())
                        .setNumber(from.number()).setEpochDay(from.epochDay()).setServiceId(from.serviceId()).setKindValue(from.kindRaw()).setPriorityValue(from.priorityRaw())
                        .setStateValue(from.stateRaw()).setDueMs(from.dueMs()).setChangedMs(from.changedMs()).setCounter(from.counter()).setRecalls(from.recalls())));
            }
            case TicketEndedDecoder.TEMPLATE_ID -> {
                final TicketEndedDecoder from = new TicketEndedDecoder().wrapAndApplyHeader(buffer, offset, header);
                event.setTicketEnded(TicketEnded.newBuilder().setEndValue(from.endRaw()).setTicket(ticket(from.ticketId(), from.appointmentId(), from.head().postId(), from.deskId())
                        .setNumber(from.number()).setEpochDay(from.epochDay()).setServiceId(from.serviceId()).setKindValue(from.kindRaw()).setPriorityValue(from.priorityRaw())
                        .setStateValue(from.stateRaw()).setDueMs(from.dueMs()).setChangedMs(from.changedMs()).setCounter(from.counter()).setRecalls(from.recalls())));
            }
            case TimesMeasuredDecoder.TEMPLATE_ID -> {
                final TimesMeasuredDecoder from = new TimesMeasuredDecoder().wrapAndApplyHeader(buffer, offset, header);
                event.setTimesMeasured(TimesMeasured.newBuilder().setDeskId(from.deskId()).setEpochDay(from.epochDay()).setServed((int) from.served()).setPaceMs(from.paceMs())
                        .setServiceId(from.serviceId()).setMeasured(from.measured()).setP50Minutes(from.p50Minutes()).setP90Minutes(from.p90Minutes()));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private Ticket.Builder ticket(final long ticketId, final long appointmentId, final int postId, final int deskId) {
        return Ticket.newBuilder().setTicketId(ticketId).setAppointment(references.text(ReferenceKind.APPOINTMENT, appointmentId)).setPostId(postId).setDeskId(deskId);
    }
}
