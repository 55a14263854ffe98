package org.mawid.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class LongerOptionTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @Command
    static final class Starts {
        @Mixin
        private LongerOption longer;
    }

    private static LongerOption said(final String... words) {
        final Starts starts = new Starts();
        new CommandLine(starts).parseArgs(words);
        return starts.longer;
    }

    private static long ago(final long seconds) {
        return System.nanoTime() - seconds * SECOND_NS;
    }

    @Test
    void givenNothingSaid_whenAsked_thenItIsDoneSoManyTimesHoweverLongThatTakes() {
        assertThat(said().goesOn(2, 3, ago(3_600))).isTrue();
        assertThat(said().goesOn(3, 3, ago(0))).isFalse();
        assertThat(said().plannedSeconds(3, 4)).isEqualTo(12);
    }

    @Test
    void givenSeconds_whenAsked_thenItGoesOnUntilTheyAreOver_andNoFewerTimesThanWithoutThem() {
        final LongerOption longer = said("--seconds", "1000");

        assertThat(longer.goesOn(3, 3, ago(100))).isTrue();
        assertThat(longer.goesOn(3, 3, ago(1_001))).isFalse();
        assertThat(longer.goesOn(2, 3, ago(1_001))).isTrue();
        assertThat(longer.plannedSeconds(3, 300)).isEqualTo(1_200);
        assertThat(longer.plannedSeconds(3, 500)).isEqualTo(1_500);
    }
}
