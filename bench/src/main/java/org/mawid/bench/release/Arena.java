package org.mawid.bench.release;

import java.util.List;
import org.mawid.bench.release.crowd.Demand;
import org.mawid.bench.release.ground.Asks;
import org.mawid.bench.release.ground.Ground;

/**
 * Where the thousand meet: a desk of the hottest post with a short service that needs nothing but the desk, on a date of its own.
 *
 * @param epochDay local date, days since 1970-01-01
 * @param units    five-minute units of each slot
 */
record Arena(Ground.Desk desk, Ground.Service service, int epochDay, int units) {
    private static final int DATES = 14;

    /** Looks for it after the month. @return null when there is none, or no contest */
    static Arena find(final Ground ground, final Asks asks, final Ground.Post post, final Demand demand, final int fromEpochDay) throws InterruptedException {
        if (demand.takers() == 0 || demand.winners().isEmpty()) {
            return null;
        }
        ground.readDays(asks, List.of(post), fromEpochDay, DATES);
        final List<Integer> dates = ground.openDates(post, fromEpochDay, DATES);
        Arena best = null;
        for (final Ground.Desk desk : post.desks()) {
            for (final Ground.Service service : desk.services()) {
                final int units = (service.minutes() + Ground.UNIT_MINUTES - 1) / Ground.UNIT_MINUTES;
                if (!dates.isEmpty() && (service.kinds() & ~(1 << Ground.SEATS)) == 0 && (best == null || units < best.units())) {
                    best = new Arena(desk, service, dates.get(0), units);
                }
            }
        }
        return best;
    }
}
