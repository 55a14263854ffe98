package org.mawid.engine.kernel;

/**
 * From a hash to numbers that are counted up and forgotten in the same order. Forgetting costs nothing: an entry whose number is below the
 * first that is still known means nothing any more, and the next entry that comes by takes its place. So a request that is answered for
 * the first time and remembered touches one line of the cache here. It grows by {@link Segments}.
 * <p>It is not part of the state: its order decides nothing. Numbers are kept by their lower 32 bits: at most 2^31 may be known at once.
 * An entry that nothing came by for 2^32 numbers stands for a newer number then; whoever compares the key sees that it is not the one.
 */
public final class AgingIndex {
    private final Segments segments;
    private long first = 1;
    private long next = 1;
    private long segment;
    private int tag;
    private int mask;
    private int at;
    private int searched;
    /** The first place on the way of the search that an entry may take, -1 = none so far. */
    private int vacant;

    public AgingIndex(final CoreMemory memory) {
        segments = new Segments(memory);
    }

    public long hash(final long high, final long low) {
        return segments.hash(high, low);
    }

    /** Everything below is forgotten. */
    public void forgetBefore(final long number) {
        first = number;
        next = Math.max(next, number);
    }

    /** The first number known under this hash, -1 = none. More than one key may have the same tag: compare the key, then ask for {@link #next()}. */
    public long first(final long hash) {
        tag = Segments.tag(hash);
        searched = segments.of(tag);
        segment = segments.start(searched);
        mask = segments.mask(searched);
        at = Segments.home(tag, mask);
        vacant = -1;
        return find();
    }

    public long next() {
        at = at + 1 & mask;
        return find();
    }

    private long find() {
        for (;;) {
            final long entry = Segments.entry(segment, at);
            if (entry == 0) {
                vacant = vacant < 0 ? at : vacant;
                return -1;
            }
            if (isKnown(entry)) {
                if (Segments.tagOf(entry) == tag) {
                    return first + ((int) entry - (int) first & 0xFFFF_FFFFL);
                }
            } else if (vacant < 0) {
                vacant = at;
            }
            at = at + 1 & mask;
        }
    }

    /** Where the search for this hash begins: for {@link Ahead}. */
    public long ahead(final long hash) {
        return segments.ahead(hash);
    }

    /** Adds a number that is not known under this hash, above all that were added before. */
    public void add(final long hash, final long number) {
        next = number + 1;
        final int added = Segments.tag(hash);
        if (added == tag && vacant >= 0 && take(added, number)) {
            return;
        }
        tag = 0;
        int into = segments.of(added);
        while (segments.isCrowded(into)) {
            makeRoom(added, into);
            into = segments.of(added);
        }
        insert(into, (long) added << 32 | number & 0xFFFF_FFFFL);
    }

    /** Where the search before has found a place for this very tag. @return false when room must be made first */
    private boolean take(final int added, final long number) {
        if (Segments.entry(segment, vacant) == 0) {
            if (segments.isCrowded(searched)) {
                return false;
            }
            segments.use(searched, 1);
        }
        Segments.put(segment, vacant, (long) added << 32 | number & 0xFFFF_FFFFL);
        tag = 0;
        return true;
    }

    /** At the first place from its home on that is empty or means nothing any more. */
    private void insert(final int into, final long entry) {
        final long start = segments.start(into);
        final int within = segments.mask(into);
        int i = Segments.home(Segments.tagOf(entry), within);
        long there = Segments.entry(start, i);
        while (there != 0 && isKnown(there)) {
            i = i + 1 & within;
            there = Segments.entry(start, i);
        }
        if (there == 0) {
            segments.use(into, 1);
        }
        Segments.put(start, i, entry);
    }

    /** Writes the segment anew without what is forgotten; when what is known is still more than half of it, in twice the room. */
    private void makeRoom(final int crowded, final int old) {
        final int entries = segments.take(old);
        int known = 0;
        for (int i = 0; i < entries; i++) {
            known += isKnown(segments.taken(i)) ? 1 : 0;
        }
        if (known > (segments.mask(old) + 1) / 2) {
            segments.grow(crowded);
        }
        for (int i = 0; i < entries; i++) {
            final long entry = segments.taken(i);
            if (isKnown(entry)) {
                insert(segments.of(Segments.tagOf(entry)), entry);
            }
        }
    }

    /** From the first that is known to the last that was added, however long ago the entry was made. */
    private boolean isKnown(final long entry) {
        return ((int) entry - (int) first & 0xFFFF_FFFFL) < next - first;
    }
}
