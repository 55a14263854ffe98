package org.mawid.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {
    private final List<Double> tried = new ArrayList<>();

    private Search.Trial upTo(final double limit) {
        return rate -> {
            tried.add(rate);
            return rate <= limit;
        };
    }

    @ParameterizedTest
    @ValueSource(doubles = {7_300, 20_000, 61_111, 99_000})
    void givenAServerWithAKnownLimit_whenSearched_thenItIsFoundFromBelow(final double limit) throws Exception {
        final double found = Search.highest(100_000, 12, upTo(limit));

        assertThat(found).isLessThanOrEqualTo(limit).isGreaterThan(0.94 * limit);
    }

    @Test
    void givenATrialThatANeighbourSpoils_whenTriedAgain_thenTheRateIsNotGivenUp() throws Exception {
        final boolean[] spoiled = {true};
        final double found = Search.highest(1_000, 10, rate -> {
            final boolean holds = rate <= 800 && !spoiled[0];
            spoiled[0] = false;
            return holds;
        });

        assertThat(found).isBetween(760.0, 800.0);
    }

    @Test
    void givenARateThatNeverHolds_whenSearched_thenNothingIsFound() throws Exception {
        assertThat(Search.highest(1_000, 5, upTo(0))).isZero();
        assertThat(tried).as("each twice").hasSize(10);
    }

    @Test
    void givenFewTrials_whenSearched_thenNoMoreRatesAreTried() throws Exception {
        Search.highest(1_000, 3, upTo(1_000));

        assertThat(tried).containsExactly(500.0, 750.0, 875.0);
    }
}
