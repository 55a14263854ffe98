package org.mawid.engine.core;

import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.allocation.Allocation;
import org.mawid.engine.allocation.Days;
import org.mawid.engine.allocation.Overbooked;
import org.mawid.engine.allocation.Quotas;
import org.mawid.engine.application.Applications;
import org.mawid.engine.application.Lines;
import org.mawid.engine.catalogue.Pools;
import org.mawid.engine.catalogue.Posts;
import org.mawid.engine.catalogue.Services;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.stamp.Money;
import org.mawid.engine.stamp.StampLedger;
import org.mawid.engine.stamp.Terminals;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.ApplicationRecordEncoder;
import org.mawid.sbe.AppointmentRecordEncoder;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.BatchState;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.ChangeRecordEncoder;
import org.mawid.sbe.DayRecordEncoder;
import org.mawid.sbe.HoldRecordEncoder;
import org.mawid.sbe.LineState;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.OverbookedRecordEncoder;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.PostRecordEncoder;
import org.mawid.sbe.Priority;
import org.mawid.sbe.QuotaRecordEncoder;
import org.mawid.sbe.StampRecordEncoder;
import org.mawid.sbe.StampState;

/** Tells state in public words, slice by slice. Reads only: days are told as they will be once they are next touched. */
final class Dump {
    /** Records of applications after which whoever waits behind the question gets their turn: some tens of microseconds of the core's time. */
    static final int AT_ONCE = 256;
    private static final long VISITS_MS = 4 * 86_400_000L;

    private final Applications applications;
    private final Allocation allocation;
    private final StampLedger stamps;
    private final Rooms rooms;
    private final CatalogueDump catalogue;
    private final MoneyDump money;
    private final DisplacementDump displacement;
    private final HallDump hall;
    private final ReviewDump review;
    private final Money rows;
    private final UnsafeBuffer buffer;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final PostRecordEncoder post = new PostRecordEncoder();
    private final DayRecordEncoder day = new DayRecordEncoder();
    private final QuotaRecordEncoder quota = new QuotaRecordEncoder();
    private final OverbookedRecordEncoder overbooked = new OverbookedRecordEncoder();
    private final ChangeRecordEncoder change = new ChangeRecordEncoder();
    private final ApplicationRecordEncoder application = new ApplicationRecordEncoder();
    private final HoldRecordEncoder hold = new HoldRecordEncoder();
    private final AppointmentRecordEncoder appointment = new AppointmentRecordEncoder();
    private final StampRecordEncoder stamp = new StampRecordEncoder();

    Dump(final Rooms rooms) {
        this.rooms = rooms;
        this.applications = rooms.applications;
        this.allocation = rooms.allocation;
        this.stamps = rooms.stamps;
        this.buffer = new UnsafeBuffer(rooms.memory.take(EventWriter.MAX_BYTES));
        this.catalogue = new CatalogueDump(rooms.memory, rooms.catalogue, buffer);
        this.money = new MoneyDump(stamps, buffer);
        this.rows = stamps.money();
        this.displacement = new DisplacementDump(rooms, buffer);
        this.hall = new HallDump(rooms, buffer);
        this.review = new ReviewDump(rooms, buffer);
    }

    long tell(final RecordKind kind, final long from, final int max, final RecordConsumer records, final long position, final long nowMs) {
        final long first = Math.max(1, from);
        return switch (kind) {
            case RULES -> first == 1 ? rules(records, position, nowMs) : 0;
            case POSTS -> byId(first, max, Posts.MOST, kind, records, position, nowMs);
            case POOLS -> byId(first, max, Pools.MOST, kind, records, position, nowMs);
            case SERVICES -> byId(first, max, Services.MOST, kind, records, position, nowMs);
            case DAYS, QUOTAS, OVERBOOKED -> byId(first, max, allocation.days().top(), kind, records, position, nowMs);
            case TERMINALS -> byId(first, max, Terminals.MOST, kind, records, position, nowMs);
            case BOOKS -> byId(first, max, rows.books().top(), kind, records, position, nowMs);
            case REVIEWS -> byId(first, max, applications.reviews().top(), kind, records, position, nowMs);
            case DESK_PACES -> byId(first, max, Pools.MOST, kind, records, position, nowMs);
            case SERVICE_TIMES -> byId(first, max, Services.MOST, kind, records, position, nowMs);
            case CHANGES, APPLICATIONS, HOLDS, APPOINTMENTS, STAMPS, PAYMENTS, BATCHES, BREAKS, RETURNS, CLOSURES, WAITERS, ACCEPTED_POSTS, TICKETS,
                 COOLINGS, COOLING_ERAS ->
                    byNumber(kind, first, max, number -> true, records);
        };
    }

    private long rules(final RecordConsumer records, final long position, final long nowMs) {
        catalogue.rules(records, position, nowMs);
        displacement.rules(records, position, nowMs);
        hall.rules(records, position, nowMs);
        return 0;
    }

    /** What somebody still has to do something about, and visits of which somebody may. */
    long tellUnderWay(final UnderWay what, final long from, final int max, final RecordConsumer records, final long nowMs) {
        final long first = Math.max(1, from);
        return switch (what) {
            case PAYMENTS -> byNumber(RecordKind.PAYMENTS, first, max, payment -> rows.payments().isAwaited(payment) || rows.payments().is(payment, PaymentState.UNALLOCATED), records);
            case BATCHES -> byNumber(RecordKind.BATCHES, first, max, batch -> !rows.batches().is(batch, BatchState.SETTLED), records);
            case BREAKS -> byNumber(RecordKind.BREAKS, first, max, rows.breaks()::isOpen, records);
            case RETURNS -> byNumber(RecordKind.RETURNS, first, max, rows.returns()::isDue, records);
            case REFUNDS -> byNumber(RecordKind.STAMPS, first, max, rows.lives()::isApproved, records);
            case PROPOSALS -> proposals(first, max, records);
            case VISITS -> byNumber(RecordKind.APPOINTMENTS, first, max, visit -> allocation.appointments().startMs(visit) > nowMs - VISITS_MS, records);
            case REVIEWS -> byNumber(RecordKind.APPLICATIONS, first, max, application -> applications.reviews().undecided(application) != 0, application -> underReview(application, records));
        };
    }

    private void underReview(final long application, final RecordConsumer records) {
        application(application, records);
        review.review(applications.reviews().find(application), records);
        if (rooms.waiters.accepted().count(application) != 0) {
            displacement.acceptedPosts(application, records);
        }
    }

    private long proposals(final long first, final int max, final RecordConsumer records) {
        final int top = rows.proposals().top();
        final long end = Math.min((long) top + 1, first + max);
        for (int slot = (int) first; slot < end; slot++) {
            money.proposal(slot, records);
        }
        return end > top ? 0 : end;
    }

    /** Who submitted an application, and whom its lines serve. */
    void tellNamed(final Named named) {
        final Lines lines = applications.lines();
        for (long id = applications.next(1, Integer.MAX_VALUE); id < applications.end(); id = applications.next(id + 1, Integer.MAX_VALUE)) {
            named.onNamed(id, applications.applicant(id));
            final long end = applications.firstLine(id) + applications.lineCount(id);
            for (long line = applications.firstLine(id); line < end; line++) {
                named.onNamed(id, lines.personKey(line));
            }
        }
    }

    /** All books of each post. */
    long tellBooks(final long from, final int max, final RecordConsumer records) {
        final long first = Math.max(1, from);
        final long end = Math.min(Posts.MOST + 1L, first + max);
        for (int postId = (int) first; postId < end; postId++) {
            for (int book = rows.books().newest(postId); book != 0; book = rows.books().before(book)) {
                money.book(book, records);
            }
        }
        return end > Posts.MOST ? 0 : end;
    }

    /**
     * Applications that may be retired and leave nobody behind, each followed by its appointments, its stamps and its payments. The command would retire the
     * others as well, as it always did, for what is in a log must be done again as it was; so it is here that they wait. One with more than is
     * told at once begins alone, and comes itself behind all that belongs to it: whoever has it has the whole of it.
     */
    void tellRetirable(final Bookmark at, final int lookedAt, final int most, final RecordConsumer records, final long nowMs) {
        int room = AT_ONCE;
        int told = 0;
        for (int looked = 0; looked < lookedAt && told < most; looked++) {
            final long next = applications.next(Math.max(1, at.number()), lookedAt - looked);
            if (next < 0 || next >= applications.end()) {
                at.moveTo(next < 0 ? -next : 0);
                return;
            }
            if (rooms.canRetire(next, nowMs) && !applications.leavesSomebody(next, nowMs)) {
                final int its = records(next, room + 1);
                if (its > AT_ONCE) {
                    part(next, at, records);
                    return;
                }
                if (its > room) {
                    at.moveTo(next);
                    return;
                }
                whole(next, records);
                room -= its;
                told++;
            }
            goOn(at, next + 1);
            if (at.number() == 0) {
                return;
            }
        }
    }

    private void goOn(final Bookmark at, final long number) {
        at.moveTo(number < applications.end() ? number : 0);
    }

    /** As much of an application as is told at once. One that has changed since it was begun is begun again. */
    private void part(final long id, final Bookmark at, final RecordConsumer records) {
        if (!at.isWithin(id, applications.changedMs(id))) {
            at.open(id, applications.changedMs(id), applications.lastAppointment(id), applications.lastStamp(id), rows.payments().lastOf(id));
        }
        int room = AT_ONCE;
        for (; room > 0 && at.appointment() != 0; room--) {
            appointment(at.appointment(), records);
            at.appointment(allocation.appointments().previous(at.appointment()));
        }
        for (; room > 0 && at.stamp() != 0; room--) {
            stamp(at.stamp(), records);
            at.stamp(stamps.previous(at.stamp()));
        }
        for (; room > 0 && at.payment() != 0; room--) {
            money.payment(at.payment(), records);
            at.payment(rows.payments().previous(at.payment()));
        }
        if (room > 0) {
            application(id, records);
            goOn(at, id + 1);
        }
    }

    /** Records of an application, counted up to so many. */
    private int records(final long id, final int most) {
        int count = 1;
        for (long visit = applications.lastAppointment(id); visit != 0 && count < most; visit = allocation.appointments().previous(visit)) {
            count++;
        }
        for (long issued = applications.lastStamp(id); issued != 0 && count < most; issued = stamps.previous(issued)) {
            count++;
        }
        for (long payment = rows.payments().lastOf(id); payment != 0 && count < most; payment = rows.payments().previous(payment)) {
            count++;
        }
        return count;
    }

    /** Applications, each followed by its appointments, its stamps and its payments, the newest first of each. @return where to go on, 0 = that was all */
    long tellWhole(final long from, final int lookedAt, final RecordConsumer records) {
        long number = Math.max(1, from);
        int room = AT_ONCE;
        for (int looked = 0; looked < lookedAt && room > 0; looked++) {
            final long next = applications.next(number, lookedAt - looked);
            if (next < 0) {
                return -next;
            }
            if (next >= applications.end()) {
                return 0;
            }
            room -= whole(next, records);
            number = next + 1;
        }
        return number < applications.end() ? number : 0;
    }

    /** @return how many records that were */
    private int whole(final long id, final RecordConsumer records) {
        int told = 1;
        application(id, records);
        for (long visit = applications.lastAppointment(id); visit != 0; visit = allocation.appointments().previous(visit)) {
            appointment(visit, records);
            told++;
        }
        for (long issued = applications.lastStamp(id); issued != 0; issued = stamps.previous(issued)) {
            stamp(issued, records);
            told++;
        }
        for (long payment = rows.payments().lastOf(id); payment != 0; payment = rows.payments().previous(payment)) {
            money.payment(payment, records);
            told++;
        }
        return told;
    }

    private long byId(final long first, final int max, final int most, final RecordKind kind, final RecordConsumer records, final long position, final long nowMs) {
        final long end = Math.min((long) most + 1, first + max);
        for (int id = (int) first; id < end; id++) {
            switch (kind) {
                case POSTS -> post(id, records);
                case POOLS -> catalogue.pool(id, records, position, nowMs);
                case SERVICES -> {
                    catalogue.service(id, records, position, nowMs);
                    displacement.coolingOf(id, records, position, nowMs);
                }
                case TERMINALS -> money.terminal(id, records);
                case BOOKS -> money.book(id, records);
                case DESK_PACES -> hall.pace(id, records);
                case SERVICE_TIMES -> hall.serviceTime(id, records);
                case QUOTAS -> quotas(id, records);
                case REVIEWS -> review.review(id, records);
                case OVERBOOKED -> overbooked(id, records);
                default -> day(id, records);
            }
        }
        return end > most ? 0 : end;
    }

    private long byNumber(final RecordKind kind, final long first, final int max, final LongPredicate wanted, final RecordConsumer records) {
        return byNumber(kind, first, max, wanted, number -> tell(kind, number, records));
    }

    private long byNumber(final RecordKind kind, final long first, final int max, final LongPredicate wanted, final LongConsumer told) {
        final long end = end(kind);
        long number = first;
        for (int looked = 0; looked < max; looked++) {
            final long next = next(kind, number, max - looked);
            if (next < 0) {
                return -next;
            }
            if (next >= end) {
                return 0;
            }
            if (wanted.test(next)) {
                told.accept(next);
            }
            number = next + 1;
        }
        return number < end ? number : 0;
    }

    private long end(final RecordKind kind) {
        return switch (kind) {
            case CHANGES -> allocation.changes().end();
            case APPLICATIONS -> applications.end();
            case HOLDS -> allocation.holds().end();
            case APPOINTMENTS -> allocation.appointments().end();
            case PAYMENTS -> rows.payments().end();
            case BATCHES -> rows.batches().end();
            case BREAKS -> rows.breaks().end();
            case RETURNS -> rows.returns().end();
            case CLOSURES -> allocation.closures().end();
            case WAITERS -> rooms.waiters.end();
            case ACCEPTED_POSTS -> applications.end();
            case TICKETS -> rooms.hall.tickets().end();
            case COOLINGS -> allocation.coolings().rows().end();
            case COOLING_ERAS -> allocation.coolings().eras().inForce() + 1;
            default -> stamps.end();
        };
    }

    private long next(final RecordKind kind, final long from, final int max) {
        return switch (kind) {
            case CHANGES -> allocation.changes().next(from, max);
            case APPLICATIONS -> applications.next(from, max);
            case HOLDS -> allocation.holds().next(from, max);
            case APPOINTMENTS -> allocation.appointments().next(from, max);
            case PAYMENTS -> rows.payments().next(from, max);
            case BATCHES -> rows.batches().next(from, max);
            case BREAKS -> rows.breaks().next(from, max);
            case RETURNS -> rows.returns().next(from, max);
            case CLOSURES -> allocation.closures().next(from, max);
            case WAITERS -> rooms.waiters.next(from, max);
            case ACCEPTED_POSTS -> rooms.waiters.accepted().next(from, applications.end(), max);
            case TICKETS -> rooms.hall.tickets().next(from, max);
            case COOLINGS -> allocation.coolings().rows().next(from, max);
            case COOLING_ERAS -> allocation.coolings().eras().next(from, max);
            default -> stamps.next(from, max);
        };
    }

    private void tell(final RecordKind kind, final long number, final RecordConsumer records) {
        switch (kind) {
            case CHANGES -> change(number, records);
            case APPLICATIONS -> application(number, records);
            case HOLDS -> hold(number, records);
            case APPOINTMENTS -> appointment(number, records);
            case PAYMENTS -> money.payment(number, records);
            case BATCHES -> money.batch(number, records);
            case BREAKS -> money.found(number, records);
            case RETURNS -> money.returned(number, records);
            case CLOSURES -> displacement.closure(number, records);
            case WAITERS -> displacement.waiter(number, records);
            case ACCEPTED_POSTS -> displacement.acceptedPosts(number, records);
            case TICKETS -> hall.ticket(number, records);
            case COOLINGS -> displacement.cooling(number, records);
            case COOLING_ERAS -> displacement.era(number, records);
            default -> stamp(number, records);
        }
    }

    private void post(final int id, final RecordConsumer records) {
        final Posts posts = rooms.catalogue.posts();
        if (!posts.has(id)) {
            return;
        }
        post.wrapAndApplyHeader(buffer, 0, header).postId(id).minorDigits((short) posts.minorDigits(id)).roundToMinor(posts.roundToMinor(id))
                .microMadPerUnit(posts.microMadPerUnit(id)).calendarVersion(posts.calendarVersion(id));
        posts.copyCode(id, buffer, post.offset() + PostRecordEncoder.codeEncodingOffset());
        final int currency = posts.currency(id);
        post.currency(0, (byte) currency).currency(1, (byte) (currency >>> 8)).currency(2, (byte) (currency >>> 16));
        records.onRecord(PostRecordEncoder.TEMPLATE_ID, buffer, 0, post.limit());
    }

    private void day(final int slot, final RecordConsumer records) {
        final Days days = allocation.days();
        final boolean live = days.isLive(slot);
        final long open = days.openChange(slot);
        if (!live && open == 0) {
            return;
        }
        final int shape = days.shape(slot);
        final int poolId = days.pool(slot);
        final int units = days.unitCount(shape);
        final DayRecordEncoder.UnitsEncoder group = day.wrapAndApplyHeader(buffer, 0, header).poolId(poolId).postId(rooms.catalogue.pools().post(poolId))
                .epochDay(days.epochDay(slot)).changeId(open).startMs(days.startMs(shape)).releasedAtMs(days.releasedAtMs(shape))
                .alignUnits((short) days.alignUnits(shape)).unitsCount(units);
        for (int unit = 0; unit < units; unit++) {
            final int offered = days.unit(shape, unit);
            final int taken = unit < days.unitCount(slot) ? days.unit(slot, unit) : 0;
            group.next().capacity((short) (offered & 0xFF)).booked((short) (taken >>> 8 & 0xFF)).held((short) (taken >>> 16 & 0xFF)).withheld((short) (offered >>> 24));
        }
        records.onRecord(DayRecordEncoder.TEMPLATE_ID, buffer, 0, day.limit());
    }

    private void quotas(final int slot, final RecordConsumer records) {
        final Days days = allocation.days();
        final Quotas quotas = days.quotas();
        final long change = days.openChange(slot);
        if (!days.isLive(slot) && change == 0) {
            return;
        }
        final int shape = days.shape(slot);
        final int units = days.unitCount(shape);
        final QuotaRecordEncoder.UnitsEncoder group = quota.wrapAndApplyHeader(buffer, 0, header).poolId(days.pool(slot))
                .postId(rooms.catalogue.pools().post(days.pool(slot))).epochDay(days.epochDay(slot)).changeId(change)
                .spillCallCentre(quotas.spillMs(shape, 1)).spillWalkIn(quotas.spillMs(shape, 2)).spillAssisted(quotas.spillMs(shape, 3))
                .spillEmergency(quotas.spillMs(shape, 4)).unitsCount(units);
        long any = quotas.spillMs(shape, 1) | quotas.spillMs(shape, 2) | quotas.spillMs(shape, 3) | quotas.spillMs(shape, 4);
        for (int unit = 0; unit < units; unit++) {
            final int at = quota.limit();
            group.next();
            for (int i = 0; i < Quotas.CLASSES; i++) {
                final int kept = quotas.kept(shape, unit, i + 1);
                final int taken = quotas.taken(slot, unit, i + 1);
                any |= kept | taken;
                buffer.putByte(at + i, (byte) kept);
                buffer.putByte(at + Quotas.CLASSES + i, (byte) taken);
            }
        }
        if (any != 0) {
            records.onRecord(QuotaRecordEncoder.TEMPLATE_ID, buffer, 0, quota.limit());
        }
    }

    private void overbooked(final int slot, final RecordConsumer records) {
        final Days days = allocation.days();
        final Overbooked places = days.overbooked();
        final long change = days.openChange(slot);
        final int shape = days.shape(slot);
        if (!days.isLive(slot) && change == 0 || !places.has(shape)) {
            return;
        }
        final OverbookedRecordEncoder.UnitsEncoder group = overbooked.wrapAndApplyHeader(buffer, 0, header).poolId(days.pool(slot))
                .postId(rooms.catalogue.pools().post(days.pool(slot))).epochDay(days.epochDay(slot)).changeId(change).untilMs(places.untilMs(shape))
                .unitsCount(days.unitCount(shape));
        for (int unit = 0; unit < days.unitCount(shape); unit++) {
            group.next().places((short) places.places(shape, unit));
        }
        records.onRecord(OverbookedRecordEncoder.TEMPLATE_ID, buffer, 0, overbooked.limit());
    }

    private void change(final long id, final RecordConsumer records) {
        if (allocation.changes().isOpen(id)) {
            change.wrapAndApplyHeader(buffer, 0, header).changeId(id).postId(allocation.changes().post(id))
                    .begunPosition(allocation.changes().begunPosition(id)).begunMs(allocation.changes().begunMs(id));
            records.onRecord(ChangeRecordEncoder.TEMPLATE_ID, buffer, 0, change.limit());
        }
    }

    private void application(final long id, final RecordConsumer records) {
        final Lines lines = applications.lines();
        final int count = applications.lineCount(id);
        final ApplicationRecordEncoder.LinesEncoder group = application.wrapAndApplyHeader(buffer, 0, header).applicationId(id)
                .applicant(applications.applicant(id)).submittedMs(applications.submittedMs(id)).changedMs(applications.changedMs(id))
                .validUntilMs(applications.validUntilMs(id)).postId(applications.post(id)).linesCount(count);
        for (long line = applications.firstLine(id); line < applications.firstLine(id) + count; line++) {
            final int reason = applications.reasons().find(id, 1 << (int) (line - applications.firstLine(id)));
            group.next().personKey(lines.personKey(line)).stampId(lines.stamp(line)).holdId(Math.max(0, lines.visit(line)))
                    .appointmentId(Math.max(0, -lines.visit(line))).registeredPostId(lines.registeredPost(line)).serviceId(lines.service(line))
                    .quantity((short) lines.quantity(line)).ageBand(AgeBand.get((short) lines.ageBand(line))).priority(Priority.get((short) lines.priority(line)))
                    .representative(BooleanType.get((short) lines.representative(line))).state(LineState.get((short) lines.state(line)))
                    .reasonHash(applications.reasons().hash(reason)).reasonCode(applications.reasons().code(reason));
        }
        records.onRecord(ApplicationRecordEncoder.TEMPLATE_ID, buffer, 0, application.limit());
    }

    private void hold(final long id, final RecordConsumer records) {
        hold.wrapAndApplyHeader(buffer, 0, header).holdId(id).applicationId(allocation.holds().application(id)).deadlineMs(allocation.holds().deadlineMs(id))
                .startMs(allocation.holds().startMs(id)).postId(allocation.holds().post(id));
        records.onRecord(HoldRecordEncoder.TEMPLATE_ID, buffer, 0,
                allocation.putLegs(buffer, hold.limit(), allocation.holds().firstLeg(id), allocation.holds().legCount(id)));
    }

    private void appointment(final long id, final RecordConsumer records) {
        final var appointments = allocation.appointments();
        appointment.wrapAndApplyHeader(buffer, 0, header).appointmentId(id).applicationId(appointments.application(id)).startMs(appointments.startMs(id))
                .changedMs(appointments.changedMs(id)).postId(appointments.post(id)).lines(appointments.lines(id)).ticket(appointments.ticket(id))
                .counter((short) appointments.counter(id)).reschedules((short) appointments.reschedules(id))
                .state(AppointmentState.get((short) appointments.state(id))).overflow(appointments.isOverflow(id) ? BooleanType.YES : BooleanType.NO).leadDays((short) appointments.leadDays(id))
                .attendance(appointments.isAttendanceConfirmed(id) ? BooleanType.YES : BooleanType.NO);
        records.onRecord(AppointmentRecordEncoder.TEMPLATE_ID, buffer, 0,
                allocation.putLegs(buffer, appointment.limit(), appointments.firstLeg(id), appointments.legCount(id)));
    }

    private void stamp(final long id, final RecordConsumer records) {
        stamp.wrapAndApplyHeader(buffer, 0, header).stampId(id).applicationId(stamps.application(id)).amountCentimes(stamps.amountCentimes(id))
                .localMinor(stamps.localMinor(id)).microMadPerUnit(stamps.microMadPerUnit(id)).issuedMs(stamps.issuedMs(id)).tariffVersion(stamps.tariffVersion(id))
                .postId(stamps.post(id)).line((short) stamps.line(id)).state(StampState.get((short) stamps.state(id)))
                .consumedPost(rows.lives().consumedPost(id)).consumedMs(rows.lives().consumedMs(id)).paymentId(rows.lives().payment(id));
        final int currency = stamps.currency(id);
        stamp.currency(0, (byte) currency).currency(1, (byte) (currency >>> 8)).currency(2, (byte) (currency >>> 16));
        records.onRecord(StampRecordEncoder.TEMPLATE_ID, buffer, 0, stamp.limit());
    }
}
