package org.mawid.api.schedule;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.mawid.api.network.OpenDay;
import org.mawid.api.network.PlannedDay;

/** Schedules as JSON; what can be said is on the page SCHEDULES.md. Any thread. */
public final class ScheduleJson {
    private ScheduleJson() {
    }

    /** @throws ScheduleMistakenException something in it is not what it should be; what it means together is looked at later */
    public static WantedSchedule read(final String post, final LocalDate from, final LocalDate to, final JsonObject json) {
        final Mistakes mistakes = new Mistakes();
        final WantedSchedule wanted = new JsonSchedule(from, to, mistakes).read(post, json);
        mistakes.throwIfAny();
        return wanted;
    }

    /** What differs: each day with its stretches before and after, and the same in words. */
    public static JsonObject of(final Difference difference) {
        final JsonArray changes = new JsonArray();
        difference.changes().forEach(change -> changes.add(change(change, difference.zone())));
        final JsonArray refused = new JsonArray();
        for (final Difference.Refused one : difference.refused()) {
            final JsonObject json = new JsonObject().put("pool", one.pool()).put("result", one.why().name()).put("todo", one.told());
            refused.add(one.date() == null ? json : json.put("date", one.date().toString()));
        }
        final JsonArray provisional = new JsonArray();
        difference.provisional().forEach(feast -> provisional.add(new JsonObject().put("date", feast.date().toString()).put("name", feast.name()).put("of", feast.of())));
        return new JsonObject().put("post", difference.post()).put("zone", difference.zone().getId()).put("from", difference.from().toString()).put("to", difference.to().toString())
                .put("calendarVersion", difference.version()).put("canBeApplied", difference.canBeApplied())
                .put("added", difference.count(Difference.Kind.ADDED)).put("changed", difference.count(Difference.Kind.CHANGED)).put("closed", difference.count(Difference.Kind.CLOSED))
                .put("same", difference.same()).put("changes", changes).put("refused", refused).put("provisional", provisional).put("words", new JsonArray(Words.of(difference)));
    }

    public static JsonObject of(final Present present) {
        final JsonArray days = new JsonArray();
        present.days().forEach(one -> days.add(new JsonObject().put("pool", one.pool()).put("date", one.date().toString()).mergeIn(day(one.day(), present.zone()))));
        return new JsonObject().put("post", present.post()).put("zone", present.zone().getId()).put("calendarVersion", present.version()).put("days", days);
    }

    private static JsonObject change(final Difference.Change change, final ZoneId zone) {
        final JsonObject json = new JsonObject().put("kind", change.kind().name()).put("pool", change.pool()).put("date", change.date().toString())
                .put("wanted", day(change.wanted(), zone));
        if (change.there() != null) {
            json.put("there", day(change.there(), zone));
        }
        return json.put("units", units(change, zone));
    }

    /** Stretches whose places differ. */
    private static JsonArray units(final Difference.Change change, final ZoneId zone) {
        final PlannedDay wanted = change.wanted();
        final PlannedDay there = change.there() == null ? wanted.closed() : change.there();
        final JsonArray units = new JsonArray();
        final long endMs = Math.max(wanted.endMs(), there.endMs());
        long fromMs = 0;
        for (long ms = Math.min(wanted.startMs(), there.startMs()); ms <= endMs; ms += OpenDay.UNIT_MS) {
            final boolean differs = !wanted.isSameAt(ms, there);
            if (differs && fromMs == 0) {
                fromMs = ms;
            } else if (!differs && fromMs != 0) {
                units.add(new JsonObject().put("open", Words.time(fromMs, zone).toString()).put("close", Words.time(ms, zone).toString()));
                fromMs = 0;
            }
        }
        return units;
    }

    private static JsonObject day(final PlannedDay day, final ZoneId zone) {
        final JsonArray hours = new JsonArray();
        day.forEachOpenRun(run -> hours.add(run(day, run, zone)));
        final JsonObject spill = new JsonObject();
        Quotas.spills(day).forEach((quota, ms) -> spill.put(quota.name(), instant(ms, zone)));
        final JsonObject json = new JsonObject().put("hours", hours).put("alignMinutes", day.alignUnits() * OpenDay.UNIT_MINUTES).put("releasedAt", instant(day.releasedAtMs(), zone));
        if (day.overbooked().untilMs() != 0) {
            json.put("overbookedUntil", instant(day.overbooked().untilMs(), zone));
        }
        return spill.isEmpty() ? json : json.put("spill", spill);
    }

    private static JsonObject run(final PlannedDay day, final PlannedDay.Run run, final ZoneId zone) {
        final JsonObject quotas = new JsonObject();
        Quotas.kept(day, run).forEach((quota, places) -> quotas.put(quota.name(), places));
        final JsonObject json = new JsonObject().put("open", Words.time(day.startMs() + run.from() * OpenDay.UNIT_MS, zone).toString())
                .put("close", Words.time(day.startMs() + run.to() * OpenDay.UNIT_MS, zone).toString()).put("places", run.capacity()).put("withheld", run.withheld());
        if (day.overbookedOn(run.from()) > 0) {
            json.put("overbooked", day.overbookedOn(run.from()));
        }
        return quotas.isEmpty() ? json : json.put("quotas", quotas);
    }

    private static String instant(final long ms, final ZoneId zone) {
        return Instant.ofEpochMilli(ms).atZone(zone).toOffsetDateTime().toString();
    }

    /** As files and people write them: three letters. */
    static DayOfWeek weekday(final String text) {
        for (final DayOfWeek day : DayOfWeek.values()) {
            if (day.name().substring(0, 3).equals(text)) {
                return day;
            }
        }
        return null;
    }

    static String weekday(final DayOfWeek day) {
        return day.name().substring(0, 3);
    }
}
