package org.mawid.api.watch;

import org.agrona.DirectBuffer;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.grpc.BatchClosed;
import org.mawid.grpc.BatchSettled;
import org.mawid.grpc.BreakAssigned;
import org.mawid.grpc.BreakOpened;
import org.mawid.grpc.BreakResolved;
import org.mawid.grpc.ChangedStamp;
import org.mawid.grpc.Entry;
import org.mawid.grpc.Event;
import org.mawid.grpc.PaymentChanged;
import org.mawid.grpc.PaymentStarted;
import org.mawid.grpc.EarlierStamp;
import org.mawid.grpc.Posted;
import org.mawid.grpc.ReturnOpened;
import org.mawid.grpc.ReturnSettled;
import org.mawid.grpc.StampDecided;
import org.mawid.grpc.StampProposed;
import org.mawid.grpc.StampsChanged;
import org.mawid.grpc.StampsTakenOver;
import org.mawid.grpc.TerminalDefined;
import org.mawid.sbe.BatchClosedDecoder;
import org.mawid.sbe.BatchSettledDecoder;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.BreakAssignedDecoder;
import org.mawid.sbe.BreakOpenedDecoder;
import org.mawid.sbe.BreakResolvedDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PaymentChangedDecoder;
import org.mawid.sbe.PaymentStartedDecoder;
import org.mawid.sbe.PostedDecoder;
import org.mawid.sbe.ReturnOpenedDecoder;
import org.mawid.sbe.ReturnSettledDecoder;
import org.mawid.sbe.StampDecidedDecoder;
import org.mawid.sbe.StampProposedDecoder;
import org.mawid.sbe.StampsChangedDecoder;
import org.mawid.sbe.StampsTakenOverDecoder;
import org.mawid.sbe.TerminalDefinedDecoder;

/** What happens to stamps after their issue, to payments, and in the books: from the events of the log to messages. As {@link EventMapping}. */
final class MoneyMapping {
    private static final int NO_LAST_FOUR = 10_000;

    private final References references;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    MoneyMapping(final References references) {
        this.references = references;
    }

    /** @return false for an event of something else */
    boolean put(final Event.Builder event, final int templateId, final DirectBuffer buffer, final int offset) {
        switch (templateId) {
            case StampsChangedDecoder.TEMPLATE_ID -> event.setStampsChanged(stamps(new StampsChangedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case PaymentStartedDecoder.TEMPLATE_ID -> event.setPaymentStarted(started(new PaymentStartedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case PaymentChangedDecoder.TEMPLATE_ID -> event.setPaymentChanged(changed(new PaymentChangedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case StampProposedDecoder.TEMPLATE_ID -> {
                final StampProposedDecoder from = new StampProposedDecoder().wrapAndApplyHeader(buffer, offset, header);
                event.setStampProposed(StampProposed.newBuilder().setStamp(text(ReferenceKind.STAMP, from.stampId()))
                        .setApplication(text(ReferenceKind.APPLICATION, from.applicationId())).setMatterValue(from.matterRaw()).setReasonCode(from.reasonCode()));
            }
            case StampDecidedDecoder.TEMPLATE_ID -> {
                final StampDecidedDecoder from = new StampDecidedDecoder().wrapAndApplyHeader(buffer, offset, header);
                event.setStampDecided(StampDecided.newBuilder().setStamp(text(ReferenceKind.STAMP, from.stampId()))
                        .setApplication(text(ReferenceKind.APPLICATION, from.applicationId())).setMatterValue(from.matterRaw())
                        .setApproved(from.approved() == BooleanType.YES).setReasonCode(from.reasonCode()));
            }
            case PostedDecoder.TEMPLATE_ID -> event.setPosted(posted(new PostedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case TerminalDefinedDecoder.TEMPLATE_ID -> {
                final TerminalDefinedDecoder from = new TerminalDefinedDecoder().wrapAndApplyHeader(buffer, offset, header);
                event.setTerminalDefined(TerminalDefined.newBuilder().setTerminalId((int) from.terminalId()).setPostId(from.postId()).setCode(from.code())
                        .setEnabled(from.enabled() == BooleanType.YES));
            }
            case BatchClosedDecoder.TEMPLATE_ID -> event.setBatchClosed(closed(new BatchClosedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case BatchSettledDecoder.TEMPLATE_ID -> event.setBatchSettled(settled(new BatchSettledDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case BreakOpenedDecoder.TEMPLATE_ID -> event.setBreakOpened(opened(new BreakOpenedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case BreakAssignedDecoder.TEMPLATE_ID -> {
                final BreakAssignedDecoder from = new BreakAssignedDecoder().wrapAndApplyHeader(buffer, offset, header);
                event.setBreakAssigned(BreakAssigned.newBuilder().setBreakReference(text(ReferenceKind.BREAK, from.breakId())).setOwner(from.owner()));
            }
            case BreakResolvedDecoder.TEMPLATE_ID -> {
                final BreakResolvedDecoder from = new BreakResolvedDecoder().wrapAndApplyHeader(buffer, offset, header);
                event.setBreakResolved(BreakResolved.newBuilder().setBreakReference(text(ReferenceKind.BREAK, from.breakId())).setReasonCode(from.reasonCode()));
            }
            case ReturnOpenedDecoder.TEMPLATE_ID -> event.setReturnOpened(returnOpened(new ReturnOpenedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case ReturnSettledDecoder.TEMPLATE_ID -> event.setReturnSettled(returnSettled(new ReturnSettledDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case StampsTakenOverDecoder.TEMPLATE_ID -> event.setStampsTakenOver(takenOver(new StampsTakenOverDecoder().wrapAndApplyHeader(buffer, offset, header)));
            default -> {
                return false;
            }
        }
        return true;
    }

    private StampsTakenOver.Builder takenOver(final StampsTakenOverDecoder from) {
        final StampsTakenOver.Builder taken = StampsTakenOver.newBuilder().setApplication(text(ReferenceKind.APPLICATION, from.applicationId()));
        from.stamps().forEach(stamp -> taken.addStamps(EarlierStamp.newBuilder().setStamp(text(ReferenceKind.STAMP, stamp.stampId())).setIssuedMs(stamp.issuedMs())));
        return taken;
    }

    private StampsChanged.Builder stamps(final StampsChangedDecoder from) {
        final StampsChanged.Builder changed = StampsChanged.newBuilder().setApplication(text(ReferenceKind.APPLICATION, from.applicationId()))
                .setStateValue(from.stateRaw()).setPayment(text(ReferenceKind.PAYMENT, from.paymentId())).setAtPostId(from.atPostId()).setEpochDay(from.epochDay());
        for (final StampsChangedDecoder.StampsDecoder stamp : from.stamps()) {
            changed.addStamps(ChangedStamp.newBuilder().setStamp(text(ReferenceKind.STAMP, stamp.stampId())).setLine(stamp.line()));
        }
        return changed;
    }

    private PaymentStarted.Builder started(final PaymentStartedDecoder from) {
        final PaymentStarted.Builder started = PaymentStarted.newBuilder().setPayment(text(ReferenceKind.PAYMENT, from.paymentId()))
                .setApplication(text(ReferenceKind.APPLICATION, from.applicationId())).setMeansValue(from.meansRaw()).setTerminalId((int) from.terminalId())
                .setAmountMinor(from.amountMinor()).setAmountCentimes(from.amountCentimes()).setCurrency(from.currency()).setEpochDay(from.epochDay())
                .setDeadlineMs(from.deadlineMs()).setOrigin(text(ReferenceKind.PAYMENT, from.origin()));
        for (final PaymentStartedDecoder.StampsDecoder stamp : from.stamps()) {
            started.addStamps(text(ReferenceKind.STAMP, stamp.stampId()));
        }
        return started;
    }

    private PaymentChanged.Builder changed(final PaymentChangedDecoder from) {
        final PaymentChanged.Builder changed = PaymentChanged.newBuilder().setPayment(text(ReferenceKind.PAYMENT, from.paymentId()))
                .setApplication(text(ReferenceKind.APPLICATION, from.applicationId())).setStateValue(from.stateRaw()).setReceivedMinor(from.receivedMinor())
                .setCurrency(from.currency()).setTransaction(from.transaction()).setAuthorisationCode(from.authorisationCode()).setScheme(from.scheme())
                .setBatch(text(ReferenceKind.BATCH, from.batchId())).setReceipt((int) from.receipt()).setReasonCode(from.reasonCode())
                .setWaitsForPerson(from.waitsForPerson() == BooleanType.YES);
        return from.lastFour() == NO_LAST_FOUR ? changed : changed.setLastFour(from.lastFour());
    }

    private static Posted.Builder posted(final PostedDecoder from) {
        final Posted.Builder posted = Posted.newBuilder();
        for (final PostedDecoder.EntriesDecoder entry : from.entries()) {
            posted.addEntries(Entry.newBuilder().setPostId(entry.postId()).setCurrency(entry.currency()).setAccount(entry.account().name())
                    .setDebitMinor(entry.debitMinor()).setCreditMinor(entry.creditMinor()));
        }
        return posted;
    }

    private BatchClosed.Builder closed(final BatchClosedDecoder from) {
        return BatchClosed.newBuilder().setBatch(text(ReferenceKind.BATCH, from.batchId())).setMeansValue(from.meansRaw()).setTerminalId((int) from.terminalId())
                .setCurrency(from.currency()).setEpochDay(from.epochDay()).setPaidMinor(from.paidMinor()).setPaidCount((int) from.paidCount())
                .setUndoneMinor(from.undoneMinor()).setUndoneCount((int) from.undoneCount()).setTheirPaidMinor(from.theirPaidMinor())
                .setTheirPaidCount((int) from.theirPaidCount()).setTheirUndoneMinor(from.theirUndoneMinor()).setTheirUndoneCount((int) from.theirUndoneCount());
    }

    private BatchSettled.Builder settled(final BatchSettledDecoder from) {
        return BatchSettled.newBuilder().setBatch(text(ReferenceKind.BATCH, from.batchId())).setPayment(text(ReferenceKind.PAYMENT, from.paymentId()))
                .setGrossMinor(from.grossMinor()).setCommissionMinor(from.commissionMinor()).setCurrency(from.currency())
                .setMadNetCentimes(from.madNetCentimes()).setValueDay(from.valueDay());
    }

    private BreakOpened.Builder opened(final BreakOpenedDecoder from) {
        return BreakOpened.newBuilder().setBreakReference(text(ReferenceKind.BREAK, from.breakId())).setBreakTypeValue(from.breakTypeRaw())
                .setPayment(text(ReferenceKind.PAYMENT, from.paymentId())).setBatch(text(ReferenceKind.BATCH, from.batchId())).setCurrency(from.currency())
                .setOurMinor(from.ourMinor()).setTheirMinor(from.theirMinor());
    }

    private ReturnOpened.Builder returnOpened(final ReturnOpenedDecoder from) {
        return ReturnOpened.newBuilder().setReturnId(from.returnId()).setPayment(text(ReferenceKind.PAYMENT, from.paymentId()))
                .setApplication(text(ReferenceKind.APPLICATION, from.applicationId())).setStamp(text(ReferenceKind.STAMP, from.stampId()))
                .setBatch(text(ReferenceKind.BATCH, from.batchId())).setCurrency(from.currency()).setAmountMinor(from.amountMinor());
    }

    private ReturnSettled.Builder returnSettled(final ReturnSettledDecoder from) {
        return ReturnSettled.newBuilder().setReturnId(from.returnId()).setPayment(text(ReferenceKind.PAYMENT, from.paymentId()))
                .setApplication(text(ReferenceKind.APPLICATION, from.applicationId())).setStamp(text(ReferenceKind.STAMP, from.stampId()))
                .setBatch(text(ReferenceKind.BATCH, from.batchId())).setGrossMinor(from.grossMinor()).setCommissionMinor(from.commissionMinor())
                .setCurrency(from.currency()).setMadNetCentimes(from.madNetCentimes()).setValueDay(from.valueDay());
    }

    private String text(final ReferenceKind kind, final long number) {
        return references.text(kind, number);
    }
}
