package org.mawid.bench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class FootprintTest {
    private static Footprint footprint() {
        return new Footprint("slots", "bytesCountedAt");
    }

    @Test
    void givenMemoryThatGrowsWithTheThings_whenFitted_thenWhatIsThereAtOnceAndWhatEachAddsAreFound() {
        final Footprint footprint = footprint();
        for (long slots = 1_000; slots <= 100_000_000; slots *= 10) {
            footprint.add(slots, (2 << 20) + 12 * slots);
        }

        assertThat(footprint.fitted()[0]).isCloseTo(2 << 20, within(1e-3));
        assertThat(footprint.fitted()[1]).isCloseTo(12, within(1e-9));
        assertThat(footprint.furthestOff()).isCloseTo(0, within(1e-9));
        assertThat(footprint.json().getString("formula")).isEqualTo("2.00 MiB + 12.00 B · slots, at most 0 % off");
        assertThat(footprint.json().getDouble("addsBytesEach")).isEqualTo(12);
    }

    /** By the squares of bytes the largest would be all that is looked at, and what is there at once some five millions. */
    @Test
    void givenLargeSizesThatAreOff_whenFitted_thenTheSmallOnesStillSayWhatIsThereAtOnce() {
        final Footprint footprint = footprint().add(1_000, (1 << 20) + 10_000).add(2_000, (1 << 20) + 20_000).add(4_000, (1 << 20) + 40_000)
                .add(10_000, (1 << 20) + 100_000).add(10_000_000, 130_000_000).add(100_000_000, 1_000_000_000);

        assertThat(footprint.fitted()[0]).isCloseTo(1 << 20, within(0.1 * (1 << 20)));
        assertThat(footprint.fitted()[1]).isBetween(10.0, 13.0);
    }

    @Test
    void givenMemoryThatComesInSteps_whenFitted_thenItIsSaidHowFarASizeIsOff() {
        final Footprint footprint = footprint().add(1_000, 1 << 20).add(10_000, 1 << 20).add(100_000, 4 << 20).add(1_000_000, 16 << 20);

        assertThat(footprint.furthestOff()).isBetween(0.1, 0.6);
        assertThat(footprint.json().getDouble("furthestOff")).isCloseTo(footprint.furthestOff(), within(0.001));
    }

    @Test
    void givenTwoSizes_whenFitted_thenTheLineGoesThroughBoth_andWithOneNothingIsSaid() {
        assertThat(footprint().add(1_000, 11_000).add(10_000, 101_000).fitted()).containsExactly(new double[] {1_000, 10}, within(1e-6));

        final JsonObject one = footprint().add(1_000, 11_000).json();
        assertThat(one.getValue("a")).isNull();
        assertThat(one.getValue("addsBytesEach")).isNull();
    }

    @Test
    void givenNoBytes_whenAdded_thenItIsRefused() {
        assertThatThrownBy(() -> footprint().add(1_000, 0)).hasMessageContaining("1000 slots take 0 bytes");
    }
}
