package org.mawid.api.terminal;

/** When a terminal is asked about a payment, how often, and whether what it does not know may be believed. */
final class Questions {
    private static final int MOST_DOUBLED = 4;

    private final TerminalTimes times;
    private int attempts;
    private long notBeforeMs;
    private long askedMs;
    /** From then on nothing that was sent earlier can still arrive at the terminal. */
    private long settledMs;

    Questions(final TerminalTimes times) {
        this.times = times;
    }

    /** Another question, at once. */
    void restart(final long nowMs) {
        attempts = 0;
        notBeforeMs = nowMs;
    }

    /** The same once more, after a pause. @return false = it was asked often enough */
    boolean again(final long nowMs) {
        attempts++;
        notBeforeMs = nowMs + (times.statusPauseMs() << Math.min(attempts - 1, MOST_DOUBLED));
        return attempts < times.statusAttempts();
    }

    /** The same once more, when all has arrived that can. */
    void againWhenSettled() {
        notBeforeMs = settledMs;
    }

    void asked(final long nowMs) {
        askedMs = nowMs;
    }

    /** Something is, or may be, under way to the terminal now. */
    void unsettle(final long nowMs) {
        settledMs = Math.max(settledMs, nowMs + times.settleMs());
    }

    /** Whether all had arrived when the question was asked. */
    boolean isSettled() {
        return askedMs >= settledMs;
    }

    long notBeforeMs() {
        return notBeforeMs;
    }
}
