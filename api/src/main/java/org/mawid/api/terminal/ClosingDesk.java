package org.mawid.api.terminal;

import java.util.concurrent.CompletableFuture;
import org.mawid.api.terminal.ReconciliationFailed.Reason;
import org.mawid.api.terminal.nexo.Incoming.ReconciliationAnswer;
import org.mawid.api.terminal.nexo.Request;

/**
 * Ends of the day at one terminal, one at a time. Between a period's end and the word that it is in the books no payment is asked for: what was
 * charged meanwhile would be of the next period at the terminal and of the last one in the books.
 */
final class ClosingDesk {
    private static final int ROUNDS = 4;

    private final TerminalRegistration terminal;
    private final TerminalTimes times;
    private final Effects effects;
    private ClosingTill closing;
    private int unbooked;

    ClosingDesk(final TerminalRegistration terminal, final TerminalTimes times, final Effects effects) {
        this.terminal = terminal;
        this.times = times;
        this.effects = effects;
    }

    /** @param underWay what the terminal is asked now, null = nothing */
    void begin(final String lastKnown, final CompletableFuture<TerminalTotals> result, final Exchange underWay, final long nowMs) {
        if (isUnderWay() || underWay != null && underWay.request() instanceof Request.Reconciliation) {
            result.completeExceptionally(new ReconciliationFailed(terminal.terminalId(), Reason.UNDER_WAY, ""));
        } else {
            closing = new ClosingTill(terminal, lastKnown, effects, result, nowMs + times.waitMs() + ROUNDS * times.hostMs());
        }
    }

    boolean isUnderWay() {
        return closing != null && !closing.isDone();
    }

    Request next() {
        return closing.next();
    }

    void answered(final ReconciliationAnswer answer) {
        if (isUnderWay()) {
            closing.answered(answer);
            unbooked += closing.isTold() ? 1 : 0;
        }
    }

    void silent() {
        if (isUnderWay()) {
            closing.silent();
        }
    }

    void tick(final long nowMs) {
        if (isUnderWay()) {
            closing.tick(nowMs);
        }
    }

    /** The totals that were told are in the books, or it was given up. */
    void booked() {
        unbooked--;
    }

    /** Totals are told and not booked. */
    boolean isHeld() {
        return unbooked > 0;
    }

    void end() {
        if (isUnderWay()) {
            closing.fail(Reason.NOT_REACHABLE);
        }
    }

    /** When {@link #tick} is due. */
    long wakeMs() {
        return isUnderWay() ? closing.wakeMs() : Long.MAX_VALUE;
    }
}
