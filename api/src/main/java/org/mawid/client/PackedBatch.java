package org.mawid.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Commands as SBE, framed one after the other in one array that is used again: nothing is made for a command. Write a message
 * with its encoder at {@link #messageOffset()}, then {@link #commit}. References are in their long form. One thread.
 * <pre>
 * hold.wrapAndApplyHeader(batch.buffer(), batch.messageOffset(), header);
 * batch.commit(MessageHeaderEncoder.ENCODED_LENGTH + hold.encodedLength());
 * </pre>
 */
public final class PackedBatch {
    /** Most bytes of one command, header included. */
    public static final int MAX_COMMAND_BYTES = 1_024;

    private static final int FRAME_BYTES = Integer.BYTES;

    private final MawidClient client;
    private final UnsafeBuffer buffer;
    private int end;
    private int count;

    PackedBatch(final MawidClient client, final int bytes) {
        this.client = client;
        this.buffer = new UnsafeBuffer(new byte[Math.max(bytes, 2 * MAX_COMMAND_BYTES)]);
    }

    /** Ask for it again for every command: it may have grown. */
    public MutableDirectBuffer buffer() {
        ensureRoom();
        return buffer;
    }

    /** Where the next message's header begins; {@link #MAX_COMMAND_BYTES} are free there. */
    public int messageOffset() {
        ensureRoom();
        return end + FRAME_BYTES;
    }

    /** @param length of the message that was written, header included */
    public void commit(final int length) {
        if (count == Batch.MAX_COMMANDS) {
            throw new IllegalStateException("a batch takes " + Batch.MAX_COMMANDS + " commands");
        }
        final int next = end + (FRAME_BYTES + length + 7 & ~7);
        buffer.putInt(end, length, ByteOrder.LITTLE_ENDIAN);
        buffer.setMemory(end + FRAME_BYTES + length, next - end - FRAME_BYTES - length, (byte) 0);
        end = next;
        count++;
    }

    public int size() {
        return count;
    }

    /**
     * Sends all and forgets them. A whole batch that got no answer is repeated; single commands that were not admitted are not.
     *
     * @param replies filled with one answer each, in order
     * @throws MawidException when there was no answer
     */
    public void send(final PackedReplies replies) {
        replies.wrap(client.sendPacked(packed()), count);
        clear();
    }

    /** The frames so far, without a copy: valid until the batch is changed. For whoever calls the service directly. */
    public ByteString packed() {
        return UnsafeByteOperations.unsafeWrap(ByteBuffer.wrap(buffer.byteArray(), 0, end));
    }

    public void clear() {
        end = 0;
        count = 0;
    }

    private void ensureRoom() {
        if (buffer.capacity() - end < FRAME_BYTES + MAX_COMMAND_BYTES + Long.BYTES) {
            buffer.wrap(Arrays.copyOf(buffer.byteArray(), 2 * buffer.capacity()));
        }
    }
}
