package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mawid.sbe.Channel;
import org.mawid.sbe.Priority;
import org.mawid.sbe.QuotaClass;
import org.mawid.sbe.Result;

/** Places that are kept for channels: who may take them, and when they are everybody's. */
final class NaiveQuotas {
    private static final int DATES_AT_ONCE = 4;

    private final Model model;
    private final NaiveRoom room;
    private final NaiveWaiters waiters;
    private final NaiveOverbooking overbooking;
    private final NaiveEvents events;

    NaiveQuotas(final Model model, final NaiveRoom room, final NaiveWaiters waiters, final NaiveOverbooking overbooking, final NaiveEvents events) {
        this.model = model;
        this.room = room;
        this.waiters = waiters;
        this.overbooking = overbooking;
        this.events = events;
    }

    // ---- who takes them

    static int of(final Channel channel) {
        return switch (channel) {
            case CALL_CENTRE -> QuotaClass.CALL_CENTRE.value();
            case COUNTER -> QuotaClass.WALK_IN.value();
            case ASSISTED -> QuotaClass.ASSISTED.value();
            default -> 0;
        };
    }

    /** From whose places lines may take, the best first; everybody's last. */
    static List<Integer> choices(final Model.Application application, final int lines, final int own) {
        final List<Integer> choices = new ArrayList<>();
        if (NaiveApplications.linesOf(application, lines).stream().allMatch(line -> line.asked.priority() == Priority.EMERGENCY)) {
            choices.add((int) QuotaClass.EMERGENCY.value());
        }
        if (own != 0) {
            choices.add(own);
        }
        choices.add(0);
        return choices;
    }

    /** Leg by leg from the first of its choices of which enough is left beside the legs before it. */
    List<Model.TakenLeg> choose(final Model.Application application, final List<Model.TakenLeg> claims, final int own) {
        final List<Model.TakenLeg> chosen = new ArrayList<>();
        for (final Model.TakenLeg claim : claims) {
            for (final int quota : choices(application, claim.leg().lines(), own)) {
                if (quota == 0 || isEnoughLeft(claim, chosen, quota)) {
                    chosen.add(claim.of(quota));
                    break;
                }
            }
        }
        return chosen;
    }

    private boolean isEnoughLeft(final Model.TakenLeg claim, final List<Model.TakenLeg> before, final int quota) {
        final Model.Day day = model.visibleDay(claim.leg().deskId(), claim.leg().epochDay());
        for (int unit = claim.leg().startUnit(); unit < claim.leg().startUnit() + claim.leg().units(); unit++) {
            int wanted = claim.places()[0];
            for (final Model.TakenLeg other : before) {
                final boolean there = other.quota() == quota && other.leg().deskId() == claim.leg().deskId() && other.leg().startUnit() <= unit
                        && unit < other.leg().startUnit() + other.leg().units();
                wanted += there ? other.places()[0] : 0;
            }
            if (day.left(day.live, unit, quota) < wanted) {
                return false;
            }
        }
        return true;
    }

    /** By which other channels it would have room: bit c - 1 = class c. */
    int elsewhere(final Model.Application application, final List<Model.TakenLeg> claims, final int own) {
        int others = 0;
        for (int quota = 1; quota < QuotaClass.EMERGENCY.value(); quota++) {
            others |= quota != own && room.verdict(choose(application, claims, quota)) == Result.OK ? 1 << quota - 1 : 0;
        }
        return others;
    }

    void note(final List<Model.TakenLeg> legs) {
        legs.stream().filter(leg -> leg.quota() != 0).forEach(leg -> model.sawQuota("taken for " + QuotaClass.get((short) leg.quota())));
    }

    // ---- when they are everybody's

    /** A date is looked at when the first of them is, if not before. */
    void set(final Model.DayKey key, final Model.Grid grid) {
        final long next = next(grid);
        if (next != 0) {
            model.spills.merge(key, next, Math::min);
        }
    }

    private static long next(final Model.Grid grid) {
        long next = grid == null ? 0 : grid.overbookedUntilMs;
        for (final long spillMs : grid == null ? new long[0] : grid.spillMs) {
            next = spillMs != 0 && (next == 0 || spillMs < next) ? spillMs : next;
        }
        return next;
    }

    long nextDueMs() {
        return model.spills.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    }

    void tick() {
        for (int i = 0; i < DATES_AT_ONCE && nextDueMs() <= model.nowMs && events.told() < NaiveDisplacement.TOLD_AT_ONCE; i++) {
            final Comparator<Map.Entry<Model.DayKey, Long>> order = Comparator.comparing(Map.Entry::getValue);
            final Model.DayKey key = model.spills.entrySet().stream().min(order.thenComparing(each -> each.getKey().epochDay())
                    .thenComparing(each -> each.getKey().poolId())).orElseThrow().getKey();
            final Model.Day day = model.days.get(key);
            look(key, day, day == null ? null : day.live, false);
            look(key, day, day == null ? null : day.staged, true);
            final long live = day == null ? 0 : next(day.live);
            final long staged = day == null ? 0 : next(day.staged);
            model.spills.remove(key);
            if (live + staged != 0) {
                model.spills.put(key, live == 0 || staged == 0 ? live + staged : Math.min(live, staged));
            }
        }
    }

    private void look(final Model.DayKey key, final Model.Day day, final Model.Grid grid, final boolean staged) {
        spill(key, day, grid, staged);
        overbooking.withdraw(key, day, grid, staged);
    }

    private void spill(final Model.DayKey key, final Model.Day day, final Model.Grid grid, final boolean staged) {
        int classes = 0;
        final int[] freed = new int[Model.UNITS];
        for (int quota = 1; quota < Model.CLASSES; quota++) {
            if (grid != null && grid.spillMs[quota] != 0 && grid.spillMs[quota] <= model.nowMs) {
                classes |= 1 << quota - 1;
                for (int unit = 0; unit < Model.UNITS; unit++) {
                    freed[unit] += day.left(grid, unit, quota);
                    grid.kept[quota][unit] = 0;
                }
                grid.spillMs[quota] = 0;
            }
        }
        if (classes == 0) {
            return;
        }
        final Model.Post post = model.pools.get(key.poolId()).post;
        final List<NaiveEvents.Room> runs = staged ? List.of() : runs(key, grid, freed);
        if (!runs.isEmpty()) {
            events.roomChanged(post, runs);
        }
        events.quotaSpilled(post, key, staged ? model.changeOf(key) : 0, classes);
        model.sawQuota(staged ? "spilled while staged" : runs.isEmpty() ? "spilled with nothing left" : "spilled");
        if (!runs.isEmpty()) {
            waiters.roomCame(post, Set.of(key.epochDay()));
        }
    }

    /** Next to each other and moved alike. */
    static List<NaiveEvents.Room> runs(final Model.DayKey key, final Model.Grid grid, final int[] freed) {
        final List<NaiveEvents.Room> runs = new ArrayList<>();
        int unit = 0;
        while (unit < grid.unitCount) {
            int next = unit + 1;
            while (next < grid.unitCount && freed[next] == freed[unit]) {
                next++;
            }
            if (freed[unit] != 0) {
                runs.add(new NaiveEvents.Room(key.poolId(), key.epochDay(), unit, next - unit, freed[unit], freed[unit]));
            }
            unit = next;
        }
        return runs;
    }
}
