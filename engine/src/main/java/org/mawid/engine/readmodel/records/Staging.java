package org.mawid.engine.readmodel.records;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Records being changed, in memory, until they are written to the map together: however often one changes meanwhile, it is written
 * once, and one that comes and goes meanwhile never is.
 */
final class Staging {
    /**
     * So many are enough to be written. Only who is behind ever has them: then a life's steps meet here, and what would be eight
     * writes and four reads of the map becomes three writes.
     */
    static final int MANY = 32_768;
    /** Up to so many it is cheaper to take them out one by one than to clear the table. */
    private static final int FEW = 2_048;
    private static final int KEPT = MANY;
    private static final float LOAD_FACTOR = 0.5f;

    private final RecordMap map;
    private final Long2ObjectHashMap<Entry> byKey = new Long2ObjectHashMap<>(KEPT, LOAD_FACTOR);
    private final List<Entry> staged = new ArrayList<>(KEPT);
    private final ArrayList<Entry> unused = new ArrayList<>(KEPT);

    Staging(final RecordMap map) {
        this.map = map;
    }

    /** The record as it stands, present or not. */
    Entry load(final Kind kind, final long number) {
        return load(kind.key(number));
    }

    /** As above. */
    Entry load(final long key) {
        final Entry known = byKey.get(key);
        if (known != null) {
            return known;
        }
        final Entry entry = stage(key);
        map.load(key, entry);
        return entry;
    }

    /** For what is known to be new or to replace all that was there. Not for what may be staged. */
    Entry blank(final Kind kind, final long number) {
        final Entry entry = stage(kind.key(number));
        entry.length = 0;
        return entry;
    }

    private Entry stage(final long key) {
        final Entry entry = unused.isEmpty() ? new Entry() : unused.remove(unused.size() - 1);
        entry.key = key;
        entry.changed = false;
        byKey.put(key, entry);
        staged.add(entry);
        return entry;
    }

    boolean isLarge() {
        return staged.size() >= MANY;
    }

    /** Writes what has changed: an application last, so that what it refers to can be found. */
    void flush() {
        write(false);
        write(true);
        if (staged.size() <= FEW) {
            for (int i = 0; i < staged.size(); i++) {
                byKey.remove(staged.get(i).key);
            }
        } else {
            byKey.clear();
        }
        for (int i = 0; i < staged.size() && unused.size() < KEPT; i++) {
            unused.add(staged.get(i));
        }
        staged.clear();
        if (map.isFull()) {
            throw new RecordsFullException(map.size());
        }
    }

    private void write(final boolean applications) {
        for (int i = 0; i < staged.size(); i++) {
            final Entry entry = staged.get(i);
            if (entry.changed && Kind.of(entry.key) == Kind.APPLICATION == applications) {
                if (entry.isPresent()) {
                    map.put(entry);
                } else {
                    map.remove(entry.key);
                }
            }
        }
    }
}
