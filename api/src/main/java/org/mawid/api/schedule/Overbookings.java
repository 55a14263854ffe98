package org.mawid.api.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mawid.api.network.OpenDay;
import org.mawid.api.network.PlannedDay;
import org.mawid.api.overbooking.Attendance;
import org.mawid.api.overbooking.DeskDay;
import org.mawid.api.overbooking.MeasuredAttendance;
import org.mawid.api.overbooking.Overbooking;
import org.mawid.api.overbooking.Overbooking.Places;
import org.mawid.api.overbooking.OverbookingWords;
import org.mawid.api.report.Report;
import org.mawid.api.report.Reports;
import org.mawid.api.schedule.WantedSchedule.Overbooked;
import org.mawid.api.schedule.WantedSchedule.PoolHours;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.sbe.PoolKind;

/**
 * What a schedule makes of a rule to overbook: the one place that knows. Places are computed once, when a day is published: measurements drift, and nobody sends a schedule to follow them. So a
 * day that has some keeps them as long as its counters stay what they are. Once what nobody has taken was withdrawn a day does not tell any more which places were beyond: from that instant on
 * nothing is added, and a day may have more places than are wanted. One comparison, one thread.
 */
final class Overbookings {
    private static final String ADDED = "somebody has a place beyond the counters, which the schedule that is there had added: leave the rule in until they have come, or close it by "
            + "POST /v1/posts/{post}/closures (CloseDays), which offers everybody another time, then send this again";
    private static final String PERHAPS_ADDED = "; where a rule to overbook had added them, which is not told once what nobody took was withdrawn, leave the rule in until that date is over, for it adds"
            + " nothing to it any more, and send the dates after it by themselves";
    private static final int MOST_PLACES = 255;
    private static final long HOUR_MS = 3_600_000L;

    private final Site site;
    private final CatalogueView catalogue;
    /** By pool code. */
    private final Map<String, Overbooked> rules = new HashMap<>();
    /** {@code null} = nobody is to be overbooked, or nothing is counted. */
    private final Report report;
    /** By desk, its counters and its starts. */
    private final Map<String, Computed> known = new HashMap<>();
    /** Dates by what is to be said of them, by pool. */
    private final Map<String, Map<String, List<LocalDate>>> told = new TreeMap<>();

    /** @param places {@code null} = nothing is counted @param words how it came to be so many */
    private record Computed(Places places, String words) {
    }

    /** @param nowMs log time, ms since 1970-01-01 UTC */
    Overbookings(final Site site, final WantedSchedule wanted, final CatalogueView catalogue, final Reports reports, final long nowMs) {
        this.site = site;
        this.catalogue = catalogue;
        for (final PoolHours pool : wanted.pools()) {
            if (pool.overbooked() != null) {
                rules.put(pool.pool(), pool.overbooked());
            }
        }
        final boolean isCounted = !rules.isEmpty() && site.keepsOverbooking() && reports.position() >= 0;
        this.report = isCounted ? MeasuredAttendance.report(reports, site.post().postId(), LocalDate.ofInstant(Instant.ofEpochMilli(nowMs), site.zone())) : null;
    }

    /**
     * @param base           as it is wanted without any rule
     * @param there          as it is, {@code null} = it is not
     * @param isUnderClosure a closure covers a part of it at least
     * @return with what the rule adds; {@code there} itself where that is what is wanted
     */
    PlannedDay of(final CatalogueView.Pool pool, final LocalDate date, final PlannedDay base, final PlannedDay there, final boolean isUnderClosure, final long nowMs) {
        final Overbooked rule = rules.get(pool.code());
        if (rule == null || !site.keepsOverbooking() || base.isClosed()) {
            return base;
        }
        final long untilMs = base.startMs() - rule.untilHoursBefore() * HOUR_MS;
        final boolean isThere = there != null && !there.isClosed();
        if (untilMs <= nowMs) {
            return isThere && there.hasAllOf(base) ? withMore(pool, date, base, there) : base;
        }
        final PlannedDay counters = isThere && there.isOverbooked() ? there.withoutOverbooked() : null;
        if (counters != null && counters.isSame(base) && there.overbooked().untilMs() == untilMs) {
            tell(pool, date, "the places that were added to the counters stay as they are");
            return there;
        } else if (counters != null && hasTheCountersOf(base, counters, isUnderClosure ? there : counters)) {
            tell(pool, date, isUnderClosure ? "the places that were added to the counters stay as many where no closure has left less" : "the places that were added to the counters stay as many");
            return base.with(places(base, there, counters), untilMs);
        }
        if (isUnderClosure) {
            tell(pool, date, "nothing added: a closure leaves less");
            return base;
        }
        final Computed computed = computed(pool, rule, base);
        tell(pool, date, computed.words());
        return computed.places() == null ? base : with(base, computed.places(), untilMs);
    }

    /**
     * What to do where more have a place than are wanted.
     *
     * @param there   as it is
     * @param general what is to be done else, in words
     */
    String todo(final CatalogueView.Pool pool, final PlannedDay there, final String general, final long nowMs) {
        if (rules.containsKey(pool.code())) {
            return general;
        } else if (there.isOverbooked()) {
            return ADDED;
        }
        final boolean canBeWithdrawn = site.keepsOverbooking() && pool.kind() == PoolKind.DESK && there.startMs() - WantedSchedule.MOST_SPILL_HOURS * HOUR_MS <= nowMs;
        return canBeWithdrawn ? general + PERHAPS_ADDED : general;
    }

    private PlannedDay withMore(final CatalogueView.Pool pool, final LocalDate date, final PlannedDay base, final PlannedDay there) {
        if (!there.isSame(base)) {
            tell(pool, date, "has more places than are wanted and keeps them: so near to the day nothing is added, and it is not told any more which were beyond the counters");
        }
        return there;
    }

    /** @param lowered a day whose places may be the wanted ones instead: where a closure has left less, none of what it left is beyond the counters */
    private static boolean hasTheCountersOf(final PlannedDay base, final PlannedDay counters, final PlannedDay lowered) {
        boolean same = base.alignUnits() == counters.alignUnits();
        for (long ms = Math.min(base.startMs(), counters.startMs()); ms < Math.max(base.endMs(), counters.endMs()); ms += OpenDay.UNIT_MS) {
            same &= base.capacityAt(ms) == counters.capacityAt(ms) || base.capacityAt(ms) == lowered.capacityAt(ms);
        }
        return same;
    }

    /** Beyond the counters there, by unit of the day that is wanted. */
    private static int[] places(final PlannedDay base, final PlannedDay there, final PlannedDay counters) {
        final int[] places = new int[base.units()];
        Arrays.setAll(places, unit -> {
            final long ms = base.startMs() + unit * OpenDay.UNIT_MS;
            return base.capacityAt(ms) == counters.capacityAt(ms) ? there.capacityAt(ms) - counters.capacityAt(ms) : 0;
        });
        return places;
    }

    private Computed computed(final CatalogueView.Pool pool, final Overbooked rule, final PlannedDay base) {
        if (report == null) {
            return new Computed(null, "nothing added: nothing is counted, for the records are being made, or this server keeps none");
        }
        return known.computeIfAbsent(pool.code() + ' ' + base.alignUnits() + Arrays.toString(base.capacity()), key -> compute(pool, rule, base));
    }

    private Computed compute(final CatalogueView.Pool pool, final Overbooked rule, final PlannedDay base) {
        final Map<Integer, Integer> minutes = catalogue.desk(pool.poolId()).services().stream()
                .collect(Collectors.toMap(CatalogueView.Service::serviceId, CatalogueView.Service::durationMinutes));
        final Attendance measured = MeasuredAttendance.of(report, minutes.keySet());
        final DeskDay day = new DeskDay(base.capacity(), base.alignUnits(), MeasuredAttendance.visitUnits(report, minutes));
        int untilUnit = base.units();
        Places places = Overbooking.places(day, measured, rule.rule());
        while (places.visits() > 0 && !with(base, places, 1).fits()) { // the last are left out, and those before bear what they did
            final List<PlannedDay.OverbookedRun> runs = with(base, places, 1).overbookedRuns();
            untilUnit = Math.min(untilUnit - 1, runs.get(runs.size() - 1).from());
            places = Overbooking.places(day, measured, rule.rule(), untilUnit);
        }
        if (untilUnit == base.units()) {
            return new Computed(places, OverbookingWords.of(places, measured, rule.rule()));
        }
        return new Computed(places, places.visits() == 0 ? "nothing added: a day has not so many stretches" : OverbookingWords.of(places, measured, rule.rule())
                + "; from " + Words.time(base.startMs() + untilUnit * OpenDay.UNIT_MS, site.zone()) + " on nothing, for a day has not more stretches");
    }

    private static PlannedDay with(final PlannedDay base, final Places places, final long untilMs) {
        final int[] byUnit = places.byUnit();
        Arrays.setAll(byUnit, unit -> Math.min(byUnit[unit], MOST_PLACES - base.capacity()[unit]));
        return base.with(byUnit, untilMs);
    }

    private void tell(final CatalogueView.Pool pool, final LocalDate date, final String what) {
        told.computeIfAbsent(pool.code(), code -> new TreeMap<>()).computeIfAbsent(what, words -> new ArrayList<>()).add(date);
    }

    /** Of what dates were planned, in words. */
    List<String> told() {
        final List<String> lines = new ArrayList<>();
        told.forEach((pool, words) -> words.forEach((what, dates) -> lines.add(pool + " on " + Words.dates(dates) + ": " + what)));
        return lines;
    }

    /** What is wanted and cannot be done, in words. */
    List<String> notices() {
        return site.keepsOverbooking() ? List.of() : rules.keySet().stream().sorted().map(pool -> pool + ": nothing is added to the counters, for the log is of a core version before 7, which does not know"
                + " places beyond them: an operator raises it (mawid core-version), then send this again").toList();
    }
}
