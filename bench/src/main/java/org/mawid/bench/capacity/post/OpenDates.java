package org.mawid.bench.capacity.post;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mawid.api.network.OpenDay;
import org.mawid.api.network.Release;
import org.mawid.api.network.Schedule;
import org.mawid.bench.capacity.plan.PlanRefusedException;
import org.mawid.bench.capacity.plan.Site;

/** When a post is open, resolved to instants: dates from the first of the warm-up to the last that can be asked for. Immutable. */
final class OpenDates {
    static final long UNIT_MS = 300_000L;
    private static final long MINUTE_MS = 60_000L;
    private static final int DAY_MINUTES = 1_440;

    /**
     * One open date.
     *
     * @param openMinute of the local day, when the first unit begins
     * @param pools      the desks and resources, with the capacity of the files
     */
    record Open(int epochDay, long startMs, int units, int openMinute, List<OpenDay> pools) {
        long endMs() {
            return startMs + units * UNIT_MS;
        }

        /** Minute of the local day at an instant of this date; an hour off after the clocks changed during opening hours, which they never do. */
        int minute(final long atMs) {
            return (int) Math.floorDiv(atMs - startMs, MINUTE_MS) + openMinute;
        }
    }

    private final Site site;
    private final LocalDate last;
    private final TreeMap<Integer, Open> open = new TreeMap<>();

    /** @param from first date that may be open @param to last wanted; later calendars than there are count as closed */
    OpenDates(final Site site, final LocalDate from, final LocalDate to) {
        this.site = site;
        final Schedule schedule = new Schedule(site.network(), Release.DEFAULT, 1);
        this.last = schedule.lastCovered(site.post(), from, to);
        if (last == null) {
            throw new PlanRefusedException(site.post().code() + " cannot be opened on " + from + ": " + site.network().calendars().whyNotCovered(site.post(), from.getYear()).orElse(""));
        }
        final Map<Integer, List<OpenDay>> byDate = new TreeMap<>();
        for (final OpenDay day : schedule.openDays(site.post(), from, last, from)) {
            byDate.computeIfAbsent(day.epochDay(), date -> new ArrayList<>()).add(day);
        }
        byDate.forEach((date, pools) -> open.put(date, open(date, pools)));
    }

    private Open open(final int epochDay, final List<OpenDay> pools) {
        final OpenDay first = pools.get(0);
        final int minute = (int) Math.floorMod((first.startMs() + offsetMs(first.startMs())) / MINUTE_MS, (long) DAY_MINUTES);
        return new Open(epochDay, first.startMs(), first.units(), minute, List.copyOf(pools));
    }

    private long offsetMs(final long atMs) {
        return site.post().zone().getRules().getOffset(Instant.ofEpochMilli(atMs)).getTotalSeconds() * 1_000L;
    }

    /** The last date that its calendars cover. */
    LocalDate last() {
        return last;
    }

    /** @return null when closed */
    Open on(final int epochDay) {
        return open.get(epochDay);
    }

    /** The first open date from one on. @return null when there is none any more */
    Open next(final int epochDay) {
        final Map.Entry<Integer, Open> next = open.ceilingEntry(epochDay);
        return next == null ? null : next.getValue();
    }

    /** When a local date begins. */
    long startMs(final int epochDay) {
        return LocalDate.ofEpochDay(epochDay).atStartOfDay(site.post().zone()).toInstant().toEpochMilli();
    }

    /** An instant's local date. */
    int epochDay(final long atMs) {
        return (int) Math.floorDiv(atMs + offsetMs(atMs), DAY_MINUTES * MINUTE_MS);
    }

    /** An instant's local minute. */
    int minute(final long atMs) {
        return (int) (Math.floorMod(atMs + offsetMs(atMs), DAY_MINUTES * MINUTE_MS) / MINUTE_MS);
    }

    /** Hours a week in which the post is open, mean over some dates. */
    double hoursAWeek(final int fromEpochDay, final int toEpochDay) {
        final int units = open.subMap(fromEpochDay, toEpochDay).values().stream().mapToInt(Open::units).sum();
        return toEpochDay <= fromEpochDay ? 0 : units / 12.0 * 7 / (toEpochDay - fromEpochDay);
    }
}
