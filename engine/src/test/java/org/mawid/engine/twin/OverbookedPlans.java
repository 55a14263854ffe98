package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.PoolKind;

/** Days some of whose places are beyond the counters: of desks many, and now and then more than half of them, or of a resource. From core version 7 on. */
final class OverbookedPlans {
    private static final int MOST_RUNS = 20;
    private static final long HOUR = 3_600_000L;

    /** Of their own: what else is asked for is what it would be without them. */
    private final Dice dice = new Dice(7);
    private final Model model;

    OverbookedPlans(final Model model) {
        this.model = model;
    }

    Command.DayPlan on(final Command.DayPlan day) {
        if (model.coreVersion < 7) {
            return day;
        }
        final Model.Pool pool = model.pools.get(day.poolId());
        if (!dice.percent(pool == null || pool.kind == PoolKind.DESK ? 50 : 3)) {
            return day;
        }
        final long untilMs = dice.percent(15) ? 0 : dice.percent(10) ? dice.upTo(model.nowMs) : model.nowMs + dice.upTo(dice.oneOf(HOUR, 8 * HOUR, 3 * Model.DAY_MS));
        final int[] capacity = new int[Model.UNITS];
        day.runs().forEach(run -> Arrays.fill(capacity, run.startUnit(), run.startUnit() + run.units(), run.capacity()));
        final List<Command.Overbooked> overbooked = new ArrayList<>();
        int unit = dice.percent(60) ? 0 : dice.below(day.unitCount());
        while (unit < day.unitCount() && overbooked.size() < MOST_RUNS) {
            final int end = dice.percent(30) ? day.unitCount() : dice.between(unit + 1, day.unitCount());
            final int half = Arrays.stream(capacity, unit, end).min().orElse(0) / 2;
            final int places = dice.percent(2) ? half + 1 : dice.between(0, half);
            if (places > 0) {
                overbooked.add(new Command.Overbooked(unit, end - unit, places, untilMs));
            }
            unit = end + dice.below(3);
        }
        return day.withOverbooked(overbooked);
    }
}
