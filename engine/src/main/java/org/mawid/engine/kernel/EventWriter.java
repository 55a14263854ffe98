package org.mawid.engine.kernel;

import java.nio.ByteBuffer;
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

    private MutableDirectBuffer buffer;
    private long address;
    private int start;
    private int end;
    private int count;

    /** With a region of its own. */
    public EventWriter() {
        this(new UnsafeBuffer(ByteBuffer.allocateDirect(MAX_BYTES)), 0);
    }

    /** As {@link #wrap}. */
    public EventWriter(final MutableDirectBuffer buffer, final int offset) {
        wrap(buffer, offset);
    }

    /**
     * Where the next position's events go.
     *
     * @param buffer outside the Java heap, because events are written by address; {@code MAX_BYTES} must be there from {@code offset} on
     */
    public void wrap(final MutableDirectBuffer buffer, final int offset) {
        Invariant.that(buffer.byteArray() == null, "events are written outside the Java heap", offset);
        buffer.boundsCheck(offset, MAX_BYTES);
        this.buffer = buffer;
        this.address = buffer.addressOffset();
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

    /** Address of what is at this offset of the buffer, see {@link Memory}. */
    long address(final int offset) {
        return address + offset;
    }

    /** Where the next message (its header) begins. Write it there, then {@link #commit}. */
    public int messageOffset() {
        return end + FRAME_BYTES;
    }

    /** Ends the message begun at {@link #messageOffset()}. @param length header included */
    public void commit(final int length) {
        final int next = end + ((FRAME_BYTES + length + 7) & ~7);
        Invariant.that(next - start <= MAX_BYTES, "events of one position fit", next - start, MAX_BYTES);
        Memory.putInt(address + end, length);
        for (int at = end + FRAME_BYTES + length; at < next; at++) {
            Memory.putByte(address + at, 0);
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
