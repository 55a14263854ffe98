package org.mawid.api.http;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.mawid.api.report.Measure;
import org.mawid.api.report.Report;
import org.mawid.api.report.Reports;

/** Two rows, whatever is asked. */
final class FakeReports implements Reports {
    @Override
    public Report days(final int postId, final LocalDate from, final LocalDate to) {
        return report(false, from.toString());
    }

    @Override
    public Report months(final int postId, final YearMonth from, final YearMonth to) {
        return report(true, from.toString());
    }

    private static Report report(final boolean isMonths, final String period) {
        final long[] all = new long[Measure.values().length];
        for (int i = 0; i < all.length; i++) {
            all[i] = i + 1;
        }
        return new Report(isMonths, List.of(new Report.Row(0, "", period, "", 0, "", "", all), new Report.Row(1, "paris", period, "EUR", 21, "passport", "ONLINE", all)),
                7, 1_772_469_000_000L, 3, 1_771_574_400_000L, 0);
    }

    @Override
    public long position() {
        return 7;
    }
}
