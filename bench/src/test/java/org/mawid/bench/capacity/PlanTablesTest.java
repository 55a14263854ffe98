package org.mawid.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mawid.bench.capacity.report.PlanTables;
import org.mawid.bench.capacity.result.PlanResult;
import org.mawid.bench.capacity.result.Target;
import org.mawid.bench.capacity.result.TargetSearch.Answer;
import org.mawid.bench.capacity.result.TargetSearch.Found;
import org.mawid.bench.capacity.result.TargetSearch.Try;

/** What is noted below the table of a search, and when. */
class PlanTablesTest {
    private static final String TRIED_AGAIN = "A number tried again was tried beside other numbers at the other desks";
    private static final String NONE_DOES = "No number of counters up to 255 does it";
    private static final Target TARGET = Target.parse("third-next-available <= 5d");
    private static PlanResult last;

    @BeforeAll
    static void live() {
        last = Tiny.run(Tiny.network(1_000), Tiny.plan());
    }

    private static String page(final List<Found> found, final List<Try> tried) {
        return PlanTables.target(TARGET, List.of(new Answer(found, tried, last, 3, true)), List.of("MA-CG-TINY")).replaceAll("\\s+", " ");
    }

    @Test
    void givenANumberThatADeskTriedTwice_whenTold_thenItIsSaidWhy() {
        assertThat(page(List.of(new Found("D1", 7, 8, 4.9, true), new Found("D2", 2, 2, 1, true)),
                List.of(new Try("D1", 7, 8.7, false, ""), new Try("D1", 8, 5.3, false, ""), new Try("D1", 8, 4.9, true, ""), new Try("D2", 2, 1, true, ""))))
                .contains("D1 7 8 4.9 d 7 → 8.7, 8 → 5.3, 8 → 4.9", TRIED_AGAIN, "all 9 10 3 simulations").doesNotContain(NONE_DOES);
    }

    @Test
    void givenTheSameNumberAtTwoDesks_whenTold_thenNothingIsNoted() {
        assertThat(page(List.of(new Found("D1", 7, 8, 4.9, true), new Found("D2", 8, 8, 1, true)), List.of(new Try("D1", 7, 8.7, false, ""), new Try("D1", 8, 4.9, true, ""), new Try("D2", 8, 1, true, ""))))
                .doesNotContain(TRIED_AGAIN, NONE_DOES);
    }

    @Test
    void givenADeskThatNoNumberHelps_whenTold_thenNoSumIsToldAndWhatElseMayBeShort() {
        assertThat(page(List.of(new Found("D1", 7, 255, 8.7, false), new Found("D2", 2, 2, 1, true)), List.of(new Try("D1", 255, 8.7, false, ""), new Try("D2", 2, 1, true, ""))))
                .contains("D1 7 none –", "all 9 – 3 simulations", NONE_DOES, "such as hours, shared places, or the patience of people").doesNotContain(TRIED_AGAIN);
    }
}
