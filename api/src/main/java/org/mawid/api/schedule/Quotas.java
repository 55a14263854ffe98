package org.mawid.api.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mawid.api.schedule.WantedSchedule.Opening;
import org.mawid.api.schedule.WantedSchedule.PoolHours;
import org.mawid.api.schedule.WantedSchedule.Quota;

/**
 * What a schedule makes of quotas and of when they spill: the one place that knows. It publishes their sum (withheld), which nobody can take; the core can keep
 * them by channel since its version 6 (PublishDay), and a schedule does not say it so yet.
 */
final class Quotas {
    private Quotas() {
    }

    /** Places on each unit of it that the public does not see: what the staged day says. */
    static int withheld(final Opening opening) {
        return opening.quotas().values().stream().mapToInt(Integer::intValue).sum();
    }

    /** What is wanted and not kept, in words. */
    static List<String> notices(final WantedSchedule wanted) {
        final List<String> notices = new ArrayList<>();
        for (final PoolHours pool : wanted.pools()) {
            spill(wanted, pool).forEach((quota, hours) -> notices.add(pool.pool() + ": what is left of " + quota + " is to be for everybody " + hours
                    + " hours before, which is not in force: a schedule does not publish it yet, and the places stay withheld until somebody gives them up"));
        }
        return notices;
    }

    /** Hours before, by channel. */
    static Map<Quota, Integer> spill(final WantedSchedule wanted, final PoolHours pool) {
        return pool.spill() == null ? wanted.spill() : pool.spill();
    }
}
