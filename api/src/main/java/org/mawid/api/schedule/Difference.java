package org.mawid.api.schedule;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.mawid.api.network.PlannedDay;
import org.mawid.sbe.Result;

/**
 * How what a post wants differs from what is there. Immutable.
 *
 * @param version     of the post's calendars as it was read: what an applying call expects
 * @param changes     by pool, then date; each is one day of one pool
 * @param refused     what the core would refuse: as long as there is any, nothing can be applied
 * @param provisional dates that are closed for a feast which may still move by a day either way
 * @param notices     oddities, in words
 * @param same        days of pools that are as wanted
 */
public record Difference(String post, ZoneId zone, LocalDate from, LocalDate to, long version, List<Change> changes, List<Refused> refused,
        List<Provisional> provisional, List<String> notices, int same) {

    public enum Kind { ADDED, CHANGED, CLOSED }

    /**
     * One pool on one date.
     *
     * @param wanted with no places when it is CLOSED
     * @param there  {@code null} when there is none
     */
    public record Change(Kind kind, String pool, LocalDate date, PlannedDay wanted, PlannedDay there) {
    }

    /**
     * @param date     {@code null} = not of a date
     * @param inTheWay on that date, in words; empty = there is no more to say
     * @param todo     what to do about it, in words
     */
    public record Refused(String pool, LocalDate date, Result why, String inTheWay, String todo) {
        public Refused(final String pool, final LocalDate date, final Result why, final String todo) {
            this(pool, date, why, "", todo);
        }

        /** All of it. */
        public String told() {
            return inTheWay.isEmpty() ? todo : inTheWay + ": " + todo;
        }
    }

    /** @param of "Morocco" or the host country */
    public record Provisional(LocalDate date, String name, String of) {
    }

    public boolean isNothing() {
        return changes.isEmpty() && refused.isEmpty();
    }

    public boolean canBeApplied() {
        return refused.isEmpty();
    }

    /** So many of a kind. */
    public long count(final Kind kind) {
        return changes.stream().filter(change -> change.kind() == kind).count();
    }

    Difference refusedBy(final List<Refused> core) {
        return new Difference(post, zone, from, to, version, changes, core, provisional, notices, same);
    }
}
