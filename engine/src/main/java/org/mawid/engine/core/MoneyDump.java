package org.mawid.engine.core;

import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.stamp.Batches;
import org.mawid.engine.stamp.Books;
import org.mawid.engine.stamp.Breaks;
import org.mawid.engine.stamp.Money;
import org.mawid.engine.stamp.Payments;
import org.mawid.engine.stamp.Returns;
import org.mawid.engine.stamp.StampLedger;
import org.mawid.engine.stamp.Terminals;
import org.mawid.sbe.Account;
import org.mawid.sbe.BatchRecordEncoder;
import org.mawid.sbe.BatchState;
import org.mawid.sbe.BookRecordEncoder;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.BreakRecordEncoder;
import org.mawid.sbe.BreakState;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentRecordEncoder;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.ReturnRecordEncoder;
import org.mawid.sbe.ReturnState;
import org.mawid.sbe.StampMatter;
import org.mawid.sbe.StampProposedEncoder;
import org.mawid.sbe.StampState;
import org.mawid.sbe.StampsChangedEncoder;
import org.mawid.sbe.TerminalRecordEncoder;

/** Tells payments, terminals, batches, breaks, returns and books, and what waits for a second person. */
final class MoneyDump {
    private final StampLedger stamps;
    private final Money money;
    private final UnsafeBuffer buffer;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final PaymentRecordEncoder payment = new PaymentRecordEncoder();
    private final TerminalRecordEncoder terminal = new TerminalRecordEncoder();
    private final BatchRecordEncoder batch = new BatchRecordEncoder();
    private final BreakRecordEncoder found = new BreakRecordEncoder();
    private final ReturnRecordEncoder returned = new ReturnRecordEncoder();
    private final BookRecordEncoder book = new BookRecordEncoder();
    private final StampProposedEncoder proposed = new StampProposedEncoder();
    private final StampsChangedEncoder changed = new StampsChangedEncoder();

    MoneyDump(final StampLedger stamps, final UnsafeBuffer buffer) {
        this.stamps = stamps;
        this.money = stamps.money();
        this.buffer = buffer;
    }

    void payment(final long id, final RecordConsumer records) {
        final Payments payments = money.payments();
        final int block = payment.wrapAndApplyHeader(buffer, 0, header).offset();
        payment.paymentId(id).applicationId(payments.application(id)).origin(payments.origin(id)).batchId(payments.batch(id)).collector(payments.collector(id))
                .amountMinor(payments.amountMinor(id)).amountCentimes(payments.amountCentimes(id)).receivedMinor(payments.receivedMinor(id))
                .startedMs(payments.startedMs(id)).changedMs(payments.changedMs(id)).terminalId(payments.terminal(id)).epochDay(payments.epochDay(id))
                .receipt(payments.receipt(id) & 0xFFFF_FFFFL).lastFour(payments.lastFour(id)).reasonCode(payments.reason(id)).postId(payments.post(id))
                .means(PaymentMeans.get((short) payments.means(id))).state(PaymentState.get((short) payments.state(id)))
                .waitsForPerson(bool(payments.waitsForPerson(id))).settled(bool(payments.isSettled(id))).settledBy(payments.settledBy(id));
        Memory.get(payments.transactionAt(id), buffer, block + PaymentRecordEncoder.transactionEncodingOffset(), PaymentRecordEncoder.transactionLength());
        Memory.get(payments.schemeAt(id), buffer, block + PaymentRecordEncoder.schemeEncodingOffset(), PaymentRecordEncoder.schemeLength());
        Memory.get(payments.authorisationAt(id), buffer, block + PaymentRecordEncoder.authorisationCodeEncodingOffset(), PaymentRecordEncoder.authorisationCodeLength());
        letters(block + PaymentRecordEncoder.currencyEncodingOffset(), payments.currency(id));
        letters(block + PaymentRecordEncoder.receivedCurrencyEncodingOffset(), payments.receivedCurrency(id));
        final PaymentRecordEncoder.StampsEncoder group = payment.stampsCount(payments.stampCount(id));
        for (long stamp = payments.firstStamp(id); stamp != 0; stamp = money.lives().next(stamp)) {
            group.next().stampId(stamp);
        }
        records.onRecord(PaymentRecordEncoder.TEMPLATE_ID, buffer, 0, payment.limit());
    }

    void terminal(final int id, final RecordConsumer records) {
        final Terminals terminals = money.terminals();
        if (!terminals.has(id)) {
            return;
        }
        final int block = terminal.wrapAndApplyHeader(buffer, 0, header).offset();
        terminal.terminalId(id).batchId(terminals.batch(id)).paymentId(terminals.payment(id)).postId(terminals.post(id)).enabled(bool(terminals.isEnabled(id)));
        terminals.copyCode(id, buffer, block + TerminalRecordEncoder.codeEncodingOffset());
        records.onRecord(TerminalRecordEncoder.TEMPLATE_ID, buffer, 0, terminal.limit());
    }

    void batch(final long id, final RecordConsumer records) {
        final Batches batches = money.batches();
        final int block = batch.wrapAndApplyHeader(buffer, 0, header).offset();
        batch.batchId(id).paidMinor(batches.paidMinor(id)).undoneMinor(batches.undoneMinor(id)).settledMinor(batches.settledMinor(id)).closedMs(batches.closedMs(id))
                .paidCount(batches.paidCount(id) & 0xFFFF_FFFFL).undoneCount(batches.undoneCount(id) & 0xFFFF_FFFFL).terminalId(batches.terminal(id))
                .epochDay(batches.epochDay(id)).postId(batches.post(id)).means(PaymentMeans.get((short) batches.means(id)))
                .state(BatchState.get((short) batches.state(id))).settledBy(batches.settledBy(id));
        letters(block + BatchRecordEncoder.currencyEncodingOffset(), batches.currency(id));
        records.onRecord(BatchRecordEncoder.TEMPLATE_ID, buffer, 0, batch.limit());
    }

    void found(final long id, final RecordConsumer records) {
        final Breaks breaks = money.breaks();
        final int block = found.wrapAndApplyHeader(buffer, 0, header).offset();
        found.breakId(id).key(breaks.key(id)).paymentId(breaks.payment(id)).batchId(breaks.batch(id)).ourMinor(breaks.ourMinor(id)).theirMinor(breaks.theirMinor(id))
                .detailHash(breaks.detailHash(id)).owner(breaks.owner(id)).openedMs(breaks.openedMs(id)).resolvedMs(breaks.resolvedMs(id))
                .resolvedBy(breaks.resolvedBy(id)).reasonHash(breaks.reasonHash(id)).reasonCode(breaks.reason(id)).postId(breaks.post(id))
                .breakType(BreakType.get((short) breaks.type(id))).state(BreakState.get((short) breaks.state(id)));
        letters(block + BreakRecordEncoder.currencyEncodingOffset(), breaks.currency(id));
        records.onRecord(BreakRecordEncoder.TEMPLATE_ID, buffer, 0, found.limit());
    }

    /** One whose batch was settled as a whole is settled by what settled that. */
    void returned(final long id, final RecordConsumer records) {
        final Returns returns = money.returns();
        final boolean due = returns.isDue(id);
        final int block = returned.wrapAndApplyHeader(buffer, 0, header).offset();
        returned.returnId(id).paymentId(returns.payment(id)).applicationId(returns.application(id)).stampId(returns.stamp(id)).batchId(returns.batch(id))
                .amountMinor(returns.amountMinor(id)).settledBy(due ? 0 : returns.isSettledAlone(id) ? returns.settledBy(id) : money.batches().settledBy(returns.batch(id)))
                .openedMs(returns.openedMs(id)).postId(returns.post(id)).state(due ? ReturnState.DUE : ReturnState.SETTLED);
        letters(block + ReturnRecordEncoder.currencyEncodingOffset(), returns.currency(id));
        records.onRecord(ReturnRecordEncoder.TEMPLATE_ID, buffer, 0, returned.limit());
    }

    void book(final int id, final RecordConsumer records) {
        final Books books = money.books();
        int moved = 0;
        for (int account = 0; account < Books.ACCOUNTS; account++) {
            moved += hasMoved(books, id, account) ? 1 : 0;
        }
        final int block = book.wrapAndApplyHeader(buffer, 0, header).offset();
        book.postId(books.post(id));
        letters(block + BookRecordEncoder.currencyEncodingOffset(), books.currency(id));
        final BookRecordEncoder.AccountsEncoder group = book.accountsCount(moved);
        for (int account = 0; account < Books.ACCOUNTS; account++) {
            if (hasMoved(books, id, account)) {
                group.next().debitMinor(books.debits(id, account)).creditMinor(books.credits(id, account)).account(Account.get((short) account));
            }
        }
        records.onRecord(BookRecordEncoder.TEMPLATE_ID, buffer, 0, book.limit());
    }

    private static boolean hasMoved(final Books books, final int id, final int account) {
        return books.debits(id, account) != 0 || books.credits(id, account) != 0;
    }

    void proposal(final int slot, final RecordConsumer records) {
        if (!money.proposals().has(slot)) {
            return;
        }
        final long stamp = money.proposals().stamp(slot);
        final long proposedMs = money.proposals().proposedMs(slot);
        final StampMatter matter = StampMatter.get((short) money.proposals().matter(slot));
        proposed.wrapAndApplyHeader(buffer, 0, header).stampId(stamp).applicationId(stamps.application(stamp)).actor(money.proposals().actor(slot))
                .reasonHash(0).reasonCode(0).matter(matter);
        proposed.head().position(0).nowMs(proposedMs).ordinal(0).postId(stamps.post(stamp)).reserved(0);
        records.onRecord(StampProposedEncoder.TEMPLATE_ID, buffer, 0, proposed.limit());
        if (matter == StampMatter.REFUND) {
            changed.wrapAndApplyHeader(buffer, 0, header).applicationId(stamps.application(stamp)).paymentId(money.lives().payment(stamp)).epochDay(0).atPostId(0)
                    .state(StampState.REFUND_REQUESTED);
            changed.head().position(0).nowMs(proposedMs).ordinal(1).postId(stamps.post(stamp)).reserved(0);
            changed.stampsCount(1).next().stampId(stamp).line((short) stamps.line(stamp));
            records.onRecord(StampsChangedEncoder.TEMPLATE_ID, buffer, 0, changed.limit());
        }
    }

    private void letters(final int at, final int currency) {
        buffer.putByte(at, (byte) currency);
        buffer.putByte(at + 1, (byte) (currency >>> 8));
        buffer.putByte(at + 2, (byte) (currency >>> 16));
    }

    private static BooleanType bool(final boolean yes) {
        return yes ? BooleanType.YES : BooleanType.NO;
    }
}
