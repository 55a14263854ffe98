package org.mawid.engine.core;

import static org.mawid.sbe.Result.MALFORMED;
import static org.mawid.sbe.Result.OK;
import static org.mawid.sbe.Result.OUT_OF_RANGE;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.Channel;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.RequestDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.TickDecoder;

/**
 * Shape and static ranges of every command: what can be said without looking at any state. Used by the edge, so that nothing
 * malformed is logged, and by the core again, which is safe against anything. Any thread; allocates nothing; never throws.
 * <p>Three steps: the frame (a known command of this schema), the part that all commands share, and the body. The first fault wins,
 * in the order of the schema.
 */
public final class CommandCheck {
    static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    static final int DEADLINE = HEADER + RequestDecoder.deadlineMsEncodingOffset();
    static final int ID_HIGH = HEADER + RequestDecoder.idHighEncodingOffset();
    static final int ID_LOW = HEADER + RequestDecoder.idLowEncodingOffset();
    static final int CREATED = HEADER + RequestDecoder.createdMsEncodingOffset();
    static final int SEQUENCE = HEADER + RequestDecoder.sequenceEncodingOffset();
    static final int CLIENT = HEADER + RequestDecoder.clientIdEncodingOffset();
    static final int CHANNEL = HEADER + RequestDecoder.channelEncodingOffset();
    static final int BODY = HEADER + RequestDecoder.ENCODED_LENGTH;

    private CommandCheck() {
    }

    /** All three steps. @return OK, MALFORMED or OUT_OF_RANGE */
    public static Result check(final DirectBuffer command, final int offset, final int length) {
        Result result = frame(command, offset, length);
        if (result == OK) {
            result = request(command, offset);
        }
        return result == OK ? body(command, offset, length) : result;
    }

    /** Template of a command whose frame is whole. */
    static int template(final DirectBuffer command, final int offset) {
        return unsigned16(command, offset + MessageHeaderDecoder.templateIdEncodingOffset());
    }

    static Result frame(final DirectBuffer command, final int offset, final int length) {
        if (offset < 0 || length < BODY || length > command.capacity() - offset) return MALFORMED;
        if (unsigned16(command, offset + MessageHeaderDecoder.schemaIdEncodingOffset()) != MessageHeaderDecoder.SCHEMA_ID) return MALFORMED;
        if (unsigned16(command, offset + MessageHeaderDecoder.versionEncodingOffset()) != MessageHeaderDecoder.SCHEMA_VERSION) return MALFORMED;
        final int template = template(command, offset);
        final int block = BodyCheck.blockLength(template);
        if (block == 0 || block != unsigned16(command, offset + MessageHeaderDecoder.blockLengthEncodingOffset()) || length < HEADER + block) return MALFORMED;
        return template == TickDecoder.TEMPLATE_ID && length != BODY ? MALFORMED : OK;
    }

    static Result request(final DirectBuffer command, final int offset) {
        final boolean noId = (signed64(command, offset + ID_HIGH) | signed64(command, offset + ID_LOW)) == 0;
        final boolean isTick = template(command, offset) == TickDecoder.TEMPLATE_ID;
        if (isTick) return noId ? OK : OUT_OF_RANGE;
        if (signed64(command, offset + DEADLINE) < 0) return OUT_OF_RANGE;
        if (noId) return OUT_OF_RANGE;
        if (signed64(command, offset + CREATED) < 0) return OUT_OF_RANGE;
        final long sequence = signed64(command, offset + SEQUENCE);
        if (sequence < 0 || sequence == 0 != (command.getInt(offset + CLIENT, ByteOrder.LITTLE_ENDIAN) == 0)) return OUT_OF_RANGE;
        return unsigned8(command, offset + CHANNEL) > Channel.SYSTEM.value() ? MALFORMED : OK;
    }

    static Result body(final DirectBuffer command, final int offset, final int length) {
        return BodyCheck.check(command, offset, length, template(command, offset));
    }

    // ---- words shared with BodyCheck

    static int unsigned8(final DirectBuffer buffer, final int at) {
        return buffer.getByte(at) & 0xFF;
    }

    static int unsigned16(final DirectBuffer buffer, final int at) {
        return buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    static long signed64(final DirectBuffer buffer, final int at) {
        return buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
    }

    static boolean isBoolean(final DirectBuffer buffer, final int at) {
        return unsigned8(buffer, at) <= BooleanType.YES.value();
    }
}
