package org.mawid.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutputTest {
    @Test
    void givenATime_whenSaid_thenToTheSecond() {
        assertThat(Output.inWords(-5)).isEqualTo("0 s");
        assertThat(Output.inWords(59_400_000_000L)).isEqualTo("59 s");
        assertThat(Output.inWords(59_600_000_000L)).isEqualTo("1 min 0 s");
        assertThat(Output.inWords(605_000_000_000L)).isEqualTo("10 min 5 s");
    }

    @Test
    void givenAPartDone_whenTheRestIsReckoned_thenAsItWentSoFar_andNotBeforeAnythingIsDone() {
        final long tenSecondsAgo = System.nanoTime() - 10_000_000_000L;

        assertThat(Output.leftNs(tenSecondsAgo, 0, 100)).isEqualTo(-1);
        assertThat(Output.leftNs(tenSecondsAgo, 25, 100)).isGreaterThanOrEqualTo(30_000_000_000L);
        assertThat(Output.leftNs(tenSecondsAgo, 100, 100)).isZero();
    }
}
