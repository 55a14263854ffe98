package org.mawid.engine.kernel;

import java.util.Arrays;

/**
 * Where an index has its entries: 8 bytes each, never 0, the upper half of which is the tag that they are placed by. They lie in segments
 * of 8 KiB; a crowded one is divided by the next bit of its tags (extendible hashing), so no command waits for a large table to be copied.
 * What is known of all segments is kept apart from them in small arrays, so that a lookup misses the cache once.
 * <p>Keys come from outside, and a thousand that were made to meet in one place would make every command search through them. So they are
 * hashed with a key of this process. Which one it is decides nothing: no order of an index is ever seen.
 * <p>Which entries there are, and how they are searched, is the matter of {@link TagIndex} and {@link AgingIndex}.
 */
final class Segments {
    private static final int SEGMENT = 1024;
    private static final int MOST_BITS = 20;

    private final Slabs slabs;
    private int[] directory = new int[1];
    private int bits;
    private int count;
    private long[] starts = new long[4];
    private int[] masks = new int[4]; // entries of the segment less one
    private int[] used = new int[4]; // entries that are not 0
    private byte[] depths = new byte[4]; // leading bits that all tags of the segment have in common
    private long[] taken = new long[SEGMENT];

    private final long hashKey1;
    private final long hashKey2;

    Segments(final CoreMemory memory) {
        slabs = new Slabs(memory);
        hashKey1 = memory.indexKey() ^ 0x9E37_79B9_7F4A_7C15L;
        hashKey2 = Long.rotateLeft(memory.indexKey(), 32) ^ 0xD6E8_FEB8_6659_FD93L;
        add(0);
    }

    /** Of a key of 64 bits. */
    long hash(final long key) {
        return folded(folded(key ^ hashKey1, hashKey2), hashKey1);
    }

    /** Of a key of 128 bits. */
    long hash(final long high, final long low) {
        return folded(folded(high ^ hashKey1, low ^ hashKey2) ^ high, hashKey2 ^ low);
    }

    /** Both halves of the product of two numbers, one over the other. */
    private static long folded(final long one, final long other) {
        return Math.multiplyHigh(one, other) ^ one * other;
    }

    /** Of the better half of a hash; never 0. */
    static int tag(final long hash) {
        return (int) (hash >>> 32) | 1;
    }

    static int tagOf(final long entry) {
        return (int) (entry >>> 32);
    }

    /** Where the search for a tag begins: where a line of the cache does. @param mask of the segment */
    static int home(final int tag, final int mask) {
        return tag << 2 & mask & -8;
    }

    /** @param start of the segment @return 0 = there is none */
    static long entry(final long start, final int i) {
        return Memory.getLong(start + ((long) i << 3));
    }

    static void put(final long start, final int i, final long entry) {
        Memory.putLong(start + ((long) i << 3), entry);
    }

    /** The segment of a tag. */
    int of(final int tag) {
        return directory[place(tag)];
    }

    /** Address of the first entry. */
    long start(final int segment) {
        return starts[segment];
    }

    /** Entries that the segment has place for, less one. */
    int mask(final int segment) {
        return masks[segment];
    }

    /** Address where the search for this hash begins: for {@link Ahead}. */
    long ahead(final long hash) {
        final int tag = tag(hash);
        final int segment = of(tag);
        return starts[segment] + ((long) home(tag, masks[segment]) << 3);
    }

    /** True when nothing more should be added before room is made. */
    boolean isCrowded(final int segment) {
        return used[segment] >= (masks[segment] + 1) / 4 * 3;
    }

    /** Entries that became other than 0, or 0 again. */
    void use(final int segment, final int change) {
        used[segment] += change;
    }

    /** Empties the segment. @return how many entries it had; each is {@link #taken} until the next time */
    int take(final int segment) {
        final long start = starts[segment];
        final int entries = masks[segment] + 1;
        if (taken.length < entries) {
            taken = new long[entries];
        }
        int had = 0;
        for (int i = 0; i < entries; i++) {
            final long entry = entry(start, i);
            if (entry != 0) {
                taken[had++] = entry;
            }
        }
        Memory.zero(start, entries << 3);
        used[segment] = 0;
        return had;
    }

    long taken(final int i) {
        return taken[i];
    }

    /** Gives the tags of an empty segment twice the room: divides it, or doubles it where no bits are left to divide by (somebody made keys that collide). */
    void grow(final int tag) {
        final int segment = of(tag);
        if (depths[segment] < MOST_BITS) {
            divide(segment, tag);
        } else {
            final int entries = masks[segment] + 1; // its old place is given up: these keys are no fair load
            starts[segment] = slabs.allocate(entries << 4);
            masks[segment] = 2 * entries - 1;
        }
    }

    private void divide(final int segment, final int tag) {
        final int depth = depths[segment];
        if (depth == bits) {
            final int[] doubled = new int[directory.length * 2];
            for (int i = 0; i < doubled.length; i++) {
                doubled[i] = directory[i >>> 1];
            }
            directory = doubled;
            bits++;
        }
        depths[segment] = (byte) (depth + 1);
        final int upper = add(depth + 1);
        final int first = place(tag) >>> bits - depth << bits - depth;
        final int half = 1 << bits - depth - 1;
        Arrays.fill(directory, first + half, first + 2 * half, upper);
    }

    private int add(final int depth) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            masks = Arrays.copyOf(masks, 2 * count);
            used = Arrays.copyOf(used, 2 * count);
            depths = Arrays.copyOf(depths, 2 * count);
        }
        starts[count] = slabs.allocate(SEGMENT << 3);
        masks[count] = SEGMENT - 1;
        depths[count] = (byte) depth;
        return count++;
    }

    private int place(final int tag) {
        return (int) ((tag & 0xFFFF_FFFFL) >>> 32 - bits);
    }
}
