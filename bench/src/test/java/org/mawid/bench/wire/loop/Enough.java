package org.mawid.bench.wire.loop;

import static org.assertj.core.api.Assertions.assertThat;

/** So many answers that a load is known to get on by itself, whatever it is sent over. */
public final class Enough {
    public static final long LONGEST_MS = 60_000;
    private static final int ANSWERS = 300;
    private static final int LOOK_MS = 5;

    private Enough() {
    }

    /** Waits for them; fails at once when the load stops. */
    public static void await(final Tally tally) throws InterruptedException {
        for (long waitedMs = 0; tally.count() < ANSWERS && !tally.isStopping() && waitedMs < LONGEST_MS; waitedMs += LOOK_MS) {
            Thread.sleep(LOOK_MS);
        }
        tally.requireNoFailure();
        assertThat(tally.count()).isGreaterThanOrEqualTo(ANSWERS);
        assertThat(tally.latencyUs(50)).isPositive();
    }
}
