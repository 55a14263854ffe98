package org.mawid.api.retention;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.mawid.api.gateway.DurableFile;
import org.mawid.api.person.Held;

/**
 * What a sweep remembers (an H2 MVStore): when applications were first seen to have ended, and what is being deleted. Nothing of it is personal. What is lost of ends is seen again later, and kept the longer. One thread.
 */
final class RetentionFile implements AutoCloseable {
    private static final String ENDS = "ends";
    private static final String GOING = "going";
    /** Old pages are kept so long, for nobody: what has to be is synced. */
    private static final int RETENTION_MS = 0;
    private static final int CLOSE_MS = 200;

    private final MVStore store;
    private final MVMap<Long, Long> ends;
    private final MVMap<String, Long> going;

    private RetentionFile(final MVStore store) {
        this.store = store;
        store.setRetentionTime(RETENTION_MS);
        ends = store.openMap(ENDS);
        going = store.openMap(GOING);
    }

    /** @throws IOException in one line: it cannot be made or read, is damaged, or another process has it */
    static RetentionFile open(final Path file) throws IOException {
        DurableFile.makeFolder(file.getParent());
        try {
            return new RetentionFile(new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open());
        } catch (final MVStoreException e) {
            throw new IOException(file + " cannot be used: another process has it, the disk is full, or it is damaged; without it what has ended is taken to end now, and kept the longer: " + e.getMessage(), e);
        }
    }

    /** When the application was first seen to have ended, ms; null = it was not. */
    Long endedMs(final long application) {
        return ends.get(application);
    }

    /** Durable with the next {@link #sync}. */
    void ended(final long application, final long nowMs) {
        ends.put(application, nowMs);
    }

    /** It is open again, likewise. */
    void open(final long application) {
        ends.remove(application);
    }

    /** Drops ends that nobody asks for, likewise. */
    void dropEnds(final LongPredicate dropped) {
        for (final Long application : List.copyOf(ends.keySet())) {
            if (dropped.test(application)) {
                ends.remove(application);
            }
        }
    }

    /** What is being deleted, and whose it is. */
    Map<String, Long> going() {
        return new TreeMap<>(going);
    }

    /** Durable when it returns. */
    void going(final List<Held> things) throws IOException {
        things.forEach(held -> going.put(held.name(), held.owner().personKey()));
        sync();
    }

    /** Durable with the next {@link #sync}: to delete it once more is harmless. */
    void gone(final String name) {
        going.remove(name);
    }

    void sync() throws IOException {
        try {
            store.commit();
            store.sync();
        } catch (final MVStoreException e) {
            throw new IOException("what retention remembers cannot be written: " + e.getMessage(), e);
        }
    }

    /** What was not synced may be lost. */
    @Override
    public void close() {
        if (!store.isClosed()) {
            store.close(CLOSE_MS);
        }
    }
}
