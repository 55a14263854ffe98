package org.mawid.api.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * When a request id without a time of its own was first seen here. Two requests with the same id that cross must say the same time,
 * because it is part of what a repeat must match; what is older than this memory is asked from the core. Any thread.
 */
final class FirstSeen {
    private static final int MOST = 65_536;

    private final Map<UUID, Long> createdMs = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<UUID, Long> eldest) {
            return size() > MOST;
        }
    };

    /** Null when not seen. */
    synchronized Long find(final UUID id) {
        return createdMs.get(id);
    }

    /** Keeps the time unless there is one. @return the one that counts */
    synchronized long keep(final UUID id, final long ms) {
        final Long before = createdMs.putIfAbsent(id, ms);
        return before == null ? ms : before;
    }
}
