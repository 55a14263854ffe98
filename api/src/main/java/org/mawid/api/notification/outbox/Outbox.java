package org.mawid.api.notification.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.mawid.api.gateway.DurableMaps;
import org.mawid.api.notification.notice.Notice;
import org.mawid.engine.readmodel.EventLog.Cursor;

/** The file (an H2 MVStore). Each change is durable when it returns, whole or not at all. After an {@link IOException} it is to be closed and opened anew. One thread. */
public final class Outbox implements AutoCloseable {
    private static final String ENTRIES = "entries";
    private static final String PROGRESS = "progress";
    private static final String JOURNAL = "journal";
    private static final String CURSOR = "cursor";
    private static final String NEXT = "next";

    private final DurableMaps store;
    private final MVMap<Long, long[]> entries;
    private final MVMap<String, Object> progress;

    private Outbox(final DurableMaps store) {
        this.store = store;
        entries = store.map(ENTRIES);
        progress = store.map(PROGRESS);
    }

    /** @throws IOException in one line: it cannot be made or read, is damaged, or another server has it */
    public static Outbox open(final Path file) throws IOException {
        return new Outbox(DurableMaps.open(file, "the outbox of notifications", "notifications go on from now, and what was to be told is lost"));
    }

    /** Null when nothing has been looked at yet. */
    public Progress progress() {
        final long[] cursor = (long[]) progress.get(CURSOR);
        return cursor == null ? null : new Progress((String) progress.get(JOURNAL), new Cursor(cursor[0], cursor[1], (int) cursor[2]), cursor[3]);
    }

    /** All that is still to be told, in the order in which it came. */
    public List<Entry> entries() {
        final List<Entry> all = new ArrayList<>(entries.size());
        entries.forEach((id, kept) -> all.add(Entry.of(id, kept)));
        return all;
    }

    /** Takes notices in, and how far has been gone with them, together. @param nowMs from when on they are due */
    public List<Entry> add(final List<Notice> notices, final long nowMs, final Progress gone) throws IOException {
        final List<Entry> added = new ArrayList<>(notices.size());
        store.change(() -> {
            long next = (long) progress.getOrDefault(NEXT, 1L);
            for (final Notice notice : notices) {
                added.add(new Entry(next++, notice, 0, nowMs));
            }
            added.forEach(entry -> entries.put(entry.id(), entry.longs()));
            progress.put(NEXT, next);
            progress.put(JOURNAL, gone.journal());
            progress.put(CURSOR, new long[] {gone.cursor().epoch(), gone.cursor().position(), gone.cursor().ordinal(), gone.remindedUntilMs()});
        });
        return added;
    }

    /** @param as they are now @param gone ids of those that are told, or never will be */
    public void change(final Iterable<Entry> as, final Iterable<Long> gone) throws IOException {
        store.change(() -> {
            as.forEach(entry -> entries.put(entry.id(), entry.longs()));
            gone.forEach(entries::remove);
        });
    }

    @Override
    public void close() {
        store.close();
    }
}
