package org.mawid.engine.twin;

import static org.mawid.sbe.Result.APPOINTMENTS_FULL;
import static org.mawid.sbe.Result.APPOINTMENT_STATE;
import static org.mawid.sbe.Result.APPOINTMENT_UNKNOWN;
import static org.mawid.sbe.Result.CORE_VERSION_UNSUPPORTED;
import static org.mawid.sbe.Result.DESK_DOES_NOT_SERVE;
import static org.mawid.sbe.Result.IN_THE_PAST;
import static org.mawid.sbe.Result.LEGS_FULL;
import static org.mawid.sbe.Result.LINE_STATE;
import static org.mawid.sbe.Result.LINE_TAKEN;
import static org.mawid.sbe.Result.LINE_UNKNOWN;
import static org.mawid.sbe.Result.NOT_TODAY;
import static org.mawid.sbe.Result.OK;
import static org.mawid.sbe.Result.OVERFLOW;
import static org.mawid.sbe.Result.TICKETS_FULL;
import static org.mawid.sbe.Result.TICKET_STATE;
import static org.mawid.sbe.Result.TOO_EARLY;
import static org.mawid.sbe.Result.WRONG_POST;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.FeeTime;
import org.mawid.sbe.LineState;
import org.mawid.sbe.QuotaClass;
import org.mawid.sbe.TicketEnd;
import org.mawid.sbe.TicketKind;
import org.mawid.sbe.TicketState;
import org.mawid.sbe.WaiterEnd;

/** The day of the visit: check in, call, serve, no-show, cancel, walk in. */
final class NaiveAppointments {
    private static final long CHECK_IN_LATEST_MS = 12 * 3_600_000L;

    private final Model model;
    private final NaiveCatalogue catalogue;
    private final NaiveApplications applications;
    private final NaiveVisits visits;
    private final NaiveRoom room;
    private final NaiveQuotas quotas;
    private final NaiveStamps stamps;
    private final NaiveClosures closures;
    private final NaiveWaiters waiters;
    private final NaiveTickets tickets;
    private final NaiveCooling cooling;
    private final NaiveEvents events;

    NaiveAppointments(final Model model, final NaiveCatalogue catalogue, final NaiveApplications applications,
                      final NaiveVisits visits, final NaiveRoom room, final NaiveQuotas quotas, final NaiveStamps stamps, final NaiveClosures closures,
                      final NaiveWaiters waiters, final NaiveTickets tickets, final NaiveCooling cooling, final NaiveEvents events) {
        this.model = model;
        this.catalogue = catalogue;
        this.applications = applications;
        this.visits = visits;
        this.room = room;
        this.quotas = quotas;
        this.stamps = stamps;
        this.closures = closures;
        this.waiters = waiters;
        this.tickets = tickets;
        this.cooling = cooling;
        this.events = events;
    }

    Answer confirmAttendance(final Command.ConfirmAttendance c) {
        Refusal.when(model.coreVersion < 10, CORE_VERSION_UNSUPPORTED);
        final Model.Appointment appointment = in(c.appointmentId(), EnumSet.of(AppointmentState.CONFIRMED));
        Refusal.when(appointment.visit.startMs() <= model.nowMs, IN_THE_PAST);
        model.reviewsSeen.merge(appointment.attendance ? "attendance confirmed again" : "attendance confirmed", 1, Integer::sum);
        appointment.attendance = true;
        appointment.changedMs = model.nowMs;
        applications.touch(appointment.application);
        events.attendanceConfirmed(appointment);
        return Answer.DONE;
    }

    Answer cancel(final Command.Cancel c) {
        final Model.Appointment appointment = in(c.appointmentId(), EnumSet.of(AppointmentState.CONFIRMED));
        endWithoutService(appointment, AppointmentState.CANCELLED);
        return Answer.DONE;
    }

    Answer markNoShow(final Command.MarkNoShow c) {
        final Model.Appointment appointment = in(c.appointmentId(),
                EnumSet.of(AppointmentState.CONFIRMED, AppointmentState.CHECKED_IN, AppointmentState.CALLED));
        mustNotBeThere(appointment, tickets.of(appointment));

        endWithoutService(appointment, AppointmentState.NO_SHOW);
        return Answer.DONE;
    }

    /** Nobody has come, or who came has not come when called. @param ticket null = none */
    void mustNotBeThere(final Model.Appointment appointment, final HallModel.Ticket ticket) {
        Refusal.when(ticket != null && ticket.state == TicketState.WAITING, TICKET_STATE, TicketState.WAITING.value());
        final long expected = appointment == null ? 0 : appointment.visit.startMs() + model.rules.noShowGraceMs();
        final long called = ticket == null ? 0 : ticket.changedMs + (ticket.state == TicketState.CALLED ? model.hall.rules.callGraceMs() : model.hall.rules.parkMs());
        final long first = Math.max(expected, called);
        Refusal.when(model.nowMs < first, TOO_EARLY, first);
    }

    /** A closure has its room: nobody's wish, nobody's fault. */
    void displace(final Model.Appointment appointment) {
        endWithoutService(appointment, AppointmentState.DISPLACED);
    }

    void endWithoutService(final Model.Appointment appointment, final AppointmentState state) {
        tickets.endWith(appointment, state == AppointmentState.NO_SHOW ? TicketEnd.NO_SHOW : TicketEnd.CANCELLED);
        appointment.state = state;
        appointment.changedMs = model.nowMs;
        NaiveApplications.linesOf(appointment.application, appointment.lines).forEach(Model.Line::setFree);
        applications.validUntil(appointment.application, model.nowMs + model.rules.validationTtlMs());
        applications.touch(appointment.application);
        events.appointmentChanged(appointment, 0);
        final NaiveRoom.Moved given = room.move(appointment.visit, -1, true);
        closures.tellGivenBack(appointment.visit.post(), given);
        if (state == AppointmentState.CANCELLED) {
            cooling.keep(appointment.application, appointment.lines, appointment.visit.post(), appointment.visit.startMs(), given, NaiveRoom.Moved.none());
        }
        if (state != AppointmentState.DISPLACED) {
            waiters.roomCame(appointment.visit);
        }
        stamps.setFree(appointment.application, appointment.lines);
        visits.movedOn(appointment, WaiterEnd.VISIT_OVER, state == AppointmentState.DISPLACED);
    }

    Answer checkIn(final Command.CheckIn c) {
        final Model.Appointment appointment = in(c.appointmentId(), EnumSet.of(AppointmentState.CONFIRMED));
        final long startMs = appointment.visit.startMs();
        final long first = startMs - model.rules.checkInEarlyMs();
        Refusal.when(model.nowMs < first, TOO_EARLY, first);
        Refusal.when(model.nowMs >= startMs + CHECK_IN_LATEST_MS, NOT_TODAY);
        stamps.mustBePaid(appointment.application, appointment.lines, EnumSet.of(FeeTime.BEFORE_VISIT, FeeTime.BEFORE_CONFIRM));
        Refusal.when(model.coreVersion >= 6 && !tickets.hasRoom(NaiveTickets.firstLeg(appointment).deskId()), TICKETS_FULL);

        appointment.ticket = nextTicket(appointment);
        step(appointment, AppointmentState.CHECKED_IN, 0);
        return Answer.done(0, appointment.ticket, model.coreVersion >= 6 ? tickets.comeWithAppointment(appointment, model.nowMs).id : 0);
    }

    Answer call(final Command.Call c) {
        final Model.Appointment appointment = in(c.appointmentId(), EnumSet.allOf(AppointmentState.class));
        final HallModel.Ticket ticket = tickets.of(appointment);
        Refusal.when(ticket == null ? appointment.state != AppointmentState.CHECKED_IN : ticket.state == TicketState.CALLED, APPOINTMENT_STATE);

        call(appointment, c.counter());
        if (ticket != null) {
            tickets.call(ticket, c.counter());
        }
        return Answer.DONE;
    }

    void call(final Model.Appointment appointment, final int counter) {
        appointment.counter = counter;
        step(appointment, AppointmentState.CALLED, 0);
    }

    Answer serve(final Command.Serve c) {
        final Model.Appointment appointment = in(c.appointmentId(), EnumSet.of(AppointmentState.CALLED));
        final HallModel.Ticket ticket = tickets.of(appointment);
        Refusal.when(ticket != null && ticket.state != TicketState.CALLED, TICKET_STATE, ticket == null ? 0 : ticket.state.value());
        Refusal.when((c.fulfilled() & ~appointment.lines) != 0, LINE_UNKNOWN);

        serve(appointment, c.fulfilled(), true);
        return Answer.DONE;
    }

    /** @param keepsPlaces false = it was not at its time: whoever wants may have them */
    void serve(final Model.Appointment appointment, final int fulfilled, final boolean keepsPlaces) {
        final Model.Application application = appointment.application;
        tickets.endWith(appointment, TicketEnd.SERVED);
        visits.movedOn(appointment, WaiterEnd.VISIT_OVER, false);
        NaiveApplications.linesOf(application, appointment.lines).forEach(Model.Line::setFree);
        if (fulfilled != appointment.lines) {
            applications.validUntil(application, model.nowMs + model.rules.validationTtlMs());
        }
        if (fulfilled != 0) {
            applications.close(application, fulfilled, LineState.FULFILLED);
        }
        change(appointment, AppointmentState.SERVED, fulfilled);
        if (!keepsPlaces) {
            final NaiveRoom.Moved given = room.move(appointment.visit, -1, true);
            closures.tellGivenBack(appointment.visit.post(), given);
            cooling.keep(application, appointment.lines, appointment.visit.post(), appointment.visit.startMs(), given, NaiveRoom.Moved.none());
            waiters.roomCame(appointment.visit);
        }
        stamps.setFree(application, appointment.lines);
    }

    Answer walkIn(final Command.WalkIn c) {
        final Model.Pool desk = catalogue.desk(c.deskId());
        Refusal.when(Math.abs((long) c.epochDay() - model.today()) > 1, NOT_TODAY);
        final Model.Application application;
        final int lines;
        if (c.applicationId() != 0) {
            application = applications.application(c.applicationId());
            lines = c.served();
            for (final Model.Line line : applications.lines(application, lines)) {
                Refusal.when(!line.isOpen(), LINE_STATE);
                Refusal.when(line.isTaken() && !isOffered(line), LINE_TAKEN);
            }
        } else {
            application = applications.plan(desk.post.id, c.applicant(), c.lines(), true);
            lines = application.allLines();
        }
        for (final Model.Line line : NaiveApplications.linesOf(application, lines)) {
            Refusal.when(!desk.serves.contains(line.serviceId), DESK_DOES_NOT_SERVE);
            Refusal.when(room.wrongPost(application, line, desk.post, false), WRONG_POST);
        }
        final List<NaiveStamps.Quote> quotes = stamps.quotes(c.issueStamps(), application, lines, desk.post);
        Refusal.when(model.appointments.size() >= model.rules.maxAppointments(), APPOINTMENTS_FULL);
        final boolean noLeg = model.legsInUse + 1 > model.rules.maxLegs();
        Refusal.when(noLeg && model.coreVersion < 6, LEGS_FULL);
        Refusal.when(model.coreVersion >= 6 && !tickets.hasRoom(desk.id), TICKETS_FULL);

        if (c.applicationId() == 0) {
            applications.open(application);
            events.applicationSubmitted(application);
        } else {
            takeBackOffers(application, lines);
            validate(application, lines);
        }
        applications.validUntil(application, model.nowMs + model.rules.validationTtlMs());
        final Model.TakenLeg claim = noLeg ? null : firstRoom(application, lines, desk, c.epochDay());
        final Model.Visit visit = claim == null ? new Model.Visit(desk.post, model.nowMs, List.of())
                : new Model.Visit(desk.post, claim.startMs(), List.of(claim));
        final Model.Appointment appointment = visits.book(application, lines, visit, c.epochDay());
        appointment.state = AppointmentState.CHECKED_IN;
        appointment.ticket = nextTicket(appointment);
        model.legsInUse += visit.legs().size();
        events.walkedIn(appointment);
        visits.tellRoom(visit, room.move(visit, +1, true));
        final long issued = stamps.issue(application, desk.post, quotes);
        waiters.leave(application, lines, WaiterEnd.BOOKED_OTHERWISE);
        if (model.coreVersion >= 6) {
            tickets.come(appointment, claim == null ? TicketKind.OVERFLOW : TicketKind.WALK_IN, desk.id, lines, model.nowMs);
        }
        return new Answer(claim == null ? OVERFLOW : OK, appointment.id, appointment.ticket, issued);
    }

    private boolean isOffered(final Model.Line line) {
        return model.coreVersion >= 7 && line.holdId != 0 && waiters.offered(model.holds.get(line.holdId)) != null;
    }

    /** Who stands at the counter comes at no other time. */
    private void takeBackOffers(final Model.Application application, final int lines) {
        for (final Model.Line line : NaiveApplications.linesOf(application, lines)) {
            if (line.holdId != 0) {
                visits.giveUpFor(model.holds.get(line.holdId));
                waiters.tellMoney();
                model.displacement.saw("offer taken back by a walk-in");
            }
        }
    }

    void validate(final Model.Application application, final int lines) {
        int changed = 0;
        for (int i = 0; i < application.lines.size(); i++) {
            final Model.Line line = application.lines.get(i);
            if ((lines & 1 << i) != 0 && line.state != LineState.VALIDATED) {
                line.state = LineState.VALIDATED;
                line.reason = null;
                changed |= 1 << i;
            }
        }
        NaiveReviews.decided(application);
        if (changed != 0) {
            events.linesDecided(application, changed, LineState.VALIDATED, 0);
        }
    }

    /** The first place from now on, or null when nothing is left of today. */
    private Model.TakenLeg firstRoom(final Model.Application application, final int lines, final Model.Pool desk,
                                     final int epochDay) {
        final Model.Day day = model.visibleDay(desk.id, epochDay);
        final int units = room.unitsNeeded(application, lines);
        final boolean lacking = NaiveApplications.linesOf(application, lines).stream()
                .anyMatch(line -> room.lacksResource(desk.post, line));
        if (day == null || lacking) {
            return null;
        }
        for (int unit = 0; unit + units <= day.live.unitCount; unit++) {
            if (day.live.startMs + unit * Model.UNIT_MS >= model.nowMs) {
                final Model.TakenLeg claim = room.claim(application, new Command.Leg(desk.id, lines, epochDay, unit, units));
                for (final int quota : NaiveQuotas.choices(application, lines, QuotaClass.WALK_IN.value())) {
                    if (!closures.isClosing(List.of(claim)) && room.verdict(List.of(claim.of(quota))) == OK) {
                        quotas.note(List.of(claim.of(quota)));
                        return claim.of(quota);
                    }
                }
            }
        }
        return null;
    }

    void step(final Model.Appointment appointment, final AppointmentState state, final int fulfilled) {
        change(appointment, state, fulfilled);
        visits.movedOn(appointment, WaiterEnd.VISIT_OVER, false);
    }

    private void change(final Model.Appointment appointment, final AppointmentState state, final int fulfilled) {
        appointment.state = state;
        appointment.changedMs = model.nowMs;
        applications.touch(appointment.application);
        events.appointmentChanged(appointment, fulfilled);
    }

    /** The tickets of eight dates are counted: when a date begins, those of the eighth before it are no more. */
    int nextTicket(final Model.Appointment appointment) {
        return nextTicket(appointment.visit.post(), appointment.epochDay);
    }

    static int nextTicket(final Model.Post post, final int epochDay) {
        final Map<Integer, Integer> issued = post.ticketsByDay;
        final boolean isOver = issued.keySet().stream().anyMatch(day -> day > epochDay && (day - epochDay) % 8 == 0);
        return isOver ? 0 : issued.merge(epochDay, 1, Integer::sum);
    }

    private Model.Appointment in(final long id, final Set<AppointmentState> states) {
        final Model.Appointment appointment = model.appointments.get(id);
        Refusal.when(appointment == null, APPOINTMENT_UNKNOWN);
        Refusal.when(!states.contains(appointment.state), APPOINTMENT_STATE);
        return appointment;
    }
}
