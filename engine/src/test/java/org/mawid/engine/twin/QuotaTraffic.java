package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.sbe.Channel;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.QuotaClass;

/** A post that keeps places of its desks for the telephone, the counter, those who need help and emergencies, and those for whom it does. */
final class QuotaTraffic {
    private final Dice dice;
    private final Model model;
    private final TrafficCommands traffic;

    QuotaTraffic(final Dice dice, final Model model, final TrafficCommands traffic) {
        this.dice = dice;
        this.model = model;
        this.traffic = traffic;
    }

    Command next(final Request asked) {
        final Request request = asked.withChannel(dice.oneOf(Channel.ONLINE, Channel.CALL_CENTRE, Channel.COUNTER, Channel.ASSISTED));
        final int choice = dice.below(100);
        if (choice < 22) {
            return keep(request);
        } else if (choice < 62) {
            return hold(request);
        } else if (choice < 75) {
            return traffic.walkIn(request);
        } else if (choice < 82) {
            return traffic.reschedule(request);
        } else if (choice < 90) {
            return traffic.release(request);
        }
        return traffic.cancel(request);
    }

    /** Mostly a desk's day as it is, but with room for what is taken and something kept; at once or in a change. */
    private Command keep(final Request request) {
        final List<Model.DayKey> days = new ArrayList<>();
        model.days.forEach((key, day) -> {
            if (day.live != null && model.pools.get(key.poolId()).kind == PoolKind.DESK && key.epochDay() >= model.today()) {
                days.add(key);
            }
        });
        final Model.DayKey key = dice.of(days);
        if (key == null) {
            return hold(request);
        }
        final Model.Day day = model.days.get(key);
        final int units = day.live.unitCount;
        int taken = 0;
        for (int unit = 0; unit < units; unit++) {
            taken = Math.max(taken, day.taken(unit));
        }
        final int capacity = Math.min(200, taken + dice.between(1, 5));
        final List<Command.Quota> quotas = new ArrayList<>();
        int room = capacity - dice.below(2);
        for (int quota = 1; quota < Model.CLASSES; quota++) {
            final int places = dice.between(0, Math.min(3, room));
            if (places > 0 && dice.percent(70)) {
                final long spillMs = dice.percent(40) ? 0 : model.nowMs + dice.upTo(4 * 3_600_000L);
                quotas.add(new Command.Quota(0, dice.percent(70) ? units : dice.between(1, units), QuotaClass.get((short) quota), places, spillMs));
                room -= places;
            }
        }
        final Command.DayPlan plan = new Command.DayPlan(key.poolId(), key.epochDay(), day.live.startMs, Math.min(model.nowMs, day.live.releasedAtMs), units,
                day.live.alignUnits, List.of(new Command.Run(0, units, capacity, 0)), quotas);
        final Long change = dice.of(model.changes.entrySet().stream().filter(each -> each.getValue().post == model.pools.get(key.poolId()).post)
                .map(Map.Entry::getKey).toList());
        return change != null && dice.percent(30) ? new Command.AddToChange(request, change, plan) : new Command.PublishDay(request, plan);
    }

    /** Wherever it falls, also where everybody's room is gone. */
    private Command hold(final Request request) {
        final Model.DayKey key = dice.of(model.days.entrySet().stream().filter(each -> isKept(each.getValue())).map(Map.Entry::getKey).toList());
        if (key == null || dice.percent(30)) {
            return traffic.hold(request);
        }
        final Model.Grid grid = model.days.get(key).live;
        final int soon = (int) Math.max(0, Math.min(grid.unitCount - 1, (model.nowMs - grid.startMs) / Model.UNIT_MS + 1));
        return traffic.holdAt(request, key, dice.between(soon, grid.unitCount - 1) / grid.alignUnits * grid.alignUnits);
    }

    private boolean isKept(final Model.Day day) {
        return day.live != null && day.live.startMs + day.live.unitCount * Model.UNIT_MS > model.nowMs && day.live.kept(0) > 0;
    }
}
