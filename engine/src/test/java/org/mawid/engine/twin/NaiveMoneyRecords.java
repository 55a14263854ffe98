package org.mawid.engine.twin;

import java.util.Map;
import org.agrona.MutableDirectBuffer;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.*; // one encoder for every record

/** The part of {@link NaiveRecords} for what came with core version 3. */
final class NaiveMoneyRecords {
    private final MoneyModel money;
    private final MutableDirectBuffer buffer;
    private final Runnable tell;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    /** @param tell that the next record is in the buffer */
    NaiveMoneyRecords(final MoneyModel money, final MutableDirectBuffer buffer, final Runnable tell) {
        this.money = money;
        this.buffer = buffer;
        this.tell = tell;
    }

    void all() {
        money.payments.values().forEach(this::payment);
        money.terminals.values().forEach(this::terminal);
        money.batches.values().forEach(this::batch);
        money.breaks.values().forEach(this::oneBreak);
        money.returns.values().forEach(this::returned);
        money.books.values().forEach(this::book);
    }

    private void payment(final MoneyModel.Payment p) {
        final PaymentRecordEncoder message = new PaymentRecordEncoder().wrapAndApplyHeader(buffer, 0, header);
        message.paymentId(p.id).applicationId(p.application.id).origin(p.origin).batchId(p.batchId()).collector(p.collector).amountMinor(p.amountMinor)
                .amountCentimes(p.amountCentimes).receivedMinor(p.receivedMinor).startedMs(p.startedMs).changedMs(p.changedMs).terminalId(p.terminalId)
                .epochDay(p.epochDay).receipt(p.receipt).transaction(p.transaction).scheme(p.scheme).authorisationCode(p.authorisationCode)
                .lastFour(p.lastFour).reasonCode(p.reasonCode).postId(p.post.id).means(p.means).state(p.state)
                .waitsForPerson(NaiveEvents.yes(p.waitsForPerson)).settled(NaiveEvents.yes(p.settled)).settledBy(p.settledBy).currency(p.currency)
                .receivedCurrency(p.receivedCurrency);
        final PaymentRecordEncoder.StampsEncoder group = message.stampsCount(p.stamps.size());
        p.stamps.forEach(stamp -> group.next().stampId(stamp.id));
        tell.run();
    }

    private void terminal(final MoneyModel.Terminal terminal) {
        new TerminalRecordEncoder().wrapAndApplyHeader(buffer, 0, header).terminalId(terminal.id).batchId(terminal.batch == null ? 0 : terminal.batch.id)
                .paymentId(terminal.paymentId).postId(terminal.post.id).enabled(NaiveEvents.yes(terminal.enabled)).code(terminal.code);
        tell.run();
    }

    private void batch(final MoneyModel.Batch b) {
        new BatchRecordEncoder().wrapAndApplyHeader(buffer, 0, header).batchId(b.id).paidMinor(b.paidMinor).undoneMinor(b.undoneMinor)
                .settledMinor(b.settledMinor).closedMs(b.closedMs).paidCount(b.paidCount).undoneCount(b.undoneCount).terminalId(b.terminalId)
                .epochDay(b.epochDay).postId(b.post.id).means(b.means).state(b.state).currency(b.currency).settledBy(b.settledBy);
        tell.run();
    }

    private void oneBreak(final MoneyModel.Break one) {
        final Command.OpenBreak c = one.said;
        new BreakRecordEncoder().wrapAndApplyHeader(buffer, 0, header).breakId(one.id).key(c.key()).paymentId(c.paymentId()).batchId(c.batchId())
                .ourMinor(c.ourMinor()).theirMinor(c.theirMinor()).detailHash(c.detailHash()).owner(one.owner).openedMs(one.openedMs)
                .resolvedMs(one.resolvedMs).resolvedBy(one.resolvedBy).reasonHash(one.reasonHash).reasonCode(one.reasonCode).postId(c.postId())
                .breakType(c.breakType()).state(one.state).currency(c.currency());
        tell.run();
    }

    private void returned(final MoneyModel.Return one) {
        final long settledBy = one.isDue() ? 0 : one.settledAlone ? one.settledBy : one.batch.settledBy;
        new ReturnRecordEncoder().wrapAndApplyHeader(buffer, 0, header).returnId(one.id).paymentId(one.payment.id).applicationId(one.payment.application.id)
                .stampId(one.stampId).batchId(one.batch.id).amountMinor(one.amountMinor).settledBy(settledBy).openedMs(one.openedMs).postId(one.batch.post.id)
                .state(one.isDue() ? ReturnState.DUE : ReturnState.SETTLED).currency(one.batch.currency);
        tell.run();
    }

    private void book(final MoneyModel.Book book) {
        final BookRecordEncoder message = new BookRecordEncoder().wrapAndApplyHeader(buffer, 0, header);
        message.postId(book.key.postId()).currency(book.key.currency());
        final BookRecordEncoder.AccountsEncoder group = message.accountsCount(book.accounts.size());
        for (final Map.Entry<Integer, long[]> account : book.accounts.entrySet()) {
            group.next().debitMinor(account.getValue()[0]).creditMinor(account.getValue()[1]).account(Account.get(account.getKey().shortValue()));
        }
        tell.run();
    }
}
