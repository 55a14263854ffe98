package org.mawid.engine.readmodel.agenda;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.Agenda;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.sbe.AppointmentChangedDecoder;
import org.mawid.sbe.AppointmentRecordDecoder;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.AttendanceConfirmedDecoder;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.ConfirmedDecoder;
import org.mawid.sbe.ConfirmedDecoder.LegsDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.RescheduledDecoder;
import org.mawid.sbe.WalkedInDecoder;

/**
 * Visits by post and date beside a running core, see {@link Agenda}. One thread feeds it, any reads. The first change of a batch takes the turn and the
 * batch's end gives it back: readers see whole batches, and copy words while they have it. Turns are taken in order: a feed without a pause keeps nobody out.
 */
public final class LiveAgenda implements Agenda {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final long DAY_MS = 86_400_000L;
    private static final long PATIENCE_MS = 2_000;

    /** Where a day of a desk begins in time. */
    @FunctionalInterface
    public interface DayStarts {
        /** @return ms since 1970-01-01 UTC, -1 = there is no such day */
        long startMs(int deskId, int epochDay);
    }

    private final DayStarts dayStarts;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ConfirmedDecoder confirmed = new ConfirmedDecoder();
    private final RescheduledDecoder rescheduled = new RescheduledDecoder();
    private final AppointmentChangedDecoder changed = new AppointmentChangedDecoder();
    private final AttendanceConfirmedDecoder attendanceConfirmed = new AttendanceConfirmedDecoder();
    private final WalkedInDecoder walkedIn = new WalkedInDecoder();
    private final AppointmentRecordDecoder record = new AppointmentRecordDecoder();
    private Pages fed = new Pages();
    private Pages shown = fed;
    private long firstEpochDay = Long.MIN_VALUE;
    private volatile long position;

    public LiveAgenda(final DayStarts dayStarts) {
        this.dayStarts = dayStarts;
    }

    // ---- feed: one thread ----

    /** What follows is all there is; readers see the old until {@link #onBatchEnd}. */
    public void beginRebuild() {
        fed = new Pages();
        firstEpochDay = Long.MIN_VALUE;
    }

    /** One event or record with its header; what says nothing about visits is passed over. @param nowMs log time */
    public void onMessage(final long nowMs, final DirectBuffer buffer, final int offset) {
        switch (buffer.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset(), ORDER) & 0xFFFF) {
            case ConfirmedDecoder.TEMPLATE_ID -> confirmed(nowMs, confirmed.wrapAndApplyHeader(buffer, offset, header));
            case RescheduledDecoder.TEMPLATE_ID -> rescheduled(nowMs, rescheduled.wrapAndApplyHeader(buffer, offset, header));
            case AppointmentChangedDecoder.TEMPLATE_ID -> changed(nowMs, changed.wrapAndApplyHeader(buffer, offset, header));
            case AttendanceConfirmedDecoder.TEMPLATE_ID -> attendance(attendanceConfirmed.wrapAndApplyHeader(buffer, offset, header).appointmentId());
            case WalkedInDecoder.TEMPLATE_ID -> walkedIn(nowMs, walkedIn.wrapAndApplyHeader(buffer, offset, header));
            case AppointmentRecordDecoder.TEMPLATE_ID -> record(nowMs, record.wrapAndApplyHeader(buffer, offset, header));
            default -> { }
        }
    }

    private void confirmed(final long nowMs, final ConfirmedDecoder event) {
        add(nowMs, event.head().postId(), event.appointmentId(), event.applicationId(), event.startMs(), AppointmentState.CONFIRMED, 0, 0, false, false,
                event.buffer(), event.limit());
    }

    /** Only a CONFIRMED one moves: it has no ticket yet. */
    private void rescheduled(final long nowMs, final RescheduledDecoder event) {
        remove(event.appointmentId());
        add(nowMs, event.head().postId(), event.appointmentId(), event.applicationId(), event.startMs(), AppointmentState.CONFIRMED, 0, 0, false, false,
                event.buffer(), event.limit());
    }

    private void walkedIn(final long nowMs, final WalkedInDecoder event) {
        add(nowMs, event.head().postId(), event.appointmentId(), event.applicationId(), event.startMs(), AppointmentState.CHECKED_IN, event.ticket(), 0,
                event.overflow() == BooleanType.YES, false, event.buffer(), event.limit());
    }

    private void changed(final long nowMs, final AppointmentChangedDecoder event) {
        final Page page = fed.of(event.appointmentId());
        if (page == null) {
            return;
        }
        if (isElsewhere(event.state(), page.epochDay, nowMs)) {
            remove(event.appointmentId());
        } else {
            takeTurn();
            page.change(event.appointmentId(), event.state(), event.ticket(), event.counter());
        }
    }

    private void attendance(final long appointmentId) {
        final Page page = fed.of(appointmentId);
        if (page != null) {
            takeTurn();
            page.attendance(appointmentId);
        }
    }

    private void record(final long nowMs, final AppointmentRecordDecoder told) {
        final int epochDay = epochDay(told.buffer(), told.limit(), told.startMs());
        if (!isElsewhere(told.state(), epochDay, told.changedMs())) {
            add(nowMs, told.postId(), told.appointmentId(), told.applicationId(), told.startMs(), told.state(), told.ticket(), told.counter(),
                    told.overflow() == BooleanType.YES, told.attendance() == BooleanType.YES, told.buffer(), told.limit());
        }
    }

    /** It does not take place on that date. A local date has begun somewhere half a day before it does in UTC. */
    private static boolean isElsewhere(final AppointmentState state, final int epochDay, final long changedMs) {
        return state == AppointmentState.CANCELLED || state == AppointmentState.DISPLACED
                || state == AppointmentState.SERVED && epochDay > Math.floorDiv(changedMs, DAY_MS) + 1;
    }

    /** @param groupAt of its legs, which have one layout in all events and records */
    private void add(final long nowMs, final int postId, final long appointmentId, final long applicationId, final long startMs, final AppointmentState state,
                     final int ticket, final int counter, final boolean overflow, final boolean attendance, final DirectBuffer buffer, final int groupAt) {
        final int epochDay = epochDay(buffer, groupAt, startMs);
        if (epochDay < firstKept(nowMs)) {
            return;
        }
        takeTurn();
        final int legs = legCount(buffer, groupAt);
        final Page page = fed.add(appointmentId, postId, epochDay);
        page.begin(appointmentId, applicationId, startMs, state, ticket, counter, overflow, attendance, legs);
        for (int leg = 0; leg < legs; leg++) {
            final int at = groupAt + LegsDecoder.HEADER_SIZE + leg * LegsDecoder.sbeBlockLength();
            page.leg(buffer.getShort(at + LegsDecoder.deskIdEncodingOffset(), ORDER) & 0xFFFF, buffer.getShort(at + LegsDecoder.linesEncodingOffset(), ORDER) & 0xFFFF,
                    buffer.getByte(at + LegsDecoder.startUnitEncodingOffset()) & 0xFF, buffer.getByte(at + LegsDecoder.unitsEncodingOffset()) & 0xFF);
        }
    }

    private static int legCount(final DirectBuffer buffer, final int groupAt) {
        return buffer.getShort(groupAt + LegsDecoder.HEADER_SIZE - Short.BYTES, ORDER) & 0xFFFF;
    }

    private static int epochDay(final DirectBuffer buffer, final int groupAt, final long startMs) {
        return legCount(buffer, groupAt) == 0 ? (int) Math.floorDiv(startMs, DAY_MS)
                : buffer.getInt(groupAt + LegsDecoder.HEADER_SIZE + LegsDecoder.epochDayEncodingOffset(), ORDER);
    }

    private static long firstKept(final long nowMs) {
        return Math.floorDiv(nowMs, DAY_MS) - PAST_DAYS;
    }

    private void remove(final long appointmentId) {
        if (fed.of(appointmentId) != null) {
            takeTurn();
            fed.remove(appointmentId);
        }
    }

    private void takeTurn() {
        if (!turn.isHeldByCurrentThread()) {
            turn.lock();
        }
    }

    /** Shows what was fed. @param atPosition of the log, all of which was fed @param nowMs its time */
    public void onBatchEnd(final long atPosition, final long nowMs) {
        if (firstKept(nowMs) != firstEpochDay) {
            takeTurn();
            firstEpochDay = firstKept(nowMs);
            fed.dropBefore((int) firstEpochDay);
        }
        if (shown != fed) {
            takeTurn();
            shown = fed;
        }
        position = atPosition;
        giveTurn();
    }

    /** Lets readers in when a batch will never end. */
    public void giveTurn() {
        if (turn.isHeldByCurrentThread()) {
            turn.unlock();
        }
    }

    // ---- readers: any thread ----

    /** Rows as they were at that position. */
    private record Copied(int postId, int epochDay, long[] words) {
    }

    @Override
    public Visits on(final int postId, final int epochDay) {
        return visits(postId, epochDay, epochDay, visit -> true);
    }

    /** A local date, and the UTC date of a ticket, are within a day of the instant's date in UTC. */
    @Override
    public Visits between(final int postId, final long fromMs, final long toMs) {
        return visits(postId, Math.floorDiv(fromMs, DAY_MS) - 1, Math.floorDiv(toMs, DAY_MS) + 1,
                visit -> visit.overflow() ? visit.startMs() >= fromMs && visit.startMs() < toMs
                        : visit.legs().stream().anyMatch(leg -> leg.startMs() < toMs && leg.endMs() > fromMs));
    }

    private Visits visits(final int postId, final long from, final long to, final Predicate<Visit> wanted) {
        final List<Copied> pages = new ArrayList<>();
        final long reflected;
        acquire();
        try {
            reflected = position;
            final long last = Math.min(to, shown.lastEpochDay());
            for (long epochDay = Math.max(from, firstEpochDay); epochDay <= last; epochDay++) {
                final Page page = shown.at(postId, (int) epochDay);
                if (page != null) {
                    pages.add(new Copied(postId, (int) epochDay, page.copy()));
                }
            }
        } finally {
            turn.unlock();
        }
        final Map<Long, Long> starts = new HashMap<>();
        return new Visits(reflected, pages.stream().flatMap(page -> rows(page, starts).stream()).filter(wanted)
                .sorted(Comparator.comparingLong(Visit::startMs).thenComparingLong(Visit::appointmentId)).toList());
    }

    private void acquire() {
        try {
            if (turn.tryLock(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ReadModelBehindException("the agenda is being changed: ask again");
    }

    private List<Visit> rows(final Copied page, final Map<Long, Long> starts) {
        final List<Visit> visits = new ArrayList<>();
        for (Page.Row row = new Page.Row(page.words, 0); row.at() < page.words.length; row = new Page.Row(page.words, row.end())) {
            final List<Leg> legs = new ArrayList<>(row.legs());
            for (int leg = 0; leg < row.legs(); leg++) {
                legs.add(leg(row, leg, page.epochDay, starts));
            }
            visits.add(new Visit(row.appointmentId(), row.applicationId(), page.postId, page.epochDay, row.startMs(), row.state(), row.ticket(), row.counter(),
                    row.isOverflow(), row.hasAttendance(), List.copyOf(legs)));
        }
        return visits;
    }

    private Leg leg(final Page.Row row, final int leg, final int epochDay, final Map<Long, Long> starts) {
        final int deskId = row.deskId(leg);
        final long dayMs = starts.computeIfAbsent((long) epochDay << 16 | deskId, key -> dayStarts.startMs(deskId, epochDay));
        return new Leg(deskId, epochDay, row.startUnit(leg), row.units(leg), row.lines(leg), dayMs < 0 ? row.startMs() : dayMs + row.startUnit(leg) * Leg.UNIT_MS);
    }
}
