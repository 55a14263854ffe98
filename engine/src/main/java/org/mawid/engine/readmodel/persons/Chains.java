package org.mawid.engine.readmodel.persons;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Rows;
import org.mawid.engine.kernel.TagIndex;

/**
 * From a person to the applications that name them, the newest first: some 20 bytes a person beside the {@link Names}, in each of which the person makes room for the one that is older. Rows
 * and names are counted from 1 here, 0 = none. One at a time.
 */
final class Chains {
    /** These are no tables of a snapshot. */
    private static final int NO_TABLE = 0;
    // A person: the key, and their newest name.
    private static final int KEY = 0;
    private static final int NEWEST = 8;
    private static final int PERSON_BYTES = 16;
    /** Names whose places in the index are looked at together: that they are not in the cache is waited for once. Source: as the core does with commands. */
    private static final int AHEAD = 64;

    private final Names names;
    private final TagIndex index;
    private final Rows persons;
    private long taken;
    private int lastPerson;
    /** Added up so that looking ahead is not left out. */
    private long touched;

    /** @param memory theirs alone */
    Chains(final Names names, final CoreMemory memory) {
        this.names = names;
        index = new TagIndex(memory);
        persons = new Rows(memory, NO_TABLE, PERSON_BYTES);
    }

    /** Takes in what is shown by now. */
    void catchUp() {
        final long end = names.shown();
        while (taken < end) {
            final long until = Math.min(end, taken + AHEAD);
            for (long name = taken; name < until; name++) {
                touched += Memory.getLong(index.ahead(index.hash(Memory.getLong(names.at(name) + Names.PERSON))));
            }
            for (; taken < until; taken++) {
                take(names.at(taken));
            }
        }
    }

    private void take(final long name) {
        final long key = Memory.getLong(name + Names.PERSON);
        final long found = find(key);
        final long person = found == 0 ? open(key) : found;
        final long newest = Memory.getLong(person + NEWEST);
        if (newest != 0 && Memory.getLong(names.at(newest - 1) + Names.APPLICATION) == Memory.getLong(name + Names.APPLICATION)) {
            return; // with another's name between
        }
        Memory.putLong(name + Names.PERSON, newest);
        Memory.putLong(person + NEWEST, taken + 1);
    }

    long persons() {
        return lastPerson;
    }

    /** Of what was taken in. @return how many were put into {@code into}, from its beginning */
    int newest(final long key, final long[] into) {
        final long person = find(key);
        int count = 0;
        for (long name = person == 0 ? 0 : Memory.getLong(person + NEWEST); name != 0 && count < into.length; name = Memory.getLong(names.at(name - 1) + Names.PERSON)) {
            into[count++] = Memory.getLong(names.at(name - 1) + Names.APPLICATION);
        }
        return count;
    }

    private long open(final long key) {
        final long person = persons.ensure(++lastPerson);
        Memory.putLong(person + KEY, key);
        Memory.putLong(person + NEWEST, 0);
        index.add(index.hash(key), lastPerson);
        return person;
    }

    /** Address of the person's row, 0 = there is none. */
    private long find(final long key) {
        for (long row = index.first(index.hash(key)); row >= 0; row = index.next()) {
            final long at = persons.at((int) row);
            if (Memory.getLong(at + KEY) == key) {
                return at;
            }
        }
        return 0;
    }
}
