package org.mawid.engine.ring;

import java.util.function.LongSupplier;

/** The time that a host offers to the log. It never goes back; what it is worth to the log is decided where positions are given. */
public interface HostClock {
    /** Milliseconds since 1970-01-01 UTC. Any thread. */
    long nowMs();

    /** The machine's monotonic clock, drawn towards its wall clock by at most so many parts in a million. */
    static HostClock slewed(final long maxPpm) {
        return slewed(System::nanoTime, System::currentTimeMillis, maxPpm);
    }

    /** The same on clocks that are given. */
    static HostClock slewed(final LongSupplier monotonicNanos, final LongSupplier wallMs, final long maxPpm) {
        return new SlewedClock(monotonicNanos, wallMs, maxPpm);
    }

    /** What the machine's wall clock says, right or wrong. Milliseconds since 1970-01-01 UTC. Any thread. */
    default long wallMs() {
        return nowMs();
    }

    /**
     * Goes forward to wall time at once, as a start does, because somebody knows that the wall clock is right. Any thread.
     *
     * @return by how many ms it went; 0 = the wall clock is not ahead, and nothing changed: time never goes back
     */
    default long takeOver() {
        return 0;
    }

    /**
     * From now on no earlier than where the log ended, whatever the machine's wall clock says. Before anything is submitted, by the thread
     * that starts the engine.
     *
     * @param logMs milliseconds since 1970-01-01 UTC
     */
    default void notBefore(final long logMs) {
    }

    /** Draws the clock towards wall time; called now and then by one thread. */
    default void slew() {
    }
}
