package org.mawid.api.watch;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.mawid.sbe.ApplicationAssignedDecoder;
import org.mawid.sbe.ApplicationRetiredDecoder;
import org.mawid.sbe.ApplicationSubmittedDecoder;
import org.mawid.sbe.AppointmentChangedDecoder;
import org.mawid.sbe.ConfirmedDecoder;
import org.mawid.sbe.DocumentKindRecordedDecoder;
import org.mawid.sbe.DocumentRecordedDecoder;
import org.mawid.sbe.DocumentsAskedDecoder;
import org.mawid.sbe.HeldDecoder;
import org.mawid.sbe.HoldExpiredDecoder;
import org.mawid.sbe.HoldReleasedDecoder;
import org.mawid.sbe.LinesDecidedDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.MessageSentDecoder;
import org.mawid.sbe.NoRoomFoundDecoder;
import org.mawid.sbe.OfferLapsedDecoder;
import org.mawid.sbe.OfferMadeDecoder;
import org.mawid.sbe.PaymentChangedDecoder;
import org.mawid.sbe.PaymentStartedDecoder;
import org.mawid.sbe.PostsAcceptedDecoder;
import org.mawid.sbe.RescheduledDecoder;
import org.mawid.sbe.ReturnOpenedDecoder;
import org.mawid.sbe.ReturnSettledDecoder;
import org.mawid.sbe.StampDecidedDecoder;
import org.mawid.sbe.StampProposedDecoder;
import org.mawid.sbe.StampVoidedDecoder;
import org.mawid.sbe.StampsChangedDecoder;
import org.mawid.sbe.StampsIssuedDecoder;
import org.mawid.sbe.StampsTakenOverDecoder;
import org.mawid.sbe.WaitingBegunDecoder;
import org.mawid.sbe.WaitingEndedDecoder;
import org.mawid.sbe.WaitingReducedDecoder;
import org.mawid.sbe.WaitlistJoinedDecoder;
import org.mawid.sbe.WalkedInDecoder;

/** Which application an event is about. Immutable; any thread. */
final class EventApplications {
    private EventApplications() {
    }

    /** Its number, 0 = none. @param offset of the SBE message with its header */
    static long of(final DirectBuffer buffer, final int offset) {
        final int field = switch (EventMapping.template(buffer, offset)) {
            case ApplicationRetiredDecoder.TEMPLATE_ID -> ApplicationRetiredDecoder.applicationIdEncodingOffset();
            case ApplicationSubmittedDecoder.TEMPLATE_ID -> ApplicationSubmittedDecoder.applicationIdEncodingOffset();
            case LinesDecidedDecoder.TEMPLATE_ID -> LinesDecidedDecoder.applicationIdEncodingOffset();
            case PostsAcceptedDecoder.TEMPLATE_ID -> PostsAcceptedDecoder.applicationIdEncodingOffset();
            case MessageSentDecoder.TEMPLATE_ID -> MessageSentDecoder.applicationIdEncodingOffset();
            case DocumentRecordedDecoder.TEMPLATE_ID -> DocumentRecordedDecoder.applicationIdEncodingOffset();
            case DocumentKindRecordedDecoder.TEMPLATE_ID -> DocumentKindRecordedDecoder.applicationIdEncodingOffset();
            case DocumentsAskedDecoder.TEMPLATE_ID -> DocumentsAskedDecoder.applicationIdEncodingOffset();
            case ApplicationAssignedDecoder.TEMPLATE_ID -> ApplicationAssignedDecoder.applicationIdEncodingOffset();
            case HeldDecoder.TEMPLATE_ID -> HeldDecoder.applicationIdEncodingOffset();
            case ConfirmedDecoder.TEMPLATE_ID -> ConfirmedDecoder.applicationIdEncodingOffset();
            case HoldReleasedDecoder.TEMPLATE_ID -> HoldReleasedDecoder.applicationIdEncodingOffset();
            case HoldExpiredDecoder.TEMPLATE_ID -> HoldExpiredDecoder.applicationIdEncodingOffset();
            case RescheduledDecoder.TEMPLATE_ID -> RescheduledDecoder.applicationIdEncodingOffset();
            case AppointmentChangedDecoder.TEMPLATE_ID -> AppointmentChangedDecoder.applicationIdEncodingOffset();
            case WalkedInDecoder.TEMPLATE_ID -> WalkedInDecoder.applicationIdEncodingOffset();
            case WaitingBegunDecoder.TEMPLATE_ID -> WaitingBegunDecoder.applicationIdEncodingOffset();
            case OfferMadeDecoder.TEMPLATE_ID -> OfferMadeDecoder.applicationIdEncodingOffset();
            case NoRoomFoundDecoder.TEMPLATE_ID -> NoRoomFoundDecoder.applicationIdEncodingOffset();
            case OfferLapsedDecoder.TEMPLATE_ID -> OfferLapsedDecoder.applicationIdEncodingOffset();
            case WaitingEndedDecoder.TEMPLATE_ID -> WaitingEndedDecoder.applicationIdEncodingOffset();
            case StampsIssuedDecoder.TEMPLATE_ID -> StampsIssuedDecoder.applicationIdEncodingOffset();
            case StampVoidedDecoder.TEMPLATE_ID -> StampVoidedDecoder.applicationIdEncodingOffset();
            case StampsChangedDecoder.TEMPLATE_ID -> StampsChangedDecoder.applicationIdEncodingOffset();
            case PaymentStartedDecoder.TEMPLATE_ID -> PaymentStartedDecoder.applicationIdEncodingOffset();
            case PaymentChangedDecoder.TEMPLATE_ID -> PaymentChangedDecoder.applicationIdEncodingOffset();
            case StampProposedDecoder.TEMPLATE_ID -> StampProposedDecoder.applicationIdEncodingOffset();
            case StampDecidedDecoder.TEMPLATE_ID -> StampDecidedDecoder.applicationIdEncodingOffset();
            case ReturnOpenedDecoder.TEMPLATE_ID -> ReturnOpenedDecoder.applicationIdEncodingOffset();
            case ReturnSettledDecoder.TEMPLATE_ID -> ReturnSettledDecoder.applicationIdEncodingOffset();
            case WaitlistJoinedDecoder.TEMPLATE_ID -> WaitlistJoinedDecoder.applicationIdEncodingOffset();
            case WaitingReducedDecoder.TEMPLATE_ID -> WaitingReducedDecoder.applicationIdEncodingOffset();
            case StampsTakenOverDecoder.TEMPLATE_ID -> StampsTakenOverDecoder.applicationIdEncodingOffset();
            default -> -1;
        };
        return field < 0 ? 0 : buffer.getLong(offset + MessageHeaderDecoder.ENCODED_LENGTH + field, ByteOrder.LITTLE_ENDIAN);
    }
}
