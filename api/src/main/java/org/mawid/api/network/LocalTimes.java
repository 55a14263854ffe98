package org.mawid.api.network;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;

/** Where local time becomes an instant. Depends on the time-zone tables and on nothing else. */
public final class LocalTimes {
    private LocalTimes() {}

    /**
     * Of a local time that the clocks skip it is the moment of the change; of one that comes twice the first or the second.
     *
     * @param earlier whether the first is meant, as for a time at which something opens
     * @return ms since 1970-01-01 UTC
     */
    public static long instantMs(ZoneRules rules, LocalDateTime local, boolean earlier) {
        final List<ZoneOffset> offsets = rules.getValidOffsets(local);
        if (offsets.size() == 1) return local.toInstant(offsets.get(0)).toEpochMilli();
        final ZoneOffsetTransition change = rules.getTransition(local);
        if (change.isGap()) return change.getInstant().toEpochMilli();
        return local.toInstant(earlier ? change.getOffsetBefore() : change.getOffsetAfter()).toEpochMilli();
    }

    /** Whether the clocks never show that time. */
    public static boolean isSkipped(ZoneRules rules, LocalDateTime local) {
        return rules.getValidOffsets(local).isEmpty();
    }
}
