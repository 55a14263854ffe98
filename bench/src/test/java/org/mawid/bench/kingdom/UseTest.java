package org.mawid.bench.kingdom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class UseTest {
    private static final int FIRST = (int) LocalDate.of(2026, 1, 1).toEpochDay();

    @Test
    void givenThreeYears_whenCountersAreUsed_thenEachMonthHasItsShareAndWhatIsNotReachedYetDoesNotCount() {
        final Use use = new Use(FIRST);
        for (int day = 0; day < 1_095; day++) {
            use.open(FIRST + day, 100);
        }
        for (int day = 0; day < 900; day++) {
            use.over(FIRST + day, 40, true);
            use.over(FIRST + day, 10, false);
        }

        assertThat(use.percent()).isEqualTo(50);
        assertThat(use.servedPercent()).isEqualTo(40);
        assertThat(use.byMonth().getJsonObject("utilisation")).hasSize(30);
        assertThat(use.byMonth().getJsonObject("utilisation").getDouble("2028-06")).isEqualTo(50);
        assertThat(use.byMonth().getJsonObject("served").getDouble("2026-01")).isEqualTo(40);
    }
}
