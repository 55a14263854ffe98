package org.mawid.engine.twin;

import static org.mawid.sbe.Result.CORE_VERSION_UNSUPPORTED;
import static org.mawid.sbe.Result.OVERBOOKED_ABOVE_HALF;
import static org.mawid.sbe.Result.OVERBOOKED_RESOURCE;

import java.util.Arrays;
import java.util.List;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.PoolKind;

/** Places of a desk beyond its counters: what may be, and when those that nobody has taken are withheld. */
final class NaiveOverbooking {
    private final Model model;
    private final NaiveEvents events;

    NaiveOverbooking(final Model model, final NaiveEvents events) {
        this.model = model;
        this.events = events;
    }

    static void mustKnow(final Model model, final Command.DayPlan day) {
        Refusal.when(!day.overbooked().isEmpty() && model.coreVersion < 7, CORE_VERSION_UNSUPPORTED);
    }

    static void mustBeOne(final Model.Pool pool, final Model.Grid grid) {
        Refusal.when(grid.isOverbooked() && pool.kind != PoolKind.DESK, OVERBOOKED_RESOURCE);
        for (int unit = 0; unit < Model.UNITS; unit++) {
            Refusal.when(2 * grid.overbooked[unit] > grid.capacity[unit], OVERBOOKED_ABOVE_HALF, unit);
        }
    }

    void note(final Model.Grid grid, final boolean staged) {
        if (grid.isOverbooked()) {
            model.sawQuota(staged ? "overbooked, staged" : "overbooked");
        }
    }

    void tellSet(final Model.Post post, final long changeId, final Command.DayPlan day) {
        if (!day.overbooked().isEmpty()) {
            events.overbookedSet(post, changeId, day);
        }
    }

    void withdraw(final Model.DayKey key, final Model.Day day, final Model.Grid grid, final boolean staged) {
        if (grid == null || grid.overbookedUntilMs == 0 || grid.overbookedUntilMs > model.nowMs) {
            return;
        }
        final int[] gone = new int[Model.UNITS];
        for (int unit = 0; unit < grid.unitCount; unit++) {
            gone[unit] = Math.min(grid.overbooked[unit], day.open(grid, unit) - day.taken(unit));
            grid.withheld[unit] += gone[unit];
        }
        Arrays.fill(grid.overbooked, 0);
        grid.overbookedUntilMs = 0;
        final Model.Post post = model.pools.get(key.poolId()).post;
        final List<NaiveEvents.Room> runs = NaiveQuotas.runs(key, grid, gone);
        if (!staged && !runs.isEmpty()) {
            events.roomChanged(post, runs.stream().map(run -> new NaiveEvents.Room(run.poolId(), run.epochDay(), run.startUnit(), run.units(), -run.delta(), -run.openDelta())).toList());
        }
        if (!staged) {
            tellWithheld(post, key, grid, gone);
        }
        events.overbookedWithdrawn(post, key, staged ? model.changeOf(key) : 0, runs);
        model.sawQuota(runs.isEmpty() ? "withdrawn with nothing left" : staged ? "withdrawn while staged" : "withdrawn");
    }

    /** Next to each other, something was withdrawn of all of them, and as much is withheld. */
    private void tellWithheld(final Model.Post post, final Model.DayKey key, final Model.Grid grid, final int[] gone) {
        int unit = 0;
        while (unit < grid.unitCount) {
            int next = unit + 1;
            while (next < grid.unitCount && gone[unit] > 0 && gone[next] > 0 && grid.withheld[next] == grid.withheld[unit]) {
                next++;
            }
            if (gone[unit] > 0) {
                events.withheldSet(post, key, unit, next - unit, grid.withheld[unit]);
            }
            unit = next;
        }
    }
}
