package org.mawid.bench.release.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.mawid.bench.load.Latency;
import org.mawid.bench.release.wire.Actor;
import org.mawid.bench.release.wire.Exchange;
import org.mawid.bench.release.wire.Exchange.Kind;
import org.mawid.bench.release.wire.Found;
import org.mawid.bench.release.wire.Search;

/** Whose time it is: a client that sends late is told apart from a server that answers late. */
class FiguresTest {
    private static final long MS = 1_000_000L;
    private static final Percentage TO_TWO_DIGITS = Percentage.withPercentage(1);

    private final long fromNs = System.nanoTime() - 2 * Loop.SECOND_NS;
    private final Figures figures = new Figures(fromNs, 3);
    private int number;

    /** Sent so much later than it was due, and answered now. */
    private Exchange read(final boolean isHttp, final long dueNs, final long lateMs) {
        final Exchange read = Exchange.read(Kind.COUNTS, "onlooker", ++number, new Search(1, new int[] {1}, 20_000, 1), isHttp, dueNs, Actor.NOBODY);
        read.sending(0, number, 0, dueNs + lateMs * MS, figures);
        figures.sent(read);
        read.found(Found.NOTHING, false);
        figures.answered(read);
        return read;
    }

    private static double p50(final JsonObject latencies) {
        return latencies.getJsonObject("countsUs").getDouble("p50");
    }

    @Test
    void givenAReadThatWasSentLate_whenTold_thenFromSentItIsWithoutThat_andTheLatenessStandsByItself() {
        final Exchange read = read(false, fromNs, 1_250);

        assertThat(p50(figures.latencies(false))).isCloseTo((read.completeNs() - read.dueNs()) / 1e3, TO_TWO_DIGITS);
        assertThat(p50(figures.latenciesFromSent(false))).isCloseTo((read.completeNs() - read.dueNs()) / 1e3 - 1_250_000, TO_TWO_DIGITS);
        assertThat(Latency.us(figures.lateNs(), 100)).isCloseTo(1_250_000, TO_TWO_DIGITS);
    }

    @Test
    void givenBothTransports_whenTold_thenEachHasItsOwn() {
        read(false, fromNs, 0);
        assertThat(figures.latencies(true).isEmpty()).isTrue();
        assertThat(figures.latenciesFromSent(true).isEmpty()).isTrue();

        read(true, fromNs, 1_000);
        assertThat(figures.latencies(true).getJsonObject("countsUs").getLong("count")).isEqualTo(1);
        assertThat(figures.latenciesFromSent(true).getJsonObject("countsUs").getLong("count")).isEqualTo(1);
        assertThat(figures.latencies(false).getJsonObject("countsUs").getLong("count")).isEqualTo(1);
    }

    @Test
    void givenReadsThatWereSentSecondsLate_whenToldSecondBySecond_thenTheyAreOfTheSecondInWhichTheyWereDue() {
        read(false, fromNs + Loop.SECOND_NS / 2, 0);
        read(false, fromNs + Loop.SECOND_NS / 2, 1_200);

        assertThat(figures.readsBySecond().getJsonArray("duePerSecondOverTime")).containsExactly(2, 0, 0);
        assertThat(figures.duePerSecond(0, 1, Kind.COUNTS)).isEqualTo(2);
        assertThat(figures.latenciesBySecond().getJsonArray("readsP99UsOverTime").getDouble(0)).isGreaterThan(1_000_000);
        assertThat(figures.sent()).isEqualTo(2);
    }
}
