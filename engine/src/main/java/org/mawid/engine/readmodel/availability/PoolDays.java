package org.mawid.engine.readmodel.availability;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A desk or resource and where the rows of its days are. One thread writes, any read. */
final class PoolDays {
    /** Dates that a calendar can span: 10 past ones, the horizon of at most 500, a day of zones; the next power of two. */
    static final int SPAN = 1024;
    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

    final int poolId;
    final int postId;
    final int kind;
    private final int[] rows = new int[SPAN];

    PoolDays(final int poolId, final int postId, final int kind) {
        this.poolId = poolId;
        this.postId = postId;
        this.kind = kind;
    }

    /** Row at the place of that date, 0 = none. It may be of another date that is 1 024 days off: look at its key. */
    int row(final int epochDay) {
        return (int) INTS.getAcquire(rows, epochDay & SPAN - 1);
    }

    void setRow(final int epochDay, final int row) {
        INTS.setRelease(rows, epochDay & SPAN - 1, row);
    }
}
