package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.sbe.Priority;
import org.mawid.sbe.TicketEnd;
import org.mawid.sbe.TicketState;

/** Days at posts: people come in time, late or just so, counters call, set aside, send on and serve, and some are not there. */
final class HallTraffic {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    private final Dice dice;
    private final Model model;
    private final TrafficCommands traffic;

    HallTraffic(final Dice dice, final Model model, final TrafficCommands traffic) {
        this.dice = dice;
        this.model = model;
        this.traffic = traffic;
    }

    Command next(final Request request) {
        final int choice = dice.below(100);
        if (choice < 12) {
            return comes(request);
        } else if (choice < 24) {
            return takeTicket(request);
        } else if (choice < 44) {
            return callNext(request);
        } else if (choice < 56) {
            return serve(request);
        } else if (choice < 62) {
            return recall(request);
        } else if (choice < 69) {
            return park(request);
        } else if (choice < 75) {
            return unpark(request);
        } else if (choice < 83) {
            return transfer(request);
        } else if (choice < 89) {
            return end(request, dice.oneOf(TicketEnd.NO_SHOW, TicketEnd.NO_SHOW, TicketEnd.LEFT));
        } else if (choice < 92) {
            return ofAppointment(request);
        } else if (choice < 95) {
            return setRules(request);
        }
        return mischief(request);
    }

    private Command comes(final Request request) {
        return dice.percent(60) ? traffic.checkIn(request) : traffic.walkIn(request);
    }

    private Command takeTicket(final Request request) {
        final int post = dice.between(1, WorldCommands.POSTS);
        final int desk = dice.percent(50) ? 0 : WorldCommands.desk(dice.percent(95) ? post : dice.between(1, WorldCommands.POSTS), dice.between(1, 3));
        return new Command.TakeTicket(request, model.today() + (dice.percent(92) ? 0 : dice.between(-2, 2)), post, desk,
                WorldCommands.SERVICES[dice.below(WorldCommands.SERVICES.length)], dice.oneOf(Priority.NONE, Priority.NONE, Priority.NONE, Priority.SENIOR, Priority.DISABLED,
                Priority.PREGNANT_OR_INFANT, Priority.EMERGENCY));
    }

    /** Somewhere where somebody waits, mostly. */
    private Command callNext(final Request request) {
        final HallModel.Ticket waiting = some(TicketState.WAITING);
        final int post = waiting == null || dice.percent(15) ? dice.between(1, WorldCommands.POSTS) : waiting.desk.post.id;
        final List<Integer> desks = new ArrayList<>(List.of(WorldCommands.desk(post, 1), WorldCommands.desk(post, 2), WorldCommands.desk(post, 3)));
        Collections.rotate(desks, dice.below(3));
        return new Command.CallNext(request, dice.between(1, 9), desks.subList(0, dice.between(1, 3)));
    }

    private Command serve(final Request request) {
        final HallModel.Ticket called = some(TicketState.CALLED);
        if (called == null) {
            return callNext(request);
        }
        return called.appointment == null ? new Command.EndTicket(request, called.id, TicketEnd.SERVED)
                : new Command.Serve(request, called.appointment.id, dice.percent(85) ? called.appointment.lines : dice.partOf(called.appointment.lines));
    }

    private Command recall(final Request request) {
        final HallModel.Ticket ticket = mostly(TicketState.CALLED);
        return ticket == null ? callNext(request) : new Command.Recall(request, ticket.id);
    }

    private Command park(final Request request) {
        final HallModel.Ticket ticket = mostly(dice.oneOf(TicketState.CALLED, TicketState.CALLED, TicketState.WAITING));
        return ticket == null ? callNext(request) : new Command.Park(request, ticket.id);
    }

    private Command unpark(final Request request) {
        final HallModel.Ticket ticket = mostly(TicketState.PARKED);
        return ticket == null ? park(request) : new Command.Unpark(request, ticket.id);
    }

    /** To the desk of another leg, if there is one. */
    private Command transfer(final Request request) {
        final HallModel.Ticket several = dice.of(model.hall.tickets.values().stream().filter(one -> !otherDesks(one).isEmpty()).toList());
        final HallModel.Ticket ticket = several != null && dice.percent(70) ? several : mostly(dice.oneOf(TicketState.CALLED, TicketState.WAITING, TicketState.PARKED));
        if (ticket == null) {
            return takeTicket(request);
        }
        final List<Integer> next = otherDesks(ticket);
        final int desk = !next.isEmpty() && dice.percent(80) ? dice.of(next) : WorldCommands.desk(dice.percent(93) ? ticket.desk.post.id
                : dice.between(1, WorldCommands.POSTS), dice.between(1, 3));
        return new Command.TransferTicket(request, ticket.id, desk);
    }

    private static List<Integer> otherDesks(final HallModel.Ticket ticket) {
        return ticket.appointment == null ? List.of()
                : ticket.appointment.visit.legs().stream().map(taken -> taken.leg().deskId()).filter(desk -> desk != ticket.desk.id).toList();
    }

    private Command end(final Request request, final TicketEnd how) {
        final HallModel.Ticket ticket = how == TicketEnd.LEFT ? dice.of(model.hall.tickets.values()) : mostly(dice.oneOf(TicketState.CALLED, TicketState.PARKED));
        return ticket == null ? takeTicket(request) : new Command.EndTicket(request, ticket.id, how);
    }

    /** As before there were tickets. */
    private Command ofAppointment(final Request request) {
        final List<HallModel.Ticket> with = model.hall.tickets.values().stream().filter(ticket -> ticket.appointment != null).toList();
        final HallModel.Ticket ticket = dice.of(with);
        if (ticket == null) {
            return traffic.call(request);
        }
        return switch (dice.below(3)) {
            case 0 -> new Command.Call(request, ticket.appointment.id, dice.between(1, 9));
            case 1 -> new Command.Serve(request, ticket.appointment.id, ticket.appointment.lines);
            default -> new Command.MarkNoShow(request, ticket.appointment.id);
        };
    }

    /** Short times, so that all of them pass; few tickets now and then. */
    private Command setRules(final Request request) {
        return new Command.SetHallRules(request, new Command.HallRules(dice.oneOf(0L, 10 * MINUTE, HOUR), dice.oneOf(0L, 20 * MINUTE), dice.oneOf(0L, 30 * MINUTE),
                dice.oneOf(0L, 5 * MINUTE), dice.oneOf(0L, 30 * MINUTE, 12 * HOUR), dice.oneOf(0L, MINUTE, 5 * MINUTE), dice.oneOf(0L, MINUTE, 30 * MINUTE),
                dice.oneOf(HOUR, 4 * HOUR, 16 * HOUR, 24 * HOUR), dice.percent(75) ? 1_000 : Math.max(1, model.hall.tickets.size() + dice.between(-1, 2)), dice.below(4)));
    }

    /** What the instant decides about a ticket: whether it is too early to say that somebody is not there. */
    Command atTheInstant(final Request request, final HallModel.Ticket ticket) {
        return ticket.appointment != null && dice.percent(40) ? new Command.MarkNoShow(request, ticket.appointment.id)
                : new Command.EndTicket(request, ticket.id, TicketEnd.NO_SHOW);
    }

    private Command mischief(final Request request) {
        final long unknown = dice.oneOf(0L, model.hall.lastTicket + 1, Long.MAX_VALUE, -1L, 1 + dice.upTo(model.hall.lastTicket));
        final int today = model.today();
        final Command.HallRules r = model.hall.rules;
        return switch (dice.below(16)) {
            case 0 -> new Command.CallNext(request, dice.oneOf(0, 1), dice.oneOf(List.of(11, 11), List.of(0), List.of(65_001), List.of(), List.of(11, 21), List.of(11, 60_001),
                    List.of(1, 2, 3, 4, 5, 6, 7, 8, 9)));
            case 1 -> new Command.Recall(request, unknown);
            case 2 -> new Command.Park(request, unknown);
            case 3 -> new Command.Unpark(request, unknown);
            case 4 -> new Command.TransferTicket(request, unknown, 11);
            case 5 -> new Command.EndTicket(request, unknown, TicketEnd.LEFT);
            case 6 -> new Command.EndTicket(request, 1, dice.oneOf(TicketEnd.CANCELLED, TicketEnd.DAY_OVER));
            case 7 -> new Command.TransferTicket(request, model.hall.tickets.isEmpty() ? 1 : model.hall.tickets.firstKey(), dice.oneOf(0, 15, 60_001, 65_001));
            case 8 -> new Command.TakeTicket(request, today, dice.oneOf(0, 77, 4_096), 0, 5, Priority.NONE);
            case 9 -> new Command.TakeTicket(request, today, 1, dice.oneOf(15, 60_001, 65_001), 5, Priority.NONE);
            case 10 -> new Command.TakeTicket(request, today, 1, 0, dice.oneOf(0, 100, 129), Priority.NONE);
            case 11 -> end(request, TicketEnd.SERVED);
            case 12 -> new Command.SetHallRules(request, new Command.HallRules(dice.oneOf(-1L, 12 * HOUR + 1), r.latePenaltyMs(), r.overflowDelayMs(), r.pickUpDelayMs(),
                    r.priorityAheadMs(), r.callGraceMs(), r.parkMs(), r.keepMs(), r.maxTickets(), r.recallsMost()));
            case 13 -> new Command.SetHallRules(request, new Command.HallRules(r.lateAfterMs(), dice.oneOf(-1L, 0L), 12 * HOUR + dice.below(2), dice.oneOf(0L, -1L), 12 * HOUR + dice.below(2),
                    dice.oneOf(-1L, 12 * HOUR), dice.oneOf(12 * HOUR + 1, MINUTE), r.keepMs(), r.maxTickets(), r.recallsMost()));
            case 14 -> new Command.SetHallRules(request, new Command.HallRules(r.lateAfterMs(), r.latePenaltyMs(), r.overflowDelayMs(), r.pickUpDelayMs(),
                    r.priorityAheadMs(), r.callGraceMs(), r.parkMs(), dice.oneOf(HOUR - 1, 24 * HOUR + 1), r.maxTickets(), r.recallsMost()));
            default -> new Command.SetHallRules(request, new Command.HallRules(r.lateAfterMs(), r.latePenaltyMs(), r.overflowDelayMs(), r.pickUpDelayMs(),
                    r.priorityAheadMs(), r.callGraceMs(), r.parkMs(), r.keepMs(), dice.oneOf(0L, 10_000_001L, r.maxTickets()), dice.oneOf(21, 20)));
        };
    }

    private HallModel.Ticket mostly(final TicketState state) {
        return some(dice.percent(90) ? state : null);
    }

    /** One in this state, or in any. @param state null = any */
    private HallModel.Ticket some(final TicketState state) {
        return dice.of(model.hall.tickets.values().stream().filter(ticket -> state == null || ticket.state == state).toList());
    }
}
