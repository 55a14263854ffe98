package org.mawid.engine.core;

import org.mawid.engine.allocation.Allocation;
import org.mawid.engine.allocation.Appointments;
import org.mawid.engine.application.Applications;
import org.mawid.engine.application.Lines;
import org.mawid.engine.catalogue.Rules;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.RecordVisitDecoder;
import org.mawid.sbe.RecordWalkInDecoder;
import org.mawid.sbe.RecordedOfflineEncoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.TicketKind;

/**
 * Visits that a post recorded while its link was down, told later in their order. Who stood there and was served was served, whatever was
 * decided elsewhere meanwhile. From core version 5 on. The order of the checks is public contract.
 */
final class OfflineCommands {
    private static final long NOT_THEN_AFTER_MS = 12 * 3_600_000L;
    private static final long OLDEST_MS = 30 * 86_400_000L;
    private static final long DAY_MS = 86_400_000L;

    private final Rooms rooms;
    private final CounterCommands counters;
    private final OfflineStamps stamps;
    private final Rules rules;
    private final Applications applications;
    private final Allocation allocation;
    private final Appointments appointments;

    OfflineCommands(final Rooms rooms, final CounterCommands counters) {
        this.rooms = rooms;
        this.counters = counters;
        this.stamps = new OfflineStamps(rooms);
        this.rules = rooms.catalogue.rules();
        this.applications = rooms.applications;
        this.allocation = rooms.allocation;
        this.appointments = rooms.allocation.appointments();
    }

    Result dispatch(final int template, final long nowMs, final long command, final Outcome outcome) {
        if (!rooms.catalogue.coreVersion().recordsOffline()) return Result.CORE_VERSION_UNSUPPORTED;
        return switch (template) {
            case RecordVisitDecoder.TEMPLATE_ID -> visit(nowMs, command, outcome);
            case RecordWalkInDecoder.TEMPLATE_ID -> walkIn(nowMs, command, outcome);
            default -> stamps.consume(nowMs, command, outcome);
        };
    }

    /** Whether it can have been then. @param atMs by the post's clock */
    static Result whyNotAt(final Rules rules, final long atMs, final long nowMs, final Outcome outcome) {
        if (atMs > nowMs + rules.createdSkewMs()) {
            outcome.set(Result.TOO_EARLY, nowMs, 0, 0);
            return Result.TOO_EARLY;
        }
        return atMs < nowMs - OLDEST_MS ? Result.REQUEST_TOO_OLD : Result.OK;
    }

    // ---- with an appointment

    private Result visit(final long nowMs, final long command, final Outcome outcome) {
        final long block = command + CommandCheck.HEADER;
        final long appointment = Memory.getLong(block + RecordVisitDecoder.appointmentIdEncodingOffset());
        final long atMs = Memory.getLong(block + RecordVisitDecoder.atMsEncodingOffset());
        final int fulfilled = Memory.getShort(block + RecordVisitDecoder.fulfilledEncodingOffset());
        final AppointmentState state = AppointmentState.get((short) Memory.getByte(block + RecordVisitDecoder.stateEncodingOffset()));
        if (!appointments.has(appointment)) return Result.APPOINTMENT_UNKNOWN;
        final Result refusal = whyNotAt(rules, atMs, nowMs, outcome);
        if (refusal != Result.OK) return refusal;
        if ((fulfilled & ~appointments.lines(appointment)) != 0) return Result.LINE_UNKNOWN;
        final int again = gaveBack(appointment) ? open(appointments.application(appointment), fulfilled) : 0;
        if (again != 0 && appointments.count() + 1 > rules.maxAppointments()) return Result.APPOINTMENTS_FULL;

        long as = 0;
        if (again != 0) {
            as = servedAnyhow(appointment, again, block, atMs, nowMs);
            rooms.offers.booked(appointments.application(appointment), again, 0);
        } else if (goesOn(appointment, state, atMs)) {
            as = appointment;
            goOn(appointment, state, fulfilled, block, atMs, nowMs);
        }
        tell(appointments.post(appointment), appointment, as, atMs, state);
        if (as == 0) {
            outcome.set(Result.SUPERSEDED, appointments.state(appointment), 0, 0);
            return Result.SUPERSEDED;
        }
        outcome.set(Result.OK, as, appointments.ticket(as), 0);
        return Result.OK;
    }

    /** Whether its lines were set free without having been served. */
    private boolean gaveBack(final long appointment) {
        return appointments.state(appointment) > AppointmentState.SERVED.value();
    }

    /** Those that have not ended. */
    private int open(final long application, final int lineSet) {
        final Lines lines = applications.lines();
        final long first = applications.firstLine(application);
        int open = 0;
        for (int set = lineSet; set != 0; set &= set - 1) {
            open |= lines.isOpen(first + Integer.numberOfTrailingZeros(set)) ? set & -set : 0;
        }
        return open;
    }

    /** Whether what was recorded is a step further. */
    private boolean goesOn(final long appointment, final AppointmentState recorded, final long atMs) {
        return switch (recorded) {
            case CHECKED_IN -> appointments.is(appointment, AppointmentState.CONFIRMED) && isItsTime(appointment, atMs);
            case SERVED -> appointments.state(appointment) <= AppointmentState.CALLED.value();
            default -> appointments.state(appointment) <= AppointmentState.CALLED.value() && appointments.startMs(appointment) + rules.noShowGraceMs() <= atMs;
        };
    }

    private boolean isItsTime(final long appointment, final long atMs) {
        final long startMs = appointments.startMs(appointment);
        return atMs >= startMs - rules.checkInEarlyMs() && atMs < startMs + NOT_THEN_AFTER_MS;
    }

    private void goOn(final long appointment, final AppointmentState recorded, final int fulfilled, final long block, final long atMs, final long nowMs) {
        final int ticket = Memory.getShort(block + RecordVisitDecoder.ticketEncodingOffset());
        if (recorded == AppointmentState.CHECKED_IN) {
            appointments.ticket(appointment, ticket(ticket, appointments.post(appointment), allocation.legs().epochDay(appointments.firstLeg(appointment))));
            counters.step(appointment, AppointmentState.CHECKED_IN, nowMs);
            if (rooms.tickets.mayCome(rooms.tickets.firstDesk(appointment), atMs, nowMs)) {
                rooms.tickets.comeWithAppointment(appointment, atMs, nowMs);
            }
        } else if (recorded == AppointmentState.NO_SHOW) {
            rooms.endVisit(appointment, AppointmentState.NO_SHOW, nowMs);
        } else {
            final boolean inTime = !appointments.is(appointment, AppointmentState.CONFIRMED) || isItsTime(appointment, atMs);
            if (appointments.ticket(appointment) == 0) {
                appointments.ticket(appointment, ticket);
            }
            if (appointments.counter(appointment) == 0) {
                appointments.counter(appointment, Memory.getByte(block + RecordVisitDecoder.counterEncodingOffset()));
            }
            counters.serve(appointment, fulfilled, inTime, nowMs);
        }
    }

    /** A visit of its own for lines of an appointment that had ended otherwise; whatever they have now they give back. @return its number */
    private long servedAnyhow(final long appointment, final int lineSet, final long block, final long atMs, final long nowMs) {
        final long application = appointments.application(appointment);
        final int postId = appointments.post(appointment);
        setFree(application, lineSet, nowMs);
        final long own = comeIn(application, lineSet, postId, Memory.getShort(block + RecordVisitDecoder.ticketEncodingOffset()), atMs, nowMs);
        serve(own, lineSet, Memory.getByte(block + RecordVisitDecoder.counterEncodingOffset()), nowMs);
        return own;
    }

    // ---- without one

    private Result walkIn(final long nowMs, final long command, final Outcome outcome) {
        final long block = command + CommandCheck.HEADER;
        final long known = Memory.getLong(block + RecordWalkInDecoder.applicationIdEncodingOffset());
        final long atMs = Memory.getLong(block + RecordWalkInDecoder.atMsEncodingOffset());
        final int postId = Memory.getShort(block + RecordWalkInDecoder.postIdEncodingOffset());
        final int fulfilled = Memory.getShort(block + RecordWalkInDecoder.fulfilledEncodingOffset());
        final boolean stamped = Memory.getByte(block + RecordWalkInDecoder.issueStampsEncodingOffset()) != 0;
        if (!rooms.catalogue.posts().has(postId)) return Result.POST_UNKNOWN;
        Result refusal = whyNotAt(rules, atMs, nowMs, outcome);
        if (refusal != Result.OK) return refusal;
        refusal = known != 0 ? counters.whyNotKnown(known, Memory.getShort(block + RecordWalkInDecoder.lineSetEncodingOffset()), true)
                : counters.whyNotNew(block + RecordWalkInDecoder.BLOCK_LENGTH);
        if (refusal != Result.OK) return refusal;
        final int lineSet = known != 0 ? Memory.getShort(block + RecordWalkInDecoder.lineSetEncodingOffset()) : applications.submission().all();
        if ((fulfilled & ~lineSet) != 0) return Result.LINE_UNKNOWN;
        if (stamped) refusal = known != 0 ? rooms.whyNoStamps(known, lineSet, postId, nowMs) : counters.whyNoNewStamps(postId, nowMs);
        if (refusal != Result.OK) return refusal;
        if (appointments.count() + 1 > rules.maxAppointments()) return Result.APPOINTMENTS_FULL;

        final long application = known != 0 ? known
                : applications.submission().open(nowMs, postId, Memory.getLong(block + RecordWalkInDecoder.applicantEncodingOffset()), true);
        if (known != 0) {
            setFree(known, lineSet, nowMs);
            counters.admit(known, lineSet, nowMs);
        }
        final long appointment = comeIn(application, lineSet, postId, Memory.getShort(block + RecordWalkInDecoder.ticketEncodingOffset()), atMs, nowMs);
        final long issued = stamped ? rooms.issueStamps(application, nowMs) : 0;
        if (fulfilled != 0) {
            serve(appointment, fulfilled, Memory.getByte(block + RecordWalkInDecoder.counterEncodingOffset()), nowMs);
        }
        rooms.offers.booked(application, lineSet, 0);
        final int desk = fulfilled != 0 ? 0 : rooms.tickets.deskOf(application, lineSet, postId);
        if (desk != 0 && rooms.tickets.mayCome(desk, atMs, nowMs)) {
            rooms.tickets.come(appointment, TicketKind.OVERFLOW, desk, lineSet, (int) Math.floorDiv(atMs, DAY_MS), atMs, nowMs);
        }
        tell(postId, 0, appointment, atMs, fulfilled != 0 ? AppointmentState.SERVED : AppointmentState.CHECKED_IN);
        outcome.set(Result.OK, appointment, appointments.ticket(appointment), issued);
        return Result.OK;
    }

    // ---- both

    /** Whoever stood there no longer comes at another time: holds of these lines are released, appointments cancelled. */
    private void setFree(final long application, final int lineSet, final long nowMs) {
        final long first = applications.firstLine(application);
        for (int set = lineSet; set != 0; set &= set - 1) {
            final long visit = applications.lines().visit(first + Integer.numberOfTrailingZeros(set));
            if (visit > 0) {
                rooms.offers.takeBack(visit, false, nowMs);
            } else if (visit < 0) {
                rooms.endVisit(-visit, AppointmentState.CANCELLED, nowMs);
            }
        }
    }

    private long comeIn(final long application, final int lineSet, final int postId, final int given, final long atMs, final long nowMs) {
        final int ticket = ticket(given, postId, (int) Math.floorDiv(atMs, DAY_MS));
        final long appointment = allocation.cameBefore(application, applications.lastAppointment(application), lineSet, postId, ticket, atMs, nowMs);
        applications.lastAppointment(application, appointment);
        rooms.give(application, lineSet, -appointment);
        return appointment;
    }

    private void serve(final long appointment, final int fulfilled, final int counter, final long nowMs) {
        appointments.counter(appointment, counter);
        counters.serve(appointment, fulfilled, true, nowMs);
    }

    private int ticket(final int given, final int postId, final int epochDay) {
        return given != 0 ? given : rooms.catalogue.posts().nextTicket(postId, epochDay);
    }

    /** @param told as the post had it, 0 = a walk-in @param as which one has it, 0 = superseded */
    private void tell(final int postId, final long told, final long as, final long atMs, final AppointmentState state) {
        final long at = rooms.events.beginAt(RecordedOfflineEncoder.TEMPLATE_ID, RecordedOfflineEncoder.BLOCK_LENGTH, postId);
        Memory.putLong(at + RecordedOfflineEncoder.appointmentIdEncodingOffset(), told);
        Memory.putLong(at + RecordedOfflineEncoder.asAppointmentIdEncodingOffset(), as);
        Memory.putLong(at + RecordedOfflineEncoder.atMsEncodingOffset(), atMs);
        Memory.putByte(at + RecordedOfflineEncoder.stateEncodingOffset(), state.value());
        rooms.events.endAt(at + RecordedOfflineEncoder.BLOCK_LENGTH);
    }
}
