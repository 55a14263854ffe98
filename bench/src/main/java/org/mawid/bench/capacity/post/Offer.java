package org.mawid.bench.capacity.post;

import java.util.Arrays;
import java.util.List;
import org.mawid.api.network.Network.Desk;
import org.mawid.api.network.OpenDay;
import org.mawid.bench.capacity.demand.Demand;
import org.mawid.bench.capacity.plan.PlannedNetwork;
import org.mawid.bench.capacity.post.OpenDates.Open;
import org.mawid.engine.readmodel.Availability;

/**
 * What a post offers: each date as it comes into reach, with more places than counters where it is overbooked and fewer where somebody is known to be
 * on leave. One thread.
 */
final class Offer {
    private static final int MOST_PLACES = 255;
    private static final double ROUNDING = 1e-9;
    /** When what nobody has taken of places beyond the counters is withdrawn. */
    private static final int WITHDRAWN_DAYS_BEFORE = 1;

    private final Course course;
    private final Absence absence;
    private final double factor;
    /** Null = the plan has no rule. */
    private final RuledPlaces beyond;
    /** By pool in the order of a date: part of a place that is still owed. */
    private double[] owed = {};
    private int publishedUntil;

    Offer(final Course course, final Absence absence, final Demand demand) {
        this.course = course;
        this.absence = absence;
        this.factor = 1 + course.plan.overbooked().share();
        this.beyond = course.plan.overbooked().rule() == null ? null : new RuledPlaces(course, demand);
        this.publishedUntil = course.today() - 1;
    }

    /** Publishes what has come into reach today, and takes back what is too near to be taken. */
    void goOn() {
        while (publishedUntil < course.today() + PlannedNetwork.AHEAD_DAYS + 1) {
            final Open date = course.dates.on(++publishedUntil);
            if (date != null) {
                publish(date);
            }
        }
        final Open near = course.dates.on(course.today() + WITHDRAWN_DAYS_BEFORE);
        if (beyond != null && near != null) {
            beyond.withdraw(near, offered(near.epochDay()));
        }
    }

    /** By desk, the counters that a date is published with. */
    private int[] offered(final int epochDay) {
        final int[] offered = new int[course.site.desks().size()];
        Arrays.setAll(offered, desk -> course.site.desks().get(desk).capacity() - absence.onLeave(desk, epochDay));
        return offered;
    }

    /** Part of a place is one on some of the days: so that over the weeks it is as many as were asked for. */
    private void publish(final Open date) {
        final List<OpenDay> pools = date.pools();
        if (owed.length < pools.size()) {
            owed = new double[pools.size()];
        }
        final int[] places = new int[pools.size()];
        for (int i = 0; i < places.length; i++) {
            final int desk = deskOf(pools.get(i).poolId());
            final int staffed = pools.get(i).capacity() - (desk < 0 ? 0 : absence.onLeave(desk, date.epochDay()));
            if (staffed == 0) {
                continue; // the desk is closed on that date: nothing that is owed is offered on it either
            }
            owed[i] += staffed * factor;
            places[i] = Math.min(MOST_PLACES, (int) Math.floor(owed[i] + ROUNDING));
            owed[i] = Math.max(0, owed[i] - places[i]);
        }
        course.core.publish(pools, places);
        if (beyond != null) {
            beyond.add(date, offered(date.epochDay()));
        }
    }

    private int deskOf(final int poolId) {
        final List<Desk> desks = course.site.desks();
        for (int desk = 0; desk < desks.size(); desk++) {
            if (desks.get(desk).id() == poolId) {
                return desk;
            }
        }
        return -1;
    }

    /** Counters that are staffed today. */
    int staffed(final int desk) {
        return course.site.desks().get(desk).capacity() - absence.onLeave(desk, course.today()) - absence.missing(desk, course.today());
    }

    /** Takes places of today back, as far as nobody has them: those of the missing, and all when nobody is left. */
    void takeBack(final int desk, final int missing) {
        final int gone = staffed(desk) == 0 ? MOST_PLACES : missing;
        final int poolId = course.site.desks().get(desk).id();
        final Availability.DayView day = course.core.day(poolId, course.today());
        final int[] capacities = new int[day.room().length];
        Arrays.setAll(capacities, unit -> left(day, unit, gone));
        course.core.setCapacities(poolId, course.today(), capacities);
    }

    private static int left(final Availability.DayView day, final int unit, final int gone) {
        return Math.max(day.open()[unit] - day.room()[unit], Math.max(0, day.open()[unit] - gone));
    }
}
