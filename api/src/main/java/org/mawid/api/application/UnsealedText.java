package org.mawid.api.application;

import static org.mawid.api.gateway.Draft.HEADER_BYTES;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.mawid.sbe.AskForDocumentsDecoder;
import org.mawid.sbe.RejectLinesDecoder;
import org.mawid.sbe.SendMessageDecoder;

/** A command with a text that is not sealed yet, as it may go on: from the beginning of a buffer. Any thread. */
public enum UnsealedText {
    MESSAGE(SendMessageDecoder.applicationIdEncodingOffset(), SendMessageDecoder.textHashEncodingOffset(), "textHash"),
    /** Why lines are rejected. */
    REJECTION(RejectLinesDecoder.applicationIdEncodingOffset(), RejectLinesDecoder.reasonHashEncodingOffset(), "reasonHash"),
    /** Which documents are wanted, in words. */
    REQUEST(AskForDocumentsDecoder.applicationIdEncodingOffset(), AskForDocumentsDecoder.textHashEncodingOffset(), "textHash");

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int POST = HEADER_BYTES + SendMessageDecoder.postIdEncodingOffset();

    private final int application;
    private final int hash;
    private final String hashName;

    UnsealedText(final int application, final int hash, final String hashName) {
        this.application = HEADER_BYTES + application;
        this.hash = HEADER_BYTES + hash;
        this.hashName = hashName;
    }

    /** How the contract calls the hash. */
    public String hashName() {
        return hashName;
    }

    /** Whether it still names the application that the call does. If not, that is not theirs who call: nothing is sealed for it, and the core answers that there is no such thing. */
    public boolean isFor(final DirectBuffer command, final long applicationId) {
        return command.getLong(application, ORDER) == applicationId;
    }

    /** Likewise whether a MESSAGE still names the post. */
    public static boolean isAt(final DirectBuffer message, final int postId) {
        return (message.getShort(POST, ORDER) & 0xFFFF) == postId;
    }

    /** @param of its text, which is durable */
    public void seal(final MutableDirectBuffer command, final long of) {
        command.putLong(hash, of, ORDER);
    }
}
