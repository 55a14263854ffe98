package org.mawid.bench.release.loop;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.mawid.bench.load.Latency;
import org.mawid.bench.load.Output;
import org.mawid.bench.release.wire.Exchange;
import org.mawid.bench.release.wire.Exchange.Kind;
import org.mawid.bench.release.wire.Tally;

/** What one part of the run measures: by operation and transport, and second by second. Only the thread that decides. */
public final class Figures implements Tally {
    private static final long LONGEST_NS = 120_000_000_000L;
    /** Of what is told second by second: there are many of them. */
    private static final int COARSE_DIGITS = 2;

    /** Second by second: those of one kind that came due, were answered, and how long they took. */
    private static final class Seconds {
        final int[] due;
        final int[] answered;
        final Histogram[] took;

        Seconds(final int seconds) {
            due = new int[seconds];
            answered = new int[seconds];
            took = new Histogram[seconds];
        }
    }

    private final long fromNs;
    private final int seconds;
    private final Map<Kind, Histogram> grpc = new EnumMap<>(Kind.class);
    private final Map<Kind, Histogram> http = new EnumMap<>(Kind.class);
    private final Map<Kind, Histogram> grpcFromSent = new EnumMap<>(Kind.class);
    private final Map<Kind, Histogram> httpFromSent = new EnumMap<>(Kind.class);
    private final Map<Kind, Map<String, Long>> refusals = new EnumMap<>(Kind.class);
    private final Map<Kind, Seconds> overTime = new EnumMap<>(Kind.class);
    private final Histogram lateNs = new Histogram(LONGEST_NS, 3);
    private final int[] arrivals;
    private final int[] confirmed;
    private long sent;
    private long unchanged;
    private long sentAgain;

    /** @param fromNs where the first second begins, {@link System#nanoTime()} @param seconds that are told one by one */
    public Figures(final long fromNs, final int seconds) {
        this.fromNs = fromNs;
        this.seconds = seconds;
        this.arrivals = new int[seconds];
        this.confirmed = new int[seconds];
        for (final Kind kind : Kind.values()) {
            grpc.put(kind, new Histogram(LONGEST_NS, 3));
            http.put(kind, new Histogram(LONGEST_NS, 3));
            grpcFromSent.put(kind, new Histogram(LONGEST_NS, COARSE_DIGITS));
            httpFromSent.put(kind, new Histogram(LONGEST_NS, COARSE_DIGITS));
            refusals.put(kind, new TreeMap<>());
            overTime.put(kind, new Seconds(seconds));
        }
    }

    public void arrived(final long dueNs) {
        count(arrivals, dueNs);
    }

    public void sent(final Exchange exchange) {
        sent++;
        lateNs.recordValue(Math.min(LONGEST_NS, Math.max(0, exchange.invokeNs() - exchange.dueNs())));
        count(overTime.get(exchange.kind()).due, exchange.dueNs());
    }

    @Override
    public void again() {
        sentAgain++;
    }

    @Override
    public void answered(final Exchange exchange) {
        final long tookNs = Math.min(LONGEST_NS, Math.max(0, exchange.completeNs() - exchange.dueNs()));
        final Kind kind = exchange.kind();
        if (exchange.isDone()) {
            unchanged += exchange.isUnchanged() ? 1 : 0;
            if (kind == Kind.CONFIRM) {
                count(confirmed, exchange.completeNs());
            }
        } else {
            refusals.get(kind).merge(exchange.result() == null ? "NO_ANSWER" : exchange.result().name(), 1L, Long::sum);
        }
        (exchange.isHttp() ? http : grpc).get(kind).recordValue(tookNs);
        (exchange.isHttp() ? httpFromSent : grpcFromSent).get(kind).recordValue(Math.min(LONGEST_NS, Math.max(0, exchange.completeNs() - exchange.invokeNs())));
        final Seconds ofKind = overTime.get(kind);
        count(ofKind.answered, exchange.completeNs());
        final int second = second(exchange.dueNs());
        if (second >= 0) {
            if (ofKind.took[second] == null) {
                ofKind.took[second] = new Histogram(LONGEST_NS, COARSE_DIGITS);
            }
            ofKind.took[second].recordValue(tookNs);
        }
    }

    private void count(final int[] perSecond, final long ns) {
        final int second = second(ns);
        if (second >= 0) {
            perSecond[second]++;
        }
    }

    private int second(final long ns) {
        final long second = Math.floorDiv(ns - fromNs, Loop.SECOND_NS);
        return second < 0 || second >= seconds ? -1 : (int) second;
    }

    // ---- told

    public long sent() {
        return sent;
    }

    public long unchanged() {
        return unchanged;
    }

    public long sentAgain() {
        return sentAgain;
    }

    /** How much later than due the client sent, nanoseconds. */
    public Histogram lateNs() {
        return lateNs;
    }

    long refused(final Kind kind, final String reason) {
        return refusals.get(kind).getOrDefault(reason, 0L);
    }

    /** Answers of these kinds a second, on average of some seconds. */
    public double answeredPerSecond(final int fromSecond, final int toSecond, final Kind... kinds) {
        long all = 0;
        for (final Kind kind : kinds) {
            for (int second = fromSecond; second < Math.min(toSecond, seconds); second++) {
                all += overTime.get(kind).answered[second];
            }
        }
        return Output.rounded((double) all / (toSecond - fromSecond));
    }

    public double duePerSecond(final int fromSecond, final int toSecond, final Kind... kinds) {
        long all = 0;
        for (final Kind kind : kinds) {
            for (int second = fromSecond; second < Math.min(toSecond, seconds); second++) {
                all += overTime.get(kind).due[second];
            }
        }
        return Output.rounded((double) all / (toSecond - fromSecond));
    }

    /** The highest average of so many seconds one after the other. */
    public double highestPerSecond(final int many, final Kind... kinds) {
        double highest = 0;
        for (int from = 0; from + many <= seconds; from++) {
            highest = Math.max(highest, answeredPerSecond(from, from + many, kinds));
        }
        return highest;
    }

    public int highestConfirmedPerSecond() {
        int highest = 0;
        for (final int each : confirmed) {
            highest = Math.max(highest, each);
        }
        return highest;
    }

    public double confirmedPerSecond(final int fromSecond, final int toSecond) {
        long all = 0;
        for (int second = fromSecond; second < Math.min(toSecond, seconds); second++) {
            all += confirmed[second];
        }
        return Output.rounded((double) all / (toSecond - fromSecond));
    }

    /** By operation, then by reason. Without those that were never refused. */
    public JsonObject refusals() {
        final JsonObject all = new JsonObject();
        refusals.forEach((kind, reasons) -> {
            if (!reasons.isEmpty()) {
                final JsonObject ofKind = new JsonObject();
                reasons.forEach(ofKind::put);
                all.put(kind.text(), ofKind);
            }
        });
        return all;
    }

    /** Percentiles of one transport by operation, from when each was due: what users felt, the client's own lateness included. */
    public JsonObject latencies(final boolean ofHttp) {
        return latencies(ofHttp ? http : grpc);
    }

    /** The same from when each was sent: without the time by which the client was late to send it. */
    public JsonObject latenciesFromSent(final boolean ofHttp) {
        return latencies(ofHttp ? httpFromSent : grpcFromSent);
    }

    private static JsonObject latencies(final Map<Kind, Histogram> histograms) {
        final JsonObject all = new JsonObject();
        histograms.forEach((kind, histogram) -> {
            if (histogram.getTotalCount() > 0) {
                all.put(kind.text() + "Us", Latency.us(histogram));
            }
        });
        return all;
    }

    /** Second by second: how much is looked at. */
    public JsonObject readsBySecond() {
        return new JsonObject().put("duePerSecondOverTime", array(sum(true, Kind.COUNTS, Kind.STARTS)))
                .put("answeredPerSecondOverTime", array(sum(false, Kind.COUNTS, Kind.STARTS)));
    }

    /** Second by second: who comes, and what comes of it. */
    public JsonObject usersBySecond() {
        return new JsonObject().put("arrivalsPerSecondOverTime", array(arrivals)).put("holdsDuePerSecondOverTime", array(sum(true, Kind.HOLD)))
                .put("holdsPerSecondOverTime", array(sum(false, Kind.HOLD))).put("confirmedPerSecondOverTime", array(confirmed));
    }

    /** Second by second: p99 of those that came due in it. */
    public JsonObject latenciesBySecond() {
        return new JsonObject().put("readsP99UsOverTime", p99(Kind.COUNTS, Kind.STARTS)).put("holdsP99UsOverTime", p99(Kind.HOLD))
                .put("confirmationsP99UsOverTime", p99(Kind.CONFIRM));
    }

    private int[] sum(final boolean due, final Kind... kinds) {
        final int[] all = new int[seconds];
        for (final Kind kind : kinds) {
            for (int second = 0; second < seconds; second++) {
                all[second] += due ? overTime.get(kind).due[second] : overTime.get(kind).answered[second];
            }
        }
        return all;
    }

    private JsonArray p99(final Kind... kinds) {
        final JsonArray all = new JsonArray();
        for (int second = 0; second < seconds; second++) {
            final Histogram together = new Histogram(LONGEST_NS, COARSE_DIGITS);
            for (final Kind kind : kinds) {
                if (overTime.get(kind).took[second] != null) {
                    together.add(overTime.get(kind).took[second]);
                }
            }
            all.add(Latency.us(together, 99));
        }
        return all;
    }

    private static JsonArray array(final int[] values) {
        final JsonArray array = new JsonArray();
        for (final int value : values) {
            array.add(value);
        }
        return array;
    }
}
