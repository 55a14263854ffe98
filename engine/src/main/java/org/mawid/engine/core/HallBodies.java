package org.mawid.engine.core;

import static org.mawid.engine.core.CommandCheck.signed64;
import static org.mawid.engine.core.CommandCheck.unsigned16;
import static org.mawid.engine.core.CommandCheck.unsigned8;
import static org.mawid.sbe.Result.MALFORMED;
import static org.mawid.sbe.Result.OK;
import static org.mawid.sbe.Result.OUT_OF_RANGE;

import org.mawid.sbe.CallNextDecoder;
import org.mawid.sbe.EndTicketDecoder;
import org.mawid.sbe.Priority;
import org.mawid.sbe.RecallDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.SetHallRulesDecoder;
import org.mawid.sbe.TakeTicketDecoder;
import org.mawid.sbe.TicketEnd;
import org.mawid.sbe.TransferTicketDecoder;

/** The bodies of what is done in a hall, as {@link BodyCheck}: field by field in the order of the schema. */
final class HallBodies {
    private static final int MOST_DESKS = 8;
    private static final int MOST_POST = 4_095;
    private static final int MOST_POOL = 65_000;
    private static final int MOST_SERVICE = 128;

    private HallBodies() {
    }

    /** Length of the fixed block of one of these commands. */
    static int blockLength(final int template) {
        return switch (template) {
            case CallNextDecoder.TEMPLATE_ID -> CallNextDecoder.BLOCK_LENGTH;
            case TransferTicketDecoder.TEMPLATE_ID -> TransferTicketDecoder.BLOCK_LENGTH;
            case TakeTicketDecoder.TEMPLATE_ID -> TakeTicketDecoder.BLOCK_LENGTH;
            case EndTicketDecoder.TEMPLATE_ID -> EndTicketDecoder.BLOCK_LENGTH;
            case SetHallRulesDecoder.TEMPLATE_ID -> SetHallRulesDecoder.BLOCK_LENGTH;
            default -> RecallDecoder.BLOCK_LENGTH; // Park and Unpark are alike
        };
    }

    static Result fields(final long block, final long entries, final int count, final int template) {
        return switch (template) {
            case CallNextDecoder.TEMPLATE_ID -> callNext(block, entries, count);
            case TransferTicketDecoder.TEMPLATE_ID ->
                    ticket(block) == OK ? within(unsigned16(block + TransferTicketDecoder.deskIdEncodingOffset()), 1, MOST_POOL) : OUT_OF_RANGE;
            case TakeTicketDecoder.TEMPLATE_ID -> takeTicket(block);
            case EndTicketDecoder.TEMPLATE_ID -> ticket(block) == OK
                    ? within(unsigned8(block + EndTicketDecoder.endEncodingOffset()), TicketEnd.SERVED.value(), TicketEnd.LEFT.value()) : OUT_OF_RANGE;
            case SetHallRulesDecoder.TEMPLATE_ID -> OK; // judged by state
            default -> ticket(block);
        };
    }

    /** Which comes first in all that are about one. */
    private static Result ticket(final long block) {
        return signed64(block + RecallDecoder.ticketIdEncodingOffset()) < 0 ? OUT_OF_RANGE : OK;
    }

    private static Result callNext(final long block, final long entries, final int count) {
        if (unsigned8(block + CallNextDecoder.counterEncodingOffset()) == 0) return OUT_OF_RANGE;
        if (within(count, 1, MOST_DESKS) != OK) return OUT_OF_RANGE;
        for (int i = 0; i < count; i++) {
            final int desk = unsigned16(entries + i * Short.BYTES);
            if (within(desk, 1, MOST_POOL) != OK) return OUT_OF_RANGE;
            for (int j = 0; j < i; j++) {
                if (unsigned16(entries + j * Short.BYTES) == desk) return OUT_OF_RANGE;
            }
        }
        return OK;
    }

    private static Result takeTicket(final long block) {
        if (within(unsigned16(block + TakeTicketDecoder.postIdEncodingOffset()), 1, MOST_POST) != OK) return OUT_OF_RANGE;
        if (within(unsigned16(block + TakeTicketDecoder.deskIdEncodingOffset()), 0, MOST_POOL) != OK) return OUT_OF_RANGE;
        if (within(unsigned16(block + TakeTicketDecoder.serviceIdEncodingOffset()), 1, MOST_SERVICE) != OK) return OUT_OF_RANGE;
        return unsigned8(block + TakeTicketDecoder.priorityEncodingOffset()) > Priority.EMERGENCY.value() ? MALFORMED : OK;
    }

    private static Result within(final int value, final int least, final int most) {
        return value < least || value > most ? OUT_OF_RANGE : OK;
    }
}
