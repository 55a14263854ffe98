package org.mawid.api.schedule;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.mawid.api.schedule.CalendarParts.Part;
import org.mawid.api.schedule.CalendarParts.Property;
import org.mawid.api.schedule.WantedSchedule.Quota;

/**
 * A schedule as availability in a calendar (RFC 7953). Of each pool the VAVAILABILITY of the lowest priority is its weeks, on which holidays are kept; each other one is an exception as long as it
 * lasts. What is not AVAILABLE is closed, whatever BUSYTYPE says. Places, quotas and all that a calendar has no word for are X-MAWID- properties; the page SCHEDULES.md has them.
 * Recurrences are never expanded: a rule is its weekdays and its last date. One thread, one calendar.
 */
final class CalendarSchedule {
    private static final String X = "X-MAWID-";
    private static final Set<String> BUSY = Set.of("BUSY", "BUSY-UNAVAILABLE", "BUSY-TENTATIVE");
    private static final Set<String> IGNORED_PARTS = Set.of("VTIMEZONE");
    /** As RFC 7953 has it: 0 = undefined, which is below 9. */
    private static final int LOWEST = 10;

    private final WrittenSchedule.Period period;
    private final WrittenSchedule.Unsaid unsaid;
    private final CalendarTimes times;
    private final Mistakes mistakes;
    private final JsonObject json = new JsonObject();
    private final Map<String, Integer> lines = new HashMap<>();

    /** @param priority 1 = the highest, to {@value #LOWEST} @param from first date, {@code to} the last one, both within the period */
    private record Availability(Part part, String pool, int priority, LocalDate from, LocalDate to, List<Stretch> stretches) {
        boolean holds(final LocalDate date) {
            return !date.isBefore(from) && !date.isAfter(to);
        }
    }

    /** One AVAILABLE. */
    private record Stretch(int line, CalendarTimes.Rule rule, JsonObject hours) {
    }

    CalendarSchedule(final WrittenSchedule.Period period, final ZoneId zone, final WrittenSchedule.Unsaid unsaid, final Mistakes mistakes) {
        this.period = period;
        this.unsaid = unsaid;
        this.times = new CalendarTimes(zone, period, mistakes);
        this.mistakes = mistakes;
    }

    WrittenSchedule.Tree read(final String text) {
        final Part calendar = CalendarParts.read(text, mistakes);
        if (calendar == null || period.to().isBefore(period.from()) || period.to().isAfter(period.from().plusDays(WantedSchedule.MOST_DAYS))) {
            return new WrittenSchedule.Tree(json.put("pools", new JsonArray()), lines); // the period is told by whoever checks it
        }
        rules(calendar);
        final Map<String, List<Availability>> byPool = new LinkedHashMap<>();
        for (final Part part : calendar.parts()) {
            if (part.name().equals("VAVAILABILITY")) {
                final Availability availability = availability(part);
                if (availability != null) {
                    byPool.computeIfAbsent(availability.pool(), pool -> new ArrayList<>()).add(availability);
                }
            } else if (!IGNORED_PARTS.contains(part.name())) {
                mistakes.add("line " + part.line(), JsonSchedule.quoted(part.name()) + " says nothing of a schedule: only VAVAILABILITY does");
            }
        }
        mistakes.throwIfAny();
        json.put("pools", new JsonArray()).put("exceptions", new JsonArray());
        byPool.forEach(this::pool);
        return new WrittenSchedule.Tree(json, lines);
    }

    /** Of the whole schedule. */
    private void rules(final Part calendar) {
        final Property holidays = calendar.first(X + "HOLIDAYS");
        if (holidays != null) {
            final String kept = holidays.value().toUpperCase(Locale.ROOT);
            if (!Set.of("ALL", "HOST", "MOROCCO", "NONE").contains(kept)) {
                mistakes.add("line " + holidays.line(), "is none of ALL, HOST, MOROCCO, NONE");
            }
            json.put("holidays", new JsonObject().put("host", kept.equals("ALL") || kept.equals("HOST")).put("morocco", kept.equals("ALL") || kept.equals("MOROCCO")));
        }
        final JsonObject release = new JsonObject();
        put(calendar, X + "RELEASE-DAYS-AHEAD", "release", "daysAhead", release, true);
        put(calendar, X + "RELEASE-AT", "release", "at", release, false);
        put(calendar, X + "RELEASE-STAGGER", "release", "staggerMinutes", release, true);
        if (!release.isEmpty()) {
            json.put("release", release);
        }
        spill(calendar, "", json);
    }

    /** @param place of {@code into}, as {@code pools[0].} */
    private void spill(final Part part, final String place, final JsonObject into) {
        final JsonObject spill = new JsonObject();
        for (final Quota quota : Quota.values()) {
            final JsonObject rule = new JsonObject();
            put(part, X + quota.name().replace('_', '-') + "-SPILL", place + "spill." + quota, "hoursBefore", rule, true);
            if (!rule.isEmpty()) {
                spill.put(quota.name(), rule);
            }
        }
        if (!spill.isEmpty()) {
            into.put("spill", spill);
        }
    }

    private void put(final Part part, final String property, final String place, final String name, final JsonObject into, final boolean isNumber) {
        final Property found = part.first(property);
        if (found != null) {
            lines.put(place.isEmpty() ? name : place + '.' + name, found.line());
            into.put(name, isNumber ? WrittenSchedule.number(found.value()) : found.value());
        }
    }

    /** {@code null} when it says nothing of the period, or cannot be read, which was told. */
    private Availability availability(final Part part) {
        final Property named = part.first(X + "POOL");
        final String pool = named == null ? unsaid.pool() : named.value();
        if (pool == null || pool.isEmpty()) {
            mistakes.add("line " + part.line(), "says of no desk or resource: give " + X + "POOL, or the parameter pool");
            return null;
        }
        final Property busy = part.first("BUSYTYPE");
        if (busy != null && !BUSY.contains(busy.value().toUpperCase(Locale.ROOT))) {
            mistakes.add("line " + busy.line(), JsonSchedule.quoted(busy.value()) + " is none of " + String.join(", ", new TreeSet<>(BUSY)));
        }
        final CalendarTimes.Span span = times.wholeDays(part);
        if (span == null || part.parts().size() > WantedSchedule.MOST_OPENINGS) {
            if (span != null) {
                mistakes.add("line " + part.line(), part.parts().size() + " components in it, " + WantedSchedule.MOST_OPENINGS + " at most");
            }
            return null;
        }
        final List<Stretch> stretches = new ArrayList<>();
        for (final Part available : part.parts()) {
            if (!available.name().equals("AVAILABLE")) {
                mistakes.add("line " + available.line(), JsonSchedule.quoted(available.name()) + " is not AVAILABLE");
                continue;
            }
            final CalendarTimes.Rule rule = times.rule(available);
            if (rule != null) {
                stretches.add(new Stretch(available.line(), rule, hours(available, part, rule)));
            }
        }
        return span.to().isBefore(span.from()) ? null : new Availability(part, pool, priority(part), span.from(), span.to(), stretches);
    }

    private int priority(final Part part) {
        final Property priority = part.first("PRIORITY");
        if (priority == null || priority.value().equals("0")) {
            return LOWEST;
        }
        if (!priority.value().matches("[1-9]")) {
            mistakes.add("line " + priority.line(), "is not 0 to 9");
            return LOWEST;
        }
        return Integer.parseInt(priority.value());
    }

    private JsonObject hours(final Part available, final Part around, final CalendarTimes.Rule rule) {
        final JsonObject hours = new JsonObject().put("open", rule.open().toString()).put("close", rule.close().toString());
        final Property places = available.has(X + "PLACES") ? available.first(X + "PLACES") : around.first(X + "PLACES");
        if (places != null) {
            hours.put("places", WrittenSchedule.number(places.value()));
        } else if (unsaid.places() > 0) {
            hours.put("places", unsaid.places());
        } else {
            mistakes.add("line " + available.line(), "says how many places to nobody: give " + X + "PLACES, or the parameter places");
        }
        final JsonObject quotas = new JsonObject();
        for (final Quota quota : Quota.values()) {
            final Property given = available.first(X + quota.name().replace('_', '-'));
            if (given != null) {
                quotas.put(quota.name(), WrittenSchedule.number(given.value()));
            }
        }
        return quotas.isEmpty() ? hours : hours.put("quotas", quotas);
    }

    private void pool(final String code, final List<Availability> all) {
        if (all.size() > WantedSchedule.MOST_DAYS) {
            mistakes.add("line " + all.get(WantedSchedule.MOST_DAYS).part().line(), "more than " + WantedSchedule.MOST_DAYS + " VAVAILABILITY of " + JsonSchedule.quoted(code));
        }
        mistakes.throwIfAny();
        all.sort(Comparator.comparingInt(Availability::priority));
        for (int i = 1; i < all.size(); i++) {
            for (int other = 0; other < i; other++) {
                if (all.get(other).priority() == all.get(i).priority() && !all.get(other).from().isAfter(all.get(i).to()) && !all.get(i).from().isAfter(all.get(other).to())) {
                    mistakes.add("line " + all.get(i).part().line(), "another one of the same PRIORITY speaks of the same dates of " + JsonSchedule.quoted(code));
                }
            }
        }
        mistakes.throwIfAny();
        final Availability weeks = all.get(all.size() - 1);
        final JsonArray pools = json.getJsonArray("pools");
        final String place = "pools[" + pools.size() + ']';
        lines.put(place, weeks.part().line());
        final JsonObject pool = new JsonObject().put("pool", code);
        put(weeks.part(), X + "ALIGN", place, "alignMinutes", pool, true);
        final Property services = weeks.part().first(X + "SERVICES");
        if (services != null) {
            lines.put(place + ".services", services.line());
            pool.put("services", new JsonArray(WrittenSchedule.words(services.value())));
        }
        spill(weeks.part(), place + '.', pool);
        pools.add(pool.put("weekly", weekly(place, weeks)));
        exceptions(code, all.subList(0, all.size() - 1));
    }

    private JsonArray weekly(final String place, final Availability weeks) {
        final JsonArray weekly = new JsonArray();
        for (final Stretch stretch : weeks.stretches()) {
            final LocalDate from = later(stretch.rule().from(), weeks.from());
            final LocalDate to = earlier(stretch.rule().to(), weeks.to());
            if (to.isBefore(from)) {
                continue; // nothing of it is in the period
            }
            final JsonObject opening = stretch.hours().copy().put("days", new JsonArray(stretch.rule().days().stream().map(ScheduleJson::weekday).toList()));
            if (from.isAfter(period.from())) {
                opening.put("from", from.toString());
            }
            if (to.isBefore(period.to())) {
                opening.put("to", to.toString());
            }
            if (!stretch.rule().except().isEmpty()) {
                opening.put("except", new JsonArray(stretch.rule().except().stream().map(LocalDate::toString).toList()));
            }
            lines.put(place + ".weekly[" + weekly.size() + ']', stretch.line());
            weekly.add(opening);
        }
        return weekly;
    }

    /** Runs of dates on which the same one has the last word and says the same. @param above by priority, the highest first */
    private void exceptions(final String pool, final List<Availability> above) {
        List<Stretch> before = null;
        Availability of = null;
        for (LocalDate date = period.from(); !above.isEmpty() && !date.isAfter(period.to()); date = date.plusDays(1)) {
            final LocalDate day = date;
            final Availability last = above.stream().filter(one -> one.holds(day)).findFirst().orElse(null);
            final List<Stretch> open = last == null ? null : last.stretches().stream().filter(stretch -> stretch.rule().isOn(day)).toList();
            final JsonArray exceptions = json.getJsonArray("exceptions");
            if (last != null && last == of && open.equals(before)) {
                exceptions.getJsonObject(exceptions.size() - 1).put("to", day.toString());
            } else if (last != null) {
                final String place = "exceptions[" + exceptions.size() + ']';
                lines.put(place, last.part().line());
                final JsonArray hours = new JsonArray();
                for (final Stretch stretch : open) {
                    lines.put(place + ".hours[" + hours.size() + ']', stretch.line());
                    hours.add(stretch.hours());
                }
                exceptions.add(new JsonObject().put("from", day.toString()).put("to", day.toString()).put("pools", new JsonArray().add(pool)).put("hours", hours));
            }
            of = last;
            before = open;
        }
    }

    private static LocalDate later(final LocalDate one, final LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDate earlier(final LocalDate one, final LocalDate other) {
        return one.isBefore(other) ? one : other;
    }
}
