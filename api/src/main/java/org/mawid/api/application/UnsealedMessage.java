package org.mawid.api.application;

import static org.mawid.api.gateway.Draft.HEADER_BYTES;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.mawid.sbe.SendMessageDecoder;

/** The command of a message whose text is not sealed yet, as it may go on: from the beginning of a buffer. Any thread. */
public final class UnsealedMessage {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int APPLICATION = HEADER_BYTES + SendMessageDecoder.applicationIdEncodingOffset();
    private static final int POST = HEADER_BYTES + SendMessageDecoder.postIdEncodingOffset();
    private static final int HASH = HEADER_BYTES + SendMessageDecoder.textHashEncodingOffset();

    private UnsealedMessage() {
    }

    /** Whether it still names what the call does. If not, that is not theirs who call: nothing is sealed for it, and the core answers that there is no such thing. */
    public static boolean isFor(final DirectBuffer command, final long application, final int postId) {
        return command.getLong(APPLICATION, ORDER) == application && (command.getShort(POST, ORDER) & 0xFFFF) == postId;
    }

    /** @param hash of its text, which is durable */
    public static void seal(final MutableDirectBuffer command, final long hash) {
        command.putLong(HASH, hash, ORDER);
    }
}
