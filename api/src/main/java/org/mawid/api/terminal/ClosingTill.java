package org.mawid.api.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.mawid.api.terminal.ReconciliationFailed.Reason;
import org.mawid.api.terminal.TerminalTotals.OfCurrency;
import org.mawid.api.terminal.nexo.Condition;
import org.mawid.api.terminal.nexo.Incoming.ReconciliationAnswer;
import org.mawid.api.terminal.nexo.Request;
import org.mawid.api.terminal.nexo.Totals;

/**
 * One end of day at a terminal. A period that was closed without our hearing of it must not be lost: the terminal is asked for its last period
 * first, and again after each silence; one that is not the last known is the one that was lost.
 */
final class ClosingTill {
    private static final int MOST_ATTEMPTS = 3;

    private final TerminalRegistration terminal;
    private final Effects effects;
    private final CompletableFuture<TerminalTotals> result;
    private final long untilMs;
    private final String lastKnown;
    private boolean isAskingPrevious = true;
    private boolean isClosingAsked;
    private boolean isTold;
    private int attempts;

    /** @param lastKnown number of the last period that is in the books, empty = it has ended none; null = only asked which it was */
    ClosingTill(final TerminalRegistration terminal, final String lastKnown, final Effects effects, final CompletableFuture<TerminalTotals> result, final long untilMs) {
        this.terminal = terminal;
        this.effects = effects;
        this.result = result;
        this.untilMs = untilMs;
        this.lastKnown = lastKnown;
    }

    Request next() {
        isClosingAsked |= !isAskingPrevious;
        return new Request.Reconciliation(isAskingPrevious);
    }

    void answered(final ReconciliationAnswer answer) {
        if (!isAskingPrevious) {
            closed(answer);
        } else if (lastKnown == null) {
            previous(answer);
        } else if (answer.reply().isSuccess() && !answer.reconciliationId().isEmpty() && !answer.reconciliationId().equals(lastKnown)) {
            done(answer, true);
        } else if (answer.reply().isFailure() && isClosingAsked && answer.reply().condition() != Condition.NOT_FOUND) {
            fail(Reason.NO_ANSWER); // it cannot tell whether it has closed
        } else {
            isAskingPrevious = false;
        }
    }

    private void previous(final ReconciliationAnswer answer) {
        if (answer.reply().isSuccess() || answer.reply().condition() == Condition.NOT_FOUND) {
            result.complete(new TerminalTotals(terminal.terminalId(), terminal.postId(), answer.reconciliationId(), true, List.of()));
        } else if (answer.reply().condition() == Condition.BUSY) {
            silent();
        } else {
            fail(Reason.REFUSED);
        }
    }

    private void closed(final ReconciliationAnswer answer) {
        if (answer.reply().isSuccess()) {
            done(answer, false);
        } else if (answer.reply().condition() == Condition.BUSY) {
            silent();
        } else {
            fail(Reason.REFUSED);
        }
    }

    /** No answer, or none that can be used, or the connection ended. */
    void silent() {
        attempts++;
        isAskingPrevious = true;
        if (attempts >= MOST_ATTEMPTS) {
            fail(Reason.NO_ANSWER);
        }
    }

    void tick(final long nowMs) {
        if (nowMs >= untilMs) {
            fail(isClosingAsked ? Reason.NO_ANSWER : Reason.NOT_REACHABLE);
        }
    }

    boolean isDone() {
        return result.isDone();
    }

    /** A period has ended and its totals are known. */
    boolean isTold() {
        return isTold;
    }

    long wakeMs() {
        return untilMs;
    }

    private void done(final ReconciliationAnswer answer, final boolean isRepeated) {
        final Map<String, long[]> sums = new TreeMap<>();
        for (final Totals line : answer.totals()) {
            if (line.kind() == Totals.Kind.NOTHING) {
                continue;
            }
            if (!line.amount().isUsable()) {
                result.completeExceptionally(new ReconciliationFailed(terminal.terminalId(), Reason.WRONG_TOTALS, answer.reconciliationId()));
                return;
            }
            final long[] sum = sums.computeIfAbsent(line.amount().currency(), currency -> new long[Totals.Kind.values().length * 2]);
            sum[2 * line.kind().ordinal()] += line.count();
            sum[2 * line.kind().ordinal() + 1] += line.amount().minor();
        }
        final List<OfCurrency> currencies = new ArrayList<>();
        sums.forEach((currency, sum) -> currencies.add(new OfCurrency(currency, sum[0], sum[1], sum[2], sum[3], sum[4], sum[5])));
        final TerminalTotals totals = new TerminalTotals(terminal.terminalId(), terminal.postId(), answer.reconciliationId(), isRepeated, currencies);
        isTold = true;
        effects.totals(totals);
        result.complete(totals);
    }

    void fail(final Reason reason) {
        result.completeExceptionally(new ReconciliationFailed(terminal.terminalId(), reason, ""));
    }
}
