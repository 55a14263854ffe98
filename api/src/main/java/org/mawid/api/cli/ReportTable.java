package org.mawid.api.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mawid.api.report.Measure;
import org.mawid.api.report.Report;

/** A report for people: a line for each post and period, then what all of it comes to. */
final class ReportTable {
    private static final List<String> HEAD = List.of("post", "period", "confirmed", "served", "no show", "walk-in", "acts", "issued", "paid", "used", "used MAD",
            "collected", "decided", "in 48 h", "median");
    private static final int TEXTS = 2;
    private static final int USUAL_DIGITS = 2;

    private ReportTable() {
    }

    private static final class Line {
        final long[] sums = new long[Measure.values().length];
        final Map<String, Long> collected = new TreeMap<>();

        void add(final Report.Row row) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += row.sums()[i];
            }
            final long minor = row.sum(Measure.COLLECTED_MINOR) - row.sum(Measure.GIVEN_BACK_MINOR);
            if (minor != 0) {
                collected.merge(row.currency(), minor, Long::sum);
            }
        }

        long of(final Measure measure) {
            return sums[measure.ordinal()];
        }
    }

    static String of(final Report report) {
        final Map<List<String>, Line> lines = new LinkedHashMap<>();
        final Line all = new Line();
        for (final Report.Row row : report.rows()) {
            lines.computeIfAbsent(List.of(row.postId() == 0 ? "(any post)" : row.post(), row.period()), none -> new Line()).add(row);
            all.add(row);
        }
        final List<List<String>> cells = new ArrayList<>();
        cells.add(HEAD);
        lines.forEach((place, line) -> cells.add(cells(place.get(0), place.get(1), line)));
        cells.add(cells("all", "", all));
        return text(cells);
    }

    private static List<String> cells(final String post, final String period, final Line line) {
        final Report.Row sum = new Report.Row(0, "", "", "", 0, "", "", line.sums);
        final long decided = line.of(Measure.LINES_VALIDATED) + line.of(Measure.LINES_REJECTED);
        final long soon = line.of(Measure.DECIDED_UP_TO_1_H) + line.of(Measure.DECIDED_UP_TO_4_H) + line.of(Measure.DECIDED_UP_TO_1_D) + line.of(Measure.DECIDED_UP_TO_2_D);
        return List.of(post, period, number(line, Measure.APPOINTMENTS_CONFIRMED), number(line, Measure.APPOINTMENTS_SERVED), number(line, Measure.APPOINTMENTS_NO_SHOW),
                Long.toString(line.of(Measure.WALK_INS) + line.of(Measure.OVERFLOWS)), number(line, Measure.LINES_SERVED), number(line, Measure.STAMPS_ISSUED),
                Long.toString(line.of(Measure.STAMPS_PAID) - line.of(Measure.STAMPS_UNPAID)), Long.toString(line.of(Measure.STAMPS_CONSUMED) - line.of(Measure.STAMPS_UNCONSUMED)),
                BigDecimal.valueOf(line.of(Measure.STAMPS_CONSUMED_CENTIMES) - line.of(Measure.STAMPS_UNCONSUMED_CENTIMES), 2).toPlainString(),
                money(line.collected), Long.toString(decided), decided == 0 ? "-" : soon * 100 / decided + " %", delay(sum.medianDelayMs()));
    }

    private static String number(final Line line, final Measure measure) {
        return Long.toString(line.of(measure));
    }

    private static String money(final Map<String, Long> collected) {
        final StringBuilder text = new StringBuilder();
        collected.forEach((currency, minor) -> text.append(text.isEmpty() ? "" : " + ").append(major(currency, minor)).append(' ').append(currency));
        return text.isEmpty() ? "0" : text.toString();
    }

    private static String major(final String currency, final long minor) {
        final int digits = Currency.getAvailableCurrencies().stream().filter(one -> one.getCurrencyCode().equals(currency)).mapToInt(Currency::getDefaultFractionDigits)
                .findFirst().orElse(USUAL_DIGITS);
        return BigDecimal.valueOf(minor, Math.max(0, digits)).toPlainString();
    }

    private static String delay(final long ms) {
        if (ms == Long.MAX_VALUE) {
            return "> 20 d";
        }
        final long hours = ms / 3_600_000L;
        return ms == 0 ? "-" : hours < 24 ? "<= " + hours + " h" : "<= " + hours / 24 + " d";
    }

    private static String text(final List<List<String>> cells) {
        final int[] widths = new int[HEAD.size()];
        cells.forEach(line -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        final StringBuilder text = new StringBuilder();
        for (final List<String> line : cells) {
            final StringBuilder one = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                final String space = " ".repeat(widths[i] - line.get(i).length());
                one.append(i == 0 ? "" : "  ").append(i < TEXTS ? line.get(i) + space : space + line.get(i));
            }
            text.append(one.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }
}
