package org.mawid.engine.core;

import org.agrona.DirectBuffer;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.stamp.Batches;
import org.mawid.engine.stamp.Books;
import org.mawid.engine.stamp.Money;
import org.mawid.engine.stamp.Movement;
import org.mawid.engine.stamp.Payments;
import org.mawid.engine.stamp.Postings;
import org.mawid.engine.stamp.Price;
import org.mawid.engine.stamp.Returns;
import org.mawid.sbe.Account;
import org.mawid.sbe.BatchClosedEncoder;
import org.mawid.sbe.BatchSettledEncoder;
import org.mawid.sbe.BatchState;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.CloseBatchDecoder;
import org.mawid.sbe.DefineTerminalDecoder;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.RecordReturnSettlementDecoder;
import org.mawid.sbe.RecordSettlementDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.ReturnSettledEncoder;
import org.mawid.sbe.TerminalDefinedEncoder;

/** The end of the day and what the treasury brings: terminals, batches, settlements. The order of the checks is public contract. */
final class SettlementCommands {
    private static final long MOST_CENTIMES = 1_000_000_000_000_000L;

    private final Rooms rooms;
    private final Money money;
    private final Payments payments;
    private final Batches batches;
    private final Returns returns;
    private final Movement movement;
    private final DefineTerminalDecoder defineTerminal = new DefineTerminalDecoder();
    private final CloseBatchDecoder closeBatch = new CloseBatchDecoder();
    private final RecordSettlementDecoder settlement = new RecordSettlementDecoder();
    private final RecordReturnSettlementDecoder returnSettlement = new RecordReturnSettlementDecoder();
    private final TerminalDefinedEncoder terminalDefined = new TerminalDefinedEncoder();
    private final BatchClosedEncoder batchClosed = new BatchClosedEncoder();
    private final BatchSettledEncoder batchSettled = new BatchSettledEncoder();
    private final ReturnSettledEncoder returnSettled = new ReturnSettledEncoder();

    SettlementCommands(final Rooms rooms) {
        this.rooms = rooms;
        this.money = rooms.stamps.money();
        this.payments = money.payments();
        this.batches = money.batches();
        this.returns = money.returns();
        this.movement = money.movement();
    }

    Result defineTerminal(final DirectBuffer command) {
        defineTerminal.wrap(command, CommandCheck.HEADER, DefineTerminalDecoder.BLOCK_LENGTH, DefineTerminalDecoder.SCHEMA_VERSION);
        final int terminal = (int) defineTerminal.terminalId();
        final int postId = defineTerminal.postId();
        if (!rooms.catalogue.posts().has(postId)) return Result.POST_UNKNOWN;
        if (money.terminals().has(terminal) && money.terminals().post(terminal) != postId
                && (money.terminals().payment(terminal) != 0 || money.terminals().batch(terminal) != 0)) {
            return Result.CATALOGUE_CONFLICT;
        }

        final int code = CommandCheck.HEADER + DefineTerminalDecoder.codeEncodingOffset();
        money.terminals().define(terminal, postId, defineTerminal.enabled() == BooleanType.YES, command, code);
        final int block = rooms.events.begin(TerminalDefinedEncoder.TEMPLATE_ID, TerminalDefinedEncoder.BLOCK_LENGTH, postId);
        terminalDefined.wrap(rooms.events.buffer(), block).terminalId(terminal).postId(postId).enabled(defineTerminal.enabled());
        rooms.events.buffer().putBytes(block + TerminalDefinedEncoder.codeEncodingOffset(), command, code, TerminalDefinedEncoder.codeLength());
        rooms.events.end(terminalDefined.limit());
        return Result.OK;
    }

    Result closeBatch(final long nowMs, final DirectBuffer command, final Outcome outcome) {
        closeBatch.wrap(command, CommandCheck.HEADER, CloseBatchDecoder.BLOCK_LENGTH, CloseBatchDecoder.SCHEMA_VERSION);
        final int postId = closeBatch.postId();
        final int terminal = (int) closeBatch.terminalId();
        final int means = closeBatch.meansRaw();
        if (means == PaymentMeans.EARLIER.value() && !rooms.catalogue.coreVersion().takesOver()) return Result.CORE_VERSION_UNSUPPORTED;
        if (!rooms.catalogue.posts().has(postId)) return Result.POST_UNKNOWN;
        if (means == PaymentMeans.TERMINAL.value() && (!money.terminals().has(terminal) || money.terminals().post(terminal) != postId)) return Result.TERMINAL_UNKNOWN;
        final int currency = PaymentCommands.letters(command, CloseBatchDecoder.currencyEncodingOffset());
        final long batch = batches.open(means, terminal, postId, currency);
        if (batch == 0 || batches.currency(batch) != currency) return Result.BATCH_UNKNOWN;

        final long due = batches.due(batch);
        final boolean agree = batches.paidMinor(batch) == closeBatch.paidMinor() && batches.undoneMinor(batch) == closeBatch.undoneMinor()
                && batches.paidCount(batch) == (int) closeBatch.paidCount() && batches.undoneCount(batch) == (int) closeBatch.undoneCount();
        money.closeBatch(batch, closeBatch.epochDay(), nowMs);
        movement.debit(postId, currency, Account.SETTLEMENT_UNDER_WAY.value(), due);
        movement.credit(postId, currency, Postings.receivable(means), due);
        tellClosed(batch);
        movement.tell();
        if (!agree) {
            money.breaks().found(BreakType.TERMINAL_TOTALS_DIFFER, batch, 0, batch, postId, currency, batches.paidMinor(batch) - batches.undoneMinor(batch),
                    closeBatch.paidMinor() - closeBatch.undoneMinor(), nowMs);
        }
        outcome.set(Result.OK, batch, batches.paidMinor(batch) - batches.undoneMinor(batch), agree ? 1 : 0);
        return Result.OK;
    }

    private void tellClosed(final long batch) {
        final int block = rooms.events.begin(BatchClosedEncoder.TEMPLATE_ID, BatchClosedEncoder.BLOCK_LENGTH, batches.post(batch));
        batchClosed.wrap(rooms.events.buffer(), block).batchId(batch).paidMinor(batches.paidMinor(batch)).undoneMinor(batches.undoneMinor(batch))
                .paidCount(batches.paidCount(batch)).undoneCount(batches.undoneCount(batch)).theirPaidMinor(closeBatch.paidMinor()).theirUndoneMinor(closeBatch.undoneMinor())
                .theirPaidCount(closeBatch.paidCount()).theirUndoneCount(closeBatch.undoneCount()).terminalId(closeBatch.terminalId()).epochDay(closeBatch.epochDay())
                .actor(closeBatch.request().actor()).means(closeBatch.means());
        putLetters(block + BatchClosedEncoder.currencyEncodingOffset(), batches.currency(batch));
        rooms.events.end(batchClosed.limit());
    }

    private void putLetters(final int at, final int currency) {
        rooms.events.buffer().putByte(at, (byte) currency);
        rooms.events.buffer().putByte(at + 1, (byte) (currency >>> 8));
        rooms.events.buffer().putByte(at + 2, (byte) (currency >>> 16));
    }

    Result settle(final DirectBuffer command, final Outcome outcome) {
        settlement.wrap(command, CommandCheck.HEADER, RecordSettlementDecoder.BLOCK_LENGTH, RecordSettlementDecoder.SCHEMA_VERSION);
        final long payment = settlement.paymentId();
        final Result refusal = payment == 0 ? whyNotBatch(settlement.batchId()) : whyNotPayment(payment);
        if (refusal == Result.PAYMENT_STATE) outcome.set(refusal, payments.state(payment), 0, 0);
        if (refusal != Result.OK) return refusal;
        final long batch = payment == 0 ? settlement.batchId() : payments.batch(payment);
        final long accepted = settlement.breakId();
        if (accepted != 0 && !money.breaks().has(accepted)) return Result.BREAK_UNKNOWN;
        if (accepted != 0 && !money.breaks().isOpen(accepted)) return Result.BREAK_STATE;
        final int currency = payment == 0 ? batches.currency(batch) : payments.receivedCurrency(payment);
        final int postId = payment == 0 ? batches.post(batch) : payments.post(payment);
        if (PaymentCommands.letters(command, RecordSettlementDecoder.currencyEncodingOffset()) != currency) return Result.CURRENCY_MISMATCH;
        final long due = payment == 0 ? batches.due(batch) : payments.receivedMinor(payment);
        if (accepted == 0 && settlement.grossMinor() != due) return PaymentCommands.differs(due, outcome);
        if (settlement.madNetCentimes() != 0) {
            final long rate = rooms.catalogue.posts().microMadPerUnit(postId);
            if (rate == 0) return Result.RATE_UNKNOWN;
            if (Price.exceeds(settlement.grossMinor() - settlement.commissionMinor(), rooms.catalogue.posts().minorDigits(postId), rate, MOST_CENTIMES)) return Result.OUT_OF_RANGE;
        }

        final boolean closed = batch != 0 && !batches.is(batch, BatchState.OPEN);
        move(postId, currency, settlement.grossMinor(), settlement.commissionMinor(), settlement.madNetCentimes(), due, closed ? Account.SETTLEMENT_UNDER_WAY.value() : Postings.receivable(payments.means(payment)));
        money.settled(batch, payment, settlement.entryHash());
        final int block = rooms.events.begin(BatchSettledEncoder.TEMPLATE_ID, BatchSettledEncoder.BLOCK_LENGTH, postId);
        batchSettled.wrap(rooms.events.buffer(), block).batchId(settlement.batchId()).paymentId(payment).grossMinor(settlement.grossMinor())
                .commissionMinor(settlement.commissionMinor()).madNetCentimes(settlement.madNetCentimes()).entryHash(settlement.entryHash()).valueDay(settlement.valueDay());
        putLetters(block + BatchSettledEncoder.currencyEncodingOffset(), currency);
        rooms.events.end(batchSettled.limit());
        movement.tell();
        return Result.OK;
    }

    private Result whyNotBatch(final long batch) {
        if (!batches.has(batch)) return Result.BATCH_UNKNOWN;
        if (batches.is(batch, BatchState.OPEN)) return Result.BATCH_STATE;
        return batches.is(batch, BatchState.SETTLED) ? Result.ALREADY_SETTLED : Result.OK;
    }

    private Result whyNotPayment(final long payment) {
        if (!payments.has(payment)) return Result.PAYMENT_UNKNOWN;
        if (!payments.is(payment, PaymentState.APPROVED)) return Result.PAYMENT_STATE;
        if (payments.means(payment) != PaymentMeans.ONLINE.value() && payments.batch(payment) != 0) return Result.PAYMENT_STATE;
        if (payments.isSettled(payment)) return Result.ALREADY_SETTLED;
        final long batch = payments.batch(payment);
        return batch != 0 && batches.is(batch, BatchState.SETTLED) ? Result.ALREADY_SETTLED : Result.OK;
    }

    Result settleReturn(final DirectBuffer command, final Outcome outcome) {
        returnSettlement.wrap(command, CommandCheck.HEADER, RecordReturnSettlementDecoder.BLOCK_LENGTH, RecordReturnSettlementDecoder.SCHEMA_VERSION);
        final long number = returnSettlement.returnId();
        if (!rooms.catalogue.coreVersion().keepsReturns()) return Result.CORE_VERSION_UNSUPPORTED;
        if (!returns.has(number)) return Result.RETURN_UNKNOWN;
        if (!returns.isDue(number)) return Result.ALREADY_SETTLED;
        final long accepted = returnSettlement.breakId();
        if (accepted != 0 && !money.breaks().has(accepted)) return Result.BREAK_UNKNOWN;
        if (accepted != 0 && !money.breaks().isOpen(accepted)) return Result.BREAK_STATE;
        final int postId = returns.post(number);
        final long due = returns.amountMinor(number);
        if (PaymentCommands.letters(command, RecordReturnSettlementDecoder.currencyEncodingOffset()) != returns.currency(number)) return Result.CURRENCY_MISMATCH;
        if (accepted == 0 && returnSettlement.grossMinor() != due) return PaymentCommands.differs(due, outcome);
        if (returnSettlement.madNetCentimes() != 0) {
            final long rate = rooms.catalogue.posts().microMadPerUnit(postId);
            if (rate == 0) return Result.RATE_UNKNOWN;
            if (Price.exceeds(returnSettlement.grossMinor() + returnSettlement.commissionMinor(), rooms.catalogue.posts().minorDigits(postId), rate, MOST_CENTIMES)) return Result.OUT_OF_RANGE;
        }

        final boolean closed = !batches.is(returns.batch(number), BatchState.OPEN);
        move(postId, returns.currency(number), -returnSettlement.grossMinor(), returnSettlement.commissionMinor(), -returnSettlement.madNetCentimes(), -due, closed ? Account.SETTLEMENT_UNDER_WAY.value() : Account.ONLINE_RECEIVABLE.value());
        money.returnSettled(number, returnSettlement.entryHash());
        final int block = rooms.events.begin(ReturnSettledEncoder.TEMPLATE_ID, ReturnSettledEncoder.BLOCK_LENGTH, postId);
        returnSettled.wrap(rooms.events.buffer(), block).returnId(number).paymentId(returns.payment(number)).applicationId(returns.application(number))
                .stampId(returns.stamp(number)).batchId(returns.batch(number)).grossMinor(returnSettlement.grossMinor())
                .commissionMinor(returnSettlement.commissionMinor()).madNetCentimes(returnSettlement.madNetCentimes()).entryHash(returnSettlement.entryHash())
                .valueDay(returnSettlement.valueDay());
        putLetters(block + ReturnSettledEncoder.currencyEncodingOffset(), returns.currency(number));
        rooms.events.end(returnSettled.limit());
        movement.tell();
        return Result.OK;
    }

    /**
     * From where the money was awaited to where it has come; what a person has accepted to differ, what the acquirer kept, and the change of currency beside it. What leaves the treasury is less than nothing,
     * but for what was kept.
     */
    private void move(final int postId, final int currency, final long gross, final long commission, final long madNet, final long due, final int awaitedOn) {
        final long net = gross - commission;
        movement.debit(postId, currency, madNet == 0 ? Account.TREASURY.value() : Account.CONVERSION.value(), net);
        movement.debit(postId, currency, Account.ACQUIRER_COMMISSION.value(), commission);
        movement.credit(postId, currency, Account.SUSPENSE.value(), gross - due);
        movement.credit(postId, currency, awaitedOn, due);
        if (madNet != 0) {
            final long value = Price.centimes(net, rooms.catalogue.posts().minorDigits(postId), rooms.catalogue.posts().microMadPerUnit(postId));
            movement.debit(postId, Books.MAD, Account.TREASURY.value(), madNet);
            movement.debit(postId, Books.MAD, Account.FX_DIFFERENCE.value(), value - madNet);
            movement.credit(postId, Books.MAD, Account.CONVERSION.value(), value);
        }
    }
}
