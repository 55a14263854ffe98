package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.ClosureState;
import org.mawid.sbe.WaiterState;

/** Strikes, broken stations and clerks who are ill, and what those do who lose their visits: answer, choose, let it lapse, or go elsewhere. */
final class DisplacementTraffic {
    private static final long UNIT = Model.UNIT_MS;
    private static final long HOUR = 12 * UNIT;
    private static final int SOME_CLOSURES = 5;
    private static final int FEW_EXPECTED = 8;
    /** More than one post may have. */
    private static final int CROWD = 76;

    private final Dice dice;
    private final Model model;
    private final TrafficCommands traffic;
    private int crowd;

    DisplacementTraffic(final Dice dice, final Model model, final TrafficCommands traffic) {
        this.dice = dice;
        this.model = model;
        this.traffic = traffic;
    }

    Command next(final Request request) {
        if (crowd > 0) {
            crowd--;
            return oneOfMany(request);
        }
        if (dice.below(400) == 0) {
            crowd = CROWD;
        }
        final int choice = dice.below(100);
        if (choice < 24) {
            return model.displacement.closures.size() < SOME_CLOSURES || dice.percent(15) ? close(request) : reopen(request);
        } else if (choice < 30) {
            return reopen(request);
        } else if (choice < 34) {
            return ofClosedDay(request);
        } else if (choice < 43) {
            return acceptPosts(request);
        } else if (choice < 64) {
            return chooseAnother(request);
        } else if (choice < 73) {
            return confirm(request);
        } else if (choice < 77) {
            return release(request);
        } else if (choice < 82) {
            return elsewhere(request);
        } else if (choice < 87) {
            return setRules(request);
        }
        return mischief(request);
    }

    /** Short ones mostly, or nobody would have a visit any more; where somebody has one, as often as not. */
    private Command close(final Request request) {
        if (expected().size() < FEW_EXPECTED && dice.percent(70)) {
            return dice.percent(50) ? traffic.confirm(request) : traffic.hold(request);
        }
        if (dice.percent(12)) {
            return strike(request);
        }
        final DisplacementModel.Waiter offered = dice.percent(20) ? offered() : null;
        if (offered != null) {
            final long startMs = offered.offer.visit.startMs();
            return new Command.CloseDays(request, offered.offer.visit.post().id, 0, startMs, startMs + HOUR, 0, 1, 1);
        }
        final Model.Appointment somebody = dice.percent(85) ? dice.of(expected()) : null;
        final boolean known = somebody != null;
        final int post = known ? somebody.visit.post().id : dice.between(1, WorldCommands.POSTS);
        final List<Integer> pools = model.pools.values().stream().filter(pool -> pool.post.id == post && pool.id < 100).map(pool -> pool.id).toList();
        final int pool = dice.percent(40) || pools.isEmpty() ? 0 : known ? somebody.visit.legs().get(0).pools()[dice.oneOf(0, 0, 1, 3)] : dice.of(pools);
        final long aroundMs = known ? somebody.visit.startMs() : model.nowMs + dice.upTo(3 * Model.DAY_MS);
        final int length = dice.below(100);
        long fromMs = aroundMs - (length < 75 ? dice.upTo(2 * HOUR) : dice.upTo(Model.DAY_MS));
        long toMs = aroundMs + (length < 75 ? dice.upTo(3 * HOUR) : length < 97 ? dice.upTo(2 * Model.DAY_MS) : dice.upTo(30 * Model.DAY_MS));
        if (dice.percent(20)) {
            fromMs = Math.floorDiv(aroundMs, Model.DAY_MS) * Model.DAY_MS;
            toMs = fromMs + dice.between(1, 2) * Model.DAY_MS;
        }
        fromMs = Math.floorDiv(fromMs, UNIT) * UNIT;
        toMs = Math.max(fromMs + UNIT, Math.floorDiv(toMs, UNIT) * UNIT);
        return new Command.CloseDays(request, post, pool, fromMs, toMs, dice.percent(55) ? 0 : dice.between(1, 3), dice.any(), dice.below(500));
    }

    private List<Model.Appointment> expected() {
        return model.appointments.values().stream().filter(each -> each.state == AppointmentState.CONFIRMED && each.visit.startMs() > model.nowMs).toList();
    }

    /** All of the post where most are expected, for a week. */
    private Command strike(final Request request) {
        final Map<Integer, Integer> expected = new TreeMap<>();
        expected().forEach(each -> expected.merge(each.visit.post().id, 1, Integer::sum));
        final int post = expected.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(1);
        final long fromMs = Math.floorDiv(model.nowMs, UNIT) * UNIT;
        return new Command.CloseDays(request, post, 0, fromMs, fromMs + 7 * Model.DAY_MS, dice.percent(60) ? 0 : dice.between(1, 2), 1, 1);
    }

    /** Closures far away, until the post has too many of them; then they go again. */
    private Command oneOfMany(final Request request) {
        if (crowd < CROWD - 1 && dice.percent(3)) {
            return reopen(request);
        }
        final long fromMs = (model.today() + Math.min(60, model.rules.horizonDays() - 1) + 0L) * Model.DAY_MS + crowd * UNIT;
        return new Command.CloseDays(request, WorldCommands.POSTS, 0, fromMs, fromMs + UNIT, 0, 1, crowd);
    }

    private Command reopen(final Request request) {
        final List<DisplacementModel.Closure> done = new ArrayList<>();
        model.displacement.closures.values().stream().filter(closure -> closure.state == ClosureState.IN_FORCE || dice.percent(20)).forEach(done::add);
        final DisplacementModel.Closure closure = dice.of(done);
        return closure == null && dice.percent(95) ? close(request)
                : new Command.ReopenDays(request, closure == null || dice.percent(4) ? dice.upTo(model.displacement.lastClosure + 1) : closure.id);
    }

    /** Capacity for a day that is closed, at once or staged. */
    private Command ofClosedDay(final Request request) {
        final DisplacementModel.Closure closure = dice.of(model.displacement.closures.values());
        final List<Model.DayKey> keys = new ArrayList<>();
        model.days.forEach((key, day) -> {
            if (closure != null && day.live != null && key.epochDay() >= model.today()
                    && (closure.covers(model.pools.get(key.poolId()), day.live.startMs) || dice.percent(5) && closure.post == model.pools.get(key.poolId()).post)) {
                keys.add(key);
            }
        });
        final Model.DayKey key = dice.of(keys);
        if (key == null) {
            return close(request);
        }
        final Model.Grid grid = model.days.get(key).live;
        final int places = dice.below(4);
        if (dice.percent(30)) {
            final int from = dice.below(grid.unitCount);
            return new Command.SetCapacity(request, key.poolId(), key.epochDay(), from, dice.between(1, grid.unitCount - from), places + dice.below(3), dice.below(places + 1));
        }
        final Command.DayPlan plan = new Command.DayPlan(key.poolId(), key.epochDay(), grid.startMs, grid.releasedAtMs, grid.unitCount, grid.alignUnits,
                List.of(new Command.Run(0, grid.unitCount, places, 0)));
        final Long change = model.changes.entrySet().stream().filter(each -> each.getValue().post == model.pools.get(key.poolId()).post).map(Map.Entry::getKey)
                .findFirst().orElse(null);
        return change != null && dice.percent(60) ? new Command.AddToChange(request, change, plan) : new Command.PublishDay(request, plan);
    }

    private Command acceptPosts(final Request request) {
        final DisplacementModel.Waiter waiter = dice.percent(60) ? dice.of(model.displacement.waiters.values()) : null;
        final Model.Application application = waiter != null ? waiter.application()
                : traffic.some(each -> TrafficCommands.lines(each, Model.Line::isOpen) != 0);
        if (application == null) {
            return traffic.submit(request);
        }
        final List<Integer> posts = new ArrayList<>();
        for (int post = dice.between(1, WorldCommands.POSTS); posts.size() < dice.below(4); post = post % WorldCommands.POSTS + 1) {
            posts.add(post);
        }
        return new Command.AcceptPosts(request, application.id, posts);
    }

    private DisplacementModel.Waiter offered() {
        return dice.of(model.displacement.waiters.values().stream().filter(waiter -> waiter.state == WaiterState.OFFERED && waiter.isDisplaced()).toList());
    }

    private Command chooseAnother(final Request request) {
        final DisplacementModel.Waiter waiter = offered();
        if (waiter == null) {
            return dice.percent(90) ? close(request) : notAnOffer(request);
        }
        final List<Command.Leg> legs = dice.percent(60) ? later(waiter.offer.visit) : traffic.legs(waiter.application(), waiter.lines);
        return legs.isEmpty() ? release(request) : new Command.ChooseAnother(request, waiter.offer.id, legs);
    }

    /** The same legs a little later, or earlier. */
    private List<Command.Leg> later(final Model.Visit visit) {
        final int units = dice.between(-2, 3);
        final List<Command.Leg> legs = new ArrayList<>();
        for (final Model.TakenLeg taken : visit.legs()) {
            final Command.Leg leg = taken.leg();
            final Model.Day day = model.visibleDay(leg.deskId(), leg.epochDay());
            final int start = leg.startUnit() + units * (day == null ? 1 : day.live.alignUnits);
            legs.add(new Command.Leg(leg.deskId(), leg.lines(), leg.epochDay(), Math.max(0, Math.min(192 - leg.units(), start)), leg.units()));
        }
        return legs;
    }

    private Command notAnOffer(final Request request) {
        final Model.Hold hold = dice.of(model.holds.values());
        return hold == null ? traffic.hold(request)
                : new Command.ChooseAnother(request, hold.id, hold.visit.legs().stream().map(Model.TakenLeg::leg).toList());
    }

    private Command confirm(final Request request) {
        final DisplacementModel.Waiter waiter = offered();
        return waiter == null ? traffic.confirm(request) : new Command.Confirm(request, waiter.offer.id, dice.percent(50));
    }

    private Command release(final Request request) {
        final DisplacementModel.Waiter waiter = offered();
        return waiter == null ? traffic.release(request) : new Command.Release(request, waiter.offer.id);
    }

    /** They find something by themselves, or want nothing any more. */
    private Command elsewhere(final Request request) {
        final DisplacementModel.Waiter waiter = dice.of(model.displacement.waiters.values().stream().filter(each -> each.state != WaiterState.OFFERED).toList());
        if (waiter == null) {
            return traffic.hold(request);
        }
        final int lines = dice.percent(50) ? waiter.lines : dice.partOf(waiter.lines);
        final List<Command.Leg> legs = traffic.legs(waiter.application(), lines);
        return switch (dice.below(4)) {
            case 0 -> new Command.WithdrawLines(request, waiter.application().id, lines);
            case 1 -> new Command.WalkIn(request, waiter.application().id, 0, WorldCommands.desk(waiter.post.id, dice.between(1, 3)), model.today(), lines,
                    dice.percent(50), List.of());
            default -> legs.isEmpty() ? traffic.confirm(request) : new Command.Hold(request, waiter.application().id, false, legs);
        };
    }

    /** Offers that live for minutes, so that many lapse; dates that are many, so that a Tick does not see them all. */
    private Command setRules(final Request request) {
        return new Command.SetOfferRules(request, new Command.OfferRules(dice.oneOf(300_000L, HOUR, 6 * HOUR, 2 * Model.DAY_MS),
                dice.oneOf(0L, 0L, HOUR, 2 * HOUR), dice.percent(80) ? dice.between(1, 14) : dice.between(100, 420), dice.between(1, 4)));
    }

    private Command mischief(final Request request) {
        final long dayMs = (model.today() + 1) * Model.DAY_MS;
        final Command.OfferRules rules = model.displacement.rules;
        return switch (dice.below(20)) {
            case 0 -> new Command.CloseDays(request, 77, 0, dayMs, dayMs + HOUR, 0, 1, 1);
            case 1 -> new Command.CloseDays(request, 1, dice.oneOf(21, 60_001), dayMs, dayMs + HOUR, 0, 1, 1);
            case 2 -> new Command.CloseDays(request, 1, 0, 0, Math.floorDiv(model.nowMs, UNIT) * UNIT, 0, 1, 1);
            case 3 -> new Command.CloseDays(request, 1, 0, dayMs, dayMs + 500 * Model.DAY_MS, 0, 1, 1);
            case 4 -> new Command.CloseDays(request, dice.oneOf(0, 4_096), 0, dayMs, dayMs + HOUR, 0, 1, 1);
            case 5 -> new Command.CloseDays(request, 1, 65_001, dayMs, dayMs + HOUR, 0, 1, 1);
            case 6 -> new Command.CloseDays(request, 1, 0, dayMs + dice.oneOf(0, 1, 60_000), dayMs + dice.oneOf(0L, HOUR + 1, 500 * Model.DAY_MS + UNIT), 0, 1, 1);
            case 7 -> new Command.CloseDays(request, 1, 0, dice.oneOf(-UNIT, dayMs + HOUR, Long.MAX_VALUE / UNIT * UNIT), dayMs, 0, 1, 1);
            case 8 -> new Command.ReopenDays(request, dice.oneOf(-1L, 0L, model.displacement.lastClosure + 1, Long.MAX_VALUE));
            case 9 -> new Command.AcceptPosts(request, dice.oneOf(-1L, model.lastApplication + 1), List.of(1));
            case 10 -> new Command.AcceptPosts(request, 1 + dice.upTo(model.lastApplication), dice.oneOf(List.of(77), List.of(1, 1), List.of(0), List.of(4_096),
                    List.of(1, 2, 3, 4, 5, 6, 7, 8, 9)));
            case 11 -> {
                final Model.Application ended = traffic.some(each -> TrafficCommands.lines(each, Model.Line::isOpen) == 0);
                yield new Command.AcceptPosts(request, ended == null ? 1 : ended.id, List.of(2));
            }
            case 12 -> new Command.SetOfferRules(request, new Command.OfferRules(dice.oneOf(-1L, 299_999L, 14 * Model.DAY_MS + 1), rules.noticeMs(), rules.searchDays(), 3));
            case 13 -> new Command.SetOfferRules(request, new Command.OfferRules(rules.offerTtlMs(), dice.oneOf(-1L, 7 * Model.DAY_MS + 1), rules.searchDays(), 3));
            case 14 -> new Command.SetOfferRules(request, new Command.OfferRules(rules.offerTtlMs(), rules.noticeMs(), dice.oneOf(0, 421), 3));
            case 15 -> new Command.SetOfferRules(request, new Command.OfferRules(rules.offerTtlMs(), rules.noticeMs(), 5, dice.oneOf(0, 11)));
            case 16 -> new Command.ChooseAnother(request, dice.oneOf(-1L, 0L, model.lastHold + 1), List.of(new Command.Leg(11, 1, model.today(), 0, 1)));
            case 17 -> new Command.ChooseAnother(request, dice.upTo(model.lastHold), List.of(new Command.Leg(11, 1, model.today(), 0, 1)));
            case 18 -> new Command.ChooseAnother(request, 1, dice.oneOf(List.of(), List.of(new Command.Leg(11, 1, model.today(), 190, 3))));
            default -> notAnOffer(request);
        };
    }
}
