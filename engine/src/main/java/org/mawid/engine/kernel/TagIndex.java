package org.mawid.engine.kernel;

/**
 * From a hash to slots. An entry keeps 32 bits of the hash (the tag) beside the slot, so that growing and deleting never look at the
 * rows. It grows by {@link Segments}.
 * <p>It is not part of the state: its order decides nothing and it is made anew when a snapshot is loaded.
 */
public final class TagIndex {
    private final Segments segments;
    private long size;
    private long segment;
    private int mask;
    private int tag;
    private int at;

    public TagIndex(final CoreMemory memory) {
        segments = new Segments(memory);
    }

    public long hash(final long key) {
        return segments.hash(key);
    }

    /** The first slot under this hash, -1 = none. More than one key may have the same tag: compare the key, then ask for {@link #next()}. */
    public long first(final long hash) {
        tag = Segments.tag(hash);
        final int found = segments.of(tag);
        segment = segments.start(found);
        mask = segments.mask(found);
        at = Segments.home(tag, mask);
        return find();
    }

    public long next() {
        at = at + 1 & mask;
        return find();
    }

    /** Where the search for this hash begins: for {@link Ahead}. */
    public long ahead(final long hash) {
        return segments.ahead(hash);
    }

    public void add(final long hash, final int slot) {
        final int added = Segments.tag(hash);
        int into = segments.of(added);
        while (segments.isCrowded(into)) {
            makeRoom(added, into);
            into = segments.of(added);
        }
        insert(into, entryOf(added, slot));
        size++;
    }

    /** The entry must be there. */
    public void remove(final long hash, final int slot) {
        final int removed = Segments.tag(hash);
        final int from = segments.of(removed);
        final long start = segments.start(from);
        final int within = segments.mask(from);
        final long wanted = entryOf(removed, slot);
        int hole = Segments.home(removed, within);
        for (long entry = Segments.entry(start, hole); entry != wanted; entry = Segments.entry(start, hole)) {
            Invariant.that(entry != 0, "what leaves the index was in it", removed, slot);
            hole = hole + 1 & within;
        }
        int i = hole + 1 & within;
        for (long entry = Segments.entry(start, i); entry != 0; entry = Segments.entry(start, i)) {
            if ((i - Segments.home(Segments.tagOf(entry), within) & within) >= (i - hole & within)) {
                Segments.put(start, hole, entry);
                hole = i;
            }
            i = i + 1 & within;
        }
        Segments.put(start, hole, 0);
        segments.use(from, -1);
        size--;
    }

    public long size() {
        return size;
    }

    private long find() {
        for (;;) {
            final long entry = Segments.entry(segment, at);
            if (entry == 0) {
                return -1;
            }
            if (Segments.tagOf(entry) == tag) {
                return entry & 0xFFFF_FFFFL;
            }
            at = at + 1 & mask;
        }
    }

    private void insert(final int into, final long entry) {
        final long start = segments.start(into);
        final int within = segments.mask(into);
        int i = Segments.home(Segments.tagOf(entry), within);
        while (Segments.entry(start, i) != 0) {
            i = i + 1 & within;
        }
        Segments.put(start, i, entry);
        segments.use(into, 1);
    }

    private void makeRoom(final int crowded, final int old) {
        final int entries = segments.take(old);
        segments.grow(crowded);
        for (int i = 0; i < entries; i++) {
            final long entry = segments.taken(i);
            insert(segments.of(Segments.tagOf(entry)), entry);
        }
    }

    private static long entryOf(final int tag, final int slot) {
        return (long) tag << 32 | slot & 0xFFFF_FFFFL;
    }
}
