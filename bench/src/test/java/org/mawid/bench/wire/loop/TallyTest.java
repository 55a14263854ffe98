package org.mawid.bench.wire.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.bench.load.Lives;

/** When clients are told to stop, nothing is said any more: the books can be read. */
@Timeout(60)
class TallyTest {
    private static final int RUNS = 2_000;

    private final Tally tally = new Tally();

    @Test
    void givenAClientThatIsAboutToSpeak_whenStopped_thenStoppingWaitsUntilItHasSpoken() throws Exception {
        final CountDownLatch isAboutTo = new CountDownLatch(1);
        final CountDownLatch may = new CountDownLatch(1);
        final Thread client = start(() -> tally.unlessStopping(() -> {
            isAboutTo.countDown();
            await(may);
            tally.books().said(Lives.SUBMIT, 1);
        }));
        await(isAboutTo);
        final Thread stopping = start(tally::stop);
        while (!tally.isStopping()) {
            Thread.onSpinWait();
        }
        assertThat(stopping.isAlive()).isTrue();
        may.countDown();
        stopping.join();
        assertThat(tally.books().notKnown()).isEqualTo(1);
        client.join();
    }

    @Test
    void givenClientsThatSpeakAllTheTime_whenStopped_thenWhatWasSaidIsAllThatEverWas() throws Exception {
        for (int run = 0; run < RUNS; run++) {
            final Tally own = new Tally();
            final CountDownLatch started = new CountDownLatch(1);
            final Thread client = start(() -> {
                started.countDown();
                for (int turn = 0; turn < 200; turn++) {
                    own.unlessStopping(() -> own.books().said(Lives.SUBMIT, 1));
                }
            });
            await(started);
            own.stop();
            final long said = own.books().notKnown();
            client.join();
            assertThat(own.books().notKnown()).as("run %d", run).isEqualTo(said);
        }
    }

    private static Thread start(final Runnable work) {
        final Thread thread = new Thread(work);
        thread.start();
        return thread;
    }

    private static void await(final CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
