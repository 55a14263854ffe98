package org.mawid.api.terminal.closing;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.References;
import org.mawid.api.gateway.Sha256;
import org.mawid.engine.CommandSource;
import org.mawid.sbe.CloseBatchEncoder;
import org.mawid.sbe.OpenBreakEncoder;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.RequestEncoder;
import org.mawid.sbe.Result;

/** The commands of a closing in the words of the log, one at a time; all by whoever ordered it. One thread. */
final class ClosingWriter {
    /** High half of every request id. */
    private static final long REQUEST_SPACE = 0x4d61_7769_6443_4c4fL;

    private final UnsafeBuffer scratch = new UnsafeBuffer(ByteBuffer.allocateDirect(CommandSource.MAX_BYTES));
    private final Draft draft;
    private final CloseBatchEncoder close = new CloseBatchEncoder();
    private final OpenBreakEncoder open = new OpenBreakEncoder();
    private int length;

    ClosingWriter(final References references) {
        draft = new Draft(references);
    }

    /** By terminal and period, so that telling it again is harmless; of a terminal that does not number its periods by the batch. */
    static UUID requestId(final int terminalId, final String period, final long batchId) {
        return new UUID(REQUEST_SPACE, hash("close " + terminalId + ' ' + (period.isEmpty() ? "batch " + batchId : "period " + period)));
    }

    /** @return OK, or why the core would not take it */
    Result closeBatch(final ClosingOrder order, final Booking booking, final UUID id) {
        draft.begin(scratch, 0, 0);
        close.wrapAndApplyHeader(scratch, 0, draft.header());
        request(close.request(), id, order, booking.createdMs());
        final Sums theirs = booking.theirs();
        close.paidMinor(theirs.paidMinor()).undoneMinor(theirs.undoneMinor()).terminalId(order.terminalId()).paidCount(theirs.paidCount())
                .undoneCount(theirs.undoneCount()).epochDay(order.epochDay()).postId(booking.postId()).means(PaymentMeans.TERMINAL).currency(booking.currency());
        length = draft.end(close.encodedLength());
        return draft.problem();
    }

    /** @param period for the key: the same difference of the same period is one break */
    Result openBreak(final ClosingOrder order, final Booking booking, final String period, final Difference difference) {
        final String text = "closing " + order.terminalId() + " period " + period + ' ' + booking.batchId() + ' ' + difference.what() + ' ' + difference.currency();
        draft.begin(scratch, 0, 0);
        open.wrapAndApplyHeader(scratch, 0, draft.header());
        request(open.request(), new UUID(REQUEST_SPACE, hash("break " + text)), order, booking.createdMs());
        open.key(hash(text)).paymentId(0).batchId(difference.batchId()).ourMinor(difference.ourMinor()).theirMinor(difference.theirMinor())
                .detailHash(hash(difference.what())).postId(booking.postId()).currency(difference.currency()).breakType(difference.type());
        length = draft.end(open.encodedLength());
        return draft.problem();
    }

    /** Every byte is written: the buffer has carried other commands, and a repeat must be equal. */
    private static void request(final RequestEncoder request, final UUID id, final ClosingOrder order, final long createdMs) {
        request.deadlineMs(0).idHigh(id.getMostSignificantBits()).idLow(id.getLeastSignificantBits()).createdMs(createdMs).sequence(0).actor(order.actor())
                .onBehalfOf(order.onBehalfOf()).clientId(0).channel(order.channel()).putReserved((short) 0, (short) 0, (short) 0);
    }

    /** 64 bits of SHA-256, never 0. */
    private static long hash(final String text) {
        final long hash = new UnsafeBuffer(Sha256.of(text)).getLong(0);
        return hash == 0 ? 1 : hash;
    }

    DirectBuffer buffer() {
        return scratch;
    }

    int length() {
        return length;
    }
}
