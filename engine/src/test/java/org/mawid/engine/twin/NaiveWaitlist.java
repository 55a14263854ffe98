package org.mawid.engine.twin;

import static org.mawid.sbe.Result.ALREADY_WAITING;
import static org.mawid.sbe.Result.APPOINTMENT_STATE;
import static org.mawid.sbe.Result.APPOINTMENT_UNKNOWN;
import static org.mawid.sbe.Result.CORE_VERSION_UNSUPPORTED;
import static org.mawid.sbe.Result.DATES_INVALID;
import static org.mawid.sbe.Result.DESK_DOES_NOT_SERVE;
import static org.mawid.sbe.Result.IN_THE_PAST;
import static org.mawid.sbe.Result.LIMIT_REACHED;
import static org.mawid.sbe.Result.LINE_TAKEN;
import static org.mawid.sbe.Result.NOT_VALIDATED;
import static org.mawid.sbe.Result.NO_APPOINTMENT_NEEDED;
import static org.mawid.sbe.Result.RULES_INVALID;
import static org.mawid.sbe.Result.WAITER_UNKNOWN;
import static org.mawid.sbe.Result.WAITLIST_FULL;
import static org.mawid.sbe.Result.WRONG_POST;

import java.util.List;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.LineState;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.WaiterEnd;

/** The door to what came with core version 7: who waits by their own wish, and cooling. */
final class NaiveWaitlist {
    private static final int MOST_DATES_AFTER = 255;
    private static final long MINUTE = 60_000;

    private final Model model;
    private final NaiveCatalogue catalogue;
    private final NaiveApplications applications;
    private final NaiveRoom room;
    private final NaiveVisits visits;
    private final NaiveWaiters waiters;
    private final NaiveCooling cooling;
    private final NaiveWaitingEvents events;

    NaiveWaitlist(final Model model, final NaiveCatalogue catalogue, final NaiveApplications applications, final NaiveRoom room, final NaiveVisits visits,
                  final NaiveWaiters waiters, final NaiveCooling cooling, final NaiveWaitingEvents events) {
        this.model = model;
        this.catalogue = catalogue;
        this.applications = applications;
        this.room = room;
        this.visits = visits;
        this.waiters = waiters;
        this.cooling = cooling;
        this.events = events;
    }

    Answer dispatch(final Command.Waiting command) {
        Refusal.when(model.coreVersion < 7, CORE_VERSION_UNSUPPORTED);
        if (command instanceof Command.JoinWaitlist c) {
            return join(c);
        } else if (command instanceof Command.LeaveWaitlist c) {
            return leave(c);
        } else if (command instanceof Command.SetWaitlistRules c) {
            return setRules(c);
        } else if (command instanceof Command.EndCoolingAt c) {
            return cooling.endAt(c);
        } else if (command instanceof Command.SetCooling c) {
            return cooling.set(c);
        } else if (command instanceof Command.CommitCoolingSecret c) {
            return cooling.commit(c);
        }
        return cooling.reveal((Command.RevealCoolingSecret) command);
    }

    private Answer join(final Command.JoinWaitlist c) {
        final Model.Application application = applications.application(c.applicationId());
        final Model.Appointment appointment = c.appointmentId() == 0 ? null : mayBeEarlier(application, c.appointmentId());
        final Model.Post post = appointment == null ? mayWait(application, c) : appointment.visit.post();
        final int lines = appointment == null ? c.lines() : appointment.lines;
        final boolean dates = c.fromEpochDay() <= c.toEpochDay() && (long) c.toEpochDay() - c.fromEpochDay() <= MOST_DATES_AFTER
                && c.toEpochDay() >= model.today() && c.fromEpochDay() <= model.today() + model.rules.horizonDays();
        Refusal.when(!dates || appointment != null && c.fromEpochDay() > appointment.epochDay, DATES_INVALID);
        int entries = 0;
        for (final DisplacementModel.Waiter waiter : waiters.of(application)) {
            if ((waiter.lines & lines) != 0) {
                entries++;
                Refusal.when(waiter.isDisplaced() || waiter.post == post, ALREADY_WAITING, waiter.id);
            }
        }
        Refusal.when(entries >= model.cooling.rules.entriesEach(), LIMIT_REACHED);
        visits.mustHaveBudget(application, lines);
        Refusal.when(joined() >= model.cooling.rules.maxWaiters(), WAITLIST_FULL);

        visits.spend(application, lines);
        final DisplacementModel.Waiter waiter = waiters.join(application, appointment, post, lines, c.fromEpochDay(), c.toEpochDay());
        applications.touch(application);
        model.displacement.saw(appointment == null ? "joined for room" : "joined for an earlier time");
        return Answer.done(waiter.id, model.displacement.queues.get(post.id).waiters.size(), 0);
    }

    private long joined() {
        return model.displacement.waiters.values().stream().filter(waiter -> !waiter.isDisplaced()).count();
    }

    private Model.Appointment mayBeEarlier(final Model.Application application, final long id) {
        final Model.Appointment appointment = model.appointments.get(id);
        Refusal.when(appointment == null || appointment.application != application, APPOINTMENT_UNKNOWN);
        Refusal.when(appointment.state != AppointmentState.CONFIRMED, APPOINTMENT_STATE);
        Refusal.when(appointment.visit.startMs() <= model.nowMs, IN_THE_PAST);
        Refusal.when(appointment.reschedules >= model.rules.reschedulesPerAppointment(), LIMIT_REACHED);
        return appointment;
    }

    private Model.Post mayWait(final Model.Application application, final Command.JoinWaitlist c) {
        final List<Model.Line> lines = applications.lines(application, c.lines());
        for (final Model.Line line : lines) {
            Refusal.when(line.state != LineState.VALIDATED, NOT_VALIDATED);
            Refusal.when(line.isTaken(), LINE_TAKEN);
            Refusal.when(!catalogue.service(line.serviceId).appointmentRequired, NO_APPOINTMENT_NEEDED);
        }
        final Model.Post post = catalogue.post(c.postId());
        Refusal.when(application.postId != 0 && application.postId != post.id && !application.acceptedPosts.contains(post.id), WRONG_POST);
        final boolean served = model.pools.values().stream().anyMatch(desk -> desk.post == post && desk.kind == PoolKind.DESK
                && lines.stream().allMatch(line -> desk.serves.contains(line.serviceId) && !room.wrongPost(application, line, post, true)
                && !room.lacksResource(post, line)));
        Refusal.when(!served, DESK_DOES_NOT_SERVE);
        return post;
    }

    private Answer leave(final Command.LeaveWaitlist c) {
        final DisplacementModel.Waiter waiter = model.displacement.waiters.get(c.waiterId());
        Refusal.when(waiter == null || waiter.isDisplaced(), WAITER_UNKNOWN);
        if (waiter.offer != null) {
            visits.decline(waiter.offer);
        } else {
            waiters.end(waiter, WaiterEnd.LEFT);
        }
        return Answer.DONE;
    }

    private Answer setRules(final Command.SetWaitlistRules c) {
        final Command.WaitlistRules r = c.rules();
        rule(r.offerTtlMs(), 5 * MINUTE, 14 * Model.DAY_MS);
        rule(r.noticeMs(), 0, 7 * Model.DAY_MS);
        rule(r.coolingLeadMs(), 0, 7 * Model.DAY_MS);
        rule(r.maxWaiters(), 0, 10_000_000);
        rule(r.maxCoolings(), 0, 10_000_000);
        rule(r.entriesEach(), 1, 16);
        rule(r.offersEach(), 1, 10);
        rule(r.spentEach(), 0, 16);
        model.cooling.rules = r;
        model.cooling.rulesSet = true;
        waiters.searchAnew();
        events.rulesSet(r);
        return Answer.DONE;
    }

    private static void rule(final long value, final long least, final long most) {
        Refusal.when(value < least || value > most, RULES_INVALID);
    }
}
