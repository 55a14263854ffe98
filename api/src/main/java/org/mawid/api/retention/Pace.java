package org.mawid.api.retention;

import io.github.bucket4j.Bucket;
import java.time.Duration;

/** How much a sweep does in a second. */
@FunctionalInterface
interface Pace {
    /** Waits until so much may be done. */
    void take(int steps);

    /** @param perSecond steps */
    static Pace of(final int perSecond) {
        final Bucket bucket = Bucket.builder().addLimit(limit -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1))).build();
        return bucket.asBlocking()::consumeUninterruptibly;
    }
}
