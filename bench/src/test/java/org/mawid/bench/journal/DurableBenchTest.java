package org.mawid.bench.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mawid.bench.floor.Floors;
import org.mawid.bench.load.Latency;

class DurableBenchTest {
    private static Histogram tailOf(final long us) {
        final Histogram ns = Feed.newHistogram();
        ns.recordValueWithCount(300_000, 9_900);
        ns.recordValueWithCount(us * 1_000, 100);
        return ns;
    }

    @ParameterizedTest
    @CsvSource({"4700, goal", "6900, met", "7100, MISSED"})
    void givenADiskWhoseTailIsFourMilliseconds_whenOursIsHeldToIt_thenSevenAreAllowed(final long oursUs, final String verdict) {
        final Histogram ours = tailOf(oursUs);
        final JsonObject result = new JsonObject().put("openLoop", new JsonObject().put("latencyUs", Latency.us(ours)).mergeIn(DurableBench.besideTheDisk(ours, tailOf(4_000))));

        final JsonObject tail = Floors.held("durable", result).stream().map(JsonObject.class::cast).filter(row -> row.getString("what").contains("p99.9")).findFirst().orElseThrow();

        assertThat(tail.getString("verdict")).isEqualTo(verdict);
        assertThat(tail.getDouble("floor")).isBetween(6_990.0, 7_020.0);
    }
}
