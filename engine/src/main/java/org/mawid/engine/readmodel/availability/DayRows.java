package org.mawid.engine.readmodel.availability;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.readmodel.ChannelPlaces;
import org.mawid.engine.readmodel.Availability.Overbooked;

/**
 * One row of words for each day, in pages that are made as days come, in three sizes: for 64, 128 or 192 units. A row is
 * {@code stamp, key, startMs, releasedAtMs}, for each 64 units the masks of those with room for 1, 2, 3 and 4, then room by unit, a byte
 * each: 128, 224 or 320 bytes. What is open by unit, and withheld, is beside it ({@link Offer}), shared by all days with the same pattern.
 *
 * <p>One thread writes between {@link #begin} and {@link #end}; the stamp is odd meanwhile. Readers compare stamps
 * before and after ({@link #stamp}, {@link #isStill}). A freed row has key 0, and rows are used again.
 */
final class DayRows {
    static final int LEVELS = 4;
    private static final int STAMP = 0;
    private static final int KEY = 1;
    private static final int START = 2;
    private static final int RELEASED = 3;
    private static final int MASKS = 4;
    /** Low bits of a stamp: begun and ended writings of one position. */
    private static final int WRITE_BITS = 8;
    private static final int PAGE_BITS = 9;
    private static final int PAGE_ROWS = 1 << PAGE_BITS;
    private static final int FIRST_PAGES = 1 << 6;
    /** All that the calendars can name, and one that is written before the one it replaces is freed. Whatever the rules allow, there are no more. */
    private static final int MOST_ROWS = Tables.POOLS * PoolDays.SPAN + 1;
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[][][] words = new long[3][FIRST_PAGES][];
    /** Two for each row, next to each other: what is open, and the same of the day that waits. */
    private final byte[][][][] patterns = new byte[3][FIRST_PAGES][][];
    /** Two for each row, likewise: what is left for channels, and of the day that waits. Pages of rows none of which keeps anything are not there. */
    private final byte[][][][] lefts = new byte[3][FIRST_PAGES][][];
    /** One for each row, likewise: all that is known of it, for whoever looks at a single day. */
    private final ChannelPlaces[][][] channels = new ChannelPlaces[3][FIRST_PAGES][];
    /** One for each row, likewise: which places are beyond the counters. */
    private final Overbooked[][][] overbooked = new Overbooked[3][FIRST_PAGES][];
    private final int[] used = new int[3];
    private final int[][] free = {new int[16], new int[16], new int[16]};
    private final int[] freeCount = new int[3];

    /** Pool, date, units and alignment of a row in one word; never 0. */
    static long key(final int poolId, final int epochDay, final int unitCount, final int align) {
        return (long) epochDay << 32 | (long) poolId << 16 | (long) unitCount << 8 | align;
    }

    static int poolOf(final long key) {
        return (int) (key >>> 16) & 0xFFFF;
    }

    /** Pool and date of a key, and nothing else: what a search compares. */
    static long placeOf(final long key) {
        return key >>> 16;
    }

    static long place(final int poolId, final int epochDay) {
        return ((long) epochDay << 16 | poolId) & -1L >>> 16;
    }

    static int epochDayOf(final long key) {
        return (int) (key >> 32);
    }

    static int unitsOf(final long key) {
        return (int) (key >>> 8) & 0xFF;
    }

    static int alignOf(final long key) {
        return (int) key & 0xFF;
    }

    /** A row number is 1 or more; its lowest two bits are its size less 1. */
    static int sizeOf(final int row) {
        return row & 3;
    }

    private static int indexOf(final int row) {
        return (row >>> 2) - 1;
    }

    private static int stride(final int size) {
        return MASKS + 12 * (size + 1);
    }

    // ---- writer ----

    int allocate(final int unitCount) {
        final int size = unitCount - 1 >> 6;
        if (freeCount[size] > 0) {
            return free[size][--freeCount[size]];
        }
        final int index = used[size]++;
        final int page = index >> PAGE_BITS;
        Invariant.that(index < MOST_ROWS, "no more days than calendars have dates", index, MOST_ROWS);
        if (page == words[size].length) {
            grow(size);
        }
        if (words[size][page] == null) {
            words[size][page] = new long[PAGE_ROWS * stride(size)];
            patterns[size][page] = new byte[2 * PAGE_ROWS][];
        }
        return index + 1 << 2 | size;
    }

    /** A reader that still has the shorter list has no row beyond its end: it finds rows by what is released after they were written. */
    private void grow(final int size) {
        patterns[size] = Arrays.copyOf(patterns[size], 2 * patterns[size].length);
        lefts[size] = Arrays.copyOf(lefts[size], 2 * lefts[size].length);
        channels[size] = Arrays.copyOf(channels[size], 2 * channels[size].length);
        overbooked[size] = Arrays.copyOf(overbooked[size], 2 * overbooked[size].length);
        words[size] = Arrays.copyOf(words[size], 2 * words[size].length);
    }

    void free(final int row) {
        begin(row, 0);
        words(row)[at(row) + KEY] = 0;
        setOpen(row, null);
        setStaged(row, null);
        setLeft(row, null, null);
        setChannels(row, null);
        setOverbooked(row, null);
        end(row);
        final int size = sizeOf(row);
        if (freeCount[size] == free[size].length) {
            free[size] = Arrays.copyOf(free[size], freeCount[size] * 2);
        }
        free[size][freeCount[size]++] = row;
    }

    /** @param position of what changes the row */
    void begin(final int row, final long position) {
        final long[] page = words(row);
        final int at = at(row) + STAMP;
        LONGS.setOpaque(page, at, Math.max(page[at], position << WRITE_BITS) + 1);
        VarHandle.storeStoreFence();
    }

    void end(final int row) {
        final long[] page = words(row);
        final int at = at(row) + STAMP;
        LONGS.setRelease(page, at, page[at] + 1);
    }

    void head(final int row, final long key, final long startMs, final long releasedAtMs) {
        final long[] page = words(row);
        final int at = at(row);
        page[at + KEY] = key;
        page[at + START] = startMs;
        page[at + RELEASED] = releasedAtMs;
    }

    void setOpen(final int row, final byte[] pattern) {
        patterns(row)[patternAt(row)] = pattern;
    }

    void setStaged(final int row, final byte[] pattern) {
        patterns(row)[patternAt(row) + 1] = pattern;
    }

    /** @param left and of the day that waits, as {@link KeptPlaces#left} gives them */
    void setLeft(final int row, final byte[] left, final byte[] staged) {
        final byte[][][] pages = lefts[sizeOf(row)];
        final int page = indexOf(row) >> PAGE_BITS;
        if (pages[page] == null) {
            if (left == null && staged == null) {
                return;
            }
            pages[page] = new byte[2 * PAGE_ROWS][];
        }
        pages[page][patternAt(row)] = left;
        pages[page][patternAt(row) + 1] = staged;
    }

    /** @param places null = nothing is kept, and nothing was taken of it */
    void setChannels(final int row, final ChannelPlaces places) {
        final ChannelPlaces[][] pages = channels[sizeOf(row)];
        final int page = indexOf(row) >> PAGE_BITS;
        if (pages[page] == null && places != null) {
            pages[page] = new ChannelPlaces[PAGE_ROWS];
        }
        if (pages[page] != null) {
            pages[page][indexOf(row) & PAGE_ROWS - 1] = places;
        }
    }

    /** @param places null = none */
    void setOverbooked(final int row, final Overbooked places) {
        final Overbooked[][] pages = overbooked[sizeOf(row)];
        final int page = indexOf(row) >> PAGE_BITS;
        if (pages[page] == null) {
            if (places == null) {
                return;
            }
            pages[page] = new Overbooked[PAGE_ROWS];
        }
        pages[page][indexOf(row) & PAGE_ROWS - 1] = places;
    }

    /**
     * Moves the room of some units by {@code delta}, and the masks with it.
     *
     * @return whether a unit has room now and had none, or the other way round
     */
    boolean move(final int row, final int startUnit, final int units, final int delta) {
        final long[] page = words(row);
        final int rooms = roomAt(row);
        final int masks = at(row) + MASKS;
        final byte[] open = open(row);
        final byte[] staged = staged(row);
        boolean glance = false;
        for (int unit = startUnit; unit < startUnit + units; unit++) {
            final int at = rooms + (unit >> 3);
            final int shift = (unit & 7) << 3;
            final int before = (int) (page[at] >>> shift) & 0xFF;
            final int left = before + delta;
            Invariant.that(left >= 0 && left <= at(open, unit), "room between nothing and all that is open", left, unit);
            page[at] = page[at] & ~(0xFFL << shift) | (long) left << shift;
            if (staged != null || Math.min(before, left) < LEVELS) {
                glance |= setMasks(page, masks + (unit >> 6) * LEVELS, 1L << unit, takers(open, staged, unit, left));
            }
        }
        return glance;
    }

    /** @param takers how many find room, 0 to 255 @return whether the first mask changed */
    private static boolean setMasks(final long[] page, final int at, final long bit, final int takers) {
        final long first = page[at];
        for (int level = 0; level < LEVELS; level++) {
            page[at + level] = takers > level ? page[at + level] | bit : page[at + level] & ~bit;
        }
        return page[at] != first;
    }

    /** Writes room and masks of the whole row. @param room and takers by unit, 192 of them, 0 where the day has no unit */
    void fill(final int row, final byte[] room, final byte[] takers) {
        final long[] page = words(row);
        final int width = sizeOf(row) + 1;
        final int masks = at(row) + MASKS;
        final int rooms = roomAt(row);
        for (int word = 0; word < width; word++) {
            long one = 0;
            long two = 0;
            long three = 0;
            long four = 0;
            for (int unit = word << 6; unit < word + 1 << 6; unit++) {
                final int places = takers[unit] & 0xFF;
                one |= (places > 0 ? 1L : 0L) << unit;
                two |= (places > 1 ? 1L : 0L) << unit;
                three |= (places > 2 ? 1L : 0L) << unit;
                four |= (places > 3 ? 1L : 0L) << unit;
            }
            page[masks + word * LEVELS] = one;
            page[masks + word * LEVELS + 1] = two;
            page[masks + word * LEVELS + 2] = three;
            page[masks + word * LEVELS + 3] = four;
        }
        for (int eight = 0; eight < width * 8; eight++) {
            long packed = 0;
            for (int i = 7; i >= 0; i--) {
                packed = packed << 8 | room[(eight << 3) + i] & 0xFF;
            }
            page[rooms + eight] = packed;
        }
    }

    // ---- readers, and the writer ----

    /** Even, or odd while the row is being written. Counts up with each writing, and says what wrote: {@link #positionOf}. */
    long stamp(final int row) {
        return stamp(words(row), at(row));
    }

    /** The position that changed the row last, as long as one changes it less than 128 times. */
    static long positionOf(final long stamp) {
        return stamp >>> WRITE_BITS;
    }

    boolean isStill(final int row, final long stamp) {
        return isStill(words(row), at(row), stamp);
    }

    // A search looks up page and place of a row once: these read there.

    static long stamp(final long[] page, final int at) {
        return (long) LONGS.getAcquire(page, at + STAMP);
    }

    static boolean isStill(final long[] page, final int at, final long stamp) {
        VarHandle.acquireFence();
        return (long) LONGS.getOpaque(page, at + STAMP) == stamp;
    }

    static long key(final long[] page, final int at) {
        return page[at + KEY];
    }

    static long startMs(final long[] page, final int at) {
        return page[at + START];
    }

    static long releasedAtMs(final long[] page, final int at) {
        return page[at + RELEASED];
    }

    /** Mask of those of the units 64 · {@code word} and following that have room for {@code level}, 1 to 4. */
    static long mask(final long[] page, final int at, final int word, final int level) {
        return page[at + MASKS + word * LEVELS + level - 1];
    }

    /** @param row only its size is looked at @param level 1 to 4 */
    static void mask(final long[] page, final int at, final int row, final int level, final Bits into) {
        final int size = sizeOf(row);
        into.w0 = mask(page, at, 0, level);
        into.w1 = size > 0 ? mask(page, at, 1, level) : 0;
        into.w2 = size > 1 ? mask(page, at, 2, level) : 0;
    }

    /** Reads where {@link #move} will write. @return of no meaning */
    long touch(final int row, final int unit) {
        final long[] page = words(row);
        return page[at(row)] + page[at(row) + MASKS + (unit >> 6) * LEVELS] + page[roomAt(row) + (unit >> 3)] + open(row).length;
    }

    long key(final int row) {
        return words(row)[at(row) + KEY];
    }

    long startMs(final int row) {
        return words(row)[at(row) + START];
    }

    long releasedAtMs(final int row) {
        return words(row)[at(row) + RELEASED];
    }

    /** Pattern of {@link Offer}: capacity less withheld by unit, 0 beyond its end. Never changed once it is there. */
    byte[] open(final int row) {
        return patterns(row)[patternAt(row)];
    }

    /** The same of the day that waits to replace this one, or null. */
    byte[] staged(final int row) {
        return patterns(row)[patternAt(row) + 1];
    }

    int room(final int row, final int unit) {
        return (int) (words(row)[roomAt(row) + (unit >> 3)] >>> ((unit & 7) << 3)) & 0xFF;
    }

    /** What is left for channels, null = nothing. */
    byte[] left(final int row) {
        return left(row, 0);
    }

    /** The same of the day that waits to replace this one. */
    byte[] stagedLeft(final int row) {
        return left(row, 1);
    }

    private byte[] left(final int row, final int which) {
        final byte[][] page = lefts[sizeOf(row)][indexOf(row) >> PAGE_BITS];
        return page == null ? null : page[patternAt(row) + which];
    }

    ChannelPlaces channels(final int row) {
        final ChannelPlaces[] page = channels[sizeOf(row)][indexOf(row) >> PAGE_BITS];
        final ChannelPlaces places = page == null ? null : page[indexOf(row) & PAGE_ROWS - 1];
        return places == null ? ChannelPlaces.NOTHING : places;
    }

    /** Which of its places are beyond the counters, never null. */
    Overbooked overbooked(final int row) {
        final Overbooked[] page = overbooked[sizeOf(row)][indexOf(row) >> PAGE_BITS];
        final Overbooked places = page == null ? null : page[indexOf(row) & PAGE_ROWS - 1];
        return places == null ? Overbooked.NONE : places;
    }

    /** Room that a taker finds: while another grid waits, room must be in both. */
    static int takers(final byte[] open, final byte[] staged, final int unit, final int room) {
        if (staged == null) {
            return room;
        }
        final int taken = at(open, unit) - room;
        return Math.max(0, Math.min(room, at(staged, unit) - taken));
    }

    /** Entry of an open pattern, 0 beyond its end. */
    static int at(final byte[] pattern, final int unit) {
        return unit < pattern.length ? pattern[unit] & 0xFF : 0;
    }

    /** Page that holds the row. */
    long[] words(final int row) {
        return words[sizeOf(row)][indexOf(row) >> PAGE_BITS];
    }

    /** Where the row begins in its page. */
    static int at(final int row) {
        return (indexOf(row) & PAGE_ROWS - 1) * stride(sizeOf(row));
    }

    private byte[][] patterns(final int row) {
        return patterns[sizeOf(row)][indexOf(row) >> PAGE_BITS];
    }

    private static int patternAt(final int row) {
        return (indexOf(row) & PAGE_ROWS - 1) << 1;
    }

    private static int roomAt(final int row) {
        return at(row) + MASKS + LEVELS * (sizeOf(row) + 1);
    }
}
