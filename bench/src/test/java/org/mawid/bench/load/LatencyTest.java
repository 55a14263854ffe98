package org.mawid.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyTest {
    @Test
    void givenAHistogramOfNanoseconds_whenWritten_thenMicrosecondsAndACurveThatOnlyRises() {
        final Histogram ns = new Histogram(60_000_000_000L, 3);
        for (int i = 1; i <= 100_000; i++) {
            ns.recordValue(i * 1_000L);
        }

        final JsonObject latency = Latency.us(ns);

        assertThat(latency.getDouble("p50")).isBetween(49_900.0, 50_100.0);
        assertThat(latency.getDouble("p999")).isBetween(99_800.0, 100_100.0);
        assertThat(latency.getLong("count")).isEqualTo(100_000);
        final JsonArray curve = latency.getJsonArray("curve");
        assertThat(curve.size()).isGreaterThan(20);
        for (int i = 1; i < curve.size(); i++) {
            assertThat(curve.getJsonArray(i).getDouble(0)).isGreaterThan(curve.getJsonArray(i - 1).getDouble(0)).isLessThan(100);
            assertThat(curve.getJsonArray(i).getDouble(1)).isGreaterThanOrEqualTo(curve.getJsonArray(i - 1).getDouble(1));
        }
    }

    @Test
    void givenNothing_whenWritten_thenNoCurve() {
        assertThat(Latency.us(new Histogram(3)).getJsonArray("curve")).isEmpty();
    }
}
