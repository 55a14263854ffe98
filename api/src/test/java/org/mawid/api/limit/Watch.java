package org.mawid.api.limit;

import io.github.bucket4j.TimeMeter;
import java.util.concurrent.TimeUnit;

/** A clock that stands still until it is told. */
public final class Watch implements TimeMeter {
    private volatile long nanos = 1;

    public void pass(final long ms) {
        nanos += TimeUnit.MILLISECONDS.toNanos(ms);
    }

    /** How much has passed. */
    public long ms() {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    @Override
    public long currentTimeNanos() {
        return nanos;
    }

    @Override
    public boolean isWallClockBased() {
        return false;
    }
}
