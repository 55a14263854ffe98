package org.mawid.engine.readmodel.records;

import java.nio.ByteOrder;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.GroupSizeEncodingDecoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.PaymentChangedDecoder;
import org.mawid.sbe.PaymentRecordDecoder;
import org.mawid.sbe.PaymentRecordDecoder.StampsDecoder;
import org.mawid.sbe.PaymentRecordEncoder;
import org.mawid.sbe.PaymentStartedDecoder;
import org.mawid.sbe.PaymentState;

/** Records of payments. What a payment pays for is the group at its end. */
final class PaymentEntries {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int AMOUNT = Entry.BLOCK + PaymentRecordDecoder.amountMinorEncodingOffset();
    private static final int CENTIMES = Entry.BLOCK + PaymentRecordDecoder.amountCentimesEncodingOffset();
    private static final int STATE = Entry.BLOCK + PaymentRecordDecoder.stateEncodingOffset();
    private static final int SETTLED = Entry.BLOCK + PaymentRecordDecoder.settledEncodingOffset();
    private static final int SETTLED_BY = Entry.BLOCK + PaymentRecordDecoder.settledByEncodingOffset();
    private static final int CURRENCY = Entry.BLOCK + PaymentRecordDecoder.currencyEncodingOffset();
    private static final int RECEIVED_CURRENCY = Entry.BLOCK + PaymentRecordDecoder.receivedCurrencyEncodingOffset();
    private static final int GROUP = Entry.BLOCK + PaymentRecordDecoder.BLOCK_LENGTH;
    private static final int COUNT = GROUP + GroupSizeEncodingDecoder.numInGroupEncodingOffset();
    private static final int STAMPS = GROUP + GroupSizeEncodingDecoder.ENCODED_LENGTH;
    private static final int NO_LAST_FOUR = 10_000;
    private static final int LETTERS = 3;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final PaymentRecordEncoder payment = new PaymentRecordEncoder();

    void started(final Entry entry, final PaymentStartedDecoder event, final int postId, final long nowMs, final long cursor) {
        final PaymentStartedDecoder.StampsDecoder said = event.stamps();
        entry.room(STAMPS + said.count() * StampsDecoder.sbeBlockLength());
        payment.wrapAndApplyHeader(entry.buffer, Entry.MESSAGE, header).paymentId(event.paymentId()).applicationId(event.applicationId()).origin(event.origin())
                .batchId(0).collector(event.collector()).amountMinor(event.amountMinor()).amountCentimes(event.amountCentimes()).receivedMinor(0)
                .startedMs(nowMs).changedMs(nowMs).terminalId(event.terminalId()).epochDay(event.epochDay()).receipt(0).transaction("").scheme("")
                .authorisationCode("").lastFour(NO_LAST_FOUR).reasonCode(0).postId(postId).means(event.means()).state(PaymentState.PENDING)
                .waitsForPerson(BooleanType.NO).settled(BooleanType.NO).settledBy(0);
        for (int i = 0; i < LETTERS; i++) {
            payment.currency(i, event.currency(i)).receivedCurrency(i, event.currency(i));
        }
        final PaymentRecordEncoder.StampsEncoder group = payment.stampsCount(said.count());
        while (said.hasNext()) {
            group.next().stampId(said.next().stampId());
        }
        entry.begin(cursor, payment.limit() - Entry.MESSAGE);
    }

    void changed(final Entry entry, final PaymentChangedDecoder event, final long nowMs) {
        final boolean allocated = state(entry) == PaymentState.UNALLOCATED && event.state() == PaymentState.APPROVED;
        payment.wrap(entry.buffer, Entry.BLOCK).receivedMinor(event.receivedMinor()).batchId(event.batchId()).changedMs(nowMs).receipt(event.receipt())
                .lastFour(event.lastFour()).reasonCode(event.reasonCode()).state(event.state()).waitsForPerson(event.waitsForPerson());
        copy(event, PaymentChangedDecoder.transactionEncodingOffset(), entry, PaymentRecordDecoder.transactionEncodingOffset(), PaymentRecordDecoder.transactionLength());
        copy(event, PaymentChangedDecoder.schemeEncodingOffset(), entry, PaymentRecordDecoder.schemeEncodingOffset(), PaymentRecordDecoder.schemeLength());
        copy(event, PaymentChangedDecoder.authorisationCodeEncodingOffset(), entry, PaymentRecordDecoder.authorisationCodeEncodingOffset(),
                PaymentRecordDecoder.authorisationCodeLength());
        copy(event, PaymentChangedDecoder.currencyEncodingOffset(), entry, PaymentRecordDecoder.receivedCurrencyEncodingOffset(), LETTERS);
        if (allocated) {
            due(entry, -minor(entry), -centimes(entry)); // for what it is now is said next
            entry.buffer.putBytes(CURRENCY, entry.buffer, RECEIVED_CURRENCY, LETTERS);
        }
        if (!hasStamps(event.state())) {
            count(entry, 0);
        }
    }

    private static void copy(final PaymentChangedDecoder event, final int from, final Entry entry, final int to, final int length) {
        entry.buffer.putBytes(Entry.BLOCK + to, event.buffer(), event.offset() + from, length);
    }

    private static boolean hasStamps(final PaymentState state) {
        return state == PaymentState.PENDING || state == PaymentState.IN_DOUBT || state == PaymentState.APPROVED;
    }

    /** It pays for this stamp, too, if it did not before: money that was for nothing. */
    static void covers(final Entry entry, final long stampId, final Entry stamp) {
        if (state(entry) == PaymentState.APPROVED && find(entry, stampId) < 0) {
            entry.grow(entry.length + StampsDecoder.sbeBlockLength());
            entry.buffer.putLong(STAMPS + count(entry) * StampsDecoder.sbeBlockLength(), stampId, ORDER);
            count(entry, count(entry) + 1);
            due(entry, StampEntries.localMinor(stamp), StampEntries.centimes(stamp));
        }
    }

    /** The money of one of its stamps is another's now. */
    static void leaves(final Entry entry, final long stampId, final Entry stamp) {
        final int found = find(entry, stampId);
        if (found >= 0) {
            final int at = STAMPS + found * StampsDecoder.sbeBlockLength();
            entry.buffer.putBytes(at, entry.buffer, at + StampsDecoder.sbeBlockLength(), entry.length - at - StampsDecoder.sbeBlockLength());
            count(entry, count(entry) - 1);
            due(entry, -StampEntries.localMinor(stamp), -StampEntries.centimes(stamp));
        }
    }

    static void settled(final Entry entry, final long entryHash) {
        entry.buffer.putByte(SETTLED, (byte) BooleanType.YES.value());
        entry.buffer.putLong(SETTLED_BY, entryHash, ORDER);
    }

    static void settled(final Entry entry, final Entry as) {
        entry.buffer.putByte(SETTLED, as.buffer.getByte(SETTLED));
        entry.buffer.putLong(SETTLED_BY, as.buffer.getLong(SETTLED_BY, ORDER), ORDER);
    }

    private static int find(final Entry entry, final long stampId) {
        for (int i = 0; i < count(entry); i++) {
            if (entry.buffer.getLong(STAMPS + i * StampsDecoder.sbeBlockLength(), ORDER) == stampId) {
                return i;
            }
        }
        return -1;
    }

    private static int count(final Entry entry) {
        return entry.buffer.getShort(COUNT, ORDER) & 0xFFFF;
    }

    private static void count(final Entry entry, final int stamps) {
        entry.buffer.putShort(COUNT, (short) stamps, ORDER);
        entry.length = STAMPS + stamps * StampsDecoder.sbeBlockLength();
    }

    private static PaymentState state(final Entry entry) {
        return PaymentState.get((short) (entry.buffer.getByte(STATE) & 0xFF));
    }

    private static long minor(final Entry entry) {
        return entry.buffer.getLong(AMOUNT, ORDER);
    }

    private static long centimes(final Entry entry) {
        return entry.buffer.getLong(CENTIMES, ORDER);
    }

    private static void due(final Entry entry, final long addedMinor, final long addedCentimes) {
        entry.buffer.putLong(AMOUNT, minor(entry) + addedMinor, ORDER);
        entry.buffer.putLong(CENTIMES, centimes(entry) + addedCentimes, ORDER);
    }
}
