package org.mawid.engine.core;

import org.agrona.DirectBuffer;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.stamp.Collection;
import org.mawid.engine.stamp.Money;
import org.mawid.engine.stamp.Payments;
import org.mawid.engine.stamp.StampLedger;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.MarkInDoubtDecoder;
import org.mawid.sbe.AskPersonDecoder;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.RecordApprovalDecoder;
import org.mawid.sbe.RecordCounterReceiptDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.StampState;
import org.mawid.sbe.StartPaymentDecoder;

/** Payments: begun here, carried out elsewhere, and what came of it comes back. The order of the checks is public contract. */
final class PaymentCommands {
    private final Rooms rooms;
    private final StampLedger stamps;
    private final Money money;
    private final Payments payments;
    private final Collection collection;
    private final StampMoves moves;
    private final StampsAsked asked;
    private final StartPaymentDecoder startPayment = new StartPaymentDecoder();
    private final RecordCounterReceiptDecoder counterReceipt = new RecordCounterReceiptDecoder();
    private final RecordApprovalDecoder approval = new RecordApprovalDecoder();
    private final MarkInDoubtDecoder inDoubt = new MarkInDoubtDecoder();
    private final AskPersonDecoder askPerson = new AskPersonDecoder();

    PaymentCommands(final Rooms rooms) {
        this.rooms = rooms;
        this.stamps = rooms.stamps;
        this.money = stamps.money();
        this.payments = money.payments();
        this.collection = money.collection();
        this.moves = rooms.moves;
        this.asked = rooms.asked;
    }

    Result start(final long nowMs, final DirectBuffer command, final Outcome outcome) {
        startPayment.wrap(command, CommandCheck.HEADER, StartPaymentDecoder.BLOCK_LENGTH, StartPaymentDecoder.SCHEMA_VERSION);
        final long application = startPayment.applicationId();
        final int postId = startPayment.postId();
        final int terminal = (int) startPayment.terminalId();
        if (!rooms.applications.has(application)) return Result.APPLICATION_UNKNOWN;
        if (!rooms.catalogue.posts().has(postId)) return Result.POST_UNKNOWN;
        if (startPayment.means() == PaymentMeans.TERMINAL) {
            if (!money.terminals().has(terminal) || !money.terminals().isEnabled(terminal) || money.terminals().post(terminal) != postId) return Result.TERMINAL_UNKNOWN;
            if (money.terminals().payment(terminal) != 0) return Result.TERMINAL_BUSY;
        }
        final int currency = rooms.catalogue.posts().currency(postId);
        asked.read(command, StartPaymentDecoder.BLOCK_LENGTH);
        Result refusal = asked.whyNot(application, postId, currency);
        if (refusal == Result.OK) refusal = whyNoMore(application);
        if (refusal != Result.OK) return refusal;
        if (asked.sumMinor() == 0) return Result.AMOUNT_DIFFERS;

        final long payment = collection.open(application, postId, startPayment.meansRaw(), terminal, startPayment.epochDay(), startPayment.request().actor(), currency, nowMs);
        asked.join(payment);
        collection.started(payment, nowMs + rooms.catalogue.stampRules().pendingMs());
        asked.moveTo(StampState.PAYMENT_PENDING);
        moves.tell(payment, 0, 0);
        rooms.applications.changed(application, nowMs);
        outcome.set(Result.OK, payment, payments.amountMinor(payment), payments.amountCentimes(payment));
        return Result.OK;
    }

    Result counterReceipt(final long nowMs, final DirectBuffer command, final Outcome outcome) {
        counterReceipt.wrap(command, CommandCheck.HEADER, RecordCounterReceiptDecoder.BLOCK_LENGTH, RecordCounterReceiptDecoder.SCHEMA_VERSION);
        final long application = counterReceipt.applicationId();
        final int postId = counterReceipt.postId();
        if (!rooms.applications.has(application)) return Result.APPLICATION_UNKNOWN;
        if (!rooms.catalogue.posts().has(postId)) return Result.POST_UNKNOWN;
        final int currency = rooms.catalogue.posts().currency(postId);
        asked.read(command, RecordCounterReceiptDecoder.BLOCK_LENGTH);
        Result refusal = asked.whyNot(application, postId, currency);
        if (refusal == Result.OK) refusal = whyNoMore(application);
        if (refusal != Result.OK) return refusal;
        if (letters(command, RecordCounterReceiptDecoder.currencyEncodingOffset()) != currency) return Result.CURRENCY_MISMATCH;
        if (counterReceipt.amountMinor() != asked.sumMinor()) return differs(asked.sumMinor(), outcome);

        final int means = PaymentMeans.COUNTER.value();
        final long payment = collection.open(application, postId, means, 0, counterReceipt.epochDay(), counterReceipt.request().actor(), currency, nowMs);
        asked.join(payment);
        collection.started(payment, 0);
        final int receipt = collection.receipt(payment);
        collection.charged(payment, asked.sumMinor(), currency, 0, 0, 0, Payments.NO_LAST_FOUR);
        approve(payment, nowMs);
        rooms.applications.changed(application, nowMs);
        outcome.set(Result.OK, payment, receipt & 0xFFFF_FFFFL, 0);
        return Result.OK;
    }

    Result approval(final long nowMs, final DirectBuffer command, final Outcome outcome) {
        approval.wrap(command, CommandCheck.HEADER, RecordApprovalDecoder.BLOCK_LENGTH, RecordApprovalDecoder.SCHEMA_VERSION);
        final long payment = approval.paymentId();
        if (!payments.has(payment)) return Result.PAYMENT_UNKNOWN;
        final long block = command.addressOffset() + CommandCheck.HEADER;
        final long transaction = block + RecordApprovalDecoder.transactionEncodingOffset();
        if (payments.means(payment) >= PaymentMeans.COUNTER.value()) return inThatState(payment, outcome);
        final long known = payments.ofTransaction(payments.means(payment), payments.terminal(payment), transaction);
        if (known != 0 && known != payment) return Result.TRANSACTION_KNOWN;
        if (known == payment) return is(payment, outcome);

        final int currency = letters(command, RecordApprovalDecoder.currencyEncodingOffset());
        final boolean fits = approval.amountMinor() == payments.amountMinor(payment) && currency == payments.currency(payment);
        final boolean awaited = payments.isAwaited(payment);
        final boolean hasHadMoney = payments.hasHadMoney(payment);
        final long booked = hasHadMoney ? collection.surplus(payment, approval.amountMinor(), currency, approval.request().actor(), nowMs) : payment;
        collection.answered(booked);
        collection.charged(booked, approval.amountMinor(), currency, transaction, block + RecordApprovalDecoder.authorisationCodeEncodingOffset(),
                block + RecordApprovalDecoder.schemeEncodingOffset(), approval.lastFour());
        rooms.applications.changed(payments.application(booked), nowMs);
        if (awaited && fits) {
            approve(booked, nowMs);
            return is(booked, outcome);
        }
        collection.unallocated(booked, nowMs);
        if (awaited) {
            moves.stampsGoBack(booked, nowMs);
        }
        collection.changed(booked);
        moves.tell(booked, 0, 0);
        money.movement().tell();
        money.breaks().found(BreakType.UNALLOCATED_MONEY, booked, booked, 0, payments.post(booked), currency, 0, approval.amountMinor(), nowMs);
        return is(booked, outcome);
    }

    Result markInDoubt(final long nowMs, final DirectBuffer command, final Outcome outcome) {
        inDoubt.wrap(command, CommandCheck.HEADER, MarkInDoubtDecoder.BLOCK_LENGTH, MarkInDoubtDecoder.SCHEMA_VERSION);
        final long payment = inDoubt.paymentId();
        if (!payments.has(payment)) return Result.PAYMENT_UNKNOWN;
        if (payments.is(payment, PaymentState.IN_DOUBT)) return is(payment, outcome);
        if (!payments.is(payment, PaymentState.PENDING)) return inThatState(payment, outcome);

        doubt(payment, nowMs);
        return is(payment, outcome);
    }

    /** No answer came: nobody knows whether the money was taken. */
    void doubt(final long payment, final long nowMs) {
        becomeDoubtful(payment, nowMs);
        collection.changed(payment);
        moves.tell(payment, 0, 0);
        rooms.applications.changed(payments.application(payment), nowMs);
    }

    private void becomeDoubtful(final long payment, final long nowMs) {
        collection.answered(payment);
        collection.state(payment, PaymentState.IN_DOUBT, nowMs);
        for (long stamp = payments.firstStamp(payment); stamp != 0; stamp = money.lives().next(stamp)) {
            moves.move(stamp, StampState.IN_DOUBT);
        }
    }

    Result askPerson(final long nowMs, final DirectBuffer command, final Outcome outcome) {
        askPerson.wrap(command, CommandCheck.HEADER, AskPersonDecoder.BLOCK_LENGTH, AskPersonDecoder.SCHEMA_VERSION);
        final long payment = askPerson.paymentId();
        if (!payments.has(payment)) return Result.PAYMENT_UNKNOWN;
        if (!payments.isAwaited(payment) && !payments.is(payment, PaymentState.UNALLOCATED)) return inThatState(payment, outcome);
        if (payments.waitsForPerson(payment)) return is(payment, outcome);

        if (payments.is(payment, PaymentState.PENDING)) {
            becomeDoubtful(payment, nowMs);
        }
        collection.askPerson(payment, askPerson.reasonCode(), nowMs);
        collection.changed(payment);
        moves.tell(payment, 0, 0);
        rooms.applications.changed(payments.application(payment), nowMs);
        if (payments.is(payment, PaymentState.IN_DOUBT)) {
            money.breaks().found(BreakType.PAYMENT_IN_DOUBT, payment, payment, 0, payments.post(payment), payments.currency(payment), payments.amountMinor(payment), 0, nowMs);
        }
        return is(payment, outcome);
    }

    /** Money for all its stamps: they are paid. */
    void approve(final long payment, final long nowMs) {
        collection.state(payment, PaymentState.APPROVED, nowMs);
        for (long stamp = payments.firstStamp(payment); stamp != 0; stamp = money.lives().next(stamp)) {
            moves.pay(stamp, payments.means(payment));
        }
        collection.changed(payment);
        moves.tell(payment, 0, 0);
        money.movement().tell();
    }

    Result whyNoMore(final long application) {
        if (payments.count() >= rooms.catalogue.stampRules().maxPayments()) return Result.PAYMENTS_FULL;
        return payments.countOf(application) >= Payments.MOST_OF_ONE_APPLICATION ? Result.LIMIT_REACHED : Result.OK;
    }

    private Result is(final long payment, final Outcome outcome) {
        outcome.set(Result.OK, payment, payments.state(payment), 0);
        return Result.OK;
    }

    private Result inThatState(final long payment, final Outcome outcome) {
        outcome.set(Result.PAYMENT_STATE, payments.state(payment), 0, 0);
        return Result.PAYMENT_STATE;
    }

    static Result differs(final long due, final Outcome outcome) {
        outcome.set(Result.AMOUNT_DIFFERS, due, 0, 0);
        return Result.AMOUNT_DIFFERS;
    }

    /** Three letters, the first in the lowest byte. */
    static int letters(final DirectBuffer command, final int fieldOffset) {
        final long at = command.addressOffset() + CommandCheck.HEADER + fieldOffset;
        return Memory.getShort(at) | Memory.getByte(at + 2) << 16;
    }
}
