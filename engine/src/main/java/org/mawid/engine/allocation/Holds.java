package org.mawid.engine.allocation;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.DeadlineHeap;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.HoldRowDecoder;

/** Live holds by number, and which of them ends first. */
public final class Holds implements DeadlineHeap.Owner {
    private static final int APPLICATION = HoldRowDecoder.applicationIdEncodingOffset();
    private static final int DEADLINE_MS = HoldRowDecoder.deadlineMsEncodingOffset();
    private static final int START_MS = HoldRowDecoder.startMsEncodingOffset();
    private static final int FIRST_LEG = HoldRowDecoder.firstLegEncodingOffset();
    private static final int DEADLINE_SLOT = HoldRowDecoder.deadlineSlotEncodingOffset();
    private static final int LINES = HoldRowDecoder.linesEncodingOffset();
    private static final int POST = HoldRowDecoder.postIdEncodingOffset();
    private static final int LEG_COUNT = HoldRowDecoder.legCountEncodingOffset();

    private final NumberedRows rows;
    private final DeadlineHeap deadlines;
    private long next = 1;
    private long count;

    Holds(final CoreMemory memory) {
        rows = new NumberedRows(memory, TableIds.HOLDS, HoldRowDecoder.BLOCK_LENGTH, LEG_COUNT);
        deadlines = new DeadlineHeap(memory, TableIds.DEADLINES, this);
    }

    long open(final long application, final int lines, final int postId, final long startMs, final long deadlineMs, final int firstLeg, final int legCount) {
        final long hold = next++;
        final long at = rows.add(hold);
        Memory.putLong(at + APPLICATION, application);
        Memory.putLong(at + DEADLINE_MS, deadlineMs);
        Memory.putLong(at + START_MS, startMs);
        Memory.putInt(at + FIRST_LEG, firstLeg);
        Memory.putShort(at + LINES, lines);
        Memory.putShort(at + POST, postId);
        Memory.putByte(at + LEG_COUNT, legCount);
        deadlines.add(deadlineMs, hold);
        count++;
        return hold;
    }

    /** The hold is over; its legs live on or have gone. */
    void close(final long hold) {
        deadlines.remove(Memory.getInt(rows.at(hold) + DEADLINE_SLOT));
        rows.remove(hold);
        count--;
    }

    /** True when the number was once given out. */
    public boolean wasGiven(final long hold) {
        return hold > 0 && hold < next;
    }

    /** True while it lives; its deadline may have passed without a Tick yet. */
    public boolean has(final long hold) {
        return rows.has(hold);
    }

    public long application(final long hold) {
        return Memory.getLong(rows.at(hold) + APPLICATION);
    }

    public long deadlineMs(final long hold) {
        return Memory.getLong(rows.at(hold) + DEADLINE_MS);
    }

    /** Start of the earliest leg. */
    public long startMs(final long hold) {
        return Memory.getLong(rows.at(hold) + START_MS);
    }

    public int firstLeg(final long hold) {
        return Memory.getInt(rows.at(hold) + FIRST_LEG);
    }

    public int legCount(final long hold) {
        return Memory.getByte(rows.at(hold) + LEG_COUNT);
    }

    public int lines(final long hold) {
        return Memory.getShort(rows.at(hold) + LINES);
    }

    public int post(final long hold) {
        return Memory.getShort(rows.at(hold) + POST);
    }

    /** Deadline of the hold that ends first, {@code Long.MAX_VALUE} = there is none. */
    public long nextDueMs() {
        return deadlines.firstDeadline();
    }

    /** Whose it is. */
    public long nextDue() {
        return deadlines.firstNumber();
    }

    public long count() {
        return count;
    }

    /** See {@link NumberedRows#next}. */
    public long next(final long from, final int max) {
        return rows.next(from, next, max);
    }

    public long end() {
        return next;
    }

    NumberedRows rows() {
        return rows;
    }

    DeadlineHeap deadlines() {
        return deadlines;
    }

    void loaded(final long nextHold, final long holds) {
        next = nextHold;
        count = holds;
    }

    @Override
    public void placed(final long hold, final int place) {
        Memory.putInt(rows.at(hold) + DEADLINE_SLOT, place);
    }

    @Override
    public int placeOf(final long hold) {
        return rows.has(hold) ? Memory.getInt(rows.at(hold) + DEADLINE_SLOT) : 0;
    }
}
