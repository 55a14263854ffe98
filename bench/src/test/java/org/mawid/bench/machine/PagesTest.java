package org.mawid.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PagesTest {
    private static final long GIB = 1L << 30;
    private static final long PART = GIB / 4;

    @Test
    void givenAMachineWithEnough_thenAsMuchIsTouchedAsWasWanted() {
        assertThat(Pages.bytes(12 * GIB, 20 * GIB)).isEqualTo(12 * GIB);
    }

    @Test
    void givenAMachineWithLess_thenTwoGibibytesAreLeftToOthers() {
        assertThat(Pages.bytes(12 * GIB, 7 * GIB)).isEqualTo(5 * GIB);
    }

    @Test
    void givenAMachineWithAlmostNothing_thenOnePartIsTouched() {
        assertThat(Pages.bytes(12 * GIB, GIB)).isEqualTo(PART);
    }
}
