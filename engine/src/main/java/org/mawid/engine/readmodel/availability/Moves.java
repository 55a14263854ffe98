package org.mawid.engine.readmodel.availability;

/**
 * Room that moved and is not in the rows yet. Days lie far apart: their rows are looked up one right after the other, so that the misses
 * of the cache overlap, and then changed. Writer's thread only.
 */
final class Moves {
    static final int MANY = 64;
    private static final int MOST = 256;

    private final PoolDays[] pools = new PoolDays[MOST];
    private final long[] positions = new long[MOST];
    private final int[] epochDays = new int[MOST];
    /** Start unit, units, and delta as a signed byte. */
    private final int[] spans = new int[MOST];
    private final int[] rows = new int[MOST];
    private int count;
    private long touched; // added up so that the touching is not left out

    boolean isFull() {
        return count == MOST;
    }

    int count() {
        return count;
    }

    /** @param delta −255 to 255 */
    void add(final long position, final PoolDays pool, final int epochDay, final int startUnit, final int units, final int delta) {
        pools[count] = pool;
        positions[count] = position;
        epochDays[count] = epochDay;
        spans[count++] = delta << 16 | units << 8 | startUnit;
    }

    /** Finds the row of each, and brings it into the cache. */
    void find(final DayRows all) {
        for (int i = 0; i < count; i++) {
            rows[i] = pools[i].row(epochDays[i]);
        }
        for (int i = 0; i < count; i++) {
            touched += rows[i] == 0 ? 0 : all.touch(rows[i], startUnit(i));
        }
        for (int i = 0; i < count; i++) {
            rows[i] = pools[i].row(epochDays[i], all);
        }
    }

    /** What is there to be found stays as it was found: nothing but room changes until {@link #clear}. */
    int row(final int i) {
        return rows[i];
    }

    PoolDays pool(final int i) {
        return pools[i];
    }

    long position(final int i) {
        return positions[i];
    }

    int epochDay(final int i) {
        return epochDays[i];
    }

    int startUnit(final int i) {
        return spans[i] & 0xFF;
    }

    int units(final int i) {
        return spans[i] >>> 8 & 0xFF;
    }

    int delta(final int i) {
        return spans[i] >> 16;
    }

    void clear() {
        count = 0;
    }

    /** Of no meaning; that it could be asked for keeps the touching alive. */
    long touched() {
        return touched;
    }
}
