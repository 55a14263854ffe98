package org.mawid.bench.release.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.mawid.bench.release.loop.Loop;

/** Who comes when is fixed beforehand, by the seed alone. */
class PlanTest {
    private static Demand demand(final double scale, final int seconds, final long seed) {
        return new Demand((int) (Demand.USERS * scale), scale, seconds, 40, 50, 5, 0, List.of(), 10, seed, 1);
    }

    private static Plan plan(final double scale, final int seconds, final long seed) {
        return new Plan(demand(scale, seconds, seed));
    }

    private static long sum(final int[] counts, final int from, final int to) {
        return Arrays.stream(counts, from, to).sum();
    }

    @Test
    void givenTheSameSeed_whenPlanned_thenEveryNanosecondIsTheSame_andGivenAnother_thenNot() {
        final Plan plan = plan(0.1, 90, 7);
        final Plan same = plan(0.1, 90, 7);

        assertThat(same.arrivalNs()).containsExactly(plan.arrivalNs());
        assertThat(same.earlierNs()).containsExactly(plan.earlierNs());
        assertThat(same.onlookers()).containsExactly(plan.onlookers());
        assertThat(same.botHolds()).containsExactly(plan.botHolds());
        assertThat(same.random(3).nextLong()).isEqualTo(plan.random(3).nextLong()).isNotEqualTo(plan.random(4).nextLong());
        assertThat(plan(0.1, 90, 8).arrivalNs()).isNotEqualTo(plan.arrivalNs());
    }

    /** By which the time is planned before anybody is drawn. */
    @Test
    void givenADemand_whenItsApplicationsAreReckoned_thenTheyAreAboutThoseOfTheUsersThatAreDrawn_andOfBots() {
        for (final int seconds : new int[] {30, 60, 90, 180}) {
            final Plan plan = plan(1, seconds, 7);

            assertThat(demand(1, seconds, 7).applications()).as("%d s", seconds)
                    .isCloseTo(plan.arrivalNs().length + plan.earlierNs().length + demand(1, seconds, 7).bots(), Percentage.withPercentage(12));
        }
        assertThat(new Demand(1_000, 1, 60, 40, 50, 5, 500, List.of(1, 2, 5), 10, 7, 1).applications()).isEqualTo(1_000 + 2_500 + 10 + 1_500);
    }

    @Test
    void givenTheDesignSurge_whenPlanned_thenAFifthOfTheFirstMinuteComesInItsFirstFiveSeconds_andLaterMinutesHaveAThird() {
        final Plan plan = plan(1, 120, 1);

        assertThat(plan.arrivalNs()).hasSize(26_000 + 8_667).isSorted();
        assertThat(Arrays.stream(plan.arrivalNs()).filter(ns -> ns < 5 * Loop.SECOND_NS).count()).isEqualTo(5_200);
        assertThat(Arrays.stream(plan.arrivalNs()).filter(ns -> ns < 60 * Loop.SECOND_NS).count()).isEqualTo(26_000);
    }

    @Test
    void givenTheDesignSurge_whenPlanned_thenLooksAndHoldsOfAllKindsComeToTheDesignsRates() {
        final Plan plan = plan(1, 60, 1);
        final int release = -plan.firstSecond();

        for (int second = release; second < release + 60; second++) {
            assertThat(plan.onlookers()[second] + plan.botLooks()[second] + plan.arrivals()[second]).isEqualTo(10_000);
        }
        assertThat(sum(plan.botHolds(), release, release + 60)).as("all but those of users").isBetween(10_000L, 26_000L);
        assertThat(plan.botHolds()[release + Demand.BURST_FROM_SECOND]).as("in the burst").isGreaterThan(2 * plan.botHolds()[release + 30]);
        assertThat(Arrays.stream(plan.earlierNs())).isNotEmpty().allMatch(ns -> ns < 0);
    }

    @Test
    void givenLessThanAMinute_whenPlanned_thenNobodyComesAfterItsEnd() {
        final Plan plan = plan(0.01, 8, 1);

        assertThat(Arrays.stream(plan.arrivalNs())).isNotEmpty().allMatch(ns -> ns >= 0 && ns < 8 * Loop.SECOND_NS);
        assertThat(plan.onlookers()).hasSize(10 + 8);
    }
}
