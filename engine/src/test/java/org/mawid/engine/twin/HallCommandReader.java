package org.mawid.engine.twin;

import static org.mawid.engine.twin.CommandReader.inRange;
import static org.mawid.engine.twin.CommandReader.known;
import static org.mawid.engine.twin.CommandReader.number;
import static org.mawid.sbe.Result.OUT_OF_RANGE;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.CallNextDecoder;
import org.mawid.sbe.EndTicketDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.ParkDecoder;
import org.mawid.sbe.Priority;
import org.mawid.sbe.RecallDecoder;
import org.mawid.sbe.SetHallRulesDecoder;
import org.mawid.sbe.TakeTicketDecoder;
import org.mawid.sbe.TicketEnd;
import org.mawid.sbe.TransferTicketDecoder;
import org.mawid.sbe.UnparkDecoder;

/** The part of {@link CommandReader} for what is done in a hall. */
final class HallCommandReader {
    private static final Set<TicketEnd> SAID = EnumSet.of(TicketEnd.SERVED, TicketEnd.NO_SHOW, TicketEnd.LEFT);

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    Command read(final int template, final Command.Request request, final DirectBuffer buffer, final int offset) {
        return switch (template) {
            case CallNextDecoder.TEMPLATE_ID -> callNext(request, new CallNextDecoder().wrapAndApplyHeader(buffer, offset, header));
            case RecallDecoder.TEMPLATE_ID -> new Command.Recall(request, number(new RecallDecoder().wrapAndApplyHeader(buffer, offset, header).ticketId()));
            case ParkDecoder.TEMPLATE_ID -> new Command.Park(request, number(new ParkDecoder().wrapAndApplyHeader(buffer, offset, header).ticketId()));
            case UnparkDecoder.TEMPLATE_ID -> new Command.Unpark(request, number(new UnparkDecoder().wrapAndApplyHeader(buffer, offset, header).ticketId()));
            case TransferTicketDecoder.TEMPLATE_ID -> {
                final TransferTicketDecoder from = new TransferTicketDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield new Command.TransferTicket(request, number(from.ticketId()), inRange(from.deskId(), 1, 65_000));
            }
            case TakeTicketDecoder.TEMPLATE_ID -> {
                final TakeTicketDecoder from = new TakeTicketDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield new Command.TakeTicket(request, from.epochDay(), inRange(from.postId(), 1, 4_095), inRange(from.deskId(), 0, 65_000),
                        inRange(from.serviceId(), 1, 128), known(from.priority(), Priority.SBE_UNKNOWN, Priority.NULL_VAL));
            }
            case EndTicketDecoder.TEMPLATE_ID -> {
                final EndTicketDecoder from = new EndTicketDecoder().wrapAndApplyHeader(buffer, offset, header);
                final long ticket = number(from.ticketId());
                Refusal.when(!SAID.contains(from.end()), OUT_OF_RANGE);
                yield new Command.EndTicket(request, ticket, from.end());
            }
            default -> {
                final SetHallRulesDecoder from = new SetHallRulesDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield new Command.SetHallRules(request, new Command.HallRules(from.lateAfterMs(), from.latePenaltyMs(), from.overflowDelayMs(), from.pickUpDelayMs(),
                        from.priorityAheadMs(), from.callGraceMs(), from.parkMs(), from.keepMs(), from.maxTickets(), from.recallsMost()));
            }
        };
    }

    private static Command callNext(final Command.Request request, final CallNextDecoder message) {
        final int counter = inRange(message.counter(), 1, 255);
        final List<Integer> desks = new ArrayList<>();
        final CallNextDecoder.DesksDecoder group = message.desks();
        inRange(group.count(), 1, 8);
        for (final CallNextDecoder.DesksDecoder one : group) {
            Refusal.when(desks.contains(one.deskId()), OUT_OF_RANGE);
            desks.add(inRange(one.deskId(), 1, 65_000));
        }
        return new Command.CallNext(request, counter, desks);
    }
}
