package org.mawid.api.report;

import java.util.List;

/**
 * Sums as they were at one position.
 *
 * @param isMonths       whether a row is of a month; else of a day
 * @param rows           by post, then day or month, then currency, service and means; nothing is in two of them, so that a column may be added up over any
 * @param position       of the log; all that had happened by then is in them
 * @param nowMs          log time of it, ms since 1970-01-01 UTC
 * @param completePosition behind this position everything was counted; 0 = from the beginning of the log. What is older may be missing
 * @param completeMs     log time of it; 0 = the beginning of the log
 * @param unknown        stamps, lines and payments that are counted under no service, currency or means, and without a value, because what they were
 *                       was not known any more
 */
public record Report(boolean isMonths, List<Row> rows, long position, long nowMs, long completePosition, long completeMs, long unknown) {
    /**
     * @param postId    0 = of no post: applications for any
     * @param post      its code, empty = not known, as for the service
     * @param period    local date of the post as 2026-03-02, or month as 2026-03
     * @param currency  ISO 4217, empty = of none
     * @param serviceId 0 = of none
     * @param means     TERMINAL, ONLINE, COUNTER or EARLIER; empty = of none
     * @param sums      by ordinal of {@link Measure}; not to be changed
     */
    public record Row(int postId, String post, String period, String currency, int serviceId, String service, String means, long[] sums) {
        public long sum(final Measure measure) {
            return sums[measure.ordinal()];
        }

        /** Within which time half of the decisions were made at most, ms; 0 = there was none; {@code Long.MAX_VALUE} = more than 20 days. */
        public long medianDelayMs() {
            return Measure.delayOf(sums, 50);
        }

        /** As {@link #medianDelayMs}, nine of ten. */
        public long p90DelayMs() {
            return Measure.delayOf(sums, 90);
        }
    }
}
