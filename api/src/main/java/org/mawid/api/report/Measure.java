package org.mawid.api.report;

import java.util.Locale;

/**
 * What is counted, each on the local day of its post on which it happened, by log time. Nothing is taken back from a day that is over: what was undone
 * is counted where and when it was undone, beside what had been done. Numbers (ordinals) are in files: new ones go last, none is used again.
 *
 * <p>Each belongs to one kind of slice: of the post as a whole, of a service ({@code lines}, {@code decided}), of a service in a currency ({@code stamps}),
 * of a means of payment in a currency ({@code payments}, {@code collected}, {@code givenBack}). A stamp counts at the post in whose currency it is, also when
 * it is used elsewhere. Of stamps there are three figures: how many, their value in centimes of MAD, and their price in minor units.
 */
public enum Measure {
    /** Applications that came in, at a counter too. Those for any post are those of no post. */
    APPLICATIONS_SUBMITTED,
    /** Visits that were agreed. Walk-ins are not among them. */
    APPOINTMENTS_CONFIRMED,
    /** Visits that were moved: counted where they were moved to. */
    APPOINTMENTS_RESCHEDULED,
    APPOINTMENTS_CANCELLED,
    APPOINTMENTS_CHECKED_IN,
    /** Visits that took place, walk-ins among them. */
    APPOINTMENTS_SERVED,
    APPOINTMENTS_NO_SHOW,
    APPOINTMENTS_DISPLACED,
    /** Came without an appointment and found room today. */
    WALK_INS,
    /** Came without an appointment and got a ticket because nothing was left. */
    OVERFLOWS,

    /** A line is one person's request for one service. */
    LINES_SUBMITTED,
    /** Of those, valid from the beginning: by rule, or seen by an officer at the counter. They have waited for no decision. */
    LINES_VALID_AT_ONCE,
    /** Decisions that a line is valid. */
    LINES_VALIDATED,
    /** Decisions that it is not; one that was validated before counts in both. */
    LINES_REJECTED,
    LINES_WITHDRAWN,
    LINES_EXPIRED,
    /** Acts: lines that a visit has fulfilled. */
    LINES_SERVED,
    /** The same by quantity. */
    QUANTITY_SERVED,
    /** From submission to decision, the sum of all that were validated or rejected. Milliseconds. */
    DECISION_DELAY_MS,
    /** How many decisions took so long at most, and longer than the one before says: each decision is in one of these eight. */
    DECIDED_UP_TO_1_H,
    DECIDED_UP_TO_4_H,
    DECIDED_UP_TO_1_D,
    DECIDED_UP_TO_2_D,
    DECIDED_UP_TO_5_D,
    DECIDED_UP_TO_10_D,
    DECIDED_UP_TO_20_D,
    DECIDED_LATER,

    STAMPS_ISSUED, STAMPS_ISSUED_CENTIMES, STAMPS_ISSUED_MINOR,
    /** Money has come for them. */
    STAMPS_PAID, STAMPS_PAID_CENTIMES, STAMPS_PAID_MINOR,
    /** Were paid, and are not any more, for their payment was reversed. */
    STAMPS_UNPAID, STAMPS_UNPAID_CENTIMES, STAMPS_UNPAID_MINOR,
    /** Paid ones that were used. */
    STAMPS_CONSUMED, STAMPS_CONSUMED_CENTIMES, STAMPS_CONSUMED_MINOR,
    /** Such a use was a mistake, and never was. */
    STAMPS_UNCONSUMED, STAMPS_UNCONSUMED_CENTIMES, STAMPS_UNCONSUMED_MINOR,
    STAMPS_VOIDED, STAMPS_VOIDED_CENTIMES, STAMPS_VOIDED_MINOR,
    /** Never paid, and their time is over. */
    STAMPS_LAPSED, STAMPS_LAPSED_CENTIMES, STAMPS_LAPSED_MINOR,
    STAMPS_WAIVED, STAMPS_WAIVED_CENTIMES, STAMPS_WAIVED_MINOR,
    /** Paid, never used, and their time is over. */
    STAMPS_FORFEITED, STAMPS_FORFEITED_CENTIMES, STAMPS_FORFEITED_MINOR,
    STAMPS_REFUND_REQUESTED, STAMPS_REFUND_REQUESTED_CENTIMES, STAMPS_REFUND_REQUESTED_MINOR,
    STAMPS_REFUND_REFUSED, STAMPS_REFUND_REFUSED_CENTIMES, STAMPS_REFUND_REFUSED_MINOR,
    /** Their money was given back. */
    STAMPS_REFUNDED, STAMPS_REFUNDED_CENTIMES, STAMPS_REFUNDED_MINOR,
    /** Their payment was taken back by the card holder, or reversed after their use. */
    STAMPS_CHARGED_BACK, STAMPS_CHARGED_BACK_CENTIMES, STAMPS_CHARGED_BACK_MINOR,
    /** Of the consumed: at another post than their own. */
    STAMPS_CONSUMED_ELSEWHERE,
    /** Of the charged back: after their use. */
    STAMPS_CHARGED_BACK_AFTER_USE,
    /** Their money is that of another stamp at the same price now, which is not counted as issued, nor this one as void. */
    STAMPS_REUSED,
    /** Waived ones that were used. */
    STAMPS_WAIVED_USED,
    /** Such a use was a mistake, and never was. */
    STAMPS_WAIVED_UNUSED,

    /** Begun: at a terminal, online, or against a counter receipt. */
    PAYMENTS_STARTED,
    /** Charged, and for all its stamps. */
    PAYMENTS_APPROVED,
    PAYMENTS_DECLINED,
    PAYMENTS_CANCELLED,
    /** Whoever was to collect knows nothing of it. */
    PAYMENTS_NOT_MADE,
    /** Came into doubt; what it became is counted as well. */
    PAYMENTS_IN_DOUBT,
    /** Charged, and for nothing: another amount, too late, or twice. */
    PAYMENTS_UNALLOCATED,
    /** Such money that paid for stamps after all. */
    PAYMENTS_ALLOCATED,
    /** Such money that was given back. */
    PAYMENTS_RETURNED,
    PAYMENTS_REVERSED,
    PAYMENTS_CHARGED_BACK,
    /** Money that came in, by the books: debits of what is receivable. Minor units. */
    COLLECTED_MINOR,
    /** Money that went back, by the books: reversals, refunds, charge backs, returns. Minor units. */
    GIVEN_BACK_MINOR,

    /** Displaced visits whose lines wait for another one. */
    WAITING_BEGUN,
    /** Visits offered in their place. */
    OFFERS_MADE,
    /** Offers whose visit was swapped for another: those are not among the made. */
    OFFERS_CHANGED,
    OFFERS_ACCEPTED,
    OFFERS_DECLINED,
    /** Nobody answered in time, or a closure had its room too. */
    OFFERS_LAPSED,

    /** Lines whose visit took place, by how long ahead it had been agreed or moved last: a day to seven days. Visits of the same day, and walk-ins, are in none of these. */
    LINES_KEPT_7_D_AHEAD,
    LINES_KEPT_14_D_AHEAD,
    LINES_KEPT_30_D_AHEAD,
    LINES_KEPT_LONGER_AHEAD,
    /** The same of lines whose visit nobody came to. */
    LINES_NO_SHOW_7_D_AHEAD,
    LINES_NO_SHOW_14_D_AHEAD,
    LINES_NO_SHOW_30_D_AHEAD,
    LINES_NO_SHOW_LONGER_AHEAD;

    static final int COUNT = values().length;
    /** Upper bounds of {@link #DECIDED_UP_TO_1_H} and those that follow; beyond the last is {@link #DECIDED_LATER}. */
    private static final long[] DELAYS_MS = {3_600_000L, 4 * 3_600_000L, 86_400_000L, 2 * 86_400_000L, 5 * 86_400_000L, 10 * 86_400_000L, 20 * 86_400_000L};
    /** Upper bounds of {@link #LINES_KEPT_7_D_AHEAD} and {@link #LINES_NO_SHOW_7_D_AHEAD} and those that follow. */
    private static final int[] LEAD_DAYS = {7, 14, 30};
    private static final Measure[] ALL = values();

    private final String title = title(name());

    private static String title(final String name) {
        final StringBuilder title = new StringBuilder();
        for (final String word : name.toLowerCase(Locale.ROOT).split("_")) {
            title.append(title.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return title.toString();
    }

    /** Its name in JSON and CSV: {@code stampsIssuedCentimes}. */
    public String title() {
        return title;
    }

    /** Of a figure of stamps: the one of their value in centimes. */
    Measure centimes() {
        return ALL[ordinal() + 1];
    }

    /** Of a figure of stamps: the one of their price in minor units. */
    Measure minor() {
        return ALL[ordinal() + 2];
    }

    /** Which of the eight a decision is in. */
    static Measure decidedAfter(final long delayMs) {
        int bucket = 0;
        while (bucket < DELAYS_MS.length && delayMs > DELAYS_MS[bucket]) {
            bucket++;
        }
        return ALL[DECIDED_UP_TO_1_H.ordinal() + bucket];
    }

    /** Which of the four of each. @param leadDays 1 and more */
    static Measure ahead(final boolean kept, final int leadDays) {
        int bucket = 0;
        while (bucket < LEAD_DAYS.length && leadDays > LEAD_DAYS[bucket]) {
            bucket++;
        }
        return ALL[(kept ? LINES_KEPT_7_D_AHEAD : LINES_NO_SHOW_7_D_AHEAD).ordinal() + bucket];
    }

    /**
     * Upper bound of the delay within which a share of the decisions was made.
     *
     * @param sums  by ordinal
     * @param share of a hundred, as 50 for the median
     * @return milliseconds; 0 = there was no decision; {@code Long.MAX_VALUE} = longer than the last bound
     */
    static long delayOf(final long[] sums, final int share) {
        final int first = DECIDED_UP_TO_1_H.ordinal();
        long all = 0;
        for (int bucket = 0; bucket <= DELAYS_MS.length; bucket++) {
            all += sums[first + bucket];
        }
        long soFar = 0;
        for (int bucket = 0; bucket < DELAYS_MS.length; bucket++) {
            soFar += sums[first + bucket];
            if (all > 0 && soFar * 100 >= all * share) {
                return DELAYS_MS[bucket];
            }
        }
        return all == 0 ? 0 : Long.MAX_VALUE;
    }
}
