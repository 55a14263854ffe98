package org.mawid.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mawid.api.network.Network;
import org.mawid.api.network.Network.Desk;
import org.mawid.api.network.Network.Group;
import org.mawid.api.network.Network.Measure;
import org.mawid.api.network.Network.VisitSize;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.plan.Site;
import org.mawid.bench.capacity.report.PlanJson;
import org.mawid.bench.capacity.report.PlanTables;
import org.mawid.bench.capacity.result.DeskFigures;
import org.mawid.bench.capacity.result.PlanResult;
import org.mawid.bench.capacity.result.Target;
import org.mawid.bench.capacity.result.TargetSearch;

/** A search for counters, through the real simulation of posts so small that all numbers can be tried. */
class TargetSearchTest {
    private static final int MOST = 12;
    /** Half of the visits are for two services, often one at each desk. */
    private static final List<VisitSize> ONE_OR_TWO = List.of(new VisitSize(Measure.SERVICES, 1, false, BigDecimal.valueOf(50), BigDecimal.ONE),
            new VisitSize(Measure.SERVICES, 2, false, BigDecimal.valueOf(50), BigDecimal.valueOf(2)), new VisitSize(Measure.PERSONS, 1, false, BigDecimal.valueOf(100), BigDecimal.ONE));
    private static final Network TWO_DESKS = Tiny.network(5_000, List.of(Tiny.service(1, "STAMPING", 10), Tiny.service(2, "SIGNING", 20)),
            List.of(new Desk(1, 1, "D1", EnumSet.of(Group.OTHER), 1, List.of(1)), new Desk(2, 1, "D2", EnumSet.of(Group.NOTARY), 1, List.of(2))), ONE_OR_TWO);
    private static final Map<Map<String, Integer>, PlanResult> LIVED = new HashMap<>();
    private static final Site TWO = new Site(TWO_DESKS, Tiny.POST);

    @Test
    void givenATargetOnATinyPost_whenSearched_thenItIsWhatTryingAllNumbersFinds() {
        final Network tiny = Tiny.network(5_000); // some 14 to 16 a day in April, six at a counter
        final Plan plan = Tiny.plan();
        final Site site = new Site(tiny, Tiny.POST);
        for (final String wanted : List.of("third-next-available <= 2d", "refused <= 0.5%", "utilisation <= 40%", "load < 60%")) {
            final Target target = Target.parse(wanted);

            final TargetSearch.Answer answer = new TargetSearch(target, one -> Tiny.run(tiny, one)).search(plan, site);

            int smallest = 1;
            while (smallest < 30 && target.measure().of(Tiny.run(tiny, plan.with(PlanKey.COUNTERS, "D1=" + smallest)).all()) > target.limit()) {
                smallest++;
            }
            assertThat(answer.found()).singleElement().satisfies(found -> assertThat(found.before()).isEqualTo(1));
            assertThat(answer.found().get(0).counters()).as(wanted).isEqualTo(smallest);
            assertThat(answer.tried()).as("what failed below it was tried").anySatisfy(one -> assertThat(one.met()).isFalse());
            assertThat(smallest).isBetween(2, 29);
        }
    }

    @Test
    void givenATargetThatNothingReaches_whenSearched_thenNoneIsSaid() {
        final TargetSearch.Answer answer = new TargetSearch(Target.parse("waiting-days-p50 <= 0d"), one -> Tiny.run(Tiny.network(100), one)).search(Tiny.plan(), new Site(Tiny.network(100), Tiny.POST));

        assertThat(answer.found()).singleElement().satisfies(found -> assertThat(found.met()).isFalse());
        assertThat(answer.isSettled()).isTrue();
        assertThat(PlanJson.of(Target.parse("waiting-days-p50 <= 0d"), List.of(answer), List.of("MA-CG-TINY")).getJsonArray("posts").getJsonObject(0).getJsonArray("desks").getJsonObject(0).getValue("countersNeeded")).isNull();
        assertThat(PlanTables.target(Target.parse("waiting-days-p50 <= 0d"), List.of(answer), List.of("MA-CG-TINY"))).contains("none", "something else is short");
    }

    @ParameterizedTest
    @ValueSource(strings = {"third-next-available <= 2d", "third-next-available <= 0.7d", "waiting-days-p90 <= 3d", "utilisation <= 40%"})
    void givenTwoDesksThatShareVisits_whenSearched_thenAllAreMetTogether_noneCanHaveOneFewer_andItIsAsFewAsTryingAllFinds(final String wanted) {
        final Target target = Target.parse(wanted);

        final TargetSearch.Answer answer = searched(target, 200);

        assertThat(answer.isSettled()).isTrue();
        assertThat(answer.isMet()).isTrue();
        final int first = answer.found().get(0).counters();
        final int second = answer.found().get(1).counters();
        assertThat(first).isBetween(2, MOST);
        assertThat(second).isBetween(2, MOST);
        assertThat(isMet(target, first, second)).isTrue();
        assertThat(isMet(target, first - 1, second)).as("one fewer at the first of %d and %d", first, second).isFalse();
        assertThat(isMet(target, first, second - 1)).as("one fewer at the second of %d and %d", first, second).isFalse();
        assertThat(first + second).as("of %d and %d", first, second).isEqualTo(fewestInAll(target));
        assertThat(answer.last().posts().get(0).site().desks()).extracting(Desk::capacity).containsExactly(first, second);
    }

    /** Nobody of its visits for both desks comes sooner for its own counters. */
    @Test
    void givenADeskThatFailsThroughTheOther_whenSearched_thenTheOtherIsRaisedThoughItMeetsTheTargetAlone() {
        final Target target = Target.parse("waiting-days-p90 <= 3.45d");
        final Function<Plan, PlanResult> run = plan -> Tiny.run(TWO_DESKS, plan);
        final Plan plan = Tiny.plan().with(PlanKey.SEED, "2");

        final TargetSearch.Answer answer = new TargetSearch(target, run).search(plan, TWO);

        final List<DeskFigures> otherByItself = run.apply(plan.with(PlanKey.COUNTERS, "D1=255,D2=4")).posts().get(0).desks();
        assertThat(target.measure().of(otherByItself.get(0))).isGreaterThan(target.limit());
        assertThat(target.measure().of(otherByItself.get(1))).isLessThan(target.limit());
        assertThat(answer.isMet()).isTrue();
        assertThat(answer.isSettled()).isTrue();
        assertThat(answer.found()).extracting(TargetSearch.Found::counters).allSatisfy(counters -> assertThat(counters).isBetween(2, MOST));
        assertThat(answer.found().get(1).counters()).isGreaterThan(4);
    }

    /** Whatever number it is stopped after. */
    @ParameterizedTest
    @ValueSource(strings = {"third-next-available <= 0.7d", "waiting-days-p90 <= 3d"})
    void givenASearchThatIsStopped_whenTold_thenTextAndJsonSayThatItIsNotSettled_andNoNumberStandsThereAsNeededThatFails(final String wanted) {
        final Target target = Target.parse(wanted);
        final int runs = searched(target, 200).runs();
        boolean isEnoughSeen = false;
        boolean isTooFewSeen = false;
        for (int most = 1; most < runs; most++) {
            final TargetSearch.Answer stopped = searched(target, most);

            assertThat(stopped.runs()).isEqualTo(most);
            assertThat(stopped.isSettled()).isFalse();
            final String page = PlanTables.target(target, List.of(stopped), List.of("MA-CG-TINY")).replaceAll("\\s+", " ");
            final JsonObject json = PlanJson.of(target, List.of(stopped), List.of("MA-CG-TINY"));
            final JsonArray desks = json.getJsonArray("posts").getJsonObject(0).getJsonArray("desks");
            final int first = stopped.found().get(0).counters();
            final int second = stopped.found().get(1).counters();
            final boolean isEnough = isMet(target, first, second);
            assertThat(stopped.isMet()).isEqualTo(isEnough);
            assertThat(page).contains("NOT SETTLED: stopped after " + most + " simulation", " " + first + "? ", " " + second + "? ", isEnough ? "whether fewer would do was not tried" : "this is no answer");
            assertThat(json.getBoolean("isSettled")).isFalse();
            assertThat(json.getJsonArray("posts").getJsonObject(0).getBoolean("isSettled")).isFalse();
            assertThat(json.getJsonArray("sentences").getString(0)).startsWith("NOT SETTLED");
            assertThat(desks.getJsonObject(0).getInteger("countersNeeded")).isEqualTo(isEnough ? first : null);
            assertThat(desks.getJsonObject(1).getInteger("countersNeeded")).isEqualTo(isEnough ? second : null);
            assertThat(desks.getJsonObject(0).getInteger("countersTriedLast")).isEqualTo(first);
            isEnoughSeen |= isEnough;
            isTooFewSeen |= !isEnough;
        }
        assertThat(isEnoughSeen).isTrue();
        assertThat(isTooFewSeen).isTrue();
    }

    private static TargetSearch.Answer searched(final Target target, final int mostRuns) {
        return new TargetSearch(target, TargetSearchTest::lived, mostRuns).search(Tiny.plan(), TWO);
    }

    private static boolean isMet(final Target target, final int first, final int second) {
        return lived(Tiny.plan().with(PlanKey.COUNTERS, "MA-CG-TINY/D1=" + first + ",MA-CG-TINY/D2=" + second)).posts().get(0).desks().stream().allMatch(desk -> target.measure().of(desk) <= target.limit());
    }

    private static PlanResult lived(final Plan plan) {
        return LIVED.computeIfAbsent(plan.counters(), counters -> Tiny.run(TWO_DESKS, plan));
    }

    private static int fewestInAll(final Target target) {
        int fewest = 2 * MOST + 1;
        for (int first = 1; first <= MOST; first++) {
            for (int second = 1; second <= MOST && first + second < fewest; second++) {
                fewest = isMet(target, first, second) ? first + second : fewest;
            }
        }
        return fewest;
    }
}
