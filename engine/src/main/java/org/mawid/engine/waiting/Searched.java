package org.mawid.engine.waiting;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.SearchedRowDecoder;

/**
 * By number of the waiter: for whom there was no room on any date, and what had come by then, as {@link QueueViews} counts it; or whom a look could not ask.
 * Who has no row has to be searched for on all dates. Empty before core version 7.
 */
public final class Searched {
    private static final int SEES = SearchedRowDecoder.seesEncodingOffset();
    private static final int USED = SearchedRowDecoder.usedEncodingOffset();
    private static final int SEARCHED = 1;
    private static final int PASSED_OVER = 2;

    private final NumberedRows rows;

    Searched(final CoreMemory memory) {
        rows = new NumberedRows(memory, TableIds.SEARCHED, SearchedRowDecoder.BLOCK_LENGTH, USED);
    }

    /** What the look or the search saw in which there was no room for it on any date, 0 = it has to be searched for on all. See {@link QueueViews#isNew}. */
    public int sees(final long waiter) {
        return sees(waiter, SEARCHED);
    }

    /** What the look sees that could not ask it, 0 = none, or it was searched for later. */
    public int passedOver(final long waiter) {
        return sees(waiter, PASSED_OVER);
    }

    private int sees(final long waiter, final int as) {
        final long at = rows.has(waiter) ? rows.at(waiter) : 0;
        return at != 0 && Memory.getByte(at + USED) == as ? Memory.getInt(at + SEES) : 0;
    }

    /** There is no room for it on any date. @param sees of what had come, 0 = that was not counted yet */
    public void all(final long waiter, final int sees) {
        if (sees != 0) {
            note(waiter, sees, SEARCHED);
        }
    }

    /** A look cannot ask it about what came: when that is through, it is searched for on all dates, and not before. @param sees of what had come */
    public void passOver(final long waiter, final int sees) {
        note(waiter, sees, PASSED_OVER);
    }

    private void note(final long waiter, final int sees, final int as) {
        final long at = rows.has(waiter) ? rows.at(waiter) : rows.add(waiter);
        Memory.putInt(at + SEES, sees);
        Memory.putByte(at + USED, as);
    }

    /** It has to be searched for on all dates. */
    public void forget(final long waiter) {
        if (rows.has(waiter)) {
            rows.remove(waiter);
        }
    }

    void save(final StateWriter out) {
        rows.save(out);
    }

    void load(final StateReader in) {
        rows.load(in);
    }

    void check() {
        rows.check();
    }
}
