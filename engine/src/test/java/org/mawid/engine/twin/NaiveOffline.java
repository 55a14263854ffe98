package org.mawid.engine.twin;

import static org.mawid.sbe.Result.APPOINTMENTS_FULL;
import static org.mawid.sbe.Result.APPOINTMENT_UNKNOWN;
import static org.mawid.sbe.Result.CORE_VERSION_UNSUPPORTED;
import static org.mawid.sbe.Result.LINE_STATE;
import static org.mawid.sbe.Result.LINE_UNKNOWN;
import static org.mawid.sbe.Result.REQUEST_TOO_OLD;
import static org.mawid.sbe.Result.SUPERSEDED;
import static org.mawid.sbe.Result.TOO_EARLY;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.TicketKind;

import org.mawid.sbe.WaiterEnd;

/** What a post recorded while its link was down: who came, who was served and who did not come, with an appointment or without. */
final class NaiveOffline {
    private static final long LATEST_MS = 12 * 3_600_000L;
    private static final long OLDEST_MS = 30 * Model.DAY_MS;
    private static final Set<AppointmentState> GOING_ON = EnumSet.of(AppointmentState.CONFIRMED, AppointmentState.CHECKED_IN, AppointmentState.CALLED);
    private static final Set<AppointmentState> NOT_SERVED = EnumSet.of(AppointmentState.CANCELLED, AppointmentState.NO_SHOW, AppointmentState.DISPLACED);

    private final Model model;
    private final NaiveCatalogue catalogue;
    private final NaiveApplications applications;
    private final NaiveVisits visits;
    private final NaiveStamps stamps;
    private final NaiveAppointments appointments;
    private final NaiveMoney money;
    private final NaiveWaiters waiters;
    private final NaiveTickets tickets;
    private final NaiveEvents events;

    NaiveOffline(final Model model, final NaiveCatalogue catalogue, final NaiveApplications applications, final NaiveVisits visits, final NaiveStamps stamps,
                 final NaiveAppointments appointments, final NaiveMoney money, final NaiveWaiters waiters, final NaiveTickets tickets, final NaiveEvents events) {
        this.model = model;
        this.waiters = waiters;
        this.tickets = tickets;
        this.catalogue = catalogue;
        this.applications = applications;
        this.visits = visits;
        this.stamps = stamps;
        this.appointments = appointments;
        this.money = money;
        this.events = events;
    }

    Answer dispatch(final Command.Offline command) {
        Refusal.when(model.coreVersion < 5, CORE_VERSION_UNSUPPORTED);
        if (command instanceof Command.RecordVisit c) {
            return visit(c);
        } else if (command instanceof Command.RecordWalkIn c) {
            return walkIn(c);
        }
        return money.recordConsumption((Command.RecordConsumption) command);
    }

    /** Whether it can have been then. @param atMs by the clock of a post */
    static void mustHaveBeen(final Model model, final long atMs) {
        Refusal.when(atMs > model.nowMs + model.rules.createdSkewMs(), TOO_EARLY, model.nowMs);
        Refusal.when(atMs < model.nowMs - OLDEST_MS, REQUEST_TOO_OLD);
    }

    private Answer visit(final Command.RecordVisit c) {
        final Model.Appointment appointment = model.appointments.get(c.appointmentId());
        Refusal.when(appointment == null, APPOINTMENT_UNKNOWN);
        mustHaveBeen(model, c.atMs());
        Refusal.when((c.fulfilled() & ~appointment.lines) != 0, LINE_UNKNOWN);
        final int open = TrafficCommands.lines(appointment.application, Model.Line::isOpen) & c.fulfilled();
        final boolean again = NOT_SERVED.contains(appointment.state) && open != 0;
        Refusal.when(again && model.appointments.size() >= model.rules.maxAppointments(), APPOINTMENTS_FULL);

        final int postId = appointment.visit.post().id;
        final AppointmentState before = appointment.state;
        final Model.Appointment as = again ? servedAnyhow(appointment, open, c) : goesOn(appointment, c) ? appointment : null;
        if (as == appointment) {
            goOn(appointment, c);
        }
        if (again) {
            waiters.leave(appointment.application, open, WaiterEnd.BOOKED_OTHERWISE);
        }
        events.recordedOffline(postId, appointment.id, as == null ? 0 : as.id, c.atMs(), c.state());
        model.recorded.merge(c.state() + " of " + before + (as == null ? " superseded" : again ? " anyhow" : ""), 1, Integer::sum);
        return as == null ? new Answer(SUPERSEDED, appointment.state.value(), 0, 0) : Answer.done(as.id, as.ticket, 0);
    }

    private boolean goesOn(final Model.Appointment appointment, final Command.RecordVisit c) {
        return switch (c.state()) {
            case CHECKED_IN -> appointment.state == AppointmentState.CONFIRMED && isItsTime(appointment, c.atMs());
            case SERVED -> GOING_ON.contains(appointment.state);
            default -> GOING_ON.contains(appointment.state) && c.atMs() >= appointment.visit.startMs() + model.rules.noShowGraceMs();
        };
    }

    private boolean isItsTime(final Model.Appointment appointment, final long atMs) {
        final long startMs = appointment.visit.startMs();
        return startMs - model.rules.checkInEarlyMs() <= atMs && atMs < startMs + LATEST_MS;
    }

    private void goOn(final Model.Appointment appointment, final Command.RecordVisit c) {
        switch (c.state()) {
            case CHECKED_IN -> {
                appointment.ticket = c.ticket() != 0 ? c.ticket() : appointments.nextTicket(appointment);
                appointments.step(appointment, AppointmentState.CHECKED_IN, 0);
                if (tickets.mayCome(NaiveTickets.firstLeg(appointment).deskId(), c.atMs())) {
                    tickets.comeWithAppointment(appointment, c.atMs());
                }
            }
            case SERVED -> {
                appointment.ticket = appointment.ticket != 0 ? appointment.ticket : c.ticket();
                appointment.counter = appointment.counter != 0 ? appointment.counter : c.counter();
                final boolean moved = appointment.state == AppointmentState.CONFIRMED && !isItsTime(appointment, c.atMs());
                model.recorded.merge(moved ? "served elsewhere" : "served in time", 1, Integer::sum);
                appointments.serve(appointment, c.fulfilled(), !moved);
            }
            default -> appointments.endWithoutService(appointment, AppointmentState.NO_SHOW);
        }
        money.tell();
    }

    /** Lines of an appointment that ended otherwise were served all the same. */
    private Model.Appointment servedAnyhow(final Model.Appointment ended, final int lines, final Command.RecordVisit c) {
        setFree(ended.application, lines);
        final Model.Appointment own = comeIn(ended.application, lines, ended.visit.post(), c.atMs(), c.ticket());
        own.counter = c.counter();
        appointments.serve(own, lines, true);
        money.tell();
        return own;
    }

    private Answer walkIn(final Command.RecordWalkIn c) {
        final Model.Post post = catalogue.post(c.postId());
        mustHaveBeen(model, c.atMs());
        final boolean isNew = c.applicationId() == 0;
        final Model.Application application = isNew ? applications.plan(post.id, c.applicant(), c.lines(), true)
                : applications.application(c.applicationId());
        final int lines = isNew ? application.allLines() : c.lineSet();
        Refusal.when(applications.lines(application, lines).stream().anyMatch(line -> !line.isOpen()), LINE_STATE);
        Refusal.when((c.fulfilled() & ~lines) != 0, LINE_UNKNOWN);
        final List<NaiveStamps.Quote> quotes = stamps.quotes(c.issueStamps(), application, lines, post);
        Refusal.when(model.appointments.size() >= model.rules.maxAppointments(), APPOINTMENTS_FULL);

        if (isNew) {
            applications.open(application);
            events.applicationSubmitted(application);
        } else {
            setFree(application, lines);
            appointments.validate(application, lines);
        }
        applications.validUntil(application, model.nowMs + model.rules.validationTtlMs());
        final Model.Appointment appointment = comeIn(application, lines, post, c.atMs(), c.ticket());
        final long issued = stamps.issue(application, post, quotes);
        if (c.fulfilled() != 0) {
            appointment.counter = c.counter();
            appointments.serve(appointment, c.fulfilled(), true);
            money.tell();
        }
        waiters.leave(application, lines, WaiterEnd.BOOKED_OTHERWISE);
        final int desk = c.fulfilled() != 0 ? 0 : tickets.deskOf(application, lines, post);
        if (desk != 0 && tickets.mayCome(desk, c.atMs())) {
            tickets.come(appointment, TicketKind.OVERFLOW, desk, lines, c.atMs());
        }
        events.recordedOffline(post.id, 0, appointment.id, c.atMs(), appointment.state);
        return Answer.done(appointment.id, appointment.ticket, issued);
    }

    /** Who stood there does not come at another time, too. */
    private void setFree(final Model.Application application, final int lines) {
        for (final Model.Line line : NaiveApplications.linesOf(application, lines)) {
            if (line.holdId != 0) {
                model.recorded.merge("released", 1, Integer::sum);
                visits.giveUpFor(model.holds.get(line.holdId));
            } else if (line.appointmentId != 0) {
                model.recorded.merge("cancelled", 1, Integer::sum);
                appointments.endWithoutService(model.appointments.get(line.appointmentId), AppointmentState.CANCELLED);
            }
            money.tell();
        }
    }

    private Model.Appointment comeIn(final Model.Application application, final int lines, final Model.Post post, final long atMs, final int ticket) {
        final int date = (int) Math.floorDiv(atMs, Model.DAY_MS);
        final Model.Appointment appointment = visits.book(application, lines, new Model.Visit(post, atMs, List.of()), date);
        appointment.state = AppointmentState.CHECKED_IN;
        appointment.ticket = ticket != 0 ? ticket : appointments.nextTicket(appointment);
        events.walkedIn(appointment);
        return appointment;
    }
}
