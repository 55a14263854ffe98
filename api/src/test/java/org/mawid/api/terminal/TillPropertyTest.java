package org.mawid.api.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mawid.api.terminal.NaivePort.Kept;
import org.mawid.api.terminal.NaivePort.State;
import org.mawid.api.terminal.NaiveTerminal.Charge;

/** Whatever happens between till and terminal, money and books agree or a person was asked. Run one seed again with {@code -Dseed=N}. */
class TillPropertyTest {
    private static final int SEEDS = 3_000;
    private static final int PAYMENTS = 16;

    @Test
    void givenTroubleOfEveryKind_thenEachChargeHasOneApprovalOrWasReversedOrAPersonWasAsked() {
        final Long only = Long.getLong("seed");
        int payments = 0;
        int approved = 0;
        int asked = 0;
        int crashes = 0;
        for (long seed = only == null ? 1 : only; seed <= (only == null ? SEEDS : only); seed++) {
            final TillWorld world = new TillWorld(seed, true);
            assertThat(world.run(PAYMENTS)).as("seed %d: all decided", seed).isTrue();
            check(world, seed);
            assertThat(world.incidents).as("seed %d: nothing is told to the core that it must refuse, and nothing charged that was given up", seed)
                    .noneMatch(incident -> incident.kind() == Incident.Kind.COMMAND_REFUSED || incident.kind() == Incident.Kind.CHARGED_AFTER_FAILURE);
            crashes += world.crashes;
            for (final Kept kept : world.port.payments()) {
                payments++;
                approved += kept.state == State.APPROVED ? 1 : 0;
                asked += kept.isPersonAsked ? 1 : 0;
            }
        }
        if (only == null) {
            assertThat(approved).as("approved of %d", payments).isGreaterThan(payments / 2);
            assertThat(asked).as("a person is asked seldom, of %d", payments).isBetween(1, payments / 20);
            assertThat(crashes).isGreaterThan(SEEDS);
        }
    }

    private static void check(final TillWorld world, final long seed) {
        for (final Kept kept : world.port.payments()) {
            final long id = kept.started.paymentId();
            final List<Charge> charges = world.terminal.charges.stream().filter(charge -> charge.sale.equals("MAWID-" + id)).toList();
            assertThat(charges.size()).as("seed %d: payment %d charged at most once", seed, id).isLessThanOrEqualTo(1);
            assertThat(kept.approvals).as("seed %d: payment %d approved at most once", seed, id).isLessThanOrEqualTo(1);
            final List<Charge> standing = charges.stream().filter(charge -> !charge.isReversed).toList();
            if (kept.state == State.APPROVED && !kept.isPersonAsked) {
                assertThat(standing).as("seed %d: payment %d approved", seed, id).hasSize(1);
                assertThat(standing.get(0).amount.minor()).as("seed %d: payment %d", seed, id).isEqualTo(kept.started.amountMinor());
            } else if (!kept.isPersonAsked) {
                assertThat(standing).as("seed %d: payment %d is %s", seed, id, kept.decided).isEmpty();
            }
        }
    }

    @Test
    void givenNoTrouble_thenAllIsApprovedAndNothingTold() {
        for (long seed = 1; seed <= 200; seed++) {
            final TillWorld world = new TillWorld(seed, false);
            assertThat(world.run(4)).isTrue();
            check(world, seed);
            assertThat(world.incidents).as("seed %d", seed).isEmpty();
            assertThat(world.ticks).as("seed %d: wakes up only to do something", seed).isLessThan(200);
            assertThat(world.port.payments()).as("seed %d", seed).allMatch(kept -> kept.state == State.APPROVED
                    || kept.decided.equals(new TillCommand.RecordFailure(kept.started.paymentId(), TillCommand.Failure.NEVER_HAPPENED,
                            "the terminal was not reachable or not free")));
        }
    }
}
