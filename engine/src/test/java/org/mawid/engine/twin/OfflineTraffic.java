package org.mawid.engine.twin;

import java.util.List;
import java.util.function.Predicate;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.StampState;

/** What posts tell when their link is up again: most of it could have been, some of it was decided otherwise meanwhile, some is nonsense. */
final class OfflineTraffic {
    private static final long LATEST_MS = 12 * 3_600_000L;
    private static final long OLDEST_MS = 30 * Model.DAY_MS;

    private final Dice dice;
    private final Model model;
    private final TrafficCommands traffic;
    private final StampTraffic stamps;
    private Command.RecordConsumption last;

    OfflineTraffic(final Dice dice, final Model model, final TrafficCommands traffic) {
        this.dice = dice;
        this.model = model;
        this.traffic = traffic;
        this.stamps = new StampTraffic(dice, model, traffic);
    }

    Command next(final Request request) {
        final int choice = dice.below(100);
        if (choice < 52) {
            return visit(request);
        } else if (choice < 70) {
            return walkIn(request);
        } else if (choice < 94) {
            return consumption(request);
        }
        return choice < 97 ? unknown(request) : outOfRange(request);
    }

    private Command visit(final Request request) {
        final AppointmentState state = dice.oneOf(AppointmentState.CHECKED_IN, AppointmentState.SERVED, AppointmentState.SERVED, AppointmentState.NO_SHOW);
        final Model.Appointment appointment = appointment(state);
        if (appointment == null) {
            return traffic.confirm(request);
        }
        final int all = appointment.lines;
        final int fulfilled = state != AppointmentState.SERVED ? 0 : dice.percent(60) ? all : dice.percent(92) ? all & dice.below(65_536) : dice.below(65_536);
        return new Command.RecordVisit(request, appointment.id, at(appointment, state), dice.percent(60) ? 0 : dice.between(1, 65_535), fulfilled, state,
                dice.percent(40) ? 0 : dice.between(1, 255));
    }

    /** One that what was recorded may still change, mostly. */
    private Model.Appointment appointment(final AppointmentState recorded) {
        final Predicate<Model.Appointment> wanted = switch (recorded) {
            case CHECKED_IN -> each -> each.state == AppointmentState.CONFIRMED && Math.abs(each.visit.startMs() - model.nowMs) < Model.DAY_MS;
            case NO_SHOW -> each -> dice.percent(30) ? !each.isOver() : each.state == AppointmentState.CONFIRMED && each.visit.startMs() <= model.nowMs;
            default -> dice.percent(55) ? each -> !each.isOver() : dice.percent(50) ? each -> each.state == AppointmentState.DISPLACED
                    : each -> each.isOver() && each.state != AppointmentState.SERVED && TrafficCommands.lines(each.application, Model.Line::isOpen) != 0;
        };
        final List<Model.Appointment> fitting = model.appointments.values().stream().filter(wanted).toList();
        return fitting.isEmpty() || dice.percent(12) ? dice.of(model.appointments.values()) : dice.of(fitting);
    }

    /** An instant at which it can have been, or one beside the ends of what can be. */
    private long at(final Model.Appointment appointment, final AppointmentState recorded) {
        final long startMs = appointment.visit.startMs();
        final long chosen = switch (dice.below(12)) {
            case 0 -> startMs - model.rules.checkInEarlyMs() - dice.below(2);
            case 1 -> startMs + LATEST_MS - dice.below(2);
            case 2 -> startMs + model.rules.noShowGraceMs() - dice.below(2);
            case 3 -> instant();
            case 4, 5 -> model.nowMs - dice.upTo(3 * Model.DAY_MS);
            default -> startMs + (recorded == AppointmentState.NO_SHOW ? model.rules.noShowGraceMs() : 0) + dice.upTo(3 * 3_600_000L);
        };
        return Math.max(0, dice.percent(85) ? Math.min(chosen, model.nowMs) : chosen);
    }

    private long instant() {
        return switch (dice.below(8)) {
            case 0 -> model.nowMs + model.rules.createdSkewMs() + dice.below(2);
            case 1 -> model.nowMs - OLDEST_MS - dice.below(2);
            case 2 -> model.nowMs - dice.upTo(40 * Model.DAY_MS);
            default -> model.nowMs - dice.upTo(12 * 3_600_000L);
        };
    }

    private Command walkIn(final Request request) {
        final int post = dice.between(1, dice.percent(97) ? WorldCommands.POSTS : WorldCommands.POSTS + 40);
        final int ticket = dice.percent(60) ? 0 : dice.between(1, 65_535);
        final boolean issue = dice.percent(40);
        final Predicate<Model.Line> wanted = dice.percent(50) ? Model.Line::isTaken : Model.Line::isOpen;
        final Model.Application known = dice.percent(45) ? null : traffic.some(each -> TrafficCommands.lines(each, wanted) != 0);
        if (known == null) {
            return new Command.RecordWalkIn(request, 0, traffic.person(), Math.max(0, instant()), post, ticket, 0,
                    dice.percent(40) ? 0 : dice.percent(90) ? 1 : dice.below(65_536), dice.below(256), issue, traffic.family(2));
        }
        final int lines = dice.partOf(dice.percent(92) ? TrafficCommands.lines(known, wanted) : known.allLines());
        return new Command.RecordWalkIn(request, known.id, traffic.person(), Math.max(0, instant()), post, ticket, lines,
                dice.percent(30) ? 0 : dice.percent(95) ? lines & dice.below(65_536) : dice.below(65_536), dice.below(256), issue, List.of());
    }

    private Command consumption(final Request request) {
        if (last != null && dice.percent(12)) {
            return new Command.RecordConsumption(request, last.stampId(), last.applicationId(), last.atMs(), last.epochDay(), last.postId(), last.line());
        }
        final int choice = dice.below(100);
        final Model.Stamp stamp = choice < 50 ? stamps.some(each -> each.state == StampState.PAID || each.state == StampState.WAIVED && !each.isUsed())
                : choice < 75 ? stamps.some(Model.Stamp::isUsed) : stamps.some(each -> true);
        if (stamp == null) {
            return stamps.issue(request);
        }
        final long atMs = Math.max(0, instant());
        last = new Command.RecordConsumption(request, stamp.id, dice.percent(98) ? stamp.application.id : 1, atMs,
                (int) (atMs / Model.DAY_MS) + (dice.percent(90) ? 0 : dice.between(-2, 2)), dice.percent(70) ? stamp.post.id
                : dice.percent(90) ? dice.between(1, WorldCommands.POSTS) : 9, dice.percent(97) ? stamp.line : dice.below(16));
        return last;
    }

    private long number(final long last) {
        return dice.oneOf(0L, last + 1, last + 1 + dice.upTo(1_000_000), Long.MAX_VALUE);
    }

    private Command unknown(final Request request) {
        return switch (dice.below(3)) {
            case 0 -> new Command.RecordVisit(request, number(model.lastAppointment), model.nowMs, 0, 0, AppointmentState.CHECKED_IN, 0);
            case 1 -> new Command.RecordWalkIn(request, model.lastApplication + 1 + dice.below(3), 0, model.nowMs, 1, 0, 1, 0, 0, false, List.of());
            default -> new Command.RecordConsumption(request, number(model.lastStamp), 1, model.nowMs, model.today(), 1, 0);
        };
    }

    private Command outOfRange(final Request request) {
        final long nowMs = model.nowMs;
        final int today = model.today();
        return switch (dice.below(8)) {
            case 0 -> new Command.RecordVisit(request, dice.oneOf(1L, -1L), dice.oneOf(nowMs, -1L), 0, 1, dice.oneOf(AppointmentState.CHECKED_IN, AppointmentState.NO_SHOW), 0);
            case 1 -> new Command.RecordVisit(request, 1, nowMs, 0, 0, dice.oneOf(AppointmentState.CONFIRMED, AppointmentState.CALLED, AppointmentState.CANCELLED,
                    AppointmentState.DISPLACED), 0);
            case 2 -> new Command.RecordVisit(request, 1, dice.oneOf(-1L, Long.MIN_VALUE), 0, 1, AppointmentState.SERVED, 0);
            case 3 -> new Command.RecordWalkIn(request, dice.oneOf(0L, -1L), 0, nowMs, dice.oneOf(0, 1, 4_096), 0, 1, 0, 0, false, List.of());
            case 4 -> new Command.RecordWalkIn(request, 1, 0, nowMs, 1, 0, 1, 0, 0, false, traffic.family(1));
            case 5 -> new Command.RecordWalkIn(request, 1, 0, -1, 1, 0, 1, 0, 0, false, List.of());
            case 6 -> new Command.RecordConsumption(request, dice.oneOf(1L, -1L), dice.oneOf(1L, -1L), dice.oneOf(-1L, Long.MAX_VALUE), today, 1, 0);
            default -> new Command.RecordConsumption(request, 1, 1, nowMs, today + dice.oneOf(0, 2, -2), dice.oneOf(0, 1, 4_096), dice.oneOf(0, 16));
        };
    }
}
