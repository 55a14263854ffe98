package org.mawid.engine.allocation;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.ChangeRowDecoder;
import org.mawid.sbe.ChangeState;
import org.mawid.sbe.ChangeTimeRowDecoder;

/**
 * Staged changes by number. Applying one only turns its state: each of its days is merged when it is next touched, so the row stays
 * until none is left. When it was begun is kept while it is open.
 */
public final class Changes {
    static final int OPEN = ChangeState.OPEN.value();
    static final int APPLIED = ChangeState.APPLIED.value();
    static final int ABANDONED = ChangeState.ABANDONED.value();
    private static final int STAGED = ChangeRowDecoder.stagedEncodingOffset();
    private static final int REPLACING = ChangeRowDecoder.replacingEncodingOffset();
    private static final int POST = ChangeRowDecoder.postIdEncodingOffset();
    private static final int STATE = ChangeRowDecoder.stateEncodingOffset();

    private static final int BEGUN_POSITION = ChangeTimeRowDecoder.begunPositionEncodingOffset();
    private static final int BEGUN_MS = ChangeTimeRowDecoder.begunMsEncodingOffset();
    private static final int KNOWN = ChangeTimeRowDecoder.knownEncodingOffset();

    private final NumberedRows rows;
    private final NumberedRows times;
    private long next = 1;
    private long open;

    Changes(final CoreMemory memory) {
        rows = new NumberedRows(memory, TableIds.CHANGES, ChangeRowDecoder.BLOCK_LENGTH, STATE);
        times = new NumberedRows(memory, TableIds.CHANGE_TIMES, ChangeTimeRowDecoder.BLOCK_LENGTH, KNOWN);
    }

    long begin(final int postId, final long position, final long nowMs) {
        final long change = next++;
        rows.add(change);
        Memory.putShort(rows.at(change) + POST, postId);
        Memory.putByte(rows.at(change) + STATE, OPEN);
        final long time = times.add(change);
        Memory.putLong(time + BEGUN_POSITION, position);
        Memory.putLong(time + BEGUN_MS, nowMs);
        Memory.putByte(time + KNOWN, 1);
        open++;
        return change;
    }

    public boolean isOpen(final long change) {
        return rows.has(change) && state(change) == OPEN;
    }

    /** Value of {@link ChangeState}. */
    int state(final long change) {
        return Memory.getByte(rows.at(change) + STATE);
    }

    public int post(final long change) {
        return Memory.getShort(rows.at(change) + POST);
    }

    /** Log position of an open change's beginning; 0 = from a snapshot that did not keep it. */
    public long begunPosition(final long change) {
        return times.has(change) ? Memory.getLong(times.at(change) + BEGUN_POSITION) : 0;
    }

    /** Log time of an open change's beginning, ms since 1970-01-01 UTC; 0 as {@link #begunPosition}. */
    public long begunMs(final long change) {
        return times.has(change) ? Memory.getLong(times.at(change) + BEGUN_MS) : 0;
    }

    /** Days of the change that wait. */
    int staged(final long change) {
        return Memory.getInt(rows.at(change) + STAGED);
    }

    /** How many of them replace a live one. */
    int replacing(final long change) {
        return Memory.getInt(rows.at(change) + REPLACING);
    }

    void stage(final long change, final boolean replaces) {
        final long at = rows.at(change);
        Memory.putInt(at + STAGED, staged(change) + 1);
        Memory.putInt(at + REPLACING, replacing(change) + (replaces ? 1 : 0));
    }

    /** The change is over, one way or the other. */
    void close(final long change, final int state) {
        Memory.putByte(rows.at(change) + STATE, state);
        open--;
        if (times.has(change)) {
            times.remove(change);
        }
        forgetIfDone(change);
    }

    /** One of its days has been merged or dropped. */
    void settled(final long change) {
        Memory.putInt(rows.at(change) + STAGED, staged(change) - 1);
        forgetIfDone(change);
    }

    public long openCount() {
        return open;
    }

    void save(final StateWriter out) {
        rows.save(out);
        times.save(out);
    }

    /** @return false when the present run is of neither table */
    boolean load(final StateReader in) {
        switch (in.tableId()) {
            case TableIds.CHANGES -> rows.load(in);
            case TableIds.CHANGE_TIMES -> times.load(in);
            default -> {
                return false;
            }
        }
        return true;
    }

    void check() {
        rows.check();
        times.check();
        long number = times.next(1, next, Integer.MAX_VALUE);
        while (number < next) {
            Invariant.that(isOpen(number), "when a change was begun is kept while it is open", number);
            number = times.next(number + 1, next, Integer.MAX_VALUE);
        }
    }

    /** See {@link NumberedRows#next}. */
    public long next(final long from, final int max) {
        return rows.next(from, next, max);
    }

    public long end() {
        return next;
    }

    void loaded(final long nextChange, final long openChanges) {
        next = nextChange;
        open = openChanges;
    }

    private void forgetIfDone(final long change) {
        if (state(change) != OPEN && staged(change) == 0) {
            rows.remove(change);
        }
    }
}
