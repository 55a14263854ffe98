package org.mawid.api.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** From when to when, as an operator says it. @param firstDay of the first day or month @param lastDay of the last */
public record ReportSpan(boolean days, LocalDate firstDay, LocalDate lastDay) {
    private static final int USUAL_MONTHS = 12;
    private static final int USUAL_DAYS = 31;

    /**
     * @param days  by day, else by month
     * @param from  a date as 2026-03-02, or a month as 2026-03; null = twelve months or 31 days with the last one
     * @param to    the last one; null = the present one, wherever it comes first
     * @param nowMs what time it is, ms since 1970-01-01 UTC
     * @throws IllegalArgumentException in one line: one is no date, or no month, or the first is after the last
     */
    public static ReportSpan of(final boolean days, final String from, final String to, final long nowMs) {
        final LocalDate latest = LocalDate.ofInstant(Instant.ofEpochMilli(nowMs), ZoneOffset.ofHours(14));
        final LocalDate last = to == null ? latest : date(days, to);
        final LocalDate first = from != null ? date(days, from) : days ? last.minusDays(USUAL_DAYS - 1L) : YearMonth.from(last).minusMonths(USUAL_MONTHS - 1L).atDay(1);
        if (first.isAfter(last)) {
            throw new IllegalArgumentException("the first " + word(days) + ", " + first + ", is after the last, " + last);
        }
        return new ReportSpan(days, first, last);
    }

    private static LocalDate date(final boolean days, final String text) {
        try {
            return days ? LocalDate.parse(text) : YearMonth.parse(text).atDay(1);
        } catch (final DateTimeException e) {
            throw new IllegalArgumentException(text + " is no " + word(days) + ": give one as " + (days ? "2026-03-02" : "2026-03, or --days and dates"), e);
        }
    }

    private static String word(final boolean days) {
        return days ? "date" : "month";
    }

    /** @param postId 0 = all */
    public Report ask(final Reports reports, final int postId) {
        return days ? reports.days(postId, firstDay, lastDay) : reports.months(postId, YearMonth.from(firstDay), YearMonth.from(lastDay));
    }
}
