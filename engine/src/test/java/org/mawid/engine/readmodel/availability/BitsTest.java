package org.mawid.engine.readmodel.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BitsTest {
    private final Random random = new Random(5);

    @Test
    void givenAnySet_whenRunsAreKept_thenEachUnitLeftBeginsOne() {
        for (int units = 1; units <= 193; units++) {
            for (int round = 0; round < 20; round++) {
                final BitSet set = randomSet(0.5 + random.nextDouble() / 2);
                final BitSet expected = new BitSet();
                for (int unit = 0; unit + units <= 192; unit++) {
                    expected.set(unit, set.nextClearBit(unit) >= unit + units);
                }
                final Bits bits = bits(set);
                bits.keepRuns(units);
                assertThat(toSet(bits)).as("%d units of %s", units, set).isEqualTo(expected);
            }
        }
    }

    @Test
    void givenAnotherDayThatBeginsAtAnotherInstant_whenBothAreAsked_thenUnitsOfTheSameInstantMeet() {
        for (int distance = -200; distance <= 200; distance++) {
            final BitSet mine = randomSet(0.7);
            final BitSet theirs = randomSet(0.7);
            final BitSet expected = new BitSet();
            for (int unit = 0; unit < 192; unit++) {
                expected.set(unit, mine.get(unit) && unit + distance >= 0 && theirs.get(unit + distance));
            }
            final Bits bits = bits(mine);
            bits.andShifted(bits(theirs), distance);
            assertThat(toSet(bits)).as("distance %d", distance).isEqualTo(expected);
        }
    }

    @Test
    void givenAnySet_whenAlignedOrBegunLater_thenOnlyThoseUnitsAreLeft() {
        for (int n = 1; n <= 192; n++) {
            final BitSet set = randomSet(0.9);
            final Bits aligned = bits(set);
            aligned.keepAligned(n);
            final Bits later = bits(set);
            later.keepFrom(n);
            final BitSet expectedAligned = (BitSet) set.clone();
            for (int unit = 0; unit < 192; unit++) {
                expectedAligned.set(unit, set.get(unit) && unit % n == 0);
            }
            final BitSet expectedLater = (BitSet) set.clone();
            expectedLater.clear(0, n);
            assertThat(toSet(aligned)).as("aligned to %d", n).isEqualTo(expectedAligned);
            assertThat(toSet(later)).as("from %d", n).isEqualTo(expectedLater);
        }
    }

    private BitSet randomSet(final double density) {
        final BitSet set = new BitSet();
        for (int unit = 0; unit < 192; unit++) {
            set.set(unit, random.nextDouble() < density);
        }
        return set;
    }

    private static Bits bits(final BitSet set) {
        final Bits bits = new Bits();
        set.stream().forEach(bits::set);
        return bits;
    }

    private static BitSet toSet(final Bits bits) {
        return BitSet.valueOf(new long[] {bits.w0, bits.w1, bits.w2});
    }
}
