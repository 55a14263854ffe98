package org.mawid.engine.testkit;

import org.agrona.MutableDirectBuffer;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.*; // one encoder for every command

/**
 * How the stamps of {@link Lives} end: paid online and settled, on a terminal, at the counter, or waived by two persons; then used. Each kind
 * of life has its way.
 */
final class LivesMoney {
    static final int ONLINE = 0;
    static final int TERMINAL = 1;
    static final int TWO_LINES = 2;
    static final int WAIVED = 3;
    static final int COUNTER = 4;
    /** 500.00 MAD at 10.85 MAD for a euro. */
    private static final long PRICE_MINOR = 4_608;
    private static final long FIRST_AND_COUNT = 0xFF_FFFF_FFFF_FFFFL;
    private static final int DIGITS = 20;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final StartPaymentEncoder startPayment = new StartPaymentEncoder();
    private final RecordCounterReceiptEncoder receipt = new RecordCounterReceiptEncoder();
    private final RecordApprovalEncoder approval = new RecordApprovalEncoder();
    private final ProposeEncoder propose = new ProposeEncoder();
    private final DecideEncoder decide = new DecideEncoder();
    private final ConsumeStampEncoder consume = new ConsumeStampEncoder();
    private final RecordSettlementEncoder settlement = new RecordSettlementEncoder();
    private final long[] stamp = new long[Lives.LANES];
    private final long[] payment = new long[Lives.LANES];
    private final byte[] text = new byte[RecordApprovalEncoder.transactionLength()];
    private long transactions;

    /** What a request asks for. */
    interface Asker {
        void ask(RequestEncoder request);
    }

    void issued(final int lane, final long firstAndCount) {
        stamp[lane] = firstAndCount & FIRST_AND_COUNT;
    }

    void paymentBegun(final int lane, final Outcome outcome) {
        payment[lane] = outcome.number1();
    }

    int pay(final int lane, final int kind, final long application, final int epochDay, final Asker asker, final MutableDirectBuffer to, final int offset) {
        if (kind == WAIVED) {
            asker.ask(propose.wrapAndApplyHeader(to, offset, header).request());
            return propose.stampId(stamp[lane]).reasonHash(1).epochDay(epochDay).reasonCode(1).matter(StampMatter.WAIVER).limit() - offset;
        }
        if (kind == ONLINE || kind == TERMINAL) {
            asker.ask(startPayment.wrapAndApplyHeader(to, offset, header).request());
            startPayment.applicationId(application).terminalId(kind == ONLINE ? 0 : terminal(lane)).epochDay(epochDay).postId(Lives.POST)
                    .means(kind == ONLINE ? PaymentMeans.ONLINE : PaymentMeans.TERMINAL).stampsCount(1).next().stampId(stamp[lane]);
            return startPayment.limit() - offset;
        }
        final int lines = kind == TWO_LINES ? 2 : 1;
        asker.ask(receipt.wrapAndApplyHeader(to, offset, header).request());
        receipt.applicationId(application).amountMinor(lines * PRICE_MINOR).epochDay(epochDay).postId(Lives.POST);
        euros(to, offset, RecordCounterReceiptEncoder.currencyEncodingOffset());
        final RecordCounterReceiptEncoder.StampsEncoder group = receipt.stampsCount(lines);
        for (int i = 0; i < lines; i++) {
            group.next().stampId(stamp[lane] + i);
        }
        return receipt.limit() - offset;
    }

    /** The terminal, the treasury or the second person answers. @return its length, 0 = nobody has to */
    int answer(final int lane, final int kind, final int epochDay, final Asker asker, final MutableDirectBuffer to, final int offset) {
        if (kind == WAIVED) {
            asker.ask(decide.wrapAndApplyHeader(to, offset, header).request());
            decide.request().actor(2);
            return decide.stampId(stamp[lane]).reasonHash(1).epochDay(epochDay).reasonCode(1).matter(StampMatter.WAIVER).approved(BooleanType.YES)
                    .limit() - offset;
        }
        if (kind != ONLINE && kind != TERMINAL) {
            return 0;
        }
        asker.ask(approval.wrapAndApplyHeader(to, offset, header).request());
        long rest = ++transactions;
        for (int i = 0; i < DIGITS; i++, rest /= 10) {
            text[i] = (byte) ('0' + rest % 10);
        }
        approval.paymentId(payment[lane]).amountMinor(PRICE_MINOR).putTransaction(text, 0).lastFour(4_242);
        euros(to, offset, RecordApprovalEncoder.currencyEncodingOffset());
        blank(to, offset, RecordApprovalEncoder.authorisationCodeEncodingOffset(), RecordApprovalEncoder.authorisationCodeLength());
        blank(to, offset, RecordApprovalEncoder.schemeEncodingOffset(), RecordApprovalEncoder.schemeLength());
        return approval.limit() - offset;
    }

    /** @param line of the application */
    int consume(final int lane, final int line, final long application, final int epochDay, final Asker asker, final MutableDirectBuffer to,
                final int offset) {
        asker.ask(consume.wrapAndApplyHeader(to, offset, header).request());
        return consume.stampId(stamp[lane] + line).applicationId(application).epochDay(epochDay).postId(Lives.POST).line((short) line).secret(0)
                .limit() - offset;
    }

    int settle(final int lane, final int epochDay, final Asker asker, final MutableDirectBuffer to, final int offset) {
        asker.ask(settlement.wrapAndApplyHeader(to, offset, header).request());
        settlement.batchId(0).paymentId(payment[lane]).breakId(0).grossMinor(PRICE_MINOR).commissionMinor(8).madNetCentimes(0).entryHash(1)
                .valueDay(epochDay);
        euros(to, offset, RecordSettlementEncoder.currencyEncodingOffset());
        return settlement.limit() - offset;
    }

    /** Each lane of that kind has its own. */
    static long terminal(final int lane) {
        return 1 + lane;
    }

    private static void euros(final MutableDirectBuffer to, final int offset, final int field) {
        final int at = offset + MessageHeaderEncoder.ENCODED_LENGTH + field;
        to.putByte(at, (byte) 'E');
        to.putByte(at + 1, (byte) 'U');
        to.putByte(at + 2, (byte) 'R');
    }

    private static void blank(final MutableDirectBuffer to, final int offset, final int field, final int length) {
        to.setMemory(offset + MessageHeaderEncoder.ENCODED_LENGTH + field, length, (byte) 0);
    }
}
