package org.mawid.engine.readmodel.records;

import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.StampRecordDecoder;
import org.mawid.sbe.StampRecordEncoder;
import org.mawid.sbe.StampState;
import org.mawid.sbe.StampsIssuedDecoder;

/** Records of stamps. */
final class StampEntries {
    private static final int CURRENCY_BYTES = 3;

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
                    .issuedMs(nowMs).tariffVersion(event.tariffVersion()).postId(postId).line(one.line()).state(StampState.ISSUED);
            for (int i = 0; i < CURRENCY_BYTES; i++) {
                stamp.currency(i, event.currency(i));
            }
            entry.begin(cursor, stamp.limit() - Entry.MESSAGE);
            entry.link(its.stampLink());
            its.stampLink(one.stampId());
            its.stampOf(one.line(), one.stampId());
        }
    }

    static void voided(final Entry entry) {
        entry.buffer.putByte(Entry.BLOCK + StampRecordDecoder.stateEncodingOffset(), (byte) StampState.VOID.value());
    }
}
