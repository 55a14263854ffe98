package org.mawid.api.hall;

import org.mawid.api.gateway.Draft;
import org.mawid.api.rpc.Requests;
import org.mawid.grpc.CallNext;
import org.mawid.grpc.EndTicket;
import org.mawid.grpc.Park;
import org.mawid.grpc.Recall;
import org.mawid.grpc.SetHallRules;
import org.mawid.grpc.TakeTicket;
import org.mawid.grpc.TransferTicket;
import org.mawid.grpc.Unpark;
import org.mawid.sbe.CallNextEncoder;
import org.mawid.sbe.EndTicketEncoder;
import org.mawid.sbe.ParkEncoder;
import org.mawid.sbe.Priority;
import org.mawid.sbe.RecallEncoder;
import org.mawid.sbe.SetHallRulesEncoder;
import org.mawid.sbe.TakeTicketEncoder;
import org.mawid.sbe.TicketEnd;
import org.mawid.sbe.TransferTicketEncoder;
import org.mawid.sbe.UnparkEncoder;

/** From messages to the commands of the log. Each method gives what {@link Draft#end} gives. One thread at a time. */
public final class HallMapping {
    private static final int MOST_DESKS = 8;

    private final CallNextEncoder callNext = new CallNextEncoder();
    private final RecallEncoder recall = new RecallEncoder();
    private final ParkEncoder park = new ParkEncoder();
    private final UnparkEncoder unpark = new UnparkEncoder();
    private final TransferTicketEncoder transferTicket = new TransferTicketEncoder();
    private final TakeTicketEncoder takeTicket = new TakeTicketEncoder();
    private final EndTicketEncoder endTicket = new EndTicketEncoder();
    private final SetHallRulesEncoder setHallRules = new SetHallRulesEncoder();

    public int callNext(final Draft draft, final CallNext message) {
        callNext.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), callNext.request());
        final int count = draft.count(message.getDesksCount(), MOST_DESKS);
        final CallNextEncoder.DesksEncoder desks = callNext.counter(draft.uint8(message.getCounter())).desksCount(count);
        for (int i = 0; i < count; i++) {
            desks.next().deskId(draft.uint16(message.getDesks(i)));
        }
        return draft.end(callNext.encodedLength());
    }

    public int recall(final Draft draft, final Recall message) {
        recall.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), recall.request());
        recall.ticketId(message.getTicketId());
        return draft.end(recall.encodedLength());
    }

    public int park(final Draft draft, final Park message) {
        park.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), park.request());
        park.ticketId(message.getTicketId());
        return draft.end(park.encodedLength());
    }

    public int unpark(final Draft draft, final Unpark message) {
        unpark.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), unpark.request());
        unpark.ticketId(message.getTicketId());
        return draft.end(unpark.encodedLength());
    }

    public int transferTicket(final Draft draft, final TransferTicket message) {
        transferTicket.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), transferTicket.request());
        transferTicket.ticketId(message.getTicketId()).deskId(draft.uint16(message.getDeskId()));
        return draft.end(transferTicket.encodedLength());
    }

    public int takeTicket(final Draft draft, final TakeTicket message) {
        takeTicket.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), takeTicket.request());
        takeTicket.epochDay(message.getEpochDay())
                .postId(draft.uint16(message.getPostId()))
                .deskId(draft.uint16(message.getDeskId()))
                .serviceId(draft.uint16(message.getServiceId()))
                .priority(Priority.get(draft.enumeration(message.getPriorityValue(), Priority.EMERGENCY.value())));
        return draft.end(takeTicket.encodedLength());
    }

    public int endTicket(final Draft draft, final EndTicket message) {
        endTicket.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), endTicket.request());
        endTicket.ticketId(message.getTicketId()).end(TicketEnd.get(draft.enumeration(message.getEndValue(), TicketEnd.DAY_OVER.value())));
        return draft.end(endTicket.encodedLength());
    }

    public int setHallRules(final Draft draft, final SetHallRules message) {
        setHallRules.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), setHallRules.request());
        setHallRules.lateAfterMs(message.getLateAfterMs())
                .latePenaltyMs(message.getLatePenaltyMs())
                .overflowDelayMs(message.getOverflowDelayMs())
                .pickUpDelayMs(message.getPickUpDelayMs())
                .priorityAheadMs(message.getPriorityAheadMs())
                .callGraceMs(message.getCallGraceMs())
                .parkMs(message.getParkMs())
                .keepMs(message.getKeepMs())
                .maxTickets(draft.uint32(message.getMaxTickets()))
                .recallsMost(draft.uint8(message.getRecallsMost()));
        return draft.end(setHallRules.encodedLength());
    }
}
