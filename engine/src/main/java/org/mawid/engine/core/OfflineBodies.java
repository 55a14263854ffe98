package org.mawid.engine.core;

import static org.mawid.engine.core.CommandCheck.isBoolean;
import static org.mawid.engine.core.CommandCheck.signed64;
import static org.mawid.engine.core.CommandCheck.unsigned16;
import static org.mawid.engine.core.CommandCheck.unsigned8;
import static org.mawid.sbe.Result.MALFORMED;
import static org.mawid.sbe.Result.OK;
import static org.mawid.sbe.Result.OUT_OF_RANGE;

import org.mawid.engine.kernel.Memory;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.RecordConsumptionDecoder;
import org.mawid.sbe.RecordVisitDecoder;
import org.mawid.sbe.RecordWalkInDecoder;
import org.mawid.sbe.Result;

/** The bodies of what a post tells of the time when its link was down, as {@link BodyCheck}: field by field in the order of the schema. */
final class OfflineBodies {
    private static final int MOST_POST = 4_095;
    private static final int MOST_LINE = 15;
    private static final long DAY_MS = 86_400_000L;

    private OfflineBodies() {
    }

    /** Length of the fixed block of one of these commands. */
    static int blockLength(final int template) {
        return switch (template) {
            case RecordVisitDecoder.TEMPLATE_ID -> RecordVisitDecoder.BLOCK_LENGTH;
            case RecordWalkInDecoder.TEMPLATE_ID -> RecordWalkInDecoder.BLOCK_LENGTH;
            default -> RecordConsumptionDecoder.BLOCK_LENGTH;
        };
    }

    /** Length of the entries of its group, 0 = it has none. */
    static int entryLength(final int template) {
        return template == RecordWalkInDecoder.TEMPLATE_ID ? RecordWalkInDecoder.LinesDecoder.sbeBlockLength() : 0;
    }

    static Result fields(final long block, final long entries, final int count, final int template) {
        return switch (template) {
            case RecordVisitDecoder.TEMPLATE_ID -> visit(block);
            case RecordWalkInDecoder.TEMPLATE_ID -> walkIn(block, entries, count);
            default -> consumption(block);
        };
    }

    private static Result visit(final long block) {
        if (signed64(block + RecordVisitDecoder.appointmentIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        if (signed64(block + RecordVisitDecoder.atMsEncodingOffset()) < 0) return OUT_OF_RANGE;
        final int state = unsigned8(block + RecordVisitDecoder.stateEncodingOffset());
        if (state == AppointmentState.SERVED.value()) return OK;
        if (state != AppointmentState.CHECKED_IN.value() && state != AppointmentState.NO_SHOW.value()) return OUT_OF_RANGE;
        return unsigned16(block + RecordVisitDecoder.fulfilledEncodingOffset()) == 0 ? OK : OUT_OF_RANGE;
    }

    private static Result walkIn(final long block, final long entries, final int count) {
        final long application = signed64(block + RecordWalkInDecoder.applicationIdEncodingOffset());
        if (application < 0) return OUT_OF_RANGE;
        if (signed64(block + RecordWalkInDecoder.atMsEncodingOffset()) < 0) return OUT_OF_RANGE;
        if (!isPost(block + RecordWalkInDecoder.postIdEncodingOffset())) return OUT_OF_RANGE;
        if (!isBoolean(block + RecordWalkInDecoder.issueStampsEncodingOffset())) return MALFORMED;
        return application != 0 != (count == 0) ? OUT_OF_RANGE : BodyCheck.lines(entries, count);
    }

    /** The date is one that it can have been somewhere on earth. */
    private static Result consumption(final long block) {
        if (signed64(block + RecordConsumptionDecoder.stampIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        if (signed64(block + RecordConsumptionDecoder.applicationIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        final long atMs = signed64(block + RecordConsumptionDecoder.atMsEncodingOffset());
        if (atMs < 0) return OUT_OF_RANGE;
        final long epochDay = Memory.getInt(block + RecordConsumptionDecoder.epochDayEncodingOffset());
        if (Math.abs(epochDay - Math.floorDiv(atMs, DAY_MS)) > 1) return OUT_OF_RANGE;
        if (!isPost(block + RecordConsumptionDecoder.postIdEncodingOffset())) return OUT_OF_RANGE;
        if (unsigned8(block + RecordConsumptionDecoder.lineEncodingOffset()) > MOST_LINE) return OUT_OF_RANGE;
        return signed64(block + RecordConsumptionDecoder.secretEncodingOffset()) != 0 ? MALFORMED : OK;
    }

    private static boolean isPost(final long at) {
        return unsigned16(at) >= 1 && unsigned16(at) <= MOST_POST;
    }
}
