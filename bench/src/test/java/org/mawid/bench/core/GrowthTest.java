package org.mawid.bench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GrowthTest {
    @Test
    void givenCostsThatLieOnACurve_whenFitted_thenTheCurveIsFound() {
        final Growth growth = new Growth("slots", "commandNs");
        for (int power = 10; power <= 26; power += 4) {
            growth.add(1L << power, 500 + 12.5 * power);
        }

        assertThat(growth.a()).isCloseTo(500, within(1e-6));
        assertThat(growth.b()).isCloseTo(12.5, within(1e-9));
        assertThat(growth.rSquared()).isCloseTo(1, within(1e-9));
        assertThat(growth.json().getString("formula")).isEqualTo("500.0 + 12.5 · log2(slots), R² 1.00");
    }

    @Test
    void givenCostsThatDoNotGrow_whenFitted_thenTheCurveIsFlatAndExplainsLittle() {
        final Growth growth = new Growth("slots", "commandNs").add(2, 700).add(4, 710).add(8, 690).add(16, 700);

        assertThat(growth.b()).isBetween(-5.0, 5.0);
        assertThat(growth.rSquared()).isLessThan(0.5);
    }

    @Test
    void givenOneSize_whenFitted_thenNothingIsSaid() {
        assertThat(new Growth("slots", "commandNs").add(1_000, 700).json().getValue("b")).isNull();
    }
}
