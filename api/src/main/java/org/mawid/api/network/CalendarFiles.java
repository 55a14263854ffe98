package org.mawid.api.network;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mawid.api.network.Calendars.ExceptionalHours;
import org.mawid.api.network.Calendars.Hours;
import org.mawid.api.network.Calendars.Ramadan;
import org.mawid.api.network.Network.Post;
import org.mawid.api.network.Network.Weekend;

/** When posts are open: weekly hours, exceptional hours, holidays of both countries, Ramadan. */
final class CalendarFiles {
    static final List<String> HOURS = List.of("post_code", "weekday", "open", "close", "ramadan_open", "ramadan_close");
    static final List<String> EXCEPTIONAL = List.of("post_code", "weekday", "open", "close", "valid_from", "valid_to");
    static final List<String> MOROCCAN = List.of("date", "name_fr");
    static final List<String> HOST = List.of("country_iso2", "date", "name");
    static final List<String> RAMADAN = List.of("year", "start", "end");

    private static final int LONGEST_MINUTES = OpenDay.MAX_UNITS * OpenDay.UNIT_MINUTES;

    /** As the files write them: three letters, English. Not taken from a locale. */
    private enum Weekday {
        MON, TUE, WED, THU, FRI, SAT, SUN;

        DayOfWeek day() {
            return DayOfWeek.of(ordinal() + 1);
        }
    }

    final Codes<Post> hours = new Codes<>("post with hours");
    final Codes<LocalDate> moroccanDays = new Codes<>("date");
    final Codes<LocalDate> hostDays = new Codes<>("date");
    final Codes<LocalDate> ramadanStarts = new Codes<>("date");
    private final Codes<Post> posts;
    private final Codes<Post> weekdays = new Codes<>("weekday of a post");
    private final Map<Integer, Map<DayOfWeek, Hours>> weeks = new TreeMap<>();
    private final Map<Integer, List<ExceptionalHours>> exceptional = new TreeMap<>();
    private final Map<LocalDate, String> moroccan = new TreeMap<>();
    private final Map<String, Map<LocalDate, String>> host = new TreeMap<>();
    private final List<Ramadan> ramadans = new ArrayList<>();
    private final Map<String, Set<LocalDate>> provisional = new TreeMap<>();

    CalendarFiles(Codes<Post> posts) {
        this.posts = posts;
    }

    void hours(Row row) {
        final Post post = posts.find(row, "post_code");
        final Weekday weekday = row.oneOf("weekday", Weekday.class);
        final LocalTime open = row.time("open");
        final LocalTime close = row.time("close");
        final LocalTime ramadanOpen = row.time("ramadan_open");
        final LocalTime ramadanClose = row.time("ramadan_close");
        checkLength(row, "close", open, close);
        checkLength(row, "ramadan_close", ramadanOpen, ramadanClose);
        weekdays.claim(row, "weekday", weekday == null ? null : row.optional("post_code") + ' ' + weekday);
        if (row.isRefused()) {
            hours.incomplete();
            return;
        }
        weeks.computeIfAbsent(post.id(), id -> new EnumMap<>(DayOfWeek.class)).put(weekday.day(), new Hours(open, close, ramadanOpen, ramadanClose));
        if (hours.get(post.code()) != null) return;
        hours.claim(row, "post_code", post.code());
        hours.put(post.code(), post);
    }

    void exceptional(Row row) {
        final Post post = posts.find(row, "post_code");
        final Weekday weekday = row.oneOf("weekday", Weekday.class);
        final LocalTime open = row.time("open");
        final LocalTime close = row.time("close");
        checkLength(row, "close", open, close);
        final LocalDate from = row.date("valid_from");
        final LocalDate to = row.date("valid_to");
        if (!row.isRefused() && to.isBefore(from)) row.refuse("valid_to", to + " is before valid_from " + from);
        if (row.isRefused()) return;
        final List<ExceptionalHours> ofPost = exceptional.computeIfAbsent(post.id(), id -> new ArrayList<>());
        for (ExceptionalHours other : ofPost) {
            if (other.weekday() == weekday.day() && !to.isBefore(other.from()) && !from.isAfter(other.to())) {
                row.refuse("valid_from", "overlaps the hours for " + weekday + " from " + other.from() + " to " + other.to());
            }
        }
        ofPost.add(new ExceptionalHours(weekday.day(), open, close, from, to));
    }

    void moroccan(Row row) {
        final LocalDate date = row.date("date");
        final String name = row.text("name_fr");
        final boolean moves = row.has("approximate") && row.flag("approximate");
        if (row.isRefused()) return;
        moroccanDays.claim(row, "date", date.toString());
        moroccan.put(date, name);
        if (moves) provisional.computeIfAbsent(Calendars.MOROCCO, key -> new TreeSet<>()).add(date);
    }

    void host(Row row) {
        final String country = row.code("country_iso2");
        final LocalDate date = row.date("date");
        final String name = row.text("name");
        final boolean moves = row.has("estimated") && row.flag("estimated");
        if (row.isRefused()) return;
        hostDays.claim(row, "date", country + ' ' + date);
        host.computeIfAbsent(country, code -> new TreeMap<>()).put(date, name);
        if (moves) provisional.computeIfAbsent(country, key -> new TreeSet<>()).add(date);
    }

    void ramadan(Row row) {
        final int year = row.integer("year", 2000, 2999);
        final LocalDate start = row.date("start");
        final LocalDate end = row.date("end");
        if (row.isRefused()) return;
        ramadanStarts.claim(row, "start", start.toString());
        if (start.getYear() != year) row.refuse("start", start + " is not in " + year);
        final long days = ChronoUnit.DAYS.between(start, end) + 1;
        if (days < 28 || days > 31) row.refuse("end", "makes Ramadan last " + days + " days");
        for (Ramadan other : ramadans) {
            if (other.holds(start) || other.holds(end)) row.refuse("start", "overlaps the Ramadan that starts on " + other.start());
        }
        if (!row.isRefused()) ramadans.add(new Ramadan(start, end));
    }

    Calendars calendars() {
        ramadans.sort((a, b) -> a.start().compareTo(b.start()));
        return new Calendars(weeks, exceptional, moroccan, host, ramadans, provisional);
    }

    /** Tells what is allowed and yet often a slip. */
    void notice(List<String> notices) {
        final TreeSet<String> without = new TreeSet<>();
        for (Post post : posts.inOrder()) {
            if (!host.containsKey(post.country())) without.add(post.country());
            weeks.getOrDefault(post.id(), Map.of()).keySet().stream()
                    .filter(day -> day == DayOfWeek.SATURDAY || day == (post.weekend() == Weekend.SAT_SUN ? DayOfWeek.SUNDAY : DayOfWeek.FRIDAY))
                    .forEach(day -> notices.add(post.code() + " has regular hours on " + day + ", a day of its weekend"));
        }
        without.forEach(country -> notices.add("no host-country holidays for " + country + ": its posts close on Moroccan holidays only"));
    }

    private static void checkLength(Row row, String column, LocalTime open, LocalTime close) {
        if (row.isRefused()) return;
        final long minutes = Duration.between(open, close).toMinutes();
        if (minutes <= 0) row.refuse(column, close + " is not after " + open);
        else if (minutes > LONGEST_MINUTES) row.refuse(column, minutes + " minutes after opening, at most " + LONGEST_MINUTES);
    }
}
