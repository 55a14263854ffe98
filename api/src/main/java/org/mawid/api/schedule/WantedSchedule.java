package org.mawid.api.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mawid.api.network.Release;
import org.mawid.api.overbooking.OverbookingRule;

/**
 * All that a post wants of a period: what is not said to be open is closed. Local times and dates; instants are made by {@link WantedDays}.
 * Not checked by itself. Desks and resources that it does not name stay as they are.
 *
 * @param post       its code
 * @param from       first local date, {@code to} the last one; {@value #MOST_DAYS} days at most
 * @param release    when each day becomes bookable
 * @param pools      desks and resources, {@value #MOST_POOLS} at most
 * @param exceptions {@value #MOST_EXCEPTIONS} at most; two may not say something about the same pool on the same date
 * @param spill      how many hours before a day opens what is left of a quota is for everybody, in elapsed time, 1 to {@value #MOST_SPILL_HOURS}; of pools that do not say it themselves
 */
public record WantedSchedule(String post, LocalDate from, LocalDate to, Release.Rolling release, Holidays holidays, List<PoolHours> pools,
        List<ExceptionalDays> exceptions, Map<Quota, Integer> spill) {
    public static final int MOST_DAYS = 400;
    public static final int MOST_POOLS = 64;
    public static final int MOST_OPENINGS = 168;
    public static final int MOST_EXCEPTIONS = 1_000;
    public static final int MOST_SPILL_HOURS = 720;

    /**
     * A rule by which places are added to the counters of a desk for those who do not come; what is made of it is known by {@link Overbookings}.
     *
     * @param untilHoursBefore so many hours before the day opens what nobody has taken of them is withdrawn, in elapsed time, 1 to {@value #MOST_SPILL_HOURS}
     */
    public record Overbooked(OverbookingRule rule, int untilHoursBefore) {
    }

    /** Channels through which places are given that the public does not see; what is made of them is known by {@link Quotas}. What is left is for all who book online. */
    public enum Quota { CALL_CENTRE, WALK_IN, ASSISTED, EMERGENCY }

    /** Quotas stay what they are until the end. */
    public WantedSchedule(final String post, final LocalDate from, final LocalDate to, final Release.Rolling release, final Holidays holidays, final List<PoolHours> pools,
            final List<ExceptionalDays> exceptions) {
        this(post, from, to, release, holidays, pools, exceptions, Map.of());
    }

    /**
     * @param host      whether the holidays of the host country are kept
     * @param morocco   whether those of Morocco are
     * @param confirmed feasts that were announced: by the date that the calendars expect, the right one, which may be the same
     * @param worked    holidays on which the post works all the same
     * @param ramadan   as announced; {@code null} = as the calendars expect it, or as it follows from the confirmed feast after it
     */
    public record Holidays(boolean host, boolean morocco, Map<LocalDate, LocalDate> confirmed, Set<LocalDate> worked, List<Dates> ramadan) {
        public static final Holidays ALL = new Holidays(true, true, Map.of(), Set.of(), null);
        public static final Holidays NONE = new Holidays(false, false, Map.of(), Set.of(), null);
    }

    /** Both included. */
    public record Dates(LocalDate from, LocalDate to) {
        boolean holds(final LocalDate date) {
            return !date.isBefore(from) && !date.isAfter(to);
        }
    }

    /**
     * @param pool         its code: of a desk as D1, of a resource its kind
     * @param alignMinutes visits start at multiples of so many minutes after the first opening of a day; 5 to 960, a multiple of five
     * @param services     codes of those that the desk serves; {@code null} = as it does now, and always for a resource
     * @param weekly       hours of an ordinary week
     * @param ramadan      hours in Ramadan; {@code null} = as in an ordinary week
     * @param spill        {@code null} = as the schedule says
     * @param overbooked   of desks only; {@code null} = as many places as are said, and no more
     */
    public record PoolHours(String pool, int alignMinutes, Set<String> services, List<Opening> weekly, List<Opening> ramadan, Map<Quota, Integer> spill, Overbooked overbooked) {
        /** Is not overbooked. */
        public PoolHours(final String pool, final int alignMinutes, final Set<String> services, final List<Opening> weekly, final List<Opening> ramadan, final Map<Quota, Integer> spill) {
            this(pool, alignMinutes, services, weekly, ramadan, spill, null);
        }

        /** Spills as the schedule says. */
        public PoolHours(final String pool, final int alignMinutes, final Set<String> services, final List<Opening> weekly, final List<Opening> ramadan) {
            this(pool, alignMinutes, services, weekly, ramadan, null);
        }
    }

    /**
     * @param open   a multiple of five minutes, as {@code close}, which is the end
     * @param places counters of a desk, places of a resource; 1 to 255
     * @param quotas places of them that are kept for channels, of desks only; together at most {@code places}
     * @param season of the weeks only these dates; {@code null} = all
     * @param except dates on which it is not
     */
    public record Opening(Set<DayOfWeek> days, LocalTime open, LocalTime close, int places, Map<Quota, Integer> quotas, Dates season, Set<LocalDate> except) {
        /** The whole year. */
        public Opening(final Set<DayOfWeek> days, final LocalTime open, final LocalTime close, final int places, final Map<Quota, Integer> quotas) {
            this(days, open, close, places, quotas, null, Set.of());
        }

        boolean isOn(final LocalDate date) {
            return days.contains(date.getDayOfWeek()) && (season == null || season.holds(date)) && !except.contains(date);
        }

        /** Whether there may be a date on which both are, weekdays apart. */
        boolean sharesSeasonWith(final Opening other) {
            return season == null || other.season == null || !season.from().isAfter(other.season.to()) && !other.season.from().isAfter(season.to());
        }
    }

    /**
     * Dates on which nothing of the above holds, neither hours nor holidays.
     *
     * @param weekdays of these dates only those; empty = all
     * @param pools    codes; empty = all pools of the schedule
     * @param hours    instead, on each of the dates, whatever their own {@code days} say; empty = closed
     * @param reason   for people; may be empty
     */
    public record ExceptionalDays(LocalDate from, LocalDate to, Set<DayOfWeek> weekdays, Set<String> pools, List<Opening> hours, String reason) {
        boolean holdOn(final LocalDate date) {
            return !date.isBefore(from) && !date.isAfter(to) && (weekdays.isEmpty() || weekdays.contains(date.getDayOfWeek()));
        }
    }
}
