package org.mawid.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;

/**
 * Commands as SBE, framed one after the other in one array that is used again: nothing is made for a command that is admitted. Write a
 * message with its encoder at {@link #messageOffset()}, then {@link #commit}. References are in their long form. One thread.
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
    private final List<String> capabilities = new ArrayList<>();
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

    /**
     * Takes the message that was written. One whose request id is 0 in both halves gets one, and of what else its request does not say
     * ({@code createdMs}, actor, on whose behalf, channel) what the client would say: 0 must be written there, as the array is used again.
     *
     * @param length of the message, header included
     * @throws IllegalStateException when there are {@link Batch#MAX_COMMANDS} already
     */
    public void commit(final int length) {
        if (count == Batch.MAX_COMMANDS) {
            throw new IllegalStateException("a batch takes " + Batch.MAX_COMMANDS + " commands");
        }
        PackedRequest.complete(buffer, end + FRAME_BYTES, length, client);
        final int next = next(end, length);
        buffer.putInt(end, length, ByteOrder.LITTLE_ENDIAN);
        buffer.setMemory(end + FRAME_BYTES + length, next - end - FRAME_BYTES - length, (byte) 0);
        end = next;
        count++;
    }

    /** Brings the capability of an application along, for those of the commands that are about it. */
    public void bring(final String capability) {
        capabilities.add(capability);
    }

    public int size() {
        return count;
    }

    /**
     * Sends all, and again those that were not admitted or not answered in time, as {@link Batch#send} does. Afterwards the batch is empty.
     *
     * @param replies filled with one answer each, in order; PENDING where it is not known what became of it
     * @throws MawidException as of {@link Batch#send}
     */
    public void send(final PackedReplies replies) {
        final long dueNanos = client.dueNanos();
        final Attempts attempts = new Attempts(client, dueNanos);
        try {
            replies.wrap(client.sendPacked(packed(), capabilities, attempts), count);
            new Again(dueNanos, replies).repeat(attempts.mayBeDone());
        } catch (final MawidException noAnswer) {
            throw noAnswer.of(requests());
        }
        clear();
    }

    /** As {@link Batch#requests}: made for the asking. */
    public List<Request> requests() {
        final List<Request> requests = new ArrayList<>(count);
        int at = 0;
        while (at < end) {
            final int length = buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
            requests.add(PackedRequest.of(buffer, at + FRAME_BYTES, length));
            at = next(at, length);
        }
        return requests;
    }

    /** The frames so far, without a copy: valid until the batch is changed. For whoever calls the service directly. */
    public ByteString packed() {
        return UnsafeByteOperations.unsafeWrap(ByteBuffer.wrap(buffer.byteArray(), 0, end));
    }

    public void clear() {
        capabilities.clear();
        end = 0;
        count = 0;
    }

    private void ensureRoom() {
        if (buffer.capacity() - end < FRAME_BYTES + MAX_COMMAND_BYTES + Long.BYTES) {
            buffer.wrap(Arrays.copyOf(buffer.byteArray(), 2 * buffer.capacity()));
        }
    }

    private static int next(final int frame, final int length) {
        return frame + (FRAME_BYTES + length + 7 & ~7);
    }

    private final class Again extends Repeats {
        private final PackedReplies replies;

        Again(final long dueNanos, final PackedReplies replies) {
            super(client, dueNanos);
            this.replies = replies;
        }

        @Override
        int size() {
            return replies.size();
        }

        @Override
        Result result(final int index) {
            return Result.forNumber(replies.resultNumber(index));
        }

        @Override
        long retryMs(final int index) {
            return replies.retryMs(index);
        }

        @Override
        void sendAgain(final int[] indexes, final Attempts attempts) {
            final PackedReplies answers = new PackedReplies();
            answers.wrap(client.sendPacked(frames(indexes), capabilities, attempts), indexes.length);
            for (int k = 0; k < indexes.length; k++) {
                replies.set(indexes[k], answers, k);
            }
        }

        @Override
        void setPending(final int index) {
            replies.setPending(index);
        }

        /** Copied: those between them stay behind. */
        private ByteString frames(final int[] indexes) {
            final ByteString.Output again = ByteString.newOutput(Math.min(end, indexes.length * (MAX_COMMAND_BYTES / 4)));
            int frame = 0;
            int at = 0;
            for (int k = 0; k < indexes.length; frame++) {
                final int next = next(at, buffer.getInt(at, ByteOrder.LITTLE_ENDIAN));
                if (frame == indexes[k]) {
                    again.write(buffer.byteArray(), at, next - at);
                    k++;
                }
                at = next;
            }
            return again.toByteString();
        }
    }
}
