package org.mawid.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mawid.api.network.Network;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.plan.PlanRefusedException;
import org.mawid.bench.capacity.report.PlanJson;
import org.mawid.bench.capacity.report.PlanText;
import org.mawid.bench.capacity.result.DeskFigures;
import org.mawid.bench.capacity.result.PlanResult;

/** People who find nothing at a post that is asked for eight times as much as usual, and the posts around it that are not. */
class ElsewhereTest {
    private static final Network REAL = Network.bundled();
    private static final Plan ALONE = Plan.usual(LocalDate.of(2027, 4, 5)).with(PlanKey.POSTS, "MA-EM-OTTAWA,MA-CG-TORONTO,MA-CG-MONTREAL,MA-EM-ANKARA")
            .with(PlanKey.SHOCK, "MA-EM-OTTAWA=8:2027-02-22:8w").with(PlanKey.WARM_UP, "5").with(PlanKey.WEEKS, "2");

    private static PlanResult alone;
    private static PlanResult together;

    @BeforeAll
    static void live() {
        alone = run(ALONE);
        together = run(ALONE.with(PlanKey.ELSEWHERE, "100%"));
    }

    private static PlanResult run(final Plan plan) {
        return new Planner(REAL, null, null).run(plan, "test");
    }

    private static DeskFigures at(final PlanResult result, final String post) {
        return result.posts().stream().filter(one -> one.site().post().code().equals(post)).findFirst().orElseThrow().all();
    }

    private static long went(final DeskFigures of) {
        return DeskFigures.sum(of.went);
    }

    @Test
    void givenNobodyGoes_whenAPostIsFull_thenEachPostIsAsIfAlone() {
        final PlanResult ottawa = run(ALONE.with(PlanKey.POSTS, "MA-EM-OTTAWA"));

        assertThat(PlanJson.figures(at(alone, "MA-EM-OTTAWA"))).isEqualTo(PlanJson.figures(ottawa.all()));
        assertThat(DeskFigures.sum(alone.all().refused)).isPositive();
        assertThat(went(alone.all())).isZero();
        assertThat(alone.all().came).isZero();
    }

    @Test
    void givenAFullPost_whenPeopleTryAnother_thenTheyComeToTheNearestOfTheirCountry() {
        assertThat(went(at(together, "MA-EM-OTTAWA"))).isPositive();
        assertThat(at(together, "MA-CG-MONTREAL").came).as("the nearest").isEqualTo(went(at(together, "MA-EM-OTTAWA")) + went(at(together, "MA-CG-TORONTO")));
        assertThat(at(together, "MA-CG-TORONTO").came).as("only who finds nothing at the nearest, which is not passed on").isZero();
        assertThat(PlanJson.figures(at(together, "MA-EM-ANKARA"))).as("another country").isEqualTo(PlanJson.figures(at(alone, "MA-EM-ANKARA")));
        assertThat(together.books().get("wentElsewhere")).isEqualTo(together.books().get("cameFromElsewhere")).isPositive();
    }

    @Test
    void givenThatPeopleGo_whenAllPostsAreAddedUp_thenEachPersonHasAskedOnceAndFewerFindNothing() {
        assertThat(together.all().asked).as("the same people").isEqualTo(alone.all().asked);
        assertThat(at(together, "MA-CG-MONTREAL").asked).isEqualTo(at(alone, "MA-CG-MONTREAL").asked + at(together, "MA-CG-MONTREAL").came);
        assertThat(DeskFigures.sum(together.all().refused)).isLessThan(DeskFigures.sum(alone.all().refused));
        assertThat(DeskFigures.sum(at(together, "MA-EM-OTTAWA").refused)).as("there they have found nothing all the same").isGreaterThanOrEqualTo(DeskFigures.sum(at(alone, "MA-EM-OTTAWA").refused));
        assertThat(at(together, "MA-CG-MONTREAL").served).isGreaterThan(at(alone, "MA-CG-MONTREAL").served);
        assertThat(at(together, "MA-CG-MONTREAL").thirdNextMeanDays()).as("who goes takes places there").isGreaterThan(at(alone, "MA-CG-MONTREAL").thirdNextMeanDays());
        assertThat(at(together, "MA-CG-MONTREAL").decisions).as("what was validated once is not looked at again").isEqualTo(at(alone, "MA-CG-MONTREAL").decisions);
    }

    @Test
    void givenTheSameSeed_whenRunTwice_thenTheSamePeopleGo() {
        assertThat(PlanJson.of(run(ALONE.with(PlanKey.ELSEWHERE, "100%"))).encode()).isEqualTo(PlanJson.of(together).encode());
        assertThat(PlanText.page(together)).contains("went to the nearest other one", "from Ottawa", "to Montréal");
    }

    @Test
    void givenPostsOfDifferentCountries_whenPeopleShouldGo_thenThePlanIsRefused() {
        assertThatThrownBy(() -> run(ALONE.with(PlanKey.POSTS, "MA-EM-OTTAWA,MA-EM-ANKARA").with(PlanKey.ELSEWHERE, "10%"))).isInstanceOf(PlanRefusedException.class)
                .hasMessageContaining("same country");
    }
}
