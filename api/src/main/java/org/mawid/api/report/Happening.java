package org.mawid.api.report;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.mawid.sbe.ApplicationSubmittedDecoder;
import org.mawid.sbe.AppointmentChangedDecoder;
import org.mawid.sbe.BatchClosedDecoder;
import org.mawid.sbe.BatchSettledDecoder;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.ConfirmedDecoder;
import org.mawid.sbe.EventHeadDecoder;
import org.mawid.sbe.HoldReleasedDecoder;
import org.mawid.sbe.LineState;
import org.mawid.sbe.LinesDecidedDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.OfferLapsedDecoder;
import org.mawid.sbe.OfferMadeDecoder;
import org.mawid.sbe.PaymentChangedDecoder;
import org.mawid.sbe.PaymentStartedDecoder;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.PostedDecoder;
import org.mawid.sbe.RescheduledDecoder;
import org.mawid.sbe.ReturnSettledDecoder;
import org.mawid.sbe.StampDecidedDecoder;
import org.mawid.sbe.StampMatter;
import org.mawid.sbe.StampProposedDecoder;
import org.mawid.sbe.StampState;
import org.mawid.sbe.StampVoidedDecoder;
import org.mawid.sbe.StampsChangedDecoder;
import org.mawid.sbe.StampsIssuedDecoder;
import org.mawid.sbe.WaiterEnd;
import org.mawid.sbe.WaitingBegunDecoder;
import org.mawid.sbe.WaitingEndedDecoder;
import org.mawid.sbe.WalkedInDecoder;

/**
 * All events of one position that count, together: what one of them means depends on the others. One thread.
 */
final class Happening {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    record Submitted(int postId, int serviceId, boolean valid) {
    }

    /** Lines of an application, one bit each, that were decided upon or served. @param state null = they were served */
    record Lines(int postId, long applicationId, int set, LineState state) {
    }

    record Step(int postId, Measure measure) {
    }

    /** A visit that is over. @param kept whether it took place */
    record Visit(int postId, long appointmentId, boolean kept) {
    }

    record Issued(int postId, String currency, long applicationId, int line, long centimes, long minor) {
    }

    /** @param atPost where it was used, 0 = it was not, or is not any more */
    record Moved(int postId, long stampId, StampState state, boolean byPayment, int atPost) {
    }

    /** First or second of two persons. @param decided whether it is the second */
    record TwoPersons(int postId, long stampId, StampMatter matter, boolean decided, boolean approved) {
    }

    record Started(long paymentId, int postId, int means, String currency, boolean hasOrigin) {
    }

    record Changed(long paymentId, int postId, PaymentState state, String currency, boolean wasCharged) {
    }

    record Entry(int postId, String currency, int account, long debitMinor, long creditMinor) {
    }

    final List<Submitted> submitted = new ArrayList<>();
    final List<Lines> lines = new ArrayList<>();
    final List<Step> steps = new ArrayList<>();
    final List<Visit> visits = new ArrayList<>();
    final List<Issued> issued = new ArrayList<>();
    final List<Moved> moved = new ArrayList<>();
    final List<TwoPersons> twoPersons = new ArrayList<>();
    final List<Started> started = new ArrayList<>();
    final List<Changed> changed = new ArrayList<>();
    final List<Entry> entries = new ArrayList<>();
    /** A day is closed or a statement has come: what is receivable moves on, and no money comes or goes. */
    boolean isSettlement;
    long position;
    long nowMs;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ApplicationSubmittedDecoder applicationSubmitted = new ApplicationSubmittedDecoder();
    private final LinesDecidedDecoder linesDecided = new LinesDecidedDecoder();
    private final AppointmentChangedDecoder appointmentChanged = new AppointmentChangedDecoder();
    private final WalkedInDecoder walkedIn = new WalkedInDecoder();
    private final StampsIssuedDecoder stampsIssued = new StampsIssuedDecoder();
    private final StampVoidedDecoder stampVoided = new StampVoidedDecoder();
    private final StampsChangedDecoder stampsChanged = new StampsChangedDecoder();
    private final StampProposedDecoder stampProposed = new StampProposedDecoder();
    private final StampDecidedDecoder stampDecided = new StampDecidedDecoder();
    private final PaymentStartedDecoder paymentStarted = new PaymentStartedDecoder();
    private final PaymentChangedDecoder paymentChanged = new PaymentChangedDecoder();
    private final PostedDecoder posted = new PostedDecoder();
    private final WaitingEndedDecoder waitingEnded = new WaitingEndedDecoder();
    /** An offer that is made in the same position stands for one that was there. */
    private boolean holdReleased;

    void begin(final long newPosition) {
        position = newPosition;
        isSettlement = false;
        holdReleased = false;
        List.of(submitted, lines, steps, visits, issued, moved, twoPersons, started, changed, entries).forEach(List::clear);
    }

    /** One event, with its header. */
    void add(final DirectBuffer buffer, final int offset) {
        final int template = header.wrap(buffer, offset).templateId();
        final int head = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        final int postId = buffer.getShort(head + EventHeadDecoder.postIdEncodingOffset(), ORDER) & 0xFFFF;
        nowMs = buffer.getLong(head + EventHeadDecoder.nowMsEncodingOffset(), ORDER);
        switch (template) {
            case ApplicationSubmittedDecoder.TEMPLATE_ID -> submitted(postId, applicationSubmitted.wrapAndApplyHeader(buffer, offset, header));
            case LinesDecidedDecoder.TEMPLATE_ID -> {
                linesDecided.wrapAndApplyHeader(buffer, offset, header);
                lines.add(new Lines(postId, linesDecided.applicationId(), linesDecided.lines(), linesDecided.state()));
            }
            case ConfirmedDecoder.TEMPLATE_ID -> steps.add(new Step(postId, Measure.APPOINTMENTS_CONFIRMED));
            case RescheduledDecoder.TEMPLATE_ID -> steps.add(new Step(postId, Measure.APPOINTMENTS_RESCHEDULED));
            case AppointmentChangedDecoder.TEMPLATE_ID -> appointment(postId, appointmentChanged.wrapAndApplyHeader(buffer, offset, header));
            case WalkedInDecoder.TEMPLATE_ID -> steps.add(new Step(postId,
                    walkedIn.wrapAndApplyHeader(buffer, offset, header).overflow() == BooleanType.YES ? Measure.OVERFLOWS : Measure.WALK_INS));
            case HoldReleasedDecoder.TEMPLATE_ID -> holdReleased = true;
            case WaitingBegunDecoder.TEMPLATE_ID -> steps.add(new Step(postId, Measure.WAITING_BEGUN));
            case OfferMadeDecoder.TEMPLATE_ID -> steps.add(new Step(postId, holdReleased ? Measure.OFFERS_CHANGED : Measure.OFFERS_MADE));
            case OfferLapsedDecoder.TEMPLATE_ID -> steps.add(new Step(postId, Measure.OFFERS_LAPSED));
            case WaitingEndedDecoder.TEMPLATE_ID -> ended(postId, waitingEnded.wrapAndApplyHeader(buffer, offset, header).end());
            case BatchClosedDecoder.TEMPLATE_ID, BatchSettledDecoder.TEMPLATE_ID, ReturnSettledDecoder.TEMPLATE_ID -> isSettlement = true;
            default -> money(template, postId, buffer, offset);
        }
    }

    private void money(final int template, final int postId, final DirectBuffer buffer, final int offset) {
        switch (template) {
            case StampsIssuedDecoder.TEMPLATE_ID -> issued(postId, stampsIssued.wrapAndApplyHeader(buffer, offset, header));
            case StampVoidedDecoder.TEMPLATE_ID ->
                    moved.add(new Moved(postId, stampVoided.wrapAndApplyHeader(buffer, offset, header).stampId(), StampState.VOID, false, 0));
            case StampsChangedDecoder.TEMPLATE_ID -> moved(postId, stampsChanged.wrapAndApplyHeader(buffer, offset, header));
            case StampProposedDecoder.TEMPLATE_ID -> {
                stampProposed.wrapAndApplyHeader(buffer, offset, header);
                twoPersons.add(new TwoPersons(postId, stampProposed.stampId(), stampProposed.matter(), false, false));
            }
            case StampDecidedDecoder.TEMPLATE_ID -> {
                stampDecided.wrapAndApplyHeader(buffer, offset, header);
                twoPersons.add(new TwoPersons(postId, stampDecided.stampId(), stampDecided.matter(), true, stampDecided.approved() == BooleanType.YES));
            }
            case PaymentStartedDecoder.TEMPLATE_ID -> {
                paymentStarted.wrapAndApplyHeader(buffer, offset, header);
                started.add(new Started(paymentStarted.paymentId(), postId, paymentStarted.means().value(), paymentStarted.currency(), paymentStarted.origin() != 0));
            }
            case PaymentChangedDecoder.TEMPLATE_ID -> {
                paymentChanged.wrapAndApplyHeader(buffer, offset, header);
                changed.add(new Changed(paymentChanged.paymentId(), postId, paymentChanged.state(), paymentChanged.currency(), paymentChanged.batchId() != 0));
            }
            case PostedDecoder.TEMPLATE_ID -> posted(posted.wrapAndApplyHeader(buffer, offset, header));
            default -> {
                // nothing that counts
            }
        }
    }

    private void submitted(final int postId, final ApplicationSubmittedDecoder event) {
        steps.add(new Step(postId, Measure.APPLICATIONS_SUBMITTED));
        for (final ApplicationSubmittedDecoder.LinesDecoder line : event.lines()) {
            submitted.add(new Submitted(postId, line.serviceId(), line.state() == LineState.VALIDATED));
        }
    }

    private void appointment(final int postId, final AppointmentChangedDecoder event) {
        switch (event.state()) {
            case CHECKED_IN -> steps.add(new Step(postId, Measure.APPOINTMENTS_CHECKED_IN));
            case SERVED -> {
                steps.add(new Step(postId, Measure.APPOINTMENTS_SERVED));
                visits.add(new Visit(postId, event.appointmentId(), true));
                lines.add(new Lines(postId, event.applicationId(), event.fulfilled(), null));
            }
            case CANCELLED -> steps.add(new Step(postId, Measure.APPOINTMENTS_CANCELLED));
            case NO_SHOW -> {
                steps.add(new Step(postId, Measure.APPOINTMENTS_NO_SHOW));
                visits.add(new Visit(postId, event.appointmentId(), false));
            }
            case DISPLACED -> steps.add(new Step(postId, Measure.APPOINTMENTS_DISPLACED));
            default -> {
                // called: it is not over
            }
        }
    }

    private void ended(final int postId, final WaiterEnd end) {
        switch (end) {
            case ACCEPTED -> steps.add(new Step(postId, Measure.OFFERS_ACCEPTED));
            case DECLINED -> steps.add(new Step(postId, Measure.OFFERS_DECLINED));
            case NOT_ANSWERED -> steps.add(new Step(postId, Measure.OFFERS_LAPSED));
            default -> {
                // no offer was answered
            }
        }
    }

    private void issued(final int postId, final StampsIssuedDecoder event) {
        final String currency = event.currency();
        for (final StampsIssuedDecoder.StampsDecoder one : event.stamps()) {
            issued.add(new Issued(postId, currency, event.applicationId(), one.line(), one.amountCentimes(), one.localMinor()));
        }
    }

    private void moved(final int postId, final StampsChangedDecoder event) {
        for (final StampsChangedDecoder.StampsDecoder one : event.stamps()) {
            moved.add(new Moved(postId, one.stampId(), event.state(), event.paymentId() != 0, event.atPostId()));
        }
    }

    private void posted(final PostedDecoder event) {
        for (final PostedDecoder.EntriesDecoder one : event.entries()) {
            entries.add(new Entry(one.postId(), one.currency(), one.account().value(), one.debitMinor(), one.creditMinor()));
        }
    }
}
