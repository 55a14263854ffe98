package org.mawid.engine.core;

import static org.mawid.sbe.Result.MALFORMED;
import static org.mawid.sbe.Result.OK;
import static org.mawid.sbe.Result.OUT_OF_RANGE;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.kernel.Memory;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.Channel;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.QuotaClass;
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

    private static final long FIRST_VERSION = 1L << 8 * MessageHeaderDecoder.versionEncodingOffset();
    private static final long VERSIONLESS = FIRST_VERSION - 1; // the version is the header's last word

    /** For a command in the Java heap; a longer one is none. */
    private static final ThreadLocal<UnsafeBuffer> COPIES = ThreadLocal.withInitial(() -> new UnsafeBuffer(ByteBuffer.allocateDirect(1024)));

    private CommandCheck() {
    }

    /** All three steps. @return OK, MALFORMED or OUT_OF_RANGE */
    public static Result check(final DirectBuffer command, final int offset, final int length) {
        if (!isWithin(command, offset, length)) return MALFORMED;
        if (command.byteArray() == null) return check(command.addressOffset() + offset, length);
        final UnsafeBuffer copy = COPIES.get();
        if (length > copy.capacity()) return MALFORMED;
        copy.putBytes(0, command, offset, length);
        return check(copy.addressOffset(), length);
    }

    private static Result check(final long command, final int length) {
        Result result = frame(command, length);
        if (result == OK) {
            result = request(command);
        }
        return result == OK ? BodyCheck.check(command, length, template(command)) : result;
    }

    /** Whether there are that many bytes at all. */
    static boolean isWithin(final DirectBuffer command, final int offset, final int length) {
        return offset >= 0 && length >= 0 && length <= command.capacity() - offset;
    }

    /** Template of a command whose frame is whole. @param command its address, see {@link Memory}; as for those below */
    static int template(final long command) {
        return unsigned16(command + MessageHeaderDecoder.templateIdEncodingOffset());
    }

    /** The header, as whoever wrote the first version would have it: which version says it changes nothing about what is asked. */
    static long header(final long command) {
        return Memory.getLong(command) & VERSIONLESS | FIRST_VERSION;
    }

    static Result frame(final long command, final int length) {
        if (length < BODY) return MALFORMED;
        if (unsigned16(command + MessageHeaderDecoder.schemaIdEncodingOffset()) != MessageHeaderDecoder.SCHEMA_ID) return MALFORMED;
        final int version = unsigned16(command + MessageHeaderDecoder.versionEncodingOffset());
        if (version < 1 || version > MessageHeaderDecoder.SCHEMA_VERSION) return MALFORMED; // what a command says is told by the length of its block
        final int template = template(command);
        final int known = BodyCheck.blockLength(template);
        final int block = unsigned16(command + MessageHeaderDecoder.blockLengthEncodingOffset());
        if (known == 0 || block != known && !BodyCheck.isOlderLength(template, block) || length < HEADER + block) return MALFORMED;
        return template == TickDecoder.TEMPLATE_ID && length != BODY ? MALFORMED : OK;
    }

    static Result request(final long command) {
        final boolean noId = (signed64(command + ID_HIGH) | signed64(command + ID_LOW)) == 0;
        final boolean isTick = template(command) == TickDecoder.TEMPLATE_ID;
        if (isTick) return noId ? OK : OUT_OF_RANGE;
        if (signed64(command + DEADLINE) < 0) return OUT_OF_RANGE;
        if (noId) return OUT_OF_RANGE;
        if (signed64(command + CREATED) < 0) return OUT_OF_RANGE;
        final long sequence = signed64(command + SEQUENCE);
        if (sequence < 0 || sequence == 0 != (Memory.getInt(command + CLIENT) == 0)) return OUT_OF_RANGE;
        return unsigned8(command + CHANNEL) > Channel.SYSTEM.value() ? MALFORMED : OK;
    }

    /** What is kept for this class may be taken by who asks this way, 0 = for none. */
    static int quotaClass(final long command) {
        return switch (Channel.get((short) unsigned8(command + CHANNEL))) {
            case CALL_CENTRE -> QuotaClass.CALL_CENTRE.value();
            case COUNTER -> QuotaClass.WALK_IN.value();
            case ASSISTED -> QuotaClass.ASSISTED.value();
            default -> QuotaClass.NONE.value();
        };
    }

    // ---- words shared with BodyCheck

    static int unsigned8(final long at) {
        return Memory.getByte(at);
    }

    static int unsigned16(final long at) {
        return Memory.getShort(at);
    }

    static long signed64(final long at) {
        return Memory.getLong(at);
    }

    static boolean isBoolean(final long at) {
        return unsigned8(at) <= BooleanType.YES.value();
    }
}
