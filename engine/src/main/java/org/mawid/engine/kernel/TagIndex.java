package org.mawid.engine.kernel;

import java.util.Arrays;

/**
 * From a hash to slots. An entry keeps 32 bits of the hash (the tag) beside the slot, so that growing and deleting never look at the
 * rows. It grows by splitting one segment of 8 KiB at a time (extendible hashing): no command waits for a large table to be copied.
 * What is known of all segments is kept apart from them in small arrays, so that a lookup misses the cache once.
 * <p>It is not part of the state: its order decides nothing and it is made anew when a snapshot is loaded.
 */
public final class TagIndex {
    private static final int SEGMENT = 1024;
    private static final int ENTRY_BITS = 3;
    private static final int MOST_BITS = 20;

    private Slabs slabs;
    private int[] directory;
    private int bits;
    private int segments;
    private long[] base;
    private int[] masks; // entries of the segment less one
    private int[] used;
    private byte[] depths;
    private final long[] scratch = new long[SEGMENT];
    private long size;
    private long segment;
    private int mask;
    private int tag;
    private int at;

    public TagIndex() {
        clear();
    }

    /** Spreads the bits of a key. */
    public static long hash(final long key) {
        long h = key * 0x9E3779B97F4A7C15L;
        h = (h ^ h >>> 32) * 0xD6E8FEB86659FD93L;
        return h ^ h >>> 32;
    }

    /** Of both halves of a request id. */
    public static long hash(final long high, final long low) {
        return hash(high ^ hash(low));
    }

    /** The first slot under this hash, -1 = none. More than one key may have the same tag: compare the key, then ask for {@link #next()}. */
    public long first(final long hash) {
        tag = tag(hash);
        final int found = directory[place(tag)];
        segment = base[found];
        mask = masks[found];
        at = home(tag, mask);
        return find();
    }

    public long next() {
        at = at + 1 & mask;
        return find();
    }

    /** Where the search for this hash begins: for {@link Ahead}. */
    public long ahead(final long hash) {
        final int wanted = tag(hash);
        final int found = directory[place(wanted)];
        return base[found] + ((long) home(wanted, masks[found]) << ENTRY_BITS);
    }

    public void add(final long hash, final int slot) {
        final int added = tag(hash);
        int into = directory[place(added)];
        while (used[into] >= (masks[into] + 1) / 4 * 3) {
            split(added);
            into = directory[place(added)];
        }
        insert(into, entryOf(added, slot));
        size++;
    }

    /** The entry must be there. */
    public void remove(final long hash, final int slot) {
        final int removed = tag(hash);
        final int from = directory[place(removed)];
        final long start = base[from];
        final int within = masks[from];
        final long wanted = entryOf(removed, slot);
        int hole = home(removed, within);
        for (long entry = entry(start, hole); entry != wanted; entry = entry(start, hole)) {
            Invariant.that(entry != 0, "what leaves the index was in it", removed, slot);
            hole = hole + 1 & within;
        }
        int i = hole + 1 & within;
        for (long entry = entry(start, i); entry != 0; entry = entry(start, i)) {
            if ((i - home((int) (entry >>> 32), within) & within) >= (i - hole & within)) {
                put(start, hole, entry);
                hole = i;
            }
            i = i + 1 & within;
        }
        put(start, hole, 0);
        used[from]--;
        size--;
    }

    public long size() {
        return size;
    }

    public void clear() {
        slabs = new Slabs();
        directory = new int[1];
        base = new long[4];
        masks = new int[4];
        used = new int[4];
        depths = new byte[4];
        segments = 0;
        bits = 0;
        size = 0;
        newSegment(0);
    }

    private long find() {
        for (;;) {
            final long entry = entry(segment, at);
            if (entry == 0) {
                return -1;
            }
            if ((int) (entry >>> 32) == tag) {
                return entry & 0xFFFF_FFFFL;
            }
            at = at + 1 & mask;
        }
    }

    private void insert(final int into, final long entry) {
        final long start = base[into];
        final int within = masks[into];
        int i = home((int) (entry >>> 32), within);
        while (entry(start, i) != 0) {
            i = i + 1 & within;
        }
        put(start, i, entry);
        used[into]++;
    }

    /** Divides the segment of this tag by the next bit; where no bits are left (somebody made keys that collide) it doubles instead. */
    private void split(final int crowded) {
        final int old = directory[place(crowded)];
        final int oldBits = depths[old];
        if (oldBits == MOST_BITS) {
            enlarge(old);
            return;
        }
        if (oldBits == bits) {
            final int[] doubled = new int[directory.length * 2];
            for (int i = 0; i < doubled.length; i++) {
                doubled[i] = directory[i >>> 1];
            }
            directory = doubled;
            bits++;
        }
        for (int i = 0; i < SEGMENT; i++) {
            scratch[i] = entry(base[old], i);
        }
        Memory.zero(base[old], SEGMENT << ENTRY_BITS);
        used[old] = 0;
        depths[old] = (byte) (oldBits + 1);
        final int upper = newSegment(oldBits + 1);
        final int first = place(crowded) >>> bits - oldBits << bits - oldBits;
        final int half = 1 << bits - oldBits - 1;
        Arrays.fill(directory, first + half, first + 2 * half, upper);
        for (final long entry : scratch) {
            if (entry != 0) {
                insert(directory[place((int) (entry >>> 32))], entry);
            }
        }
    }

    private int newSegment(final int depth) {
        if (segments == base.length) {
            base = Arrays.copyOf(base, 2 * segments);
            masks = Arrays.copyOf(masks, 2 * segments);
            used = Arrays.copyOf(used, 2 * segments);
            depths = Arrays.copyOf(depths, 2 * segments);
        }
        base[segments] = slabs.allocate(SEGMENT << ENTRY_BITS);
        masks[segments] = SEGMENT - 1;
        depths[segments] = (byte) depth;
        return segments++;
    }

    /** A place twice as large, by itself: these keys are no fair load, and the old place is not worth keeping. */
    private void enlarge(final int crowded) {
        final long start = base[crowded];
        final int entries = masks[crowded] + 1;
        base[crowded] = slabs.allocate(entries * 2 << ENTRY_BITS);
        masks[crowded] = entries * 2 - 1;
        used[crowded] = 0;
        for (int i = 0; i < entries; i++) {
            if (entry(start, i) != 0) {
                insert(crowded, entry(start, i));
            }
        }
    }

    private static long entry(final long start, final int i) {
        return Memory.getLong(start + ((long) i << ENTRY_BITS));
    }

    private static void put(final long start, final int i, final long entry) {
        Memory.putLong(start + ((long) i << ENTRY_BITS), entry);
    }

    private static int tag(final long hash) {
        return (int) (hash >>> 32) | 1;
    }

    private static long entryOf(final int tag, final int slot) {
        return (long) tag << 32 | slot & 0xFFFF_FFFFL;
    }

    private int place(final int tag) {
        return (int) ((tag & 0xFFFF_FFFFL) >>> 32 - bits);
    }

    /** Where a line of the cache begins. */
    private static int home(final int tag, final int mask) {
        return tag << 2 & mask & -8;
    }
}
