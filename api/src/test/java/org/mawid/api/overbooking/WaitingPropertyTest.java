package org.mawid.api.overbooking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mawid.api.overbooking.DeskDay.Round;
import org.mawid.api.overbooking.Overbooking.Places;
import org.mawid.api.overbooking.Overbooking.Reason;

/** Any desk, any rule: what is promised of waiting is what people wait who are called one by one, day after day, by dice. */
class WaitingPropertyTest {
    private static final int DAYS = 20_000;

    /** Counters, each with the step at which it is free; whoever comes goes to the one that is free first. */
    private static double[] waitsByStart(final DeskDay day, final int[] extra, final double comes, final SplittableRandom random) {
        final List<Round> rounds = day.rounds();
        final double[] waited = new double[rounds.size()];
        final long[] came = new long[rounds.size()];
        for (int date = 0; date < DAYS; date++) {
            final PriorityQueue<Integer> freeAt = new PriorityQueue<>(Collections.nCopies(rounds.get(0).counters(), 0));
            int now = 0;
            for (int at = 0; at < rounds.size(); at++) {
                now += at == 0 ? 0 : (rounds.get(at).unit() - rounds.get(at - 1).unit()) * Backlog.STEPS / day.visitUnits();
                for (int place = 0; place < rounds.get(at).counters() + extra[at]; place++) {
                    if (place < extra[at] || random.nextDouble() < comes) {
                        final int called = Math.max(now, freeAt.remove());
                        freeAt.add(called + part(random) + part(random));
                        waited[at] += called - now;
                        came[at]++;
                    }
                }
            }
        }
        for (int start = 0; start < waited.length; start++) {
            waited[start] = came[start] == 0 ? 0 : waited[start] / came[start] * day.visitUnits() * 5 / Backlog.STEPS;
        }
        return waited;
    }

    /** Steps until heads come up. */
    private static int part(final SplittableRandom random) {
        int steps = 1;
        while (random.nextBoolean()) {
            steps++;
        }
        return steps;
    }

    /** A day with a break, perhaps. */
    private static DeskDay day(final SplittableRandom random) {
        final int[] counters = new int[24 + random.nextInt(60)];
        Arrays.fill(counters, 2 + random.nextInt(8));
        if (random.nextBoolean()) {
            final int pause = random.nextInt(counters.length);
            Arrays.fill(counters, pause, Math.min(counters.length, pause + random.nextInt(12)), 0);
        }
        return new DeskDay(counters, 1 + random.nextInt(4), 1 + random.nextInt(6));
    }

    /** By round. */
    private static int[] extra(final DeskDay day, final Places places) {
        return day.rounds().stream().mapToInt(round -> places.byUnit()[round.unit()]).toArray();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void givenAnyDeskAndRule_thenThoseWhoComeWaitAsLongAsIsSaidAndNoLongerThanTheRuleSays(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final DeskDay day = day(random);
        final double missed = 0.05 + 0.3 * random.nextDouble();
        final OverbookingRule rule = new OverbookingRule(1 + random.nextInt(20), 0.1 + 0.4 * random.nextDouble());
        final Places places = Overbooking.places(day, missed, rule);
        final int[] extra = extra(day, places);
        final double[] waits = waitsByStart(day, extra, 1 - missed, random);

        final double longest = Arrays.stream(waits).max().orElse(0);
        assertThat(places.waitMinutes()).as("seed %d: %s", seed, places).isCloseTo(places.reason() == Reason.TOO_FEW_COUNTERS ? 0 : longest, within(0.1 + 0.04 * longest));
        assertThat(places.waitMinutes()).as("seed %d: %s", seed, places).isLessThanOrEqualTo(Math.max(rule.maxWaitMinutes(), places.usualWaitMinutes()));
        assertThat(places.visits()).isEqualTo(Arrays.stream(extra).sum());
        double surely = 0;
        int added = 0;
        for (int round = 0; round < extra.length; round++) {
            final int counters = day.rounds().get(round).counters();
            surely += counters * missed;
            added += extra[round];
            assertThat(added).as("seed %d: by start %d of %s", seed, round, places).isLessThanOrEqualTo((int) (surely + 1e-9));
            assertThat(extra[round]).isLessThanOrEqualTo((int) (counters * rule.maxShare()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
    void givenAnyPlacesAdded_thenEveryStartWaitsAsTheBacklogSays(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final DeskDay day = day(random);
        final List<Round> rounds = day.rounds();
        final double comes = 0.6 + 0.4 * random.nextDouble();
        final int[] extra = rounds.stream().mapToInt(round -> random.nextInt(3)).toArray();
        final double[] waits = waitsByStart(day, extra, comes, random);

        final Calling calling = new Calling(rounds.get(0).counters());
        final double[] byChance = Backlog.byChance(calling.counters(), comes);
        Backlog backlog = Backlog.none(calling);
        for (int round = 0; round < extra.length; round++) {
            final double[] arrivals = Backlog.arrivals(byChance, extra[round]);
            assertThat(backlog.wait(arrivals) * day.visitUnits() * 5 / Backlog.STEPS).as("seed %d, start %d", seed, round).isCloseTo(waits[round], within(0.1 + 0.03 * waits[round]));
            final int units = round + 1 < rounds.size() ? rounds.get(round + 1).unit() - rounds.get(round).unit() : 0;
            backlog = backlog.with(arrivals).after(units * Backlog.STEPS / day.visitUnits());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34})
    void givenOtherCounters_whenTheyTakeOver_thenNobodyIsLostAndNobodyStaysAtACounterThatIsNot(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final Calling before = new Calling(1 + random.nextInt(8));
        final Calling after = new Calling(1 + random.nextInt(8));
        final Backlog there = Backlog.none(before).with(Backlog.arrivals(Backlog.byChance(9, 0.8), 2)).after(random.nextInt(5));
        final Backlog now = there.at(after);

        assertThat(now.mean()).as("seed %d", seed).isCloseTo(there.mean(), within(1e-9));
        assertThat(now.after(400).mean()).as("seed %d: all are served in the end", seed).isCloseTo(0, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43, 44})
    void givenMoreIsMissedOrALongerWaitIsAllowed_thenNoFewerAreAdded(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final DeskDay day = DeskDay.of(3 + random.nextInt(7), 72, 3, 3 + 3 * random.nextInt(2));
        int before = 0;
        for (final int minutes : new int[] {1, 2, 5, 10, 20, 60}) {
            final Places places = Overbooking.places(day, 0.15, new OverbookingRule(minutes, 0.5));
            assertThat(places.visits()).as("seed %d: %s", seed, places).isGreaterThanOrEqualTo(before);
            before = places.visits();
        }
        assertThat(before).isPositive();
        assertThat(Overbooking.places(day, 0, new OverbookingRule(60, 0.5)).reason()).isEqualTo(Reason.TOO_FEW_MISSED);
    }
}
