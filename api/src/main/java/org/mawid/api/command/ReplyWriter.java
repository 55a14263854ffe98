package org.mawid.api.command;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import java.util.Arrays;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.grpc.CommandBatchReply;

/**
 * The replies of a batch as protobuf has them on the wire, one after the other into one array: no message, builder or text is made
 * for any. Fields must come in the order of their numbers; those that are 0 are left out, as protobuf does.
 */
final class ReplyWriter {
    private static final int LENGTH_DELIMITED = WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int REPLY_TAG = CommandBatchReply.REPLIES_FIELD_NUMBER << 3 | LENGTH_DELIMITED;
    private static final int PACKED_TAG = CommandBatchReply.PACKED_FIELD_NUMBER << 3 | LENGTH_DELIMITED;
    /** What most replies fit into, and no reply is longer than but for its texts. */
    private static final int USUAL_BYTES = 64;
    private static final int TEXT_BYTES = References.MOST_TEXT_BYTES + 2;

    private byte[] bytes;
    private int at;
    private int begun;

    ReplyWriter(final int replies) {
        bytes = new byte[(replies + 1) * USUAL_BYTES];
    }

    /** Of the frames of packed outcomes. */
    static ByteString packed(final byte[] frames) {
        if (frames.length == 0) {
            return ByteString.EMPTY;
        }
        final ReplyWriter head = new ReplyWriter(0);
        head.bytes[head.at++] = PACKED_TAG;
        head.varint(frames.length);
        return head.message().concat(UnsafeByteOperations.unsafeWrap(frames));
    }

    /** @param texts how many it will have at most */
    void begin(final int texts) {
        final int most = USUAL_BYTES + texts * TEXT_BYTES;
        if (bytes.length - at < most) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length + most);
        }
        bytes[at] = REPLY_TAG;
        at += 2; // one for the length
        begun = at;
    }

    void number(final int field, final long value) {
        if (value != 0) {
            bytes[at++] = (byte) (field << 3 | WireFormat.WIRETYPE_VARINT);
            varint(value);
        }
    }

    void reference(final int field, final ReferenceKind kind, final long longForm) {
        if (longForm != 0) {
            bytes[at++] = (byte) (field << 3 | LENGTH_DELIMITED);
            final int length = References.putText(kind, longForm, bytes, at + 1);
            bytes[at] = (byte) length;
            at += 1 + length;
        }
    }

    void end() {
        final int length = at - begun;
        if (length < 0x80) {
            bytes[begun - 1] = (byte) length;
            return;
        }
        System.arraycopy(bytes, begun, bytes, begun + 1, length); // many stamps: the length takes two
        at = begun - 1;
        varint(length);
        at += length;
    }

    /** All that was written, which is not copied: nothing may follow. */
    ByteString message() {
        return UnsafeByteOperations.unsafeWrap(bytes, 0, at);
    }

    private void varint(final long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
    }
}
