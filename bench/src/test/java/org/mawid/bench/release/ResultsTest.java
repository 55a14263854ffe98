package org.mawid.bench.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.mawid.bench.release.loop.Figures;
import org.mawid.bench.release.wire.Search;
import org.mawid.bench.release.wire.Actor;
import org.mawid.bench.release.wire.Exchange;

/** Whose fault it is when something is late. */
class ResultsTest {
    private static final long MS = 1_000_000;

    private static Results results(final long sentLateMs, final long transportLateMs) {
        final Figures surge = new Figures(0, 1);
        final Exchange read = Exchange.read(Exchange.Kind.COUNTS, "onlooker", 1, new Search(1, new int[] {1}, 20_000, 1), false, 5 * MS, Actor.NOBODY);
        read.sending(0, 1, 0, (5 + sentLateMs) * MS, surge);
        surge.sent(read);
        final Histogram transport = new Histogram(3);
        transport.recordValue(transportLateMs * MS);
        return new Results(null, "POST", List.of(), List.of(), List.of(), null, surge, transport, null, null, null, null, null, 0, 0, 0, null);
    }

    @Test
    void givenAClientThatKeptItsSchedule_whenTold_thenItIsNotTheLimit() {
        assertThat(results(99, 99).isClientLate()).isFalse();
    }

    @Test
    void givenAClientThatSentLate_orReadLate_whenTold_thenItSaysByHowMuch() {
        assertThat(results(250, 0).isClientLate()).isTrue();
        assertThat(results(250, 0).clientInWords()).contains("more than 250 ms after it was due");
        assertThat(results(0, 300).isClientLate()).isTrue();
        assertThat(results(0, 300).clientInWords()).contains("more than 300 ms late");
    }
}
