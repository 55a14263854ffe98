package org.mawid.engine.readmodel.money;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.MoneyView.AccountSums;
import org.mawid.engine.readmodel.MoneyView.Batch;
import org.mawid.engine.readmodel.MoneyView.Book;
import org.mawid.engine.readmodel.MoneyView.Collected;
import org.mawid.engine.readmodel.MoneyView.FoundBreak;
import org.mawid.engine.readmodel.MoneyView.Return;
import org.mawid.engine.readmodel.MoneyView.SettledBatch;
import org.mawid.sbe.BatchRecordDecoder;
import org.mawid.sbe.BookRecordDecoder;
import org.mawid.sbe.BreakRecordDecoder;
import org.mawid.sbe.BreakState;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PaymentRecordDecoder;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.ReturnRecordDecoder;
import org.mawid.sbe.ReturnState;

/** The core's records of money in words. */
final class CoreRows {
    private CoreRows() {
    }

    static Book book(final DirectBuffer message, final int offset) {
        final BookRecordDecoder record = new BookRecordDecoder().wrapAndApplyHeader(message, offset, new MessageHeaderDecoder());
        final List<AccountSums> accounts = new ArrayList<>();
        record.accounts().forEach(sums -> accounts.add(new AccountSums(sums.account(), sums.debitMinor(), sums.creditMinor())));
        return new Book(record.postId(), record.currency(), List.copyOf(accounts));
    }

    static Batch batch(final DirectBuffer message, final int offset) {
        return batch(new BatchRecordDecoder().wrapAndApplyHeader(message, offset, new MessageHeaderDecoder()));
    }

    private static Batch batch(final BatchRecordDecoder record) {
        return new Batch(record.batchId(), record.postId(), record.means(), (int) record.terminalId(), record.currency(), record.state(), record.paidMinor(),
                (int) record.paidCount(), record.undoneMinor(), (int) record.undoneCount(), record.settledMinor(), record.epochDay(), record.closedMs());
    }

    static SettledBatch settledBatch(final DirectBuffer message, final int offset) {
        final BatchRecordDecoder record = new BatchRecordDecoder().wrapAndApplyHeader(message, offset, new MessageHeaderDecoder());
        return new SettledBatch(batch(record), record.settledBy());
    }

    /** A charge has a transaction of its own; money that was taken over has none. */
    static Collected payment(final DirectBuffer message, final int offset) {
        final PaymentRecordDecoder record = new PaymentRecordDecoder().wrapAndApplyHeader(message, offset, new MessageHeaderDecoder());
        return new Collected(record.paymentId(), record.postId(), record.means(), (int) record.terminalId(), record.state(), record.receivedMinor(),
                record.state() == PaymentState.APPROVED ? record.amountMinor() - record.receivedMinor() : 0, record.receivedMinor() == 0 ? record.currency() : record.receivedCurrency(), record.batchId(), record.origin(), record.origin() != 0 && record.transaction(0) == 0, record.startedMs(), record.settledBy());
    }

    static Return returned(final DirectBuffer message, final int offset) {
        return returned(new ReturnRecordDecoder().wrapAndApplyHeader(message, offset, new MessageHeaderDecoder()));
    }

    static Return returned(final ReturnRecordDecoder record) {
        return new Return(record.returnId(), record.paymentId(), record.applicationId(), record.stampId(), record.batchId(), record.postId(), record.currency(), record.amountMinor(),
                record.openedMs(), record.state() == ReturnState.DUE, record.settledBy());
    }

    static FoundBreak found(final DirectBuffer message, final int offset) {
        final BreakRecordDecoder record = new BreakRecordDecoder().wrapAndApplyHeader(message, offset, new MessageHeaderDecoder());
        return new FoundBreak(record.breakId(), record.breakType(), record.key(), record.state() == BreakState.OPEN, record.paymentId(), record.batchId(), record.currency(),
                record.theirMinor());
    }
}
