package org.mawid.engine.readmodel;

import java.util.List;
import org.mawid.sbe.AppointmentState;

/**
 * Who comes to a post, by local date. Kept are visits that are to take place and those that have: not what is CANCELLED or DISPLACED, nor what was
 * SERVED at another time than its own; from {@value #PAST_DAYS} days before today in UTC on, so that yesterday is there wherever the post is.
 * Immutable answers.
 */
public interface Agenda {
    int PAST_DAYS = 2;

    /**
     * @param startMs instant of its first unit; that of the visit where the day is no longer in the calendar
     * @param lines   bit i = line i of the application
     */
    record Leg(int deskId, int epochDay, int startUnit, int units, int lines, long startMs) {
        public static final long UNIT_MS = 300_000;

        /** First instant after it. */
        public long endMs() {
            return startMs + units * UNIT_MS;
        }
    }

    /**
     * @param epochDay local date of the first leg; of an overflow ticket the date in UTC at which it was given
     * @param startMs  of the earliest leg; of an overflow ticket, when it was given
     * @param ticket   0 = none yet, as for {@code counter}
     * @param attendance its applicant has said that they come, since it was confirmed or moved last
     * @param legs     in the order of the command; an overflow ticket has none, and for which lines it is says the application
     */
    record Visit(long appointmentId, long applicationId, int postId, int epochDay, long startMs, AppointmentState state, int ticket, int counter,
                 boolean overflow, boolean attendance, List<Leg> legs) {
    }

    /** @param position of the log: all up to it is in the visits and nothing after it @param visits by start, then number */
    record Visits(long position, List<Visit> visits) {
    }

    /**
     * Whose first leg is on that local date, an overflow ticket's date being as {@link Visit} says.
     *
     * @throws ReadModelBehindException when the projection has no time for it: ask again
     */
    Visits on(int postId, int epochDay);

    /**
     * Those with a leg that ends after {@code fromMs} and begins before {@code toMs}, at whatever desk; overflow tickets given in that time.
     *
     * @throws ReadModelBehindException as {@link #on}
     */
    Visits between(int postId, long fromMs, long toMs);
}
