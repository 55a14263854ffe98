package org.mawid.engine.kernel;

import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.mawid.sbe.EventHeadEncoder;
import org.mawid.sbe.MessageHeaderEncoder;

/** Begins events: the message's header and the head that all events share. The rooms write the rest with the generated encoders. */
public final class Emitter {
    private static final long SCHEMA = (long) MessageHeaderEncoder.SCHEMA_ID << 32 | (long) MessageHeaderEncoder.SCHEMA_VERSION << 48;

    private EventWriter writer;
    private long position;
    private long nowMs;
    private int message;

    /** What follows happens at this position. */
    public void at(final EventWriter writer, final long position, final long nowMs) {
        this.writer = writer;
        this.position = position;
        this.nowMs = nowMs;
    }

    public MutableDirectBuffer buffer() {
        return writer.buffer();
    }

    /** @param postId the post concerned, 0 = the network @return where the message's block begins; its first field, the head, is written */
    public int begin(final int templateId, final int blockLength, final int postId) {
        final MutableDirectBuffer buffer = writer.buffer();
        message = writer.messageOffset();
        final int block = message + MessageHeaderEncoder.ENCODED_LENGTH;
        buffer.putLong(message, SCHEMA | (long) templateId << 16 | blockLength, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(block + EventHeadEncoder.positionEncodingOffset(), position, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(block + EventHeadEncoder.nowMsEncodingOffset(), nowMs, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(block + EventHeadEncoder.ordinalEncodingOffset(), writer.count() & 0xFFFFL | (long) postId << 16, ByteOrder.LITTLE_ENDIAN);
        return block;
    }

    /** @param limit where the message ends */
    public void end(final int limit) {
        writer.commit(limit - message);
    }
}
