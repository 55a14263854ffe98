package org.mawid.engine.testkit;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.sbe.*; // one decoder for every event and record

/** Events and records as a person can read them, for the message of a test that fails and to compare states. */
public final class MessageText {
    private static final MessageHeaderDecoder HEADER = new MessageHeaderDecoder();

    private MessageText() {
    }

    /** One text for each frame that an {@link EventWriter} has written. */
    public static List<String> of(final byte[] frames) {
        final DirectBuffer buffer = new UnsafeBuffer(frames);
        final List<String> texts = new ArrayList<>();
        for (int at = 0; at < frames.length; ) {
            final int length = buffer.getInt(at);
            texts.add(message(buffer, at + EventWriter.FRAME_BYTES));
            at += (EventWriter.FRAME_BYTES + length + 7) & ~7;
        }
        return texts;
    }

    /** One message, header first. */
    public static synchronized String message(final DirectBuffer buffer, final int offset) {
        final int template = HEADER.wrap(buffer, offset).templateId();
        return switch (template) {
            case CoreVersionSetDecoder.TEMPLATE_ID -> new CoreVersionSetDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case RulesSetDecoder.TEMPLATE_ID -> new RulesSetDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case ApplicationRetiredDecoder.TEMPLATE_ID -> new ApplicationRetiredDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case PostDefinedDecoder.TEMPLATE_ID -> new PostDefinedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case PoolDefinedDecoder.TEMPLATE_ID -> new PoolDefinedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case ServiceDefinedDecoder.TEMPLATE_ID -> new ServiceDefinedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case DeskServiceSetDecoder.TEMPLATE_ID -> new DeskServiceSetDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case TariffSetDecoder.TEMPLATE_ID -> new TariffSetDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case FeeTimeSetDecoder.TEMPLATE_ID -> new FeeTimeSetDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case RateSetDecoder.TEMPLATE_ID -> new RateSetDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case DayPublishedDecoder.TEMPLATE_ID -> new DayPublishedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case RoomChangedDecoder.TEMPLATE_ID -> new RoomChangedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case WithheldSetDecoder.TEMPLATE_ID -> new WithheldSetDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case OverbookedSetDecoder.TEMPLATE_ID -> new OverbookedSetDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case OverbookedWithdrawnDecoder.TEMPLATE_ID -> new OverbookedWithdrawnDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case OverbookedRecordDecoder.TEMPLATE_ID -> new OverbookedRecordDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case QuotasSetDecoder.TEMPLATE_ID -> new QuotasSetDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case QuotaChangedDecoder.TEMPLATE_ID -> new QuotaChangedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case QuotaSpilledDecoder.TEMPLATE_ID -> new QuotaSpilledDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case QuotaRecordDecoder.TEMPLATE_ID -> new QuotaRecordDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case ChangeBegunDecoder.TEMPLATE_ID -> new ChangeBegunDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case DayStagedDecoder.TEMPLATE_ID -> new DayStagedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case ChangeAppliedDecoder.TEMPLATE_ID -> new ChangeAppliedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case ChangeAbandonedDecoder.TEMPLATE_ID -> new ChangeAbandonedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case ApplicationSubmittedDecoder.TEMPLATE_ID -> new ApplicationSubmittedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case DocumentRecordedDecoder.TEMPLATE_ID -> new DocumentRecordedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case DocumentKindRecordedDecoder.TEMPLATE_ID -> new DocumentKindRecordedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case DocumentsAskedDecoder.TEMPLATE_ID -> new DocumentsAskedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case ApplicationAssignedDecoder.TEMPLATE_ID -> new ApplicationAssignedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case ServiceDocumentsSetDecoder.TEMPLATE_ID -> new ServiceDocumentsSetDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case ReviewRecordDecoder.TEMPLATE_ID -> new ReviewRecordDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case ReasonGivenDecoder.TEMPLATE_ID -> new ReasonGivenDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case AttendanceConfirmedDecoder.TEMPLATE_ID -> new AttendanceConfirmedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case AccessRecordedDecoder.TEMPLATE_ID -> new AccessRecordedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case MessageSentDecoder.TEMPLATE_ID -> new MessageSentDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case LinesDecidedDecoder.TEMPLATE_ID -> new LinesDecidedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case HeldDecoder.TEMPLATE_ID -> new HeldDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case ConfirmedDecoder.TEMPLATE_ID -> new ConfirmedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case HoldReleasedDecoder.TEMPLATE_ID -> new HoldReleasedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case HoldExpiredDecoder.TEMPLATE_ID -> new HoldExpiredDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case RescheduledDecoder.TEMPLATE_ID -> new RescheduledDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case AppointmentChangedDecoder.TEMPLATE_ID -> new AppointmentChangedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case WalkedInDecoder.TEMPLATE_ID -> new WalkedInDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case StampsIssuedDecoder.TEMPLATE_ID -> new StampsIssuedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case StampsTakenOverDecoder.TEMPLATE_ID -> new StampsTakenOverDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case StampVoidedDecoder.TEMPLATE_ID -> new StampVoidedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case StampsChangedDecoder.TEMPLATE_ID -> new StampsChangedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case PaymentStartedDecoder.TEMPLATE_ID -> new PaymentStartedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case PaymentChangedDecoder.TEMPLATE_ID -> new PaymentChangedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case StampProposedDecoder.TEMPLATE_ID -> new StampProposedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case StampDecidedDecoder.TEMPLATE_ID -> new StampDecidedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case PostedDecoder.TEMPLATE_ID -> new PostedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case TerminalDefinedDecoder.TEMPLATE_ID -> new TerminalDefinedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case BatchClosedDecoder.TEMPLATE_ID -> new BatchClosedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case ReturnOpenedDecoder.TEMPLATE_ID -> new ReturnOpenedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case ReturnSettledDecoder.TEMPLATE_ID -> new ReturnSettledDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case BatchSettledDecoder.TEMPLATE_ID -> new BatchSettledDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case BreakOpenedDecoder.TEMPLATE_ID -> new BreakOpenedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case BreakAssignedDecoder.TEMPLATE_ID -> new BreakAssignedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case BreakResolvedDecoder.TEMPLATE_ID -> new BreakResolvedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case StampRulesSetDecoder.TEMPLATE_ID -> new StampRulesSetDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case PostRecordDecoder.TEMPLATE_ID -> new PostRecordDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case DayRecordDecoder.TEMPLATE_ID -> new DayRecordDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case ChangeRecordDecoder.TEMPLATE_ID -> new ChangeRecordDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case ApplicationRecordDecoder.TEMPLATE_ID -> new ApplicationRecordDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case HoldRecordDecoder.TEMPLATE_ID -> new HoldRecordDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case AppointmentRecordDecoder.TEMPLATE_ID -> new AppointmentRecordDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case StampRecordDecoder.TEMPLATE_ID -> new StampRecordDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case PaymentRecordDecoder.TEMPLATE_ID -> new PaymentRecordDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case TerminalRecordDecoder.TEMPLATE_ID -> new TerminalRecordDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case BatchRecordDecoder.TEMPLATE_ID -> new BatchRecordDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case ReturnRecordDecoder.TEMPLATE_ID -> new ReturnRecordDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case BreakRecordDecoder.TEMPLATE_ID -> new BreakRecordDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case BookRecordDecoder.TEMPLATE_ID -> new BookRecordDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case RecordedOfflineDecoder.TEMPLATE_ID -> new RecordedOfflineDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case DaysClosedDecoder.TEMPLATE_ID -> new DaysClosedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case ClosureInForceDecoder.TEMPLATE_ID -> new ClosureInForceDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case DaysReopenedDecoder.TEMPLATE_ID -> new DaysReopenedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case PostsAcceptedDecoder.TEMPLATE_ID -> new PostsAcceptedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case WaitingBegunDecoder.TEMPLATE_ID -> new WaitingBegunDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case OfferMadeDecoder.TEMPLATE_ID -> new OfferMadeDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case NoRoomFoundDecoder.TEMPLATE_ID -> new NoRoomFoundDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case OfferLapsedDecoder.TEMPLATE_ID -> new OfferLapsedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case WaitingEndedDecoder.TEMPLATE_ID -> new WaitingEndedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case OfferRulesSetDecoder.TEMPLATE_ID -> new OfferRulesSetDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case ClosureRecordDecoder.TEMPLATE_ID -> new ClosureRecordDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case WaiterRecordDecoder.TEMPLATE_ID -> new WaiterRecordDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case AcceptedPostsRecordDecoder.TEMPLATE_ID -> new AcceptedPostsRecordDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case TicketQueuedDecoder.TEMPLATE_ID -> new TicketQueuedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case TicketChangedDecoder.TEMPLATE_ID -> new TicketChangedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case TicketEndedDecoder.TEMPLATE_ID -> new TicketEndedDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case HallRulesSetDecoder.TEMPLATE_ID -> new HallRulesSetDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case TimesMeasuredDecoder.TEMPLATE_ID -> new TimesMeasuredDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case TicketRecordDecoder.TEMPLATE_ID -> new TicketRecordDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case DeskPaceRecordDecoder.TEMPLATE_ID -> new DeskPaceRecordDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            case ServiceTimeRecordDecoder.TEMPLATE_ID -> new ServiceTimeRecordDecoder().wrapAndApplyHeader(buffer, offset, HEADER).toString();
            default -> "template " + template;
        };
    }
}
