package org.mawid.engine.readmodel.records;

import java.nio.ByteOrder;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.mawid.sbe.ApplicationAssignedDecoder;
import org.mawid.sbe.ApplicationRecordDecoder;
import org.mawid.sbe.ApplicationRecordEncoder;
import org.mawid.sbe.ApplicationRetiredDecoder;
import org.mawid.sbe.ApplicationSubmittedDecoder;
import org.mawid.sbe.AppointmentChangedDecoder;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.AttendanceConfirmedDecoder;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.ConfirmedDecoder;
import org.mawid.sbe.DocumentRecordedDecoder;
import org.mawid.sbe.EventHeadDecoder;
import org.mawid.sbe.HeldDecoder;
import org.mawid.sbe.HoldExpiredDecoder;
import org.mawid.sbe.HoldReleasedDecoder;
import org.mawid.sbe.LineState;
import org.mawid.sbe.LinesDecidedDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.MessageSentDecoder;
import org.mawid.sbe.PostsAcceptedDecoder;
import org.mawid.sbe.ReasonGivenDecoder;
import org.mawid.sbe.RescheduledDecoder;
import org.mawid.sbe.WaitlistJoinedDecoder;
import org.mawid.sbe.WalkedInDecoder;

/**
 * What an event does to records. Whatever belongs to an application changes together with it, so the application's cursor says
 * whether the event is news; only holds, which are told apart from it, have one of their own.
 *
 * <p>While records are being made anew, an application may not be there yet: then the event is passed over, for the slice that
 * brings the application is younger than it. Otherwise a missing application is damage.
 */
final class Projection {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

    private final Staging staging;
    private final LongConsumer reload;
    private final Visits visits;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MessageHeaderEncoder recordHeader = new MessageHeaderEncoder();
    private final ApplicationSubmittedDecoder submitted = new ApplicationSubmittedDecoder();
    private final LinesDecidedDecoder decided = new LinesDecidedDecoder();
    private final ReasonGivenDecoder reasonGiven = new ReasonGivenDecoder();
    private final AttendanceConfirmedDecoder attendanceConfirmed = new AttendanceConfirmedDecoder();
    private final HeldDecoder held = new HeldDecoder();
    private final ConfirmedDecoder confirmed = new ConfirmedDecoder();
    private final HoldReleasedDecoder released = new HoldReleasedDecoder();
    private final HoldExpiredDecoder expired = new HoldExpiredDecoder();
    private final RescheduledDecoder rescheduled = new RescheduledDecoder();
    private final AppointmentChangedDecoder changed = new AppointmentChangedDecoder();
    private final WalkedInDecoder walkedIn = new WalkedInDecoder();
    private final PostsAcceptedDecoder postsAccepted = new PostsAcceptedDecoder();
    private final MessageSentDecoder messageSent = new MessageSentDecoder();
    private final DocumentRecordedDecoder documentRecorded = new DocumentRecordedDecoder();
    private final ApplicationAssignedDecoder applicationAssigned = new ApplicationAssignedDecoder();
    private final WaitlistJoinedDecoder waitlistJoined = new WaitlistJoinedDecoder();
    private final ApplicationRetiredDecoder retired = new ApplicationRetiredDecoder();
    private final ApplicationRecordEncoder application = new ApplicationRecordEncoder();
    private final MoneyEvents money;
    private boolean incomplete;
    private long cursor;
    private long position;
    private long nowMs;
    private int postId;

    /** @param reload takes an application with all that belongs to it from the core's state, when an event does not say enough */
    Projection(final Staging staging, final LongConsumer reload) {
        this.staging = staging;
        this.reload = reload;
        this.visits = new Visits();
        this.money = new MoneyEvents(this, staging, reload);
    }

    /** True while applications may be missing. */
    void incomplete(final boolean whetherIncomplete) {
        incomplete = whetherIncomplete;
    }

    /** Position of the last event. */
    long position() {
        return position;
    }

    /** Whether records change by such an event. */
    static boolean concerns(final int templateId) {
        return templateId == ApplicationRetiredDecoder.TEMPLATE_ID
                || templateId >= ApplicationSubmittedDecoder.TEMPLATE_ID && templateId <= WalkedInDecoder.TEMPLATE_ID
                || templateId == WaitlistJoinedDecoder.TEMPLATE_ID || MoneyEvents.concerns(templateId);
    }

    /** One event that {@link #concerns} them, with its header. */
    void onEvent(final DirectBuffer buffer, final int offset) {
        final int template = header.wrap(buffer, offset).templateId();
        final int head = offset + HEADER;
        position = buffer.getLong(head + EventHeadDecoder.positionEncodingOffset(), ORDER);
        nowMs = buffer.getLong(head + EventHeadDecoder.nowMsEncodingOffset(), ORDER);
        postId = buffer.getShort(head + EventHeadDecoder.postIdEncodingOffset(), ORDER) & 0xFFFF;
        cursor = Entry.cursor(position, buffer.getShort(head + EventHeadDecoder.ordinalEncodingOffset(), ORDER) & 0xFFFF);
        switch (template) {
            case ApplicationSubmittedDecoder.TEMPLATE_ID -> submitted(submitted.wrapAndApplyHeader(buffer, offset, header));
            case LinesDecidedDecoder.TEMPLATE_ID -> decided(decided.wrapAndApplyHeader(buffer, offset, header));
            case HeldDecoder.TEMPLATE_ID -> held(held.wrapAndApplyHeader(buffer, offset, header));
            case ConfirmedDecoder.TEMPLATE_ID -> confirmed(confirmed.wrapAndApplyHeader(buffer, offset, header));
            case HoldReleasedDecoder.TEMPLATE_ID -> {
                released.wrapAndApplyHeader(buffer, offset, header);
                holdEnded(released.holdId(), released.applicationId());
            }
            case HoldExpiredDecoder.TEMPLATE_ID -> {
                expired.wrapAndApplyHeader(buffer, offset, header);
                holdEnded(expired.holdId(), expired.applicationId());
            }
            case ReasonGivenDecoder.TEMPLATE_ID -> reasonGiven(reasonGiven.wrapAndApplyHeader(buffer, offset, header));
            case AttendanceConfirmedDecoder.TEMPLATE_ID -> attendanceConfirmed(attendanceConfirmed.wrapAndApplyHeader(buffer, offset, header));
            case RescheduledDecoder.TEMPLATE_ID -> rescheduled(rescheduled.wrapAndApplyHeader(buffer, offset, header));
            case AppointmentChangedDecoder.TEMPLATE_ID -> changed(changed.wrapAndApplyHeader(buffer, offset, header));
            case WalkedInDecoder.TEMPLATE_ID -> walkedIn(walkedIn.wrapAndApplyHeader(buffer, offset, header));
            case WaitlistJoinedDecoder.TEMPLATE_ID -> changing(waitlistJoined.wrapAndApplyHeader(buffer, offset, header).applicationId());
            case PostsAcceptedDecoder.TEMPLATE_ID -> changing(postsAccepted.wrapAndApplyHeader(buffer, offset, header).applicationId());
            case MessageSentDecoder.TEMPLATE_ID -> changing(messageSent.wrapAndApplyHeader(buffer, offset, header).applicationId());
            case DocumentRecordedDecoder.TEMPLATE_ID -> changing(documentRecorded.wrapAndApplyHeader(buffer, offset, header).applicationId());
            case ApplicationAssignedDecoder.TEMPLATE_ID -> changing(applicationAssigned.wrapAndApplyHeader(buffer, offset, header).applicationId());
            case ApplicationRetiredDecoder.TEMPLATE_ID -> retired(retired.wrapAndApplyHeader(buffer, offset, header));
            default -> money.onEvent(template, buffer, offset);
        }
    }

    // ---- the present event

    long cursor() {
        return cursor;
    }

    long nowMs() {
        return nowMs;
    }

    int postId() {
        return postId;
    }

    boolean isIncomplete() {
        return incomplete;
    }

    // ---- applications

    private void submitted(final ApplicationSubmittedDecoder event) {
        final Entry entry = created(Kind.APPLICATION, event.applicationId());
        if (entry.isPresent() && entry.cursor() >= cursor) {
            return;
        }
        final ApplicationSubmittedDecoder.LinesDecoder said = event.lines();
        entry.room(Entry.bytesWith(said.count()));
        application.wrapAndApplyHeader(entry.buffer, Entry.MESSAGE, recordHeader).applicationId(event.applicationId()).applicant(event.applicant())
                .submittedMs(nowMs).changedMs(nowMs).validUntilMs(0).postId(postId);
        final ApplicationRecordEncoder.LinesEncoder lines = application.linesCount(said.count());
        while (said.hasNext()) {
            said.next();
            lines.next().personKey(said.personKey()).stampId(0).holdId(0).appointmentId(0).registeredPostId(said.registeredPostId())
                    .serviceId(said.serviceId()).quantity(said.quantity()).ageBand(said.ageBand()).priority(said.priority())
                    .representative(said.representative()).state(said.state()).reasonHash(0).reasonCode(0);
        }
        entry.begin(cursor, application.limit() - Entry.MESSAGE);
    }

    /** A record that this event makes. It can be there already only while records are incomplete: its slice was younger. */
    private Entry created(final Kind kind, final long number) {
        return incomplete ? staging.load(kind, number) : staging.blank(kind, number);
    }

    /** The application, to be changed; null when this event is not news to it. */
    Entry changing(final long applicationId) {
        final Entry entry = news(applicationId);
        if (entry != null) {
            entry.buffer.putLong(Entry.BLOCK + ApplicationRecordDecoder.changedMsEncodingOffset(), nowMs, ORDER);
        }
        return entry;
    }

    /** As {@link #changing}, by something that does not count as a change of it. */
    Entry news(final long applicationId) {
        final Entry entry = staging.load(Kind.APPLICATION, applicationId);
        if (!entry.isPresent()) {
            if (incomplete) {
                return null;
            }
            throw new RecordsDamagedException("an application is missing at position " + position);
        }
        if (entry.cursor() >= cursor) {
            return null;
        }
        entry.cursor(cursor);
        return entry;
    }

    Entry known(final Kind kind, final long number) {
        return known(kind.key(number));
    }

    private Entry known(final long key) {
        final Entry entry = staging.load(key);
        if (!entry.isPresent()) {
            throw new RecordsDamagedException("a record of an application is missing at position " + position);
        }
        entry.cursor(cursor);
        return entry;
    }

    private void decided(final LinesDecidedDecoder event) {
        final Entry its = changing(event.applicationId());
        if (its != null) {
            state(its, event.lines(), event.state());
            reason(its, event.lines(), 0, 0); // if there is one, it follows
        }
    }

    private void reasonGiven(final ReasonGivenDecoder event) {
        final Entry its = changing(event.applicationId());
        if (its != null) {
            reason(its, event.lines(), event.reasonCode(), event.reasonHash());
        }
    }

    private static void reason(final Entry its, final int lines, final int code, final long hash) {
        for (int set = lines; set != 0; set &= set - 1) {
            its.reason(Integer.numberOfTrailingZeros(set), code, hash);
        }
    }

    private static void state(final Entry its, final int lines, final LineState state) {
        for (int set = lines; set != 0; set &= set - 1) {
            its.state(Integer.numberOfTrailingZeros(set), state.value());
        }
    }

    private void retired(final ApplicationRetiredDecoder event) {
        final Entry its = changing(event.applicationId());
        if (its != null) {
            for (long number = its.link(); number != 0; ) {
                final Entry appointment = known(Kind.APPOINTMENT, number);
                number = appointment.link();
                appointment.remove();
            }
            for (long key = its.moneyLink(); key != 0; ) {
                final Entry entry = known(key);
                key = entry.link();
                entry.remove();
            }
            its.remove();
        }
    }

    // ---- visits

    /** Also when the application knows already: only its end, which is still to come, takes a hold away. */
    private void held(final HeldDecoder event) {
        final Entry its = changing(event.applicationId());
        if (its == null && !staging.load(Kind.APPLICATION, event.applicationId()).isPresent()) {
            return;
        }
        final Entry hold = its == null ? staging.load(Kind.HOLD, event.holdId()) : created(Kind.HOLD, event.holdId());
        final int lines = hold.isPresent() && hold.cursor() >= cursor ? Visits.holdLines(hold) : visits.hold(hold, event, postId, cursor);
        for (int set = its == null ? 0 : lines; set != 0; set &= set - 1) {
            final int line = Integer.numberOfTrailingZeros(set);
            if (its.appointmentOf(line) == 0) { // an offer of an earlier time leaves them with their appointment
                its.give(line, event.holdId(), 0);
            }
        }
    }

    private void holdEnded(final long holdId, final long applicationId) {
        removeHold(holdId);
        final Entry its = changing(applicationId);
        if (its != null) {
            for (int line = 0; line < its.lineCount(); line++) {
                if (its.holdOf(line) == holdId) {
                    its.give(line, 0, 0);
                }
            }
        }
    }

    /** Whatever the application knows already: a slice of holds brings the living ones only. */
    private void removeHold(final long holdId) {
        final Entry hold = staging.load(Kind.HOLD, holdId);
        if (hold.isPresent()) {
            hold.remove();
        }
    }

    private void confirmed(final ConfirmedDecoder event) {
        if (event.holdId() != 0) {
            removeHold(event.holdId());
        }
        final Entry its = changing(event.applicationId());
        if (its != null) {
            final Entry appointment = staging.blank(Kind.APPOINTMENT, event.appointmentId());
            give(its, visits.confirmed(appointment, event, postId, nowMs, cursor), 0, event.appointmentId());
            chain(its, appointment, event.appointmentId());
        }
    }

    private void walkedIn(final WalkedInDecoder event) {
        final Entry its = changing(event.applicationId());
        if (its == null) {
            return;
        }
        if (event.overflow() == BooleanType.YES) {
            reload.accept(event.applicationId()); // a ticket has no legs, so the event does not say for which lines it is
        } else {
            final Entry appointment = staging.blank(Kind.APPOINTMENT, event.appointmentId());
            give(its, visits.walkedIn(appointment, event, postId, nowMs, cursor), 0, event.appointmentId());
            chain(its, appointment, event.appointmentId());
        }
    }

    private static void chain(final Entry its, final Entry newest, final long number) {
        newest.link(its.link());
        its.link(number);
    }

    private void rescheduled(final RescheduledDecoder event) {
        if (changing(event.applicationId()) != null) {
            visits.rescheduled(known(Kind.APPOINTMENT, event.appointmentId()), event, postId, nowMs);
        }
    }

    private void attendanceConfirmed(final AttendanceConfirmedDecoder event) {
        if (changing(event.applicationId()) != null) {
            visits.attendanceConfirmed(known(Kind.APPOINTMENT, event.appointmentId()), nowMs);
        }
    }

    private void changed(final AppointmentChangedDecoder event) {
        final Entry its = changing(event.applicationId());
        if (its != null) {
            visits.changed(known(Kind.APPOINTMENT, event.appointmentId()), event, nowMs);
            state(its, event.fulfilled(), LineState.FULFILLED);
            if (event.state().value() > AppointmentState.CALLED.value()) {
                for (int line = 0; line < its.lineCount(); line++) {
                    if (its.appointmentOf(line) == event.appointmentId()) {
                        its.give(line, 0, 0);
                    }
                }
            }
        }
    }

    private static void give(final Entry its, final int lines, final long hold, final long appointment) {
        for (int set = lines; set != 0; set &= set - 1) {
            its.give(Integer.numberOfTrailingZeros(set), hold, appointment);
        }
    }
}
