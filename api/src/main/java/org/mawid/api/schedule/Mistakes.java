package org.mawid.api.schedule;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a schedule, as it is found; the first {@value #KEPT} in full. One thread. */
final class Mistakes {
    static final int KEPT = 100;

    private final List<ScheduleMistakenException.Mistake> kept = new ArrayList<>();
    private int total;

    /** @param where as {@code pools[0].weekly[1].close} or {@code line 12} @param what as it goes on after it */
    void add(final String where, final String what) {
        if (kept.size() < KEPT) {
            kept.add(new ScheduleMistakenException.Mistake(where, what));
        }
        total++;
    }

    /** Whether nobody would learn more from further ones. */
    boolean isFull() {
        return kept.size() >= KEPT;
    }

    boolean isEmpty() {
        return total == 0;
    }

    void throwIfAny() {
        if (total > 0) {
            throw new ScheduleMistakenException(List.copyOf(kept), total);
        }
    }
}
