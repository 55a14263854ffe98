package org.mawid.api.retention;

import java.util.concurrent.atomic.AtomicLongArray;
import org.mawid.api.retention.Tally.Fate;

/** What sweeps have done since the start. Any thread. */
public final class RetentionFigures {
    private final AtomicLongArray deleted = new AtomicLongArray(RetentionKind.values().length);
    private final AtomicLongArray held = new AtomicLongArray(RetentionKind.values().length);
    private final AtomicLongArray oldestMs = new AtomicLongArray(RetentionKind.values().length);
    private volatile long sweptMs;

    void swept(final Tally tally, final long nowMs) {
        for (final RetentionKind kind : RetentionKind.values()) {
            deleted.addAndGet(kind.ordinal(), tally.of(kind, Fate.DELETED));
            if (tally.isWhole()) {
                held.set(kind.ordinal(), tally.of(kind, Fate.HELD));
                oldestMs.set(kind.ordinal(), tally.oldestMs(kind));
            }
        }
        if (tally.isWhole()) {
            sweptMs = nowMs;
        }
    }

    public long deleted(final RetentionKind kind) {
        return deleted.get(kind.ordinal());
    }

    /** Kept by a legal hold, as the last whole sweep has found it. */
    public long held(final RetentionKind kind) {
        return held.get(kind.ordinal());
    }

    /** When the oldest came that is kept, likewise; ms since 1970-01-01 UTC, {@link Tally#NONE}. */
    public long oldestMs(final RetentionKind kind) {
        return oldestMs.get(kind.ordinal());
    }

    /** When the last whole sweep began, log time; 0 = none since the start. */
    public long sweptMs() {
        return sweptMs;
    }
}
