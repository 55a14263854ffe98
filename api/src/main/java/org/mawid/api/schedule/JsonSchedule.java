package org.mawid.api.schedule;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.mawid.api.network.Release;
import org.mawid.api.overbooking.OverbookingRule;
import org.mawid.api.schedule.WantedSchedule.Dates;
import org.mawid.api.schedule.WantedSchedule.ExceptionalDays;
import org.mawid.api.schedule.WantedSchedule.Holidays;
import org.mawid.api.schedule.WantedSchedule.Opening;
import org.mawid.api.schedule.WantedSchedule.Overbooked;
import org.mawid.api.schedule.WantedSchedule.PoolHours;
import org.mawid.api.schedule.WantedSchedule.Quota;

/** Reads one schedule. What is not there has its default, what is not known is a mistake, and every mistake has its place. One thread. */
final class JsonSchedule {
    private static final int MOST_DATES = 100;
    private static final int MOST_SERVICES = 500;
    private static final int LONGEST_TEXT = 200;
    private static final int MOST_AHEAD = 400;
    private static final int DAY_MINUTES = 1_440;

    private final LocalDate from;
    private final LocalDate to;
    private final Mistakes mistakes;

    /** @param from of the schedule, where a season says none itself; likewise {@code to} */
    JsonSchedule(final LocalDate from, final LocalDate to, final Mistakes mistakes) {
        this.from = from;
        this.to = to;
        this.mistakes = mistakes;
    }

    WantedSchedule read(final String post, final JsonObject json) {
        known("", json, "release", "holidays", "pools", "exceptions", "spill");
        return new WantedSchedule(post, from, to, release(object("", json, "release")), holidays(object("", json, "holidays")),
                list("", json, "pools", WantedSchedule.MOST_POOLS, this::pool), list("", json, "exceptions", WantedSchedule.MOST_EXCEPTIONS, this::exception),
                json.containsKey("spill") ? spill("", json) : Map.of());
    }

    private Map<Quota, Integer> spill(final String where, final JsonObject json) {
        final Map<Quota, Integer> spill = new EnumMap<>(Quota.class);
        ofQuotas(where, json, "spill", (place, quota, value) -> {
            if (value instanceof JsonObject rule) {
                known(place, rule, "hoursBefore");
                spill.put(quota, number(place + ".hoursBefore", rule.getValue("hoursBefore"), 1, WantedSchedule.MOST_SPILL_HOURS));
            } else {
                mistakes.add(place, "is no object");
            }
        });
        return spill;
    }

    @FunctionalInterface
    private interface EachQuota {
        void quota(String where, Quota quota, Object value);
    }

    private void ofQuotas(final String where, final JsonObject json, final String name, final EachQuota each) {
        final JsonObject given = object(where, json, name);
        if (given != null) {
            known(where + name, given, Arrays.stream(Quota.values()).map(Quota::name).toArray(String[]::new));
            for (final Quota quota : Quota.values()) {
                if (given.containsKey(quota.name())) {
                    each.quota(where + name + '.' + quota, quota, given.getValue(quota.name()));
                }
            }
        }
    }

    private Release.Rolling release(final JsonObject json) {
        if (json == null) {
            return Release.DEFAULT;
        }
        known("release", json, "daysAhead", "at", "staggerMinutes");
        final LocalTime at = json.containsKey("at") ? time("release.at", json.getValue("at")) : Release.DEFAULT.at();
        return new Release.Rolling(number("release.daysAhead", json.getValue("daysAhead", Release.DEFAULT.daysAhead()), 0, MOST_AHEAD), at,
                number("release.staggerMinutes", json.getValue("staggerMinutes", Release.DEFAULT.spreadMinutes()), 1, DAY_MINUTES));
    }

    private Holidays holidays(final JsonObject json) {
        if (json == null) {
            return Holidays.ALL;
        }
        known("holidays", json, "host", "morocco", "confirmed", "worked", "ramadan");
        final Map<LocalDate, LocalDate> confirmed = new TreeMap<>();
        list("holidays.", json, "confirmed", MOST_DATES, (where, one) -> {
            if (one instanceof JsonObject feast) {
                known(where, feast, "expected", "date");
                confirmed.put(date(where + ".expected", feast.getValue("expected")), date(where + ".date", feast.getValue("date")));
            } else {
                mistakes.add(where, "is no object");
            }
            return one;
        });
        final Set<LocalDate> worked = new TreeSet<>(list("holidays.", json, "worked", MOST_DATES, this::date));
        final List<Dates> ramadan = json.containsKey("ramadan") ? list("holidays.", json, "ramadan", MOST_DATES, (where, one) -> {
            if (!(one instanceof JsonObject dates)) {
                mistakes.add(where, "is no object");
                return null;
            }
            known(where, dates, "from", "to");
            return new Dates(date(where + ".from", dates.getValue("from")), date(where + ".to", dates.getValue("to")));
        }) : null;
        return new Holidays(flag("holidays.host", json.getValue("host", true)), flag("holidays.morocco", json.getValue("morocco", true)), confirmed, worked, ramadan);
    }

    private PoolHours pool(final String where, final Object one) {
        if (!(one instanceof JsonObject json)) {
            mistakes.add(where, "is no object");
            return null;
        }
        known(where, json, "pool", "alignMinutes", "services", "weekly", "ramadan", "spill", "overbooking");
        final Set<String> services = json.containsKey("services") ? new TreeSet<>(list(where + '.', json, "services", MOST_SERVICES, this::text)) : null;
        return new PoolHours(text(where + ".pool", json.getValue("pool")), number(where + ".alignMinutes", json.getValue("alignMinutes", 5), 5, 960), services,
                week(where, json, "weekly"), json.containsKey("ramadan") ? week(where, json, "ramadan") : null, json.containsKey("spill") ? spill(where + '.', json) : null,
                overbooked(where, json));
    }

    /** Null when it is not there. */
    private Overbooked overbooked(final String where, final JsonObject json) {
        if (!json.containsKey("overbooking")) {
            return null;
        }
        final String place = where + ".overbooking";
        if (!(json.getValue("overbooking") instanceof JsonObject rule)) {
            mistakes.add(place, "is no object");
            return null;
        }
        known(place, rule, "maxWaitMinutes", "maxShare", "untilHoursBefore");
        return new Overbooked(new OverbookingRule(number(place + ".maxWaitMinutes", rule.getValue("maxWaitMinutes"), 1, OverbookingRule.MOST_WAIT_MINUTES),
                share(place + ".maxShare", rule.getValue("maxShare"), OverbookingRule.MOST_SHARE)), number(place + ".untilHoursBefore", rule.getValue("untilHoursBefore"), 1, WantedSchedule.MOST_SPILL_HOURS));
    }

    private List<Opening> week(final String where, final JsonObject json, final String name) {
        if (!json.containsKey(name)) {
            mistakes.add(where + '.' + name, "is missing: of what is always closed say []");
        }
        return list(where + '.', json, name, WantedSchedule.MOST_OPENINGS, (place, one) -> opening(place, one, true));
    }

    private Opening opening(final String where, final Object one, final boolean isOfWeek) {
        if (!(one instanceof JsonObject json)) {
            mistakes.add(where, "is no object");
            return null;
        }
        known(where, json, isOfWeek ? new String[] {"days", "open", "close", "places", "quotas", "from", "to", "except"} : new String[] {"open", "close", "places", "quotas"});
        final Map<Quota, Integer> quotas = new EnumMap<>(Quota.class);
        ofQuotas(where + '.', json, "quotas", (place, quota, value) -> quotas.put(quota, number(place, value, 0, 255)));
        return new Opening(isOfWeek ? weekdays(where, json, "days") : EnumSet.allOf(DayOfWeek.class), time(where + ".open", json.getValue("open")),
                time(where + ".close", json.getValue("close")), number(where + ".places", json.getValue("places"), 1, 255), quotas, season(where, json),
                new TreeSet<>(list(where + '.', json, "except", WantedSchedule.MOST_DAYS, this::date)));
    }

    private Dates season(final String where, final JsonObject json) {
        if (!json.containsKey("from") && !json.containsKey("to")) {
            return null;
        }
        return new Dates(json.containsKey("from") ? date(where + ".from", json.getValue("from")) : from, json.containsKey("to") ? date(where + ".to", json.getValue("to")) : to);
    }

    private ExceptionalDays exception(final String where, final Object one) {
        if (!(one instanceof JsonObject json)) {
            mistakes.add(where, "is no object");
            return null;
        }
        known(where, json, "from", "to", "days", "pools", "hours", "reason");
        final LocalDate first = date(where + ".from", json.getValue("from"));
        return new ExceptionalDays(first, json.containsKey("to") ? date(where + ".to", json.getValue("to")) : first, weekdays(where, json, "days"),
                new TreeSet<>(list(where + '.', json, "pools", WantedSchedule.MOST_POOLS, this::text)),
                list(where + '.', json, "hours", WantedSchedule.MOST_OPENINGS, (place, hours) -> opening(place, hours, false)), json.containsKey("reason") ? text(where + ".reason", json.getValue("reason")) : "");
    }

    // ---- parts

    private Set<DayOfWeek> weekdays(final String where, final JsonObject json, final String name) {
        final Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        list(where + '.', json, name, DayOfWeek.values().length, (place, one) -> {
            final DayOfWeek day = one instanceof String text ? ScheduleJson.weekday(text) : null;
            if (day == null) {
                mistakes.add(place, "is none of MON, TUE, WED, THU, FRI, SAT, SUN");
            } else {
                days.add(day);
            }
            return one;
        });
        return days;
    }

    private void known(final String where, final JsonObject json, final String... names) {
        final Set<String> known = Set.of(names);
        json.fieldNames().stream().filter(name -> !known.contains(name)).limit(Mistakes.KEPT)
                .forEach(name -> mistakes.add(where.isEmpty() ? quoted(name) : where + '.' + quoted(name), "no such field"));
    }

    /** Null when it is not there. */
    private JsonObject object(final String where, final JsonObject json, final String name) {
        final Object value = json.getValue(name);
        if (value != null && !(value instanceof JsonObject)) {
            mistakes.add(where + name, "is no object");
        }
        return value instanceof JsonObject found ? found : null;
    }

    /** What is null is left out: it has been told. */
    private <T> List<T> list(final String where, final JsonObject json, final String name, final int most, final BiFunction<String, Object, T> each) {
        final Object value = json.getValue(name);
        final List<T> list = new ArrayList<>();
        if (value instanceof JsonArray array) {
            if (array.size() > most) {
                mistakes.add(where + name, array.size() + ", " + most + " at most");
                return list;
            }
            for (int i = 0; i < array.size(); i++) {
                final T one = each.apply(where + name + '[' + i + ']', array.getValue(i));
                if (one != null) {
                    list.add(one);
                }
            }
        } else if (value != null) {
            mistakes.add(where + name, "is no array");
        }
        return list;
    }

    private int number(final String where, final Object value, final int min, final int max) {
        if (value instanceof Integer number && number >= min && number <= max) {
            return number;
        }
        mistakes.add(where, value == null ? "is missing" : quoted(value) + " is not a whole number within " + min + ".." + max);
        return min;
    }

    private double share(final String where, final Object value, final double max) {
        if (value instanceof Number number && number.doubleValue() > 0 && number.doubleValue() <= max) {
            return number.doubleValue();
        }
        mistakes.add(where, value == null ? "is missing" : quoted(value) + " is not a share above 0 and up to " + max);
        return max;
    }

    private boolean flag(final String where, final Object value) {
        if (!(value instanceof Boolean)) {
            mistakes.add(where, quoted(value) + " is neither true nor false");
        }
        return Boolean.TRUE.equals(value);
    }

    private String text(final String where, final Object value) {
        if (value instanceof String text && !text.isBlank() && text.length() <= LONGEST_TEXT) {
            return text;
        }
        mistakes.add(where, "is no text of 1 to " + LONGEST_TEXT + " characters");
        return "";
    }

    private LocalDate date(final String where, final Object value) {
        return parsed(where, value, "a date like 2027-03-28", LocalDate::parse, LocalDate.EPOCH);
    }

    private LocalTime time(final String where, final Object value) {
        return parsed(where, value, "a time like 09:00", LocalTime::parse, LocalTime.MIDNIGHT);
    }

    private <T> T parsed(final String where, final Object value, final String what, final Function<String, T> parse, final T otherwise) {
        try {
            if (value instanceof String text && text.length() <= 10) {
                return parse.apply(text);
            }
        } catch (final DateTimeException e) {
            // told below
        }
        mistakes.add(where, value == null ? "is missing" : quoted(value) + " is not " + what);
        return otherwise;
    }

    static String quoted(final Object value) {
        final String text = String.valueOf(value);
        return '"' + (text.length() <= 60 ? text : text.substring(0, 60) + "…") + '"';
    }
}
