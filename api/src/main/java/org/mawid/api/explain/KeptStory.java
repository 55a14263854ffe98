package org.mawid.api.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mawid.sbe.QuotaChangedDecoder;
import org.mawid.sbe.QuotaClass;
import org.mawid.sbe.QuotaSpilledDecoder;
import org.mawid.sbe.QuotasSetDecoder;

/**
 * What was kept for channels on one date, by pool and position, and what was taken of it, from the events in order. Known of a pool from the first time on that its day was published since
 * events are kept: then all of it is told. One thread.
 */
final class KeptStory {
    private static final int CLASSES = QuotaClass.EMERGENCY.value();
    private static final int UNITS = 192;

    /** By class less one, then unit. */
    private static final class State {
        private final long position;
        private final int[][] kept = new int[CLASSES][UNITS];
        private final int[][] taken = new int[CLASSES][UNITS];
        private final long[] spillMs = new long[CLASSES];

        State(final long position) {
            this.position = position;
        }

        /** As the other one, from another position on. */
        State(final long position, final State before) {
            this(position);
            for (int quota = 0; quota < CLASSES; quota++) {
                System.arraycopy(before.kept[quota], 0, kept[quota], 0, UNITS);
                System.arraycopy(before.taken[quota], 0, taken[quota], 0, UNITS);
                spillMs[quota] = before.spillMs[quota];
            }
        }

        int left(final int quota, final int unit) {
            return Math.max(0, kept[quota][unit] - taken[quota][unit]);
        }

        void spill(final int classes) {
            for (int quota = 0; quota < CLASSES; quota++) {
                if ((classes & 1 << quota) != 0) {
                    Arrays.fill(kept[quota], 0);
                    spillMs[quota] = 0;
                }
            }
        }
    }

    private final Map<Integer, List<State>> byPool = new HashMap<>();
    /** By pool, position of the last event about what had been kept before all that is known. */
    private final Map<Integer, Long> unknown = new HashMap<>();
    /** By change, then pool. */
    private final Map<Long, Map<Integer, State>> staged = new HashMap<>();

    // ---- as it is told

    /** Nothing is kept, unless the next event says so; what was taken stays taken. */
    void published(final int poolId, final long position) {
        begin(poolId, position, new State(position));
    }

    void staged(final long changeId, final int poolId, final long position) {
        staged.computeIfAbsent(changeId, change -> new HashMap<>()).put(poolId, new State(position));
    }

    void applied(final long changeId, final long position) {
        final Map<Integer, State> days = staged.remove(changeId);
        if (days != null) {
            days.forEach((poolId, day) -> begin(poolId, position, new State(position, day)));
        }
    }

    private void begin(final int poolId, final long position, final State published) {
        final List<State> all = byPool.computeIfAbsent(poolId, pool -> new ArrayList<>());
        if (!all.isEmpty()) {
            for (int quota = 0; quota < CLASSES; quota++) {
                System.arraycopy(all.get(all.size() - 1).taken[quota], 0, published.taken[quota], 0, UNITS);
            }
        }
        all.add(published);
    }

    /** Behind the day that was published or staged. */
    void set(final QuotasSetDecoder event) {
        final int poolId = event.poolId();
        final State state = event.changeId() == 0 ? last(poolId) : staged.getOrDefault(event.changeId(), Map.of()).get(poolId);
        if (state != null) {
            event.quotas().forEach(run -> {
                final int quota = run.quotaClassRaw() - 1;
                Arrays.fill(state.kept[quota], run.startUnit(), Math.min(UNITS, run.startUnit() + run.units()), run.places());
                state.spillMs[quota] = run.spillMs();
            });
        }
    }

    /** @param run an entry of the event that is of this date */
    void changed(final long position, final QuotaChangedDecoder.QuotasDecoder run) {
        final State state = next(run.poolId(), position);
        for (int unit = run.startUnit(); state != null && unit < Math.min(UNITS, run.startUnit() + run.units()); unit++) {
            state.taken[run.quotaClassRaw() - 1][unit] += run.taken();
            state.kept[run.quotaClassRaw() - 1][unit] += run.kept();
        }
    }

    void spilled(final long position, final QuotaSpilledDecoder event) {
        final State state = event.changeId() == 0 ? next(event.poolId(), position) : staged.getOrDefault(event.changeId(), Map.of()).get(event.poolId());
        if (state != null) {
            state.spill(event.classes());
        }
    }

    private State last(final int poolId) {
        final List<State> all = byPool.getOrDefault(poolId, List.of());
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    /** To be changed; null = what it was before is not known. */
    private State next(final int poolId, final long position) {
        final State last = last(poolId);
        if (last == null) {
            unknown.put(poolId, position);
        }
        if (last == null || last.position == position) {
            return last;
        }
        final State next = new State(position, last);
        byPool.get(poolId).add(next);
        return next;
    }

    // ---- as it was

    private State at(final int poolId, final long position) {
        State then = null;
        for (final State each : byPool.getOrDefault(poolId, List.of())) {
            then = each.position <= position ? each : then;
        }
        return then;
    }

    /** Whether something moved after that position of which is not known what it was. */
    boolean hasMovedUnknown(final int poolId, final long position) {
        return unknown.getOrDefault(poolId, 0L) > position;
    }

    /** For each channel for which anything was kept; empty when nothing was, or nothing is known. */
    List<Explanation.Kept> told(final int poolId, final int unit, final long position) {
        final State then = at(poolId, position);
        final List<Explanation.Kept> told = new ArrayList<>();
        for (int quota = 0; then != null && quota < CLASSES; quota++) {
            if (then.kept[quota][unit] > 0) {
                told.add(new Explanation.Kept(QuotaClass.get((short) (quota + 1)), then.kept[quota][unit], then.left(quota, unit), then.spillMs[quota]));
            }
        }
        return told;
    }

    /** For all channels together. */
    int left(final int poolId, final int unit, final long position) {
        final State then = at(poolId, position);
        int left = 0;
        for (int quota = 0; then != null && quota < CLASSES; quota++) {
            left += then.left(quota, unit);
        }
        return left;
    }

    int left(final int poolId, final int unit, final long position, final QuotaClass quota) {
        final State then = at(poolId, position);
        return then == null || unit < 0 || unit >= UNITS ? 0 : then.left(quota.value() - 1, unit);
    }
}
