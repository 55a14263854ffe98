package org.mawid.bench.release.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Processor time of a server that says how much it has used: a client that is late comes to a moment never, or twice. */
class ConsumptionTest {
    private long serverNs = 5_000;
    private long compilerNs = 700;
    private final Consumption used = new Consumption(new Meter() {
        @Override
        public long cpuNs() {
            return serverNs;
        }

        @Override
        public long compilerNs() {
            return compilerNs;
        }
    });

    private void work(final long ns) {
        serverNs += ns;
        compilerNs += ns / 10;
    }

    @Test
    void givenAClientThatIsLate_whenTheEndComesTwice_thenTheFirstCounts() {
        used.begin();
        work(1_000);
        used.end();
        work(50_000);
        used.end(); // as whoever waits for the last answers does for one that has not come to it

        assertThat(used.serverNs()).isEqualTo(1_000);
        assertThat(used.compilerNs()).isEqualTo(100);
        assertThat(used.tookNs()).isPositive();
        assertThat(used.clientNs()).isNotNegative();
    }

    @Test
    void givenABeginningThatComesTwice_whenOver_thenTheFirstCounts() {
        used.begin();
        work(1_000);
        used.begin();
        work(1_000);
        used.end();

        assertThat(used.serverNs()).isEqualTo(2_000);
    }

    @Test
    void givenAnEndWithoutABeginning_whenRead_thenNothingWasUsed() {
        used.end();

        assertThat(used.serverNs()).isZero();
        assertThat(used.clientNs()).as("and not less than nothing").isZero();
        assertThat(used.tookNs()).isZero();
    }
}
