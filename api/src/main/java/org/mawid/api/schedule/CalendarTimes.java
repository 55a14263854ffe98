package org.mawid.api.schedule;

import biweekly.ICalVersion;
import biweekly.io.CannotParseException;
import biweekly.io.ParseContext;
import biweekly.io.scribe.property.RecurrenceRuleScribe;
import biweekly.parameter.ICalParameters;
import biweekly.util.DateTimeComponents;
import biweekly.util.Duration;
import biweekly.util.Frequency;
import biweekly.util.Recurrence;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalQuery;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.mawid.api.schedule.CalendarParts.Part;
import org.mawid.api.schedule.CalendarParts.Property;

/** Times of a calendar as the post has them: in its zone, and in no other. One thread. */
final class CalendarTimes {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);
    private static final int MOST_EXCLUDED = 2_000;
    /** For whoever never ends. */
    private static final LocalDate NEVER = LocalDate.of(9999, 12, 31);
    private static final LocalDate EVER = LocalDate.of(1, 1, 1);
    private static final int WEEK = 7;

    private final ZoneId zone;
    private final WrittenSchedule.Period period;
    private final Mistakes mistakes;

    /** Both included; none when {@code to} is before {@code from}. */
    record Span(LocalDate from, LocalDate to) {
    }

    /** On these weekdays from a date to another one, both included, but for some. */
    record Rule(LocalTime open, LocalTime close, Set<DayOfWeek> days, LocalDate from, LocalDate to, Set<LocalDate> except) {
        boolean isOn(final LocalDate date) {
            return days.contains(date.getDayOfWeek()) && !date.isBefore(from) && !date.isAfter(to) && !except.contains(date);
        }
    }

    CalendarTimes(final ZoneId zone, final WrittenSchedule.Period period, final Mistakes mistakes) {
        this.zone = zone;
        this.period = period;
        this.mistakes = mistakes;
    }

    /** How long a VAVAILABILITY lasts within the period. @return {@code null} when it cannot be read, which was told */
    Span wholeDays(final Part part) {
        final LocalDateTime start = part.has("DTSTART") ? local(part.first("DTSTART")) : EVER.atStartOfDay();
        final LocalDateTime end = start == null ? null : part.has("DTEND") || part.has("DURATION") ? end(part, start) : NEVER.atStartOfDay();
        if (start == null || end == null) {
            return null;
        }
        if (!start.toLocalTime().equals(LocalTime.MIDNIGHT) || !end.toLocalTime().equals(LocalTime.MIDNIGHT)) {
            mistakes.add("line " + part.line(), "does not begin and end at midnight: it is for whole days");
            return null;
        }
        final LocalDate last = end.toLocalDate().minusDays(1);
        return new Span(start.toLocalDate().isBefore(period.from()) ? period.from() : start.toLocalDate(), last.isAfter(period.to()) ? period.to() : last);
    }

    /** When it is AVAILABLE. @return {@code null} when it cannot be said in a schedule, which was told */
    Rule rule(final Part available) {
        final Property dtstart = available.first("DTSTART");
        if (dtstart == null) {
            mistakes.add("line " + available.line(), "DTSTART is missing");
            return null;
        }
        for (final String unread : List.of("RDATE", "RECURRENCE-ID", "EXRULE")) {
            if (available.has(unread)) {
                mistakes.add("line " + available.first(unread).line(), unread + " is not read: exclude dates by EXDATE and say others as AVAILABLE of their own");
                return null;
            }
        }
        final LocalDateTime start = local(dtstart);
        final LocalDateTime end = start == null ? null : end(available, start);
        if (end == null) {
            return null;
        }
        if (!end.toLocalDate().equals(start.toLocalDate()) || !end.isAfter(start)) {
            mistakes.add("line " + available.line(), "does not end on the date on which it begins, or not after it begins");
            return null;
        }
        final List<Property> rules = available.all("RRULE");
        final Set<LocalDate> except = excluded(available);
        if (rules.isEmpty()) {
            return new Rule(start.toLocalTime(), end.toLocalTime(), EnumSet.of(start.getDayOfWeek()), start.toLocalDate(), start.toLocalDate(), except);
        }
        if (rules.size() > 1) {
            mistakes.add("line " + rules.get(1).line(), "has two RRULEs");
            return null;
        }
        return recurring(rules.get(0), start, end.toLocalTime(), except);
    }

    private Rule recurring(final Property property, final LocalDateTime start, final LocalTime close, final Set<LocalDate> except) {
        final Recurrence rule = parsed(property);
        if (rule == null) {
            return null;
        }
        final boolean isDaily = rule.getFrequency() == Frequency.DAILY;
        if (!isDaily && rule.getFrequency() != Frequency.WEEKLY || rule.getInterval() != null && rule.getInterval() != 1 || isElse(rule)) {
            mistakes.add("line " + property.line(), "only FREQ=WEEKLY or DAILY, each week, with BYDAY, UNTIL or COUNT can be said in a schedule");
            return null;
        }
        final Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        rule.getByDay().forEach(day -> days.add(DayOfWeek.valueOf(day.getDay().name())));
        if (days.isEmpty()) {
            days.addAll(isDaily ? EnumSet.allOf(DayOfWeek.class) : EnumSet.of(start.getDayOfWeek()));
        }
        LocalDate last = NEVER;
        if (rule.getUntil() != null) {
            final LocalDateTime until = until(rule.getUntil().getRawComponents(), rule.getUntil().hasTime(), property);
            if (until == null) {
                return null;
            }
            last = until.toLocalTime().isBefore(start.toLocalTime()) ? until.toLocalDate().minusDays(1) : until.toLocalDate();
        } else if (rule.getCount() != null) {
            last = last(start.toLocalDate(), days, rule.getCount());
        }
        return new Rule(start.toLocalTime(), close, days, start.toLocalDate(), last, except);
    }

    private Recurrence parsed(final Property property) {
        final ParseContext context = new ParseContext();
        context.setVersion(ICalVersion.V2_0);
        Recurrence rule = null;
        try {
            rule = new RecurrenceRuleScribe().parseText(property.value(), null, new ICalParameters(), context).getValue();
        } catch (final CannotParseException | IllegalArgumentException e) {
            // told below
        }
        if (rule == null || rule.getFrequency() == null || !context.getWarnings().isEmpty() || rule.getCount() != null && rule.getCount() < 1 || rule.getUntil() != null && rule.getUntil().getRawComponents() == null
                || rule.getUntil() != null && rule.getCount() != null) {
            mistakes.add("line " + property.line(), "is no RRULE (RFC 5545)");
            return null;
        }
        return rule;
    }

    /** Whether it says what a week does not know. */
    private static boolean isElse(final Recurrence rule) {
        return !(rule.getBySecond().isEmpty() && rule.getByMinute().isEmpty() && rule.getByHour().isEmpty() && rule.getByMonthDay().isEmpty() && rule.getByYearDay().isEmpty()
                && rule.getByWeekNo().isEmpty() && rule.getByMonth().isEmpty() && rule.getBySetPos().isEmpty() && rule.getXRules().isEmpty())
                || rule.getByDay().stream().anyMatch(day -> day.getNum() != null);
    }

    /** Without a time: all of the date. */
    private LocalDateTime until(final DateTimeComponents raw, final boolean hasTime, final Property property) {
        try {
            final LocalDate date = LocalDate.of(raw.getYear(), raw.getMonth(), raw.getDate());
            if (!hasTime) {
                return date.atTime(LocalTime.MAX);
            }
            final LocalDateTime said = date.atTime(raw.getHour(), raw.getMinute(), raw.getSecond());
            return raw.isUtc() ? LocalDateTime.ofInstant(said.toInstant(ZoneOffset.UTC), zone) : said;
        } catch (final DateTimeException e) {
            mistakes.add("line " + property.line(), "UNTIL is not in the calendar");
            return null;
        }
    }

    /** Date of the last of so many occurrences: whole weeks are not walked through. */
    private static LocalDate last(final LocalDate first, final Set<DayOfWeek> days, final int count) {
        final long weeks = (count - 1L) / days.size();
        if (weeks > ChronoUnit.WEEKS.between(first, NEVER) - 1) {
            return NEVER;
        }
        LocalDate date = first.plusWeeks(weeks);
        int left = (int) ((count - 1L) % days.size()) + 1;
        for (int day = 0; day < WEEK; day++, date = date.plusDays(1)) {
            if (days.contains(date.getDayOfWeek()) && --left == 0) {
                break;
            }
        }
        return date;
    }

    private Set<LocalDate> excluded(final Part available) {
        final Set<LocalDate> dates = new TreeSet<>();
        int told = 0;
        for (final Property property : available.all("EXDATE")) {
            final String[] values = property.value().split(",", -1);
            told += values.length;
            if (told > MOST_EXCLUDED) {
                mistakes.add("line " + property.line(), "more than " + MOST_EXCLUDED + " dates are excluded");
                return dates;
            }
            for (final String value : values) {
                final LocalDate date = "DATE".equalsIgnoreCase(property.parameter("VALUE")) ? parsed(property, value, DATE, LocalDate::from) : dateOf(local(property, value));
                if (date != null && !date.isBefore(period.from()) && !date.isAfter(period.to())) {
                    dates.add(date);
                }
            }
        }
        return dates;
    }

    private static LocalDate dateOf(final LocalDateTime time) {
        return time == null ? null : time.toLocalDate();
    }

    private LocalDateTime end(final Part part, final LocalDateTime start) {
        if (part.has("DTEND")) {
            return local(part.first("DTEND"));
        }
        final Property duration = part.first("DURATION");
        if (duration == null) {
            mistakes.add("line " + part.line(), "neither DTEND nor DURATION is there");
            return null;
        }
        try {
            return start.plus(Duration.parse(duration.value()).toMillis(), ChronoUnit.MILLIS);
        } catch (final IllegalArgumentException | DateTimeException | ArithmeticException e) {
            mistakes.add("line " + duration.line(), "is no DURATION (RFC 5545)");
            return null;
        }
    }

    private LocalDateTime local(final Property property) {
        return local(property, property.value());
    }

    /** {@code null} when it is not a time at the post, which was told. */
    private LocalDateTime local(final Property property, final String value) {
        final String id = property.parameter("TZID");
        final String why;
        if (value.endsWith("Z")) {
            why = "is in UTC";
        } else if (id == null) {
            why = value.contains("T") ? "is floating" : "has no time";
        } else if (!isZone(id)) {
            why = "is in another zone";
        } else {
            return parsed(property, value, LOCAL, LocalDateTime::from);
        }
        mistakes.add("line " + property.line(), property.name() + ' ' + why + ": hours are those of the post, as " + property.name() + ";TZID=" + zone + ":20270104T090000");
        return null;
    }

    private <T> T parsed(final Property property, final String value, final DateTimeFormatter format, final TemporalQuery<T> query) {
        try {
            return format.parse(value, query);
        } catch (final DateTimeException e) {
            mistakes.add("line " + property.line(), JsonSchedule.quoted(value) + " is not in the calendar");
            return null;
        }
    }

    private boolean isZone(final String id) {
        try {
            return zone.getRules().equals(ZoneId.of(id).getRules());
        } catch (final DateTimeException e) {
            return false;
        }
    }
}
