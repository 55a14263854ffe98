package org.mawid.bench.capacity.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mawid.api.network.Network;
import org.mawid.api.network.Network.Desk;
import org.mawid.api.network.Network.Group;
import org.mawid.bench.capacity.Tiny;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.plan.Site;
import org.mawid.bench.capacity.result.DeskFigures;

/** Days on which nobody staffs a desk: a post with a single counter is closed then, one with several goes on with the others. */
class AbsenceTest {
    private static final Network TINY = Tiny.network(1_000); // some three a day where six fit
    private static final Plan THIRD = Tiny.plan().with(PlanKey.WEEKS, "6").with(PlanKey.ABSENCE, "30%");
    private static final int DAYS = 6 * 7;

    private static Site site(final int counters) {
        final Network network = Tiny.network(1_000, List.of(Tiny.service(1, "STAMPING", 10)), List.of(new Desk(1, 1, "D1", EnumSet.of(Group.OTHER), counters, List.of(1))));
        return new Site(network, Tiny.POST);
    }

    private static DeskFigures run(final Plan plan) {
        return Tiny.run(TINY, plan).posts().get(0).desks().get(0);
    }

    private static long closedDays(final DeskFigures of) {
        return IntStream.range(0, DAYS).filter(date -> of.takenPercent[date] == DeskFigures.CLOSED).count();
    }

    @Test
    void givenASingleCounter_whenItsPersonIsAway_thenTheDeskIsEmptyAndOfSeveralOneAlwaysStays() {
        final Absence one = new Absence(site(1), THIRD);
        final Absence three = new Absence(site(3), THIRD.with(PlanKey.ABSENCE, "100%"));
        final int from = (int) Tiny.FROM.toEpochDay();

        final long leave = IntStream.range(from, from + 2_000).filter(date -> one.onLeave(0, date) == 1).count();
        final long missing = IntStream.range(from, from + 2_000).filter(date -> one.missing(0, date) == 1).count();
        assertThat(leave).as("half of 30 %").isBetween(250L, 350L);
        assertThat(missing).as("the other half").isBetween(250L, 350L);
        assertThat(IntStream.range(from, from + 200)).as("somebody stands in").allMatch(date -> three.onLeave(0, date) + three.missing(0, date) == 2);
        assertThat(IntStream.range(from, from + 2_000)).as("nobody is away twice").allMatch(date -> one.onLeave(0, date) + one.missing(0, date) <= 1);
    }

    @Test
    void givenASingleCounter_whenAbsent_thenThoseDaysAreClosedAndTheirVisitsAreOnOtherDays() {
        final DeskFigures full = run(THIRD.with(PlanKey.ABSENCE, "0%"));
        final DeskFigures absent = run(THIRD);

        final long closed = closedDays(absent);
        assertThat(closedDays(full)).isZero();
        assertThat(closed).as("three in ten days").isBetween(6L, 20L);
        assertThat(absent.openDays).isEqualTo(DAYS - closed);
        assertThat(absent.absentMinutes).as("an hour a day").isCloseTo(60.0 * closed, within(0.001));
        assertThat(absent.counterMinutes).isCloseTo(60.0 * (DAYS - closed), within(0.001));
        assertThat(absent.replaced).as("the mornings on which nobody came").isPositive();
        assertThat(absent.replacedDays.percentile(1)).as("never the same day").isGreaterThan(0.5);
        assertThat(DeskFigures.sum(absent.displaced)).as("whose first day is closed comes on another").isGreaterThan(DeskFigures.sum(full.displaced));
        assertThat(absent.waitDays.mean()).isGreaterThan(full.waitDays.mean());
        assertThat(absent.thirdNextMeanDays()).isGreaterThan(full.thirdNextMeanDays());
        assertThat(absent.asked).as("the same people").isEqualTo(full.asked);
    }

    @Test
    void givenNobodyForAWeek_whenPeopleCameAllTheSame_thenTheNightIsNoWaitInTheQueue() {
        final DeskFigures absent = run(THIRD.with(PlanKey.DEMAND, "5").with(PlanKey.WALK_IN, "20%").with(PlanKey.ABSENCE, "60%"));

        assertThat(absent.notReplaced).as("full for sixty days, or moved too often").isPositive();
        assertThat(absent.sentHome).isPositive();
        assertThat(absent.served).isPositive();
        assertThat(absent.queueMinutes.percentile(100)).as("from an opening on, never through a night").isLessThan(15 * 60);
        assertThat(absent.utilisationPercent()).isLessThanOrEqualTo(100);
    }

    @Test
    void givenOverbookingAndASingleCounter_whenItIsEmpty_thenNothingOfTheDayIsLeftOnOffer() {
        final DeskFigures absent = run(THIRD.with(PlanKey.OVERBOOKING, "50%").with(PlanKey.DEMAND, "1.5"));

        assertThat(closedDays(absent)).isBetween(6L, 20L);
        assertThat(absent.sentHome).as("all of a morning is moved, the places above the counter too: but for who held one in that hour").isLessThan(6);
        assertThat(absent.replaced).isGreaterThan(5 * absent.sentHome);
    }
}
