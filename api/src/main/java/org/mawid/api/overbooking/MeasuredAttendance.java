package org.mawid.api.overbooking;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.mawid.api.report.Measure;
import org.mawid.api.report.Report;
import org.mawid.api.report.Report.Row;
import org.mawid.api.report.Reports;

/**
 * What a post's reports know of who came: of some of its services, over the last {@value #DAYS} days that are over, of visits that were agreed a day ahead or longer, as all are that take an overbooked place.
 * Reports count lines, and all lines of a visit come or do not come together: their number is brought down to that of visits by what the post has of each, so that families do not make it look surer than it is.
 */
public final class MeasuredAttendance {
    /** So that a season is in it once. As long as the reports keep days, but for the margin that a question may take. */
    public static final int DAYS = 365;

    private MeasuredAttendance() {
    }

    /** What it is measured from. @param today local date of the post @throws org.mawid.engine.readmodel.ReadModelBehindException nothing is counted yet */
    public static Report report(final Reports reports, final int postId, final LocalDate today) {
        return reports.days(postId, today.minusDays(DAYS), today.minusDays(1));
    }

    /** @param services ids */
    public static Attendance of(final Report report, final Set<Integer> services) {
        final double each = visitsOfLine(report);
        final Predicate<Row> wanted = row -> services.contains(row.serviceId());
        return new Attendance((int) (kept(report, wanted) * each), (int) (missed(report, wanted) * each));
    }

    /**
     * Of the usual visit to a desk, in units of five minutes, 1 and more: what its services are planned to take, each as often as it was measured, and as many of them as a visit has.
     *
     * @param minutes by the id of each service of the desk
     */
    public static int visitUnits(final Report report, final Map<Integer, Integer> minutes) {
        long lines = 0;
        double all = 0;
        for (final Map.Entry<Integer, Integer> service : minutes.entrySet()) {
            final Predicate<Row> wanted = row -> row.serviceId() == service.getKey();
            final long measured = kept(report, wanted) + missed(report, wanted);
            lines += measured;
            all += (double) measured * service.getValue();
        }
        final double each = visitsOfLine(report);
        return lines == 0 || each == 0 ? 1 : Math.max(1, (int) Math.ceil(all / lines / each / DeskDay.UNIT_MINUTES));
    }

    /** Visits for each line of the post, 0 to 1. */
    private static double visitsOfLine(final Report report) {
        final long lines = kept(report, row -> true) + missed(report, row -> true);
        final long visits = sum(report, row -> true, Measure.APPOINTMENTS_SERVED) - sum(report, row -> true, Measure.WALK_INS) - sum(report, row -> true, Measure.OVERFLOWS)
                + sum(report, row -> true, Measure.APPOINTMENTS_NO_SHOW);
        return lines == 0 ? 0 : Math.max(0, Math.min(1, (double) visits / lines));
    }

    private static long kept(final Report report, final Predicate<Row> wanted) {
        return sum(report, wanted, Measure.LINES_KEPT_7_D_AHEAD, Measure.LINES_KEPT_14_D_AHEAD, Measure.LINES_KEPT_30_D_AHEAD, Measure.LINES_KEPT_LONGER_AHEAD);
    }

    private static long missed(final Report report, final Predicate<Row> wanted) {
        return sum(report, wanted, Measure.LINES_NO_SHOW_7_D_AHEAD, Measure.LINES_NO_SHOW_14_D_AHEAD, Measure.LINES_NO_SHOW_30_D_AHEAD, Measure.LINES_NO_SHOW_LONGER_AHEAD);
    }

    private static long sum(final Report report, final Predicate<Row> wanted, final Measure... measures) {
        long sum = 0;
        for (final Row row : report.rows()) {
            for (final Measure measure : measures) {
                sum += wanted.test(row) ? row.sum(measure) : 0;
            }
        }
        return sum;
    }
}
