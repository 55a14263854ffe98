package org.mawid.api.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.mawid.api.network.OpenDay;
import org.mawid.api.network.PlannedDay;
import org.mawid.api.schedule.Difference.Change;
import org.mawid.api.schedule.Difference.Refused;
import org.mawid.api.schedule.WantedSchedule.Quota;

/** A difference as people read it: what happens alike to the same pool on many dates is one line. */
public final class Words {
    /** Dates that a line names. */
    private static final int NAMED = 3;
    private static final long HOUR_MS = 3_600_000L;

    private Words() {
    }

    /** The first line sums up; each other one says one thing. */
    public static List<String> of(final Difference difference) {
        final List<String> lines = new ArrayList<>();
        lines.add(difference.post() + ", " + difference.from() + " to " + difference.to() + ": " + difference.count(Difference.Kind.ADDED) + " days added, "
                + difference.count(Difference.Kind.CHANGED) + " changed, " + difference.count(Difference.Kind.CLOSED) + " closed, " + difference.same() + " as they are; "
                + (difference.canBeApplied() ? "calendar version " + difference.version() : difference.refused().size() + " refused, so that nothing can be applied"));
        final Map<String, List<LocalDate>> changes = new LinkedHashMap<>();
        difference.changes().forEach(change -> changes.computeIfAbsent(change.pool() + " " + what(change, difference.zone()), key -> new ArrayList<>()).add(change.date()));
        changes.forEach((what, dates) -> lines.add(what + " on " + dates(dates)));
        final Map<String, List<Refused>> refused = new LinkedHashMap<>();
        difference.refused().forEach(one -> refused.computeIfAbsent("refused: " + one.pool() + " " + one.why() + ", " + one.todo(), key -> new ArrayList<>()).add(one));
        refused.forEach((what, those) -> lines.add(what + on(those)));
        difference.provisional().forEach(feast -> lines.add("closed for the time being: " + feast.date() + ", " + feast.name() + " (" + feast.of()
                + "), may move by a day until it is confirmed"));
        lines.addAll(difference.notices());
        return lines;
    }

    /** The dates of what is refused alike, and what is in the way on the first of them. */
    private static String on(final List<Refused> those) {
        final List<LocalDate> dates = those.stream().map(Refused::date).filter(Objects::nonNull).toList();
        final String inTheWay = those.get(0).inTheWay();
        return dates.isEmpty() ? "" : "; on " + dates(dates) + (inTheWay.isEmpty() ? "" : ": " + (dates.size() == 1 ? "" : dates.get(0) + " ") + inTheWay);
    }

    private static String what(final Change change, final ZoneId zone) {
        return switch (change.kind()) {
            case ADDED -> "is opened " + hours(change.wanted(), zone);
            case CLOSED -> change.there() == null ? "is kept closed" : "is closed, was " + hours(change.there(), zone);
            case CHANGED -> hours(change.wanted(), zone).equals(hours(change.there(), zone))
                    ? "becomes bookable at another time" : "becomes " + hours(change.wanted(), zone) + ", was " + hours(change.there(), zone);
        };
    }

    /** As {@code 09:00-12:00 3 places, of them 1 for the call centre until 24 h before, a start every 15 min}. */
    static String hours(final PlannedDay day, final ZoneId zone) {
        final StringJoiner hours = new StringJoiner(", ");
        day.forEachOpenRun(run -> hours.add(time(day.startMs() + run.from() * OpenDay.UNIT_MS, zone) + "-" + time(day.startMs() + run.to() * OpenDay.UNIT_MS, zone) + " "
                + places(day, run, zone)));
        return hours.length() == 0 ? "closed" : hours + ", a start every " + day.alignUnits() * OpenDay.UNIT_MINUTES + " min";
    }

    static String places(final PlannedDay day, final PlannedDay.Run run, final ZoneId zone) {
        final StringJoiner kept = new StringJoiner(" and ", ", of them ", "").setEmptyValue("");
        final Map<Quota, Long> spills = Quotas.spills(day);
        Quotas.kept(day, run).forEach((quota, places) -> kept.add(places + " for " + who(quota) + (spills.containsKey(quota) ? until(day, spills.get(quota), zone) : "")));
        if (day.overbookedOn(run.from()) > 0) {
            kept.add(day.overbookedOn(run.from()) + " beyond the counters" + (day.overbooked().untilMs() == 0 ? "" : until(day, day.overbooked().untilMs(), zone)));
        }
        return run.capacity() + (run.capacity() == 1 ? " place" : " places") + (run.withheld() == 0 ? "" : " (" + run.withheld() + " withheld)") + kept;
    }

    private static String who(final Quota quota) {
        return switch (quota) {
            case CALL_CENTRE -> "the call centre";
            case WALK_IN -> "who walks in";
            case ASSISTED -> "who is assisted";
            case EMERGENCY -> "emergencies";
        };
    }

    /** Whole hours before the day opens, as a schedule says it; else the moment. */
    private static String until(final PlannedDay day, final long spillMs, final ZoneId zone) {
        final long[] openMs = {Long.MAX_VALUE};
        day.forEachOpenRun(run -> openMs[0] = Math.min(openMs[0], day.startMs() + run.from() * OpenDay.UNIT_MS));
        final long beforeMs = openMs[0] - spillMs;
        return beforeMs % HOUR_MS == 0 ? " until " + beforeMs / HOUR_MS + " h before" : " until " + Instant.ofEpochMilli(spillMs).atZone(zone).toOffsetDateTime();
    }

    static LocalTime time(final long ms, final ZoneId zone) {
        return LocalTime.ofInstant(Instant.ofEpochMilli(ms), zone);
    }

    static String dates(final List<LocalDate> dates) {
        if (dates.size() <= NAMED) {
            return String.join(", ", dates.stream().map(LocalDate::toString).toList());
        }
        return dates.size() + " dates from " + dates.get(0) + " to " + dates.get(dates.size() - 1);
    }
}
