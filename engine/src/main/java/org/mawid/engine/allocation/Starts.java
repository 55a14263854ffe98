package org.mawid.engine.allocation;

/**
 * Finds when a visit can start: somebody who came today, or leg by leg somebody who is to be offered another date. Of the latter each leg that was found
 * stays taken until the search is over, so that those behind it see it.
 */
public final class Starts {
    /** There is none. */
    public static final long NEVER = Long.MAX_VALUE;

    private final Days days;
    private final Closures closures;
    private final Places places;
    private final Room trial;
    private final boolean[] free = new boolean[Unit.MOST];

    /** @param trial for this one alone */
    Starts(final Days days, final Closures closures, final Places places, final Room trial) {
        this.days = days;
        this.closures = closures;
        this.places = places;
        this.trial = trial;
    }

    /**
     * Finds the first start today, from {@code nowMs} on, that has room for a visit of one leg, among everybody's or what it may have besides; of two the
     * one that leaves everybody's alone. Sets it. @return false = nothing is left
     */
    boolean findToday(final Visit visit, final int postId, final long nowMs) {
        final int day = days.find(visit.desk[0], visit.epochDay[0]);
        visit.day[0] = day;
        if (day == Days.NONE || visit.units[0] > days.unitCount(day)) {
            return false;
        }
        final int first = firstUnit(day, nowMs);
        int start = -1;
        for (int choice = 0; choice <= Visit.CHOICES; choice++) {
            final int quota = choice == Visit.CHOICES ? Quotas.NONE : visit.choice(0, choice);
            if (choice == Visit.CHOICES || quota != Quotas.NONE && days.quotas().has(day)) {
                final int found = first(visit, postId, first, quota);
                if (found >= 0 && (start < 0 || found < start)) {
                    start = found;
                    visit.quota[0] = quota;
                }
            }
        }
        if (start < 0) {
            return false;
        }
        visit.startUnit[0] = start;
        visit.startMs[0] = days.startMs(day) + start * Unit.MS;
        return true;
    }

    private int first(final Visit visit, final int postId, final int from, final int quota) {
        final int end = days.unitCount(visit.day[0]);
        return mark(visit, 0, postId, from, end, quota) ? Room.firstRun(free, from, end, visit.units[0]) : -1;
    }

    // ---- leg by leg

    public void begin() {
        trial.clear();
    }

    /**
     * Finds the first aligned start of the visit's next leg on its date that has room beside the legs before it, and is at no time of one of those that
     * {@code apart} names.
     *
     * @param apart        bit i = leg i serves a person of this one too
     * @param releasedByMs days that are released later have none
     * @return ms since 1970, {@link #NEVER} = none
     */
    public long find(final Visit visit, final int leg, final int postId, final int apart, final long notBeforeMs, final long releasedByMs) {
        final int day = days.find(visit.desk[leg], visit.epochDay[leg]);
        visit.day[leg] = day;
        if (day == Days.NONE || days.freeUnits(day) < visit.units[leg] || days.releasedAtMs(day) > releasedByMs) {
            return NEVER;
        }
        final int first = firstUnit(day, notBeforeMs);
        final int end = days.unitCount(day);
        if (!mark(visit, leg, postId, first, end, Quotas.NONE)) {
            return NEVER;
        }
        final long startMs = days.startMs(day);
        for (int set = apart; set != 0; set &= set - 1) {
            final int other = Integer.numberOfTrailingZeros(set);
            final long from = (visit.startMs[other] - startMs) / Unit.MS;
            for (long unit = Math.max(first, from); unit < Math.min(end, from + visit.units[other]); unit++) {
                free[(int) unit] = false;
            }
        }
        final int start = Room.firstAligned(free, first, end, visit.units[leg], days.alignUnits(day));
        return start < 0 ? NEVER : startMs + start * Unit.MS;
    }

    /** The leg is there, at the start that was found. */
    public void place(final Visit visit, final int leg, final int postId, final long startMs) {
        visit.day[leg] = days.find(visit.desk[leg], visit.epochDay[leg]);
        visit.startMs[leg] = startMs;
        visit.startUnit[leg] = (int) ((startMs - days.startMs(visit.day[leg])) / Unit.MS);
        final int first = trial.count();
        places.collect(trial, visit, leg, postId);
        trial.applyFrom(first, Unit.HELD);
    }

    /** The legs that were placed are taken no more. */
    public void end() {
        trial.apply(-Unit.HELD);
    }

    // ---- units

    /** The first unit that does not begin before then. */
    private int firstUnit(final int day, final long notBeforeMs) {
        return (int) Math.max(0, Math.min(days.unitCount(day), Math.floorDiv(notBeforeMs - days.startMs(day) + Unit.MS - 1, Unit.MS)));
    }

    /** Finds the units of a leg's day that have room for it. @param quota among whose places at the desk, 0 = everybody's @return false when a resource that it needs has none at all */
    private boolean mark(final Visit visit, final int leg, final int postId, final int first, final int end, final int quota) {
        final int day = visit.day[leg];
        final int places = visit.places[leg * Visit.KINDS];
        for (int unit = first; unit < end; unit++) {
            free[unit] = days.unit(day, unit) != 0 && (quota == Quotas.NONE ? trial.hasRoom(day, unit, places) : trial.isLeft(day, unit, places, quota));
        }
        for (int kind = 1; kind < Visit.KINDS; kind++) {
            if (visit.places[leg * Visit.KINDS + kind] != 0 && !narrow(visit, leg, postId, kind, first, end)) {
                return false;
            }
        }
        if (closures.countAt(postId) > 0) {
            leaveOutClosing(visit, leg, postId, first, end);
        }
        return true;
    }

    private boolean narrow(final Visit visit, final int leg, final int postId, final int kind, final int first, final int end) {
        final int pool = places.pool(visit, leg, kind, postId);
        final int day = pool == 0 ? Days.NONE : days.find(pool, visit.epochDay[leg]);
        if (day == Days.NONE) {
            return false;
        }
        final long shift = (days.startMs(visit.day[leg]) - days.startMs(day)) / Unit.MS;
        for (int unit = first; unit < end; unit++) {
            final long there = unit + shift;
            free[unit] &= there >= 0 && there < days.unitCount(day) && trial.hasRoom(day, (int) there, visit.places[leg * Visit.KINDS + kind]);
        }
        return true;
    }

    private void leaveOutClosing(final Visit visit, final int leg, final int postId, final int first, final int end) {
        final long startMs = days.startMs(visit.day[leg]);
        for (int kind = 0; kind < Visit.KINDS; kind++) {
            if (visit.places[leg * Visit.KINDS + kind] != 0) {
                final int pool = places.pool(visit, leg, kind, postId);
                for (int unit = first; unit < end; unit++) {
                    free[unit] &= !closures.isClosing(postId, pool, startMs + unit * Unit.MS, 1);
                }
            }
        }
    }
}
