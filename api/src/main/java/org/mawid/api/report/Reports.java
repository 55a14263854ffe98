package org.mawid.api.report;

import java.time.LocalDate;
import java.time.YearMonth;

/** Who answers what happened. Any thread; takes some ms for each hundred days and posts. */
public interface Reports {
    /** Days that may be asked for at once of all posts together; of one post {@link #MOST_DAYS_OF_ONE}. */
    int MOST_DAYS = 31;
    int MOST_DAYS_OF_ONE = 400;
    /** Months that may be asked for at once of all posts together; of one post {@link #MOST_MONTHS_OF_ONE}. */
    int MOST_MONTHS = 12;
    int MOST_MONTHS_OF_ONE = 120;

    /** Nothing is counted: every question is answered READ_MODEL_BEHIND. */
    Reports NONE = new Reports() {
        @Override
        public Report days(final int postId, final LocalDate from, final LocalDate to) {
            throw new IllegalStateException("nothing is counted");
        }

        @Override
        public Report months(final int postId, final YearMonth from, final YearMonth to) {
            throw new IllegalStateException("nothing is counted");
        }

        @Override
        public long position() {
            return -1;
        }
    };

    /** @param postId 0 = all @param from first local date @param to last one; days of more than 400 days ago are not kept one by one */
    Report days(int postId, LocalDate from, LocalDate to);

    /** @param postId 0 = all @param from first month @param to last one */
    Report months(int postId, YearMonth from, YearMonth to);

    /** Last position that answers reflect; −1 = nothing can be asked yet. */
    long position();

    /** Whether so much may be asked for at once. @param postId 0 = all */
    static boolean mayAskDays(final int postId, final LocalDate from, final LocalDate to) {
        final long days = to.toEpochDay() - from.toEpochDay() + 1;
        return days >= 1 && days <= (postId == 0 ? MOST_DAYS : MOST_DAYS_OF_ONE);
    }

    /** As {@link #mayAskDays}. */
    static boolean mayAskMonths(final int postId, final YearMonth from, final YearMonth to) {
        final int months = Tally.month(to) - Tally.month(from) + 1;
        return months >= 1 && months <= (postId == 0 ? MOST_MONTHS : MOST_MONTHS_OF_ONE);
    }
}
