package org.mawid.engine.core;

import org.agrona.DirectBuffer;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.stamp.Collection;
import org.mawid.engine.stamp.Money;
import org.mawid.engine.stamp.Payments;
import org.mawid.engine.stamp.StampLedger;
import org.mawid.sbe.AllocatePaymentDecoder;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.RecordChargeBackDecoder;
import org.mawid.sbe.RecordFailureDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.StampState;

/** Payments that did not come about, that were undone, and money that pays for something after all. The order of the checks is public contract. */
final class Undoing {
    private final Rooms rooms;
    private final StampLedger stamps;
    private final Money money;
    private final Payments payments;
    private final Collection collection;
    private final StampMoves moves;
    private final RecordFailureDecoder failure = new RecordFailureDecoder();
    private final RecordChargeBackDecoder chargeBack = new RecordChargeBackDecoder();
    private final AllocatePaymentDecoder allocate = new AllocatePaymentDecoder();
    /** Of the present command: what the stamps had cost that were used, or whose money had gone another way. */
    private long afterUseMinor;

    Undoing(final Rooms rooms) {
        this.rooms = rooms;
        this.stamps = rooms.stamps;
        this.money = stamps.money();
        this.payments = money.payments();
        this.collection = money.collection();
        this.moves = rooms.moves;
    }

    Result failure(final long nowMs, final DirectBuffer command, final Outcome outcome) {
        failure.wrap(command, CommandCheck.HEADER, RecordFailureDecoder.BLOCK_LENGTH, RecordFailureDecoder.SCHEMA_VERSION);
        final long payment = failure.paymentId();
        final PaymentState wanted = failure.outcome();
        if (!payments.has(payment)) return Result.PAYMENT_UNKNOWN;
        if (payments.is(payment, wanted) || wanted == PaymentState.REVERSED && payments.is(payment, PaymentState.RETURNED)) return is(payment, outcome);
        final boolean undoes = wanted == PaymentState.REVERSED && (payments.is(payment, PaymentState.APPROVED) || payments.is(payment, PaymentState.UNALLOCATED));
        if (!payments.isAwaited(payment) && !undoes) {
            outcome.set(Result.PAYMENT_STATE, payments.state(payment), 0, 0);
            return Result.PAYMENT_STATE;
        }

        afterUseMinor = 0;
        if (payments.isAwaited(payment)) {
            collection.answered(payment);
            collection.state(payment, wanted, nowMs);
            moves.stampsGoBack(payment, nowMs);
        } else if (payments.is(payment, PaymentState.UNALLOCATED)) {
            collection.returned(payment, nowMs);
            collection.state(payment, PaymentState.RETURNED, nowMs);
        } else {
            collection.state(payment, PaymentState.REVERSED, nowMs);
            moneyGone(payment, false, nowMs);
        }
        collection.failed(payment, failure.reasonCode());
        told(payment, nowMs);
        return is(payment, outcome);
    }

    Result chargeBack(final long nowMs, final DirectBuffer command, final Outcome outcome) {
        chargeBack.wrap(command, CommandCheck.HEADER, RecordChargeBackDecoder.BLOCK_LENGTH, RecordChargeBackDecoder.SCHEMA_VERSION);
        final long payment = chargeBack.paymentId();
        if (!payments.has(payment)) return Result.PAYMENT_UNKNOWN;
        if (payments.is(payment, PaymentState.CHARGED_BACK)) return is(payment, outcome);
        if (!payments.is(payment, PaymentState.APPROVED)) {
            outcome.set(Result.PAYMENT_STATE, payments.state(payment), 0, 0);
            return Result.PAYMENT_STATE;
        }
        if (PaymentCommands.letters(command, RecordChargeBackDecoder.currencyEncodingOffset()) != payments.receivedCurrency(payment)) return Result.CURRENCY_MISMATCH;
        if (chargeBack.amountMinor() != payments.receivedMinor(payment)) return PaymentCommands.differs(payments.receivedMinor(payment), outcome);

        afterUseMinor = 0;
        collection.state(payment, PaymentState.CHARGED_BACK, nowMs);
        moneyGone(payment, true, nowMs);
        told(payment, nowMs);
        return is(payment, outcome);
    }

    private void told(final long payment, final long nowMs) {
        collection.changed(payment);
        moves.tell(payment, 0, 0);
        money.movement().tell();
        rooms.applications.changed(payments.application(payment), nowMs);
        if (afterUseMinor != 0) {
            money.breaks().found(BreakType.MONEY_GONE_AFTER_USE, payment, payment, 0, payments.post(payment), payments.receivedCurrency(payment), afterUseMinor, 0, nowMs);
        }
    }

    Result allocate(final long nowMs, final DirectBuffer command, final Outcome outcome) {
        allocate.wrap(command, CommandCheck.HEADER, AllocatePaymentDecoder.BLOCK_LENGTH, AllocatePaymentDecoder.SCHEMA_VERSION);
        final long payment = allocate.paymentId();
        final long application = allocate.applicationId();
        if (!payments.has(payment)) return Result.PAYMENT_UNKNOWN;
        if (!payments.is(payment, PaymentState.UNALLOCATED)) {
            outcome.set(Result.PAYMENT_STATE, payments.state(payment), 0, 0);
            return Result.PAYMENT_STATE;
        }
        if (allocate.request().actor() == payments.collector(payment)) return Result.SECOND_PERSON_NEEDED;
        if (payments.application(payment) != application) return Result.APPLICATION_UNKNOWN;
        final StampsAsked asked = rooms.asked;
        asked.read(command, AllocatePaymentDecoder.BLOCK_LENGTH);
        final Result refusal = asked.whyNot(application, payments.post(payment), payments.receivedCurrency(payment));
        if (refusal != Result.OK) return refusal;
        if (asked.sumMinor() != payments.receivedMinor(payment)) return PaymentCommands.differs(asked.sumMinor(), outcome);

        afterUseMinor = 0;
        collection.dueForNothing(payment);
        asked.join(payment);
        collection.allocated(payment, nowMs);
        for (int i = 0; i < asked.count(); i++) {
            moves.postings(asked.number(i)).allocate();
        }
        asked.moveTo(StampState.PAID);
        told(payment, nowMs);
        return is(payment, outcome);
    }

    /** All that was received for a payment is taken back: what was paid by it is unpaid, or lost where it was used. */
    private void moneyGone(final long payment, final boolean chargedBack, final long nowMs) {
        final int means = payments.means(payment);
        for (long stamp = payments.firstStamp(payment); stamp != 0; stamp = money.lives().next(stamp)) {
            oneGone(stamp, means, chargedBack, nowMs);
        }
        collection.undone(payment, payments.receivedMinor(payment), 0, nowMs);
        collection.forgetStamps(payment);
    }

    private void oneGone(final long stamp, final int means, final boolean chargedBack, final long nowMs) {
        final StampState state = StampState.get((short) stamps.state(stamp));
        final boolean payable = money.lives().isApproved(stamp);
        money.drop(stamp);
        if (state == StampState.REFUND_REQUESTED && payable) {
            moves.postings(stamp).refund(means);
            ended(stamp, StampState.REFUNDED);
        } else if ((state == StampState.PAID || state == StampState.REFUND_REQUESTED) && chargedBack) {
            moves.postings(stamp).chargeBackHeld(means);
            ended(stamp, StampState.CHARGED_BACK);
        } else if (state == StampState.PAID || state == StampState.REFUND_REQUESTED) {
            moves.postings(stamp).unpay(means);
            moves.goBack(stamp, nowMs);
        } else if (state == StampState.CONSUMED) {
            afterUseMinor += stamps.localMinor(stamp);
            moves.postings(stamp).chargeBackConsumed(means);
            ended(stamp, StampState.CHARGED_BACK);
        } else if (state == StampState.FORFEITED) {
            afterUseMinor += stamps.localMinor(stamp);
            moves.postings(stamp).chargeBackForfeited(means);
            ended(stamp, StampState.CHARGED_BACK);
        }
    }

    private void ended(final long stamp, final StampState state) {
        moves.move(stamp, state);
        moves.leaveLine(stamp);
    }

    private Result is(final long payment, final Outcome outcome) {
        outcome.set(Result.OK, payment, payments.state(payment), 0);
        return Result.OK;
    }
}
