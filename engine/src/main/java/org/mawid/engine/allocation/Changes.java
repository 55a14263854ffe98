package org.mawid.engine.allocation;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.ChangeRowDecoder;
import org.mawid.sbe.ChangeState;

/**
 * Staged changes by number. Applying one only turns its state: each of its days is merged when it is next touched, so the row stays
 * until none is left.
 */
public final class Changes {
    static final int OPEN = ChangeState.OPEN.value();
    static final int APPLIED = ChangeState.APPLIED.value();
    static final int ABANDONED = ChangeState.ABANDONED.value();
    private static final int STAGED = ChangeRowDecoder.stagedEncodingOffset();
    private static final int REPLACING = ChangeRowDecoder.replacingEncodingOffset();
    private static final int POST = ChangeRowDecoder.postIdEncodingOffset();
    private static final int STATE = ChangeRowDecoder.stateEncodingOffset();

    private final NumberedRows rows;
    private long next = 1;
    private long open;

    Changes(final CoreMemory memory) {
        rows = new NumberedRows(memory, TableIds.CHANGES, ChangeRowDecoder.BLOCK_LENGTH, STATE);
    }

    long begin(final int postId) {
        final long change = next++;
        rows.add(change);
        Memory.putShort(rows.at(change) + POST, postId);
        Memory.putByte(rows.at(change) + STATE, OPEN);
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

    NumberedRows rows() {
        return rows;
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
