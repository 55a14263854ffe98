package org.mawid.api.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A report as JSON and as a table (CSV, RFC 4180): the same rows, in the same order, under the same names. In JSON what is zero or of none is left out.
 */
public final class ReportText {
    private static final String MEDIAN = "decisionMedianAtMostMs";
    private static final String P90 = "decisionP90AtMostMs";

    private ReportText() {
    }

    public static JsonObject json(final Report report) {
        final JsonArray rows = new JsonArray();
        report.rows().forEach(row -> rows.add(json(row, report.isMonths())));
        final JsonObject complete = new JsonObject().put("position", report.completePosition());
        if (report.completeMs() != 0) {
            complete.put("at", Instant.ofEpochMilli(report.completeMs()).toString()).put("atMs", report.completeMs());
        }
        return new JsonObject().put("rows", rows).put("completeFrom", complete).put("unknown", report.unknown())
                .put("now", Instant.ofEpochMilli(report.nowMs()).toString()).put("nowMs", report.nowMs()).put("position", report.position());
    }

    private static JsonObject json(final Report.Row row, final boolean isMonth) {
        final JsonObject json = new JsonObject();
        if (row.postId() != 0) {
            json.put("postId", row.postId()).put("post", row.post());
        }
        json.put(isMonth ? "month" : "day", row.period());
        if (!row.currency().isEmpty()) {
            json.put("currency", row.currency());
        }
        if (row.serviceId() != 0) {
            json.put("serviceId", row.serviceId()).put("service", row.service());
        }
        if (!row.means().isEmpty()) {
            json.put("means", row.means());
        }
        for (final Measure measure : Measure.values()) {
            if (row.sum(measure) != 0) {
                json.put(measure.title(), row.sum(measure));
            }
        }
        delay(json, MEDIAN, row.medianDelayMs());
        delay(json, P90, row.p90DelayMs());
        return json;
    }

    private static void delay(final JsonObject json, final String name, final long ms) {
        if (ms != 0 && ms != Long.MAX_VALUE) {
            json.put(name, ms);
        }
    }

    /** What {@link #json} made. */
    public static Report read(final JsonObject json, final boolean isMonths) {
        final List<Report.Row> rows = new ArrayList<>();
        for (final Object one : json.getJsonArray("rows")) {
            final JsonObject row = (JsonObject) one;
            final long[] sums = new long[Measure.COUNT];
            for (final Measure measure : Measure.values()) {
                sums[measure.ordinal()] = row.getLong(measure.title(), 0L);
            }
            rows.add(new Report.Row(row.getInteger("postId", 0), row.getString("post", ""), row.getString(isMonths ? "month" : "day"), row.getString("currency", ""),
                    row.getInteger("serviceId", 0), row.getString("service", ""), row.getString("means", ""), sums));
        }
        final JsonObject complete = json.getJsonObject("completeFrom");
        return new Report(isMonths, rows, json.getLong("position"), json.getLong("nowMs"), complete.getLong("position"), complete.getLong("atMs", 0L), json.getLong("unknown"));
    }

    public static String csv(final Report report) {
        final StringWriter text = new StringWriter();
        final CsvWriter table = CsvWriter.builder().bufferSize(0).lineDelimiter(LineDelimiter.CRLF).build(text);
        final List<String> line = new ArrayList<>(List.of("post", report.isMonths() ? "month" : "day", "currency", "service", "means"));
        for (final Measure measure : Measure.values()) {
            line.add(measure.title());
        }
        line.addAll(List.of(MEDIAN, P90));
        table.writeRecord(line);
        for (final Report.Row row : report.rows()) {
            line.clear();
            line.addAll(List.of(row.post(), row.period(), row.currency(), row.service(), row.means()));
            for (final long sum : row.sums()) {
                line.add(Long.toString(sum));
            }
            line.add(delay(row.medianDelayMs()));
            line.add(delay(row.p90DelayMs()));
            table.writeRecord(line);
        }
        return text.toString();
    }

    private static String delay(final long ms) {
        return ms == 0 || ms == Long.MAX_VALUE ? "" : Long.toString(ms);
    }
}
