package org.mawid.api.http;

import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.function.Consumer;
import java.util.function.Function;
import org.mawid.api.report.Report;
import org.mawid.api.report.ReportText;
import org.mawid.api.report.Reports;
import org.mawid.sbe.Result;

/** What happened at the posts, by day and by month, as JSON or as a table. */
final class ReportRoutes {
    private static final int FOUND = 200;

    private ReportRoutes() {
    }

    static Consumer<Call> days() {
        return asking(ReportRoutes::days);
    }

    static Consumer<Call> months() {
        return asking(ReportRoutes::months);
    }

    /** A question is looked at at once, so that who asks too much hears so; it is answered on a worker thread, for it may be long. */
    private static Consumer<Call> asking(final Function<Call, Function<Reports, Report>> reading) {
        return call -> {
            final Function<Reports, Report> question = reading.apply(call);
            final Reports reports = call.loop().reports();
            final boolean table = LedgerTables.isTableWanted(call);
            Reads.whenReached(call, reports::position, () -> Reads.find(call, ignored -> {
                final Report report = question.apply(reports);
                return table ? ReportText.csv(report) : ReportText.json(report);
            }, found -> {
                if (found instanceof String text) {
                    call.answer(FOUND, text);
                } else {
                    call.answer(FOUND, (JsonObject) found);
                }
            }));
        };
    }

    private static Function<Reports, Report> days(final Call call) {
        final int post = LedgerRoutes.postOrAll(call);
        final LocalDate from = date(call, "from");
        final LocalDate to = date(call, "to");
        if (!Reports.mayAskDays(post, from, to)) {
            throw tooMuch(post == 0 ? Reports.MOST_DAYS + " days of all posts" : Reports.MOST_DAYS_OF_ONE + " days of one post");
        }
        return reports -> reports.days(post, from, to);
    }

    private static Function<Reports, Report> months(final Call call) {
        final int post = LedgerRoutes.postOrAll(call);
        final YearMonth from = month(call, "from");
        final YearMonth to = month(call, "to");
        if (!Reports.mayAskMonths(post, from, to)) {
            throw tooMuch(post == 0 ? Reports.MOST_MONTHS + " months of all posts" : Reports.MOST_MONTHS_OF_ONE + " months of one post");
        }
        return reports -> reports.months(post, from, to);
    }

    private static Fault tooMuch(final String most) {
        return new Fault(Problem.of(Result.OUT_OF_RANGE).in("to", "at or after 'from', and at most " + most + " at once"));
    }

    private static LocalDate date(final Call call, final String parameter) {
        return LocalDate.ofEpochDay(Times.epochDay(call.text(parameter)));
    }

    private static YearMonth month(final Call call, final String parameter) {
        try {
            return YearMonth.parse(call.text(parameter));
        } catch (final DateTimeException e) {
            throw new Fault(Problem.of(Result.MALFORMED).in(parameter, "no month: as 2026-03"));
        }
    }
}
