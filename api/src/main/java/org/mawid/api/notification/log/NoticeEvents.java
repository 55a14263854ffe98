package org.mawid.api.notification.log;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.mawid.api.notification.notice.Happening;
import org.mawid.api.notification.notice.Kind;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.engine.readmodel.EventLog.Cursor;
import org.mawid.sbe.AppointmentChangedDecoder;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.ConfirmedDecoder;
import org.mawid.sbe.EventHeadDecoder;
import org.mawid.sbe.HeldDecoder;
import org.mawid.sbe.LineState;
import org.mawid.sbe.LinesDecidedDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.MessageSentDecoder;
import org.mawid.sbe.MessageWriter;
import org.mawid.sbe.OfferLapsedDecoder;
import org.mawid.sbe.OfferMadeDecoder;
import org.mawid.sbe.RescheduledDecoder;

/** Picks from the events what somebody is to be told of. */
final class NoticeEvents implements EventLog.EventHandler {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HeldDecoder held = new HeldDecoder();
    private final ConfirmedDecoder confirmed = new ConfirmedDecoder();
    private final RescheduledDecoder rescheduled = new RescheduledDecoder();
    private final AppointmentChangedDecoder changed = new AppointmentChangedDecoder();
    private final OfferMadeDecoder offered = new OfferMadeDecoder();
    private final OfferLapsedDecoder lapsed = new OfferLapsedDecoder();
    private final LinesDecidedDecoder decided = new LinesDecidedDecoder();
    private final MessageSentDecoder sent = new MessageSentDecoder();
    private final List<Happening> picked = new ArrayList<>();
    /** The last hold that was made: an offer follows its own. */
    private long heldId;
    private long heldStartMs;
    private long heldDeadlineMs;

    /** What was picked since it was asked last. */
    List<Happening> take() {
        final List<Happening> taken = List.copyOf(picked);
        picked.clear();
        return taken;
    }

    @Override
    public void onEvent(final Cursor cursor, final DirectBuffer buffer, final int offset, final int length) {
        switch (header.wrap(buffer, offset).templateId()) {
            case HeldDecoder.TEMPLATE_ID -> held(buffer, offset);
            case ConfirmedDecoder.TEMPLATE_ID -> {
                confirmed.wrapAndApplyHeader(buffer, offset, header);
                if (confirmed.holdId() != 0) { // else it was taken over from an older system, which has told it
                    pick(Kind.CONFIRMED, confirmed.head(), confirmed.applicationId(), confirmed.appointmentId(), confirmed.startMs(), 0);
                }
            }
            case RescheduledDecoder.TEMPLATE_ID -> {
                rescheduled.wrapAndApplyHeader(buffer, offset, header);
                pick(Kind.RESCHEDULED, rescheduled.head(), rescheduled.applicationId(), rescheduled.appointmentId(), rescheduled.startMs(), 0);
            }
            case AppointmentChangedDecoder.TEMPLATE_ID -> changed(buffer, offset);
            case OfferMadeDecoder.TEMPLATE_ID -> offered(buffer, offset);
            case OfferLapsedDecoder.TEMPLATE_ID -> {
                lapsed.wrapAndApplyHeader(buffer, offset, header);
                pick(Kind.OFFER_LAPSED, lapsed.head(), lapsed.applicationId(), 0, 0, 0);
            }
            case LinesDecidedDecoder.TEMPLATE_ID -> {
                decided.wrapAndApplyHeader(buffer, offset, header);
                final Kind kind = kind(decided.state());
                if (kind != null) {
                    pick(kind, decided.head(), decided.applicationId(), 0, 0, 0);
                }
            }
            case MessageSentDecoder.TEMPLATE_ID -> {
                sent.wrapAndApplyHeader(buffer, offset, header);
                if (sent.writer() != MessageWriter.APPLICANT) {
                    pick(Kind.MESSAGE_SENT, sent.head(), sent.applicationId(), 0, 0, 0);
                }
            }
            default -> { }
        }
    }

    /** Null = who withdraws a line knows, and who was there. */
    private static Kind kind(final LineState state) {
        return switch (state) {
            case VALIDATED -> Kind.VALIDATED;
            case REJECTED -> Kind.REJECTED;
            case EXPIRED -> Kind.EXPIRED;
            case DOCUMENTS_NEEDED -> Kind.DOCUMENTS_NEEDED;
            default -> null;
        };
    }

    private void held(final DirectBuffer buffer, final int offset) {
        held.wrapAndApplyHeader(buffer, offset, header);
        heldId = held.holdId();
        heldStartMs = held.startMs();
        heldDeadlineMs = held.deadlineMs();
    }

    private void offered(final DirectBuffer buffer, final int offset) {
        offered.wrapAndApplyHeader(buffer, offset, header);
        final boolean isLast = offered.holdId() == heldId;
        pick(Kind.OFFER_MADE, offered.head(), offered.applicationId(), offered.holdId(), isLast ? heldStartMs : 0, isLast ? heldDeadlineMs : 0);
    }

    private void changed(final DirectBuffer buffer, final int offset) {
        changed.wrapAndApplyHeader(buffer, offset, header);
        if (changed.state() == AppointmentState.CANCELLED || changed.state() == AppointmentState.DISPLACED) {
            pick(changed.state() == AppointmentState.CANCELLED ? Kind.CANCELLED : Kind.DISPLACED, changed.head(), changed.applicationId(), changed.appointmentId(), 0, 0);
        }
    }

    private void pick(final Kind kind, final EventHeadDecoder head, final long applicationId, final long subject, final long startMs, final long deadlineMs) {
        picked.add(new Happening(kind, head.position(), head.ordinal(), head.postId(), applicationId, subject, startMs, deadlineMs));
    }
}
