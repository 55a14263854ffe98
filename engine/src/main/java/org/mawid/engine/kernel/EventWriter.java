package org.mawid.engine.kernel;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Collects the events of one position: frames of {@code int32 length}, then that many bytes of an SBE message with its
 * header, then zeros up to a multiple of 8. The host gives it a region that is large enough for whatever one command may emit.
 * <p>Thread: the core thread only.
 */
public final class EventWriter {
    /** Most bytes that the events of one position take; bounds {@code expiredPerTick} and the groups of the schema. */
    public static final int MAX_BYTES = 64 * 1024;
    /** Bytes before each message. */
    public static final int FRAME_BYTES = 4;

    private MutableDirectBuffer buffer = new UnsafeBuffer(new byte[MAX_BYTES]);
    private int start;
    private int end;
    private int count;

    /** Where the next position's events go: {@code MAX_BYTES} must be free from {@code offset} on. */
    public void wrap(final MutableDirectBuffer buffer, final int offset) {
        this.buffer = buffer;
        this.start = offset;
        this.end = offset;
        this.count = 0;
    }

    /** Forgets what was written; the next position writes over it. */
    public void reset() {
        end = start;
        count = 0;
    }

    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Where the next message (its header) begins. Write it there, then {@link #commit}. */
    public int messageOffset() {
        return end + FRAME_BYTES;
    }

    /** Ends the message begun at {@link #messageOffset()}. @param length header included */
    public void commit(final int length) {
        final int next = end + ((FRAME_BYTES + length + 7) & ~7);
        Invariant.that(next - start <= MAX_BYTES, "events of one position fit", next - start, MAX_BYTES);
        buffer.putInt(end, length);
        for (int at = end + FRAME_BYTES + length; at < next; at++) {
            buffer.putByte(at, (byte) 0);
        }
        end = next;
        count++;
    }

    /** Events so far: the ordinal of the next one. */
    public int count() {
        return count;
    }

    public int offset() {
        return start;
    }

    public int length() {
        return end - start;
    }
}
