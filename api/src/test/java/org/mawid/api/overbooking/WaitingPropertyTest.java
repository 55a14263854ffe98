package org.mawid.api.overbooking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mawid.api.overbooking.DeskDay.Round;
import org.mawid.api.overbooking.Overbooking.Places;
import org.mawid.api.overbooking.Overbooking.Reason;

/** Any desk, any rule: what is promised of waiting is what people wait who are let in one by one, day after day, by dice. */
class WaitingPropertyTest {
    private static final int DAYS = 20_000;

    /** A queue of people, each with the minute they came for. */
    private static double[] waitsByStart(final List<Round> rounds, final int[] extra, final double comes, final int roundUnits, final SplittableRandom random) {
        final double[] waited = new double[rounds.size()];
        final long[] came = new long[rounds.size()];
        for (int day = 0; day < DAYS; day++) {
            final Deque<Integer> queue = new ArrayDeque<>();
            int unit = 0;
            for (int at = 0; at < rounds.size() || !queue.isEmpty(); at++) {
                final Round round = rounds.get(Math.min(at, rounds.size() - 1));
                unit = at < rounds.size() ? round.unit() : unit + roundUnits;
                if (at < rounds.size()) {
                    for (int visit = 0; visit < round.counters() + extra[at]; visit++) {
                        if (visit < extra[at] || random.nextDouble() < comes) {
                            queue.add(at);
                            came[at]++;
                        }
                    }
                }
                for (int counter = 0; counter < round.counters() && !queue.isEmpty(); counter++) {
                    final int start = queue.remove();
                    waited[start] += (unit - rounds.get(start).unit()) * 5.0;
                }
            }
        }
        for (int start = 0; start < waited.length; start++) {
            waited[start] = came[start] == 0 ? 0 : waited[start] / came[start];
        }
        return waited;
    }

    /** A day with a break, perhaps, and another number of counters after it. */
    private static DeskDay day(final SplittableRandom random) {
        final int[] counters = new int[24 + random.nextInt(60)];
        Arrays.fill(counters, 2 + random.nextInt(8));
        if (random.nextBoolean()) {
            final int pause = random.nextInt(counters.length);
            Arrays.fill(counters, pause, counters.length, 1 + random.nextInt(8));
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
        final double[] waits = waitsByStart(day.rounds(), extra, 1 - missed, day.roundUnits(), random);

        final double longest = Arrays.stream(waits).max().orElse(0);
        assertThat(places.waitMinutes()).as("seed %d: %s", seed, places).isCloseTo(longest, within(0.05 + 0.03 * longest)).isLessThanOrEqualTo(rule.maxWaitMinutes());
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
        final double[] waits = waitsByStart(rounds, extra, comes, day.roundUnits(), random);

        Backlog backlog = Backlog.NONE;
        for (int round = 0; round < extra.length; round++) {
            final double[] arrivals = Backlog.arrivals(Backlog.byChance(rounds.get(round).counters(), comes), extra[round]);
            final double said = backlog.waitMinutes(arrivals, Backlog.calledAfter(rounds, round, backlog.most() + arrivals.length, day.roundUnits()));
            assertThat(said).as("seed %d, start %d", seed, round).isCloseTo(waits[round], within(0.1 + 0.03 * waits[round]));
            backlog = backlog.after(arrivals, rounds.get(round).counters());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43, 44})
    void givenMoreIsMissedOrALongerWaitIsAllowed_thenNoFewerAreAdded(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final DeskDay day = DeskDay.of(2 + random.nextInt(8), 72, 3, 3 + 3 * random.nextInt(2));
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
