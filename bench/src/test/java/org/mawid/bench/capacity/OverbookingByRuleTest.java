package org.mawid.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mawid.api.network.Network;
import org.mawid.api.network.Network.Desk;
import org.mawid.api.network.Network.Group;
import org.mawid.api.overbooking.Attendance;
import org.mawid.api.overbooking.DeskDay;
import org.mawid.api.overbooking.Overbooking;
import org.mawid.api.overbooking.OverbookingRule;
import org.mawid.bench.capacity.demand.ModelDemand;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.plan.Site;
import org.mawid.bench.capacity.post.PostSimulation;
import org.mawid.bench.capacity.report.PlanJson;
import org.mawid.bench.capacity.report.PlanTables;
import org.mawid.bench.capacity.result.DeskFigures;
import org.mawid.bench.capacity.result.PlanResult;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.SetCapacityDecoder;

/** A post that offers what the rule adds to its counters: from what is measured, no more than the edge would, and not to the last. */
class OverbookingByRuleTest {
    private static final Network REAL = Network.bundled();
    /** Asked for more than there is, so that every place counts. */
    private static final Plan FULL = Plan.usual(LocalDate.of(2027, 4, 5)).with(PlanKey.POSTS, "MA-CG-SEVILLE").with(PlanKey.WARM_UP, "8").with(PlanKey.WEEKS, "4").with(PlanKey.DEMAND, "2");

    private static DeskFigures run(final Plan plan) {
        return Tiny.run(REAL, plan).all();
    }

    @ParameterizedTest
    @CsvSource({"1", "6"})
    void givenARule_whenMoreIsAskedForThanThereIs_thenMoreAreServedAndNobodyWaitsAsWithAShareOfAll(final String seed) {
        final Plan full = FULL.with(PlanKey.SEED, seed).with(PlanKey.DEMAND, "4"); // no place of the weeks that are looked at is left
        final DeskFigures plain = run(full);
        final DeskFigures ruled = run(full.with(PlanKey.OVERBOOKING, "15min"));
        final DeskFigures share = run(full.with(PlanKey.OVERBOOKING, "30%"));

        assertThat(ruled.asked).as("the same people").isEqualTo(plain.asked);
        assertThat(ruled.served).isGreaterThan(plain.served);
        assertThat(ruled.thirdNextMeanDays()).isLessThan(plain.thirdNextMeanDays());
        assertThat(ruled.queueMinutes.mean()).isGreaterThan(plain.queueMinutes.mean()).isLessThan(share.queueMinutes.mean());
        assertThat(ruled.longestAtAStart()).isLessThan(share.longestAtAStart());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"measured-visits, 199", "no-show, 0%", "overbooking, '15min,10%'"})
    void givenTooFewMeasuredOrMissedOrTooSmallAShareOfTheCounters_whenRun_thenThePostIsAsWithoutARule(final String key, final String text) {
        final PlanKey changed = List.of(PlanKey.MEASURED, PlanKey.NO_SHOW, PlanKey.OVERBOOKING).stream().filter(one -> one.key().equals(key)).findFirst().orElseThrow();
        final Plan weeks = FULL.with(PlanKey.WEEKS, "1").with(PlanKey.OVERBOOKING, "15min").with(changed, text);

        assertThat(PlanJson.figures(run(weeks))).isEqualTo(PlanJson.figures(run(weeks.with(PlanKey.OVERBOOKING, "0%"))));
    }

    /** Nobody asks for anything: what is added is what the rule says, and on the day before it is taken back. */
    @Test
    void givenNobodyWhoAsks_thenEveryDateGetsWhatTheRuleSaysAndLosesItTheDayBefore() {
        final Network network = Tiny.network(1, List.of(Tiny.service(1, "STAMPING", 10)), List.of(new Desk(1, 1, "D1", EnumSet.of(Group.OTHER), 4, List.of(1))));
        final Site site = new Site(network, Tiny.POST);
        final Plan plan = Tiny.plan().with(PlanKey.OVERBOOKING, "20min");
        final Map<Integer, int[]> most = new TreeMap<>();
        final Map<Integer, int[]> last = new TreeMap<>();
        final SetCapacityDecoder command = new SetCapacityDecoder();

        new PostSimulation(site, plan, new ModelDemand(site, plan, null)).run((done, of) -> { }, (position, nowMs, buffer, length) -> {
            if (new MessageHeaderDecoder().wrap(buffer, 0).templateId() == SetCapacityDecoder.TEMPLATE_ID) {
                command.wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
                IntStream.range(command.startUnit(), command.startUnit() + command.units()).forEach(unit -> {
                    last.computeIfAbsent(command.epochDay(), date -> new int[12])[unit] = command.capacity() - 4;
                    most.computeIfAbsent(command.epochDay(), date -> new int[12])[unit] += Math.max(0, command.capacity() - 4);
                });
            }
        });

        final int[] wanted = Overbooking.places(DeskDay.of(4, 12, 1, 2), new Attendance(880, 120), new OverbookingRule(20, 0.5)).byUnit();
        assertThat(wanted).contains(1);
        assertThat(most).hasSizeGreaterThan(70).allSatisfy((date, added) -> assertThat(added).isEqualTo(wanted));
        final long first = plan.from().minusWeeks(1).toEpochDay(); // nobody had a day before it
        assertThat(last).allSatisfy((date, added) -> assertThat(added).isEqualTo(date > first && date <= plan.to().toEpochDay() ? new int[12] : wanted));
    }

    @Test
    void givenPlansWithARuleBesideOneWithout_whenTold_thenEachIsHeldAgainstEveryBound() {
        final List<PlanResult> results = List.of(Tiny.run(REAL, FULL.with(PlanKey.WEEKS, "2")), Tiny.run(REAL, FULL.with(PlanKey.WEEKS, "2").with(PlanKey.OVERBOOKING, "10min").named("with")));

        final String page = PlanTables.compared(results);
        assertThat(page).contains("more served", "worst start, mean", "people over 10 min", "starts over 10 min");
        final var told = PlanJson.of(results, "overbooking").getJsonArray("plans");
        assertThat(told.getJsonObject(0).getJsonObject("overbooking").getInteger("maxWaitMinutes")).isNull();
        assertThat(told.getJsonObject(1).getJsonObject("overbooking").getInteger("maxWaitMinutes")).isEqualTo(10);
        final DeskFigures with = results.get(1).all();
        assertThat(told.getJsonObject(1).getJsonObject("overbooking").getJsonArray("bounds").getJsonObject(0).getDouble("peopleOverPercent"))
                .isCloseTo(100.0 * with.queueMinutes.above(10) / with.queueMinutes.count(), within(0.1));
        assertThat(PlanTables.compared(List.of(results.get(0), results.get(0)))).as("nothing of it where no plan has a rule").doesNotContain("worst start");
    }
}
