package org.mawid.api.treasury.order;

import io.vertx.core.Future;
import org.mawid.api.treasury.port.BreakKey;
import org.mawid.api.treasury.port.BreakType;
import org.mawid.api.treasury.port.OnlinePayment;
import org.mawid.api.treasury.port.OrderState;
import org.mawid.api.treasury.port.OrderStatus;
import org.mawid.api.treasury.port.PaymentPort;
import org.mawid.api.treasury.port.PaymentPort.Told;
import org.mawid.api.treasury.port.PaymentState;
import org.mawid.api.treasury.port.TreasuryCommand;
import org.mawid.api.treasury.port.TreasuryCommand.Doubt;
import org.mawid.api.treasury.port.TreasuryCommand.Failure;

/**
 * Turns what the treasury says of an order into commands. Whoever hears it, a call-back or a question, and however often and in whatever order: the commands are the same. Money that is not what
 * was asked for pays for nothing: the ledger is told what came, has it as unallocated and opens a break for a person. Any thread.
 */
public final class Verdict {
    private final PaymentPort port;

    /** What has come of it. */
    public enum Outcome {
        /** The ledger has it now. */
        TAKEN,
        /** It had it before, or there is nothing in it to take. */
        NOTHING_NEW,
        /** It is not what was asked for, or not what it was before: a break is open. */
        DIFFERS,
        /** It says the opposite of what the ledger has: a break is open. */
        CONTRADICTED,
        /** The ledger cannot take it by its rules. */
        REFUSED,
        /** The ledger could not be told: the same again later. */
        UNAVAILABLE
    }

    public Verdict(final PaymentPort port) {
        this.port = port;
    }

    /** @param payment as the ledger has it now @param order of that payment's reference */
    public Future<Outcome> of(final OnlinePayment payment, final OrderState order) {
        return switch (order.status()) {
            case OPEN -> Future.succeededFuture(Outcome.NOTHING_NEW);
            case PAID -> paid(payment, order);
            case DECLINED -> failed(payment, order, Failure.DECLINED);
            case CANCELLED -> failed(payment, order, Failure.CANCELLED);
            case EXPIRED -> failed(payment, order, Failure.EXPIRED);
        };
    }

    private Future<Outcome> paid(final OnlinePayment payment, final OrderState order) {
        final boolean isAsAsked = payment.amount().equals(order.amount());
        if (isAsAsked || payment.state() != PaymentState.APPROVED) {
            return told(new TreasuryCommand.RecordApproval(payment.number(), order.order(), order.amount(), order.authorisation(), order.atMs()))
                    .map(outcome -> outcome == Outcome.TAKEN && !isAsAsked ? Outcome.DIFFERS : outcome);
        }
        final boolean isOtherCurrency = !payment.amount().currency().equals(order.amount().currency());
        return differs(payment, order, isOtherCurrency ? BreakType.CURRENCY_DIFFERS : BreakType.AMOUNT_DIFFERS, isOtherCurrency ? Doubt.CURRENCY_DIFFERS : Doubt.AMOUNT_DIFFERS,
                "paid online " + order.amount() + ", asked for were " + payment.amount(), Outcome.DIFFERS);
    }

    private Future<Outcome> failed(final OnlinePayment payment, final OrderState order, final Failure failure) {
        if (payment.state().isPaid()) {
            return differs(payment, order, BreakType.CONTRADICTED, Doubt.CONTRADICTED, "the treasury says " + failure + ", the ledger has it as " + payment.state(), Outcome.CONTRADICTED);
        }
        return told(new TreasuryCommand.RecordFailure(payment.number(), order.order(), failure));
    }

    /** The break first: it is what must not be lost. A payment that is settled stays so. */
    private Future<Outcome> differs(final OnlinePayment payment, final OrderState order, final BreakType type, final Doubt doubt, final String details, final Outcome outcome) {
        final long key = BreakKey.of(type, payment.reference(), order.order(), order.amount());
        final long theirs = order.status() == OrderStatus.PAID && order.amount().currency().equals(payment.amount().currency()) ? order.amount().minor() : 0;
        final TreasuryCommand.About about = new TreasuryCommand.About(payment.postId(), payment.amount().currency(), payment.amount().minor(), theirs, payment.number(), 0);
        return port.tell(new TreasuryCommand.OpenBreak(type, key, about, details))
                .compose(first -> !first.isKept() || payment.state() != PaymentState.PENDING ? Future.succeededFuture(first)
                        : port.tell(new TreasuryCommand.MarkInDoubt(payment.number(), doubt)))
                .compose(second -> second == Told.UNAVAILABLE ? Future.succeededFuture(second) : port.tell(new TreasuryCommand.AskPerson(payment.number(), doubt, details)))
                .map(last -> last == Told.UNAVAILABLE ? Outcome.UNAVAILABLE : outcome);
    }

    private Future<Outcome> told(final TreasuryCommand command) {
        return port.tell(command).map(told -> switch (told) {
            case DONE -> Outcome.TAKEN;
            case REPEATED -> Outcome.NOTHING_NEW;
            case REFUSED -> Outcome.REFUSED;
            case UNAVAILABLE -> Outcome.UNAVAILABLE;
        });
    }

    /** Money for something that the ledger does not know; all else about it is of no matter. */
    public Future<Outcome> ofUnknown(final OrderState order) {
        if (order.status() != OrderStatus.PAID) {
            return Future.succeededFuture(Outcome.NOTHING_NEW);
        }
        final long key = BreakKey.of(BreakType.UNKNOWN_AT_LEDGER, order.reference(), order.order(), order.amount());
        final TreasuryCommand.About about = new TreasuryCommand.About(0, order.amount().currency(), 0, order.amount().minor(), 0, 0);
        return port.tell(new TreasuryCommand.OpenBreak(BreakType.UNKNOWN_AT_LEDGER, key, about, "paid online " + order.amount() + " for " + order.reference() + ", which is no payment of ours"))
                .map(told -> told == Told.UNAVAILABLE ? Outcome.UNAVAILABLE : Outcome.DIFFERS);
    }
}
