package org.mawid.api.retention;

import java.util.EnumMap;
import java.util.Map;

/** How long each kind is kept. Immutable. */
public final class RetentionRules {
    public static final int MOST_DAYS = 36_500;
    private static final long DAY_MS = 86_400_000;

    private final Map<RetentionKind, Integer> days;

    /** @param days of each kind, 0 (for ever) to {@link #MOST_DAYS} */
    public RetentionRules(final Map<RetentionKind, Integer> days) {
        this.days = new EnumMap<>(days);
    }

    public boolean isForEver(final RetentionKind kind) {
        return days.get(kind) == 0;
    }

    /** Milliseconds; {@link Long#MAX_VALUE} = for ever. */
    public long keptMs(final RetentionKind kind) {
        return isForEver(kind) ? Long.MAX_VALUE : days.get(kind) * DAY_MS;
    }

    /** @param beganMs ms since 1970-01-01 UTC, {@link Sweep#NOT_BEGUN} = it has not */
    boolean isOver(final RetentionKind kind, final long beganMs, final long nowMs) {
        return !isForEver(kind) && beganMs != Sweep.NOT_BEGUN && nowMs - beganMs >= keptMs(kind);
    }
}
