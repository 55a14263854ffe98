package org.mawid.engine.readmodel.events;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.sbe.EventHeadDecoder;
import org.mawid.sbe.MessageHeaderDecoder;

/** How events lie one behind the other, in memory and in files: the frames of {@link EventWriter}, each on a multiple of 8. */
final class Frames {
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    /** Where the message begins, with its header. */
    static final int MESSAGE = EventWriter.FRAME_BYTES;
    /** Enough of a frame to know everything below. */
    static final int HEAD_BYTES = MESSAGE + MessageHeaderDecoder.ENCODED_LENGTH + EventHeadDecoder.ENCODED_LENGTH;

    private static final int HEAD = MESSAGE + MessageHeaderDecoder.ENCODED_LENGTH;

    private Frames() {
    }

    static int messageBytes(final DirectBuffer buffer, final int frame) {
        return buffer.getInt(frame, ORDER);
    }

    /** @param messageBytes header included @return of the whole frame */
    static int bytes(final int messageBytes) {
        return MESSAGE + messageBytes + 7 & ~7;
    }

    static int template(final DirectBuffer buffer, final int frame) {
        return buffer.getShort(frame + MESSAGE + MessageHeaderDecoder.templateIdEncodingOffset(), ORDER) & 0xFFFF;
    }

    static long position(final DirectBuffer buffer, final int frame) {
        return buffer.getLong(frame + HEAD + EventHeadDecoder.positionEncodingOffset(), ORDER);
    }

    static int ordinal(final DirectBuffer buffer, final int frame) {
        return buffer.getShort(frame + HEAD + EventHeadDecoder.ordinalEncodingOffset(), ORDER) & 0xFFFF;
    }

    static int post(final DirectBuffer buffer, final int frame) {
        return buffer.getShort(frame + HEAD + EventHeadDecoder.postIdEncodingOffset(), ORDER) & 0xFFFF;
    }
}
