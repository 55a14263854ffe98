package org.mawid.engine.ring;

import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.memory.BlankMemory;

/**
 * The bytes of events between core and projection: one circle of memory, written by the core stage, given back by the
 * projection stage. Events of one position are contiguous: those that begin before the end of the circle may run past it,
 * into spare room, while the next ones begin where they would end on the circle.
 */
final class EventArea {
    private final UnsafeBuffer buffer;
    private final int capacity;
    private long head;
    private long seenTail;
    private volatile long tail;

    /** @param capacity bytes, a power of two of at least four times {@link EventWriter#MAX_BYTES} */
    EventArea(final int capacity) {
        if (!BitUtil.isPowerOfTwo(capacity) || capacity < 4 * EventWriter.MAX_BYTES) {
            throw new IllegalArgumentException("event buffer of " + capacity + " bytes");
        }
        this.capacity = capacity;
        this.buffer = BlankMemory.take(capacity + EventWriter.MAX_BYTES);
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Core stage: whether the events of one more position fit, whatever they are. */
    boolean hasRoom() {
        final long needed = head + EventWriter.MAX_BYTES - capacity;
        if (needed > seenTail) {
            seenTail = tail;
        }
        return needed <= seenTail;
    }

    /** Core stage: where the next position's events begin. */
    int offset() {
        return (int) (head & (capacity - 1));
    }

    /** Core stage: keeps what was written. @return where it ends, to be released later */
    long commit(final int length) {
        head += length;
        return head;
    }

    /** Core stage: end of all that was committed. */
    long head() {
        return head;
    }

    /** Projection stage: everything up to there has been read. */
    void release(final long end) {
        tail = end;
    }
}
