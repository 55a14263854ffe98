package org.mawid.api.audit.trail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.mawid.api.audit.Entry;
import org.mawid.api.gateway.DurableMaps;

/**
 * The index in a file (an H2 MVStore): rows by application and position, to which application holds and waiters belong, and how far the log was read, all of it together as it was at some moment. One thread changes it; {@link #newest} may
 * be asked by any, beside it. After an exception it is to be closed, and opened or made anew.
 */
final class TrailFile implements AutoCloseable {
    private static final String ROWS = "rows";
    private static final String THINGS = "things";
    private static final String PROGRESS = "progress";
    private static final String JOURNAL = "journal";
    private static final String GONE = "gone";
    private static final int CACHE_MIB = 8;
    private static final int TIDIED_BYTES = 4 << 20;

    private final DurableMaps store;
    private final MVMap<Place, byte[]> rows;
    private final MVMap<Long, Long> things;
    private final MVMap<String, Object> progress;

    private TrailFile(final DurableMaps store) {
        this.store = store;
        rows = store.map(ROWS, new Place.Type(), ByteArrayDataType.INSTANCE);
        things = store.map(THINGS, LongDataType.INSTANCE, LongDataType.INSTANCE);
        progress = store.map(PROGRESS);
    }

    /** @throws IOException in one line: it cannot be made or read, is damaged, or another server has it */
    static TrailFile open(final Path file) throws IOException {
        return new TrailFile(DurableMaps.open(file, "the index of what was done", "the log is read once more", CACHE_MIB));
    }

    /** Nothing is left of an earlier one. */
    static TrailFile anew(final Path file) throws IOException {
        Files.deleteIfExists(file);
        return open(file);
    }

    /** Null = nothing was read yet, or it was written by another program. */
    Progress progress() {
        final Object gone = progress.get(GONE);
        return gone instanceof long[] kept ? Progress.of((String) progress.get(JOURNAL), kept) : null;
    }

    // ---- one thread: what is put is there at once for those who ask, and durable with the next sync

    void put(final Progress gone) {
        progress.put(JOURNAL, gone.journal());
        progress.put(GONE, gone.longs());
    }

    /** One that is there already stays: what became of it may be forgotten by now. */
    void put(final Place place, final byte[] row) {
        rows.putIfAbsent(place, row);
    }

    void put(final long thing, final long application) {
        things.put(thing, application);
    }

    /** 0 = not known. */
    long applicationOf(final long thing) {
        final Long application = things.get(thing);
        return application == null ? 0 : application;
    }

    /**
     * Removes what belongs to applications that are gone, a piece at a time.
     *
     * @param from where the piece before has ended, null = at the beginning
     * @param most rows to look at, or to remove
     * @return where to go on, null = that was all
     */
    Place forget(final LongPredicate isGone, final Place from, final int most) {
        Place next = from == null ? rows.firstKey() : rows.ceilingKey(from);
        for (int i = 0; i < most && next != null; i++) {
            final long application = next.application();
            if (isGone.test(application)) {
                for (; i < most && next != null && next.application() == application; i++) {
                    rows.remove(next);
                    next = rows.higherKey(next);
                }
            } else {
                next = rows.ceilingKey(new Place(application + 1, 0));
            }
        }
        return next;
    }

    /** Likewise, of what belongs to them. @param from 0 = at the beginning @return 0 = that was all */
    long forgetThings(final LongPredicate isGone, final long from, final int most) {
        final List<Long> gone = new ArrayList<>();
        final Cursor<Long, Long> each = things.cursor(from);
        long next = 0;
        for (int i = 0; i < most && each.hasNext(); i++) {
            next = each.next() + 1;
            if (isGone.test(each.getValue())) {
                gone.add(each.getKey());
            }
        }
        gone.forEach(things::remove);
        return each.hasNext() ? next : 0;
    }

    void sync() throws IOException {
        store.sync();
    }

    /** Gives room back, some MiB at a time. */
    void tidy() throws IOException {
        store.tidy(TIDIED_BYTES);
    }

    long bytes() {
        return store.bytes();
    }

    @Override
    public void close() {
        store.close();
    }

    // ---- any thread

    /** The newest first. @param upTo position @throws DamagedException it is not what was written */
    List<Entry> newest(final long application, final long upTo, final int most) {
        final List<Entry> newest = new ArrayList<>();
        final Cursor<Place, byte[]> back = rows.cursor(new Place(application, upTo), new Place(application, 0), true);
        while (newest.size() < most && back.hasNext()) {
            final Place place = back.next();
            newest.add(Row.read(place, back.getValue()));
        }
        return newest;
    }
}
