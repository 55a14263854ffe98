package org.mawid.engine.kernel;

import java.util.Arrays;

/**
 * From a hash to numbers that are counted up and forgotten in the same order. Forgetting costs nothing: an entry whose number is below the
 * first that is still known means nothing any more, and the next entry that comes by takes its place. So a request that is answered for
 * the first time and remembered touches one line of the cache here.
 * <p>It grows by splitting one segment of 8 KiB at a time (extendible hashing). It is not part of the state: its order decides nothing.
 * Numbers are kept by their lower 32 bits: at most 2^31 may be known at once.
 */
public final class AgingIndex {
    private static final int SEGMENT = 1024;
    private static final int MOST_BITS = 20;

    private Slabs slabs;
    private int[] directory;
    private int bits;
    private int segments;
    private long[] base;
    private int[] masks; // entries of the segment less one
    private int[] used; // entries that are not empty, whether they mean something or not
    private byte[] depths;
    private long[] scratch = new long[SEGMENT];
    private long first = 1;
    private long segment;
    private int tag;
    private int mask;
    private int at;

    public AgingIndex() {
        clear();
    }

    /** Everything below is forgotten. */
    public void forgetBefore(final long number) {
        first = number;
    }

    /** The first number known under this hash, -1 = none. More than one key may have the same tag: compare the key, then ask for {@link #next()}. */
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

    private long find() {
        for (;;) {
            final long entry = entry(segment, at);
            if (entry == 0) {
                return -1;
            }
            if ((int) (entry >>> 32) == tag && isKnown(entry)) {
                return first + ((int) entry - (int) first & 0xFFFF_FFFFL);
            }
            at = at + 1 & mask;
        }
    }

    /** Where the search for this hash begins: for {@link Ahead}. */
    public long ahead(final long hash) {
        final int wanted = tag(hash);
        final int found = directory[place(wanted)];
        return base[found] + 8L * home(wanted, masks[found]);
    }

    /** Adds a number that is not known under this hash. */
    public void add(final long hash, final long number) {
        final int added = tag(hash);
        int into = directory[place(added)];
        while (used[into] >= (masks[into] + 1) / 4 * 3) {
            makeRoom(added, into);
            into = directory[place(added)];
        }
        insert(into, (long) added << 32 | number & 0xFFFF_FFFFL);
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
        first = 1;
        newSegment(0);
    }

    /** At the first place from its home on that is empty or means nothing any more. */
    private void insert(final int into, final long entry) {
        final long start = base[into];
        final int within = masks[into];
        int i = home((int) (entry >>> 32), within);
        long there = entry(start, i);
        while (there != 0 && isKnown(there)) {
            i = i + 1 & within;
            there = entry(start, i);
        }
        used[into] += there == 0 ? 1 : 0;
        Memory.putLong(start + 8L * i, entry);
    }

    /**
     * Writes the segment anew without what is forgotten; when what is known is still too much it is divided, or doubled where no bits are
     * left to divide by (somebody made ids that collide).
     */
    private void makeRoom(final int crowded, final int old) {
        final int entries = masks[old] + 1;
        int known = 0;
        if (scratch.length < entries) {
            scratch = new long[entries];
        }
        for (int i = 0; i < entries; i++) {
            final long entry = entry(base[old], i);
            if (entry != 0 && isKnown(entry)) {
                scratch[known++] = entry;
            }
        }
        used[old] = 0;
        if (known > entries / 2 && depths[old] == MOST_BITS) {
            base[old] = slabs.allocate(entries * 2 * Long.BYTES);
            masks[old] = entries * 2 - 1;
        } else {
            Memory.zero(base[old], entries * Long.BYTES);
            if (known > entries / 2) {
                divide(crowded, old);
            }
        }
        for (int i = 0; i < known; i++) {
            insert(directory[place((int) (scratch[i] >>> 32))], scratch[i]);
        }
    }

    private void divide(final int crowded, final int old) {
        final int oldBits = depths[old];
        if (oldBits == bits) {
            final int[] doubled = new int[directory.length * 2];
            for (int i = 0; i < doubled.length; i++) {
                doubled[i] = directory[i >>> 1];
            }
            directory = doubled;
            bits++;
        }
        depths[old] = (byte) (oldBits + 1);
        final int upper = newSegment(oldBits + 1);
        final int from = place(crowded) >>> bits - oldBits << bits - oldBits;
        final int half = 1 << bits - oldBits - 1;
        Arrays.fill(directory, from + half, from + 2 * half, upper);
    }

    private int newSegment(final int depth) {
        if (segments == base.length) {
            base = Arrays.copyOf(base, 2 * segments);
            masks = Arrays.copyOf(masks, 2 * segments);
            used = Arrays.copyOf(used, 2 * segments);
            depths = Arrays.copyOf(depths, 2 * segments);
        }
        base[segments] = slabs.allocate(SEGMENT * Long.BYTES);
        masks[segments] = SEGMENT - 1;
        depths[segments] = (byte) depth;
        return segments++;
    }

    private boolean isKnown(final long entry) {
        return (int) entry - (int) first >= 0;
    }

    private static long entry(final long start, final int i) {
        return Memory.getLong(start + 8L * i);
    }

    private static int tag(final long hash) {
        return (int) (hash >>> 32) | 1;
    }

    private int place(final int tag) {
        return (int) ((tag & 0xFFFF_FFFFL) >>> 32 - bits);
    }

    /** Where a line of the cache begins. */
    private static int home(final int tag, final int mask) {
        return tag << 2 & mask & -8;
    }
}
