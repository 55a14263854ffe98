package org.mawid.engine.core;

import org.mawid.engine.allocation.Allocation;
import org.mawid.engine.allocation.Appointments;
import org.mawid.engine.allocation.Holds;
import org.mawid.engine.allocation.Visit;
import org.mawid.engine.application.Applications;
import org.mawid.engine.application.Lines;
import org.mawid.engine.catalogue.Rules;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.ChooseAnotherDecoder;
import org.mawid.sbe.ConfirmAttendanceDecoder;
import org.mawid.sbe.ConfirmDecoder;
import org.mawid.sbe.FeeTime;
import org.mawid.sbe.HoldDecoder;
import org.mawid.sbe.ImportVisitDecoder;
import org.mawid.sbe.ReleaseDecoder;
import org.mawid.sbe.RescheduleDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.WaiterEnd;

/** A visit is held, confirmed, given back or moved. The order of the checks is public contract: it fixes which answer wins. */
final class VisitCommands {
    private final Rooms rooms;
    private final Rules rules;
    private final Applications applications;
    private final Allocation allocation;
    private final Party party;
    private final Visit visit = new Visit();
    private long detail;

    VisitCommands(final Rooms rooms) {
        this.rooms = rooms;
        this.rules = rooms.catalogue.rules();
        this.applications = rooms.applications;
        this.allocation = rooms.allocation;
        this.party = rooms.party;
    }

    Result hold(final long nowMs, final long command, final Outcome outcome) {
        final long block = command + CommandCheck.HEADER;
        final long application = Memory.getLong(block + HoldDecoder.applicationIdEncodingOffset());
        final boolean stamps = Memory.getByte(block + HoldDecoder.issueStampsEncodingOffset()) != 0;
        if (!applications.has(application)) return Result.APPLICATION_UNKNOWN;
        readLegs(command, HoldDecoder.BLOCK_LENGTH);
        detail = 0;
        Result refusal = whyNotTheseLines(application);
        if (refusal == Result.OK) refusal = whyNotThere(application);
        if (refusal == Result.OK) refusal = whyNotThey(nowMs, true);
        if (refusal == Result.OK) refusal = whyNotThen(nowMs, 0);
        if (refusal != Result.OK) return refuse(refusal, outcome);
        if (allocation.holds().count() + 1 > rules.maxHolds()) return Result.HOLDS_FULL;
        if (allocation.legs().count() + visit.count() > rules.maxLegs()) return Result.LEGS_FULL;
        final int postId = rooms.catalogue.pools().post(visit.desk(0));
        final int lineSet = visit.allLines();
        if (stamps) refusal = rooms.whyNoStamps(application, lineSet, postId, nowMs);
        if (refusal != Result.OK) return refusal;

        final long deadlineMs = nowMs + rules.holdTtlMs();
        party.spend(nowMs);
        party.countHold(1);
        final long holdId = allocation.hold(visit, application, postId, deadlineMs);
        rooms.give(application, lineSet, holdId);
        applications.changed(application, nowMs);
        outcome.set(Result.OK, holdId, deadlineMs, stamps ? rooms.issueStamps(application, nowMs) : 0);
        return Result.OK;
    }

    Result confirm(final long nowMs, final long command, final Outcome outcome) {
        final long block = command + CommandCheck.HEADER;
        final long holdId = Memory.getLong(block + ConfirmDecoder.holdIdEncodingOffset());
        final boolean stamps = Memory.getByte(block + ConfirmDecoder.issueStampsEncodingOffset()) != 0;
        Result refusal = whyNoHold(holdId, nowMs);
        if (refusal != Result.OK) return refusal;
        if (rooms.offers.isEarlier(holdId)) return takeEarlier(holdId, nowMs, outcome);
        if (allocation.appointments().count() + 1 > rules.maxAppointments()) return Result.APPOINTMENTS_FULL;
        final Holds holds = allocation.holds();
        final long application = holds.application(holdId);
        final int lineSet = holds.lines(holdId);
        refusal = rooms.whyNotPaid(application, lineSet, FeeTime.BEFORE_CONFIRM, nowMs);
        if (refusal != Result.OK) return refusal;
        if (stamps) refusal = rooms.whyNoStamps(application, lineSet, holds.post(holdId), nowMs);
        if (refusal != Result.OK) return refusal;

        final long startMs = holds.startMs(holdId);
        party.loadOne(application, lineSet);
        party.countHold(-1);
        final long appointment = allocation.confirm(holdId, applications.lastAppointment(application), nowMs);
        applications.lastAppointment(application, appointment);
        rooms.give(application, lineSet, -appointment);
        applications.changed(application, nowMs);
        outcome.set(Result.OK, appointment, startMs, stamps ? rooms.issueStamps(application, nowMs) : 0);
        rooms.offers.booked(application, lineSet, holdId);
        return Result.OK;
    }

    /** The appointment has the earlier time that was offered for it. Its fees are as they were. */
    private Result takeEarlier(final long hold, final long nowMs, final Outcome outcome) {
        final Holds holds = allocation.holds();
        final long application = holds.application(hold);
        final int lineSet = holds.lines(hold);
        final long waiter = rooms.waiters.ofHold(application, hold);
        final long appointment = rooms.waiters.appointment(waiter);

        party.loadOne(application, lineSet);
        party.countHold(-1);
        rooms.cool(application, lineSet, allocation.appointments().startMs(appointment), nowMs);
        allocation.moveTo(appointment, hold, nowMs);
        applications.changed(application, nowMs);
        rooms.waiters.end(waiter, WaiterEnd.ACCEPTED);
        outcome.set(Result.OK, appointment, allocation.appointments().startMs(appointment), 0);
        return Result.OK;
    }

    Result release(final long nowMs, final long command) {
        final long block = command + CommandCheck.HEADER;
        final Result refusal = whyNoHold(Memory.getLong(block + ReleaseDecoder.holdIdEncodingOffset()), nowMs);
        if (refusal != Result.OK) return refusal;

        rooms.offers.endHold(Memory.getLong(block + ReleaseDecoder.holdIdEncodingOffset()), false, nowMs);
        return Result.OK;
    }

    /** One command: the new visit and the old one swap, or nothing changes. */
    Result reschedule(final long nowMs, final long command, final Outcome outcome) {
        final long block = command + CommandCheck.HEADER;
        final long appointment = Memory.getLong(block + RescheduleDecoder.appointmentIdEncodingOffset());
        final Appointments appointments = allocation.appointments();
        if (!appointments.has(appointment)) return Result.APPOINTMENT_UNKNOWN;
        if (!appointments.is(appointment, AppointmentState.CONFIRMED)) return Result.APPOINTMENT_STATE;
        if (appointments.startMs(appointment) <= nowMs) return Result.IN_THE_PAST;
        if (appointments.reschedules(appointment) >= rules.reschedulesPerAppointment()) return Result.LIMIT_REACHED;
        readLegs(command, RescheduleDecoder.BLOCK_LENGTH);
        if (!isCovered(appointments.lines(appointment))) return Result.LEGS_DO_NOT_COVER;
        final long application = appointments.application(appointment);
        detail = 0;
        Result refusal = whyNotThere(application);
        if (refusal == Result.OK) refusal = whyNotThey(nowMs, false);
        if (refusal == Result.OK) refusal = whyNotThen(nowMs, appointment);
        if (refusal != Result.OK) return refuse(refusal, outcome);
        if (allocation.legs().count() - appointments.legCount(appointment) + visit.count() > rules.maxLegs()) return Result.LEGS_FULL;

        party.spend(nowMs);
        rooms.cool(application, appointments.lines(appointment), appointments.startMs(appointment), nowMs);
        allocation.reschedule(appointment, visit, rooms.catalogue.pools().post(visit.desk(0)), nowMs);
        applications.changed(application, nowMs);
        outcome.set(Result.OK, appointment, appointments.startMs(appointment), 0);
        rooms.offers.movedOn(appointment, WaiterEnd.BOOKED_OTHERWISE, false, nowMs);
        return Result.OK;
    }

    Result confirmAttendance(final long nowMs, final long command) {
        if (!rooms.catalogue.coreVersion().confirmsAttendance()) return Result.CORE_VERSION_UNSUPPORTED;
        final long appointment = Memory.getLong(command + CommandCheck.HEADER + ConfirmAttendanceDecoder.appointmentIdEncodingOffset());
        final Appointments appointments = allocation.appointments();
        if (!appointments.has(appointment)) return Result.APPOINTMENT_UNKNOWN;
        if (!appointments.is(appointment, AppointmentState.CONFIRMED)) return Result.APPOINTMENT_STATE;
        if (appointments.startMs(appointment) <= nowMs) return Result.IN_THE_PAST;

        allocation.confirmAttendance(appointment, nowMs);
        applications.changed(appointments.application(appointment), nowMs);
        return Result.OK;
    }

    /** One command: an offer and the visit that its applicant would rather have swap, or nothing changes. */
    Result chooseAnother(final long nowMs, final long command, final Outcome outcome) {
        if (!rooms.catalogue.coreVersion().makesOffers()) return Result.CORE_VERSION_UNSUPPORTED;
        final long block = command + CommandCheck.HEADER;
        final long holdId = Memory.getLong(block + ChooseAnotherDecoder.holdIdEncodingOffset());
        Result refusal = whyNoHold(holdId, nowMs);
        if (refusal != Result.OK) return refusal;
        final Holds holds = allocation.holds();
        final long application = holds.application(holdId);
        final int lineSet = holds.lines(holdId);
        final long waiter = rooms.waiters.ofHold(application, holdId);
        if (waiter == 0 || !rooms.waiters.isDisplaced(waiter)) return Result.NOT_AN_OFFER;
        readLegs(command, ChooseAnotherDecoder.BLOCK_LENGTH);
        if (!isCovered(lineSet)) return Result.LEGS_DO_NOT_COVER;
        detail = 0;
        refusal = whyNotThere(application);
        if (refusal == Result.OK) refusal = whyNotThey(nowMs, false);
        if (refusal == Result.OK) refusal = whyNotThenBeside(nowMs, holdId);
        if (refusal != Result.OK) return refuse(refusal, outcome);
        if (allocation.legs().count() - holds.legCount(holdId) + visit.count() > rules.maxLegs()) return Result.LEGS_FULL;

        final long deadlineMs = Math.max(holds.deadlineMs(holdId), nowMs + rules.holdTtlMs());
        party.spend(nowMs);
        rooms.cool(application, lineSet, holds.startMs(holdId), nowMs);
        final long another = allocation.swap(holdId, visit, rooms.catalogue.pools().post(visit.desk(0)), deadlineMs);
        rooms.give(application, lineSet, another);
        applications.changed(application, nowMs);
        rooms.waiters.offer(waiter, another, true);
        outcome.set(Result.OK, another, deadlineMs, 0);
        return Result.OK;
    }

    private void readLegs(final long command, final int blockLength) {
        visit.read(command + CommandCheck.HEADER + blockLength);
        visit.ofChannel(CommandCheck.quotaClass(command));
    }

    /**
     * An older system's promise, at once. It was made under other rules: its length is what it was there, and nothing is asked that only guards what is still to be given
     * away, such as releases, alignment, limits and fees. Its room must be there.
     */
    Result takeOver(final long nowMs, final long command, final Outcome outcome) {
        if (!rooms.catalogue.coreVersion().takesOver()) return Result.CORE_VERSION_UNSUPPORTED;
        final long block = command + CommandCheck.HEADER;
        final long application = Memory.getLong(block + ImportVisitDecoder.applicationIdEncodingOffset());
        if (!applications.has(application)) return Result.APPLICATION_UNKNOWN;
        readLegs(command, ImportVisitDecoder.BLOCK_LENGTH);
        Result refusal = whyNotTheseLines(application);
        if (refusal == Result.OK) refusal = whyNotThere(application, false);
        if (refusal == Result.OK) refusal = allocation.whyNotThen(visit, nowMs, true);
        if (refusal == Result.OK) refusal = allocation.whyNoRoom(visit, rooms.catalogue.pools().post(visit.desk(0)), 0);
        detail = refusal == Result.KEPT_FOR_CHANNEL ? allocation.detail() : 0;
        if (refusal != Result.OK) return refuse(refusal, outcome);
        if (allocation.appointments().count() + 1 > rules.maxAppointments()) return Result.APPOINTMENTS_FULL;
        if (allocation.legs().count() + visit.count() > rules.maxLegs()) return Result.LEGS_FULL;

        final int lineSet = visit.allLines();
        final long appointment = allocation.book(visit, application, applications.lastAppointment(application), rooms.catalogue.pools().post(visit.desk(0)), nowMs);
        applications.lastAppointment(application, appointment);
        rooms.give(application, lineSet, -appointment);
        applications.changed(application, nowMs);
        outcome.set(Result.OK, appointment, visit.earliestMs(), 0);
        rooms.offers.booked(application, lineSet, 0);
        return Result.OK;
    }

    private Result refuse(final Result refusal, final Outcome outcome) {
        outcome.set(refusal, detail, 0, 0);
        return refusal;
    }

    private Result whyNoHold(final long holdId, final long nowMs) {
        final Holds holds = allocation.holds();
        if (!holds.wasGiven(holdId)) return Result.HOLD_UNKNOWN;
        return holds.has(holdId) && nowMs < holds.deadlineMs(holdId) ? Result.OK : Result.HOLD_EXPIRED;
    }

    private Result whyNotTheseLines(final long application) {
        int seen = 0;
        for (int leg = 0; leg < visit.count(); leg++) {
            if (!applications.names(application, visit.lines(leg))) return Result.LINE_UNKNOWN;
            if ((seen & visit.lines(leg)) != 0) return Result.LEGS_DO_NOT_COVER;
            seen |= visit.lines(leg);
        }
        final Lines lines = applications.lines();
        final long first = applications.firstLine(application);
        for (int set = seen; set != 0; set &= set - 1) {
            final long line = first + Integer.numberOfTrailingZeros(set);
            if (!lines.isValidated(line)) return Result.NOT_VALIDATED;
            if (lines.visit(line) != 0) return Result.LINE_TAKEN;
            if (!rooms.catalogue.services().needsAppointment(lines.service(line))) return Result.NO_APPOINTMENT_NEEDED;
        }
        return Result.OK;
    }

    /** Whether the legs carry exactly these lines, each once. */
    private boolean isCovered(final int lineSet) {
        int seen = 0;
        for (int leg = 0; leg < visit.count(); leg++) {
            if (visit.lines(leg) == 0 || (seen & visit.lines(leg)) != 0) {
                return false;
            }
            seen |= visit.lines(leg);
        }
        return seen == lineSet;
    }

    /** Whether the desks serve these lines and the legs are as long as they need. Fills in places. */
    private Result whyNotThere(final long application) {
        return whyNotThere(application, true);
    }

    /** @param asNeeded the legs must be as long as their lines need */
    private Result whyNotThere(final long application, final boolean asNeeded) {
        party.load(application, visit);
        for (int leg = 0; leg < visit.count(); leg++) {
            final int desk = visit.desk(leg);
            if (!rooms.catalogue.pools().isDesk(desk)) return Result.POOL_UNKNOWN;
            if (leg > 0 && (visit.epochDay(leg) != visit.epochDay(0) || rooms.catalogue.pools().post(desk) != rooms.catalogue.pools().post(visit.desk(0)))) {
                return Result.VISIT_SPLIT;
            }
            final int chosenPost = rooms.offers.chosenPost(application, rooms.catalogue.pools().post(desk));
            final Result refusal = party.whyNotAt(desk, visit.lines(leg), chosenPost, true);
            if (refusal != Result.OK) return refusal;
            party.measure(visit, leg);
            if (party.areEmergencies(visit.lines(leg))) visit.emergency(leg);
            if (asNeeded && party.needed() != visit.units(leg)) {
                detail = party.needed();
                return Result.UNITS_DO_NOT_MATCH;
            }
        }
        return visit.count() > 1 && party.isTwice(visit, allocation) ? Result.LEGS_OVERLAP : Result.OK;
    }

    private Result whyNotThey(final long nowMs, final boolean holds) {
        final Result refusal = party.whyNotThey(nowMs, holds);
        if (refusal == Result.HOLD_BUDGET_SPENT) {
            detail = party.nextHoldMs();
        }
        return refusal;
    }

    private Result whyNotThen(final long nowMs, final long moved) {
        final Result refusal = whyNotThen(nowMs);
        return refusal != Result.OK ? refusal : withDetail(allocation.whyNoRoom(visit, rooms.catalogue.pools().post(visit.desk(0)), moved));
    }

    private Result whyNotThenBeside(final long nowMs, final long hold) {
        final Result refusal = whyNotThen(nowMs);
        return refusal != Result.OK ? refusal : withDetail(allocation.whyNoRoomBesideHold(visit, rooms.catalogue.pools().post(visit.desk(0)), hold));
    }

    private Result whyNotThen(final long nowMs) {
        return withDetail(allocation.whyNotThen(visit, nowMs));
    }

    private Result withDetail(final Result refusal) {
        if (refusal == Result.NOT_YET_RELEASED || refusal == Result.KEPT_FOR_CHANNEL) {
            detail = allocation.detail();
        }
        return refusal;
    }
}
