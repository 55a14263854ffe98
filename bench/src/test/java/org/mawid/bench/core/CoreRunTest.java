package org.mawid.bench.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
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

    private static long count(final CoreRun run, final String of) {
        return run.core().counts().of(of);
    }

    private static void apply(final CoreRun run, final int chunks) {
        for (int chunk = 0; chunk < chunks; chunk++) {
            run.encode();
            run.apply();
        }
    }

    @Test
    void givenARunThatStaysAsLarge_whenMuchMoreIsApplied_thenTheCoreHasAsManyAppointments_andMoreOnlyOnceItGrowsAgain() {
        final CoreRun run = new CoreRun(new ModelNetwork(4, 60, 96, 255, 16_384), 64, false, 64);
        apply(run, 4);
        final long had = run.appointments();

        run.stayAsLarge();
        apply(run, 40);

        assertThat(run.appointments()).isCloseTo(had, Offset.offset(2L));
        assertThat(count(run, "appointments.CONFIRMED")).isEqualTo(run.appointments());
        assertThat(count(run, "applications")).as("those that ended are gone").isLessThan(had + 8 * CoreRun.CHUNK / 6);
        run.grow();
        assertThat(count(run, "appointments")).isEqualTo(run.appointmentsInMemory());
        apply(run, 4);
        assertThat(run.appointments()).isGreaterThan(had + 3 * CoreRun.CHUNK / 4);
        run.core().close();
    }

    @Test
    void givenANewRun_whenItStaysAsLarge_thenThereIsNeverMoreThanAnAppointmentOrTwo() {
        final CoreRun run = new CoreRun(new ModelNetwork(4, 60, 96, 255, 16_384), 1, false, 64);

        run.stayAsLarge();
        apply(run, 20);

        assertThat(run.appointments()).isBetween(1L, 2L).isEqualTo(count(run, "appointments.CONFIRMED"));
        run.core().close();
    }
}
