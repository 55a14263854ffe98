package org.mawid.engine.readmodel.money;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.Records.Payment;
import org.mawid.engine.readmodel.RecordsSource;
import org.mawid.sbe.ApplicationRetiredDecoder;
import org.mawid.sbe.BatchSettledDecoder;
import org.mawid.sbe.BookRecordDecoder;
import org.mawid.sbe.BreakAssignedDecoder;
import org.mawid.sbe.BreakOpenedDecoder;
import org.mawid.sbe.BreakRecordDecoder;
import org.mawid.sbe.BreakResolvedDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PaymentChangedDecoder;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentRecordDecoder;
import org.mawid.sbe.PaymentStartedDecoder;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.PostedDecoder;
import org.mawid.sbe.ReturnOpenedDecoder;
import org.mawid.sbe.ReturnRecordDecoder;
import org.mawid.sbe.ReturnSettledDecoder;
import org.mawid.sbe.StampDecidedDecoder;
import org.mawid.sbe.StampProposedDecoder;
import org.mawid.sbe.StampRecordDecoder;
import org.mawid.sbe.StampRulesSetDecoder;
import org.mawid.sbe.StampVoidedDecoder;
import org.mawid.sbe.StampsChangedDecoder;
import org.mawid.sbe.TerminalDefinedDecoder;
import org.mawid.sbe.TerminalRecordDecoder;

/** Money beside a running core, see {@link MoneyView}. One thread feeds it, any reads. */
public final class LiveMoney implements MoneyView {
    private static final long DAY_MS = 86_400_000L;
    /** In force before any were set, see SetStampRules in the schema. */
    private static final StampRules DEFAULT_RULES = new StampRules(600_000, 180 * DAY_MS, 730 * DAY_MS, 24_000_000, 1_000_000);

    /** Everything, so that it can be replaced at once. */
    private static final class Present {
        private final LedgerBooks books = new LedgerBooks();
        private final PaymentsUnderWay payments = new PaymentsUnderWay();
        private final OpenBreaks breaks = new OpenBreaks();
        private final DueReturns returns = new DueReturns();
        private final TwoPersonMatters matters = new TwoPersonMatters();
        private volatile StampRules rules = DEFAULT_RULES;
    }

    private final CoreQuestions questions = new CoreQuestions();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PostedDecoder posted = new PostedDecoder();
    private final PaymentStartedDecoder paymentStarted = new PaymentStartedDecoder();
    private final PaymentChangedDecoder paymentChanged = new PaymentChangedDecoder();
    private final StampsChangedDecoder stampsChanged = new StampsChangedDecoder();
    private final StampVoidedDecoder stampVoided = new StampVoidedDecoder();
    private final StampProposedDecoder stampProposed = new StampProposedDecoder();
    private final StampDecidedDecoder stampDecided = new StampDecidedDecoder();
    private final TerminalDefinedDecoder terminalDefined = new TerminalDefinedDecoder();
    private final BreakOpenedDecoder breakOpened = new BreakOpenedDecoder();
    private final BreakAssignedDecoder breakAssigned = new BreakAssignedDecoder();
    private final BreakResolvedDecoder breakResolved = new BreakResolvedDecoder();
    private final ReturnOpenedDecoder returnOpened = new ReturnOpenedDecoder();
    private final ReturnSettledDecoder returnSettled = new ReturnSettledDecoder();
    private final BatchSettledDecoder batchSettled = new BatchSettledDecoder();
    private final StampRulesSetDecoder rulesSet = new StampRulesSetDecoder();
    private final ApplicationRetiredDecoder retired = new ApplicationRetiredDecoder();
    private RecordsSource source;
    private Present fed = new Present();
    private volatile Present shown = fed;

    // ---- feed: one thread ----

    /** What follows is all there is; readers see the old until {@link #onBatchEnd}. */
    public void beginRebuild() {
        fed = new Present();
        fed.payments.askFrom(source);
    }

    /** From now on the core can be asked for what events do not say. */
    public void start(final RecordsSource from) {
        source = from;
        fed.payments.askFrom(from);
        questions.askFrom(from);
    }

    /** One event or record with its header. @param position of the log that it reflects */
    public void onMessage(final long position, final DirectBuffer buffer, final int offset) {
        final int template = header.wrap(buffer, offset).templateId();
        if (template >= StampVoidedDecoder.TEMPLATE_ID || template == ApplicationRetiredDecoder.TEMPLATE_ID) {
            if (template <= ReturnSettledDecoder.TEMPLATE_ID) {
                event(template, buffer, offset);
            } else {
                record(template, position, buffer, offset);
            }
        }
    }

    private void event(final int template, final DirectBuffer buffer, final int offset) {
        switch (template) {
            case PostedDecoder.TEMPLATE_ID -> {
                fed.books.posted(posted.wrapAndApplyHeader(buffer, offset, header));
                fed.matters.posted(posted.wrapAndApplyHeader(buffer, offset, header));
            }
            case PaymentStartedDecoder.TEMPLATE_ID -> fed.payments.started(paymentStarted.wrapAndApplyHeader(buffer, offset, header));
            case PaymentChangedDecoder.TEMPLATE_ID -> fed.payments.changed(paymentChanged.wrapAndApplyHeader(buffer, offset, header));
            case StampProposedDecoder.TEMPLATE_ID -> fed.matters.proposed(stampProposed.wrapAndApplyHeader(buffer, offset, header));
            case StampDecidedDecoder.TEMPLATE_ID -> fed.matters.decided(stampDecided.wrapAndApplyHeader(buffer, offset, header));
            case TerminalDefinedDecoder.TEMPLATE_ID -> fed.payments.defined(terminalDefined.wrapAndApplyHeader(buffer, offset, header));
            case BreakOpenedDecoder.TEMPLATE_ID -> fed.breaks.opened(breakOpened.wrapAndApplyHeader(buffer, offset, header));
            case BreakAssignedDecoder.TEMPLATE_ID -> fed.breaks.assigned(breakAssigned.wrapAndApplyHeader(buffer, offset, header));
            case BreakResolvedDecoder.TEMPLATE_ID -> fed.breaks.resolved(breakResolved.wrapAndApplyHeader(buffer, offset, header).breakId());
            case ReturnOpenedDecoder.TEMPLATE_ID -> fed.returns.opened(returnOpened.wrapAndApplyHeader(buffer, offset, header));
            case ReturnSettledDecoder.TEMPLATE_ID -> fed.returns.settled(returnSettled.wrapAndApplyHeader(buffer, offset, header).returnId());
            case BatchSettledDecoder.TEMPLATE_ID -> fed.returns.batchSettled(batchSettled.wrapAndApplyHeader(buffer, offset, header));
            case StampRulesSetDecoder.TEMPLATE_ID -> rules(rulesSet.wrapAndApplyHeader(buffer, offset, header));
            default -> ending(template, buffer, offset);
        }
    }

    /** What may end something that is waited for: most often nothing is. */
    private void ending(final int template, final DirectBuffer buffer, final int offset) {
        if (fed.matters.isEmpty()) {
            return;
        }
        switch (template) {
            case StampsChangedDecoder.TEMPLATE_ID -> fed.matters.changed(stampsChanged.wrapAndApplyHeader(buffer, offset, header));
            case StampVoidedDecoder.TEMPLATE_ID -> fed.matters.ended(stampVoided.wrapAndApplyHeader(buffer, offset, header).stampId());
            case ApplicationRetiredDecoder.TEMPLATE_ID -> fed.matters.retired(retired.wrapAndApplyHeader(buffer, offset, header).applicationId());
            default -> { }
        }
    }

    private void rules(final StampRulesSetDecoder event) {
        fed.rules = new StampRules(event.pendingMs(), event.lapseMs(), event.validityMs(), event.maxPayments(), event.maxBreaks());
    }

    private void record(final int template, final long position, final DirectBuffer buffer, final int offset) {
        switch (template) {
            case PaymentRecordDecoder.TEMPLATE_ID -> fed.payments.record(PaymentReading.record(new PaymentRecordDecoder().wrapAndApplyHeader(buffer, offset, header), position));
            case TerminalRecordDecoder.TEMPLATE_ID -> fed.payments.record(new TerminalRecordDecoder().wrapAndApplyHeader(buffer, offset, header));
            case BreakRecordDecoder.TEMPLATE_ID -> fed.breaks.record(new BreakRecordDecoder().wrapAndApplyHeader(buffer, offset, header));
            case ReturnRecordDecoder.TEMPLATE_ID -> fed.returns.record(new ReturnRecordDecoder().wrapAndApplyHeader(buffer, offset, header));
            case BookRecordDecoder.TEMPLATE_ID -> fed.books.record(new BookRecordDecoder().wrapAndApplyHeader(buffer, offset, header));
            case StampRecordDecoder.TEMPLATE_ID -> fed.matters.record(new StampRecordDecoder().wrapAndApplyHeader(buffer, offset, header));
            default -> { }
        }
    }

    /** Shows what was fed. */
    public void onBatchEnd() {
        fed.matters.settle();
        fed.books.show();
        fed.payments.ask();
        if (shown != fed) {
            shown = fed;
        }
    }

    // ---- readers: any thread ----

    @Override
    public List<Book> books(final int postId) {
        return shown.books.all(postId);
    }

    @Override
    public CompletableFuture<TrialBalance> trialBalance(final int postId) {
        return questions.trialBalance(postId);
    }

    @Override
    public CompletableFuture<Batches> batches(final int postId) {
        return questions.batches(postId);
    }

    @Override
    public CompletableFuture<Slice<Collected>> payments(final long from, final int max) {
        return questions.payments(from, max);
    }

    @Override
    public CompletableFuture<Slice<SettledBatch>> allBatches(final long from, final int max) {
        return questions.allBatches(from, max);
    }

    @Override
    public CompletableFuture<Slice<Return>> allReturns(final long from, final int max) {
        return questions.allReturns(from, max);
    }

    @Override
    public CompletableFuture<Slice<FoundBreak>> allBreaks(final long from, final int max) {
        return questions.allBreaks(from, max);
    }

    @Override
    public List<Terminal> terminals(final int postId) {
        return shown.payments.terminals(postId);
    }

    @Override
    public Terminal terminal(final int terminalId) {
        return shown.payments.terminal(terminalId);
    }

    @Override
    public List<Payment> pending(final int terminalId) {
        return shown.payments.those(begun -> begun.means() == PaymentMeans.TERMINAL && begun.terminalId() == terminalId,
                one -> one.means() == PaymentMeans.TERMINAL && one.terminalId() == terminalId && isAwaited(one));
    }

    @Override
    public List<Payment> pendingOnline() {
        return shown.payments.those(begun -> begun.means() == PaymentMeans.ONLINE, one -> one.means() == PaymentMeans.ONLINE && isAwaited(one));
    }

    private static boolean isAwaited(final Payment one) {
        return one.state() == PaymentState.PENDING || one.state() == PaymentState.IN_DOUBT;
    }

    @Override
    public List<Payment> inDoubt(final int postId) {
        return shown.payments.others(one -> isOf(postId, one.postId()) && one.state() == PaymentState.IN_DOUBT);
    }

    @Override
    public List<Payment> waitingForPerson(final int postId) {
        return shown.payments.others(one -> isOf(postId, one.postId()) && one.waitsForPerson());
    }

    @Override
    public List<Payment> unallocated() {
        return unallocated(0);
    }

    @Override
    public List<Payment> unallocated(final int postId) {
        return shown.payments.others(one -> isOf(postId, one.postId()) && one.state() == PaymentState.UNALLOCATED);
    }

    @Override
    public List<Payment> underWay(final int postId) {
        return shown.payments.those(begun -> isOf(postId, begun.head().postId()), one -> isOf(postId, one.postId()));
    }

    private static boolean isOf(final int postId, final int itsPostId) {
        return postId == 0 || postId == itsPostId;
    }

    @Override
    public List<Refund> payableRefunds() {
        return shown.matters.refunds();
    }

    @Override
    public List<Proposal> proposals(final int postId) {
        return shown.matters.proposals(postId);
    }

    @Override
    public List<OpenBreak> openBreaks(final int postId) {
        return shown.breaks.all(postId);
    }

    @Override
    public List<Return> dueReturns(final int postId) {
        return shown.returns.all(postId);
    }

    @Override
    public OpenBreak openBreak(final long breakId) {
        return shown.breaks.one(breakId);
    }

    @Override
    public StampRules stampRules() {
        return shown.rules;
    }
}
