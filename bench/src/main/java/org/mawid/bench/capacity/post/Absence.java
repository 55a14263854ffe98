package org.mawid.bench.capacity.post;

import java.util.SplittableRandom;
import org.mawid.bench.capacity.demand.ModelDemand;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.plan.Site;

/**
 * Counters that nobody staffs. {@link PlanKey#ABSENCE} is the share of counters and days; half of it is leave, known before the date is released, half is
 * told on the morning [A]. At a desk with several counters one always stays, because the others stand in [A]; a desk with a single one is empty then, and so
 * may be a whole post. By desk, date and seed, counter after counter, so that an added counter changes nobody else's leave. Immutable.
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
        return Math.min(mayBeAway(desk), count(desk, epochDay, true));
    }

    /** Counters of a desk of which the post hears on the morning itself. */
    int missing(final int desk, final int epochDay) {
        return Math.min(mayBeAway(desk) - onLeave(desk, epochDay), count(desk, epochDay, false));
    }

    private int mayBeAway(final int desk) {
        return Math.max(1, counters(desk) - 1);
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
