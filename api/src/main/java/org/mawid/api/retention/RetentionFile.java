package org.mawid.api.retention;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.h2.mvstore.MVMap;
import org.mawid.api.gateway.DurableMaps;
import org.mawid.api.person.Held;

/**
 * What a sweep remembers (an H2 MVStore): when applications were first seen to have ended, and what is being deleted. Nothing of it is personal. What is lost of ends is seen again later, and kept the longer. One thread.
 */
final class RetentionFile implements AutoCloseable {
    private static final String ENDS = "ends";
    private static final String GOING = "going";

    private final DurableMaps store;
    private final MVMap<Long, Long> ends;
    private final MVMap<String, Long> going;

    private RetentionFile(final DurableMaps store) {
        this.store = store;
        ends = store.map(ENDS);
        going = store.map(GOING);
    }

    /** @throws IOException in one line: it cannot be made or read, is damaged, or another process has it */
    static RetentionFile open(final Path file) throws IOException {
        return new RetentionFile(DurableMaps.open(file, "what retention remembers", "what has ended is taken to end now, and kept the longer"));
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
        store.sync();
    }

    /** What was not synced may be lost. */
    @Override
    public void close() {
        store.close();
    }
}
