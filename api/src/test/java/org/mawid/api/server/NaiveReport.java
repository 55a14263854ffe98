package org.mawid.api.server;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;

/** What a report has to say, counted from what was asked for and acknowledged. */
final class NaiveReport {
    private static final long[] DELAYS_H = {1, 4, 24, 48, 120, 240, 480};
    private static final String[] DECIDED = {"decidedUpTo1H", "decidedUpTo4H", "decidedUpTo1D", "decidedUpTo2D", "decidedUpTo5D", "decidedUpTo10D", "decidedUpTo20D", "decidedLater"};

    private final Map<Integer, ZoneId> zones;
    /** By post, date, currency, service and means, then by figure. */
    private final Map<String, Map<String, Long>> days = new TreeMap<>();

    NaiveReport(final Map<Integer, ZoneId> zones) {
        this.zones = zones;
    }

    LocalDate date(final int post, final long ms) {
        return Instant.ofEpochMilli(ms).atZone(zones.get(post)).toLocalDate();
    }

    private void add(final String slice, final int post, final long ms, final String figure, final long amount) {
        if (amount != 0) {
            days.computeIfAbsent(post + "|" + date(post, ms) + "|" + slice, none -> new TreeMap<>()).merge(figure, amount, Long::sum);
        }
    }

    void ofPost(final int post, final long ms, final String figure) {
        add("|0|", post, ms, figure, 1);
    }

    void ofService(final int post, final long ms, final int service, final String figure, final long amount) {
        add("|" + service + "|", post, ms, figure, amount);
    }

    void decided(final int post, final long ms, final int service, final String figure, final long submittedMs) {
        int bucket = 0;
        while (bucket < DELAYS_H.length && ms - submittedMs > DELAYS_H[bucket] * 3_600_000) {
            bucket++;
        }
        ofService(post, ms, service, figure, 1);
        ofService(post, ms, service, DECIDED[bucket], 1);
        ofService(post, ms, service, "decisionDelayMs", ms - submittedMs);
    }

    void ofStamp(final long ms, final RandomOffice.Paper stamp, final String figure) {
        add(stamp.currency + "|" + stamp.line.service + "|", stamp.post, ms, figure, 1);
    }

    /** With its three figures. */
    void value(final long ms, final RandomOffice.Paper stamp, final String figure) {
        ofStamp(ms, stamp, figure);
        add(stamp.currency + "|" + stamp.line.service + "|", stamp.post, ms, figure + "Centimes", stamp.centimes);
        add(stamp.currency + "|" + stamp.line.service + "|", stamp.post, ms, figure + "Minor", stamp.minor);
    }

    void ofPayment(final long ms, final RandomOffice.Charge payment, final String figure, final long amount) {
        add(payment.currency + "|0|" + payment.means, payment.post, ms, figure, amount);
    }

    Map<String, Map<String, Long>> days() {
        return days;
    }

    Map<String, Map<String, Long>> months() {
        final Map<String, Map<String, Long>> months = new TreeMap<>();
        days.forEach((place, figures) -> {
            final String date = place.split("\\|")[1];
            figures.forEach((figure, sum) -> months.computeIfAbsent(place.replace(date, YearMonth.from(LocalDate.parse(date)).toString()), none -> new TreeMap<>())
                    .merge(figure, sum, Long::sum));
        });
        return months;
    }

    /** The rows of an answer, in the same form. */
    static Map<String, Map<String, Long>> read(final JsonObject report, final String period) {
        final Map<String, Map<String, Long>> rows = new TreeMap<>();
        for (final Object one : report.getJsonArray("rows")) {
            final JsonObject row = (JsonObject) one;
            final Map<String, Long> figures = new TreeMap<>();
            row.fieldNames().stream().filter(name -> !name.startsWith("decisionMedian") && !name.startsWith("decisionP90") && !name.equals("postId") && !name.equals("serviceId"))
                    .filter(name -> row.getValue(name) instanceof Number).forEach(name -> figures.put(name, row.getLong(name)));
            rows.put(row.getInteger("postId", 0) + "|" + row.getString(period) + "|" + row.getString("currency", "") + "|" + row.getInteger("serviceId", 0) + "|"
                    + row.getString("means", ""), figures);
        }
        return rows;
    }
}
