package org.mawid.api.schedule;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.mawid.api.report.Measure;
import org.mawid.api.report.Report;
import org.mawid.api.report.Report.Row;
import org.mawid.api.report.Reports;

/** What a post has measured, as a test tells it: visits of one line each, all of one service. Nothing is counted until it does. */
final class ToldReports implements Reports {
    private final int postId;
    private final int serviceId;
    private volatile Report report;

    ToldReports(final int postId, final int serviceId) {
        this.postId = postId;
        this.serviceId = serviceId;
    }

    void are(final long kept, final long missed) {
        report = new Report(false, List.of(row(0, Map.of(Measure.APPOINTMENTS_SERVED, kept, Measure.APPOINTMENTS_NO_SHOW, missed)),
                row(serviceId, Map.of(Measure.LINES_KEPT_7_D_AHEAD, kept, Measure.LINES_NO_SHOW_7_D_AHEAD, missed))), 1, 0, 0, 0, 0);
    }

    private Row row(final int service, final Map<Measure, Long> counted) {
        final long[] sums = new long[Measure.values().length];
        counted.forEach((measure, count) -> sums[measure.ordinal()] = count);
        return new Row(postId, "post", "2027-03-02", "", service, "", "", sums);
    }

    @Override
    public Report days(final int ofPost, final LocalDate from, final LocalDate to) {
        return report;
    }

    @Override
    public Report months(final int ofPost, final YearMonth from, final YearMonth to) {
        throw new UnsupportedOperationException("days are asked for");
    }

    @Override
    public long position() {
        return report == null ? -1 : 1;
    }
}
