package org.mawid.bench.load;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Latencies as they stand in a result: the usual percentiles, and the whole curve for a plot. Microseconds; the histograms count nanoseconds. */
public final class Latency {
    /** Steps of the curve each time that what is left above it is halved. */
    private static final int CURVE_STEPS = 3;

    private Latency() {
    }

    /** p50, p99, p999, max, how many they are of, and {@code curve}: pairs of percentile and microseconds. */
    public static JsonObject us(final Histogram ns) {
        return new JsonObject().put("p50", us(ns, 50)).put("p99", us(ns, 99)).put("p999", us(ns, 99.9)).put("max", ns.getMaxValue() / 1_000.0)
                .put("count", ns.getTotalCount()).put("curve", curve(ns));
    }

    public static double us(final Histogram ns, final double percentile) {
        return ns.getValueAtPercentile(percentile) / 1_000.0;
    }

    /** To the last percentile that still stands for a value of its own: up to there a curve says something. */
    public static JsonArray curve(final Histogram ns) {
        final JsonArray curve = new JsonArray();
        for (final HistogramIterationValue at : ns.percentiles(CURVE_STEPS)) {
            if (at.getPercentileLevelIteratedTo() < 100 && ns.getTotalCount() > 0) {
                curve.add(new JsonArray().add(at.getPercentileLevelIteratedTo()).add(at.getValueIteratedTo() / 1_000.0));
            }
        }
        return curve;
    }
}
