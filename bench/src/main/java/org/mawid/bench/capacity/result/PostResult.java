package org.mawid.bench.capacity.result;

import java.util.List;
import java.util.Map;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.Site;

/**
 * What the weeks of one post came to.
 *
 * @param desks       by desk of the site
 * @param demand      where it is from, empty = the model
 * @param hoursAWeek  in which it was open
 * @param books       what became of every arrival, the warm-up's too; the core has counted the same
 * @param commands    that the core was given
 * @param warmUpWeeks that there were calendars for
 */
public record PostResult(Site site, Plan plan, List<DeskFigures> desks, String demand, double hoursAWeek, Map<String, Long> books, long commands, int warmUpWeeks) {
    /** All desks together. */
    public DeskFigures all() {
        final DeskFigures all = new DeskFigures(desks.get(0).thirdNextDays.length);
        for (final DeskFigures desk : desks) {
            all.add(desk);
        }
        for (int date = 0; date < all.thirdNextDays.length; date++) {
            double taken = 0;
            int open = 0;
            for (int desk = 0; desk < desks.size(); desk++) {
                final int counters = site.desks().get(desk).capacity();
                all.thirdNextDays[date] += desks.get(desk).thirdNextDays[date] * counters / site.counters();
                if (desks.get(desk).takenPercent[date] != DeskFigures.CLOSED) {
                    open += counters;
                    taken += counters * desks.get(desk).takenPercent[date];
                }
            }
            all.takenPercent[date] = open == 0 ? DeskFigures.CLOSED : taken / open;
        }
        return all;
    }
}
