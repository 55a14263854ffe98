package org.mawid.bench.capacity.post;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.result.DeskFigures;
import org.mawid.engine.readmodel.Availability;

/**
 * The mornings on which counters stay empty that were offered. Through the day, wherever more would be served than counters are left, one is moved to the
 * earliest start of another day that suits: who would start there, of these whom the post has moved least often, of these who confirmed last [A]. So one
 * empty counter costs about as many visits as it would have served. Who cannot be moved comes all the same and makes the queue longer. What is left of the empty counters'
 * places is taken back. Where nobody is left at a desk, all of its day is moved; who cannot be is served first thing on the next day on which somebody is there. One thread.
 */
final class Mornings {
    /** When the post knows, before it opens [A]. */
    static final long BEFORE_MS = 60 * Course.MINUTE_MS;

    private final Course course;
    private final Absence absence;
    private final Offer offer;
    private final Seekers seekers;
    /** By date, whoever was given a start; some have left since. */
    private final Map<Integer, List<Visitor>> given = new HashMap<>();

    Mornings(final Course course, final Absence absence, final Offer offer, final Seekers seekers) {
        this.course = course;
        this.absence = absence;
        this.offer = offer;
        this.seekers = seekers;
    }

    /** Somebody has a start on that date now. */
    void given(final Visitor visitor) {
        if (course.plan.share(PlanKey.ABSENCE) > 0) {
            given.computeIfAbsent(visitor.epochDay, date -> new ArrayList<>()).add(visitor);
        }
    }

    void morning(final long nowMs) {
        final List<Visitor> all = given.getOrDefault(course.today(), List.of());
        for (int desk = 0; desk < course.site.desks().size(); desk++) {
            final int missing = absence.missing(desk, course.today());
            if (missing > 0) {
                makeRoom(desk, missing, all, nowMs);
                offer.takeBack(desk, missing);
            }
        }
        given.remove(course.today());
    }

    private void makeRoom(final int desk, final int missing, final List<Visitor> all, final long nowMs) {
        final Availability.DayView day = course.core.day(course.site.desks().get(desk).id(), course.today());
        final int[] above = new int[day.room().length];
        for (int unit = 0; unit < above.length; unit++) {
            final int taken = day.open()[unit] - day.room()[unit];
            above[unit] = offer.staffed(desk) == 0 ? taken : missing - day.room()[unit]; // so many more are taken than can be served
        }
        final List<Visitor> movable = new ArrayList<>(all);
        movable.removeIf(visitor -> visitor.stops.stream().noneMatch(stop -> stop.desk() == desk) || visitor.end != Visitor.End.OPEN || visitor.epochDay != course.today() || visitor.isCheckedIn);
        for (int unit = 0; unit < above.length; unit++) {
            Visitor next = above[unit] > 0 ? next(movable, desk, unit) : null;
            while (next != null) {
                movable.remove(next);
                move(next, desk, above, nowMs);
                next = above[unit] > 0 ? next(movable, desk, unit) : null;
            }
        }
    }

    /** Who is to be moved so that a unit gets free. @return null when nobody can be */
    private static Visitor next(final List<Visitor> movable, final int desk, final int unit) {
        return movable.stream().filter(visitor -> visitor.takes(desk, unit))
                .min(Comparator.comparingInt((final Visitor visitor) -> -visitor.startUnits[0]).thenComparingInt(visitor -> visitor.replaced).thenComparingLong(visitor -> -visitor.appointment))
                .orElse(null);
    }

    private void move(final Visitor visitor, final int desk, final int[] above, final long nowMs) {
        final int[] taken = new int[above.length];
        for (int unit = 0; unit < above.length; unit++) {
            taken[unit] = visitor.takes(desk, unit) ? 1 : 0;
        }
        final long beforeMs = visitor.startMs;
        final boolean isMoved = seekers.moveToAnotherDay(visitor, nowMs);
        visitor.replaced += isMoved ? 1 : 0;
        if (course.isMeasured()) {
            final DeskFigures of = course.of(visitor);
            of.replaced += isMoved ? 1 : 0;
            of.notReplaced += isMoved ? 0 : 1;
            if (isMoved) {
                of.replacedDays.add((visitor.startMs - beforeMs) / (double) Course.DAY_MS);
            }
        }
        for (int unit = 0; isMoved && unit < above.length; unit++) {
            above[unit] -= taken[unit];
        }
    }
}
