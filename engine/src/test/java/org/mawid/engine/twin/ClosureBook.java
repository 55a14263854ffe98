package org.mawid.engine.twin;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.mawid.sbe.DaysClosedDecoder;

/** The closures that somebody knows who only reads the events. */
final class ClosureBook {
    private final Map<Integer, Integer> postOf = new HashMap<>();
    private final Map<Long, Closed> closures = new TreeMap<>();

    private record Closed(int postId, int poolId, long fromMs, long toMs, int capacity, boolean inForce) {
    }

    void poolDefined(final int poolId, final int postId) {
        postOf.put(poolId, postId);
    }

    void closed(final DaysClosedDecoder event) {
        closures.put(event.closureId(), new Closed(event.head().postId(), event.poolId(), event.fromMs(), event.toMs(), event.capacity(), false));
    }

    void inForce(final long closureId) {
        closures.computeIfPresent(closureId, (id, it) -> new Closed(it.postId, it.poolId, it.fromMs, it.toMs, it.capacity, true));
    }

    void over(final long closureId) {
        closures.remove(closureId);
    }

    /** Places that closures in force leave on the unit of a pool that begins then, Integer.MAX_VALUE = none has it. */
    int left(final int poolId, final long unitMs) {
        int left = Integer.MAX_VALUE;
        for (final Closed each : closures.values()) {
            final boolean covers = each.inForce && each.postId == postOf.get(poolId) && (each.poolId == 0 || each.poolId == poolId);
            if (covers && each.fromMs <= unitMs && unitMs < each.toMs) {
                left = Math.min(left, each.capacity);
            }
        }
        return left;
    }
}
