package org.mawid.bench.capacity.demand;

/**
 * What chance has decided about one visitor, all of it when they ask: so that the same people come in the same mood under another plan,
 * and what differs is the plan's doing.
 *
 * @param validationDays   days until their request is validated, where one of the services wants that
 * @param lookAfterDays    days until they look for a start, once they may
 * @param noticeDays       days before which they cannot come
 * @param fromMinute       minute of the local day before which they would rather not start
 * @param untilMinute      and from which on not
 * @param weekdays         bit 0 = Monday; the days on which they would rather come
 * @param patienceDays     how far ahead they accept a date
 * @param lookDays         for how many days they look again when there is nothing
 * @param confirmMinutes   minutes until they confirm what they hold
 * @param letsLapse        whether they let their first hold end and look again on the next day
 * @param change           what they do with their first appointment
 * @param changeAt         when, as a part of the time until it
 * @param moveDays         for a move, how many days later they would come at the earliest
 * @param comes            whether they come
 * @param earlyMinutes     minutes before the start that they arrive, negative when late
 * @param serviceFactor    what their service takes, as a multiple of its nominal time
 * @param rejections       how often what they send is rejected before it is not
 * @param resubmissions    how often they would send it again
 * @param correctDays      days until they do
 * @param isStamped        whether their stamps are issued with the confirmation, rather than paid at the counter
 * @param triesElsewhere   whether they try another post when they find nothing
 * @param partOfDay        for who comes without an appointment: when, as a part of the opening hours
 */
public record Temper(double validationDays, double lookAfterDays, double noticeDays, int fromMinute, int untilMinute, int weekdays, double patienceDays,
              double lookDays, double confirmMinutes, boolean letsLapse, Change change, double changeAt, double moveDays, boolean comes,
              double earlyMinutes, double serviceFactor, int rejections, int resubmissions, double correctDays, boolean isStamped, boolean triesElsewhere, double partOfDay) {
    public enum Change { NONE, CANCEL, MOVE }

    static final int ANY_WEEKDAY = 0x7F;
    public static final int DAY_MINUTES = 1_440;

    /** At another post, with what is validated already: they look at once, and go no further. */
    Temper elsewhere() {
        return new Temper(0, 0, noticeDays, fromMinute, untilMinute, weekdays, patienceDays, lookDays, confirmMinutes, false, change, changeAt, moveDays, comes,
                earlyMinutes, serviceFactor, 0, 0, 0, isStamped, false, partOfDay);
    }

    public boolean suits(final int weekday, final int minute) {
        return (weekdays >>> weekday & 1) != 0 && minute >= fromMinute && minute < untilMinute;
    }
}
