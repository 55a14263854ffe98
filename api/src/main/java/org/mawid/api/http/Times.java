package org.mawid.api.http;

import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.mawid.sbe.Result;

/** Instants and dates as JSON tells them. */
final class Times {
    private Times() {
    }

    /** Puts {@code name} as RFC 3339 with the zone's offset, and {@code nameMs}. */
    static JsonObject put(final JsonObject json, final String name, final long ms, final ZoneId zone) {
        return json.put(name, text(ms, zone)).put(name + "Ms", ms);
    }

    static String text(final long ms, final ZoneId zone) {
        final Instant instant = Instant.ofEpochMilli(ms);
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atOffset(zone.getRules().getOffset(instant)));
    }

    static String date(final int epochDay) {
        return LocalDate.ofEpochDay(epochDay).toString();
    }

    /** @param date as the contract has checked it; from the short way around it also one that is not in the calendar */
    static int epochDay(final String date) {
        try {
            return (int) LocalDate.parse(date).toEpochDay();
        } catch (final DateTimeException e) {
            throw new Fault(Problem.of(Result.MALFORMED).with("date", date));
        }
    }

    /** An instant of a body, ms since 1970-01-01 UTC. @throws Fault there is no such one */
    static long ms(final JsonObject body, final String name) {
        try {
            return OffsetDateTime.parse(body.getString(name)).toInstant().toEpochMilli();
        } catch (final DateTimeException e) {
            throw new Fault(Problem.of(Result.MALFORMED).at('/' + name, "no such instant"));
        }
    }

    static ZoneId utc() {
        return ZoneOffset.UTC;
    }
}
