package org.mawid.engine.readmodel.availability;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A desk or resource and where the rows of its days are. Beside them, by date and without a row to be found first, a copy of what nearly
 * every search looks at: when the day begins, when it is released, and which of its units have room for one. One thread writes, any read.
 */
final class PoolDays {
    /** Dates that a calendar can span: 10 past ones, the horizon of at most 500, a day of zones; the next power of two. */
    static final int SPAN = 1024;

    private static final int CHUNK_BITS = 6;
    private static final int CHUNK_DAYS = 1 << CHUNK_BITS;
    private static final int HEAD = 0;
    private static final int RELEASED = 1;
    private static final int UNITS = 2;
    /** Words of a date in its chunk; those of the next date follow. */
    static final int WORDS = 5;
    private static final int ALIGN_BITS = 8;
    /** A head that tells nothing: look at the row. No day has it, as none begins in the last unit of time. */
    private static final long SEE_ROW = -1;
    private static final int UNITS_A_DAY = 288;
    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle CHUNKS = MethodHandles.arrayElementVarHandle(long[][].class);
    private static final VarHandle STAMP;

    static {
        try {
            STAMP = MethodHandles.lookup().findVarHandle(PoolDays.class, "stamp", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final int poolId;
    final int postId;
    final int kind;
    private final int[] rows = new int[SPAN];
    /** In chunks of dates, each made when the first of its dates is. */
    private final long[][] glances = new long[SPAN >> CHUNK_BITS][];
    private long stamp;

    PoolDays(final int poolId, final int postId, final int kind) {
        this.poolId = poolId;
        this.postId = postId;
        this.kind = kind;
    }

    /** Row at the place of that date, 0 = none. It may be of another date that is 1 024 days off: look at its key. */
    int row(final int epochDay) {
        return (int) INTS.getAcquire(rows, epochDay & SPAN - 1);
    }

    /** Row of that date and no other, 0 = none. */
    int row(final int epochDay, final DayRows all) {
        final int row = row(epochDay);
        return row != 0 && DayRows.epochDayOf(all.key(row)) == epochDay ? row : 0;
    }

    void setRow(final int epochDay, final int row) {
        INTS.setRelease(rows, epochDay & SPAN - 1, row);
    }

    /** Copies what the row of that date says now, or that there is none. After every change of a row or of where it is; writer's thread. */
    void show(final int epochDay, final DayRows all) {
        final int chunk = (epochDay & SPAN - 1) >> CHUNK_BITS;
        long[] words = glances[chunk];
        if (words == null) {
            words = new long[CHUNK_DAYS * WORDS];
            CHUNKS.setRelease(glances, chunk, words);
        }
        final int at = (epochDay & CHUNK_DAYS - 1) * WORDS;
        final int row = row(epochDay);
        STAMP.setOpaque(this, stamp + 1);
        VarHandle.storeStoreFence();
        if (row == 0) {
            words[at + HEAD] = 0;
        } else {
            final long[] page = all.words(row);
            final int from = DayRows.at(row);
            final int size = DayRows.sizeOf(row);
            words[at + HEAD] = head(DayRows.startMs(page, from), DayRows.alignOf(DayRows.key(page, from)));
            words[at + RELEASED] = DayRows.releasedAtMs(page, from);
            words[at + UNITS] = DayRows.mask(page, from, 0, 1);
            words[at + UNITS + 1] = size > 0 ? DayRows.mask(page, from, 1, 1) : 0;
            words[at + UNITS + 2] = size > 1 ? DayRows.mask(page, from, 2, 1) : 0;
        }
        STAMP.setRelease(this, stamp + 1);
    }

    private static long head(final long startMs, final int align) {
        return startMs % Search.UNIT_MS == 0 ? startMs / Search.UNIT_MS << ALIGN_BITS | align : SEE_ROW;
    }

    // ---- readers: stamp, chunk and its words, stamp again

    /** Even, or odd while something is being copied. */
    long stamp() {
        return (long) STAMP.getAcquire(this);
    }

    boolean isStill(final long before) {
        VarHandle.acquireFence();
        return (long) STAMP.getOpaque(this) == before;
    }

    /** Null when none of its dates was ever there. */
    long[] glances(final int epochDay) {
        return (long[]) CHUNKS.getAcquire(glances, (epochDay & SPAN - 1) >> CHUNK_BITS);
    }

    /** How many dates, this one included, are in the same chunk. */
    static int datesLeft(final int epochDay) {
        return CHUNK_DAYS - (epochDay & CHUNK_DAYS - 1);
    }

    /** Where the words of that date begin in its chunk. */
    static int at(final int epochDay) {
        return (epochDay & CHUNK_DAYS - 1) * WORDS;
    }

    /** Begin and alignment in one word, 0 = there is no day. */
    static long head(final long[] chunk, final int at) {
        return chunk[at + HEAD];
    }

    static long releasedAtMs(final long[] chunk, final int at) {
        return chunk[at + RELEASED];
    }

    /** @param word 0 to 2 */
    static long units(final long[] chunk, final int at, final int word) {
        return chunk[at + UNITS + word];
    }

    /** Begin of the day, ms since 1970-01-01 UTC. */
    static long startMs(final long head) {
        return (head >>> ALIGN_BITS) * Search.UNIT_MS;
    }

    static int align(final long head) {
        return (int) head & (1 << ALIGN_BITS) - 1;
    }

    static boolean isSameStart(final long head, final long other) {
        return (head ^ other) >>> ALIGN_BITS == 0;
    }

    /** False for a day of another date, 1 024 off, and for a head that does not tell: a local date begins within two days of the same in UTC. */
    static boolean isOf(final long head, final int epochDay) {
        return Long.compareUnsigned((head >>> ALIGN_BITS) - (epochDay - 2L) * UNITS_A_DAY, 5L * UNITS_A_DAY) < 0;
    }
}
