package org.mawid.engine.twin;

import static org.mawid.sbe.Result.CORE_VERSION_UNSUPPORTED;
import static org.mawid.sbe.Result.DESK_DOES_NOT_SERVE;
import static org.mawid.sbe.Result.LIMIT_REACHED;
import static org.mawid.sbe.Result.NOT_TODAY;
import static org.mawid.sbe.Result.POOL_UNKNOWN;
import static org.mawid.sbe.Result.QUEUE_EMPTY;
import static org.mawid.sbe.Result.RULES_INVALID;
import static org.mawid.sbe.Result.TICKETS_FULL;
import static org.mawid.sbe.Result.TICKET_STATE;
import static org.mawid.sbe.Result.TICKET_UNKNOWN;
import static org.mawid.sbe.Result.WRONG_POST;

import java.util.Comparator;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.TicketEnd;
import org.mawid.sbe.TicketState;

/** The door to what came to halls with core version 6. */
final class NaiveHall {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    private final Model model;
    private final NaiveCatalogue catalogue;
    private final NaiveAppointments appointments;
    private final NaiveTickets tickets;
    private final NaiveHallEvents events;

    NaiveHall(final Model model, final NaiveCatalogue catalogue, final NaiveAppointments appointments, final NaiveTickets tickets, final NaiveHallEvents events) {
        this.model = model;
        this.catalogue = catalogue;
        this.appointments = appointments;
        this.tickets = tickets;
        this.events = events;
    }

    Answer dispatch(final Command.Hall command) {
        Refusal.when(model.coreVersion < 6, CORE_VERSION_UNSUPPORTED);
        if (command instanceof Command.CallNext c) {
            return callNext(c);
        } else if (command instanceof Command.TakeTicket c) {
            return takeTicket(c);
        } else if (command instanceof Command.Recall c) {
            final HallModel.Ticket ticket = ticket(c.ticketId());
            mustBe(ticket, ticket.state == TicketState.CALLED);
            Refusal.when(ticket.recalls >= model.hall.rules.recallsMost(), LIMIT_REACHED);
            ticket.recalls++;
            tickets.become(ticket, TicketState.CALLED);
            return Answer.DONE;
        } else if (command instanceof Command.Park c) {
            final HallModel.Ticket ticket = ticket(c.ticketId());
            mustBe(ticket, ticket.state != TicketState.PARKED);
            tickets.become(ticket, TicketState.PARKED);
            return Answer.DONE;
        } else if (command instanceof Command.Unpark c) {
            final HallModel.Ticket ticket = ticket(c.ticketId());
            mustBe(ticket, ticket.state == TicketState.PARKED);
            Refusal.when(!tickets.mayEnter(ticket.desk.id), TICKETS_FULL);
            tickets.become(ticket, TicketState.WAITING);
            return Answer.DONE;
        } else if (command instanceof Command.TransferTicket c) {
            final HallModel.Ticket ticket = ticket(c.ticketId());
            final Model.Pool desk = catalogue.desk(c.deskId());
            Refusal.when(desk.post != ticket.desk.post, WRONG_POST);
            Refusal.when(!tickets.mayEnter(desk.id), TICKETS_FULL);
            tickets.transfer(ticket, desk);
            return Answer.DONE;
        } else if (command instanceof Command.EndTicket c) {
            return end(ticket(c.ticketId()), c.end());
        }
        return setRules(((Command.SetHallRules) command).rules());
    }

    private HallModel.Ticket ticket(final long id) {
        final HallModel.Ticket ticket = model.hall.tickets.get(id);
        Refusal.when(ticket == null, TICKET_UNKNOWN);
        return ticket;
    }

    private static void mustBe(final HallModel.Ticket ticket, final boolean right) {
        Refusal.when(!right, TICKET_STATE, ticket.state.value());
    }

    private Answer callNext(final Command.CallNext c) {
        Model.Post post = null;
        for (final int deskId : c.desks()) {
            final Model.Pool desk = catalogue.desk(deskId);
            Refusal.when(post != null && desk.post != post, WRONG_POST);
            post = desk.post;
        }
        final HallModel.Ticket ticket = model.hall.tickets.values().stream().filter(each -> each.state == TicketState.WAITING && c.desks().contains(each.desk.id))
                .min(HallModel.BY_TURN).orElse(null);
        Refusal.when(ticket == null, QUEUE_EMPTY);

        if (ticket.appointment != null) {
            appointments.call(ticket.appointment, c.counter());
        }
        tickets.call(ticket, c.counter());
        return Answer.done(ticket.appointment == null ? 0 : ticket.appointment.id, ticket.number, ticket.id);
    }

    private Answer takeTicket(final Command.TakeTicket c) {
        final Model.Post post = catalogue.post(c.postId());
        Refusal.when(Math.abs((long) c.epochDay() - model.today()) > 1, NOT_TODAY);
        catalogue.service(c.serviceId());
        final Model.Pool wanted = model.pools.get(c.deskId());
        Refusal.when(c.deskId() != 0 && (wanted == null || wanted.kind != PoolKind.DESK || wanted.post != post), POOL_UNKNOWN);
        final Model.Pool desk = c.deskId() != 0 ? wanted : model.pools.values().stream()
                .filter(pool -> pool.post == post && pool.kind == PoolKind.DESK && pool.serves.contains(c.serviceId()))
                .min(Comparator.comparingLong(pool -> model.hall.waiting(pool.id))).orElse(null);
        Refusal.when(desk == null || !desk.serves.contains(c.serviceId()), DESK_DOES_NOT_SERVE);
        Refusal.when(!tickets.hasRoom(desk.id), TICKETS_FULL);

        final int number = NaiveAppointments.nextTicket(post, c.epochDay());
        final HallModel.Ticket ticket = tickets.come(number, c.epochDay(), c.serviceId(), c.priority(), desk.id);
        return Answer.done(0, number, ticket.id);
    }

    private Answer end(final HallModel.Ticket ticket, final TicketEnd how) {
        mustBe(ticket, how != TicketEnd.SERVED || ticket.appointment == null && ticket.state == TicketState.CALLED);
        if (how == TicketEnd.NO_SHOW) {
            appointments.mustNotBeThere(ticket.appointment, ticket);
        }

        tickets.end(ticket, how);
        if (ticket.appointment != null) {
            appointments.endWithoutService(ticket.appointment, how == TicketEnd.NO_SHOW ? AppointmentState.NO_SHOW : AppointmentState.CANCELLED);
        }
        return Answer.DONE;
    }

    private Answer setRules(final Command.HallRules r) {
        rule(r.lateAfterMs(), 0, 12 * HOUR);
        rule(r.latePenaltyMs(), 0, 12 * HOUR);
        rule(r.overflowDelayMs(), 0, 12 * HOUR);
        rule(r.pickUpDelayMs(), 0, 12 * HOUR);
        rule(r.priorityAheadMs(), 0, 12 * HOUR);
        rule(r.callGraceMs(), 0, 12 * HOUR);
        rule(r.parkMs(), 0, 12 * HOUR);
        rule(r.keepMs(), HOUR, 24 * HOUR);
        rule(r.maxTickets(), Math.max(1, model.hall.tickets.size()), 10_000_000);
        rule(r.recallsMost(), 0, 20);

        model.hall.rules = r;
        model.hall.rulesSet = true;
        events.hallRulesSet(r);
        return Answer.DONE;
    }

    private static void rule(final long value, final long least, final long most) {
        Refusal.when(value < least || value > most, RULES_INVALID);
    }
}
