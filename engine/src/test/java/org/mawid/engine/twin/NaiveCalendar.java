package org.mawid.engine.twin;

import static org.mawid.sbe.Result.BEYOND_HORIZON;
import static org.mawid.sbe.Result.CAPACITY_BELOW_TAKEN;
import static org.mawid.sbe.Result.CHANGES_FULL;
import static org.mawid.sbe.Result.CHANGE_UNKNOWN;
import static org.mawid.sbe.Result.CONFLICT;
import static org.mawid.sbe.Result.CORE_VERSION_UNSUPPORTED;
import static org.mawid.sbe.Result.DAYS_FULL;
import static org.mawid.sbe.Result.DAY_ALREADY_STAGED;
import static org.mawid.sbe.Result.GRID_MISMATCH;
import static org.mawid.sbe.Result.IN_THE_PAST;
import static org.mawid.sbe.Result.POOL_UNKNOWN;
import static org.mawid.sbe.Result.QUOTA_ABOVE_CAPACITY;
import static org.mawid.sbe.Result.QUOTA_OF_RESOURCE;
import static org.mawid.sbe.Result.SLOT_UNKNOWN;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.CoolingEnd;
import org.mawid.sbe.PoolKind;

/** Days, at once and staged. A change is applied eagerly here; whoever does it lazily must give the same answers. */
final class NaiveCalendar {
    private static final int SWEPT_AT_ONCE = 16;
    private static final int DAYS_KEPT_PAST = 10;

    private final Model model;
    private final NaiveCatalogue catalogue;
    private final NaiveClosures closures;
    private final NaiveCooling cooling;
    private final NaiveWaiters waiters;
    private final NaiveQuotas quotas;
    private final NaiveOverbooking overbooking;
    private final NaiveEvents events;

    NaiveCalendar(final Model model, final NaiveCatalogue catalogue, final NaiveClosures closures, final NaiveCooling cooling,
                  final NaiveWaiters waiters, final NaiveQuotas quotas, final NaiveOverbooking overbooking, final NaiveEvents events) {
        this.model = model;
        this.catalogue = catalogue;
        this.closures = closures;
        this.cooling = cooling;
        this.waiters = waiters;
        this.quotas = quotas;
        this.overbooking = overbooking;
        this.events = events;
    }

    Answer publishDay(final Command.PublishDay c) {
        mustKnowQuotas(c.day());
        final Model.Pool pool = catalogue.pool(c.day().poolId());
        mustBeToKeep(pool, c.day());
        sweep(pool);
        final Model.Grid grid = check(c.day());
        final Model.DayKey key = key(c.day());
        final Model.Day known = model.days.get(key);
        Refusal.when(known == null && model.daysInUse() >= model.rules.maxDays(), DAYS_FULL);
        mustBeAllowed(pool, grid);

        cooling.endOn(key, 0, Model.UNITS, CoolingEnd.REPLACED);
        day(pool, key).live = grid;
        quotas.set(key, grid);
        overbooking.note(grid, false);
        pool.post.version++;
        events.dayPublished(pool.post, c.day());
        events.quotasSet(pool.post, 0, c.day());
        overbooking.tellSet(pool.post, 0, c.day());
        waiters.roomCame(pool.post, Set.of(key.epochDay()));
        return Answer.done(pool.post.version, 0, 0);
    }

    Answer setCapacity(final Command.SetCapacity c) {
        final Model.Pool pool = catalogue.pool(c.poolId());
        final Model.DayKey key = new Model.DayKey(c.poolId(), c.epochDay());
        final Model.Day day = model.visibleDay(c.poolId(), c.epochDay());
        final int end = c.startUnit() + c.units();
        Refusal.when(day == null || end > day.live.unitCount, SLOT_UNKNOWN);
        final int open = c.capacity() - c.withheld();
        for (int unit = c.startUnit(); unit < end; unit++) {
            Refusal.when(open - day.left(day.live, unit) < day.taken(unit) - cooling.on(key)[unit], CAPACITY_BELOW_TAKEN);
        }
        final int[] opens = new int[Model.UNITS];
        Arrays.fill(opens, open);
        closures.mustAllow(pool, day.live, opens, c.startUnit(), end);
        cooling.endOn(key, c.startUnit(), end, CoolingEnd.REPLACED);

        final List<NaiveEvents.Room> rooms = new ArrayList<>();
        int unit = c.startUnit();
        while (unit < end) {
            final int change = open - day.live.offered(unit);
            int next = unit;
            while (next < end && open - day.live.offered(next) == change) {
                next++;
            }
            if (change != 0) {
                rooms.add(new NaiveEvents.Room(c.poolId(), c.epochDay(), unit, next - unit, change, change));
            }
            unit = next;
        }
        final boolean isNews = IntStream.range(c.startUnit(), end).anyMatch(each -> day.live.withheld[each] != c.withheld());
        for (unit = c.startUnit(); unit < end; unit++) {
            day.live.capacity[unit] = c.capacity();
            day.live.withheld[unit] = c.withheld();
        }
        events.roomChanged(pool.post, rooms);
        if (isNews) {
            events.withheldSet(pool.post, c);
        }
        waiters.roomCame(pool.post, Set.of(key.epochDay()));
        return Answer.DONE;
    }

    Answer beginChange(final Command.BeginChange c) {
        final Model.Post post = catalogue.post(c.postId());
        Refusal.when(model.changes.size() >= model.rules.maxChanges(), CHANGES_FULL);

        final long id = ++model.lastChange;
        model.changes.put(id, new Model.Change(post, model.position, model.nowMs));
        events.changeBegun(post, id);
        return Answer.done(id, post.version, 0);
    }

    Answer addToChange(final Command.AddToChange c) {
        mustKnowQuotas(c.day());
        final Model.Change change = change(c.changeId());
        final Model.Pool pool = catalogue.pool(c.day().poolId());
        Refusal.when(pool.post != change.post, POOL_UNKNOWN);
        mustBeToKeep(pool, c.day());
        sweep(pool);
        final Model.Grid grid = check(c.day());
        Refusal.when(model.daysInUse() >= model.rules.maxDays(), DAYS_FULL);
        mustBeAllowed(pool, grid);

        final Model.DayKey key = key(c.day());
        cooling.endOn(key, 0, Model.UNITS, CoolingEnd.REPLACED);
        day(pool, key).staged = grid;
        change.days.add(key);
        quotas.set(key, grid);
        overbooking.note(grid, true);
        events.dayStaged(pool.post, c.changeId(), c.day());
        events.quotasSet(pool.post, c.changeId(), c.day());
        overbooking.tellSet(pool.post, c.changeId(), c.day());
        return Answer.DONE;
    }

    Answer applyChange(final Command.ApplyChange c) {
        final Model.Change change = change(c.changeId());
        Refusal.when(change.post.version != c.expectedVersion(), CONFLICT, change.post.version);

        for (final Model.DayKey key : change.days) {
            final Model.Day day = model.days.get(key);
            day.live = day.staged;
            day.staged = null;
        }
        model.changes.remove(c.changeId());
        change.post.version++;
        events.changeApplied(change.post, c.changeId());
        waiters.roomCameOnAllDates(change.post);
        return Answer.done(change.post.version, 0, 0);
    }

    Answer abandonChange(final Command.AbandonChange c) {
        abandon(c.changeId());
        return Answer.DONE;
    }

    void abandon(final long changeId) {
        final Model.Change change = change(changeId);

        for (final Model.DayKey key : change.days) {
            final Model.Day day = model.days.get(key);
            day.staged = null;
            if (day.live == null) {
                model.days.remove(key);
            }
        }
        model.changes.remove(changeId);
        events.changeAbandoned(change.post, changeId);
    }

    private void mustKnowQuotas(final Command.DayPlan day) {
        Refusal.when(!day.quotas().isEmpty() && model.coreVersion < 6, CORE_VERSION_UNSUPPORTED);
        NaiveOverbooking.mustKnow(model, day);
    }

    private static void mustBeToKeep(final Model.Pool pool, final Command.DayPlan day) {
        Refusal.when(!day.quotas().isEmpty() && pool.kind != PoolKind.DESK, QUOTA_OF_RESOURCE);
        final Model.Grid grid = new Model.Grid(day);
        for (int unit = 0; unit < Model.UNITS; unit++) {
            Refusal.when(grid.kept(unit) > grid.offered(unit), QUOTA_ABOVE_CAPACITY, unit);
        }
        NaiveOverbooking.mustBeOne(pool, grid);
    }

    private void mustBeAllowed(final Model.Pool pool, final Model.Grid grid) {
        final int[] open = new int[Model.UNITS];
        Arrays.setAll(open, grid::offered);
        closures.mustAllow(pool, grid, open, 0, grid.unitCount);
    }

    /** What publishing and staging have in common, in order. */
    private Model.Grid check(final Command.DayPlan plan) {
        final Model.Grid grid = new Model.Grid(plan);
        Refusal.when(plan.startMs() + plan.unitCount() * Model.UNIT_MS <= model.nowMs, IN_THE_PAST);
        Refusal.when(plan.epochDay() > model.today() + model.rules.horizonDays(), BEYOND_HORIZON);
        final Model.Day known = model.days.get(key(plan));
        Refusal.when(known != null && known.staged != null, DAY_ALREADY_STAGED);
        if (known != null && known.live != null) {
            final int[] cooling = this.cooling.on(key(plan));
            final int[] takers = new int[Model.UNITS];
            Arrays.setAll(takers, unit -> known.taken(unit) - cooling[unit]);
            Refusal.when(Arrays.stream(takers).anyMatch(places -> places > 0)
                    && (known.live.startMs != grid.startMs || known.live.alignUnits != grid.alignUnits), GRID_MISMATCH);
            for (int unit = 0; unit < Model.UNITS; unit++) {
                Refusal.when(takers[unit] > 0 && known.open(grid, unit) < takers[unit], CAPACITY_BELOW_TAKEN);
            }
        }
        return grid;
    }

    /** Lets go of dates of this pool that are long past. */
    private void sweep(final Model.Pool pool) {
        for (int i = 0; i < SWEPT_AT_ONCE && pool.sweepDay < model.today() - DAYS_KEPT_PAST; i++) {
            final Model.DayKey key = new Model.DayKey(pool.id, pool.sweepDay);
            final Model.Day day = model.days.get(key);
            if (day != null && (day.staged != null || Arrays.stream(cooling.on(key)).anyMatch(places -> places > 0))) {
                return;
            }
            model.days.remove(key);
            pool.sweepDay++;
        }
    }

    private Model.Day day(final Model.Pool pool, final Model.DayKey key) {
        pool.sweepDay = Math.min(pool.sweepDay, key.epochDay());
        return model.days.computeIfAbsent(key, k -> new Model.Day());
    }

    private Model.Change change(final long id) {
        final Model.Change change = model.changes.get(id);
        Refusal.when(change == null, CHANGE_UNKNOWN);
        return change;
    }

    private static Model.DayKey key(final Command.DayPlan plan) {
        return new Model.DayKey(plan.poolId(), plan.epochDay());
    }
}
