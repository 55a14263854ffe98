package org.mawid.api.schedule;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.mawid.api.network.LocalTimes;
import org.mawid.api.network.OpenDay;
import org.mawid.api.network.PlannedDay;
import org.mawid.api.schedule.WantedSchedule.ExceptionalDays;
import org.mawid.api.schedule.WantedSchedule.Opening;
import org.mawid.api.schedule.WantedSchedule.PoolHours;
import org.mawid.engine.readmodel.CatalogueView;

/**
 * A schedule that was checked, resolved to days of units: local times end here. An opening that the clocks pass over on the day on which they change begins or
 * ends when they do; one that comes twice begins at the first and ends at the second. Immutable.
 */
final class WantedDays {
    private static final long DAY_MS = 86_400_000L;

    private final WantedSchedule wanted;
    private final Site site;
    private final Feasts feasts;
    private final Quotas quotas;
    private final Map<String, PoolHours> hours = new HashMap<>();
    private final Map<String, Map<LocalDate, ExceptionalDays>> exceptions = new HashMap<>();
    private final List<String> notices = new ArrayList<>();

    /**
     * @param nowMs       log time, ms since 1970-01-01 UTC
     * @param horizonDays how far ahead a day may be published
     * @throws ScheduleMistakenException with everything found
     */
    WantedDays(final WantedSchedule wanted, final Site site, final long nowMs, final int horizonDays) {
        this.wanted = wanted;
        this.site = site;
        this.quotas = new Quotas(site, wanted);
        final Mistakes mistakes = new Mistakes();
        checkPeriod(nowMs, horizonDays, mistakes);
        mistakes.throwIfAny(); // all that follows is bounded by the period
        feasts = new Feasts(wanted, site, mistakes);
        new WeekCheck(site, mistakes).check(wanted);
        wanted.pools().forEach(pool -> hours.put(pool.pool(), pool));
        index(mistakes);
        checkClocks(mistakes);
        mistakes.throwIfAny();
        notices.addAll(quotas.notices());
    }

    WantedSchedule wanted() {
        return wanted;
    }

    /** Of the schedule, in its order. */
    List<CatalogueView.Pool> pools() {
        return wanted.pools().stream().map(pool -> site.pools().get(pool.pool())).toList();
    }

    Feasts feasts() {
        return feasts;
    }

    /** Oddities that are no mistakes. */
    List<String> notices() {
        return notices;
    }

    /** With all that is to be kept for channels, whether it has spilled by now or not. @return {@code null} = closed, or nothing of it is left because the clocks pass over it */
    PlannedDay day(final CatalogueView.Pool pool, final LocalDate date) {
        final PoolHours rules = hours.get(pool.code());
        final List<Opening> openings = openings(rules, date);
        if (openings.isEmpty()) {
            return null;
        }
        final long[] from = new long[openings.size()];
        final long[] to = new long[openings.size()];
        resolve(date, openings, from, to);
        long startMs = Long.MAX_VALUE;
        long endMs = Long.MIN_VALUE;
        for (int i = 0; i < from.length; i++) {
            if (from[i] < to[i]) {
                startMs = Math.min(startMs, from[i]);
                endMs = Math.max(endMs, to[i]);
            }
        }
        if (startMs >= endMs) {
            return null;
        }
        final int units = (int) Math.min((endMs - startMs) / OpenDay.UNIT_MS, OpenDay.MAX_UNITS); // an hour that comes twice may not exceed the grid
        final Opening[] byUnit = new Opening[units];
        for (int i = 0; i < from.length; i++) {
            final int end = (int) Math.min((to[i] - startMs) / OpenDay.UNIT_MS, units);
            for (int unit = (int) ((from[i] - startMs) / OpenDay.UNIT_MS); unit < end; unit++) {
                byUnit[unit] = openings.get(i);
            }
        }
        return day(pool, rules, date, startMs, byUnit);
    }

    /** @param openings by unit, {@code null} = closed */
    private PlannedDay day(final CatalogueView.Pool pool, final PoolHours rules, final LocalDate date, final long startMs, final Opening[] openings) {
        final int[] capacity = new int[openings.length];
        final int[] withheld = new int[openings.length];
        for (int unit = 0; unit < openings.length; unit++) {
            capacity[unit] = openings[unit] == null ? 0 : openings[unit].places();
            withheld[unit] = openings[unit] == null ? 0 : quotas.withheld(openings[unit]);
        }
        final long releasedAtMs = Math.max(0, wanted.release().of(site.number(), site.zone(), date).toEpochMilli());
        return new PlannedDay(pool.poolId(), (int) date.toEpochDay(), startMs, rules.alignMinutes() / OpenDay.UNIT_MINUTES, releasedAtMs, capacity, withheld,
                quotas.of(pool, rules, openings, startMs));
    }

    private void resolve(final LocalDate date, final List<Opening> openings, final long[] from, final long[] to) {
        final ZoneRules rules = site.zone().getRules();
        long before = Long.MIN_VALUE;
        for (int i = 0; i < from.length; i++) {
            // What closes and opens within an hour that comes twice closes at the second and goes on from there.
            from[i] = Math.max(before, LocalTimes.instantMs(rules, date.atTime(openings.get(i).open()), true));
            to[i] = Math.max(from[i], LocalTimes.instantMs(rules, date.atTime(openings.get(i).close()), false));
            before = to[i];
        }
    }

    /** In the order of their times. */
    private List<Opening> openings(final PoolHours rules, final LocalDate date) {
        final ExceptionalDays exception = exceptions.getOrDefault(rules.pool(), Map.of()).get(date);
        final List<Opening> all;
        if (exception != null) {
            all = exception.hours();
        } else if (feasts.on(date) != null) {
            all = List.of();
        } else {
            final List<Opening> week = rules.ramadan() != null && feasts.isRamadan(date) ? rules.ramadan() : rules.weekly();
            all = week.stream().filter(opening -> opening.isOn(date)).toList();
        }
        return all.stream().sorted(Comparator.comparing(Opening::open)).toList();
    }

    // ---- checks that need dates

    private void checkPeriod(final long nowMs, final int horizonDays, final Mistakes mistakes) {
        final LocalDate today = LocalDate.ofEpochDay(Math.floorDiv(nowMs, DAY_MS));
        final long days = ChronoUnit.DAYS.between(wanted.from(), wanted.to()) + 1;
        if (days < 1) {
            mistakes.add("to", wanted.to() + " is before " + wanted.from());
        } else if (days > WantedSchedule.MOST_DAYS) {
            mistakes.add("to", days + " days, " + WantedSchedule.MOST_DAYS + " at most");
        } else if (wanted.to().isBefore(today)) {
            mistakes.add("to", wanted.to() + " is past, today is " + today);
        } else if (wanted.to().isAfter(today.plusDays(horizonDays))) {
            mistakes.add("to", wanted.to() + " is beyond the horizon, which is " + today.plusDays(horizonDays));
        }
    }

    /** By pool and date, which two exceptions may not share; each is looked at within the period only. */
    private void index(final Mistakes mistakes) {
        if (wanted.exceptions().size() > WantedSchedule.MOST_EXCEPTIONS) {
            return; // told already
        }
        for (int i = 0; i < wanted.exceptions().size(); i++) {
            final ExceptionalDays exception = wanted.exceptions().get(i);
            final Set<String> pools = exception.pools().isEmpty() ? hours.keySet() : exception.pools();
            if (!pools.stream().allMatch(pool -> isFree(pool, exception))) {
                mistakes.add("exceptions[" + i + ']', "another exception before it speaks of the same dates and desks");
            }
            for (final String pool : pools) {
                final Map<LocalDate, ExceptionalDays> ofPool = exceptions.computeIfAbsent(pool, code -> new TreeMap<>());
                datesOf(exception).forEach(date -> ofPool.put(date, exception));
            }
        }
    }

    private boolean isFree(final String pool, final ExceptionalDays exception) {
        final Map<LocalDate, ExceptionalDays> ofPool = exceptions.getOrDefault(pool, Map.of());
        return datesOf(exception).stream().noneMatch(ofPool::containsKey);
    }

    private List<LocalDate> datesOf(final ExceptionalDays exception) {
        final LocalDate first = exception.from().isBefore(wanted.from()) ? wanted.from() : exception.from();
        final LocalDate last = exception.to().isAfter(wanted.to()) ? wanted.to() : exception.to();
        return last.isBefore(first) ? List.of() : first.datesUntil(last.plusDays(1)).filter(exception::holdOn).toList();
    }

    /** On days on which the clocks change: what somebody says of that very date must exist. Hours of a week that do not are told. */
    private void checkClocks(final Mistakes mistakes) {
        final ZoneId zone = site.zone();
        if (zone.getRules().getOffset(wanted.from().atStartOfDay(zone).toInstant()).getTotalSeconds() % (OpenDay.UNIT_MINUTES * 60) != 0) {
            mistakes.add("post", zone + " is not a multiple of five minutes off UTC");
        }
        for (final LocalDate date : gaps()) {
            for (int i = 0; i < wanted.exceptions().size() && mistakes.isEmpty(); i++) {
                final ExceptionalDays exception = wanted.exceptions().get(i);
                for (final Opening opening : exception.holdOn(date) ? exception.hours() : List.<Opening>of()) {
                    final LocalTime skipped = skipped(date, opening);
                    if (skipped != null) {
                        mistakes.add("exceptions[" + i + ']', skipped + " does not exist on " + date + " in " + zone + ": the clocks pass over it");
                    }
                }
            }
            for (final PoolHours pool : wanted.pools()) {
                for (final Opening opening : pool.weekly()) {
                    final LocalTime skipped = opening.isOn(date) ? skipped(date, opening) : null;
                    if (skipped != null) {
                        notices.add(pool.pool() + " on " + date + ": the clocks pass over " + skipped + ", and it is the moment at which they do");
                    }
                }
            }
        }
    }

    private LocalTime skipped(final LocalDate date, final Opening opening) {
        final ZoneRules rules = site.zone().getRules();
        if (LocalTimes.isSkipped(rules, date.atTime(opening.open()))) {
            return opening.open();
        }
        return LocalTimes.isSkipped(rules, date.atTime(opening.close())) ? opening.close() : null;
    }

    /** Dates of the period on which the clocks go forward. */
    private Set<LocalDate> gaps() {
        final Set<LocalDate> dates = new HashSet<>();
        final ZoneRules rules = site.zone().getRules();
        ZoneOffsetTransition change = rules.nextTransition(wanted.from().atStartOfDay().minusDays(1).toInstant(ZoneOffset.UTC));
        while (change != null && !change.getDateTimeBefore().toLocalDate().isAfter(wanted.to())) {
            if (change.isGap() && !change.getDateTimeBefore().toLocalDate().isBefore(wanted.from())) {
                dates.add(change.getDateTimeBefore().toLocalDate());
            }
            change = rules.nextTransition(change.getInstant());
        }
        return dates;
    }
}
