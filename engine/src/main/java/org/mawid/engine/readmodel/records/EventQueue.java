package org.mawid.engine.readmodel.records;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.mawid.engine.memory.BlankMemory;

/**
 * Events on their way from the projection thread to the keeper. Bounded, and never waited for: what finds no room is lost, and from
 * then on everything, until the keeper begins again.
 */
final class EventQueue {
    private static final int EVENT = 1;
    private static final int SMALLEST = 1 << 20;
    private static final int LARGEST = 1 << 24;
    private static final int BYTES_PER_POSITION = 8;

    private final OneToOneRingBuffer ring;
    private final int highBytes;
    private volatile boolean losing = true;
    private volatile boolean sleeping;
    private volatile long fedPosition;
    private volatile Thread keeper;

    /** @param lagMax positions; the more of them may be waiting, the more room, 1 to 16 MiB */
    EventQueue(final long lagMax) {
        final int bytes = BitUtil.findNextPositivePowerOfTwo((int) Math.max(SMALLEST, Math.min(LARGEST, lagMax * BYTES_PER_POSITION)));
        ring = ringOver(BlankMemory.take(bytes + RingBufferDescriptor.TRAILER_LENGTH));
        highBytes = bytes / 2;
    }

    /** @param memory whatever is in it: only the first header and the trailer must be zeros, as each message clears the header behind it */
    static OneToOneRingBuffer ringOver(final UnsafeBuffer memory) {
        memory.putLong(0, 0);
        memory.setMemory(memory.capacity() - RingBufferDescriptor.TRAILER_LENGTH, RingBufferDescriptor.TRAILER_LENGTH, (byte) 0);
        return new OneToOneRingBuffer(memory);
    }

    // ---- projection thread

    void offer(final DirectBuffer message, final int offset, final int length) {
        if (!losing && !ring.write(EVENT, message, offset, length)) {
            losing = true;
        }
    }

    /** All events up to here have been offered. */
    void fed(final long position) {
        fedPosition = position;
        VarHandle.fullFence(); // either the keeper sees what was offered, or it is seen sleeping
        if (sleeping) {
            sleeping = false;
            LockSupport.unpark(keeper);
        }
    }

    // ---- keeper's thread

    /** From now on nothing is lost. Before anything is asked of the core, or what was lost would be missing for ever. */
    void begin() {
        ring.read((type, buffer, offset, length) -> { }, Integer.MAX_VALUE);
        losing = false;
    }

    int read(final MessageHandler events, final int limit) {
        return ring.read(events, limit);
    }

    /** Where the newest event is, for {@link #isReadUpTo}. */
    long end() {
        return ring.producerPosition();
    }

    boolean isReadUpTo(final long end) {
        return ring.consumerPosition() - end >= 0;
    }

    /** Sleeps until something is fed, or for that long. */
    void sleep(final long seenPosition, final long nanos) {
        keeper = Thread.currentThread();
        sleeping = true;
        VarHandle.fullFence();
        if (fedPosition == seenPosition) {
            LockSupport.parkNanos(nanos);
        }
        sleeping = false;
    }

    // ---- any thread

    /** Something was not offered since {@link #begin}, or it never began. */
    boolean isLosing() {
        return losing;
    }

    void lose() {
        losing = true;
    }

    long fedPosition() {
        return fedPosition;
    }

    boolean isHigh() {
        return ring.size() > highBytes;
    }

    void wake() {
        LockSupport.unpark(keeper);
    }
}
