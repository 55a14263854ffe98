package org.mawid.engine.readmodel.money;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.memory.BlankMemory;
import org.mawid.engine.readmodel.Records.Payment;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PaymentStartedDecoder;

/**
 * Payments of which no more is known than that they were begun: the bytes of their events, in rows that are used again, out of which payments are made for
 * who asks. Hundreds of thousands a second come and go at the peak, and few of them are ever looked at: what is made for each would be the collector's work.
 *
 * <p>One thread writes, any reads. A row's first word is the number of its payment, 0 = free: put last when it is filled, first when it is freed. No payment begins
 * twice, so who finds the same number before and after having copied a row has copied that payment.
 */
final class BegunPayments {
    private static final int STAMPS = 16;
    private static final int MESSAGE = Long.BYTES;
    private static final int MESSAGE_BYTES = MessageHeaderDecoder.ENCODED_LENGTH + PaymentStartedDecoder.BLOCK_LENGTH
            + PaymentStartedDecoder.StampsDecoder.sbeHeaderSize() + STAMPS * PaymentStartedDecoder.StampsDecoder.sbeBlockLength();
    private static final int ROW_BYTES = MESSAGE + MESSAGE_BYTES;
    private static final int PAGE_BITS = 9;
    private static final int PAGE_ROWS = 1 << PAGE_BITS;
    private static final long NONE = -1;

    private final Long2LongHashMap rows = new Long2LongHashMap(NONE);
    private final Reading reading = new Reading();
    private int[] free = new int[PAGE_ROWS];
    private int freeCount;
    private volatile UnsafeBuffer[] pages = {};

    /** A thread's own. */
    private static final class Reading {
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final PaymentStartedDecoder event = new PaymentStartedDecoder();

        private PaymentStartedDecoder of(final UnsafeBuffer buffer, final int offset) {
            return event.wrapAndApplyHeader(buffer, offset, header);
        }
    }

    // ---- one thread

    void add(final PaymentStartedDecoder event) {
        final int length = MessageHeaderDecoder.ENCODED_LENGTH + event.sbeDecodedLength();
        Invariant.that(length <= MESSAGE_BYTES, "a payment is of 1 to 16 stamps", event.paymentId(), length);
        if (freeCount == 0) {
            makeRoom();
        }
        final int row = free[--freeCount];
        final UnsafeBuffer page = page(pages, row);
        page.putBytes(at(row) + MESSAGE, event.buffer(), event.offset() - MessageHeaderDecoder.ENCODED_LENGTH, length);
        page.putLongOrdered(at(row), event.paymentId());
        rows.put(event.paymentId(), row);
    }

    boolean has(final long paymentId) {
        return rows.get(paymentId) != NONE;
    }

    /** One that is there. */
    Payment payment(final long paymentId) {
        return PaymentReading.started(event(paymentId));
    }

    /** 0 = at none. */
    int terminalOf(final long paymentId) {
        return (int) event(paymentId).terminalId();
    }

    private PaymentStartedDecoder event(final long paymentId) {
        final int row = (int) rows.get(paymentId);
        return reading.of(page(pages, row), at(row) + MESSAGE);
    }

    void remove(final long paymentId) {
        final int row = (int) rows.remove(paymentId);
        page(pages, row).putLongOrdered(at(row), 0);
        VarHandle.releaseFence(); // whoever sees a byte of what comes next sees that it was freed
        free[freeCount++] = row;
    }

    private void makeRoom() {
        final UnsafeBuffer[] more = Arrays.copyOf(pages, pages.length + 1);
        final UnsafeBuffer page = BlankMemory.take(PAGE_ROWS * ROW_BYTES);
        final int first = pages.length << PAGE_BITS;
        free = Arrays.copyOf(free, first + PAGE_ROWS);
        for (int row = first + PAGE_ROWS - 1; row >= first; row--) {
            page.putLong(at(row), 0);
            free[freeCount++] = row;
        }
        more[pages.length] = page;
        pages = more;
    }

    private static UnsafeBuffer page(final UnsafeBuffer[] pages, final int row) {
        return pages[row >>> PAGE_BITS];
    }

    /** Of its page. */
    private static int at(final int row) {
        return (row & PAGE_ROWS - 1) * ROW_BYTES;
    }

    // ---- any thread

    /** Those that are wanted, by number, and no more of them than so many. */
    TreeMap<Long, Payment> those(final Predicate<PaymentStartedDecoder> wanted, final int most) {
        final TreeMap<Long, Payment> those = new TreeMap<>();
        final Reading copied = new Reading();
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[MESSAGE_BYTES]);
        for (final UnsafeBuffer page : pages) {
            for (int row = 0; row < PAGE_ROWS; row++) {
                final long paymentId = page.getLongVolatile(at(row));
                if (paymentId == 0 || those.size() == most && paymentId > those.lastKey()) {
                    continue;
                }
                copy.putBytes(0, page, at(row) + MESSAGE, MESSAGE_BYTES);
                VarHandle.acquireFence();
                if (page.getLongVolatile(at(row)) == paymentId && wanted.test(copied.of(copy, 0))) {
                    those.put(paymentId, PaymentReading.started(copied.of(copy, 0)));
                    if (those.size() > most) {
                        those.pollLastEntry();
                    }
                }
            }
        }
        return those;
    }
}
