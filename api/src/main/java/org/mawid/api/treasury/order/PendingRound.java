package org.mawid.api.treasury.order;

import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.mawid.api.treasury.port.OnlinePayment;
import org.mawid.api.treasury.port.OrderState;
import org.mawid.api.treasury.port.PaymentOrder;
import org.mawid.api.treasury.port.PaymentPort;
import org.mawid.api.treasury.port.PaymentState;
import org.mawid.api.treasury.port.Treasury;
import org.mawid.api.treasury.port.TreasuryCommand;
import org.mawid.api.treasury.port.TreasuryCommand.Doubt;
import org.mawid.api.treasury.port.TreasuryCommand.Failure;
import org.mawid.api.treasury.port.TreasuryException;

/**
 * Asks the treasury about every payment that waits for it, one after the other, by number. The list comes from the log, so a round after a crash or after a day without a treasury does what is left
 * to do. Rounds do not overlap. Any thread.
 */
public final class PendingRound {
    private static final int PAGE = 1_000;
    /** Answers that fail in a row before the rest is only looked at by age: nobody waits a thousand time-outs for one dead treasury. */
    private static final int GIVE_UP_AFTER = 3;
    private static final int MOST_REMEMBERED = 100_000;

    private final PaymentPort port;
    private final Treasury treasury;
    private final Verdict verdict;
    private final RoundRules rules;
    private final LongSupplier nowMs;
    private final Set<Long> askedHere = new HashSet<>();
    private Future<Done> running;

    /**
     * @param asked    payments that were looked at
     * @param settled  of them, those that came to an end or to a break
     * @param troubled of them, those that could not be asked for
     */
    public record Done(long asked, long settled, long troubled) {
    }

    /** @param nowMs the engine's time, ms since 1970-01-01 UTC */
    public PendingRound(final PaymentPort port, final Treasury treasury, final RoundRules rules, final LongSupplier nowMs) {
        this.port = port;
        this.treasury = treasury;
        this.rules = rules;
        this.nowMs = nowMs;
        verdict = new Verdict(port);
    }

    /** Begins a round, or gives the one that runs. Never fails. */
    public synchronized Future<Done> run() {
        if (running == null || running.isComplete()) {
            final Tally tally = new Tally();
            running = page(0, tally).otherwise(failure -> tally.done());
        }
        return running;
    }

    private Future<Done> page(final long after, final Tally tally) {
        final List<OnlinePayment> payments;
        try {
            payments = port.pending(after, PAGE);
        } catch (final RuntimeException notNow) { // the records are behind, say: the next round
            return Future.succeededFuture(tally.done());
        }
        if (payments.isEmpty()) {
            return Future.succeededFuture(tally.done());
        }
        Future<Void> chain = Future.succeededFuture();
        for (final OnlinePayment payment : payments) {
            chain = chain.compose(before -> one(payment, tally));
        }
        return chain.compose(all -> page(payments.get(payments.size() - 1).number(), tally));
    }

    private Future<Void> one(final OnlinePayment payment, final Tally tally) {
        tally.asked++;
        if (tally.failedInARow >= GIVE_UP_AFTER) {
            tally.troubled++;
            return unanswered(payment);
        }
        return treasury.orderOf(payment.reference()).compose(found -> {
            tally.failedInARow = 0;
            return found.isPresent() ? told(payment, found.get(), tally) : unknownThere(payment, tally);
        }).recover(failure -> {
            tally.troubled++;
            final boolean mayPass = failure instanceof TreasuryException trouble && trouble.trouble().mayPass();
            tally.failedInARow += mayPass ? 1 : 0;
            return unanswered(payment);
        });
    }

    private Future<Void> told(final OnlinePayment payment, final OrderState state, final Tally tally) {
        return verdict.of(payment, state).map(outcome -> {
            tally.settled += outcome == Verdict.Outcome.TAKEN || outcome == Verdict.Outcome.DIFFERS ? 1 : 0;
            return null;
        });
    }

    /** No order: nothing was charged. A young one gets its order, which is the same however often it is asked for. */
    private Future<Void> unknownThere(final OnlinePayment payment, final Tally tally) {
        if (age(payment) >= rules.abandonAfterMs()) {
            return port.tell(new TreasuryCommand.RecordFailure(payment.number(), "", Failure.EXPIRED)).map(told -> {
                tally.settled += told == PaymentPort.Told.DONE ? 1 : 0;
                return null;
            });
        }
        return treasury.order(PaymentOrder.of(payment)).compose(state -> told(payment, state, tally));
    }

    private Future<Void> unanswered(final OnlinePayment payment) {
        if (age(payment) >= rules.askPersonAfterMs()) {
            return wasAsked(payment) ? Future.succeededFuture() : doubt(payment).compose(told -> port.tell(new TreasuryCommand.AskPerson(payment.number(), Doubt.NO_ANSWER,
                    "the treasury has not answered about it"))).onSuccess(told -> asked(payment, told)).mapEmpty();
        }
        return age(payment) >= rules.inDoubtAfterMs() ? doubt(payment).mapEmpty() : Future.succeededFuture();
    }

    /** Only to spare the log the same question every round: after a restart it is told once more, and is the same request. */
    private boolean wasAsked(final OnlinePayment payment) {
        synchronized (askedHere) {
            return askedHere.contains(payment.number());
        }
    }

    private void asked(final OnlinePayment payment, final PaymentPort.Told told) {
        synchronized (askedHere) {
            if (askedHere.size() == MOST_REMEMBERED) {
                askedHere.clear();
            }
            if (told.isKept()) {
                askedHere.add(payment.number());
            }
        }
    }

    private Future<PaymentPort.Told> doubt(final OnlinePayment payment) {
        return payment.state() == PaymentState.PENDING ? port.tell(new TreasuryCommand.MarkInDoubt(payment.number(), Doubt.NO_ANSWER))
                : Future.succeededFuture(PaymentPort.Told.REPEATED);
    }

    private long age(final OnlinePayment payment) {
        return nowMs.getAsLong() - payment.startedMs();
    }

    /** Of one round. */
    private static final class Tally {
        private long asked;
        private long settled;
        private long troubled;
        private int failedInARow;

        Done done() {
            return new Done(asked, settled, troubled);
        }
    }
}
