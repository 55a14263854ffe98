package org.mawid.engine.allocation;

import java.util.Arrays;

/** What of given-back room is to cool, as runs of units that have the same number of places: as much of everybody's as is free, on days that are neither staged nor closed. */
final class CoolingRuns {
    private final Days days;
    private final Closures closures;
    private final CoolingRows coolings;
    private final int[] kept = new int[Unit.MOST];
    private final int[] other = new int[Unit.MOST];
    private final int[] runPool = new int[Coolings.MOST_TOGETHER];
    private final int[] runDate = new int[Coolings.MOST_TOGETHER];
    private final int[] runDay = new int[Coolings.MOST_TOGETHER];
    private final int[] runFrom = new int[Coolings.MOST_TOGETHER];
    private final int[] runUnits = new int[Coolings.MOST_TOGETHER];
    private final int[] runPlaces = new int[Coolings.MOST_TOGETHER];
    private int runs;

    CoolingRuns(final Days days, final Closures closures, final CoolingRows coolings) {
        this.days = days;
        this.closures = closures;
        this.coolings = coolings;
    }

    /** Replaces what was collected before. @param taken what has been taken of it in the same moment, or null */
    void collect(final int postId, final Room given, final Room taken) {
        runs = 0;
        for (int i = 0; i < given.count(); i++) {
            if (given.isFirst(i)) {
                collectOf(postId, given, i, taken);
            }
        }
    }

    private void collectOf(final int postId, final Room given, final int i, final Room taken) {
        final int day = given.day(i);
        if (days.staged(day) != Days.NONE) {
            return;
        }
        Arrays.fill(kept, 0);
        given.sum(day, kept);
        if (taken != null) {
            Arrays.fill(other, 0);
            taken.sum(day, other);
        }
        final int before = runs;
        final int most = Math.min(Coolings.MOST_TOGETHER, before + Coolings.MOST_OF_DAY - coolings.countOf(day));
        int last = 0;
        for (int unit = 0; unit < days.unitCount(day); unit++) {
            final int wanted = kept[unit] - (taken == null ? 0 : other[unit]);
            final int places = wanted <= 0 || isClosed(postId, given.pool(i), day, unit) ? 0 : Math.min(wanted, Unit.room(days.unit(day, unit)));
            if (places > 0 && places == last) {
                runUnits[runs - 1]++;
            } else if (places > 0) {
                if (runs == most) {
                    runs = before;
                    return;
                }
                put(given.pool(i), given.epochDay(i), day, unit, places);
            }
            last = places;
        }
    }

    private boolean isClosed(final int postId, final int pool, final int day, final int unit) {
        return closures.countAt(postId) > 0 && closures.limit(postId, pool, days.startMs(day) + unit * Unit.MS) != Closures.NO_LIMIT;
    }

    private void put(final int pool, final int epochDay, final int day, final int from, final int places) {
        runPool[runs] = pool;
        runDate[runs] = epochDay;
        runDay[runs] = day;
        runFrom[runs] = from;
        runUnits[runs] = 1;
        runPlaces[runs] = places;
        runs++;
    }

    /** What an offer needs of a day, for {@link #leave}. */
    void want(final Room wanted, final int day) {
        Arrays.fill(other, 0);
        wanted.sum(day, other);
    }

    /** Replaces what was collected before by what the offer leaves of a run that cools. @return whether it needs some of it beside the room that there is */
    boolean leave(final long run, final int day) {
        boolean needed = false;
        int last = 0;
        runs = 0;
        for (int unit = coolings.startUnit(run); unit < coolings.startUnit(run) + coolings.units(run); unit++) {
            final int taken = Math.max(0, Math.min(coolings.places(run), other[unit] - Unit.room(days.unit(day, unit))));
            final int places = coolings.places(run) - taken;
            needed |= taken > 0;
            if (places > 0 && places == last) {
                runUnits[runs - 1]++;
            } else if (places > 0 && runs < Coolings.MOST_TOGETHER) {
                put(coolings.pool(run), coolings.epochDay(run), day, unit, places);
            }
            last = places;
        }
        return needed;
    }

    int count() {
        return runs;
    }

    int pool(final int i) {
        return runPool[i];
    }

    int epochDay(final int i) {
        return runDate[i];
    }

    /** Slot of the day. */
    int day(final int i) {
        return runDay[i];
    }

    int from(final int i) {
        return runFrom[i];
    }

    int units(final int i) {
        return runUnits[i];
    }

    int places(final int i) {
        return runPlaces[i];
    }
}
