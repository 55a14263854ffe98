package org.mawid.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When the same message goes out again. */
class RepeatTest {
    private static final int TIMES = 1_000;

    private final Repeat repeat = new Repeat();

    @Test
    void givenADelayIsTold_whenRepeated_thenNeverBeforeIt_andNotAllAtOnce() {
        final Set<Long> delays = new HashSet<>();
        for (int i = 0; i < TIMES; i++) {
            delays.add(repeat.afterMs(1_000, 60_000));
        }
        assertThat(delays).hasSizeGreaterThan(50).allMatch(delay -> delay >= 1_000 && delay <= 1_125);
        assertThat(repeat.afterMs(0, 60_000)).as("what was told is no back-off of one's own").isBetween(25L, 50L);
    }

    @Test
    void givenLittleTimeIsLeft_whenADelayIsTold_thenBeforeItsEndOrNotAtAll() {
        for (int i = 0; i < TIMES; i++) {
            assertThat(repeat.afterMs(1_000, 1_010)).isBetween(1_000L, 1_009L);
        }
        assertThat(repeat.afterMs(1_000, 1_001)).isEqualTo(1_000);
        assertThat(repeat.afterMs(1_000, 1_000)).isEqualTo(Repeat.NEVER);
        assertThat(repeat.afterMs(0, 1)).isEqualTo(Repeat.NEVER);
        assertThat(repeat.afterMs(null, 0)).isEqualTo(Repeat.NEVER);
    }

    @Test
    void givenNobodyTells_whenRepeated_thenTwiceAsLateEachTimeUntilItGoesOn() {
        for (long most = 50; most < 2_000; most *= 2) {
            assertThat(repeat.afterMs(0, 60_000)).isBetween(most / 2, most);
        }
        assertThat(repeat.afterMs(0, 60_000)).isBetween(1_000L, 2_000L);
        assertThat(repeat.afterMs(0, 60_000)).isBetween(1_000L, 2_000L);
        repeat.progress();
        assertThat(repeat.afterMs(0, 60_000)).isBetween(25L, 50L);
    }
}
