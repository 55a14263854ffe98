package org.mawid.engine.readmodel;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.sbe.AppointmentChangedEncoder;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.ApplicationRetiredEncoder;
import org.mawid.sbe.ApplicationSubmittedEncoder;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.ChangeAbandonedEncoder;
import org.mawid.sbe.ChangeAppliedEncoder;
import org.mawid.sbe.ConfirmedEncoder;
import org.mawid.sbe.DayPublishedEncoder;
import org.mawid.sbe.DayStagedEncoder;
import org.mawid.sbe.EventHeadEncoder;
import org.mawid.sbe.HeldEncoder;
import org.mawid.sbe.HoldReleasedEncoder;
import org.mawid.sbe.LineState;
import org.mawid.sbe.LinesDecidedEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.PoolDefinedEncoder;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Priority;
import org.mawid.sbe.RescheduledEncoder;
import org.mawid.sbe.RoomChangedEncoder;
import org.mawid.sbe.StampVoidedEncoder;
import org.mawid.sbe.StampsIssuedEncoder;
import org.mawid.sbe.WalkedInEncoder;
import org.mawid.sbe.WithheldSetEncoder;

/** Tells what happened, as the core would: frames of one position at a time. */
public final class Happenings {
    /** What takes the frames of a position. */
    public interface Listener {
        void onPosition(long position, long nowMs, DirectBuffer events, int offset, int length);
    }

    /** A stretch of equal units. */
    public record Run(int startUnit, int units, int capacity, int withheld) {
    }

    private final EventWriter events = new EventWriter();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private long position;
    private long nowMs;

    public Happenings(final long position, final long nowMs) {
        this.position = position;
        this.nowMs = nowMs;
    }

    /** The position being told. */
    public long position() {
        return position + 1;
    }

    public long nowMs() {
        return nowMs;
    }

    public Happenings at(final long newNowMs) {
        nowMs = newNowMs;
        return this;
    }

    /** Ends the position: everything told since the last one happened in it. */
    public long tell(final Listener listener) {
        position++;
        listener.onPosition(position, nowMs, events.buffer(), events.offset(), events.length());
        events.reset();
        return position;
    }

    public Happenings pool(final int poolId, final int postId, final PoolKind kind) {
        final PoolDefinedEncoder event = new PoolDefinedEncoder().wrapAndApplyHeader(buffer(), at(), header);
        head(event.head(), postId);
        event.poolId(poolId).postId(postId).kind(kind).code("P" + poolId);
        return commit(event.encodedLength());
    }

    public Happenings publish(final int poolId, final int epochDay, final long startMs, final long releasedAtMs, final int unitCount, final int align, final Run... runs) {
        final DayPublishedEncoder event = new DayPublishedEncoder().wrapAndApplyHeader(buffer(), at(), header);
        head(event.head(), 1);
        event.poolId(poolId).epochDay(epochDay).startMs(startMs).releasedAtMs(releasedAtMs).unitCount((short) unitCount).alignUnits((short) align).version(1);
        final DayPublishedEncoder.RunsEncoder group = event.runsCount(runs.length);
        for (final Run run : runs) {
            group.next().startUnit((short) run.startUnit).units((short) run.units).capacity((short) run.capacity).withheld((short) run.withheld);
        }
        return commit(event.encodedLength());
    }

    public Happenings stage(final long changeId, final int poolId, final int epochDay, final long startMs, final long releasedAtMs, final int unitCount, final int align, final Run... runs) {
        final DayStagedEncoder event = new DayStagedEncoder().wrapAndApplyHeader(buffer(), at(), header);
        head(event.head(), 1);
        event.changeId(changeId).poolId(poolId).epochDay(epochDay).startMs(startMs).releasedAtMs(releasedAtMs).unitCount((short) unitCount).alignUnits((short) align);
        final DayStagedEncoder.RunsEncoder group = event.runsCount(runs.length);
        for (final Run run : runs) {
            group.next().startUnit((short) run.startUnit).units((short) run.units).capacity((short) run.capacity).withheld((short) run.withheld);
        }
        return commit(event.encodedLength());
    }

    public Happenings applied(final long changeId) {
        final ChangeAppliedEncoder event = new ChangeAppliedEncoder().wrapAndApplyHeader(buffer(), at(), header);
        head(event.head(), 1);
        event.changeId(changeId).version(2);
        return commit(event.encodedLength());
    }

    public Happenings abandoned(final long changeId) {
        final ChangeAbandonedEncoder event = new ChangeAbandonedEncoder().wrapAndApplyHeader(buffer(), at(), header);
        head(event.head(), 1);
        event.changeId(changeId);
        return commit(event.encodedLength());
    }

    public Happenings room(final int poolId, final int epochDay, final int startUnit, final int units, final int delta, final int openDelta) {
        return roomAt(1, poolId, epochDay, startUnit, units, delta, openDelta);
    }

    public Happenings roomAt(final int postId, final int poolId, final int epochDay, final int startUnit, final int units, final int delta, final int openDelta) {
        final RoomChangedEncoder event = new RoomChangedEncoder().wrapAndApplyHeader(buffer(), at(), header);
        head(event.head(), postId);
        event.roomsCount(1).next().poolId(poolId).epochDay(epochDay).startUnit((short) startUnit).units((short) units).delta((short) delta).openDelta((short) openDelta);
        return commit(event.encodedLength());
    }

    public Happenings withheld(final int poolId, final int epochDay, final int startUnit, final int units, final int withheld) {
        final WithheldSetEncoder event = new WithheldSetEncoder().wrapAndApplyHeader(buffer(), at(), header);
        head(event.head(), 1);
        event.poolId(poolId).epochDay(epochDay).startUnit((short) startUnit).units((short) units).withheld((short) withheld);
        return commit(event.encodedLength());
    }

    /** An application with one line for each service. */
    public Happenings submitted(final long applicationId, final int postId, final LineState state, final int... services) {
        final ApplicationSubmittedEncoder event = new ApplicationSubmittedEncoder().wrapAndApplyHeader(buffer(), at(), header);
        head(event.head(), postId);
        event.applicationId(applicationId).applicant(applicationId * 31);
        final ApplicationSubmittedEncoder.LinesEncoder lines = event.linesCount(services.length);
        for (final int service : services) {
            lines.next().personKey(applicationId * 31 + service).serviceId(service).registeredPostId(postId).quantity((short) 1)
                    .ageBand(AgeBand.ADULT).priority(Priority.NONE).representative(BooleanType.NO).state(state);
        }
        return commit(event.encodedLength());
    }

    public Happenings decided(final long applicationId, final int lines, final LineState state) {
        final LinesDecidedEncoder event = new LinesDecidedEncoder().wrapAndApplyHeader(buffer(), at(), header);
        head(event.head(), 1);
        event.applicationId(applicationId).lines(lines).state(state).reasonCode(0);
        return commit(event.encodedLength());
    }

    /** One leg of three units for these lines. */
    public Happenings held(final long holdId, final long applicationId, final int postId, final int lines, final long deadlineMs, final int startUnit) {
        final HeldEncoder event = new HeldEncoder().wrapAndApplyHeader(buffer(), at(), header);
        head(event.head(), postId);
        event.holdId(holdId).applicationId(applicationId).deadlineMs(deadlineMs).startMs(nowMs + startUnit * 300_000L);
        event.legsCount(1).next().deskId(7).lines(lines).epochDay(20_500).startUnit((short) startUnit).units((short) 3);
        return commit(event.encodedLength());
    }

    public Happenings released(final long holdId, final long applicationId) {
        final HoldReleasedEncoder event = new HoldReleasedEncoder().wrapAndApplyHeader(buffer(), at(), header);
        head(event.head(), 1);
        event.holdId(holdId).applicationId(applicationId);
        return commit(event.encodedLength());
    }

    public Happenings confirmed(final long appointmentId, final long holdId, final long applicationId, final int postId, final int lines, final int startUnit) {
        final ConfirmedEncoder event = new ConfirmedEncoder().wrapAndApplyHeader(buffer(), at(), header);
        head(event.head(), postId);
        event.appointmentId(appointmentId).holdId(holdId).applicationId(applicationId).startMs(nowMs + startUnit * 300_000L);
        event.legsCount(1).next().deskId(7).lines(lines).epochDay(20_500).startUnit((short) startUnit).units((short) 3);
        return commit(event.encodedLength());
    }

    public Happenings rescheduled(final long appointmentId, final long applicationId, final int postId, final int lines, final int startUnit) {
        final RescheduledEncoder event = new RescheduledEncoder().wrapAndApplyHeader(buffer(), at(), header);
        head(event.head(), postId);
        event.appointmentId(appointmentId).applicationId(applicationId).startMs(nowMs + startUnit * 300_000L);
        event.legsCount(1).next().deskId(8).lines(lines).epochDay(20_501).startUnit((short) startUnit).units((short) 3);
        return commit(event.encodedLength());
    }

    public Happenings appointment(final long appointmentId, final long applicationId, final AppointmentState state, final int ticket, final int counter, final int fulfilled) {
        final AppointmentChangedEncoder event = new AppointmentChangedEncoder().wrapAndApplyHeader(buffer(), at(), header);
        head(event.head(), 1);
        event.appointmentId(appointmentId).applicationId(applicationId).state(state).counter((short) counter).ticket(ticket).fulfilled(fulfilled);
        return commit(event.encodedLength());
    }

    public Happenings overflow(final long appointmentId, final long applicationId, final int postId, final int ticket) {
        final WalkedInEncoder event = new WalkedInEncoder().wrapAndApplyHeader(buffer(), at(), header);
        head(event.head(), postId);
        event.appointmentId(appointmentId).applicationId(applicationId).startMs(nowMs).ticket(ticket).overflow(BooleanType.YES);
        event.legsCount(0);
        return commit(event.encodedLength());
    }

    public Happenings stamp(final long stampId, final long applicationId, final int postId, final int line) {
        final StampsIssuedEncoder event = new StampsIssuedEncoder().wrapAndApplyHeader(buffer(), at(), header);
        head(event.head(), postId);
        event.applicationId(applicationId).microMadPerUnit(10_850_000).tariffVersion(3).currency("EUR");
        event.stampsCount(1).next().stampId(stampId).line((short) line).amountCentimes(50_000).localMinor(4_608);
        return commit(event.encodedLength());
    }

    public Happenings stampVoided(final long stampId, final long applicationId) {
        final StampVoidedEncoder event = new StampVoidedEncoder().wrapAndApplyHeader(buffer(), at(), header);
        head(event.head(), 1);
        event.stampId(stampId).applicationId(applicationId);
        return commit(event.encodedLength());
    }

    public Happenings retired(final long applicationId) {
        final ApplicationRetiredEncoder event = new ApplicationRetiredEncoder().wrapAndApplyHeader(buffer(), at(), header);
        head(event.head(), 1);
        event.applicationId(applicationId);
        return commit(event.encodedLength());
    }

    private MutableDirectBuffer buffer() {
        return events.buffer();
    }

    private int at() {
        return events.messageOffset();
    }

    private void head(final EventHeadEncoder head, final int postId) {
        head.position(position + 1).nowMs(nowMs).ordinal(events.count()).postId(postId).reserved(0);
    }

    private Happenings commit(final int length) {
        events.commit(MessageHeaderEncoder.ENCODED_LENGTH + length);
        return this;
    }
}
