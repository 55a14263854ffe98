package org.mawid.api.watch;

import org.agrona.DirectBuffer;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.grpc.ClosureInForce;
import org.mawid.grpc.DaysClosed;
import org.mawid.grpc.DaysReopened;
import org.mawid.grpc.Event;
import org.mawid.grpc.NoRoomFound;
import org.mawid.grpc.OfferLapsed;
import org.mawid.grpc.OfferMade;
import org.mawid.grpc.PostsAccepted;
import org.mawid.grpc.RecordedOffline;
import org.mawid.grpc.WaitingBegun;
import org.mawid.grpc.WaitingEnded;
import org.mawid.grpc.WaitingReduced;
import org.mawid.grpc.WaitlistJoined;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.ClosureInForceDecoder;
import org.mawid.sbe.DaysClosedDecoder;
import org.mawid.sbe.DaysReopenedDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.NoRoomFoundDecoder;
import org.mawid.sbe.OfferLapsedDecoder;
import org.mawid.sbe.OfferMadeDecoder;
import org.mawid.sbe.PostsAcceptedDecoder;
import org.mawid.sbe.RecordedOfflineDecoder;
import org.mawid.sbe.WaitingBegunDecoder;
import org.mawid.sbe.WaitingEndedDecoder;
import org.mawid.sbe.WaitingReducedDecoder;
import org.mawid.sbe.WaitlistJoinedDecoder;

/** Closures, offers, and what was recorded while a link was down: from the events of the log to messages. As {@link EventMapping}. */
final class ClosureEvents {
    private final References references;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    ClosureEvents(final References references) {
        this.references = references;
    }

    /** @return false for an event of something else */
    boolean put(final Event.Builder event, final int templateId, final DirectBuffer buffer, final int offset) {
        switch (templateId) {
            case DaysClosedDecoder.TEMPLATE_ID -> event.setDaysClosed(closed(new DaysClosedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case ClosureInForceDecoder.TEMPLATE_ID -> {
                final ClosureInForceDecoder from = new ClosureInForceDecoder().wrapAndApplyHeader(buffer, offset, header);
                event.setClosureInForce(ClosureInForce.newBuilder().setClosureId(from.closureId()).setDisplaced((int) from.displaced()).setHolds((int) from.holds()));
            }
            case DaysReopenedDecoder.TEMPLATE_ID -> {
                final DaysReopenedDecoder from = new DaysReopenedDecoder().wrapAndApplyHeader(buffer, offset, header);
                event.setDaysReopened(DaysReopened.newBuilder().setClosureId(from.closureId()).setByCommand(from.byCommand() == BooleanType.YES));
            }
            case PostsAcceptedDecoder.TEMPLATE_ID -> event.setPostsAccepted(accepted(new PostsAcceptedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case RecordedOfflineDecoder.TEMPLATE_ID -> event.setRecordedOffline(recorded(new RecordedOfflineDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case WaitingBegunDecoder.TEMPLATE_ID -> event.setWaitingBegun(begun(new WaitingBegunDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case OfferMadeDecoder.TEMPLATE_ID -> {
                final OfferMadeDecoder from = new OfferMadeDecoder().wrapAndApplyHeader(buffer, offset, header);
                event.setOfferMade(OfferMade.newBuilder().setWaiterId(from.waiterId()).setApplication(application(from.applicationId()))
                        .setHold(references.text(ReferenceKind.HOLD, from.holdId())).setOffers(from.offers()));
            }
            case NoRoomFoundDecoder.TEMPLATE_ID -> {
                final NoRoomFoundDecoder from = new NoRoomFoundDecoder().wrapAndApplyHeader(buffer, offset, header);
                event.setNoRoomFound(NoRoomFound.newBuilder().setWaiterId(from.waiterId()).setApplication(application(from.applicationId())));
            }
            case OfferLapsedDecoder.TEMPLATE_ID -> {
                final OfferLapsedDecoder from = new OfferLapsedDecoder().wrapAndApplyHeader(buffer, offset, header);
                event.setOfferLapsed(OfferLapsed.newBuilder().setWaiterId(from.waiterId()).setApplication(application(from.applicationId())));
            }
            case WaitlistJoinedDecoder.TEMPLATE_ID -> {
                final WaitlistJoinedDecoder from = new WaitlistJoinedDecoder().wrapAndApplyHeader(buffer, offset, header);
                event.setWaitlistJoined(WaitlistJoined.newBuilder().setWaiterId(from.waiterId()).setApplication(application(from.applicationId()))
                        .setAppointment(appointment(from.appointmentId())).setFromEpochDay(from.fromEpochDay()).setToEpochDay(from.toEpochDay()).setLines(from.lines()));
            }
            case WaitingReducedDecoder.TEMPLATE_ID -> {
                final WaitingReducedDecoder from = new WaitingReducedDecoder().wrapAndApplyHeader(buffer, offset, header);
                event.setWaitingReduced(WaitingReduced.newBuilder().setWaiterId(from.waiterId()).setApplication(application(from.applicationId())).setLines(from.lines()));
            }
            case WaitingEndedDecoder.TEMPLATE_ID -> {
                final WaitingEndedDecoder from = new WaitingEndedDecoder().wrapAndApplyHeader(buffer, offset, header);
                event.setWaitingEnded(WaitingEnded.newBuilder().setWaiterId(from.waiterId()).setApplication(application(from.applicationId())).setEndValue(from.endRaw()));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static DaysClosed.Builder closed(final DaysClosedDecoder from) {
        return DaysClosed.newBuilder().setClosureId(from.closureId()).setFromMs(from.fromMs()).setToMs(from.toMs()).setReasonHash(from.reasonHash())
                .setPoolId(from.poolId()).setReasonCode(from.reasonCode()).setCapacity(from.capacity());
    }

    private PostsAccepted.Builder accepted(final PostsAcceptedDecoder from) {
        final PostsAccepted.Builder accepted = PostsAccepted.newBuilder().setApplication(application(from.applicationId()));
        for (final PostsAcceptedDecoder.PostsDecoder post : from.posts()) {
            accepted.addPosts(post.postId());
        }
        return accepted;
    }

    private RecordedOffline.Builder recorded(final RecordedOfflineDecoder from) {
        return RecordedOffline.newBuilder().setAppointment(appointment(from.appointmentId())).setAsAppointment(appointment(from.asAppointmentId()))
                .setAtMs(from.atMs()).setStateValue(from.stateRaw());
    }

    private WaitingBegun.Builder begun(final WaitingBegunDecoder from) {
        return WaitingBegun.newBuilder().setWaiterId(from.waiterId()).setApplication(application(from.applicationId())).setAppointment(appointment(from.appointmentId()))
                .setClosureId(from.closureId()).setLines(from.lines()).setPrioritised(from.prioritised() == BooleanType.YES);
    }

    private String application(final long number) {
        return references.text(ReferenceKind.APPLICATION, number);
    }

    private String appointment(final long number) {
        return references.text(ReferenceKind.APPOINTMENT, number);
    }
}
