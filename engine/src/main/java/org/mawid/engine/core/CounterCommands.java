package org.mawid.engine.core;

import org.mawid.engine.allocation.Allocation;
import org.mawid.engine.allocation.Appointments;
import org.mawid.engine.allocation.Visit;
import org.mawid.engine.application.Applications;
import org.mawid.engine.application.Lines;
import org.mawid.engine.application.Submission;
import org.mawid.engine.catalogue.Rules;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.CallDecoder;
import org.mawid.sbe.CancelDecoder;
import org.mawid.sbe.CheckInDecoder;
import org.mawid.sbe.FeeTime;
import org.mawid.sbe.LineState;
import org.mawid.sbe.MarkNoShowDecoder;
import org.mawid.sbe.QuotaClass;
import org.mawid.sbe.Result;
import org.mawid.sbe.ServeDecoder;
import org.mawid.sbe.TicketEnd;
import org.mawid.sbe.TicketKind;
import org.mawid.sbe.TicketState;
import org.mawid.sbe.WaiterEnd;
import org.mawid.sbe.WalkInDecoder;

/** The day of the visit: who comes, is called, is served, does not come, or comes without an appointment. The order of the checks is public contract. */
final class CounterCommands {
    private static final long NOT_TODAY_AFTER_MS = 12 * 3_600_000L;
    private static final long DAY_MS = 86_400_000L;

    private final Rooms rooms;
    private final Rules rules;
    private final Applications applications;
    private final Allocation allocation;
    private final Appointments appointments;
    private final Visit visit = new Visit();

    CounterCommands(final Rooms rooms) {
        this.rooms = rooms;
        this.rules = rooms.catalogue.rules();
        this.applications = rooms.applications;
        this.allocation = rooms.allocation;
        this.appointments = rooms.allocation.appointments();
    }

    Result cancel(final long nowMs, final long command) {
        final long block = command + CommandCheck.HEADER;
        final long appointment = Memory.getLong(block + CancelDecoder.appointmentIdEncodingOffset());
        if (!appointments.has(appointment)) return Result.APPOINTMENT_UNKNOWN;
        if (!appointments.is(appointment, AppointmentState.CONFIRMED)) return Result.APPOINTMENT_STATE;

        rooms.endVisit(appointment, AppointmentState.CANCELLED, nowMs);
        return Result.OK;
    }

    Result checkIn(final long nowMs, final long command, final Outcome outcome) {
        final long block = command + CommandCheck.HEADER;
        final long appointment = Memory.getLong(block + CheckInDecoder.appointmentIdEncodingOffset());
        if (!appointments.has(appointment)) return Result.APPOINTMENT_UNKNOWN;
        if (!appointments.is(appointment, AppointmentState.CONFIRMED)) return Result.APPOINTMENT_STATE;
        final long startMs = appointments.startMs(appointment);
        if (nowMs < startMs - rules.checkInEarlyMs()) {
            outcome.set(Result.TOO_EARLY, startMs - rules.checkInEarlyMs(), 0, 0);
            return Result.TOO_EARLY;
        }
        if (nowMs >= startMs + NOT_TODAY_AFTER_MS) return Result.NOT_TODAY;
        final Result unpaid = rooms.whyNotPaid(appointments.application(appointment), appointments.lines(appointment), FeeTime.BEFORE_VISIT, nowMs);
        if (unpaid != Result.OK) return unpaid;
        final boolean keepsHall = rooms.catalogue.coreVersion().keepsHall();
        if (keepsHall && !rooms.hall.hasRoom(rooms.tickets.firstDesk(appointment))) return Result.TICKETS_FULL;

        final int epochDay = allocation.legs().epochDay(appointments.firstLeg(appointment));
        final int ticket = rooms.catalogue.posts().nextTicket(appointments.post(appointment), epochDay);
        appointments.ticket(appointment, ticket);
        step(appointment, AppointmentState.CHECKED_IN, nowMs);
        outcome.set(Result.OK, 0, ticket, keepsHall ? rooms.tickets.comeWithAppointment(appointment, nowMs, nowMs) : 0);
        return Result.OK;
    }

    Result call(final long nowMs, final long command) {
        final long block = command + CommandCheck.HEADER;
        final long appointment = Memory.getLong(block + CallDecoder.appointmentIdEncodingOffset());
        if (!appointments.has(appointment)) return Result.APPOINTMENT_UNKNOWN;
        final long ticket = rooms.hall.tickets().of(appointment);
        final boolean waits = ticket != 0 ? !rooms.hall.tickets().is(ticket, TicketState.CALLED) : appointments.is(appointment, AppointmentState.CHECKED_IN);
        if (!waits) return Result.APPOINTMENT_STATE;

        final int counter = Memory.getByte(block + CallDecoder.counterEncodingOffset());
        call(appointment, counter, nowMs);
        if (ticket != 0) {
            rooms.hall.call(ticket, counter, nowMs);
        }
        return Result.OK;
    }

    void call(final long appointment, final int counter, final long nowMs) {
        appointments.counter(appointment, counter);
        step(appointment, AppointmentState.CALLED, nowMs);
    }

    Result serve(final long nowMs, final long command, final Outcome outcome) {
        final long block = command + CommandCheck.HEADER;
        final long appointment = Memory.getLong(block + ServeDecoder.appointmentIdEncodingOffset());
        final int fulfilled = Memory.getShort(block + ServeDecoder.fulfilledEncodingOffset());
        if (!appointments.has(appointment)) return Result.APPOINTMENT_UNKNOWN;
        if (!appointments.is(appointment, AppointmentState.CALLED)) return Result.APPOINTMENT_STATE;
        final long ticket = rooms.hall.tickets().of(appointment);
        if (ticket != 0 && !rooms.hall.tickets().is(ticket, TicketState.CALLED)) return rooms.tickets.refuse(ticket, outcome);
        if ((fulfilled & ~appointments.lines(appointment)) != 0) return Result.LINE_UNKNOWN;

        serve(appointment, fulfilled, true, nowMs);
        return Result.OK;
    }

    /** Some of its lines were served, the others are VALIDATED again. @param inTime false = at another time than its own: its room is free */
    void serve(final long appointment, final int fulfilled, final boolean inTime, final long nowMs) {
        rooms.tickets.end(appointment, TicketEnd.SERVED, nowMs);
        final long application = appointments.application(appointment);
        final int lineSet = appointments.lines(appointment);
        rooms.offers.movedOn(appointment, WaiterEnd.VISIT_OVER, false, nowMs); // before its lines end: a hold counts their persons
        rooms.give(application, lineSet, 0);
        if (fulfilled != lineSet) {
            applications.renew(application, nowMs);
        }
        applications.close(application, fulfilled, LineState.FULFILLED, nowMs);
        if (inTime) {
            allocation.step(appointment, AppointmentState.SERVED, fulfilled, nowMs);
        } else {
            rooms.cool(application, lineSet, appointments.startMs(appointment), nowMs);
            allocation.servedElsewhere(appointment, fulfilled, nowMs);
        }
        rooms.moves.visitEnded(application, lineSet, nowMs);
    }

    Result markNoShow(final long nowMs, final long command, final Outcome outcome) {
        final long block = command + CommandCheck.HEADER;
        final long appointment = Memory.getLong(block + MarkNoShowDecoder.appointmentIdEncodingOffset());
        if (!appointments.has(appointment)) return Result.APPOINTMENT_UNKNOWN;
        if (appointments.state(appointment) > AppointmentState.CALLED.value()) return Result.APPOINTMENT_STATE;
        final long ticket = rooms.hall.tickets().of(appointment);
        if (ticket != 0 && rooms.hall.tickets().is(ticket, TicketState.WAITING)) return rooms.tickets.refuse(ticket, outcome);
        final long firstMs = rooms.tickets.notThereMs(ticket, appointment);
        if (nowMs < firstMs) {
            outcome.set(Result.TOO_EARLY, firstMs, 0, 0);
            return Result.TOO_EARLY;
        }

        rooms.endVisit(appointment, AppointmentState.NO_SHOW, nowMs);
        return Result.OK;
    }

    void step(final long appointment, final AppointmentState state, final long nowMs) {
        applications.changed(appointments.application(appointment), nowMs);
        allocation.step(appointment, state, 0, nowMs);
        rooms.offers.movedOn(appointment, WaiterEnd.VISIT_OVER, false, nowMs);
    }

    // ---- without an appointment

    Result walkIn(final long nowMs, final long command, final Outcome outcome) {
        final long block = command + CommandCheck.HEADER;
        final int desk = Memory.getShort(block + WalkInDecoder.deskIdEncodingOffset());
        final int epochDay = Memory.getInt(block + WalkInDecoder.epochDayEncodingOffset());
        final long known = Memory.getLong(block + WalkInDecoder.applicationIdEncodingOffset());
        final boolean stamps = Memory.getByte(block + WalkInDecoder.issueStampsEncodingOffset()) != 0;
        if (!rooms.catalogue.pools().isDesk(desk)) return Result.POOL_UNKNOWN;
        if (Math.abs(epochDay - Math.floorDiv(nowMs, DAY_MS)) > 1) return Result.NOT_TODAY;
        final int postId = rooms.catalogue.pools().post(desk);
        Result refusal = known != 0 ? whyNotKnown(known, Memory.getShort(block + WalkInDecoder.servedEncodingOffset()), false)
                : whyNotNew(command + CommandCheck.HEADER + WalkInDecoder.BLOCK_LENGTH);
        if (refusal != Result.OK) return refusal;
        final int lineSet = known != 0 ? Memory.getShort(block + WalkInDecoder.servedEncodingOffset()) : applications.submission().all();
        refusal = rooms.party.whyNotAt(desk, lineSet, known != 0 ? applications.post(known) : postId, false);
        if (refusal == Result.OK && stamps) refusal = known != 0 ? rooms.whyNoStamps(known, lineSet, postId, nowMs) : whyNoNewStamps(postId, nowMs);
        if (refusal != Result.OK) return refusal;
        if (appointments.count() + 1 > rules.maxAppointments()) return Result.APPOINTMENTS_FULL;
        final boolean keepsHall = rooms.catalogue.coreVersion().keepsHall();
        final boolean hasLeg = allocation.legs().count() + 1 <= rules.maxLegs();
        if (!hasLeg && !keepsHall) return Result.LEGS_FULL;
        if (keepsHall && !rooms.hall.hasRoom(desk)) return Result.TICKETS_FULL;
        visit.readOne(desk, lineSet, epochDay, 0);

        if (known != 0) {
            takeBackOffers(known, lineSet, nowMs);
        }
        final boolean found = hasLeg && findToday(desk, lineSet, epochDay, postId, nowMs);
        final long application = known != 0 ? known : applications.submission().open(nowMs, postId, Memory.getLong(block + WalkInDecoder.applicantEncodingOffset()), true);
        if (known != 0) {
            admit(known, lineSet, nowMs);
        }
        final int ticket = rooms.catalogue.posts().nextTicket(postId, epochDay);
        final long appointment = allocation.walkIn(visit, found, application, applications.lastAppointment(application), postId, ticket, nowMs);
        applications.lastAppointment(application, appointment);
        rooms.give(application, lineSet, -appointment);
        final Result result = found ? Result.OK : Result.OVERFLOW;
        outcome.set(result, appointment, ticket, stamps ? rooms.issueStamps(application, nowMs) : 0);
        rooms.offers.booked(application, lineSet, 0);
        if (keepsHall) {
            rooms.tickets.come(appointment, found ? TicketKind.WALK_IN : TicketKind.OVERFLOW, desk, lineSet, epochDay, nowMs, nowMs);
        }
        return result;
    }

    /** @param takenToo whether lines that have a visit will do */
    Result whyNotKnown(final long application, final int lineSet, final boolean takenToo) {
        if (!applications.has(application)) return Result.APPLICATION_UNKNOWN;
        if (!applications.names(application, lineSet)) return Result.LINE_UNKNOWN;
        final Lines lines = applications.lines();
        final long first = applications.firstLine(application);
        for (int set = lineSet; set != 0; set &= set - 1) {
            final long line = first + Integer.numberOfTrailingZeros(set);
            if (!lines.isOpen(line)) return Result.LINE_STATE;
            if (!takenToo && lines.visit(line) != 0 && !isOffered(application, lines.visit(line))) return Result.LINE_TAKEN;
        }
        rooms.party.loadOne(application, lineSet);
        return Result.OK;
    }

    /** From core version 7 on who stands at the counter need not decline an offer first. */
    private boolean isOffered(final long application, final long visit) {
        return rooms.catalogue.coreVersion().keepsWaitlist() && visit > 0 && rooms.waiters.ofHold(application, visit) != 0;
    }

    private void takeBackOffers(final long application, final int lineSet, final long nowMs) {
        final long first = applications.firstLine(application);
        for (int set = lineSet; set != 0; set &= set - 1) {
            final long visit = applications.lines().visit(first + Integer.numberOfTrailingZeros(set));
            if (visit > 0) {
                rooms.offers.takeBack(visit, false, nowMs);
                rooms.party.loadOne(application, lineSet);
            }
        }
    }

    /** @param groupAt where the group of lines begins */
    Result whyNotNew(final long groupAt) {
        final Submission submission = applications.submission();
        final Result refusal = submission.decide(groupAt);
        if (refusal == Result.OK) {
            rooms.party.load(submission);
        }
        return refusal;
    }

    Result whyNoNewStamps(final int postId, final long nowMs) {
        rooms.stamps.want(postId);
        for (int i = 0; i < applications.submission().count(); i++) {
            final Result refusal = rooms.stamps.want(i, rooms.party.service(i), rooms.party.quantity(i), nowMs);
            if (refusal != Result.OK) return refusal;
        }
        return rooms.stamps.whyTooMany(0);
    }

    private boolean findToday(final int desk, final int lineSet, final int epochDay, final int postId, final long nowMs) {
        rooms.party.measure(visit, 0);
        if (rooms.party.needed() > Party.MOST_UNITS || rooms.party.lacksResources(postId, lineSet)) {
            return false;
        }
        visit.readOne(desk, lineSet, epochDay, rooms.party.needed());
        visit.ofChannel(QuotaClass.WALK_IN.value());
        if (rooms.party.areEmergencies(lineSet)) visit.emergency(0);
        return allocation.findToday(visit, postId, nowMs);
    }

    /** An officer has seen these lines: they are VALIDATED. */
    void admit(final long application, final int lineSet, final long nowMs) {
        final int seen = lineSet & ~applications.validated(application);
        applications.validate(application, seen, nowMs);
        if (seen != 0) {
            applications.emitDecided(application, seen, LineState.VALIDATED, 0);
        }
    }
}
