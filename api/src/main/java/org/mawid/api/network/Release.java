package org.mawid.api.network;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** When a day becomes bookable. Local to the post; a local time that the clocks skip means the instant as much later. */
public sealed interface Release {

    /** The default: 60 days ahead, from 09:00 on, spread over an hour. */
    Rolling DEFAULT = new Rolling(60, LocalTime.of(9, 0), 60);

    /**
     * @param number by which posts are spread, such as that in the files; not negative
     * @param date   the local date that becomes bookable
     */
    Instant of(int number, ZoneId zone, LocalDate date);

    /** @param date the local date that becomes bookable */
    default Instant of(Network.Post post, LocalDate date) {
        return of(post.id(), post.zone(), date);
    }

    /**
     * One day, every day. Posts are spread over the minutes after {@code at} by their number, so that a network in one time zone
     * does not release all at once.
     *
     * @param daysAhead     0 to 400
     * @param spreadMinutes 1 (all posts together) to 1 440
     */
    record Rolling(int daysAhead, LocalTime at, int spreadMinutes) implements Release {
        public Rolling {
            if (daysAhead < 0 || daysAhead > 400) throw new IllegalArgumentException("daysAhead " + daysAhead + " is not within 0..400");
            if (spreadMinutes < 1 || spreadMinutes > 1_440) {
                throw new IllegalArgumentException("spreadMinutes " + spreadMinutes + " is not within 1..1440");
            }
        }

        @Override
        public Instant of(int number, ZoneId zone, LocalDate date) {
            return ZonedDateTime.of(date.minusDays(daysAhead).atTime(at).plusMinutes(number % spreadMinutes), zone).toInstant();
        }
    }

    /** A whole month at once, at {@code at} on the first day of the month before it, at every post. This is the surge. */
    record Monthly(LocalTime at) implements Release {
        @Override
        public Instant of(int number, ZoneId zone, LocalDate date) {
            return ZonedDateTime.of(date.withDayOfMonth(1).minusMonths(1).atTime(at), zone).toInstant();
        }
    }
}
