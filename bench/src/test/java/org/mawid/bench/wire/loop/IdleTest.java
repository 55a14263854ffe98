package org.mawid.bench.wire.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mawid.bench.load.Life;

class IdleTest {
    private final Deque<FakeLife> open = new ArrayDeque<>();
    private final int[] sentOfStep = new int[Life.STEPS];

    /** Goes through its steps, one answer at a time. */
    private final class FakeLife implements Client {
        private int step;

        @Override
        public void send(final long sinceNs) {
            sentOfStep[step]++;
            step = (step + 1) % Life.STEPS;
            open.add(this);
        }
    }

    @Test
    void givenManyNewLives_whenCallsComeDue_thenEveryStepHasItsShareFromTheBeginning() {
        final Idle idle = new Idle(4_096, () -> { });
        for (int i = 0; i < 4_096; i++) {
            idle.bring(new FakeLife());
        }
        for (int call = 0; call < 2_000; call++) {
            assertThat(idle.send(call)).isTrue();
            idle.add(open.remove());
        }

        assertThat(IntStream.of(sentOfStep).boxed()).as("a fifth each of 2 000").allSatisfy(sent -> assertThat(sent).isBetween(330, 500));
    }

    @Test
    void givenNobodyAnswered_whenMoreCallsComeDueThanThereAreClients_thenTheyHaveNoPlace() {
        final Idle idle = new Idle(3, () -> { });
        for (int i = 0; i < 3; i++) {
            idle.bring(new FakeLife());
        }

        assertThat(idle.send(1)).isTrue();
        assertThat(idle.send(2)).isTrue();
        assertThat(idle.send(3)).isTrue();
        assertThat(idle.send(4)).isFalse();
        idle.add(open.remove());
        assertThat(idle.send(4)).isTrue();
    }
}
