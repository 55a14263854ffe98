package org.mawid.bench.capacity.post;

import org.mawid.bench.capacity.demand.Demand;
import org.mawid.bench.capacity.plan.PlannedNetwork;
import org.mawid.bench.capacity.post.OpenDates.Open;
import org.mawid.bench.capacity.result.DeskFigures;
import org.mawid.engine.readmodel.Availability;

/** What is looked up at a post itself, rather than counted as it happens: how far the next free visits are, and how full a day begins. One thread. */
final class Measurement {
    /** When the third next available appointment is looked up, local. */
    static final long SAMPLE_MS = 8 * 60 * Course.MINUTE_MS;
    private static final int WANTED = 3;
    private static final double UNIT_MINUTES = 5;

    private final Course course;
    private final Demand demand;
    private final Offer offer;

    Measurement(final Course course, final Demand demand, final Offer offer) {
        this.course = course;
        this.demand = demand;
        this.offer = offer;
    }

    /** Days until the third visit of the usual length that could still be had. */
    void sample(final long nowMs) {
        for (int desk = 0; desk < course.site.desks().size(); desk++) {
            course.figures.get(desk).thirdNextDays[course.day()] = thirdNextDays(desk, nowMs);
        }
    }

    private int thirdNextDays(final int desk, final long nowMs) {
        int found = 0;
        for (int date = course.today(); date <= course.today() + PlannedNetwork.AHEAD_DAYS; date++) {
            final Availability.DayView day = course.dates.on(date) == null ? null : course.core.day(course.site.desks().get(desk).id(), date);
            if (day == null || day.releasedAtMs() > nowMs) {
                continue;
            }
            final int[] room = day.room();
            for (int kind = 1; kind <= 3; kind++) {
                if ((demand.usualKinds(desk) >>> kind & 1) != 0) {
                    narrow(room, course.core.day(course.site.resource(kind), date));
                }
            }
            final int from = (int) Math.max(0, Math.floorDiv(nowMs - day.startMs(), OpenDates.UNIT_MS) + 1);
            found += Gaps.visits(room, from, demand.usualUnits(desk), WANTED - found);
            if (found >= WANTED) {
                return date - course.today();
            }
        }
        return PlannedNetwork.AHEAD_DAYS + 1;
    }

    private static void narrow(final int[] room, final Availability.DayView resource) {
        for (int unit = 0; unit < room.length; unit++) {
            room[unit] = Math.min(room[unit], resource == null || unit >= resource.room().length ? 0 : resource.room()[unit]);
        }
    }

    /** What is taken and what is left as the day begins. */
    void opened() {
        for (int desk = 0; desk < course.site.desks().size(); desk++) {
            opened(course.figures.get(desk), desk, course.open());
        }
    }

    private void opened(final DeskFigures of, final int desk, final Open open) {
        final Availability.DayView day = course.core.day(course.site.desks().get(desk).id(), course.today());
        final int counters = offer.staffed(desk);
        of.absentMinutes += UNIT_MINUTES * (course.site.desks().get(desk).capacity() - counters) * open.units();
        if (counters == 0) {
            return; // closed today, whatever the hours say
        }
        int taken = 0;
        int free = 0;
        for (int unit = 0; unit < day.room().length; unit++) {
            taken += day.open()[unit] - day.room()[unit];
            free += day.room()[unit];
        }
        of.openDays++;
        of.counterMinutes += UNIT_MINUTES * counters * open.units();
        of.bookedMinutes += UNIT_MINUTES * taken;
        of.freeMinutes += UNIT_MINUTES * free;
        of.strandedMinutes += UNIT_MINUTES * Gaps.stranded(day.room(), course.site.shortestUnits(desk));
        of.shortMinutes += UNIT_MINUTES * Gaps.stranded(day.room(), demand.usualUnits(desk));
        of.takenPercent[course.day()] = 100.0 * taken / (counters * open.units());
        for (int hour = open.openMinute() / 60; hour < DeskFigures.HOURS && hour * 60 < open.openMinute() + open.units() * UNIT_MINUTES; hour++) {
            of.openDaysAt[hour]++;
        }
    }
}
