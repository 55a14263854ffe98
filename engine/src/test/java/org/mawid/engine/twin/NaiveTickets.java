package org.mawid.engine.twin;

import java.util.Comparator;
import java.util.List;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Priority;
import org.mawid.sbe.TicketEnd;
import org.mawid.sbe.TicketKind;
import org.mawid.sbe.TicketState;

/** Who gets a ticket, when they are due, and how tickets end. */
final class NaiveTickets {
    private static final int WAITING_AT_ONE_DESK = 4_096;
    private static final int ENDED_AT_ONCE = 16;

    private final Model model;
    private final NaiveHallEvents events;

    NaiveTickets(final Model model, final NaiveHallEvents events) {
        this.model = model;
        this.events = events;
    }

    /** The ticket of an appointment, or null. */
    HallModel.Ticket of(final Model.Appointment appointment) {
        return model.hall.tickets.values().stream().filter(ticket -> ticket.appointment == appointment).findFirst().orElse(null);
    }

    boolean hasRoom(final int deskId) {
        return model.hall.tickets.size() < model.hall.rules.maxTickets() && mayEnter(deskId);
    }

    boolean mayEnter(final int deskId) {
        return model.hall.waiting(deskId) < WAITING_AT_ONE_DESK;
    }

    /** Who is told of later may stand there still. */
    boolean mayCome(final int deskId, final long atMs) {
        final boolean may = model.coreVersion >= 6 && atMs > model.nowMs - model.hall.rules.keepMs() && hasRoom(deskId);
        model.hall.saw("told later, " + (may ? "still there" : "no ticket"));
        return may;
    }

    static Command.Leg firstLeg(final Model.Appointment appointment) {
        return appointment.visit.legs().stream().min(Comparator.comparingLong(Model.TakenLeg::startMs)).orElseThrow().leg();
    }

    /** The first desk that serves everything, 0 = none. */
    int deskOf(final Model.Application application, final int lines, final Model.Post post) {
        return model.pools.values().stream().filter(pool -> pool.post == post && pool.kind == PoolKind.DESK)
                .filter(pool -> NaiveApplications.linesOf(application, lines).stream().allMatch(line -> pool.serves.contains(line.serviceId)))
                .mapToInt(pool -> pool.id).findFirst().orElse(0);
    }

    HallModel.Ticket comeWithAppointment(final Model.Appointment appointment, final long atMs) {
        final Command.Leg leg = firstLeg(appointment);
        final boolean late = atMs > appointment.visit.startMs() + model.hall.rules.lateAfterMs();
        return come(appointment, late ? TicketKind.LATE : TicketKind.APPOINTMENT, leg.deskId(), leg.lines(), atMs);
    }

    HallModel.Ticket come(final Model.Appointment appointment, final TicketKind kind, final int deskId, final int lines, final long atMs) {
        final List<Model.Line> all = NaiveApplications.linesOf(appointment.application, appointment.lines);
        final Priority priority = all.stream().map(NaiveTickets::priority).max(Comparator.naturalOrder()).orElseThrow();
        final boolean urgent = priority == Priority.EMERGENCY || all.stream().anyMatch(line -> model.services.get(line.serviceId).said.urgent());
        final HallModel.Ticket ticket = new HallModel.Ticket(++model.hall.lastTicket, appointment, appointment.ticket, appointment.epochDay, model.nowMs,
                urgent ? TicketKind.URGENT : kind, priority);
        setWhat(ticket, NaiveApplications.linesOf(appointment.application, lines));
        return enter(ticket, deskId, appointment.visit.startMs(), atMs);
    }

    /** Without an application. */
    HallModel.Ticket come(final int number, final int epochDay, final int serviceId, final Priority priority, final int deskId) {
        final Model.Service service = model.services.get(serviceId);
        final TicketKind kind = priority == Priority.EMERGENCY || service.said.urgent() ? TicketKind.URGENT
                : service.appointmentRequired ? TicketKind.OVERFLOW : TicketKind.PICK_UP;
        final HallModel.Ticket ticket = new HallModel.Ticket(++model.hall.lastTicket, null, number, epochDay, model.nowMs, kind, priority);
        ticket.serviceId = serviceId;
        ticket.quantity = 1;
        return enter(ticket, deskId, 0, model.nowMs);
    }

    private static Priority priority(final Model.Line line) {
        final Priority byAge = line.asked.ageBand() == AgeBand.SENIOR ? Priority.SENIOR
                : line.asked.ageBand() == AgeBand.INFANT ? Priority.PREGNANT_OR_INFANT : Priority.NONE;
        return byAge.compareTo(line.asked.priority()) > 0 ? byAge : line.asked.priority();
    }

    private static void setWhat(final HallModel.Ticket ticket, final List<Model.Line> lines) {
        final List<Integer> services = lines.stream().map(line -> line.serviceId).distinct().toList();
        ticket.serviceId = services.size() == 1 ? services.get(0) : 0;
        ticket.quantity = Math.min(255, lines.stream().mapToInt(line -> line.quantity).sum());
    }

    private HallModel.Ticket enter(final HallModel.Ticket ticket, final int deskId, final long startMs, final long atMs) {
        final Command.HallRules rules = model.hall.rules;
        ticket.desk = model.pools.get(deskId);
        ticket.dueMs = switch (ticket.kind) {
            case APPOINTMENT, WALK_IN -> ahead(startMs, ticket.priority);
            case LATE -> ahead(atMs + rules.latePenaltyMs(), ticket.priority);
            case OVERFLOW -> ahead(atMs + rules.overflowDelayMs(), ticket.priority);
            case PICK_UP -> ahead(atMs + rules.pickUpDelayMs(), ticket.priority);
            default -> 0;
        };
        model.hall.tickets.put(ticket.id, ticket);
        model.hall.saw(ticket.kind.name());
        events.ticketQueued(ticket);
        return ticket;
    }

    private long ahead(final long dueMs, final Priority priority) {
        return Math.max(1, priority == Priority.NONE ? dueMs : dueMs - model.hall.rules.priorityAheadMs());
    }

    void call(final HallModel.Ticket ticket, final int counter) {
        ticket.counter = counter;
        ticket.recalls = 0;
        become(ticket, TicketState.CALLED);
    }

    void become(final HallModel.Ticket ticket, final TicketState state) {
        ticket.wasParked |= state == TicketState.PARKED;
        ticket.state = state;
        ticket.changedMs = model.nowMs;
        events.ticketChanged(ticket);
    }

    void transfer(final HallModel.Ticket ticket, final Model.Pool desk) {
        final Model.Pool left = ticket.desk;
        final int done = ticket.serviceId;
        final boolean measured = measure(ticket);
        ticket.desk = desk;
        ticket.wasParked = false;
        final Model.TakenLeg leg = ticket.appointment == null || desk == left ? null : ticket.appointment.visit.legs().stream().filter(each -> each.leg().deskId() == desk.id)
                .min(Comparator.comparingLong(Model.TakenLeg::startMs)).orElse(null);
        if (leg != null) {
            setWhat(ticket, NaiveApplications.linesOf(ticket.appointment.application, leg.leg().lines()));
            ticket.dueMs = ticket.dueMs == 0 ? 0 : Math.max(ticket.dueMs, ahead(leg.startMs(), ticket.priority));
            model.hall.saw("to the next leg");
        }
        become(ticket, TicketState.WAITING);
        if (measured) {
            tellTimes(left, done);
        }
    }

    /** The ticket of an appointment ends with it. */
    void endWith(final Model.Appointment appointment, final TicketEnd how) {
        final HallModel.Ticket ticket = of(appointment);
        if (ticket != null) {
            end(ticket, how);
        }
    }

    void end(final HallModel.Ticket ticket, final TicketEnd how) {
        model.hall.saw("ended " + how);
        final boolean measured = how == TicketEnd.SERVED && measure(ticket);
        model.hall.tickets.remove(ticket.id);
        events.ticketEnded(ticket, how);
        if (measured) {
            tellTimes(ticket.desk, ticket.serviceId);
        }
    }

    private boolean measure(final HallModel.Ticket ticket) {
        final long ms = model.nowMs - ticket.changedMs;
        if (ticket.state != TicketState.CALLED || ticket.wasParked || ms > model.hall.rules.keepMs()) {
            return false;
        }
        final HallModel.Pace pace = model.hall.paces.computeIfAbsent(ticket.desk.id, id -> new HallModel.Pace());
        if (pace.served == 0 || ticket.epochDay > pace.epochDay) {
            pace.epochDay = ticket.epochDay;
            pace.served = 1;
            pace.paceMs = ms;
        } else if (ticket.epochDay == pace.epochDay) {
            pace.served++;
            pace.paceMs += (ms - pace.paceMs) / 8;
        }
        if (ticket.serviceId != 0) {
            model.hall.acts.computeIfAbsent(ticket.serviceId, id -> new HallModel.Acts()).add(ms / ticket.quantity / 60_000);
        }
        model.hall.saw("measured");
        return true;
    }

    private void tellTimes(final Model.Pool desk, final int serviceId) {
        events.timesMeasured(desk, model.hall.paces.get(desk.id), serviceId, model.hall.acts.get(serviceId));
    }

    long nextDueMs() {
        return model.hall.tickets.isEmpty() ? Long.MAX_VALUE : model.hall.tickets.firstEntry().getValue().sinceMs + model.hall.rules.keepMs();
    }

    void tick() {
        for (int i = 0; i < ENDED_AT_ONCE && nextDueMs() <= model.nowMs; i++) {
            end(model.hall.tickets.firstEntry().getValue(), TicketEnd.DAY_OVER);
        }
    }
}
