package org.mawid.engine.kernel;

import org.agrona.MutableDirectBuffer;
import org.mawid.sbe.EventHeadEncoder;
import org.mawid.sbe.GroupSizeEncodingEncoder;
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
        message = writer.messageOffset();
        final long at = writer.address(message);
        final long head = at + MessageHeaderEncoder.ENCODED_LENGTH;
        Memory.putLong(at, SCHEMA | (long) templateId << 16 | blockLength);
        Memory.putLong(head + EventHeadEncoder.positionEncodingOffset(), position);
        Memory.putLong(head + EventHeadEncoder.nowMsEncodingOffset(), nowMs);
        Memory.putLong(head + EventHeadEncoder.ordinalEncodingOffset(), writer.count() & 0xFFFFL | (long) postId << 16);
        return message + MessageHeaderEncoder.ENCODED_LENGTH;
    }

    /** As {@link #begin}, for those who write by address. @return the address of the message's block, see {@link Memory} */
    public long beginAt(final int templateId, final int blockLength, final int postId) {
        return writer.address(begin(templateId, blockLength, postId));
    }

    /** Writes the dimensions of a group. @return the address of its first entry */
    public static long group(final long at, final int entryBytes, final int count) {
        Memory.putInt(at, entryBytes | count << 16);
        return at + GroupSizeEncodingEncoder.ENCODED_LENGTH;
    }

    /** @param limit where the message ends */
    public void end(final int limit) {
        writer.commit(limit - message);
    }

    /** @param limit the address at which the message ends */
    public void endAt(final long limit) {
        writer.commit((int) (limit - writer.address(message)));
    }
}
