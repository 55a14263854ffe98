package org.mawid.api.retention;

import java.util.EnumMap;
import java.util.Map;

/** What a sweep has found, by kind. The thread that sweeps. */
public final class Tally {
    /** Of a kind of which nothing is kept. */
    public static final long NONE = 0;

    private final Map<RetentionKind, long[]> counts = new EnumMap<>(RetentionKind.class);
    private final Map<RetentionKind, Long> oldest = new EnumMap<>(RetentionKind.class);
    private boolean isWhole = true;

    /** What happened to a thing. */
    public enum Fate {
        /** Not over yet, or kept for ever. */
        KEPT,
        /** It is over, and a legal hold keeps it. */
        HELD,
        /** Deleted; in a dry run, would have been. */
        DELETED
    }

    /** @param atMs when it came, ms since 1970-01-01 UTC */
    void count(final RetentionKind kind, final Fate fate, final long atMs) {
        counts.computeIfAbsent(kind, none -> new long[Fate.values().length])[fate.ordinal()]++;
        if (fate != Fate.DELETED) {
            oldest.merge(kind, atMs, Math::min);
        }
    }

    /** Of some it cannot be told, or they could not be deleted: the next sweep looks again. */
    void notWhole() {
        isWhole = false;
    }

    public boolean isWhole() {
        return isWhole;
    }

    public long of(final RetentionKind kind, final Fate fate) {
        return counts.containsKey(kind) ? counts.get(kind)[fate.ordinal()] : 0;
    }

    public long all(final Fate fate) {
        return counts.values().stream().mapToLong(of -> of[fate.ordinal()]).sum();
    }

    /** When the oldest came that is still kept, ms since 1970-01-01 UTC; {@link #NONE}. */
    public long oldestMs(final RetentionKind kind) {
        return oldest.getOrDefault(kind, NONE);
    }
}
