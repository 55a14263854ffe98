package org.mawid.api.closure;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.mawid.api.network.LocalTimes;

/**
 * From when to when something is closed, in instants: local times stop here. Of a local time that the clocks pass over it is the instant at which they do; of
 * one that comes twice a span begins at the first and ends at the second, so that it never has less than somebody meant.
 *
 * @param fromMs ms since 1970-01-01 UTC, as {@code toMs}, which is the first instant after it
 */
public record Span(long fromMs, long toMs) {
    /** What a command allows, ms. */
    private static final long MOST_MS = 500L * 86_400_000L;
    private static final long UNIT_MS = 300_000;

    /** Whole dates. @param last may be before {@code first}: then nothing is {@link #isPossible()} */
    public static Span ofDates(final LocalDate first, final LocalDate last, final ZoneId zone) {
        return new Span(startOf(first, zone), startOf(last.plusDays(1), zone));
    }

    private static long startOf(final LocalDate date, final ZoneId zone) {
        return date.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    /**
     * Between two local times.
     *
     * @param from as 2026-03-29T09:00, as {@code to}
     * @throws DateTimeException these are no such times
     */
    public static Span ofTimes(final String from, final String to, final ZoneId zone) {
        return new Span(LocalTimes.instantMs(zone.getRules(), LocalDateTime.parse(from), true), LocalTimes.instantMs(zone.getRules(), LocalDateTime.parse(to), false));
    }

    /** Whether a command may have it: not empty, whole units, not too long. */
    public boolean isPossible() {
        return fromMs >= 0 && fromMs < toMs && toMs - fromMs <= MOST_MS && fromMs % UNIT_MS == 0 && toMs % UNIT_MS == 0;
    }
}
