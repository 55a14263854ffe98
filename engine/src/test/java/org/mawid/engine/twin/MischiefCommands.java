package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.List;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Leg;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.engine.testkit.Command.Rules;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.DocumentType;
import org.mawid.sbe.FeeTime;
import org.mawid.sbe.MessageWriter;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Priority;
import org.mawid.sbe.ScanState;
import org.mawid.sbe.ServiceScope;

/** Commands that are wrong in a way the contract names: unknown numbers, bad ranges, visits that do not add up. */
final class MischiefCommands {
    private final Dice dice;
    private final Model model;
    private final TrafficCommands traffic;
    private final WorldCommands world;

    MischiefCommands(final Dice dice, final Model model, final TrafficCommands traffic, final WorldCommands world) {
        this.dice = dice;
        this.model = model;
        this.traffic = traffic;
        this.world = world;
    }

    Command any(final Request request) {
        return switch (dice.below(8)) {
            case 0 -> unknown(request);
            case 1 -> catalogue(request);
            case 2 -> rules(request);
            case 3 -> inventory(request);
            case 4 -> outOfRange(request);
            default -> visit(request);
        };
    }

    /** A number that is unknown in one of four ways. */
    private long number(final long last) {
        return dice.oneOf(0L, last + 1, last + 1 + dice.upTo(1_000_000), Long.MAX_VALUE);
    }

    private Command unknown(final Request request) {
        final long application = number(model.lastApplication);
        final long appointment = number(model.lastAppointment);
        return switch (dice.below(model.coreVersion >= 7 ? 19 : model.coreVersion >= 3 ? 18 : 17)) {
            case 0 -> new Command.ValidateLines(request, application, 1);
            case 1 -> new Command.RejectLines(request, application, 1, 7, 7);
            case 2 -> new Command.WithdrawLines(request, application, 1);
            case 3 -> new Command.Hold(request, application, false, List.of(new Leg(11, 1, model.today(), 0, 1)));
            case 4 -> new Command.Confirm(request, number(model.lastHold), true);
            case 5 -> new Command.Release(request, number(model.lastHold));
            case 6 -> new Command.Reschedule(request, appointment, List.of(new Leg(11, 1, model.today(), 0, 1)));
            case 7 -> new Command.Cancel(request, appointment);
            case 8 -> new Command.CheckIn(request, appointment);
            case 9 -> new Command.Call(request, appointment, 1);
            case 10 -> new Command.Serve(request, appointment, 1);
            case 11 -> new Command.MarkNoShow(request, appointment);
            case 12 -> new Command.IssueStamps(request, application, 1, dice.oneOf(1, 9));
            case 13 -> new Command.VoidStamp(request, number(model.lastStamp));
            case 14 -> new Command.ApplyChange(request, number(model.lastChange), 0);
            case 15 -> new Command.AbandonChange(request, number(model.lastChange));
            case 16 -> new Command.Retire(request, List.of(model.lastApplication + 1));
            case 17 -> new Command.Hold(request, application, true, List.of(new Leg(11, 1, model.today(), 0, 1)));
            default -> model.coreVersion < 8 || application % 2 == 0 ? new Command.SendMessage(request, application, 7, 1, 3, MessageWriter.POST)
                    : new Command.RecordDocument(request, application, 7, 1_000, 1, 1, DocumentType.PNG, ScanState.CLEAN);
        };
    }

    private Command catalogue(final Request request) {
        final int post = dice.between(1, WorldCommands.POSTS);
        return switch (dice.below(model.coreVersion >= 4 ? 13 : 12)) {
            case 0 -> new Command.DefinePost(request, post, "another", "EUR", 2, 1);
            case 1 -> new Command.DefinePool(request, WorldCommands.desk(post, 1), post, PoolKind.DESK, "another");
            case 2 -> new Command.DefinePool(request, WorldCommands.desk(post, 1), post % WorldCommands.POSTS + 1, PoolKind.DESK,
                    "desk-" + post + "-1");
            case 3 -> new Command.DefinePool(request, WorldCommands.desk(post, 1), post, PoolKind.ADOUL_PAIR, "desk-" + post + "-1");
            case 4 -> new Command.DefinePool(request, 999, 1, PoolKind.RECEPTION_SEAT, "second-seats");
            case 5 -> new Command.DefinePool(request, 998, 77, PoolKind.DESK, "nowhere");
            case 6 -> new Command.SetDeskService(request, dice.oneOf(7_777, WorldCommands.resource(1, PoolKind.ADOUL_PAIR)), 1, true);
            case 7 -> new Command.SetDeskService(request, WorldCommands.desk(post, 1), 99, true);
            case 8 -> new Command.SetTariff(request, 99, 1, 0, List.of());
            case 9 -> new Command.SetRate(request, 4_095, 1);
            case 12 -> new Command.SetFeeTime(request, 99, FeeTime.BEFORE_VISIT);
            case 10 -> new Command.SetTariff(request, 1, 1, 0, List.of());
            default -> new Command.SetCoreVersion(request, dice.oneOf(0, NaiveCatalogue.NEWEST_CORE_VERSION + 1, 65_535));
        };
    }

    private Command rules(final Request request) {
        final Rules now = model.rules;
        final Rules bad = switch (dice.below(7)) {
            case 0 -> with(now, 29_999, now.maxApplications(), now.maxLegs(), now.holdBudget());
            case 1 -> with(now, now.holdTtlMs(), 0, now.maxLegs(), now.holdBudget());
            case 2 -> with(now, now.holdTtlMs(), 100_000_001, now.maxLegs(), now.holdBudget());
            case 3 -> with(now, now.holdTtlMs(), model.applications.size() - 1L & 0xFFFF_FFFFL, now.maxLegs(), now.holdBudget());
            case 4 -> with(now, now.holdTtlMs(), now.maxApplications(), Math.max(0, model.legsInUse - 1), now.holdBudget());
            case 5 -> with(now, -1, now.maxApplications(), now.maxLegs(), now.holdBudget());
            default -> with(now, now.holdTtlMs(), now.maxApplications(), now.maxLegs(), 0);
        };
        return new Command.SetRules(request, bad);
    }

    private static Rules with(final Rules r, final long holdTtlMs, final long maxApplications, final long maxLegs, final int holdBudget) {
        return new Rules(holdTtlMs, r.holdBudgetRefillMs(), r.validationTtlMs(), r.rememberMs(), r.createdSkewMs(), r.checkInEarlyMs(),
                r.noShowGraceMs(), r.retainMs(), maxApplications, r.maxLines(), r.maxPersons(), r.maxAppointments(), r.maxHolds(),
                maxLegs, r.maxStamps(), r.maxDays(), r.maxRequests(), r.maxClients(), r.maxChanges(), r.horizonDays(),
                r.expiredPerTick(), r.holdsPerPerson(), holdBudget, r.openLinesPerPerson(), r.reschedulesPerAppointment());
    }

    private Command inventory(final Request request) {
        final int today = model.today();
        final long openMs = today * Model.DAY_MS + 36_000_000;
        final Long change = dice.of(model.changes.keySet());
        return switch (dice.below(10)) {
            case 0 -> new Command.PublishDay(request, plan(60_001, today + 1, openMs + Model.DAY_MS));
            case 1 -> new Command.PublishDay(request, plan(11, today - 2, openMs - 2 * Model.DAY_MS));
            case 2 -> new Command.PublishDay(request, plan(11, today + 501, openMs + 501 * Model.DAY_MS));
            case 3 -> new Command.AddToChange(request, number(model.lastChange), plan(11, today + 1, openMs + Model.DAY_MS));
            case 4 -> new Command.AddToChange(request, change == null ? 0 : change, plan(dice.oneOf(41, 60_001), today + 1,
                    openMs + Model.DAY_MS));
            case 5 -> new Command.SetCapacity(request, 60_001, today, 0, 1, 1, 0);
            case 6 -> new Command.SetCapacity(request, 11, today + 400, 0, 1, 1, 0);
            case 7 -> new Command.BeginChange(request, 4_000);
            case 8 -> new Command.ApplyChange(request, change == null ? 0 : change, 0xFFFF_FFFFL);
            default -> world.setCapacity(request);
        };
    }

    private Command.DayPlan plan(final int pool, final int epochDay, final long startMs) {
        return new Command.DayPlan(pool, epochDay, startMs, 0, 12, 1, List.of(new Command.Run(0, 12, 1, 0)));
    }

    private Command outOfRange(final Request request) {
        final int today = model.today();
        final long startMs = (today + 1) * Model.DAY_MS + 36_000_000;
        final List<Command.Run> runs = List.of(new Command.Run(0, 12, 1, 0));
        final Command.DayPlan good = plan(11, today + 1, startMs);
        return switch (dice.below(model.coreVersion >= 4 ? 25 : 24)) {
            case 0 -> new Command.PublishDay(request, plan(11, today + 1, startMs + 1));
            case 1 -> new Command.PublishDay(request, plan(11, today + 4, startMs));
            case 2 -> new Command.PublishDay(request, plan(0, today + 1, startMs));
            case 3 -> new Command.PublishDay(request, new Command.DayPlan(11, today + 1, startMs, 0, dice.oneOf(0, 11, 193), 1, runs));
            case 4 -> new Command.PublishDay(request, new Command.DayPlan(11, today + 1, startMs, 0, 12, dice.oneOf(0, 193), runs));
            case 5 -> new Command.PublishDay(request, new Command.DayPlan(11, today + 1, startMs, -1, 12, 1, runs));
            case 6 -> new Command.PublishDay(request, new Command.DayPlan(11, today + 1, startMs, 0, 12, 1, dice.oneOf(List.of(),
                    List.of(new Command.Run(0, 0, 1, 0)), List.of(new Command.Run(0, 2, 1, 2)),
                    List.of(new Command.Run(4, 4, 1, 0), new Command.Run(7, 2, 1, 0)), List.of(new Command.Run(4, 1, 1, 0), new Command.Run(0, 1, 1, 0)))));
            case 7 -> dice.percent(50) ? new Command.SetCapacity(request, 11, today, 190, 3, 1, 0)
                    : new Command.PublishDay(request, new Command.DayPlan(11, today + 1, startMs, 0, 12, 1, List.of(new Command.Run(0, 12, 2, 0))).withOverbooked(dice.oneOf(
                            List.of(new Command.Overbooked(0, 2, 0, 0)), List.of(new Command.Overbooked(0, 13, 1, 0)), List.of(new Command.Overbooked(0, 4, 1, -1)), List.of(new Command.Overbooked(3, 0, 1, 0)),
                            List.of(new Command.Overbooked(0, 4, 1, 0), new Command.Overbooked(3, 2, 1, 0)), List.of(new Command.Overbooked(0, 4, 1, 0), new Command.Overbooked(4, 2, 1, 5)))));
            case 8 -> new Command.SetCapacity(request, 11, today, 0, 1, 1, 2);
            case 9 -> new Command.DefinePost(request, dice.oneOf(0, 4_096), "p", "EUR", 2, 1);
            case 10 -> new Command.DefinePost(request, 5, dice.oneOf("", "two words", "tab\t"), "EUR", 2, 1);
            case 11 -> new Command.DefinePost(request, 5, "p", dice.oneOf("eur", "E1R", ""), 2, 1);
            case 12 -> new Command.DefinePost(request, 5, "p", "EUR", dice.oneOf(1, 4), 1);
            case 13 -> new Command.DefinePost(request, 5, "p", "EUR", 2, dice.oneOf(0, 10_001));
            case 14 -> new Command.DefineService(request, dice.oneOf(0, 129), 5, "s", ServiceScope.ANY_POST, true, true, true, 0, 1);
            case 15 -> new Command.DefineService(request, 9, dice.oneOf(0, 961), "s", ServiceScope.ANY_POST, true, true, true, 0, 1);
            case 16 -> new Command.DefineService(request, 9, 5, "s", ServiceScope.ANY_POST, true, true, true, dice.oneOf(1, 16, 128), 1);
            case 24 -> new Command.SetFeeTime(request, dice.oneOf(0, 129), FeeTime.AT_POST);
            case 17 -> new Command.SetRate(request, 1, dice.oneOf(0L, -5L, 1_000_000_000_000_001L));
            case 18 -> new Command.Call(request, model.lastAppointment, 0);
            case 19 -> new Command.Retire(request, dice.oneOf(List.of(), List.of(2L, 2L), List.of(3L, 2L), List.of(-1L)));
            case 20 -> new Command.SubmitApplication(request, 1, dice.oneOf(0, 4_096), dice.oneOf(List.of(), crowd(9), crowd(17), stranger(0, 1),
                    stranger(5, 0), stranger(5, 129)));
            case 21 -> new Command.Hold(request, 1, false, dice.oneOf(List.of(), legs(17), List.of(new Leg(11, 1, today, 190, 3)),
                    List.of(new Leg(0, 1, today, 0, 1)), List.of(new Leg(11, 1, today, 0, 0))));
            case 22 -> new Command.WalkIn(request, 1, 1, 11, today, 1, false, stranger(5, 1));
            default -> new Command.AddToChange(request, -1, good);
        };
    }

    private List<Command.LineAsked> crowd(final int persons) {
        final List<Command.LineAsked> lines = new ArrayList<>();
        for (int i = 0; i < persons; i++) {
            lines.addAll(stranger(1_000 + i, 1));
        }
        return lines;
    }

    private static List<Command.LineAsked> stranger(final long key, final int service) {
        return List.of(new Command.LineAsked(key, service, 0, 1, AgeBand.ADULT, Priority.NONE, false));
    }

    private List<Leg> legs(final int count) {
        final List<Leg> legs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            legs.add(new Leg(11, 1 << i % 16, model.today(), i, 1));
        }
        return legs;
    }

    /** A visit that is right but for one thing. */
    private Command visit(final Request request) {
        final boolean move = dice.percent(30);
        final Command good = move ? traffic.reschedule(request) : traffic.hold(request);
        if (good instanceof Command.Hold hold) {
            return new Command.Hold(request, hold.applicationId(), hold.issueStamps(), spoil(hold.legs()));
        }
        if (good instanceof Command.Reschedule reschedule) {
            return new Command.Reschedule(request, reschedule.appointmentId(), spoil(reschedule.legs()));
        }
        return good;
    }

    private List<Leg> spoil(final List<Leg> legs) {
        final List<Leg> spoilt = new ArrayList<>(legs);
        final int at = dice.below(legs.size());
        final Leg leg = legs.get(at);
        final int most = 192 - leg.startUnit();
        switch (dice.below(10)) {
            case 0 -> spoilt.set(at, new Leg(leg.deskId(), leg.lines(), leg.epochDay(), leg.startUnit(), Math.min(most, leg.units() + 1)));
            case 1 -> spoilt.set(at, new Leg(leg.deskId(), leg.lines(), leg.epochDay(), Math.min(192 - leg.units(), leg.startUnit() + 1), leg.units()));
            case 2 -> spoilt.set(at, new Leg(leg.deskId(), leg.lines() | dice.below(65_536), leg.epochDay(), leg.startUnit(), leg.units()));
            case 3 -> spoilt.set(at, new Leg(leg.deskId(), 0, leg.epochDay(), leg.startUnit(), leg.units()));
            case 4 -> spoilt.set(at, new Leg(leg.deskId(), leg.lines(), leg.epochDay() + 1, leg.startUnit(), leg.units()));
            case 5 -> spoilt.set(at, new Leg(dice.oneOf(60_001, WorldCommands.resource(1, PoolKind.ADOUL_PAIR)), leg.lines(), leg.epochDay(),
                    leg.startUnit(), leg.units()));
            case 6 -> spoilt.set(at, new Leg(WorldCommands.desk(dice.between(1, 4), dice.between(1, 3)), leg.lines(), leg.epochDay(),
                    leg.startUnit(), leg.units()));
            case 7 -> spoilt.add(leg);
            case 8 -> spoilt.set(at, new Leg(leg.deskId(), leg.lines(), model.today() + dice.between(-1, 20), leg.startUnit(), leg.units()));
            default -> {
                for (int i = 0; i < spoilt.size(); i++) {
                    final Leg each = spoilt.get(i);
                    spoilt.set(i, new Leg(each.deskId(), each.lines(), each.epochDay(), Math.min(leg.startUnit(), 192 - each.units()), each.units()));
                }
            }
        }
        return spoilt.size() > 16 ? legs : spoilt;
    }
}
