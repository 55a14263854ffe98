package org.mawid.client;

import java.util.concurrent.ThreadLocalRandom;

/**
 * When the same message goes out again, the one rule for calls, batches, streams and watches: not before the delay that the answer carries, and
 * a little later so that clients do not march in step; after a back-off of one's own when it carries none. One for each message, one thread.
 */
final class Repeat {
    /** It would be too late. */
    static final long NEVER = -1;
    /** One eighth of what was told is added at most. */
    private static final int JITTER_SHARE = 8;

    private final Backoff backoff = new Backoff();

    /** @param refusal null when gRPC made the failure, as when nobody is there @param leftMs see below */
    long afterMs(final Refusal refusal, final long leftMs) {
        return afterMs(refusal == null ? 0 : refusal.retryMs(), leftMs);
    }

    /**
     * @param toldMs what the answer carries, 0 = nothing
     * @param leftMs until the caller's time is over
     * @return ms, less than are left; {@link #NEVER} when it would be over by then
     */
    long afterMs(final long toldMs, final long leftMs) {
        final long delayMs = toldMs > 0 ? toldMs : backoff.nextMs();
        if (delayMs >= leftMs) {
            return NEVER;
        }
        return toldMs > 0 ? Math.min(leftMs - 1, toldMs + ThreadLocalRandom.current().nextLong(toldMs / JITTER_SHARE + 1)) : delayMs;
    }

    /** It goes on: the next trouble is a new one. */
    void progress() {
        backoff.reset();
    }
}
