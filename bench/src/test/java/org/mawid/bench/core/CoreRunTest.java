package org.mawid.bench.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mawid.bench.load.ModelNetwork;

class CoreRunTest {
    @Test
    void givenANetworkOfMoreCommandsThanAreRemembered_whenMade_thenNoneIsTooOldAndLivesGoOn() {
        final ModelNetwork network = new ModelNetwork(20, 300, 10, 255, 8_192);

        final CoreRun run = new CoreRun(network, 16, true, 64);
        for (int chunk = 0; chunk < 3; chunk++) {
            run.encode();
            run.apply();
        }

        assertThat(network.commands()).isGreaterThan(8_192 + 1_024);
        assertThat(run.confirmed()).isGreaterThan(1_000);
        run.core().close();
    }
}
