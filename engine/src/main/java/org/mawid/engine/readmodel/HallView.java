package org.mawid.engine.readmodel;

import java.util.List;
import org.mawid.sbe.Priority;
import org.mawid.sbe.TicketKind;
import org.mawid.sbe.TicketState;

/**
 * Who stands in the hall of a post, by number and without a name, and how long it takes. Immutable answers. From core version 6 on; empty before.
 * Reflects {@link ReadModel#position}.
 */
public interface HallView {
    /** Acts that must have been measured before a duration is proposed. */
    int PROPOSED_FROM = 30;

    /**
     * A ticket that has not ended.
     *
     * @param appointmentId 0 = none
     * @param number        as printed on it
     * @param epochDay      of the number, local date of the post
     * @param serviceId     of what is asked for at its desk, 0 = several
     * @param dueMs         when its turn is, ms since 1970-01-01 UTC, as the next two; 0 = before everybody
     * @param sinceMs       when it was given
     * @param changedMs     since when it is in its state, or was called last
     * @param counter       that called last, 0 = none
     */
    record Ticket(long ticketId, long appointmentId, int postId, int deskId, int number, int epochDay, int serviceId, TicketKind kind, Priority priority, TicketState state,
                  long dueMs, long sinceMs, long changedMs, int counter, int recalls) {
    }

    /** A number on the display. @param calledMs the last time */
    record Called(int number, int counter, int deskId, long calledMs) {
    }

    /** @param paceMs what a ticket takes there, from the newest of the desk's latest date; 0 = nothing is known @param counters that called there lately */
    record Desk(int deskId, int waiting, int parked, int called, long paceMs, int counters) {
    }

    /** What hangs in the hall. @param called the last one first @param desks at which somebody ever stood, by id */
    record Display(int postId, List<Called> called, List<Desk> desks) {
    }

    /**
     * How long somebody will wait, if nobody comes who is due before.
     *
     * @param before how many are called before at this desk, 0 when it does not wait
     * @param waitMs -1 = nothing is known of how long it takes
     */
    record Estimate(Ticket ticket, int before, int counters, long paceMs, long waitMs) {
    }

    /**
     * How long acts of a service take at the counters of the whole network, for one unit of quantity; what is newer weighs more.
     *
     * @param measured   acts since the beginning
     * @param p50Minutes what half of them did not exceed
     */
    record ServiceTime(int serviceId, long measured, int p50Minutes, int p90Minutes) {
        private static final int UNIT_MINUTES = 5;

        /** Half-way between the two, in whole units of a calendar, minutes; 0 = too few were measured. */
        public int proposedMinutes() {
            return measured < PROPOSED_FROM ? 0 : (p50Minutes + p90Minutes + 2 * UNIT_MINUTES - 1) / (2 * UNIT_MINUTES) * UNIT_MINUTES;
        }
    }

    /** In force. Times in ms; meanings and ranges: SetHallRules in the schema. */
    record HallRules(long lateAfterMs, long latePenaltyMs, long overflowDelayMs, long pickUpDelayMs, long priorityAheadMs, long callGraceMs, long parkMs, long keepMs,
                     long maxTickets, int recallsMost) {
    }

    /** In all halls. @param longestWaitMs of those who wait, since they came */
    record Load(int waiting, int called, int parked, long longestWaitMs) {
    }

    /** Null when it has ended, or never was. */
    Ticket ticket(long ticketId);

    /** The ticket of an appointment, or null. */
    Ticket ofAppointment(long appointmentId);

    /** The ticket with that number of that date of a post, or null; of two that a post gave alike while its link was down, the later one. */
    Ticket withNumber(int postId, int epochDay, int number);

    /** Those who wait at a desk, who is called first is first. @param max of them, 1 and more */
    List<Ticket> queue(int deskId, int max);

    /** @param most numbers called last, 1 to 16 @param nowMs for which counters are at work */
    Display display(int postId, int most, long nowMs);

    /** Null when the ticket has ended. */
    Estimate estimate(long ticketId, long nowMs);

    /** Of each service of which an act was measured, by id. */
    List<ServiceTime> serviceTimes();

    /** The defaults until some were set. */
    HallRules rules();

    Load load(long nowMs);
}
