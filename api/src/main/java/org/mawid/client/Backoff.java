package org.mawid.client;

import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next attempt when nobody says: doubling from 50 ms to 2 s, each by half at random so that clients do not march in step. */
final class Backoff {
    private static final long FIRST_MS = 50;
    private static final long LAST_MS = 2_000;

    private long nextMs = FIRST_MS;

    long nextMs() {
        final long delay = nextMs / 2 + ThreadLocalRandom.current().nextLong(nextMs / 2 + 1);
        nextMs = Math.min(LAST_MS, 2 * nextMs);
        return delay;
    }

    void reset() {
        nextMs = FIRST_MS;
    }
}
