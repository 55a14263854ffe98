package org.mawid.api.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.mawid.api.network.OpenDay;
import org.mawid.api.network.PlannedDay;
import org.mawid.api.schedule.WantedSchedule.ExceptionalDays;
import org.mawid.api.schedule.WantedSchedule.Opening;
import org.mawid.api.schedule.WantedSchedule.PoolHours;
import org.mawid.api.schedule.WantedSchedule.Quota;
import org.mawid.sbe.PoolKind;

/** What can be said of hours without a date. */
final class WeekCheck {
    private static final int LONGEST_MINUTES = OpenDay.MAX_UNITS * OpenDay.UNIT_MINUTES;
    private static final int MOST_PLACES = 255;
    private static final String NO_QUOTAS = " is no desk: places are kept for channels at desks only";

    private final Site site;
    private final Mistakes mistakes;

    WeekCheck(final Site site, final Mistakes mistakes) {
        this.site = site;
        this.mistakes = mistakes;
    }

    void check(final WantedSchedule wanted) {
        if (wanted.pools().isEmpty() || wanted.pools().size() > WantedSchedule.MOST_POOLS) {
            mistakes.add("pools", wanted.pools().size() + " desks and resources, 1 to " + WantedSchedule.MOST_POOLS + " are possible");
            return;
        }
        final Set<String> named = new HashSet<>();
        for (int i = 0; i < wanted.pools().size(); i++) {
            pool("pools[" + i + ']', wanted.pools().get(i), named);
        }
        spill("spill", wanted.spill());
        if (wanted.exceptions().size() > WantedSchedule.MOST_EXCEPTIONS) {
            mistakes.add("exceptions", wanted.exceptions().size() + ", " + WantedSchedule.MOST_EXCEPTIONS + " at most: say runs of dates instead of each");
            return;
        }
        for (int i = 0; i < wanted.exceptions().size(); i++) {
            exception("exceptions[" + i + ']', wanted.exceptions().get(i), named);
        }
    }

    private void pool(final String where, final PoolHours pool, final Set<String> named) {
        if (!site.pools().containsKey(pool.pool())) {
            mistakes.add(where + ".pool", site.post().code() + " has no " + pool.pool() + ", but " + String.join(", ", site.pools().keySet()));
            return;
        }
        if (!named.add(pool.pool())) {
            mistakes.add(where + ".pool", pool.pool() + " is there twice");
        }
        if (pool.services() != null && site.pools().get(pool.pool()).kind() != PoolKind.DESK) {
            mistakes.add(where + ".services", pool.pool() + " is no desk: what it is needed for is said by each service");
        }
        final int align = pool.alignMinutes();
        if (align < OpenDay.UNIT_MINUTES || align > LONGEST_MINUTES || align % OpenDay.UNIT_MINUTES != 0) {
            mistakes.add(where + ".alignMinutes", align + " is not a multiple of " + OpenDay.UNIT_MINUTES + " up to " + LONGEST_MINUTES);
        }
        week(where + ".weekly", pool.weekly());
        if (pool.ramadan() != null) {
            week(where + ".ramadan", pool.ramadan());
        }
        if (keepsNothing(pool.pool()) && (Quotas.hasAny(pool.weekly()) || pool.ramadan() != null && Quotas.hasAny(pool.ramadan()))) {
            mistakes.add(where, pool.pool() + NO_QUOTAS);
        }
        if (pool.overbooked() != null && site.pools().get(pool.pool()).kind() != PoolKind.DESK) {
            mistakes.add(where + ".overbooking", pool.pool() + " is no desk: places are added to the counters of desks only");
        }
        if (pool.spill() != null) {
            spill(where + ".spill", pool.spill());
        }
    }

    private boolean keepsNothing(final String pool) {
        return site.keepsQuotas() && site.pools().get(pool).kind() != PoolKind.DESK;
    }

    private void spill(final String where, final Map<Quota, Integer> spill) {
        spill.forEach((quota, hours) -> {
            if (hours < 1 || hours > WantedSchedule.MOST_SPILL_HOURS) {
                mistakes.add(where + '.' + quota + ".hoursBefore", hours + " is not within 1.." + WantedSchedule.MOST_SPILL_HOURS);
            }
        });
    }

    private void week(final String where, final List<Opening> week) {
        if (!each(where, week)) {
            return;
        }
        for (final DayOfWeek day : DayOfWeek.values()) {
            together(where, day + " ", week, index -> week.get(index).days().contains(day));
        }
    }

    private void exception(final String where, final ExceptionalDays exception, final Set<String> named) {
        if (exception.to().isBefore(exception.from())) {
            mistakes.add(where + ".to", exception.to() + " is before " + exception.from());
        }
        for (final String pool : exception.pools()) {
            if (!named.contains(pool)) {
                mistakes.add(where + ".pools", pool + " is not among the pools of this schedule");
            } else if (keepsNothing(pool) && Quotas.hasAny(exception.hours())) {
                mistakes.add(where + ".pools", pool + NO_QUOTAS);
            }
        }
        if (each(where + ".hours", exception.hours())) {
            together(where + ".hours", "", exception.hours(), index -> true);
        }
    }

    /** @return whether their times can be compared */
    private boolean each(final String where, final List<Opening> hours) {
        if (hours.size() > WantedSchedule.MOST_OPENINGS) {
            mistakes.add(where, hours.size() + " openings, " + WantedSchedule.MOST_OPENINGS + " at most");
            return false;
        }
        boolean sound = true;
        for (int i = 0; i < hours.size(); i++) {
            sound &= opening(where + '[' + i + ']', hours.get(i));
        }
        return sound;
    }

    private boolean opening(final String where, final Opening opening) {
        if (opening.places() < 1 || opening.places() > MOST_PLACES) {
            mistakes.add(where + ".places", opening.places() + " is not within 1.." + MOST_PLACES);
        } else if (opening.quotas().values().stream().anyMatch(places -> places < 0 || places > MOST_PLACES) || Quotas.together(opening) > opening.places()) {
            mistakes.add(where + ".quotas", "they are " + Quotas.together(opening) + " places together, of " + opening.places());
        }
        if (opening.days().isEmpty()) {
            mistakes.add(where + ".days", "there are none");
        }
        if (opening.season() != null && opening.season().to().isBefore(opening.season().from())) {
            mistakes.add(where + ".to", opening.season().to() + " is before " + opening.season().from());
        }
        if (opening.open().toSecondOfDay() % (OpenDay.UNIT_MINUTES * 60) != 0 || opening.close().toSecondOfDay() % (OpenDay.UNIT_MINUTES * 60) != 0) {
            mistakes.add(where, opening.open() + " to " + opening.close() + " are not multiples of " + OpenDay.UNIT_MINUTES + " minutes");
            return false;
        }
        if (!opening.open().isBefore(opening.close())) {
            mistakes.add(where + ".close", opening.close() + " is not after " + opening.open());
            return false;
        }
        if (Duration.between(opening.open(), opening.close()).toMinutes() > LONGEST_MINUTES) {
            mistakes.add(where + ".close", "it is open for more than " + LONGEST_MINUTES + " minutes");
        }
        return true;
    }

    /** Of openings on the same weekday those that share a season. Told of the later one. */
    private void together(final String where, final String day, final List<Opening> openings, final IntPredicate isOnIt) {
        final int[] sorted = IntStream.range(0, openings.size()).filter(isOnIt).boxed().sorted(Comparator.comparing(index -> openings.get(index).open())).mapToInt(Integer::intValue).toArray();
        int most = 0;
        for (int i = 0; i < sorted.length && !mistakes.isFull(); i++) {
            final Opening later = openings.get(sorted[i]);
            int beside = 1;
            for (int other = 0; other < i; other++) {
                if (later.sharesSeasonWith(openings.get(sorted[other]))) {
                    beside++;
                    both(where + '[' + sorted[i] + ']', day, openings.get(sorted[other]), later);
                }
            }
            most = Math.max(most, beside);
        }
        if (most > PlannedDay.MAX_RUNS) {
            mistakes.add(where, day + "has " + most + " openings, " + PlannedDay.MAX_RUNS + " at most");
        }
    }

    private void both(final String where, final String day, final Opening earlier, final Opening later) {
        if (later.open().isBefore(earlier.close())) {
            mistakes.add(where, day + earlier.open() + " to " + earlier.close() + " and " + later.open() + " to " + later.close() + " overlap");
        }
        final long minutes = Duration.between(earlier.open(), later.close()).toMinutes();
        if (minutes > LONGEST_MINUTES) {
            mistakes.add(where, day + minutes + " minutes from the first opening to the last closing, " + LONGEST_MINUTES + " at most");
        }
    }
}
