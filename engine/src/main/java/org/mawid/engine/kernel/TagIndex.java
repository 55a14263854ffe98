package org.mawid.engine.kernel;

import java.util.Arrays;

/**
 * From a hash to slots. An entry keeps 32 bits of the hash (the tag) beside the slot, so that growing and deleting never look at the
 * rows. It grows by splitting one segment of 8 KiB at a time (extendible hashing): no command waits for a large table to be copied.
 * <p>It is not part of the state: its order decides nothing and it is made anew when a snapshot is loaded.
 */
public final class TagIndex {
    private static final int SEGMENT = 1024;
    private static final int MOST_USED = SEGMENT / 4 * 3;
    private static final int MOST_BITS = 20;

    private long[][] directory = {new long[SEGMENT + 1]};
    private int bits;
    private final long[] scratch = new long[SEGMENT];
    private long size;
    private long[] segment;
    private int tag;
    private int at;

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
        segment = directory[place(tag)];
        at = home(tag, segment);
        return find();
    }

    public long next() {
        at = after(at, segment);
        return find();
    }

    /** Something of the entry, for prefetching. */
    public long touch(final long hash) {
        final int wanted = tag(hash);
        final long[] touched = directory[place(wanted)];
        return touched[home(wanted, touched)];
    }

    public void add(final long hash, final int slot) {
        final int added = tag(hash);
        long[] into = directory[place(added)];
        while (used(into) >= mostUsed(into)) {
            split(added);
            into = directory[place(added)];
        }
        insert(into, entry(added, slot));
        size++;
    }

    /** The entry must be there. */
    public void remove(final long hash, final int slot) {
        final int removed = tag(hash);
        final long[] from = directory[place(removed)];
        final long wanted = entry(removed, slot);
        int hole = home(removed, from);
        while (from[hole] != wanted) {
            Invariant.that(from[hole] != 0, "what leaves the index was in it", removed, slot);
            hole = after(hole, from);
        }
        for (int i = after(hole, from); from[i] != 0; i = after(i, from)) {
            final int home = home((int) (from[i] >>> 32), from);
            final int mask = from.length - 2;
            if ((i - home & mask) >= (i - hole & mask)) {
                from[hole] = from[i];
                hole = i;
            }
        }
        from[hole] = 0;
        from[from.length - 1] -= 1L << 32;
        size--;
    }

    public long size() {
        return size;
    }

    public void clear() {
        directory = new long[][] {new long[SEGMENT + 1]};
        bits = 0;
        size = 0;
    }

    private long find() {
        for (;;) {
            final long entry = segment[at];
            if (entry == 0) {
                return -1;
            }
            if ((int) (entry >>> 32) == tag) {
                return entry & 0xFFFF_FFFFL;
            }
            at = after(at, segment);
        }
    }

    private static void insert(final long[] into, final long entry) {
        int i = home((int) (entry >>> 32), into);
        while (into[i] != 0) {
            i = after(i, into);
        }
        into[i] = entry;
        into[into.length - 1] += 1L << 32;
    }

    /** Divides the segment of this tag by the next bit; where no bits are left (somebody made keys that collide) it doubles instead. */
    private void split(final int crowded) {
        final long[] old = directory[place(crowded)];
        final int oldBits = depth(old);
        if (oldBits == MOST_BITS) {
            enlarge(crowded, old);
            return;
        }
        if (oldBits == bits) {
            final long[][] doubled = new long[directory.length * 2][];
            for (int i = 0; i < doubled.length; i++) {
                doubled[i] = directory[i >>> 1];
            }
            directory = doubled;
            bits++;
        }
        final long[] upper = new long[SEGMENT + 1];
        System.arraycopy(old, 0, scratch, 0, SEGMENT);
        Arrays.fill(old, 0);
        old[SEGMENT] = oldBits + 1;
        upper[SEGMENT] = oldBits + 1;
        final int first = place(crowded) >>> bits - oldBits << bits - oldBits;
        final int half = 1 << bits - oldBits - 1;
        for (int i = first + half; i < first + 2 * half; i++) {
            directory[i] = upper;
        }
        for (final long entry : scratch) {
            if (entry != 0) {
                insert(directory[place((int) (entry >>> 32))], entry);
            }
        }
    }

    private void enlarge(final int crowded, final long[] old) {
        final long[] larger = new long[(old.length - 1) * 2 + 1];
        larger[larger.length - 1] = depth(old);
        for (int i = 0; i < old.length - 1; i++) {
            if (old[i] != 0) {
                insert(larger, old[i]);
            }
        }
        directory[place(crowded)] = larger;
    }

    private static int tag(final long hash) {
        return (int) (hash >>> 32) | 1;
    }

    private static long entry(final int tag, final int slot) {
        return (long) tag << 32 | slot & 0xFFFF_FFFFL;
    }

    private int place(final int tag) {
        return (int) ((tag & 0xFFFF_FFFFL) >>> 32 - bits);
    }

    private static int home(final int tag, final long[] segment) {
        return tag >>> 1 & segment.length - 2;
    }

    private static int after(final int at, final long[] segment) {
        return at + 1 & segment.length - 2;
    }

    private static int used(final long[] segment) {
        return (int) (segment[segment.length - 1] >>> 32);
    }

    private static int depth(final long[] segment) {
        return (int) segment[segment.length - 1];
    }

    private static int mostUsed(final long[] segment) {
        return segment.length == SEGMENT + 1 ? MOST_USED : (segment.length - 1) / 4 * 3;
    }
}
