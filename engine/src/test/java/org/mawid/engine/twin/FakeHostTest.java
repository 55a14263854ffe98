package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;
import org.mawid.engine.testkit.Answered;

/** The core does not care who hosts it: offsets that jump, single messages, leaders that change, clocks that disagree. */
class FakeHostTest {
    private static final int COMMANDS = 4_000;
    private static final int SNAPSHOT_EVERY = 500;
    private static final int RETRIED = 5;

    private record Asked(Entry entry, Answered answer) {
    }

    @Test
    void givenLeadersThatChange_whenClientsAskAgain_thenTheyGetTheFirstAnswerAndTheStateIsThatOfOneCore() {
        for (long seed = Seeds.FIRST + 200; seed < Seeds.FIRST + 202; seed++) {
            final FakeHost host = new FakeHost(seed);
            final NaiveEngine twin = new NaiveEngine();
            final Answered.Teller twinTeller = new Answered.Teller(twin::apply);
            final CommandGenerator generator = new CommandGenerator(seed, twin);
            final Dice dice = new Dice(seed);
            final ArrayDeque<Asked> recent = new ArrayDeque<>();
            int changes = 0;
            int repeated = 0;
            for (int i = 1; i <= COMMANDS; i++) {
                final Entry entry = generator.next();
                recent.add(new Asked(entry, both(seed, host, twinTeller, entry, entry.nowMs())));
                if (recent.size() > RETRIED) {
                    recent.remove();
                }
                if (i % SNAPSHOT_EVERY == 0) {
                    host.snapshot();
                }
                if (dice.below(250) == 0) {
                    final long hash = host.leader().stateHash();
                    host.changeLeader();
                    changes++;
                    assertThat(host.leader().stateHash()).as("seed %d, after %d messages", seed, host.messages()).isEqualTo(hash);
                    for (final Asked asked : recent) {
                        repeated += retry(seed, host, twinTeller, asked) ? 1 : 0;
                    }
                }
            }
            assertThat(changes).isGreaterThan(3);
            assertThat(repeated).isGreaterThan(3);
            assertThat(host.leader().stateHash()).isEqualTo(host.undisturbed().stateHash());
            host.leader().check();
        }
    }

    /** @return whether it was an answer given again */
    private static boolean retry(final long seed, final FakeHost host, final Answered.Teller twinTeller, final Asked asked) {
        final Answered answer = both(seed, host, twinTeller, asked.entry, host.lastMs());
        if (!answer.repeated()) {
            return false;
        }
        assertThat(answer.events()).as("nothing happens twice: %s", asked.entry.words()).isEmpty();
        assertThat(answer.result()).isEqualTo(asked.answer.result());
        assertThat(answer.number1()).isEqualTo(asked.answer.number1());
        assertThat(answer.number2()).isEqualTo(asked.answer.number2());
        assertThat(answer.number3()).isEqualTo(asked.answer.number3());
        return true;
    }

    private static Answered both(final long seed, final FakeHost host, final Answered.Teller twinTeller, final Entry entry,
                                 final long wallMs) {
        final Answered actual = host.offer(wallMs, entry.flags(), entry.command());
        final Answered expected = twinTeller.tell(host.messages(), host.lastMs(), entry.flags(), entry.command());
        assertThat(actual).as("seed %d, message %d: %s", seed, host.messages(), entry.words()).isEqualTo(expected);
        return actual;
    }
}
