package org.mawid.engine.testkit;

import static org.mawid.engine.testkit.CommandWriter.request;

import org.agrona.MutableDirectBuffer;
import org.mawid.sbe.CallNextEncoder;
import org.mawid.sbe.EndTicketEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.ParkEncoder;
import org.mawid.sbe.RecallEncoder;
import org.mawid.sbe.SetHallRulesEncoder;
import org.mawid.sbe.TakeTicketEncoder;
import org.mawid.sbe.TransferTicketEncoder;
import org.mawid.sbe.UnparkEncoder;

/** The bytes of a {@link Command.Hall}. */
final class HallCommandWriter {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    /** @return where the message ends */
    int write(final Command.Hall command, final MutableDirectBuffer to, final int offset) {
        if (command instanceof Command.CallNext c) {
            final CallNextEncoder message = new CallNextEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            final CallNextEncoder.DesksEncoder group = message.counter((short) c.counter()).desksCount(c.desks().size());
            c.desks().forEach(desk -> group.next().deskId(desk));
            return message.limit();
        }
        if (command instanceof Command.Recall c) {
            final RecallEncoder message = new RecallEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.ticketId(c.ticketId()).limit();
        }
        if (command instanceof Command.Park c) {
            final ParkEncoder message = new ParkEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.ticketId(c.ticketId()).limit();
        }
        if (command instanceof Command.Unpark c) {
            final UnparkEncoder message = new UnparkEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.ticketId(c.ticketId()).limit();
        }
        if (command instanceof Command.TransferTicket c) {
            final TransferTicketEncoder message = new TransferTicketEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.ticketId(c.ticketId()).deskId(c.deskId()).limit();
        }
        if (command instanceof Command.TakeTicket c) {
            final TakeTicketEncoder message = new TakeTicketEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.epochDay(c.epochDay()).postId(c.postId()).deskId(c.deskId()).serviceId(c.serviceId()).priority(c.priority()).limit();
        }
        if (command instanceof Command.EndTicket c) {
            final EndTicketEncoder message = new EndTicketEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.ticketId(c.ticketId()).end(c.end()).limit();
        }
        final Command.SetHallRules c = (Command.SetHallRules) command;
        final SetHallRulesEncoder message = new SetHallRulesEncoder().wrapAndApplyHeader(to, offset, header);
        request(c.request(), message.request());
        final Command.HallRules r = c.rules();
        return message.lateAfterMs(r.lateAfterMs()).latePenaltyMs(r.latePenaltyMs()).overflowDelayMs(r.overflowDelayMs()).pickUpDelayMs(r.pickUpDelayMs())
                .priorityAheadMs(r.priorityAheadMs()).callGraceMs(r.callGraceMs()).parkMs(r.parkMs()).keepMs(r.keepMs()).maxTickets(r.maxTickets())
                .recallsMost((short) r.recallsMost()).limit();
    }
}
