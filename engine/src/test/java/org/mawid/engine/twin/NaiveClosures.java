package org.mawid.engine.twin;

import static org.mawid.sbe.Result.BEYOND_HORIZON;
import static org.mawid.sbe.Result.CLOSED_BY_CLOSURE;
import static org.mawid.sbe.Result.CLOSURES_FULL;
import static org.mawid.sbe.Result.CLOSURE_UNKNOWN;
import static org.mawid.sbe.Result.IN_THE_PAST;
import static org.mawid.sbe.Result.POOL_UNKNOWN;

import java.util.List;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.ClosureState;

/** Which units are closed, and what stays open of them. */
final class NaiveClosures {
    private static final int MOST = 4_096;
    private static final int MOST_AT_POST = 64;
    /** More places than a unit can have. */
    private static final int ALL = 255;

    private final Model model;
    private final NaiveCatalogue catalogue;
    private final NaiveEvents plainEvents;
    private final NaiveDisplacementEvents events;

    NaiveClosures(final Model model, final NaiveCatalogue catalogue, final NaiveEvents plainEvents, final NaiveDisplacementEvents events) {
        this.model = model;
        this.catalogue = catalogue;
        this.plainEvents = plainEvents;
        this.events = events;
    }

    Answer close(final Command.CloseDays c) {
        final Model.Post post = catalogue.post(c.postId());
        final Model.Pool pool = model.pools.get(c.poolId());
        Refusal.when(c.poolId() != 0 && (pool == null || pool.post != post), POOL_UNKNOWN);
        Refusal.when(c.toMs() <= model.nowMs, IN_THE_PAST);
        Refusal.when(Math.floorDiv(c.toMs(), Model.DAY_MS) > model.today() + model.rules.horizonDays(), BEYOND_HORIZON);
        final long there = model.displacement.closures.values().stream().filter(each -> each.post == post).count();
        Refusal.when(there >= MOST_AT_POST || model.displacement.closures.size() >= MOST, CLOSURES_FULL);

        final DisplacementModel.Closure closure = new DisplacementModel.Closure(++model.displacement.lastClosure, post, c, model.nowMs);
        closure.cursor = Math.floorDiv(c.fromMs(), Model.DAY_MS) - 1;
        model.displacement.closures.put(closure.id, closure);
        events.daysClosed(closure);
        return Answer.done(closure.id, 0, 0);
    }

    Answer reopen(final Command.ReopenDays c) {
        final DisplacementModel.Closure closure = model.displacement.closures.get(c.closureId());
        Refusal.when(closure == null, CLOSURE_UNKNOWN);

        end(closure, true);
        return Answer.DONE;
    }

    void end(final DisplacementModel.Closure closure, final boolean byCommand) {
        model.displacement.closures.remove(closure.id);
        model.displacement.searchAnew(closure.post, model.coreVersion >= 7 ? model.cooling.lastRun : -1);
        events.daysReopened(closure, byCommand);
    }

    /** Whether a closure that is still being made forbids any place of these legs. */
    boolean isClosing(final List<Model.TakenLeg> legs) {
        return model.displacement.closures.values().stream().filter(each -> each.state == ClosureState.CLOSING)
                .anyMatch(closure -> legs.stream().anyMatch(leg -> touches(closure, leg)));
    }

    private boolean touches(final DisplacementModel.Closure closure, final Model.TakenLeg leg) {
        for (int kind = 0; kind < leg.pools().length; kind++) {
            for (int unit = 0; leg.places()[kind] != 0 && unit < leg.leg().units(); unit++) {
                if (closure.covers(model.pools.get(leg.pools()[kind]), leg.startMs() + unit * Model.UNIT_MS)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A grid that opens more on some unit than a closure leaves is refused. */
    void mustAllow(final Model.Pool pool, final Model.Grid grid, final int[] open, final int from, final int end) {
        for (final DisplacementModel.Closure closure : model.displacement.closures.values()) {
            for (int unit = from; unit < end; unit++) {
                Refusal.when(closure.covers(pool, grid.startMs + unit * Model.UNIT_MS) && open[unit] > closure.capacity(), CLOSED_BY_CLOSURE, closure.id);
            }
        }
    }

    /** Leaves open what is taken, or what each closure leaves; everybody's room goes first, then what is left for channels. @return whether some closure leaves less than all of it */
    boolean shrink(final Model.Pool pool, final NaiveRoom.Span span, final NaiveRoom.Moved runs) {
        final Model.Day day = model.visibleDay(pool.id, span.epochDay());
        boolean covered = false;
        final int[][] trimmed = new int[Model.CLASSES][Model.UNITS];
        for (int unit = span.startUnit(); day != null && unit < span.startUnit() + span.units(); unit++) {
            final int leaves = leaves(pool, day, unit);
            covered |= leaves < ALL;
            int over = leaves == ALL ? 0 : day.live.offered(unit) - Math.max(leaves, day.taken(unit));
            if (over > 0) {
                day.live.capacity[unit] -= over;
                final int ofRoom = Math.min(over, day.open(day.live, unit) + over - day.taken(unit));
                addRun(pool.id, span.epochDay(), unit, -ofRoom, runs.rooms());
                over -= ofRoom;
                for (int quota = 1; quota < Model.CLASSES; quota++) {
                    trimmed[quota][unit] = Math.min(over, day.left(day.live, unit, quota));
                    day.live.kept[quota][unit] -= trimmed[quota][unit];
                    over -= trimmed[quota][unit];
                }
            }
        }
        for (int quota = 1; quota < Model.CLASSES; quota++) {
            addTrims(span, quota, trimmed[quota], runs.kept());
        }
        return covered;
    }

    private int leaves(final Model.Pool pool, final Model.Day day, final int unit) {
        return model.displacement.closures.values().stream().filter(closure -> closure.covers(pool, day.live.startMs + unit * Model.UNIT_MS))
                .mapToInt(DisplacementModel.Closure::capacity).min().orElse(ALL);
    }

    private void addTrims(final NaiveRoom.Span span, final int quota, final int[] trimmed, final List<NaiveEvents.Kept> runs) {
        int unit = span.startUnit();
        while (unit < span.startUnit() + span.units()) {
            int next = unit + 1;
            while (next < span.startUnit() + span.units() && trimmed[next] == trimmed[unit]) {
                next++;
            }
            if (trimmed[unit] > 0) {
                runs.add(new NaiveEvents.Kept(span.poolId(), span.epochDay(), unit, next - unit, quota, 0, -trimmed[unit]));
                model.sawQuota("closure leaves less");
            }
            unit = next;
        }
    }

    private static void addRun(final int poolId, final int epochDay, final int unit, final int change, final List<NaiveEvents.Room> runs) {
        if (change == 0) {
            return;
        }
        final NaiveEvents.Room last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        if (last != null && last.poolId() == poolId && last.epochDay() == epochDay && last.startUnit() + last.units() == unit && last.delta() == change) {
            runs.set(runs.size() - 1, new NaiveEvents.Room(poolId, epochDay, last.startUnit(), last.units() + 1, change, change));
        } else {
            runs.add(new NaiveEvents.Room(poolId, epochDay, unit, 1, change, change));
        }
    }

    /** Tells what came back to a post, and what of it closures took away at once. */
    void tellGivenBack(final Model.Post post, final NaiveRoom.Moved given) {
        if (!given.rooms().isEmpty()) {
            plainEvents.roomChanged(post, given.rooms());
            plainEvents.quotaChanged(post, given.kept());
        }
        final NaiveRoom.Moved runs = NaiveRoom.Moved.none();
        given.spans().forEach(span -> shrink(model.pools.get(span.poolId()), span, runs));
        tellShrunk(post, runs);
    }

    void tellShrunk(final Model.Post post, final NaiveRoom.Moved runs) {
        if (!runs.rooms().isEmpty()) {
            model.displacement.saw("closed units");
            plainEvents.roomChanged(post, runs.rooms());
        }
        plainEvents.quotaChanged(post, runs.kept());
    }
}
