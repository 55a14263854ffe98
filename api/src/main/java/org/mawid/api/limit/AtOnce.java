package org.mawid.api.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many of something each has now; who has none takes no memory. Any thread, does not wait. */
final class AtOnce {
    private final Map<Long, Integer> taken = new ConcurrentHashMap<>();

    /** @return false when there are {@code most} already; else give it back, once */
    boolean take(final long key, final long most) {
        final boolean[] isIn = new boolean[1];
        taken.compute(key, (same, count) -> {
            final int before = count == null ? 0 : count;
            isIn[0] = before < most;
            return isIn[0] ? Integer.valueOf(before + 1) : count;
        });
        return isIn[0];
    }

    void giveBack(final long key) {
        taken.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }
}
