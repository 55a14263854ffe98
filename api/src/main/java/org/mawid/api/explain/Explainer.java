package org.mawid.api.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mawid.engine.readmodel.Agenda;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.readmodel.ClosuresView;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.sbe.QuotaClass;
import org.mawid.sbe.Result;

/**
 * Goes from what is so now back to what was so at a position: the calendar of today less all that has happened to it since, as the events tell. A day that
 * was published anew meanwhile is gone forward to from how it was published before. Reads all events of a post that are kept: a second or so where there are
 * millions. Any thread that may wait.
 */
public final class Explainer {
    private static final int SLICE = 1_024;
    private static final long UNIT_MS = Agenda.Leg.UNIT_MS;
    private static final long PAUSE_NANOS = 1_000_000L;
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final ReadModel model;
    private final Question asked;
    private final DayStory story;
    private final long nowMs;
    private final Question.Log log;
    private long position;

    private Explainer(final ReadModel model, final Question asked, final long nowMs, final Question.Log log) {
        this.log = log;
        this.model = model;
        this.nowMs = nowMs;
        this.asked = asked;
        this.story = new DayStory(asked.epochDay(), asked.wanted().stream().map(Question.Wanted::poolId).collect(Collectors.toSet()));
    }

    /**
     * @param nowMs log time, ms since 1970-01-01 UTC
     * @param log   where requests are looked for
     * @throws ReadModelBehindException the position is not there yet, or events are read anew: ask again
     * @return null when the position is older than what is kept
     */
    public static Explanation explain(final ReadModel model, final Question asked, final long nowMs, final Question.Log log) {
        return new Explainer(model, asked, nowMs, log).run();
    }

    private Explanation run() {
        final EventLog events = model.events();
        final long keptFrom = events.keptFrom();
        final List<Availability.DayView> now = asked.wanted().stream().map(one -> model.availability().day(one.poolId(), asked.epochDay())).toList();
        final long nowPosition = model.position();
        final long target = Math.max(nowPosition, now.stream().filter(one -> one != null).mapToLong(Availability.DayView::position).max().orElse(0));
        if (asked.position() > nowPosition) {
            throw new ReadModelBehindException("position " + asked.position() + " is not there yet");
        }
        story.asOf(asked.position() != 0 ? asked.position() : nowPosition, asked.atMs() != 0 ? asked.atMs() : Long.MAX_VALUE);
        read(events, keptFrom, target);
        position = asked.position() != 0 ? asked.position() : asked.atMs() != 0 ? positionThen(keptFrom) : nowPosition;
        return position < keptFrom || asked.atMs() != 0 && position == 0 ? null : explain(now, keptFrom);
    }

    /** That of the request; or where it is no longer in the log, or none is meant, of the last event before the instant. */
    private long positionThen(final long keptFrom) {
        final long exact = asked.request() == null ? 0
                : log.positionOf(asked.request().getMostSignificantBits(), asked.request().getLeastSignificantBits(), Math.max(keptFrom, story.beforePosition()) + 1, asked.atMs() - 1);
        return exact != 0 ? exact : story.asOfPosition();
    }

    private void read(final EventLog log, final long keptFrom, final long target) {
        final long untilNanos = System.nanoTime() + PATIENCE_NANOS;
        try (EventLog.Subscription events = log.subscribe(EventLog.Cursor.after(log.epoch(), keptFrom), asked.postId())) {
            while (!isBehind(events.cursor(), target)) {
                final boolean none = events.poll((cursor, buffer, offset, length) -> story.onEvent(buffer, offset), SLICE) == 0;
                if (events.isLost() || System.nanoTime() - untilNanos > 0) {
                    throw new ReadModelBehindException("events are not all there: ask again");
                }
                if (none && !isBehind(events.cursor(), target)) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }

    private static boolean isBehind(final EventLog.Cursor cursor, final long target) {
        return cursor.position() > target || cursor.position() == target && cursor.ordinal() == EventLog.Cursor.ALL;
    }

    private Explanation explain(final List<Availability.DayView> now, final long keptFrom) {
        final Shape desk = shape(asked.deskId(), now.get(0));
        final List<Explanation.Closed> closures = desk == null ? List.of() : closures(asked.startMs(), asked.startMs() + asked.units() * UNIT_MS);
        if (desk == null) {
            return new Explanation(position, now.get(0) == null || neverBefore(asked.deskId()) ? Result.SLOT_UNKNOWN : null, asked.startMs(), 0, 0, List.of(), List.of(), closures, keptFrom);
        }
        final List<Explanation.Short> lacking = new ArrayList<>();
        final List<Taking> firsts = new ArrayList<>();
        boolean known = true;
        boolean there = true;
        for (int i = 0; i < asked.wanted().size(); i++) {
            final Question.Wanted wanted = asked.wanted().get(i);
            final Shape shape = i == 0 ? desk : shape(wanted.poolId(), now.get(i));
            if (shape == null) {
                known &= now.get(i) == null;
                there &= now.get(i) != null;
                continue;
            }
            final long first = Math.floorDiv(asked.startMs() - shape.startMs, UNIT_MS);
            for (long unit = first; unit < first + asked.units(); unit++) {
                if (unit < 0 || unit >= shape.open.length) {
                    there = false;
                } else if (shape.open[(int) unit] - shape.taken[(int) unit] < wanted.places()) {
                    lacking.add(lacking(wanted, shape, (int) unit, firsts));
                }
            }
        }
        final List<Explanation.First> told = firsts.stream().distinct().sorted(Comparator.comparingLong(one -> one.position)).map(one -> one.told(position)).toList();
        return new Explanation(position, known ? verdict(desk, there, lacking, told, closures) : null, asked.startMs(), desk.releasedAtMs, desk.position, lacking, told, closures, keptFrom);
    }

    private boolean neverBefore(final int poolId) {
        final List<DayStory.Published> all = story.published(poolId);
        return !all.isEmpty() && all.get(0).position() > position;
    }

    private Explanation.Short lacking(final Question.Wanted wanted, final Shape shape, final int unit, final List<Taking> firsts) {
        int known = 0;
        for (final Taking one : story.at(position)) {
            final int places = one.places(wanted.poolId(), unit);
            if (places > 0) {
                known += places;
                firsts.add(one);
            }
        }
        return new Explanation.Short(wanted.poolId(), unit, wanted.places(), shape.open[unit], shape.withheld[unit], shape.taken[unit], Math.max(0, shape.taken[unit] - known),
                story.kept().told(wanted.poolId(), unit, position));
    }

    private Result verdict(final Shape desk, final boolean there, final List<Explanation.Short> lacking, final List<Explanation.First> firsts, final List<Explanation.Closed> closures) {
        final boolean shut = closures.stream().anyMatch(one -> lacking.stream().anyMatch(unit -> unit.open() < unit.wanted()));
        if (shut) {
            return Result.CLOSED_BY_CLOSURE;
        } else if (desk.releasedAtMs > momentMs()) {
            return Result.NOT_YET_RELEASED;
        } else if (!there) {
            return Result.CLOSED;
        } else if ((asked.startMs() - desk.startMs) % (desk.alignUnits * UNIT_MS) != 0) {
            return Result.NOT_ALIGNED;
        } else if (lacking.isEmpty()) {
            return Result.OK;
        } else if (lacking.stream().anyMatch(unit -> unit.open() == 0 && unit.withheld() == 0)) {
            return Result.CLOSED;
        }
        if (firsts.stream().anyMatch(Explanation.First::mayComeBack)) {
            return Result.HELD_BY_OTHER;
        }
        return isKept(desk, lacking) ? Result.KEPT_FOR_CHANNEL : Result.SOLD_OUT;
    }

    /** Whether all of it would have had room among what was kept for one channel. Emergencies are nobody's choice. */
    private boolean isKept(final Shape desk, final List<Explanation.Short> lacking) {
        final int first = (int) Math.floorDiv(asked.startMs() - desk.startMs, UNIT_MS);
        return lacking.stream().allMatch(unit -> unit.poolId() == asked.deskId())
                && Stream.of(QuotaClass.CALL_CENTRE, QuotaClass.WALK_IN, QuotaClass.ASSISTED).anyMatch(quota -> IntStream.range(first, first + asked.units())
                        .allMatch(unit -> story.kept().left(asked.deskId(), unit, position, quota) >= asked.wanted().get(0).places()));
    }

    private long momentMs() {
        return asked.atMs() != 0 ? asked.atMs() - 1 : Math.min(nowMs, story.nextMs());
    }

    private List<Explanation.Closed> closures(final long fromMs, final long toMs) {
        final Stream<Explanation.Closed> told = story.closures().stream().filter(one -> one.closed().position() <= position && position < one.end()).map(DayStory.Closure::closed);
        final Stream<Explanation.Closed> older = model.closures().closures(asked.postId()).stream()
                .filter(one -> story.closures().stream().noneMatch(known -> known.closed().closureId() == one.closureId())).map(Explainer::closed);
        return Stream.concat(told, older).filter(one -> one.fromMs() < toMs && one.toMs() > fromMs)
                .filter(one -> one.poolId() == 0 || asked.wanted().stream().anyMatch(wanted -> wanted.poolId() == one.poolId()))
                .sorted(Comparator.comparingLong(Explanation.Closed::closureId)).toList();
    }

    private static Explanation.Closed closed(final ClosuresView.Closure one) {
        return new Explanation.Closed(one.closureId(), 0, one.poolId(), one.fromMs(), one.toMs(), one.capacity(), one.reasonCode());
    }

    // ---- the calendar as it was

    private record Shape(long position, long startMs, long releasedAtMs, int alignUnits, int[] open, int[] withheld, int[] taken) {
    }

    /** Null when the day was not there, or is not known. */
    private Shape shape(final int poolId, final Availability.DayView now) {
        final List<DayStory.Published> all = story.published(poolId);
        final DayStory.Published before = all.stream().filter(one -> one.position() <= position).reduce((one, other) -> other).orElse(null);
        final boolean anew = all.stream().anyMatch(one -> one.position() > position);
        if (anew) {
            return before == null ? null : forward(poolId, before);
        }
        return now == null ? null : back(poolId, now, before == null ? 0 : before.position());
    }

    private Shape back(final int poolId, final Availability.DayView now, final long publishedPosition) {
        final int[] open = now.open().clone();
        final int[] room = now.room().clone();
        final int[] withheld = new int[open.length];
        for (int unit = 0; unit < now.withheld().length; unit++) {
            withheld[unit] = now.withheld()[unit] - story.kept().left(poolId, unit, now.position());
        }
        for (final DayStory.Moved one : story.moved(poolId)) {
            if (one.position() > position && one.position() <= now.position()) {
                for (int unit = one.fromUnit(); unit < one.fromUnit() + one.units() && unit < open.length; unit++) {
                    open[unit] -= one.openDelta();
                    room[unit] -= one.delta();
                }
            }
        }
        final List<DayStory.Withheld> set = story.withheld(poolId);
        if (set.stream().anyMatch(one -> one.position() > position)) {
            Arrays.fill(withheld, -1);
            set.stream().filter(one -> one.position() <= position).forEach(one -> fill(withheld, one));
        }
        withChannels(poolId, withheld);
        final int[] taken = new int[open.length];
        for (int unit = 0; unit < taken.length; unit++) {
            taken[unit] = open[unit] - room[unit];
        }
        return new Shape(publishedPosition, now.startMs(), now.releasedAtMs(), now.alignUnits(), open, withheld, taken);
    }

    private Shape forward(final int poolId, final DayStory.Published from) {
        final int[] open = from.open().clone();
        for (int unit = 0; unit < open.length; unit++) {
            open[unit] -= story.kept().left(poolId, unit, from.position());
        }
        final int[] withheld = from.withheld().clone();
        for (final DayStory.Moved one : story.moved(poolId)) {
            if (one.position() > from.position() && one.position() <= position) {
                for (int unit = one.fromUnit(); unit < one.fromUnit() + one.units() && unit < open.length; unit++) {
                    open[unit] += one.openDelta();
                }
            }
        }
        story.withheld(poolId).stream().filter(one -> one.position() > from.position() && one.position() <= position).forEach(one -> fill(withheld, one));
        withChannels(poolId, withheld);
        final int[] taken = new int[open.length];
        for (final Taking one : story.at(position)) {
            for (int unit = 0; unit < taken.length; unit++) {
                taken[unit] += one.places(poolId, unit);
            }
        }
        return new Shape(from.position(), from.startMs(), from.releasedAtMs(), from.alignUnits(), open, withheld, taken);
    }

    /** What is left for channels is withheld as well; where it moved since, and what it was is not known, nothing of it is. */
    private void withChannels(final int poolId, final int[] withheld) {
        for (int unit = 0; unit < withheld.length; unit++) {
            final int left = story.kept().left(poolId, unit, position);
            withheld[unit] = withheld[unit] < 0 || story.kept().hasMovedUnknown(poolId, position) ? -1 : withheld[unit] + left;
        }
    }

    private static void fill(final int[] withheld, final DayStory.Withheld one) {
        for (int unit = one.fromUnit(); unit < one.fromUnit() + one.units() && unit < withheld.length; unit++) {
            withheld[unit] = one.places();
        }
    }
}
