package org.mawid.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mawid.api.network.Network;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.plan.Prose;
import org.mawid.bench.capacity.plan.Site;
import org.mawid.bench.capacity.report.PlanJson;
import org.mawid.bench.capacity.report.PlanTables;
import org.mawid.bench.capacity.report.PlanText;
import org.mawid.bench.capacity.result.DeskFigures;
import org.mawid.bench.capacity.result.PlanResult;
import org.mawid.bench.report.Report;

/** Plans of the real network and of a tiny one, with the people of the model. */
class PlanRunTest {
    private static final Network REAL = Network.bundled();
    private static final Plan FOUR_WEEKS = Plan.usual(LocalDate.of(2027, 4, 5)).with(PlanKey.WEEKS, "4").with(PlanKey.WARM_UP, "4").whole();
    /** Half as large as Barcelona. */
    private static final Plan SMALLER = FOUR_WEEKS.with(PlanKey.POSTS, "MA-CG-TARRAGONE").with(PlanKey.WARM_UP, "3").with(PlanKey.WEEKS, "3");

    private static PlanResult run(final Plan plan) {
        return new Planner(REAL, null, null).run(plan, "test");
    }

    @Test
    void givenTheSameSeed_whenRunTwice_thenTheResultIsTheSameToTheByteAndAnotherSeedsIsNot() {
        final Plan two = SMALLER.with(PlanKey.POSTS, "MA-CG-TARRAGONE,MA-EM-OSLO").with(PlanKey.WEEKS, "2").with(PlanKey.WARM_UP, "1");
        final PlanResult first = run(two);
        final String once = PlanJson.of(first).encode();

        final PlanResult second = run(two);
        assertThat(PlanJson.of(second).encode()).isEqualTo(once);
        assertThat(PlanText.page(second).lines()).as("as wide as a terminal").allMatch(line -> line.codePointCount(0, line.length()) <= Prose.COLUMNS);
        assertThat(PlanText.page(second)).isEqualTo(PlanText.page(first));
        assertThat(PlanJson.of(run(two.with(PlanKey.SEED, "2"))).encode()).isNotEqualTo(once);
    }

    @Test
    void givenBarcelona_whenRun_thenEveryArrivalHasOneEndAndTheFiguresFitTheModel() {
        final PlanResult result = run(FOUR_WEEKS);

        final var books = result.books(); // that the core counts the same was checked by the run
        assertThat(books.get("served") + books.get("noShow") + books.get("cancelled") + books.get("refused") + books.get("rejected") + books.get("stillOpen")).isEqualTo(books.get("arrivals"));
        final DeskFigures all = result.all();
        // April's season is 1.2 of 65 836 appointments a year.
        assertThat((double) all.asked).isCloseTo(65_836 / 365.25 * 28 * 1.22, within(200.0));
        assertThat((double) all.askedMinutes / all.asked).as("21.8 minutes in the model").isCloseTo(21.8, within(1.0));
        final double ended = all.served - all.walkIns + all.noShows;
        assertThat(all.noShows / ended).isCloseTo(0.12, within(0.015));
        assertThat(all.displaced.keySet()).isNotEmpty();
    }

    @Test
    void givenTwiceTheCounters_whenRunWithTheSameSeed_thenNobodyWaitsLongerForIt() {
        final PlanResult now = run(SMALLER.with(PlanKey.DEMAND, "1.3"));
        final PlanResult twice = run(SMALLER.with(PlanKey.DEMAND, "1.3").with(PlanKey.COUNTERS, twice(now.posts().get(0).site())));

        for (int desk = 0; desk < now.posts().get(0).desks().size(); desk++) {
            final DeskFigures before = now.posts().get(0).desks().get(desk);
            final DeskFigures after = twice.posts().get(0).desks().get(desk);
            assertThat(after.asked).as("the same people").isEqualTo(before.asked);
            assertThat(after.waitDays.percentile(90)).isLessThanOrEqualTo(before.waitDays.percentile(90) + 0.1);
            assertThat(after.thirdNextMeanDays()).isLessThanOrEqualTo(before.thirdNextMeanDays() + 0.1);
            assertThat(after.refusedPercent()).isLessThanOrEqualTo(before.refusedPercent() + 0.1);
            assertThat(after.queueMinutes.percentile(90)).isLessThanOrEqualTo(before.queueMinutes.percentile(90) + 1);
        }
    }

    private static String twice(final Site site) {
        return String.join(",", site.desks().stream().map(desk -> desk.code() + "=" + 2 * desk.capacity()).toList());
    }

    @Test
    void givenAShockAndLongerHours_whenRun_thenTheFirstMakesPeopleWaitAndTheSecondLess() {
        final Plan shock = SMALLER.with(PlanKey.SHOCK, "ES=4:2027-04-05:4w");
        final DeskFigures usual = run(SMALLER).all();
        final DeskFigures shocked = run(shock).all();
        final DeskFigures longer = run(shock.with(PlanKey.OPEN_UNTIL, "18:00")).all();

        assertThat((double) shocked.asked / usual.asked).isCloseTo(4, within(0.2));
        assertThat(shocked.waitDays.percentile(90)).isGreaterThan(2 * usual.waitDays.percentile(90));
        assertThat(longer.waitDays.percentile(50)).isLessThan(shocked.waitDays.percentile(50));
    }

    @Test
    void givenOverbooking_whenRun_thenMoreIsOfferedThanTheCountersHold() {
        final DeskFigures plain = run(SMALLER.with(PlanKey.DEMAND, "3")).all();
        final DeskFigures over = run(SMALLER.with(PlanKey.DEMAND, "3").with(PlanKey.OVERBOOKING, "10%")).all();

        assertThat(plain.takenPercent()).isGreaterThan(95).isLessThanOrEqualTo(100);
        assertThat(over.takenPercent()).isGreaterThan(104).isLessThanOrEqualTo(110.01);
        assertThat(over.served).isGreaterThan(plain.served);
        assertThat(over.queueMinutes.percentile(90)).isGreaterThanOrEqualTo(plain.queueMinutes.percentile(90));
    }

    @Test
    void givenASmallPost_whenToldAsAPage_thenItSpeaksOfOneAndSaysNothingOfTooFew() {
        final Plan week = Plan.usual(Tiny.FROM).with(PlanKey.WEEKS, "1").with(PlanKey.WARM_UP, "1");

        assertThat(PlanText.page(Tiny.run(REAL, week.with(PlanKey.POSTS, "MA-EM-LUANDA"))))
                .contains("1 counter at 1 desk,", "(1 week), after 1 week of warm-up", "Luanda has 1 counter;", "no service has 10 appointments");
        assertThat(PlanText.page(Tiny.run(REAL, week.with(PlanKey.POSTS, "MA-CG-NOUADHIBOU,MA-EM-NOUAKCHOTT").with(PlanKey.ELSEWHERE, "30%"))))
                .contains("another post       nobody had to try one");
    }

    @Test
    void givenAResult_whenReported_thenItsPlotsAreThoseItAsksFor() {
        final PlanResult result = run(FOUR_WEEKS.with(PlanKey.WEEKS, "1").with(PlanKey.WARM_UP, "1"));
        final String html = Report.html(new JsonObject(PlanJson.of(result).encode()));

        assertThat(html).contains("class=\"plot heatmap\"", "class=\"plot dates\"", "class=\"plot columns\"", "Fees of the people who were served, by week", "People waiting at the post by hour", "third next available", "Barcelone has 22 counters").doesNotContain("class=\"plot bars\"");
        final String compared = Report.html(new JsonObject(PlanJson.of(List.of(result, result), "compare").encode()));
        assertThat(PlanText.page(result).lines()).allMatch(line -> line.codePointCount(0, line.length()) <= Prose.COLUMNS);
        assertThat(compared).contains("class=\"plot dates\"", "class=\"plot heatmap\"", "class=\"plot columns\"", "People waiting at the post by hour, mean of the open days");
        assertThat(PlanTables.compared(List.of(result, result))).contains("third-next-available", "D1 nine in ten wait").containsPattern("stranded a day +\\d+ min +\\d+ min");
    }
}
