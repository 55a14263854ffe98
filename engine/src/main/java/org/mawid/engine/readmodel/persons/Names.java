package org.mawid.engine.readmodel.persons;

import java.util.Arrays;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Slabs;

/**
 * Which application names whom, one behind the other as they come: 16 bytes each, numbered from 0. One thread adds; once a name is {@link #show shown}, it is for those who read, one at a time, and
 * they may write over it.
 */
final class Names {
    /** Of a name: a key, until somebody puts something else there. */
    static final int PERSON = 0;
    static final int APPLICATION = 8;
    private static final int BYTES = 16;
    private static final int PAGE_BITS = 12;
    private static final int PAGE_NAMES = 1 << PAGE_BITS;

    private final CoreMemory memory = new CoreMemory();
    private final Slabs slabs = new Slabs(memory);
    private int pageCount;
    private long added;
    private long lastPerson;
    private long lastApplication;
    private volatile long[] pages = new long[4];
    private volatile long shown;

    // ---- one thread

    /** Once, however often the same is added one after the other. @param person 0 = nobody, and nothing is added */
    void add(final long person, final long application) {
        if (person == 0 || person == lastPerson && application == lastApplication) {
            return;
        }
        lastPerson = person;
        lastApplication = application;
        if (added >>> PAGE_BITS == pageCount) {
            makeRoom();
        }
        final long at = at(added++);
        Memory.putLong(at + PERSON, person);
        Memory.putLong(at + APPLICATION, application);
    }

    /** What was added, to those who read. */
    void show() {
        if (shown != added) {
            shown = added;
        }
    }

    private void makeRoom() {
        final long[] more = pageCount == pages.length ? Arrays.copyOf(pages, 2 * pageCount) : pages;
        more[pageCount++] = slabs.allocate(PAGE_NAMES * BYTES);
        pages = more;
    }

    /** Gives the memory back: neither is anything added any more nor read. */
    void close() {
        memory.close();
    }

    // ---- who reads

    /** How many may be read. */
    long shown() {
        return shown;
    }

    /** Address of one. */
    long at(final long name) {
        return pages[(int) (name >>> PAGE_BITS)] + (name & PAGE_NAMES - 1) * BYTES;
    }
}
