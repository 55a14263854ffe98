package org.mawid.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mawid.api.network.Network;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.report.PlanJson;
import org.mawid.bench.capacity.result.DeskFigures;
import org.mawid.bench.capacity.result.Fees;

/**
 * What a plan changes, each alone, against the same weeks of the same people: what must hold whatever the seed. The post is one that is asked for more
 * than it has, where every place counts.
 */
class PlanEffectsTest {
    private static final Network REAL = Network.bundled();
    private static final Plan BUSY = Plan.usual(LocalDate.of(2027, 4, 5)).with(PlanKey.POSTS, "MA-CG-SEVILLE").with(PlanKey.WARM_UP, "2").with(PlanKey.WEEKS, "3").with(PlanKey.DEMAND, "2");

    private static DeskFigures usual;

    @BeforeAll
    static void live() {
        usual = run(BUSY);
    }

    private static DeskFigures run(final Plan plan) {
        return new Planner(REAL, null, null).run(plan, "test").all();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "7"})
    void givenOverbooking_whenMoreIsAskedForThanThereIs_thenMoreAreServedAndTheyStandInLine(final String seed) {
        final Plan full = BUSY.with(PlanKey.SEED, seed).with(PlanKey.DEMAND, "4"); // no place of the weeks that are looked at is left
        final DeskFigures plain = run(full);
        final DeskFigures over = run(full.with(PlanKey.OVERBOOKING, "30%"));

        assertThat(over.asked).as("the same people").isEqualTo(plain.asked);
        assertThat(over.utilisationPercent()).isGreaterThan(plain.utilisationPercent() + 1);
        assertThat(over.served).isGreaterThan(plain.served);
        assertThat(over.thirdNextMeanDays()).isLessThan(plain.thirdNextMeanDays());
        assertThat(over.queueMinutes.mean()).isGreaterThan(plain.queueMinutes.mean());
        assertThat(waiting(over)).isGreaterThan(waiting(plain));
        assertThat(over.overtimeMinutes).isGreaterThan(plain.overtimeMinutes);
    }

    /** People in the queue, sum over the hours. */
    private static double waiting(final DeskFigures of) {
        double all = 0;
        for (int hour = 0; hour < DeskFigures.HOURS; hour++) {
            all += of.waiting(hour);
        }
        return all;
    }

    @Test
    void givenThatNobodyMissesTheirVisit_whenRun_thenTheTimeIsUsedAndTheQueueGrows() {
        final DeskFigures all = run(BUSY.with(PlanKey.NO_SHOW, "0%"));
        final DeskFigures many = run(BUSY.with(PlanKey.NO_SHOW, "25%"));

        assertThat(all.noShows).isZero();
        assertThat(all.noShowPercent()).isZero();
        assertThat(all.utilisationPercent()).isGreaterThan(usual.utilisationPercent()).isLessThanOrEqualTo(100);
        assertThat(many.utilisationPercent()).isLessThan(usual.utilisationPercent());
        assertThat(many.noShowPercent()).isGreaterThan(1.7 * usual.noShowPercent());
        assertThat(all.queueMinutes.mean()).isGreaterThan(usual.queueMinutes.mean());
        assertThat(all.thirdNextMeanDays()).as("places are taken all the same").isCloseTo(usual.thirdNextMeanDays(), within(0.5));
    }

    @Test
    void givenAShockOfAWeek_whenRun_thenItLeavesABacklogThatIsGoneOnlyLater() {
        final DeskFigures shocked = run(BUSY.with(PlanKey.SHOCK, "ES=4:2027-04-12:1w"));
        final DeskFigures elsewhere = run(BUSY.with(PlanKey.SHOCK, "FR=4:2027-04-12:1w"));

        assertThat(PlanJson.figures(elsewhere)).as("another country's is nothing here").isEqualTo(PlanJson.figures(usual));
        assertThat((double) shocked.asked / usual.asked).isCloseTo(1 + 3 / 3.0, within(0.15));
        for (int morning = 0; morning < 7; morning++) {
            assertThat(shocked.thirdNextDays[morning]).as("before it, morning " + morning).isEqualTo(usual.thirdNextDays[morning]);
        }
        assertThat(shocked.thirdNextDays[20]).as("a week after it is over").isGreaterThan(usual.thirdNextDays[20] + 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "5"})
    void givenAbsentCounters_whenRun_thenTheirTimeIsMissingAndWhomTheyLeaveIsMoved(final String seed) {
        final Plan plan = BUSY.with(PlanKey.DEMAND, "0.9").with(PlanKey.SEED, seed);
        final DeskFigures full = run(plan);
        final DeskFigures absent = run(plan.with(PlanKey.ABSENCE, "20%"));

        assertThat(full.absentMinutes).isZero();
        assertThat(full.replaced).isZero();
        assertThat(absent.absentPercent()).isBetween(6.0, 24.0);
        assertThat(absent.counterMinutes + absent.absentMinutes).isCloseTo(full.counterMinutes, within(0.1));
        assertThat(absent.replaced).isPositive();
        assertThat(absent.replaced * absent.askedMinutes / absent.asked).as("minutes of visits moved: no more than the empty counters would have had, of which half were known before")
                .isLessThan(0.75 * absent.absentMinutes);
        assertThat(absent.replacedDays.percentile(1)).as("never the same day").isGreaterThan(0.5);
        assertThat(absent.thirdNextMeanDays()).isGreaterThan(full.thirdNextMeanDays());
        assertThat(absent.waitDays.mean()).isGreaterThan(full.waitDays.mean());
        assertThat(absent.utilisationPercent()).as("of those who are there").isGreaterThan(full.utilisationPercent());
        assertThat(PlanJson.figures(run(plan.with(PlanKey.ABSENCE, "20%")))).as("again").isEqualTo(PlanJson.figures(absent));
    }

    @Test
    void givenRejectedRequests_whenRun_thenEachIsLookedAtAgainAndThoseWhoGiveUpAreMissing() {
        final DeskFigures none = run(BUSY.with(PlanKey.REJECTED, "0%"));
        final DeskFigures lost = run(BUSY.with(PlanKey.REJECTED, "30%").with(PlanKey.RESUBMITTED, "0%"));
        final DeskFigures again = run(BUSY.with(PlanKey.REJECTED, "30%").with(PlanKey.RESUBMITTED, "100%"));

        assertThat(none.rejected).isZero();
        assertThat(lost.asked).as("the same people").isEqualTo(none.asked);
        assertThat(lost.rejectedPercent()).isCloseTo(30, within(3.0));
        assertThat(lost.resubmitted).isZero();
        assertThat(lost.decisions).isCloseTo(none.decisions, within(60L));
        assertThat((double) again.decisions / none.decisions).as("1 + 0.3 + 0.09 + 0.027, of which some is yet to come").isBetween(1.25, 1.45);
        assertThat(again.rejectedForGood).as("three times in a row and once more").isLessThan(lost.rejectedForGood / 5);
        assertThat(again.leadDays.mean()).isGreaterThan(lost.leadDays.mean());
        assertThat(lost.thirdNextMeanDays()).isLessThan(none.thirdNextMeanDays());
    }

    @Test
    void givenStamps_whenRun_thenTheShareOfServicesHasOneAndEveryDirhamOfTheServedIsCounted() {
        final DeskFigures none = run(BUSY.with(PlanKey.STAMPED, "0%"));
        final DeskFigures most = run(BUSY.with(PlanKey.STAMPED, "100%"));

        assertThat(usual.stampedPercent()).isCloseTo(56, within(3.0));
        assertThat(Fees.sum(none.fees.stamps)).isZero();
        assertThat(none.served).as("it changes nothing else").isEqualTo(usual.served).isEqualTo(most.served);
        final long due = Fees.sum(none.fees.counterCentimes);
        assertThat(due).isPositive();
        assertThat(Fees.sum(usual.fees.servedCentimes) + Fees.sum(usual.fees.counterCentimes)).isEqualTo(due);
        assertThat(Fees.sum(most.fees.servedCentimes)).as("whatever costs something has a stamp, of those who did not get theirs before the first day too").isEqualTo(due);
        assertThat(Fees.sum(most.fees.counterCentimes)).isZero();
        assertThat(usual.fees.weeks()).isEqualTo(3);
        assertThat(usual.fees.issuedCentimes).doesNotContain(0);
        assertThat(Fees.sum(usual.fees.voidStamps)).as("who cancels or does not come, a fifth").isBetween(Fees.sum(usual.fees.stamps) / 10, Fees.sum(usual.fees.stamps) / 3);
    }
}
