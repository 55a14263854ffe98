package org.mawid.engine.core;

import org.agrona.DirectBuffer;
import org.mawid.engine.application.Applications;
import org.mawid.engine.application.Lines;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.stamp.Collection;
import org.mawid.engine.stamp.Payments;
import org.mawid.engine.stamp.Price;
import org.mawid.engine.stamp.StampLedger;
import org.mawid.sbe.GroupSizeEncodingDecoder;
import org.mawid.sbe.ImportStampsDecoder;
import org.mawid.sbe.ImportStampsDecoder.StampsDecoder;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.Result;

/**
 * Stamps of an older system, at its price, and what was paid for them there. Its money is booked as any: the older system is who collected it, and owes it
 * (OPENING_BALANCE) until a batch of it is closed and settled. The order of the checks is public contract. From core version 6 on.
 */
final class TakingOver {
    private static final long DAY_MS = 86_400_000L;
    private static final long MOST_PAID_MINOR = 1_000_000_000_000L;

    private final Rooms rooms;
    private final Applications applications;
    private final Lines lines;
    private final StampLedger stamps;
    private final PaymentCommands payments;
    private final ImportStampsDecoder command = new ImportStampsDecoder();
    private int postId;
    private boolean paid;
    private long number;

    TakingOver(final Rooms rooms, final PaymentCommands payments) {
        this.rooms = rooms;
        this.applications = rooms.applications;
        this.lines = rooms.applications.lines();
        this.stamps = rooms.stamps;
        this.payments = payments;
    }

    Result stamps(final long nowMs, final DirectBuffer buffer, final Outcome outcome) {
        if (!rooms.catalogue.coreVersion().takesOver()) return Result.CORE_VERSION_UNSUPPORTED;
        command.wrap(buffer, CommandCheck.HEADER, ImportStampsDecoder.BLOCK_LENGTH, ImportStampsDecoder.SCHEMA_VERSION);
        final long application = command.applicationId();
        postId = command.postId();
        if (!applications.has(application)) return Result.APPLICATION_UNKNOWN;
        if (!rooms.catalogue.posts().has(postId)) return Result.POST_UNKNOWN;
        final int currency = rooms.catalogue.posts().currency(postId);
        if (PaymentCommands.letters(buffer, ImportStampsDecoder.currencyEncodingOffset()) != currency) return Result.CURRENCY_MISMATCH;
        final long block = buffer.addressOffset() + CommandCheck.HEADER;
        final long transaction = block + ImportStampsDecoder.transactionEncodingOffset();
        paid = Memory.getByte(transaction) != 0;
        number = 0;
        final int asked = Memory.getShort(block + ImportStampsDecoder.BLOCK_LENGTH + Short.BYTES);
        Result refusal = whyNotThese(application, block + ImportStampsDecoder.BLOCK_LENGTH + GroupSizeEncodingDecoder.ENCODED_LENGTH, asked, nowMs);
        if (refusal == Result.OK) refusal = stamps.whyTooMany(applications.lastStamp(application));
        if (refusal == Result.OK && paid) refusal = whyNotPaid(application, transaction, nowMs);
        if (refusal != Result.OK) {
            outcome.set(refusal, number, 0, 0);
            return refusal;
        }

        final long stamp = stamps.issueEarlier(application, applications.lastStamp(application));
        final int count = stamps.wanted();
        for (int i = 0; i < count; i++) {
            lines.stamp(applications.firstLine(application) + stamps.wantedLine(i), stamp + i);
        }
        applications.lastStamp(application, stamp + count - 1);
        stamps.emitIssued(application, stamp);
        stamps.emitTakenOver(application, stamp);
        outcome.set(Result.OK, stamp, paid ? pay(application, stamp, count, currency, block, nowMs) : 0, 0);
        applications.changed(application, nowMs);
        return Result.OK;
    }

    /** What they would be is what is wanted of the ledger. */
    private Result whyNotThese(final long application, final long entries, final int count, final long nowMs) {
        final int digits = rooms.catalogue.posts().minorDigits(postId);
        final int roundTo = rooms.catalogue.posts().roundToMinor(postId);
        final long age = paid ? rooms.catalogue.stampRules().validityMs() : rooms.catalogue.stampRules().lapseMs();
        long sumMinor = 0;
        stamps.want(postId);
        for (int i = 0; i < count; i++) {
            final long at = entries + (long) i * StampsDecoder.sbeBlockLength();
            final int ofApplication = Memory.getByte(at + StampsDecoder.lineEncodingOffset());
            final long amountCentimes = Memory.getLong(at + StampsDecoder.amountCentimesEncodingOffset());
            final long localMinor = Memory.getLong(at + StampsDecoder.localMinorEncodingOffset());
            final long rate = Memory.getLong(at + StampsDecoder.microMadPerUnitEncodingOffset());
            final long issuedMs = Memory.getLong(at + StampsDecoder.issuedMsEncodingOffset());
            if (ofApplication >= applications.lineCount(application)) return Result.LINE_UNKNOWN;
            final long line = applications.firstLine(application) + ofApplication;
            if (!lines.isOpen(line)) return Result.LINE_STATE;
            if (lines.stamp(line) != 0) return Result.STAMP_ALREADY_ISSUED;
            if (issuedMs > nowMs) return refuse(Result.TOO_EARLY, issuedMs);
            if (issuedMs <= nowMs - age) return refuse(Result.EARLIER_STAMP_OVER, issuedMs + age);
            if (!Price.isNear(amountCentimes, localMinor, digits, rate, roundTo)) return refuse(Result.EARLIER_PRICE_DIFFERS, Price.localMinor(amountCentimes, digits, rate, 1));
            sumMinor += localMinor;
            stamps.wantEarlier(ofApplication, lines.service(line), lines.quantity(line), amountCentimes, localMinor, rate, issuedMs, nowMs);
        }
        return paid && sumMinor > MOST_PAID_MINOR ? Result.LIMIT_REACHED : Result.OK;
    }

    private Result whyNotPaid(final long application, final long transaction, final long nowMs) {
        if (command.paidDay() > Math.floorDiv(nowMs, DAY_MS) + 1) return refuse(Result.TOO_EARLY, command.paidDay() * DAY_MS);
        if (stamps.money().payments().ofTransaction(PaymentMeans.EARLIER.value(), 0, transaction) != 0) return Result.TRANSACTION_KNOWN;
        return payments.whyNoMore(application);
    }

    private Result refuse(final Result refusal, final long why) {
        number = why;
        return refusal;
    }

    private long pay(final long application, final long first, final int count, final int currency, final long block, final long nowMs) {
        final Collection collection = stamps.money().collection();
        final long payment = collection.open(application, postId, PaymentMeans.EARLIER.value(), 0, command.paidDay(), command.request().actor(), currency, nowMs);
        for (int i = 0; i < count; i++) {
            collection.covers(payment, first + i, i == 0 ? 0 : first + i - 1, stamps.localMinor(first + i), stamps.amountCentimes(first + i));
        }
        collection.started(payment, 0);
        collection.charged(payment, stamps.money().payments().amountMinor(payment), currency, block + ImportStampsDecoder.transactionEncodingOffset(), 0,
                block + ImportStampsDecoder.earlierMeansEncodingOffset(), Payments.NO_LAST_FOUR);
        payments.approve(payment, nowMs);
        return payment;
    }
}
