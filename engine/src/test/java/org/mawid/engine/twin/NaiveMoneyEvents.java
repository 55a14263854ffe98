package org.mawid.engine.twin;

import java.util.List;
import java.util.Map;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.*; // one encoder for every event

/** The part of {@link NaiveEvents} for what came with core version 3. */
final class NaiveMoneyEvents {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NaiveEvents events;

    NaiveMoneyEvents(final NaiveEvents events) {
        this.events = events;
    }

    void stampsChanged(final List<Model.Stamp> stamps, final StampState state, final long paymentId, final int epochDay, final int atPostId) {
        final StampsChangedEncoder message = new StampsChangedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), stamps.get(0).post.id);
        message.applicationId(stamps.get(0).application.id).paymentId(paymentId).epochDay(epochDay).atPostId(atPostId).state(state);
        final StampsChangedEncoder.StampsEncoder group = message.stampsCount(stamps.size());
        stamps.forEach(stamp -> group.next().stampId(stamp.id).line((short) stamp.line));
        events.end(message.limit());
    }

    void paymentStarted(final MoneyModel.Payment payment) {
        final PaymentStartedEncoder message = new PaymentStartedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), payment.post.id);
        message.paymentId(payment.id).applicationId(payment.application.id).amountMinor(payment.amountMinor).amountCentimes(payment.amountCentimes)
                .deadlineMs(payment.deadlineMs).origin(payment.origin).collector(payment.collector).terminalId(payment.terminalId)
                .epochDay(payment.epochDay).means(payment.means).currency(payment.currency);
        final PaymentStartedEncoder.StampsEncoder group = message.stampsCount(payment.stamps.size());
        payment.stamps.forEach(stamp -> group.next().stampId(stamp.id));
        events.end(message.limit());
    }

    void paymentChanged(final MoneyModel.Payment payment) {
        final PaymentChangedEncoder message = new PaymentChangedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), payment.post.id);
        message.paymentId(payment.id).applicationId(payment.application.id).receivedMinor(payment.receivedMinor).batchId(payment.batchId())
                .transaction(payment.transaction).authorisationCode(payment.authorisationCode).scheme(payment.scheme).receipt(payment.receipt)
                .lastFour(payment.lastFour).reasonCode(payment.reasonCode).state(payment.state)
                .waitsForPerson(NaiveEvents.yes(payment.waitsForPerson)).currency(payment.receivedCurrency);
        events.end(message.limit());
    }

    /** @param stamps of one application and one command */
    void stampsTakenOver(final List<Model.Stamp> stamps) {
        final StampsTakenOverEncoder message = new StampsTakenOverEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), stamps.get(0).post.id);
        message.applicationId(stamps.get(0).application.id);
        final StampsTakenOverEncoder.StampsEncoder group = message.stampsCount(stamps.size());
        stamps.forEach(stamp -> group.next().stampId(stamp.id).issuedMs(stamp.issuedMs));
        events.end(message.limit());
    }

    void stampProposed(final Model.Stamp stamp, final Command.Propose c) {
        final StampProposedEncoder message = new StampProposedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), stamp.post.id);
        events.end(message.stampId(stamp.id).applicationId(stamp.application.id).actor(c.request().actor()).reasonHash(c.reasonHash())
                .reasonCode(c.reasonCode()).matter(c.matter()).limit());
    }

    void stampDecided(final Model.Stamp stamp, final Command.Decide c) {
        final StampDecidedEncoder message = new StampDecidedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), stamp.post.id);
        events.end(message.stampId(stamp.id).applicationId(stamp.application.id).actor(c.request().actor()).reasonHash(c.reasonHash())
                .reasonCode(c.reasonCode()).matter(c.matter()).approved(NaiveEvents.yes(c.approved())).limit());
    }

    /** @param entries debits and credits by book and account, not empty */
    void posted(final Map<NaiveLedger.Place, long[]> entries) {
        final PostedEncoder message = new PostedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), entries.keySet().iterator().next().book().postId());
        final PostedEncoder.EntriesEncoder group = message.entriesCount(entries.size());
        entries.forEach((place, sums) -> group.next().debitMinor(sums[0]).creditMinor(sums[1]).postId(place.book().postId())
                .currency(place.book().currency()).account(Account.get((short) place.account())));
        events.end(message.limit());
    }

    void terminalDefined(final MoneyModel.Terminal terminal) {
        final TerminalDefinedEncoder message = new TerminalDefinedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), terminal.post.id);
        events.end(message.terminalId(terminal.id).postId(terminal.post.id).code(terminal.code).enabled(NaiveEvents.yes(terminal.enabled)).limit());
    }

    void batchClosed(final MoneyModel.Batch batch, final Command.CloseBatch c) {
        final BatchClosedEncoder message = new BatchClosedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), batch.post.id);
        events.end(message.batchId(batch.id).paidMinor(batch.paidMinor).undoneMinor(batch.undoneMinor).paidCount(batch.paidCount)
                .undoneCount(batch.undoneCount).theirPaidMinor(c.paidMinor()).theirUndoneMinor(c.undoneMinor()).theirPaidCount(c.paidCount())
                .theirUndoneCount(c.undoneCount()).terminalId(batch.terminalId).epochDay(batch.epochDay).actor(c.request().actor())
                .means(batch.means).currency(batch.currency).limit());
    }

    void batchSettled(final int postId, final Command.RecordSettlement c) {
        final BatchSettledEncoder message = new BatchSettledEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), postId);
        events.end(message.batchId(c.batchId()).paymentId(c.paymentId()).grossMinor(c.grossMinor()).commissionMinor(c.commissionMinor())
                .madNetCentimes(c.madNetCentimes()).entryHash(c.entryHash()).valueDay(c.valueDay()).currency(c.currency()).limit());
    }

    void returnOpened(final MoneyModel.Return one) {
        final ReturnOpenedEncoder message = new ReturnOpenedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), one.payment.post.id);
        events.end(message.returnId(one.id).paymentId(one.payment.id).applicationId(one.payment.application.id).stampId(one.stampId).batchId(one.batch.id)
                .amountMinor(one.amountMinor).currency(one.batch.currency).limit());
    }

    void returnSettled(final MoneyModel.Return one, final Command.RecordReturnSettlement c) {
        final ReturnSettledEncoder message = new ReturnSettledEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), one.payment.post.id);
        events.end(message.returnId(one.id).paymentId(one.payment.id).applicationId(one.payment.application.id).stampId(one.stampId).batchId(one.batch.id)
                .grossMinor(c.grossMinor()).commissionMinor(c.commissionMinor()).madNetCentimes(c.madNetCentimes()).entryHash(c.entryHash())
                .valueDay(c.valueDay()).currency(c.currency()).limit());
    }

    void breakOpened(final MoneyModel.Break one) {
        final BreakOpenedEncoder message = new BreakOpenedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        final Command.OpenBreak c = one.said;
        events.head(message.head(), c.postId());
        events.end(message.breakId(one.id).key(c.key()).paymentId(c.paymentId()).batchId(c.batchId()).ourMinor(c.ourMinor())
                .theirMinor(c.theirMinor()).detailHash(c.detailHash()).breakType(c.breakType()).currency(c.currency()).limit());
    }

    void breakAssigned(final MoneyModel.Break one, final long actor) {
        final BreakAssignedEncoder message = new BreakAssignedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), one.said.postId());
        events.end(message.breakId(one.id).owner(one.owner).actor(actor).limit());
    }

    void breakResolved(final MoneyModel.Break one) {
        final BreakResolvedEncoder message = new BreakResolvedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), one.said.postId());
        events.end(message.breakId(one.id).actor(one.resolvedBy).reasonHash(one.reasonHash).reasonCode(one.reasonCode).limit());
    }

    void stampRulesSet(final Command.StampRules r) {
        final StampRulesSetEncoder message = new StampRulesSetEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), 0);
        events.end(message.pendingMs(r.pendingMs()).lapseMs(r.lapseMs()).validityMs(r.validityMs()).maxPayments(r.maxPayments())
                .maxBreaks(r.maxBreaks()).limit());
    }
}
