package org.mawid.api.closure;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.mawid.api.rpc.RefusedException;
import org.mawid.engine.readmodel.Agenda;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ClosuresView;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Result;

/**
 * A closure that nobody has made yet: what the core would say to it and do, told from what is read. Nothing here is kept, and nothing is promised: what is
 * booked meanwhile is touched as well.
 *
 * @param poolId   0 = all of the post
 * @param capacity places that would be left on each unit, 0 to 255
 */
public record PlannedClosure(int postId, int poolId, Span span, int capacity) {
    private static final long DAY_MS = 86_400_000L;
    private static final int MOST_AT_A_POST = 64;
    private static final int MOST_CLOSURES = 4_096;

    /** Refuses in the order in which the core would. @return OK when it would take it */
    public Result whyNot(final ReadModel model, final long nowMs) {
        final CatalogueView catalogue = model.catalogue();
        final CatalogueView.Pool pool = catalogue.pool(poolId);
        if (!span.isPossible() || capacity < 0 || capacity > 255) {
            return Result.OUT_OF_RANGE;
        } else if (catalogue.post(postId) == null) {
            return Result.POST_UNKNOWN;
        } else if (poolId != 0 && (pool == null || pool.postId() != postId)) {
            return Result.POOL_UNKNOWN;
        } else if (span.toMs() <= nowMs) {
            return Result.IN_THE_PAST;
        } else if (Math.floorDiv(span.toMs(), DAY_MS) > Math.floorDiv(nowMs, DAY_MS) + catalogue.rules().horizonDays()) {
            return Result.BEYOND_HORIZON;
        }
        return model.closures().closures(postId).size() >= MOST_AT_A_POST || model.closures().closures(0).size() >= MOST_CLOSURES ? Result.CLOSURES_FULL : Result.OK;
    }

    /**
     * On a thread that may wait.
     *
     * @param zone of the post
     * @throws RefusedException         as {@link #whyNot} says
     * @throws ReadModelBehindException something cannot be read now: ask again
     */
    public Preview preview(final ReadModel model, final ZoneId zone, final long nowMs) {
        final Result why = whyNot(model, nowMs);
        if (why != Result.OK) {
            throw new RefusedException(why);
        }
        final Taken taken = new Taken(this);
        final Agenda.Visits there = model.agenda().between(postId, span.fromMs(), span.toMs());
        final List<Touchable> booked = new ArrayList<>();
        for (final Agenda.Visit visit : there.visits()) {
            final Touchable one = booked(visit, model);
            if (one != null) {
                taken.add(one.parts());
                if (visit.state() == AppointmentState.CONFIRMED) {
                    booked.add(one);
                }
            }
        }
        final List<Touchable> held = new ArrayList<>();
        for (final ClosuresView.HeldVisit hold : holds(model.closures())) {
            final Touchable one = held(hold, model);
            if (one != null) {
                taken.add(one.parts());
                held.add(one);
            }
        }
        final List<Touchable> released = taken.giveBack(held.stream().sorted(Comparator.comparingLong(Touchable::number).reversed()).toList());
        // Who booked last goes first, and persons with priority after all others.
        final List<Touchable> displaced = taken.giveBack(booked.stream()
                .sorted(Comparator.comparing(Touchable::prioritised).thenComparing(Comparator.comparingLong(Touchable::number).reversed())).toList());
        return new Preview(span, visits(displaced), told(released), days(displaced, released), free(model, zone), there.position());
    }

    private List<ClosuresView.HeldVisit> holds(final ClosuresView closures) {
        try {
            return closures.holds(postId).join();
        } catch (final CompletionException e) {
            if (e.getCause() instanceof ReadModelBehindException behind) {
                throw behind;
            }
            throw e;
        }
    }

    // ---- who is there

    /** Null = it takes no place. */
    private Touchable booked(final Agenda.Visit visit, final ReadModel model) {
        if (visit.legs().isEmpty()) {
            return null;
        }
        final Records.Application application = application(model, visit.applicationId());
        final List<Touchable.Part> parts = new ArrayList<>();
        int lines = 0;
        for (final Agenda.Leg leg : visit.legs()) {
            parts.addAll(Touchable.parts(application, model.catalogue(), postId, leg.deskId(), leg.lines(), leg.startMs(), leg.endMs()));
            lines |= leg.lines();
        }
        return new Touchable(visit.appointmentId(), visit.applicationId(), visit.startMs(), visit.epochDay(), 0, lines, Touchable.persons(application, lines),
                Touchable.isPrioritised(application, lines), parts);
    }

    /** Null = none of its days is published any more. */
    private Touchable held(final ClosuresView.HeldVisit hold, final ReadModel model) {
        final List<Touchable.Part> parts = new ArrayList<>();
        Records.Application application = null;
        for (final Records.Leg leg : hold.legs()) {
            final Availability.DayView day = model.availability().day(leg.deskId(), leg.epochDay());
            if (day != null) {
                final long fromMs = day.startMs() + leg.startUnit() * Agenda.Leg.UNIT_MS;
                final long toMs = fromMs + leg.units() * Agenda.Leg.UNIT_MS;
                if (fromMs < span.toMs() && toMs > span.fromMs()) {
                    application = application == null ? application(model, hold.applicationId()) : application;
                    parts.addAll(Touchable.parts(application, model.catalogue(), postId, leg.deskId(), leg.lines(), fromMs, toMs));
                }
            }
        }
        return parts.isEmpty() ? null
                : new Touchable(hold.holdId(), hold.applicationId(), hold.startMs(), hold.legs().get(0).epochDay(), hold.deadlineMs(), 0, 0, false, parts);
    }

    private static Records.Application application(final ReadModel model, final long applicationId) {
        final Records.Application application = model.records().application(applicationId);
        if (application == null) {
            throw new ReadModelBehindException("an application is not in the records yet");
        }
        return application;
    }

    // ---- what is told

    private static List<Preview.Visit> visits(final List<Touchable> displaced) {
        return displaced.stream().sorted(Comparator.comparingLong(Touchable::startMs).thenComparingLong(Touchable::number)).limit(Preview.MOST)
                .map(one -> new Preview.Visit(one.number(), one.applicationId(), one.startMs(), one.epochDay(), one.lines(), one.persons(), one.prioritised())).toList();
    }

    private static List<Preview.Hold> told(final List<Touchable> released) {
        return released.stream().sorted(Comparator.comparingLong(Touchable::startMs).thenComparingLong(Touchable::number)).limit(Preview.MOST)
                .map(one -> new Preview.Hold(one.number(), one.applicationId(), one.startMs(), one.untilMs())).toList();
    }

    private static List<Preview.Day> days(final List<Touchable> displaced, final List<Touchable> released) {
        final TreeMap<Integer, Preview.Day> days = new TreeMap<>();
        for (final Touchable one : displaced) {
            days.merge(one.epochDay(), new Preview.Day(one.epochDay(), 1, one.persons(), one.prioritised() ? 1 : 0, 0), PlannedClosure::sum);
        }
        for (final Touchable one : released) {
            days.merge(one.epochDay(), new Preview.Day(one.epochDay(), 0, 0, 0, 1), PlannedClosure::sum);
        }
        return List.copyOf(days.values());
    }

    private static Preview.Day sum(final Preview.Day one, final Preview.Day other) {
        return new Preview.Day(one.epochDay(), one.appointments() + other.appointments(), one.persons() + other.persons(), one.prioritised() + other.prioritised(),
                one.holds() + other.holds());
    }

    private List<Preview.Free> free(final ReadModel model, final ZoneId zone) {
        final List<Preview.Free> free = new ArrayList<>();
        final int last = (int) LocalDate.ofInstant(Instant.ofEpochMilli(span.toMs() - 1), zone).toEpochDay();
        final List<CatalogueView.Pool> desks = model.catalogue().pools(postId).stream().filter(pool -> pool.kind() == PoolKind.DESK).toList();
        for (int epochDay = last + 1; epochDay <= last + Preview.DAYS_AFTER; epochDay++) {
            int units = 0;
            boolean open = false;
            for (final CatalogueView.Pool desk : desks) {
                final Availability.DayView day = model.availability().day(desk.poolId(), epochDay);
                if (day != null) {
                    open = true;
                    for (final int room : day.room()) {
                        units += room;
                    }
                }
            }
            if (open) {
                free.add(new Preview.Free(epochDay, units));
            }
        }
        return free;
    }
}
