package org.mawid.engine.twin;

import java.util.List;
import java.util.TreeMap;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.sbe.AppointmentState;

/** People who wait for room or for an earlier time, what they do with an offer, and room that is given back and cools. */
final class WaitingTraffic {
    private static final long HOUR = 3_600_000;
    /** More secrets than may wait to be revealed. */
    private static final int CROWD = 18;

    private final Dice dice;
    private final Model model;
    private final TrafficCommands traffic;
    private final TreeMap<Long, Command.Words> secrets = new TreeMap<>();
    private int crowd;

    WaitingTraffic(final Dice dice, final Model model, final TrafficCommands traffic) {
        this.dice = dice;
        this.model = model;
        this.traffic = traffic;
    }

    Command next(final Request request) {
        if (crowd > 0 || dice.below(400) == 0) {
            crowd = crowd > 0 ? crowd - 1 : CROWD;
            return commit(request, 0);
        }
        final int choice = dice.below(100);
        if (choice < 22) {
            return joinForRoom(request);
        } else if (choice < 38) {
            return joinForEarlier(request);
        } else if (choice < 48) {
            return confirm(request);
        } else if (choice < 52) {
            return decline(request);
        } else if (choice < 56) {
            return leave(request);
        } else if (choice < 66) {
            return giveBack(request);
        } else if (choice < 76) {
            return endCooling(request);
        } else if (choice < 79) {
            return setCooling(request);
        } else if (choice < 83) {
            return setRules(request);
        } else if (choice < 89) {
            return era(request);
        } else if (choice < 91) {
            return walkIn(request);
        }
        return mischief(request);
    }

    private int from() {
        return model.today() + dice.oneOf(0, 0, 0, 1, 2, 5, -1);
    }

    private Command joinForRoom(final Request request) {
        final Model.Application application = traffic.some(each -> TrafficCommands.lines(each, Model.Line::isFree) != 0);
        if (application == null) {
            return traffic.validate(request);
        }
        final int free = TrafficCommands.lines(application, Model.Line::isFree);
        final int post = application.postId != 0 && dice.percent(90) ? application.postId : dice.between(1, WorldCommands.POSTS);
        final int from = from();
        return new Command.JoinWaitlist(request, application.id, 0, from, from + dice.oneOf(0, 3, 7, 20, 60), dice.percent(60) ? free & -free : dice.partOf(free), post);
    }

    private Model.Appointment expected() {
        return dice.of(model.appointments.values().stream().filter(each -> each.state == AppointmentState.CONFIRMED && each.visit.startMs() > model.nowMs).toList());
    }

    private Command joinForEarlier(final Request request) {
        final Model.Appointment appointment = expected();
        if (appointment == null) {
            return traffic.confirm(request);
        }
        final int from = from();
        return new Command.JoinWaitlist(request, appointment.application.id, appointment.id, from, from + dice.oneOf(0, 5, 30, 255), 0, 0);
    }

    private DisplacementModel.Waiter joined(final boolean offered) {
        return dice.of(model.displacement.waiters.values().stream().filter(each -> !each.isDisplaced() && (!offered || each.offer != null)).toList());
    }

    private Command confirm(final Request request) {
        final DisplacementModel.Waiter waiter = joined(true);
        return waiter == null ? traffic.confirm(request) : new Command.Confirm(request, waiter.offer.id, dice.percent(30));
    }

    private Command decline(final Request request) {
        final DisplacementModel.Waiter waiter = joined(true);
        return waiter == null ? traffic.release(request) : new Command.Release(request, waiter.offer.id);
    }

    private Command leave(final Request request) {
        final DisplacementModel.Waiter waiter = joined(dice.percent(30));
        return waiter == null ? traffic.release(request) : new Command.LeaveWaitlist(request, waiter.id);
    }

    /** Cancelled, released, moved away: where somebody waits, if anywhere. */
    private Command giveBack(final Request request) {
        final DisplacementModel.Waiter waiter = joined(false);
        final Model.Appointment earlier = waiter != null && waiter.wantsEarlier() && dice.percent(40) ? waiter.lost : expected();
        if (earlier == null || dice.percent(25)) {
            return traffic.release(request);
        }
        return dice.percent(70) ? new Command.Cancel(request, earlier.id) : traffic.reschedule(request);
    }

    private Command endCooling(final Request request) {
        final CoolingModel.Run run = dice.of(model.cooling.runs.values());
        return run == null ? giveBack(request) : new Command.EndCoolingAt(request, dice.percent(95) ? run.cooling : run.id,
                dice.percent(90) ? run.minMs + dice.upTo(run.maxMs - run.minMs + 1) : dice.oneOf(run.minMs - 1, run.maxMs + 1, run.dueMs - run.sinceMs));
    }

    private Command setCooling(final Request request) {
        final long most = dice.oneOf(0L, 60_000L, 600_000L, HOUR, 12 * HOUR);
        return new Command.SetCooling(request, dice.between(1, 12), dice.percent(50) ? 0 : most / 2, dice.percent(95) ? most : Model.DAY_MS + 1);
    }

    private Command setRules(final Request request) {
        return new Command.SetWaitlistRules(request, new Command.WaitlistRules(dice.oneOf(300_000L, HOUR, 4 * HOUR), dice.oneOf(0L, 0L, HOUR), dice.oneOf(0L, 0L, 2 * HOUR),
                dice.percent(90) ? 1_000 : dice.below(4), dice.percent(90) ? 1_000 : dice.below(6), dice.between(1, 3), dice.between(1, 3), dice.oneOf(0, 0, 1, 2)));
    }

    private Command era(final Request request) {
        if (secrets.size() < 3 || dice.percent(40)) {
            return commit(request, dice.percent(95) ? 0 : dice.oneOf(-1, 1));
        }
        final long era = dice.percent(80) ? secrets.firstKey() : dice.percent(80) ? model.cooling.era : dice.upTo(model.cooling.era + 2);
        final Command.Words secret = secrets.containsKey(era) && dice.percent(90) ? secrets.get(era) : new Command.Words(1, 2, 3, 4);
        if (!model.cooling.eras.containsKey(era)) {
            secrets.remove(era);
        }
        return new Command.RevealCoolingSecret(request, era, secret);
    }

    private Command commit(final Request request, final int wrong) {
        final Command.Words secret = new Command.Words(dice.any(), dice.any(), dice.any(), dice.any());
        secrets.put(model.cooling.era + 1, secret);
        return new Command.CommitCoolingSecret(request, model.cooling.era + 1 + wrong, NaiveCooling.hashOf(secret));
    }

    /** Somebody with an offer stands at the counter. */
    private Command walkIn(final Request request) {
        final DisplacementModel.Waiter waiter = dice.of(model.displacement.waiters.values().stream().filter(each -> each.offer != null).toList());
        return waiter == null ? traffic.walkIn(request) : new Command.WalkIn(request, waiter.application().id, 0, WorldCommands.desk(waiter.post.id, dice.between(1, 3)),
                model.today(), dice.percent(50) ? waiter.lines : dice.partOf(waiter.lines), dice.percent(30), List.of());
    }

    private Command mischief(final Request request) {
        final Model.Appointment appointment = dice.of(model.appointments.values());
        final long application = 1 + dice.upTo(model.lastApplication);
        final int today = model.today();
        final Command.WaitlistRules r = model.cooling.rules;
        return switch (dice.below(16)) {
            case 0 -> new Command.JoinWaitlist(request, dice.oneOf(-1L, model.lastApplication + 1, application), 0, today, today, 1, 1);
            case 1 -> new Command.JoinWaitlist(request, application, dice.oneOf(-1L, model.lastAppointment + 1, 1L), today, today, 0, 0);
            case 2 -> appointment == null ? traffic.submit(request) : new Command.JoinWaitlist(request, appointment.application.id, appointment.id, today, today + 9, 0, 0);
            case 3 -> appointment == null ? traffic.submit(request) : new Command.JoinWaitlist(request, appointment.application.id, appointment.id, today, today, 1, 0);
            case 4 -> new Command.JoinWaitlist(request, application, 0, today, today + dice.oneOf(-1, 256, Integer.MAX_VALUE - today), 1, dice.between(1, 3));
            case 5 -> new Command.JoinWaitlist(request, application, 0, dice.oneOf(Integer.MIN_VALUE, Integer.MAX_VALUE, today + 421), Integer.MAX_VALUE, 1, dice.between(1, 3));
            case 6 -> new Command.JoinWaitlist(request, application, 0, today, today + 5, dice.below(65_536), dice.oneOf(0, 1, 2, 77, 4_096));
            case 7 -> new Command.LeaveWaitlist(request, dice.oneOf(-1L, 0L, 1L, model.displacement.lastWaiter, model.displacement.lastWaiter + 1));
            case 8 -> {
                final DisplacementModel.Waiter displaced = dice.of(model.displacement.waiters.values());
                yield new Command.LeaveWaitlist(request, displaced == null ? 1 : displaced.id);
            }
            case 9 -> {
                final DisplacementModel.Waiter offered = joined(true);
                yield offered == null ? traffic.hold(request)
                        : new Command.ChooseAnother(request, offered.offer.id, offered.offer.visit.legs().stream().map(Model.TakenLeg::leg).toList());
            }
            case 10 -> new Command.EndCoolingAt(request, dice.oneOf(-1L, 0L, model.cooling.lastRun + 1, 1L), dice.oneOf(-1L, 0L, 600_000L));
            case 11 -> new Command.SetCooling(request, dice.oneOf(0, 77, 129, 3), dice.oneOf(-1L, 5L), dice.oneOf(-1L, 4L, 5L));
            case 12 -> new Command.SetWaitlistRules(request, new Command.WaitlistRules(dice.oneOf(299_999L, HOUR), dice.oneOf(-1L, 0L), 0, 1_000, 1_000, 1, 1, 1));
            case 13 -> new Command.SetWaitlistRules(request, new Command.WaitlistRules(HOUR, 0, dice.oneOf(-1L, 7 * Model.DAY_MS + 1), 10_000_001, 1_000, 1, 1, 1));
            case 14 -> new Command.SetWaitlistRules(request, new Command.WaitlistRules(HOUR, 0, 0, 1_000, dice.oneOf(1_000_001, 10), dice.oneOf(0, 17), 1, 1));
            default -> new Command.SetWaitlistRules(request, new Command.WaitlistRules(r.offerTtlMs(), 0, 0, 1_000, 1_000, 1, dice.oneOf(0, 11), dice.oneOf(17, 3)));
        };
    }
}
