package org.mawid.engine.readmodel.persons;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Rows;
import org.mawid.engine.kernel.TagIndex;

/** From a key to ascending numbers, the newest first: some 20 bytes a key, and 12 for each number. Rows are counted from 1. One at a time. */
final class Chains {
    /** These are no tables of a snapshot. */
    private static final int NO_TABLE = 0;
    // A key: the key, and its newest link.
    private static final int KEY = 0;
    private static final int NEWEST = 8;
    private static final int KEY_BYTES = 12;
    // A link: the number, and the link that is older; 0 = none.
    private static final int NUMBER = 0;
    private static final int OLDER = 8;
    private static final int LINK_BYTES = 12;

    private final TagIndex index;
    private final Rows keys;
    private final Rows links;
    private int lastKey;
    private int lastLink;

    Chains(final CoreMemory memory) {
        index = new TagIndex(memory);
        keys = new Rows(memory, NO_TABLE, KEY_BYTES);
        links = new Rows(memory, NO_TABLE, LINK_BYTES);
    }

    long persons() {
        return lastKey;
    }

    /** Once, however often the same is added one after the other. @param key 0 = none, and nothing is added @param number not below the key's others */
    void add(final long key, final long number) {
        if (key == 0) {
            return;
        }
        final long found = find(key);
        final long at = found == 0 ? open(key) : found;
        final int newest = Memory.getInt(at + NEWEST);
        if (newest != 0 && Memory.getLong(links.at(newest) + NUMBER) == number) {
            return;
        }
        final long link = links.ensure(++lastLink);
        Memory.putLong(link + NUMBER, number);
        Memory.putInt(link + OLDER, newest);
        Memory.putInt(at + NEWEST, lastLink);
    }

    /** @return how many were put into {@code into}, from its beginning */
    int newest(final long key, final long[] into) {
        final long at = find(key);
        int count = 0;
        for (int link = at == 0 ? 0 : Memory.getInt(at + NEWEST); link != 0 && count < into.length; link = Memory.getInt(links.at(link) + OLDER)) {
            into[count++] = Memory.getLong(links.at(link) + NUMBER);
        }
        return count;
    }

    private long open(final long key) {
        final long at = keys.ensure(++lastKey);
        Memory.putLong(at + KEY, key);
        index.add(index.hash(key), lastKey);
        return at;
    }

    /** Address of the key's row, 0 = there is none. */
    private long find(final long key) {
        for (long row = index.first(index.hash(key)); row >= 0; row = index.next()) {
            final long at = keys.at((int) row);
            if (Memory.getLong(at + KEY) == key) {
                return at;
            }
        }
        return 0;
    }
}
