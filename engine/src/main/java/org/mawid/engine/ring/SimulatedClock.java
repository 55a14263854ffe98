package org.mawid.engine.ring;

import java.util.concurrent.atomic.AtomicLong;

/** Time as the submitter says it is. Threads: any. */
public final class SimulatedClock implements HostClock {
    private final AtomicLong nowMs;

    public SimulatedClock(final long startMs) {
        nowMs = new AtomicLong(startMs);
    }

    @Override
    public long nowMs() {
        return nowMs.get();
    }

    @Override
    public void notBefore(final long logMs) {
        advanceTo(logMs); // until somebody says more it is what the log says, not 1970
    }

    /** Never goes back: an earlier instant changes nothing. @param ms milliseconds since 1970-01-01 UTC */
    public void advanceTo(final long ms) {
        nowMs.accumulateAndGet(ms, Math::max);
    }
}
