package org.mawid.engine.readmodel.records;

import java.nio.ByteOrder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.StampRecordDecoder;
import org.mawid.sbe.StampRecordEncoder;
import org.mawid.sbe.StampState;
import org.mawid.sbe.StampsChangedDecoder;
import org.mawid.sbe.StampsIssuedDecoder;

/** Records of stamps. */
final class StampEntries {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int CURRENCY_BYTES = 3;
    private static final int LOCAL = Entry.BLOCK + StampRecordDecoder.localMinorEncodingOffset();
    private static final int CENTIMES = Entry.BLOCK + StampRecordDecoder.amountCentimesEncodingOffset();
    private static final int ISSUED_MS = Entry.BLOCK + StampRecordDecoder.issuedMsEncodingOffset();
    private static final int STATE = Entry.BLOCK + StampRecordDecoder.stateEncodingOffset();
    private static final int PAYMENT = Entry.BLOCK + StampRecordDecoder.paymentIdEncodingOffset();

    private final Staging staging;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final StampRecordEncoder stamp = new StampRecordEncoder();

    StampEntries(final Staging staging) {
        this.staging = staging;
    }

    void issued(final Entry its, final StampsIssuedDecoder event, final int postId, final long nowMs, final long cursor) {
        for (final StampsIssuedDecoder.StampsDecoder one : event.stamps()) {
            final Entry entry = staging.blank(Kind.STAMP, one.stampId());
            stamp.wrapAndApplyHeader(entry.buffer, Entry.MESSAGE, header).stampId(one.stampId()).applicationId(event.applicationId())
                    .amountCentimes(one.amountCentimes()).localMinor(one.localMinor()).microMadPerUnit(event.microMadPerUnit())
                    .issuedMs(nowMs).tariffVersion(event.tariffVersion()).postId(postId).line(one.line()).state(StampState.ISSUED)
                    .consumedPost(0).consumedMs(0).paymentId(0);
            for (int i = 0; i < CURRENCY_BYTES; i++) {
                stamp.currency(i, event.currency(i));
            }
            entry.begin(cursor, stamp.limit() - Entry.MESSAGE);
            entry.link(its.moneyLink());
            its.moneyLink(Kind.STAMP.key(one.stampId()));
            its.stampOf(one.line(), one.stampId());
        }
    }

    /** One of the stamps of an event. What was used is told with where; what was paid, given free or forfeited without it, is not used (any more). */
    void changed(final Entry entry, final StampsChangedDecoder event, final long nowMs) {
        final StampState state = event.state();
        stamp.wrap(entry.buffer, Entry.BLOCK).state(state);
        if (event.paymentId() != 0) {
            stamp.paymentId(event.paymentId());
        }
        if (event.atPostId() != 0) {
            stamp.consumedMs(nowMs).consumedPost(event.atPostId());
        } else if (state == StampState.PAID || state == StampState.WAIVED || state == StampState.FORFEITED) {
            stamp.consumedMs(0).consumedPost(0);
        }
    }

    /** Whether a line may have another instead. */
    static boolean isOver(final StampState state) {
        return switch (state) {
            case VOID, LAPSED, FORFEITED, REFUNDED, CHARGED_BACK -> true;
            default -> false;
        };
    }

    static void voided(final Entry entry) {
        entry.buffer.putByte(STATE, (byte) StampState.VOID.value());
    }

    static void issuedMs(final Entry entry, final Entry as) {
        issuedMs(entry, as.buffer.getLong(ISSUED_MS, ORDER));
    }

    static void issuedMs(final Entry entry, final long ms) {
        entry.buffer.putLong(ISSUED_MS, ms, ORDER);
    }

    static long payment(final Entry entry) {
        return entry.buffer.getLong(PAYMENT, ORDER);
    }

    static long localMinor(final Entry entry) {
        return entry.buffer.getLong(LOCAL, ORDER);
    }

    static long centimes(final Entry entry) {
        return entry.buffer.getLong(CENTIMES, ORDER);
    }
}
