package org.mawid.api.notification.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.mawid.api.gateway.DurableFile;
import org.mawid.api.notification.notice.Notice;
import org.mawid.engine.readmodel.EventLog.Cursor;

/** The file (an H2 MVStore). Each change is durable when it returns, whole or not at all. After an {@link IOException} it is to be closed and opened anew. One thread. */
public final class Outbox implements AutoCloseable {
    private static final String ENTRIES = "entries";
    private static final String PROGRESS = "progress";
    private static final String JOURNAL = "journal";
    private static final String CURSOR = "cursor";
    private static final String NEXT = "next";
    /** Old pages are kept so long, for nobody: each change is synced. */
    private static final int RETENTION_MS = 0;
    private static final int CLOSE_MS = 200;

    private final MVStore store;
    private final MVMap<Long, long[]> entries;
    private final MVMap<String, Object> progress;

    private Outbox(final MVStore store) {
        this.store = store;
        store.setRetentionTime(RETENTION_MS);
        entries = store.openMap(ENTRIES);
        progress = store.openMap(PROGRESS);
    }

    /** @throws IOException in one line: it cannot be made or read, is damaged, or another server has it */
    public static Outbox open(final Path file) throws IOException {
        DurableFile.makeFolder(file.getParent());
        try {
            return new Outbox(new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open());
        } catch (final MVStoreException e) {
            throw new IOException(file + " cannot be used: another server has it, the disk is full, or it is damaged; without it notifications go on from now, and what was to be told is lost: " + e.getMessage(), e);
        }
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
        change(() -> {
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
        change(() -> {
            as.forEach(entry -> entries.put(entry.id(), entry.longs()));
            gone.forEach(entries::remove);
        });
    }

    private void change(final Runnable change) throws IOException {
        try {
            change.run();
            store.commit();
            store.sync();
        } catch (final MVStoreException e) {
            throw new IOException("the outbox of notifications cannot be written: " + e.getMessage(), e);
        }
    }

    /** Makes the file smaller, too, if that takes no longer than {@value #CLOSE_MS} ms. */
    @Override
    public void close() {
        if (!store.isClosed()) {
            store.close(CLOSE_MS);
        }
    }
}
