package org.mawid.engine.core;

import org.agrona.DirectBuffer;
import org.mawid.engine.application.Applications;
import org.mawid.engine.application.Lines;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.stamp.Lives;
import org.mawid.engine.stamp.Money;
import org.mawid.engine.stamp.Payments;
import org.mawid.engine.stamp.StampLedger;
import org.mawid.sbe.ConsumeStampDecoder;
import org.mawid.sbe.RecordRefundDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.ReuseStampDecoder;
import org.mawid.sbe.StampState;

/** Stamps that are used, used again or given back. The order of the checks is public contract. */
final class StampCommands {
    private static final long DAY_MS = 86_400_000L;

    private final Rooms rooms;
    private final Applications applications;
    private final Lines lines;
    private final StampLedger stamps;
    private final Money money;
    private final Lives lives;
    private final Payments payments;
    private final StampMoves moves;
    private final ConsumeStampDecoder consume = new ConsumeStampDecoder();
    private final ReuseStampDecoder reuse = new ReuseStampDecoder();
    private final RecordRefundDecoder refund = new RecordRefundDecoder();

    StampCommands(final Rooms rooms) {
        this.rooms = rooms;
        this.applications = rooms.applications;
        this.lines = rooms.applications.lines();
        this.stamps = rooms.stamps;
        this.money = stamps.money();
        this.lives = money.lives();
        this.payments = money.payments();
        this.moves = rooms.moves;
    }

    Result consume(final long nowMs, final DirectBuffer command, final Outcome outcome) {
        consume.wrap(command, CommandCheck.HEADER, ConsumeStampDecoder.BLOCK_LENGTH, ConsumeStampDecoder.SCHEMA_VERSION);
        final long stamp = consume.stampId();
        final int postId = consume.postId();
        if (!stamps.has(stamp) || stamps.application(stamp) != consume.applicationId()) return Result.STAMP_UNKNOWN;
        if (!rooms.catalogue.posts().has(postId)) return Result.POST_UNKNOWN;
        if (Math.abs(consume.epochDay() - Math.floorDiv(nowMs, DAY_MS)) > 1) return Result.NOT_TODAY;
        if (stamps.line(stamp) != consume.line()) return Result.LINE_UNKNOWN;
        if (lives.consumedMs(stamp) != 0) {
            outcome.set(Result.STAMP_ALREADY_CONSUMED, lives.consumedMs(stamp), lives.consumedPost(stamp), 0);
            return Result.STAMP_ALREADY_CONSUMED;
        }
        if (!moves.isWorth(stamp)) return Result.STAMP_STATE;
        if (!moves.isForAct(stamp)) return Result.LINE_STATE;

        moves.consume(stamp, postId, consume.epochDay(), nowMs);
        outcome.set(Result.OK, stamps.amountCentimes(stamp), 0, 0);
        return Result.OK;
    }

    Result reuse(final long nowMs, final DirectBuffer command, final Outcome outcome) {
        reuse.wrap(command, CommandCheck.HEADER, ReuseStampDecoder.BLOCK_LENGTH, ReuseStampDecoder.SCHEMA_VERSION);
        final long stamp = reuse.stampId();
        final long application = reuse.applicationId();
        if (!stamps.has(stamp)) return Result.STAMP_UNKNOWN;
        if (!stamps.is(stamp, StampState.PAID)) return Result.STAMP_STATE;
        if (!moves.isSetFree(stamp)) return Result.LINE_STATE;
        if (!applications.has(application)) return Result.APPLICATION_UNKNOWN;
        if (reuse.line() >= applications.lineCount(application)) return Result.LINE_UNKNOWN;
        final long line = applications.firstLine(application) + reuse.line();
        final long old = moves.line(stamp);
        if (!lines.isValidated(line)) return Result.NOT_VALIDATED;
        if (lines.stamp(line) != 0) return Result.STAMP_ALREADY_ISSUED;
        if (lines.personKey(line) != lines.personKey(old) || lines.service(line) != lines.service(old) || lines.quantity(line) != lines.quantity(old)) {
            return Result.STAMP_DOES_NOT_FIT;
        }
        final Result refusal = stamps.whyNoMore(applications.lastStamp(application));
        if (refusal != Result.OK) return refusal;
        if (payments.count() >= rooms.catalogue.stampRules().maxPayments()) return Result.PAYMENTS_FULL;
        if (payments.countOf(application) >= Payments.MOST_OF_ONE_APPLICATION) return Result.LIMIT_REACHED;

        final long paid = lives.payment(stamp);
        final long copy = stamps.copy(stamp, application, reuse.line(), applications.lastStamp(application));
        applications.lastStamp(application, copy);
        lines.stamp(line, copy);
        money.collection().leaves(paid, stamp, stamps.localMinor(stamp), stamps.amountCentimes(stamp), nowMs);
        final long payment = money.collection().takenOver(paid, application, copy, stamps.localMinor(copy), stamps.amountCentimes(copy), nowMs);
        moves.postings(stamp).giveAway();
        moves.postings(copy).takeOver();
        moves.move(copy, StampState.PAID);
        moves.move(stamp, StampState.VOID);
        moves.leaveLine(stamp);
        moves.tell(payment, 0, 0);
        applications.changed(application, nowMs);
        applications.changed(stamps.application(stamp), nowMs);
        outcome.set(Result.OK, copy, 0, 0);
        return Result.OK;
    }

    Result refund(final long nowMs, final DirectBuffer command, final Outcome outcome) {
        refund.wrap(command, CommandCheck.HEADER, RecordRefundDecoder.BLOCK_LENGTH, RecordRefundDecoder.SCHEMA_VERSION);
        final long stamp = refund.stampId();
        if (!stamps.has(stamp)) return Result.STAMP_UNKNOWN;
        if (stamps.is(stamp, StampState.REFUNDED)) return Result.OK;
        if (!stamps.is(stamp, StampState.REFUND_REQUESTED) || !lives.isApproved(stamp)) return Result.STAMP_STATE;
        if (PaymentCommands.letters(command, RecordRefundDecoder.currencyEncodingOffset()) != stamps.currency(stamp)) return Result.CURRENCY_MISMATCH;
        if (refund.amountMinor() != stamps.localMinor(stamp)) return PaymentCommands.differs(stamps.localMinor(stamp), outcome);

        final long payment = lives.payment(stamp);
        money.drop(stamp);
        moves.postings(stamp).refund(payments.means(payment));
        money.collection().refunded(payment, stamp, stamps.localMinor(stamp), nowMs);
        moves.move(stamp, StampState.REFUNDED);
        moves.leaveLine(stamp);
        moves.tell(payment, 0, 0);
        money.movement().tell();
        applications.changed(stamps.application(stamp), nowMs);
        return Result.OK;
    }
}
