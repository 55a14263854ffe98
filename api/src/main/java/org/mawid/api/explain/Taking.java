package org.mawid.api.explain;

import java.util.ArrayList;
import java.util.List;

/** Places that one visit has, from when on, and until when. */
final class Taking {
    /** Of one pool on the date that is told. */
    record Run(int poolId, int fromUnit, int units, int places) {
        boolean has(final int pool, final int unit) {
            return poolId == pool && unit >= fromUnit && unit < fromUnit + units;
        }
    }

    final long position;
    final long nowMs;
    final Explanation.How how;
    final List<Run> runs = new ArrayList<>();
    boolean offered;
    long deadlineMs;
    long bookedPosition;
    long endPosition = Long.MAX_VALUE;

    Taking(final long position, final long nowMs, final Explanation.How how, final long deadlineMs) {
        this.position = position;
        this.nowMs = nowMs;
        this.how = how;
        this.deadlineMs = deadlineMs;
    }

    boolean isAt(final long asked) {
        return position <= asked && asked < endPosition;
    }

    /** How many places of that unit. */
    int places(final int pool, final int unit) {
        int places = 0;
        for (final Run run : runs) {
            places += run.has(pool, unit) ? run.places : 0;
        }
        return places;
    }

    /** @param asked position at which it is told */
    Explanation.First told(final long asked) {
        final boolean booked = bookedPosition != 0 && bookedPosition <= asked;
        final boolean held = how == Explanation.How.HELD && !booked;
        return new Explanation.First(position, nowMs, offered && how == Explanation.How.HELD ? Explanation.How.OFFERED : how, booked ? bookedPosition : 0, held ? deadlineMs : 0,
                runs.stream().map(Run::poolId).distinct().sorted().toList());
    }
}
