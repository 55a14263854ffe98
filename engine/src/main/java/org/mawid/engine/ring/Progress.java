package org.mawid.engine.ring;

/** Where each stage stands. Each figure is written by one stage, at most once in {@link Stage#STRIDE} entries, and read by anybody. */
final class Progress {
    private volatile long durablePosition;
    private volatile long appliedPosition;
    private volatile long projectedPosition;
    private volatile long nowMs;
    private volatile long nextDueMs;

    Progress(final long position, final long nowMs, final long nextDueMs) {
        this.durablePosition = position;
        this.appliedPosition = position;
        this.projectedPosition = position;
        this.nowMs = nowMs;
        this.nextDueMs = nextDueMs;
    }

    long durablePosition() {
        return durablePosition;
    }

    long appliedPosition() {
        return appliedPosition;
    }

    long projectedPosition() {
        return projectedPosition;
    }

    /** Log time of the applied position. */
    long nowMs() {
        return nowMs;
    }

    /** Log time from which a Tick has something to do, {@link Long#MAX_VALUE} = nothing is waiting. */
    long nextDueMs() {
        return nextDueMs;
    }

    void durable(final long position) {
        durablePosition = position;
    }

    void applied(final long position, final long atMs, final long dueMs) {
        appliedPosition = position;
        nowMs = atMs;
        if (dueMs != nextDueMs) {
            nextDueMs = dueMs;
        }
    }

    void projected(final long position) {
        projectedPosition = position;
    }
}
