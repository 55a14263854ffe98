package org.mawid.bench.capacity.post;

import java.util.HashMap;
import java.util.Map;
import org.mawid.api.overbooking.Attendance;
import org.mawid.api.overbooking.DeskDay;
import org.mawid.api.overbooking.Overbooking;
import org.mawid.bench.capacity.demand.Demand;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.post.OpenDates.Open;
import org.mawid.engine.readmodel.Availability.DayView;

/**
 * Places beyond the counters of desks by the plan's rule, computed by what computes them for a server. Stations and seats are as many as there are. What nobody has taken of them is withdrawn as the day
 * before begins [A]. One thread.
 */
final class RuledPlaces {
    private final Course course;
    private final Demand demand;
    private final Attendance measured;
    /** By desk, then by what else its places hang on. */
    private final Map<String, int[]> known = new HashMap<>();

    RuledPlaces(final Course course, final Demand demand) {
        this.course = course;
        this.demand = demand;
        final int visits = course.plan.measuredVisits();
        final int missed = (int) Math.round(visits * course.plan.share(PlanKey.NO_SHOW));
        this.measured = new Attendance(visits - missed, missed);
    }

    private int[] places(final int desk, final int staffed, final Open date) {
        final int align = date.pools().stream().filter(day -> day.poolId() == poolId(desk)).findFirst().orElseThrow().alignUnits();
        return known.computeIfAbsent(desk + " " + staffed + " " + date.units() + " " + align,
                key -> Overbooking.places(DeskDay.of(staffed, date.units(), align, demand.usualUnits(desk)), measured, course.plan.overbooked().rule()).byUnit());
    }

    /** To a date that has just been published. @param staffed by desk */
    void add(final Open date, final int[] staffed) {
        for (int desk = 0; desk < staffed.length; desk++) {
            if (staffed[desk] > 0) {
                final int[] capacities = places(desk, staffed[desk], date).clone();
                for (int unit = 0; unit < capacities.length; unit++) {
                    capacities[unit] += staffed[desk];
                }
                course.core.setCapacities(poolId(desk), date.epochDay(), capacities);
            }
        }
    }

    /** As far as nobody has them. @param staffed by desk, as when the date was published */
    void withdraw(final Open date, final int[] staffed) {
        for (int desk = 0; desk < staffed.length; desk++) {
            if (staffed[desk] > 0) {
                final int[] added = places(desk, staffed[desk], date);
                final DayView day = course.core.day(poolId(desk), date.epochDay());
                final int[] capacities = day.open().clone();
                for (int unit = 0; unit < capacities.length; unit++) {
                    capacities[unit] -= Math.min(added[unit], day.room()[unit]);
                }
                course.core.setCapacities(poolId(desk), date.epochDay(), capacities);
            }
        }
    }

    private int poolId(final int desk) {
        return course.site.desks().get(desk).id();
    }
}
