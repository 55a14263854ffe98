package org.mawid.api.notification.outbox;

import java.util.Arrays;
import org.mawid.api.notification.notice.Notice;

/**
 * A notice that is still to be told.
 *
 * @param id       counted up, never given again
 * @param attempts that have failed
 * @param dueMs    not before then, log time, ms since 1970-01-01 UTC
 */
public record Entry(long id, Notice notice, int attempts, long dueMs) implements Comparable<Entry> {
    private static final int ATTEMPTS = Notice.LONGS;
    private static final int DUE = Notice.LONGS + 1;

    /** Put off, without an attempt. */
    public Entry until(final long newDueMs) {
        return new Entry(id, notice, attempts, newDueMs);
    }

    /** After one more attempt that has failed. */
    public Entry failed(final long newDueMs) {
        return new Entry(id, notice, attempts + 1, newDueMs);
    }

    long[] longs() {
        final long[] kept = Arrays.copyOf(notice.longs(), Notice.LONGS + 2);
        kept[ATTEMPTS] = attempts;
        kept[DUE] = dueMs;
        return kept;
    }

    static Entry of(final long id, final long[] kept) {
        return new Entry(id, Notice.of(kept), (int) kept[ATTEMPTS], kept[DUE]);
    }

    /** What is due first, then what came first. */
    @Override
    public int compareTo(final Entry other) {
        return dueMs != other.dueMs ? Long.compare(dueMs, other.dueMs) : Long.compare(id, other.id);
    }
}
