package org.mawid.api.reporting;

import io.grpc.stub.StreamObserver;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.function.Supplier;
import org.mawid.api.report.Measure;
import org.mawid.api.report.Report;
import org.mawid.api.report.Reports;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.Refusals;
import org.mawid.grpc.GetReportDaysRequest;
import org.mawid.grpc.GetReportMonthsRequest;
import org.mawid.grpc.PaymentMeans;
import org.mawid.grpc.ReportReply;
import org.mawid.grpc.ReportRow;
import org.mawid.grpc.ReportServiceGrpc;
import org.mawid.sbe.Result;

/** Reports over gRPC. A question is looked at on an event loop of the server and answered on a thread on which reads wait, for it may be long. */
public final class ReportGrpc extends ReportServiceGrpc.ReportServiceImplBase {
    private static final String MEANS = "PAYMENT_MEANS_";

    private final Calls calls;
    private final Reports reports;

    public ReportGrpc(final Calls calls, final Reports reports) {
        this.calls = calls;
        this.reports = reports;
    }

    @Override
    public void getReportDays(final GetReportDaysRequest message, final StreamObserver<ReportReply> observer) {
        final LocalDate from = LocalDate.ofEpochDay(message.getFromEpochDay());
        final LocalDate to = LocalDate.ofEpochDay(message.getToEpochDay());
        answer(message.getPostId(), Reports.mayAskDays(message.getPostId(), from, to), message.getMinPosition(), observer,
                () -> reports.days(message.getPostId(), from, to));
    }

    @Override
    public void getReportMonths(final GetReportMonthsRequest message, final StreamObserver<ReportReply> observer) {
        final YearMonth from;
        final YearMonth to;
        try {
            from = YearMonth.parse(message.getFromMonth());
            to = YearMonth.parse(message.getToMonth());
        } catch (final DateTimeException e) {
            observer.onError(Refusals.of(Result.MALFORMED));
            return;
        }
        answer(message.getPostId(), Reports.mayAskMonths(message.getPostId(), from, to), message.getMinPosition(), observer,
                () -> reports.months(message.getPostId(), from, to));
    }

    private void answer(final int postId, final boolean mayAsk, final long minPosition, final StreamObserver<ReportReply> observer, final Supplier<Report> question) {
        if (postId != 0 && calls.readModel().catalogue().post(postId) == null) {
            observer.onError(Refusals.of(Result.POST_UNKNOWN));
        } else if (!mayAsk) {
            observer.onError(Refusals.of(Result.OUT_OF_RANGE));
        } else {
            calls.readAside(reports::position, minPosition, observer, () -> reply(question.get()));
        }
    }

    private static ReportReply reply(final Report report) {
        final ReportReply.Builder reply = ReportReply.newBuilder().setCompletePosition(report.completePosition()).setCompleteMs(report.completeMs())
                .setUnknown(report.unknown()).setNowMs(report.nowMs()).setPosition(report.position());
        for (final Measure measure : Measure.values()) {
            reply.addMeasures(measure.title());
        }
        report.rows().forEach(row -> reply.addRows(row(row)));
        return reply.build();
    }

    private static ReportRow.Builder row(final Report.Row row) {
        final ReportRow.Builder told = ReportRow.newBuilder().setPostId(row.postId()).setPeriod(row.period()).setCurrency(row.currency()).setServiceId(row.serviceId())
                .setMeans(row.means().isEmpty() ? PaymentMeans.PAYMENT_MEANS_UNSPECIFIED : PaymentMeans.valueOf(MEANS + row.means()))
                .setDecisionMedianAtMostMs(delay(row.medianDelayMs())).setDecisionP90AtMostMs(delay(row.p90DelayMs()));
        for (final Measure measure : Measure.values()) {
            if (row.sum(measure) != 0) {
                told.putFigures(measure.ordinal(), row.sum(measure));
            }
        }
        return told;
    }

    private static long delay(final long ms) {
        return ms == Long.MAX_VALUE ? -1 : ms;
    }
}
