package org.mawid.api.notification.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.api.notification.notice.Happening;
import org.mawid.api.notification.notice.Kind;
import org.mawid.engine.readmodel.EventLog.Cursor;
import org.mawid.sbe.AppointmentChangedEncoder;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.ConfirmedEncoder;
import org.mawid.sbe.EventHeadEncoder;
import org.mawid.sbe.HeldEncoder;
import org.mawid.sbe.LineState;
import org.mawid.sbe.LinesDecidedEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.MessageSentEncoder;
import org.mawid.sbe.MessageWriter;
import org.mawid.sbe.OfferMadeEncoder;

/** Of all that happens, that is told which somebody has to know. */
class NoticeEventsTest {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NoticeEvents events = new NoticeEvents();

    @Test
    void givenLinesAreDecided_thenItIsTold_butNotToWhoWithdrawsThem() {
        for (final LineState state : new LineState[] {LineState.VALIDATED, LineState.REJECTED, LineState.DOCUMENTS_NEEDED, LineState.WITHDRAWN, LineState.EXPIRED}) {
            final LinesDecidedEncoder decided = new LinesDecidedEncoder().wrapAndApplyHeader(buffer, 0, header);
            head(decided.head());
            decided.applicationId(7).lines(1);
            decided.state(state);
            happens();
        }
        assertThat(events.take()).containsExactly(new Happening(Kind.VALIDATED, 40, 3, 69, 7, 0, 0, 0), new Happening(Kind.REJECTED, 40, 3, 69, 7, 0, 0, 0), new Happening(Kind.DOCUMENTS_NEEDED, 40, 3, 69, 7, 0, 0, 0), new Happening(Kind.EXPIRED, 40, 3, 69, 7, 0, 0, 0));
        assertThat(events.take()).isEmpty();
    }

    @Test
    void givenAnAppointmentOfAnOlderSystem_thenItIsNotToldAgain() {
        for (final long hold : new long[] {0, 5}) {
            final ConfirmedEncoder confirmed = new ConfirmedEncoder().wrapAndApplyHeader(buffer, 0, header);
            head(confirmed.head());
            confirmed.appointmentId(9).holdId(hold).applicationId(7).startMs(1_000).legsCount(0);
            happens();
        }
        assertThat(events.take()).containsExactly(new Happening(Kind.CONFIRMED, 40, 3, 69, 7, 9, 1_000, 0));
    }

    @Test
    void givenAnOffer_thenItsTimesAreThoseOfItsHold_orAreLookedUpLater() {
        final HeldEncoder held = new HeldEncoder().wrapAndApplyHeader(buffer, 0, header);
        head(held.head());
        held.holdId(5).applicationId(7).deadlineMs(900).startMs(1_000).legsCount(0);
        happens();
        for (final long hold : new long[] {5, 6}) {
            final OfferMadeEncoder offered = new OfferMadeEncoder().wrapAndApplyHeader(buffer, 0, header);
            head(offered.head());
            offered.waiterId(3).applicationId(7).holdId(hold).offers((short) 1);
            happens();
        }
        assertThat(events.take()).containsExactly(new Happening(Kind.OFFER_MADE, 40, 3, 69, 7, 5, 1_000, 900), new Happening(Kind.OFFER_MADE, 40, 3, 69, 7, 6, 0, 0));
    }

    @Test
    void givenMessagesAndStepsOfAVisit_thenThoseAreToldThatTheApplicantDidNotMake() {
        for (final MessageWriter writer : new MessageWriter[] {MessageWriter.APPLICANT, MessageWriter.POST, MessageWriter.CALL_CENTRE}) {
            final MessageSentEncoder sent = new MessageSentEncoder().wrapAndApplyHeader(buffer, 0, header);
            head(sent.head());
            sent.applicationId(7).textHash(1).topicCode(2).writer(writer);
            happens();
        }
        for (final AppointmentState state : AppointmentState.values()) {
            if (state != AppointmentState.NULL_VAL) {
                final AppointmentChangedEncoder changed = new AppointmentChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
                head(changed.head());
                changed.appointmentId(9).applicationId(7).state(state).counter((short) 0).ticket(0).fulfilled(0);
                happens();
            }
        }
        assertThat(events.take()).extracting(Happening::kind).containsExactly(Kind.MESSAGE_SENT, Kind.MESSAGE_SENT, Kind.CANCELLED, Kind.DISPLACED);
    }

    private static void head(final EventHeadEncoder head) {
        head.position(40).nowMs(50).ordinal(3).postId(69);
    }

    private void happens() {
        events.onEvent(new Cursor(1, 40, 3), buffer, 0, buffer.capacity());
    }
}
