package org.mawid.engine.twin;

import static org.mawid.sbe.Result.APPOINTMENTS_FULL;
import static org.mawid.sbe.Result.CLOSED;
import static org.mawid.sbe.Result.CORE_VERSION_UNSUPPORTED;
import static org.mawid.sbe.Result.DESK_DOES_NOT_SERVE;
import static org.mawid.sbe.Result.HOLDS_FULL;
import static org.mawid.sbe.Result.HOLD_BUDGET_SPENT;
import static org.mawid.sbe.Result.HOLD_EXPIRED;
import static org.mawid.sbe.Result.HOLD_UNKNOWN;
import static org.mawid.sbe.Result.IN_THE_PAST;
import static org.mawid.sbe.Result.LEGS_DO_NOT_COVER;
import static org.mawid.sbe.Result.LEGS_FULL;
import static org.mawid.sbe.Result.LEGS_OVERLAP;
import static org.mawid.sbe.Result.LIMIT_REACHED;
import static org.mawid.sbe.Result.LINE_TAKEN;
import static org.mawid.sbe.Result.LINE_UNKNOWN;
import static org.mawid.sbe.Result.NOT_ALIGNED;
import static org.mawid.sbe.Result.NOT_AN_OFFER;
import static org.mawid.sbe.Result.NOT_VALIDATED;
import static org.mawid.sbe.Result.NOT_YET_RELEASED;
import static org.mawid.sbe.Result.NO_APPOINTMENT_NEEDED;
import static org.mawid.sbe.Result.OK;
import static org.mawid.sbe.Result.RESOURCE_MISSING;
import static org.mawid.sbe.Result.SLOT_UNKNOWN;
import static org.mawid.sbe.Result.UNITS_DO_NOT_MATCH;
import static org.mawid.sbe.Result.VISIT_SPLIT;
import static org.mawid.sbe.Result.WRONG_POST;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.FeeTime;
import org.mawid.sbe.LineState;
import org.mawid.sbe.Result;
import org.mawid.sbe.WaiterEnd;

/** Holds, and what becomes of them: confirmed, released, expired, moved. The order of the guards is public contract. */
final class NaiveVisits {
    private final Model model;
    private final NaiveCatalogue catalogue;
    private final NaiveApplications applications;
    private final NaiveRoom room;
    private final NaiveQuotas quotas;
    private final NaiveStamps stamps;
    private final NaiveClosures closures;
    private final NaiveWaiters waiters;
    private final NaiveCooling cooling;
    private final NaiveEvents events;
    private final NaiveDisplacementEvents displacementEvents;

    NaiveVisits(final Model model, final NaiveCatalogue catalogue, final NaiveApplications applications, final NaiveRoom room, final NaiveQuotas quotas,
                final NaiveStamps stamps, final NaiveClosures closures, final NaiveWaiters waiters, final NaiveCooling cooling, final NaiveEvents events,
                final NaiveDisplacementEvents displacementEvents) {
        this.model = model;
        this.catalogue = catalogue;
        this.applications = applications;
        this.room = room;
        this.quotas = quotas;
        this.stamps = stamps;
        this.closures = closures;
        this.waiters = waiters;
        this.cooling = cooling;
        this.events = events;
        this.displacementEvents = displacementEvents;
    }

    /** What an older system has promised, at once, as long as it was there and as far as there is room. */
    Answer takeOver(final Command.ImportVisit c) {
        Refusal.when(model.coreVersion < 6, CORE_VERSION_UNSUPPORTED);
        final Model.Application application = applications.application(c.applicationId());
        final int all = holdable(application, c.legs());
        final Model.Post post = postOf(application, c.legs(), false);
        noOverlap(application, c.legs());
        final List<Model.TakenLeg> claims = new ArrayList<>();
        for (final Command.Leg leg : c.legs()) {
            final Model.Day day = model.visibleDay(leg.deskId(), leg.epochDay());
            Refusal.when(day == null || leg.startUnit() + leg.units() > day.live.unitCount, SLOT_UNKNOWN);
            Refusal.when(day.live.startMs + leg.startUnit() * Model.UNIT_MS <= model.nowMs, IN_THE_PAST);
            claims.add(room.claim(application, leg));
        }
        final Model.Visit visit = withRoom(c.request(), application, post, claims, null, false);
        Refusal.when(model.appointments.size() >= model.rules.maxAppointments(), APPOINTMENTS_FULL);
        Refusal.when(model.legsInUse + c.legs().size() > model.rules.maxLegs(), LEGS_FULL);

        model.legsInUse += c.legs().size();
        final var taken = room.move(visit, +1, true);
        final Model.Appointment appointment = book(application, all, visit, c.legs().get(0).epochDay());
        lead(appointment);
        events.confirmed(appointment, 0);
        tellRoom(visit, taken);
        waiters.leave(application, all, WaiterEnd.BOOKED_OTHERWISE);
        return Answer.done(appointment.id, visit.startMs(), 0);
    }

    Answer hold(final Command.Hold c) {
        final Model.Application application = applications.application(c.applicationId());
        final int all = holdable(application, c.legs());
        final Model.Visit visit = decide(c.request(), application, c.legs(), null, false);
        Refusal.when(model.holds.size() >= model.rules.maxHolds(), HOLDS_FULL);
        Refusal.when(model.legsInUse + c.legs().size() > model.rules.maxLegs(), LEGS_FULL);
        final List<NaiveStamps.Quote> quotes = stamps.quotes(c.issueStamps(), application, all, visit.post());

        final Model.Hold hold = take(application, visit, model.nowMs + model.rules.holdTtlMs(), true);
        NaiveApplications.personsOf(application, all).forEach(person -> spend(model.persons.get(person)));
        return Answer.done(hold.id, hold.deadlineMs, stamps.issue(application, visit.post(), quotes));
    }

    /** The lines of the legs, each of which somebody could hold. */
    private int holdable(final Model.Application application, final List<Command.Leg> legs) {
        int all = 0;
        for (final Command.Leg leg : legs) {
            applications.lines(application, leg.lines());
            Refusal.when((leg.lines() & all) != 0, LEGS_DO_NOT_COVER);
            all |= leg.lines();
        }
        for (final Model.Line line : applications.lines(application, all)) {
            Refusal.when(line.state != LineState.VALIDATED, NOT_VALIDATED);
            Refusal.when(line.isTaken(), LINE_TAKEN);
            Refusal.when(!catalogue.service(line.serviceId).appointmentRequired, NO_APPOINTMENT_NEEDED);
        }
        return all;
    }

    /** Holds a visit that has room, and tells it. @param withLines false = its lines stay with the appointment that they have */
    Model.Hold take(final Model.Application application, final Model.Visit visit, final long deadlineMs, final boolean withLines) {
        final Model.Hold hold = open(application, visit, deadlineMs, withLines);
        events.held(hold);
        tellRoom(visit, room.move(visit, +1, false));
        return hold;
    }

    private Model.Hold open(final Model.Application application, final Model.Visit visit, final long deadlineMs, final boolean withLines) {
        final Model.Hold hold = new Model.Hold(++model.lastHold, application, deadlineMs, visit);
        model.holds.put(hold.id, hold);
        model.deadlines.add(new Model.Due(hold.deadlineMs, hold.id));
        model.legsInUse += visit.legs().size();
        if (withLines) {
            NaiveApplications.linesOf(application, visit.lines()).forEach(line -> line.holdId = hold.id);
        }
        NaiveApplications.personsOf(application, visit.lines()).forEach(person -> model.persons.get(person).holds++);
        applications.touch(application);
        return hold;
    }

    private void lead(final Model.Appointment appointment) {
        if (model.coreVersion >= 6) {
            appointment.leadDays = (int) Math.min(255, Math.max(0, (appointment.visit.startMs() - model.nowMs) / Model.DAY_MS));
        }
    }

    Answer confirm(final Command.Confirm c) {
        final Model.Hold hold = liveHold(c.holdId());
        if (isEarlier(hold)) {
            return takeEarlier(hold);
        }
        Refusal.when(model.appointments.size() >= model.rules.maxAppointments(), APPOINTMENTS_FULL);
        final int lines = hold.visit.lines();
        stamps.mustBePaid(hold.application, lines, Set.of(FeeTime.BEFORE_CONFIRM));
        final List<NaiveStamps.Quote> quotes = stamps.quotes(c.issueStamps(), hold.application, lines, hold.visit.post());

        end(hold);
        room.move(hold.visit, -1, false);
        room.move(hold.visit, +1, true);
        final Model.Appointment appointment = book(hold.application, lines, hold.visit, hold.visit.legs().get(0).leg().epochDay());
        lead(appointment);
        events.confirmed(appointment, hold.id);
        final long issued = stamps.issue(hold.application, hold.visit.post(), quotes);
        final DisplacementModel.Waiter waiter = waiters.offered(hold);
        if (waiter != null) {
            waiters.end(waiter, WaiterEnd.ACCEPTED);
        }
        waiters.leave(hold.application, lines, WaiterEnd.BOOKED_OTHERWISE);
        return Answer.done(appointment.id, hold.visit.startMs(), issued);
    }

    /** Whether it is an offer of an earlier time for an appointment. */
    private boolean isEarlier(final Model.Hold hold) {
        return waiters.offered(hold) != null && waiters.offered(hold).wantsEarlier();
    }

    /** The appointment has the visit that was held for it. */
    private Answer takeEarlier(final Model.Hold hold) {
        final DisplacementModel.Waiter waiter = waiters.offered(hold);
        final Model.Appointment appointment = waiter.lost;
        final Model.Visit old = appointment.visit;
        end(hold);
        room.move(hold.visit, -1, false);
        room.move(hold.visit, +1, true);
        model.legsInUse -= old.legs().size();
        appointment.visit = hold.visit;
        appointment.epochDay = hold.visit.legs().get(0).leg().epochDay();
        appointment.reschedules++;
        appointment.attendance = false;
        appointment.changedMs = model.nowMs;
        lead(appointment);
        events.holdReleased(hold);
        events.rescheduled(appointment);
        final NaiveRoom.Moved given = room.move(old, -1, true);
        closures.tellGivenBack(old.post(), given);
        cooling.keep(hold.application, appointment.lines, old.post(), old.startMs(), given, NaiveRoom.Moved.none());
        waiters.roomCame(old);
        waiters.end(waiter, WaiterEnd.ACCEPTED);
        model.displacement.saw("earlier offer taken");
        return Answer.done(appointment.id, hold.visit.startMs(), 0);
    }

    /** An appointment is not what it was: nobody waits for it to be earlier. @param displaced their offer costs nothing */
    void movedOn(final Model.Appointment appointment, final WaiterEnd how, final boolean displaced) {
        final DisplacementModel.Waiter waiter = waiters.of(appointment.application).stream().filter(each -> each.wantsEarlier() && each.lost == appointment).findFirst().orElse(null);
        if (waiter == null) {
            return;
        }
        waiters.tellMoney();
        if (waiter.offer != null) {
            release(waiter.offer);
            if (!displaced) {
                pay(waiter);
            }
            model.displacement.saw("earlier offer given back");
        }
        waiters.end(waiter, how);
    }

    Answer release(final Command.Release c) {
        decline(liveHold(c.holdId()));
        return Answer.DONE;
    }

    void decline(final Model.Hold hold) {
        final DisplacementModel.Waiter waiter = waiters.offered(hold);
        release(hold);
        if (waiter != null) {
            pay(waiter);
            waiters.end(waiter, WaiterEnd.DECLINED);
        }
    }

    /** Who joined and does not take what is offered has less to hold by themselves. */
    private void pay(final DisplacementModel.Waiter waiter) {
        for (int i = 0; !waiter.isDisplaced() && i < model.cooling.rules.spentEach(); i++) {
            spend(waiter.application(), waiter.lines);
        }
    }

    /** Who stood there is not there at another time: of an offer its waiter is as before it. */
    void giveUpFor(final Model.Hold hold) {
        final DisplacementModel.Waiter waiter = waiters.offered(hold);
        release(hold);
        if (waiter != null) {
            waiter.offers--;
            waiters.lapse(waiter);
        }
    }

    private void release(final Model.Hold hold) {
        events.holdReleased(hold);
        giveUp(hold, true);
        waiters.roomCame(hold.visit);
    }

    /** A closure has its room. */
    void releaseByClosure(final Model.Hold hold) {
        events.holdReleased(hold);
        giveUp(hold, false);
    }

    /** What a Tick does with a hold whose deadline has passed. */
    void expire(final Model.Hold hold) {
        events.holdExpired(hold);
        giveUp(hold, true);
        final DisplacementModel.Waiter waiter = waiters.offered(hold);
        if (waiter != null) {
            pay(waiter);
            waiters.expire(waiter);
        }
        waiters.roomCame(hold.visit);
    }

    /** @param comes false = a closure has its room */
    private void giveUp(final Model.Hold hold, final boolean comes) {
        final boolean earlier = isEarlier(hold);
        end(hold);
        model.legsInUse -= hold.visit.legs().size();
        if (!earlier) {
            NaiveApplications.linesOf(hold.application, hold.visit.lines()).forEach(Model.Line::setFree);
            if (hold.application.validUntilMs == 0) {
                applications.validUntil(hold.application, model.nowMs + Model.DAY_MS);
            }
        }
        final NaiveRoom.Moved given = room.move(hold.visit, -1, false);
        closures.tellGivenBack(hold.visit.post(), given);
        if (comes) {
            cooling.keep(hold.application, hold.visit.lines(), hold.visit.post(), hold.visit.startMs(), given, NaiveRoom.Moved.none());
        }
        if (!earlier) {
            stamps.setFree(hold.application, hold.visit.lines());
        }
    }

    Answer reschedule(final Command.Reschedule c) {
        final Model.Appointment appointment = model.appointments.get(c.appointmentId());
        Refusal.when(appointment == null, Result.APPOINTMENT_UNKNOWN);
        Refusal.when(appointment.state != AppointmentState.CONFIRMED, Result.APPOINTMENT_STATE);
        final Model.Visit old = appointment.visit;
        Refusal.when(old.startMs() <= model.nowMs, IN_THE_PAST);
        Refusal.when(appointment.reschedules >= model.rules.reschedulesPerAppointment(), LIMIT_REACHED);
        mustCover(c.legs(), appointment.lines);
        final Model.Application application = appointment.application;
        final Model.Visit visit = decide(c.request(), application, c.legs(), old, true);
        final int change = visit.legs().size() - old.legs().size();
        Refusal.when(model.legsInUse + change > model.rules.maxLegs(), LEGS_FULL);

        model.legsInUse += change;
        appointment.visit = visit;
        appointment.epochDay = c.legs().get(0).epochDay();
        appointment.reschedules++;
        appointment.attendance = false;
        appointment.changedMs = model.nowMs;
        lead(appointment);
        NaiveApplications.personsOf(application, appointment.lines).forEach(person -> spend(model.persons.get(person)));
        applications.touch(application);
        events.rescheduled(appointment);
        final NaiveRoom.Moved given = room.move(old, -1, true);
        final NaiveRoom.Moved taken = room.move(visit, +1, true);
        closures.tellGivenBack(old.post(), given);
        cooling.keep(application, appointment.lines, old.post(), old.startMs(), given, taken);
        tellRoom(visit, taken);
        waiters.roomCame(old);
        movedOn(appointment, WaiterEnd.BOOKED_OTHERWISE, false);
        return Answer.done(appointment.id, visit.startMs(), 0);
    }

    /** An offer swaps its visit for another one that its applicant likes better. */
    Answer chooseAnother(final Command.ChooseAnother c) {
        final Model.Hold old = liveHold(c.holdId());
        final DisplacementModel.Waiter waiter = waiters.offered(old);
        Refusal.when(waiter == null || !waiter.isDisplaced(), NOT_AN_OFFER);
        final int lines = old.visit.lines();
        mustCover(c.legs(), lines);
        final Model.Visit visit = decide(c.request(), old.application, c.legs(), old.visit, false);
        Refusal.when(model.legsInUse - old.visit.legs().size() + visit.legs().size() > model.rules.maxLegs(), LEGS_FULL);

        end(old);
        model.legsInUse -= old.visit.legs().size();
        final Model.Hold hold = open(old.application, visit, Math.max(old.deadlineMs, model.nowMs + model.rules.holdTtlMs()), true);
        NaiveApplications.personsOf(old.application, lines).forEach(person -> spend(model.persons.get(person)));
        waiter.offer = hold;
        final NaiveRoom.Moved given = room.move(old.visit, -1, false);
        final NaiveRoom.Moved taken = room.move(visit, +1, false);
        events.holdReleased(old);
        closures.tellGivenBack(old.visit.post(), given);
        cooling.keep(old.application, lines, old.visit.post(), old.visit.startMs(), given, taken);
        events.held(hold);
        tellRoom(visit, taken);
        displacementEvents.offerMade(waiter);
        waiters.roomCame(old.visit);
        return Answer.done(hold.id, hold.deadlineMs, 0);
    }

    private static void mustCover(final List<Command.Leg> legs, final int lines) {
        int all = 0;
        for (final Command.Leg leg : legs) {
            final boolean fits = leg.lines() != 0 && (leg.lines() & ~lines) == 0 && (leg.lines() & all) == 0;
            Refusal.when(!fits, LEGS_DO_NOT_COVER);
            all |= leg.lines();
        }
        Refusal.when(all != lines, LEGS_DO_NOT_COVER);
    }

    /** A new appointment; the places are the caller's business. */
    Model.Appointment book(final Model.Application application, final int lines, final Model.Visit visit, final int epochDay) {
        final Model.Appointment appointment = new Model.Appointment(++model.lastAppointment, application, lines, visit, epochDay);
        model.appointments.put(appointment.id, appointment);
        application.appointments.add(appointment);
        appointment.changedMs = model.nowMs;
        for (final Model.Line line : NaiveApplications.linesOf(application, lines)) {
            line.holdId = 0;
            line.appointmentId = appointment.id;
        }
        applications.touch(application);
        return appointment;
    }

    void tellRoom(final Model.Visit visit, final NaiveRoom.Moved moved) {
        if (!moved.rooms().isEmpty()) {
            events.roomChanged(visit.post(), moved.rooms());
            events.quotaChanged(visit.post(), moved.kept());
        }
    }

    private Model.Hold liveHold(final long id) {
        Refusal.when(id == 0 || id > model.lastHold, HOLD_UNKNOWN);
        final Model.Hold hold = model.holds.get(id);
        Refusal.when(hold == null || model.nowMs >= hold.deadlineMs, HOLD_EXPIRED);
        return hold;
    }

    private void end(final Model.Hold hold) {
        model.holds.remove(hold.id);
        model.deadlines.remove(new Model.Due(hold.deadlineMs, hold.id));
        NaiveApplications.personsOf(hold.application, hold.visit.lines()).forEach(person -> model.persons.get(person).holds--);
        applications.touch(hold.application);
    }

    /** The visit that these legs would be, or why not. @param old the visit that would be given up, null when holding @param oldBooked it is booked, else held */
    private Model.Visit decide(final Command.Request request, final Model.Application application, final List<Command.Leg> legs, final Model.Visit old, final boolean oldBooked) {
        final Model.Post post = postOf(application, legs, true);
        noOverlap(application, legs);
        final Set<Long> persons = new LinkedHashSet<>();
        legs.forEach(leg -> persons.addAll(NaiveApplications.personsOf(application, leg.lines())));
        for (final long key : persons) {
            Refusal.when(old == null && model.persons.get(key).holds >= model.rules.holdsPerPerson(), LIMIT_REACHED);
            mustHaveBudget(model.persons.get(key));
        }
        final List<Model.TakenLeg> claims = new ArrayList<>();
        for (final Command.Leg leg : legs) {
            final Model.Day day = model.visibleDay(leg.deskId(), leg.epochDay());
            Refusal.when(day == null || leg.startUnit() + leg.units() > day.live.unitCount, SLOT_UNKNOWN);
            Refusal.when(day.live.startMs + leg.startUnit() * Model.UNIT_MS <= model.nowMs, IN_THE_PAST);
            Refusal.when(day.live.releasedAtMs > model.nowMs, NOT_YET_RELEASED, day.live.releasedAtMs);
            Refusal.when(leg.startUnit() % day.live.alignUnits != 0, NOT_ALIGNED);
            claims.add(room.claim(application, leg));
        }
        return withRoom(request, application, post, claims, old, oldBooked);
    }

    private Model.Visit withRoom(final Command.Request request, final Model.Application application, final Model.Post post, final List<Model.TakenLeg> claims, final Model.Visit old,
                                 final boolean oldBooked) {
        Refusal.when(closures.isClosing(claims), CLOSED);
        if (old != null) {
            room.move(old, -1, oldBooked);
        }
        final int own = NaiveQuotas.of(request.channel());
        final List<Model.TakenLeg> chosen = quotas.choose(application, claims, own);
        final Result verdict = room.verdict(chosen);
        final int elsewhere = verdict == Result.SOLD_OUT ? quotas.elsewhere(application, claims, own) : 0;
        if (old != null) {
            room.move(old, +1, oldBooked);
        }
        Refusal.when(elsewhere != 0, Result.KEPT_FOR_CHANNEL, elsewhere);
        Refusal.when(verdict != OK, verdict);
        quotas.note(chosen);
        final long startMs = Collections.min(chosen.stream().map(Model.TakenLeg::startMs).toList());
        return new Model.Visit(post, startMs, chosen);
    }

    /** @param asNeeded the legs must be as long as their lines need */
    private Model.Post postOf(final Model.Application application, final List<Command.Leg> legs, final boolean asNeeded) {
        Model.Post post = null;
        for (final Command.Leg leg : legs) {
            final Model.Pool desk = catalogue.desk(leg.deskId());
            post = post == null ? desk.post : post;
            Refusal.when(desk.post != post || leg.epochDay() != legs.get(0).epochDay(), VISIT_SPLIT);
            for (final Model.Line line : NaiveApplications.linesOf(application, leg.lines())) {
                Refusal.when(!desk.serves.contains(line.serviceId), DESK_DOES_NOT_SERVE);
                Refusal.when(room.wrongPost(application, line, post, true), WRONG_POST);
                Refusal.when(room.lacksResource(post, line), RESOURCE_MISSING);
            }
            final int needed = room.unitsNeeded(application, leg.lines());
            Refusal.when(asNeeded && leg.units() != needed, UNITS_DO_NOT_MATCH, needed);
        }
        return post;
    }

    private void noOverlap(final Model.Application application, final List<Command.Leg> legs) {
        for (int i = 0; i < legs.size(); i++) {
            for (int j = i + 1; j < legs.size(); j++) {
                final Command.Leg one = legs.get(i);
                final Command.Leg two = legs.get(j);
                final boolean shared = !Collections.disjoint(NaiveApplications.personsOf(application, one.lines()),
                        NaiveApplications.personsOf(application, two.lines()));
                final Model.Day dayOne = model.visibleDay(one.deskId(), one.epochDay());
                final Model.Day dayTwo = model.visibleDay(two.deskId(), two.epochDay());
                final boolean known = dayOne != null && dayTwo != null;
                final long startOne = one.startUnit() + (known ? dayOne.live.startMs / Model.UNIT_MS : 0);
                final long startTwo = two.startUnit() + (known ? dayTwo.live.startMs / Model.UNIT_MS : 0);
                Refusal.when(shared && startOne < startTwo + two.units() && startTwo < startOne + one.units(), LEGS_OVERLAP);
            }
        }
    }

    void mustHaveBudget(final Model.Application application, final int lines) {
        NaiveApplications.personsOf(application, lines).forEach(person -> mustHaveBudget(model.persons.get(person)));
    }

    private void mustHaveBudget(final Model.Person person) {
        Refusal.when(!mayHold(person), HOLD_BUDGET_SPENT, person.fullAtMs + model.rules.holdBudgetRefillMs()
                - model.rules.holdBudget() * model.rules.holdBudgetRefillMs());
    }

    void spend(final Model.Application application, final int lines) {
        NaiveApplications.personsOf(application, lines).forEach(person -> spend(model.persons.get(person)));
    }

    private boolean mayHold(final Model.Person person) {
        final long refill = model.rules.holdBudgetRefillMs();
        return Math.max(person.fullAtMs, model.nowMs) + refill <= model.nowMs + model.rules.holdBudget() * refill;
    }

    private void spend(final Model.Person person) {
        person.fullAtMs = Math.max(person.fullAtMs, model.nowMs) + model.rules.holdBudgetRefillMs();
    }
}
