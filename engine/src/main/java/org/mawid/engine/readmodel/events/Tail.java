package org.mawid.engine.readmodel.events;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.memory.BlankMemory;

/**
 * The newest events, in a circle of bytes. Places in it are counted from the first byte ever put in: <em>offsets</em> that never go back.
 * Feeding is one copy and no lock. Readers copy what they want and then look whether it was written over meanwhile.
 *
 * <p>A <em>mark</em> says which position begins at which offset, every so many bytes: where readers enter and where blocks of files end.
 * The monitor of this object guards marks, what is shown, and who sleeps; the feeding thread takes it once a batch.
 */
final class Tail {
    private static final VarHandle CLAIMED;

    private final UnsafeBuffer ring;
    private final int capacity;
    private final int markBytes;
    private final Sleepers sleepers = new Sleepers();

    private long end;
    private long lastMark;
    /** Bytes that are there or are being written: what is older by the whole capacity is gone. */
    private long claimed;

    // Guarded by this.
    private final long[] markOffsets;
    private final long[] markPositions;
    private final long[] markMs;
    private long marks;
    private long shownOffset;
    private long shownPosition;
    private long shownMs;

    static {
        try {
            CLAIMED = MethodHandles.lookup().findVarHandle(Tail.class, "claimed", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A place between two positions. @param nowMs log time of the position that begins there, or of the last one if none does yet */
    record Place(long offset, long position, long nowMs) {
    }

    /** @param bytes a power of two @param markBytes how far marks are apart at least */
    Tail(final int bytes, final int markBytes) {
        this.ring = BlankMemory.take(bytes);
        this.capacity = bytes;
        this.markBytes = markBytes;
        final int most = Integer.highestOneBit(bytes / markBytes) * 4;
        markOffsets = new long[most];
        markPositions = new long[most];
        markMs = new long[most];
    }

    // ---- the feeding thread ----

    long end() {
        return end;
    }

    int capacity() {
        return capacity;
    }

    /** Begins anew behind this position: nothing before it can be read any more, and what was shown is up to there. */
    synchronized void startAt(final long position, final long nowMs) {
        end += 2L * capacity; // offsets of before are beyond reach
        CLAIMED.setVolatile(this, end);
        marks = 0;
        mark(position + 1, nowMs);
        shownOffset = end;
        shownPosition = position;
        shownMs = nowMs;
    }

    /** All events of one position, as frames. @return true when a mark was made: what is before it can go to a file */
    boolean append(final long position, final long nowMs, final DirectBuffer events, final int offset, final int length) {
        final boolean marked = end - lastMark >= markBytes;
        if (marked) {
            mark(position, nowMs);
        }
        CLAIMED.setOpaque(this, end + length);
        VarHandle.releaseFence(); // whoever sees a byte of what follows sees that it was claimed
        final int at = (int) end & capacity - 1;
        final int first = Math.min(length, capacity - at);
        ring.putBytes(at, events, offset, first);
        ring.putBytes(0, events, offset + first, length - first);
        end += length;
        for (int frame = offset; frame < offset + length; frame += Frames.bytes(Frames.messageBytes(events, frame))) {
            sleepers.touch(Frames.post(events, frame));
        }
        return marked;
    }

    private synchronized void mark(final long position, final long nowMs) {
        final int index = index(marks++);
        markOffsets[index] = end;
        markPositions[index] = position;
        markMs[index] = nowMs;
        lastMark = end;
    }

    /** Shows everything up to this position, and wakes whom it concerns. */
    void show(final long position, final long nowMs) {
        final List<Follower> woken;
        synchronized (this) {
            if (position == shownPosition && end == shownOffset) {
                return;
            }
            woken = sleepers.takeTouched();
            for (int i = 0; i < woken.size(); i++) {
                woken.get(i).passed(shownOffset, shownPosition); // nothing for it had come until now
            }
            shownOffset = end;
            shownPosition = position;
            shownMs = nowMs;
        }
        for (int i = 0; i < woken.size(); i++) {
            woken.get(i).wake();
        }
    }

    // ---- any thread ----

    /** What followers may see. */
    synchronized Place shown() {
        return new Place(shownOffset, shownPosition, shownMs);
    }

    synchronized long shownPosition() {
        return shownPosition;
    }

    /**
     * Copies bytes that are known to have been written.
     *
     * @return false when they were written over, maybe while they were copied
     */
    boolean read(final long from, final MutableDirectBuffer into, final int at, final int length) {
        if (!reaches(from)) {
            return false;
        }
        final int start = (int) from & capacity - 1;
        final int first = Math.min(length, capacity - start);
        into.putBytes(at, ring, start, first);
        into.putBytes(at + first, ring, 0, length - first);
        VarHandle.acquireFence();
        return reaches(from);
    }

    /** Whether what begins at this offset is still there. */
    boolean reaches(final long offset) {
        return offset >= (long) CLAIMED.getOpaque(this) - capacity;
    }

    /** Where to begin reading for this position: at it or before. @return null when that is not there any more */
    synchronized Place entry(final long position) {
        for (long mark = marks - 1; mark >= firstMark() && reaches(markOffsets[index(mark)]); mark--) {
            if (markPositions[index(mark)] <= position) {
                return place(mark);
            }
        }
        return null;
    }

    /** The oldest place that is there. */
    synchronized Place oldest() {
        long oldest = marks;
        while (oldest > firstMark() && reaches(markOffsets[index(oldest - 1)])) {
            oldest--;
        }
        return oldest == marks ? new Place(shownOffset, shownPosition + 1, shownMs) : place(oldest);
    }

    /** The newest mark. */
    synchronized Place newestMark() {
        return place(marks - 1);
    }

    /** The first mark behind this offset, which must be within reach. @return null when there is none yet */
    synchronized Place markAfter(final long offset) {
        long next = marks;
        while (next > firstMark() && markOffsets[index(next - 1)] > offset) {
            next--;
        }
        return next == marks ? null : place(next);
    }

    private long firstMark() {
        return Math.max(0, marks - markOffsets.length);
    }

    private Place place(final long mark) {
        return new Place(markOffsets[index(mark)], markPositions[index(mark)], markMs[index(mark)]);
    }

    private int index(final long mark) {
        return (int) mark & markOffsets.length - 1;
    }

    // ---- who waits ----

    /** @return false when there is something for it already */
    synchronized boolean sleep(final Follower follower) {
        if (follower.passedPosition() < shownPosition) {
            return false;
        }
        sleepers.add(follower);
        return true;
    }

    synchronized void forget(final Follower follower) {
        sleepers.remove(follower);
    }

    /** Wakes everybody: they are to look whether they are lost. */
    void wakeAll() {
        final List<Follower> woken;
        synchronized (this) {
            woken = sleepers.takeAll();
        }
        woken.forEach(Follower::wake);
    }
}
