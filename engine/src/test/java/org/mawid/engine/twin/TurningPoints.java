package org.mawid.engine.twin;

import java.util.List;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.sbe.StampState;
import org.mawid.sbe.TicketState;

/** Instants at which some answer changes, to the millisecond, and the commands whose answer it is. */
final class TurningPoints {
    private static final long LATEST_CHECK_IN_MS = 12 * 3_600_000L;

    private final Dice dice;
    private final NaiveEngine twin;
    private final Model model;
    private final TrafficCommands traffic;
    private final MoneyTraffic money;
    private final HallTraffic hall;
    private Model.Hold hold;
    private Model.Appointment appointment;
    private Model.Application application;
    private Model.DayKey day;
    private int unit;
    private boolean ofMoney;
    private HallModel.Ticket ticket;

    TurningPoints(final Dice dice, final NaiveEngine twin, final TrafficCommands traffic, final MoneyTraffic money, final HallTraffic hall) {
        this.dice = dice;
        this.twin = twin;
        this.model = twin.model();
        this.traffic = traffic;
        this.money = money;
        this.hall = hall;
    }

    /** An instant, or one beside it; may be past, or 0 = none was found. */
    long next() {
        hold = null;
        appointment = null;
        application = null;
        day = null;
        ofMoney = false;
        ticket = null;
        final long instant = choose();
        return instant == 0 ? 0 : instant + dice.oneOf(0L, 0L, 0L, -1L, 1L);
    }

    private long choose() {
        switch (dice.below(model.coreVersion >= 6 ? 10 : model.coreVersion >= 3 ? 8 : 6)) {
            case 0:
                hold = dice.of(model.holds.values());
                return hold == null ? 0 : hold.deadlineMs;
            case 1:
                return twin.nextDueMs() == Long.MAX_VALUE ? 0 : twin.nextDueMs();
            case 2, 3:
                return ofAppointment();
            case 4:
                application = dice.of(model.applications.values());
                return application == null ? 0 : application.lastChangeMs + model.rules.retainMs();
            case 5:
                return ofDay();
            case 6:
                ofMoney = true;
                return model.money.pendings.isEmpty() ? 0 : model.money.pendings.first().atMs();
            case 7:
                return ofStamp();
            case 8:
                return ofTicket();
            default:
                appointment = dice.of(model.appointments.values());
                return appointment == null ? 0 : appointment.visit.startMs() + model.hall.rules.lateAfterMs();
        }
    }

    /** When somebody who was called, or set aside, is not there any more. */
    private long ofTicket() {
        ticket = dice.of(model.hall.tickets.values());
        return ticket == null ? 0 : ticket.changedMs + (ticket.state == TicketState.PARKED ? model.hall.rules.parkMs() : model.hall.rules.callGraceMs());
    }

    private long ofStamp() {
        final Model.Stamp stamp = dice.of(model.stamps.values());
        ofMoney = stamp != null;
        if (stamp == null) {
            return 0;
        }
        return stamp.issuedMs + (stamp.state == StampState.ISSUED ? model.money.rules.lapseMs() : model.money.rules.validityMs());
    }

    private long ofAppointment() {
        appointment = dice.of(model.appointments.values());
        if (appointment == null) {
            return 0;
        }
        return appointment.visit.startMs() + dice.oneOf(0L, -model.rules.checkInEarlyMs(), model.rules.noShowGraceMs(), LATEST_CHECK_IN_MS);
    }

    private long ofDay() {
        day = dice.of(model.days.keySet());
        final Model.Grid grid = day == null ? null : model.days.get(day).live;
        if (grid == null) {
            day = null;
            return 0;
        }
        unit = dice.below(grid.unitCount) / grid.alignUnits * grid.alignUnits;
        final long spillMs = model.coreVersion < 6 ? 0 : dice.oneOf(grid.spillMs[1], grid.spillMs[2], grid.spillMs[3], grid.spillMs[4]);
        return spillMs != 0 ? spillMs : dice.percent(40) ? grid.releasedAtMs : grid.startMs + unit * Model.UNIT_MS;
    }

    /** Something that the last instant decides. */
    Command command(final Request request) {
        if (ofMoney) {
            return money.atTheInstant(request);
        }
        if (ticket != null) {
            return hall.atTheInstant(request, ticket);
        }
        if (hold != null) {
            return dice.percent(60) ? new Command.Confirm(request, hold.id, false) : new Command.Release(request, hold.id);
        }
        if (appointment != null) {
            final long id = appointment.id;
            final List<Command.Leg> legs = appointment.visit.legs().stream().map(Model.TakenLeg::leg).toList();
            return switch (dice.below(legs.isEmpty() ? 2 : 3)) {
                case 0 -> new Command.CheckIn(request, id);
                case 1 -> new Command.MarkNoShow(request, id);
                default -> new Command.Reschedule(request, id, legs);
            };
        }
        if (application != null) {
            return new Command.Retire(request, List.of(application.id));
        }
        return day == null ? traffic.hold(request) : traffic.holdAt(request, day, unit);
    }
}
