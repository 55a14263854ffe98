package org.mawid.bench.capacity;

import java.util.SplittableRandom;

/**
 * Counters that nobody staffs. {@link PlanKey#ABSENCE} is the share of counters and days; half of it is leave, known before the date is released, half is
 * told on the morning [A]. At least one counter of a desk stays: somebody stands in [A]. By desk, date and seed, counter after counter, so that an
 * added counter changes nobody else's leave. Immutable.
 */
final class Absence {
    private static final double KNOWN_BEFORE = 0.5;

    private final Site site;
    private final long seed;
    private final double share;

    Absence(final Site site, final Plan plan) {
        this.site = site;
        this.seed = ModelDemand.mixed(plan.seed() * 31 + site.post().code().hashCode());
        this.share = plan.share(PlanKey.ABSENCE);
    }

    /** Counters of a desk that are known to be away long before. */
    int onLeave(final int desk, final int epochDay) {
        return Math.min(counters(desk) - 1, count(desk, epochDay, true));
    }

    /** Counters of a desk of which the post hears on the morning itself. */
    int missing(final int desk, final int epochDay) {
        return Math.min(counters(desk) - 1 - onLeave(desk, epochDay), count(desk, epochDay, false));
    }

    private int counters(final int desk) {
        return site.desks().get(desk).capacity();
    }

    private int count(final int desk, final int epochDay, final boolean isKnown) {
        if (share == 0) {
            return 0;
        }
        final SplittableRandom random = new SplittableRandom(ModelDemand.mixed(seed + epochDay * 0x9E3779B97F4A7C15L + desk));
        int away = 0;
        for (int counter = 0; counter < counters(desk); counter++) {
            final double drawn = random.nextDouble();
            away += isKnown ? drawn < share * KNOWN_BEFORE ? 1 : 0 : drawn >= share * KNOWN_BEFORE && drawn < share ? 1 : 0;
        }
        return away;
    }
}
