package org.mawid.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EndAskedTest {
    private static final long PATIENCE_MS = 60_000;

    /** As the end of the process does it, on a thread of its own. */
    private static Thread asking(final EndAsked end) {
        final Thread asking = new Thread(end::ask);
        asking.setDaemon(true);
        asking.start();
        return asking;
    }

    @Test
    void givenAnEndThatIsAskedFor_whenTheWorkerIsAtWork_thenItIsInterrupted_andTheEndWaitsForIt() throws Exception {
        final EndAsked end = new EndAsked(PATIENCE_MS);
        final Thread asking = asking(end);

        assertThatThrownBy(() -> TimeUnit.MINUTES.sleep(1)).isInstanceOf(InterruptedException.class);
        assertThat(end.isAsked()).isTrue();
        assertThat(asking.isAlive()).as("the process stays").isTrue();
        end.close();
        asking.join(PATIENCE_MS);
        assertThat(asking.isAlive()).as("and then goes").isFalse();
    }

    @Test
    void givenAWorkerThatDoesNotComeToAnEnd_whenPatienceIsOver_thenTheProcessGoes() throws Exception {
        final EndAsked end = new EndAsked(1);
        try {
            final Thread asking = asking(end);
            // Not by join: of a thread that has already gone it returns at once, interrupted or not.
            assertThatThrownBy(() -> TimeUnit.MINUTES.sleep(1)).isInstanceOf(InterruptedException.class);
            asking.join(PATIENCE_MS);
            assertThat(asking.isAlive()).isFalse();
        } finally {
            end.close();
        }
    }
}
