package org.mawid.api.gateway;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.mawid.engine.Engine;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.readmodel.HallView;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.TicketQueuedDecoder;

/** By which the hall knows who has walked in: the numbers of that answer have no place for it. */
public final class WalkInTicket {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int TEMPLATE = EventWriter.FRAME_BYTES + MessageHeaderDecoder.templateIdEncodingOffset();
    private static final int TICKET = EventWriter.FRAME_BYTES + MessageHeaderDecoder.ENCODED_LENGTH + TicketQueuedDecoder.ticketIdEncodingOffset();

    private WalkInTicket() {
    }

    /**
     * From the events of the command; of an answer that is given again, which has none, from the hall as it is now. On the core's thread, like
     * {@link org.mawid.engine.Reply#onOutcome}, whose arguments these are.
     *
     * @param template of the command, null = not known
     * @return 0 = it was no walk-in, or was refused, or its ticket has ended since
     */
    public static long of(final Engine engine, final CommandTemplate template, final Outcome outcome, final DirectBuffer events, final int offset, final int length) {
        if (template == null || !template.walksIn() || outcome.result() != Result.OK && outcome.result() != Result.OVERFLOW) {
            return 0;
        }
        for (int at = offset; at < offset + length; at += EventWriter.FRAME_BYTES + events.getInt(at, ORDER) + 7 & ~7) {
            if (events.getShort(at + TEMPLATE, ORDER) == TicketQueuedDecoder.TEMPLATE_ID) {
                return events.getLong(at + TICKET, ORDER);
            }
        }
        final HallView.Ticket ticket = engine.readModel().hall().ofAppointment(outcome.number1());
        return ticket == null ? 0 : ticket.ticketId();
    }
}
