package org.mawid.bench.release.crowd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mawid.api.network.Network;

/** How many come, for how much. */
class SizesTest {
    @Test
    void givenTheBundledNetwork_whenManyVisitsAreDrawn_thenTheirMeansAreTheLoadModels() throws Exception {
        final Sizes sizes = Sizes.of(Network.bundled());

        assertThat(mean(sizes, true)).isCloseTo(1.56, within(0.01));
        assertThat(mean(sizes, false)).as("at most one a service, and at most four").isCloseTo(1.45, within(0.02));
    }

    private static double mean(final Sizes sizes, final boolean ofServices) {
        return IntStream.range(0, 10_000).mapToDouble(i -> i / 10_000.0).map(draw -> ofServices ? sizes.services(draw) : sizes.persons(draw)).average().orElseThrow();
    }

    @Test
    void givenMorePersonsThanServices_whenDrawn_thenEverybodyWhoComesWantsSomething() {
        final Sizes sizes = new Sizes(new double[] {80, 100}, new double[] {10, 20, 100});

        assertThat(sizes.services(0.5)).isEqualTo(1);
        assertThat(sizes.persons(0.5)).isEqualTo(1);
        assertThat(sizes.persons(0.99)).isEqualTo(2);
        assertThat(new Sizes(new double[0], new double[0]).services(0.99)).isEqualTo(1);
    }
}
