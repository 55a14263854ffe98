package org.mawid.bench.capacity.post;

import org.mawid.bench.capacity.demand.Stop;
import org.mawid.bench.capacity.post.OpenDates.Open;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.readmodel.Availability.DayView;
import org.mawid.sbe.PoolKind;

/**
 * The ways of one visit through the desks of a day: from a start at its first desk to the earliest room at each that follows, in the order of the visit, waiting
 * at most {@value #MOST_WAIT_UNITS} units in all [A]. For one search: nothing may be taken meanwhile. One thread.
 */
final class Ways {
    /** Half an hour [A], as {@code kingdom} has it. */
    private static final int MOST_WAIT_UNITS = 6;

    private final Course course;
    private final Visitor visitor;
    /** By stop from the second on: what is free on {@link #roomOf}. */
    private final int[][] room;
    private int roomOf = Integer.MIN_VALUE;

    Ways(final Course course, final Visitor visitor) {
        this.course = course;
        this.visitor = visitor;
        this.room = new int[visitor.stops.size()][];
    }

    /** @param unit its first @return stop after stop without a wait */
    static int[] straight(final Visitor visitor, final int unit) {
        final int[] units = new int[visitor.stops.size()];
        int next = unit;
        for (int i = 0; i < units.length; i++) {
            units[i] = next;
            next += visitor.stops.get(i).units();
        }
        return units;
    }

    /** @param slot with room for the first stop @return null when there is none for another */
    Start from(final Availability.Slot slot) {
        final int[] units = new int[visitor.stops.size()];
        units[0] = slot.startUnit();
        int free = slot.startUnit() + visitor.stops.get(0).units();
        int wait = MOST_WAIT_UNITS;
        for (int i = 1; i < units.length; i++) {
            look(slot.epochDay());
            units[i] = first(room[i], free, visitor.stops.get(i).units(), wait);
            if (units[i] < 0) {
                return null;
            }
            wait -= units[i] - free;
            free = units[i] + visitor.stops.get(i).units();
        }
        return new Start(slot.epochDay(), slot.startMs(), units);
    }

    /** @return -1 = nothing so soon */
    static int first(final int[] room, final int from, final int units, final int wait) {
        int run = 0;
        for (int unit = from; unit < room.length && unit < from + wait + units; unit++) {
            run = room[unit] > 0 ? run + 1 : 0;
            if (run == units) {
                return unit + 1 - units;
            }
        }
        return -1;
    }

    private void look(final int epochDay) {
        if (epochDay == roomOf) {
            return;
        }
        roomOf = epochDay;
        for (int i = 1; i < room.length; i++) {
            final Stop stop = visitor.stops.get(i);
            room[i] = roomAt(stop.desk(), stop.kinds() | 1 << PoolKind.RECEPTION_SEAT.value(), epochDay);
        }
    }

    /** At a desk with a place of each kind that the post has. */
    private int[] roomAt(final int desk, final int kinds, final int epochDay) {
        final Open open = course.dates.on(epochDay);
        final DayView day = open == null ? null : course.core.day(course.site.desks().get(desk).id(), epochDay);
        if (day == null) {
            return new int[0];
        }
        final int[] least = day.room().clone();
        for (int kind = 1; kind <= 3; kind++) {
            final int pool = (kinds >>> kind & 1) == 0 ? 0 : course.site.resource(kind);
            final DayView resource = pool == 0 ? null : course.core.day(pool, epochDay);
            for (int unit = 0; pool != 0 && unit < least.length; unit++) {
                least[unit] = Math.min(least[unit], resource == null || unit >= resource.room().length ? 0 : resource.room()[unit]);
            }
        }
        return least;
    }
}
