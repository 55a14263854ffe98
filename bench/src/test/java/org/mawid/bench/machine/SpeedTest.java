package org.mawid.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class SpeedTest {
    @Test
    void givenPlacesReadOneAfterTheOther_thenEachIsReadOnceBeforeAnyTwice() {
        final int places = (int) (Speed.BYTES / Integer.BYTES);
        final BitSet read = new BitSet(places);
        int at = 0;
        for (int i = 0; i < places; i++) {
            read.set(at);
            at = Speed.after(at);
        }

        assertThat(read.cardinality()).isEqualTo(places);
        assertThat(at).isZero();
    }
}
