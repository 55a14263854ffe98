package org.mawid.bench.capacity;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.mawid.api.network.Network.Desk;
import org.mawid.api.network.OpenDay;
import org.mawid.bench.capacity.OpenDates.Open;
import org.mawid.bench.capacity.Temper.Change;
import org.mawid.bench.capacity.Visitor.End;
import org.mawid.engine.core.Counts;
import org.mawid.engine.readmodel.Availability;
import org.mawid.sbe.Result;

/**
 * The weeks of one post, event by event through the real core. The plan is in force from the warm-up on: what is looked at is life under the plan,
 * not the change to it. Whoever asks is counted with the week in which they ask, what happens at the counters with its date.
 * <p>A visitor submits; is validated; looks for the earliest start that suits ({@link Behaviour}); holds; confirms; perhaps cancels or moves; comes,
 * is checked in, called to a free counter, served, or is missed. When the first date that they would have liked has nothing, the core is asked
 * for it all the same, so that the reason is its own. One thread; the same plan and seed give the same result.
 */
final class PostSimulation {
    static final long DAY_MS = 86_400_000L;
    private static final long MINUTE_MS = 60_000L;
    /** The rule noShowGraceMs, as it is by default. */
    private static final long GRACE_MS = 15 * MINUTE_MS;
    /** When the third next available appointment is looked up, local. */
    private static final long SAMPLE_MS = 8 * 60 * MINUTE_MS;
    /** Nobody comes without an appointment in the last hour [A]. */
    private static final long LAST_WALK_IN_MS = 60 * MINUTE_MS;

    private enum Kind { DAY, SAMPLE, OPEN, ASK, VALIDATED, LOOK, CONFIRM, CHANGE, ARRIVE, MISSED, DONE, WALK_IN }

    private record Event(long atMs, long number, Kind kind, Visitor visitor, int version) {
    }

    /** Told of each day that is over, on the simulating thread. */
    @FunctionalInterface
    interface Progress {
        void day(int done, int of);
    }

    private final Site site;
    private final Plan plan;
    private final Demand demand;
    private final OpenDates dates;
    private final int simulatedFrom;
    private final int measuredFrom;
    private final int end;
    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingLong(Event::atMs).thenComparingLong(Event::number));
    private final List<DeskFigures> figures = new ArrayList<>();
    private final List<Room> rooms = new ArrayList<>();
    private final List<Visitor> visitors = new ArrayList<>();
    private final List<Visitor> carriedOver = new ArrayList<>();
    private PostCore core;
    private int today;
    private Open open;
    private boolean isOpen;
    private int publishedUntil;
    private int openDaysPublished;
    private long eventNumber;

    PostSimulation(final Site site, final Plan plan, final Demand demand) {
        this.site = site;
        this.plan = plan;
        this.demand = demand;
        final LocalDate first = PlannedNetwork.earliest(site.network(), site.post(), plan.from(), plan.from().minusWeeks(plan.warmUpWeeks()));
        this.dates = new OpenDates(site, first.isAfter(plan.from()) ? plan.from() : first, plan.to().plusDays(OpenDates.AHEAD_DAYS + 1));
        if (dates.last().isBefore(plan.to().minusDays(1))) {
            throw plan.refusal(PlanKey.FROM, "the calendars of " + site.post().code() + " cover dates up to " + dates.last() + ", the weeks end on " + plan.to().minusDays(1));
        }
        this.simulatedFrom = (int) (first.isAfter(plan.from()) ? plan.from() : first).toEpochDay();
        this.measuredFrom = (int) plan.from().toEpochDay();
        this.end = (int) plan.to().toEpochDay();
        for (final Desk desk : site.desks()) {
            final DeskFigures ofDesk = new DeskFigures(end - measuredFrom);
            figures.add(ofDesk);
            rooms.add(new Room(desk.capacity(), ofDesk));
        }
    }

    PostResult run(final Progress progress) {
        return run(progress, (position, nowMs, buffer, length) -> { });
    }

    /** @param tap is told what the core is given */
    PostResult run(final Progress progress, final PostCore.Tap tap) {
        final long endMs = dates.startMs(end);
        try (PostCore opened = new PostCore(site, dates.startMs(simulatedFrom), tap)) {
            core = opened;
            publishedUntil = simulatedFrom - 1;
            at(dates.startMs(simulatedFrom), Kind.DAY, null);
            while (!events.isEmpty() && events.peek().atMs < endMs) {
                final Event event = events.poll();
                core.advance(event.atMs);
                happens(event, progress);
            }
            closeDay();
            final Map<String, Long> books = books(core.counts());
            return new PostResult(site, plan, figures, dates.hoursAWeek(measuredFrom, end), books, core.position(), (measuredFrom - simulatedFrom) / 7);
        }
    }

    private void at(final long atMs, final Kind kind, final Visitor visitor) {
        events.add(new Event(atMs, ++eventNumber, kind, visitor, visitor == null ? 0 : visitor.version));
    }

    private void happens(final Event event, final Progress progress) {
        final Visitor visitor = event.visitor;
        switch (event.kind) {
            case DAY -> {
                closeDay();
                day((int) (today == 0 ? simulatedFrom : today + 1), event.atMs);
                progress.day(today - simulatedFrom + 1, end - simulatedFrom);
            }
            case SAMPLE -> sample(event.atMs);
            case OPEN -> open(event.atMs);
            case ASK -> ask(visitor, event.atMs);
            case VALIDATED -> validated(visitor, event.atMs);
            case LOOK -> look(visitor, event.atMs);
            case CONFIRM -> confirm(visitor, event.atMs);
            case WALK_IN -> walkIn(visitor, event.atMs);
            case DONE -> done(visitor, event.atMs);
            default -> {
                if (event.version == visitor.version && visitor.end == End.OPEN) {
                    ofVisit(event.kind, visitor, event.atMs);
                }
            }
        }
    }

    private void ofVisit(final Kind kind, final Visitor visitor, final long nowMs) {
        switch (kind) {
            case CHANGE -> change(visitor, nowMs);
            case ARRIVE -> arrive(visitor, nowMs);
            default -> miss(visitor, nowMs);
        }
    }

    // ---- days

    private void day(final int epochDay, final long nowMs) {
        today = epochDay;
        open = dates.on(epochDay);
        while (publishedUntil < epochDay + OpenDates.AHEAD_DAYS + 1) {
            publish(dates.on(++publishedUntil));
        }
        for (final Visitor visitor : demand.on(LocalDate.ofEpochDay(epochDay), nowMs)) {
            if (visitor.walkIn) {
                carriedOver.add(visitor);
            } else {
                at(visitor.askedMs, Kind.ASK, visitor);
            }
        }
        if (isMeasured(epochDay)) {
            at(nowMs + SAMPLE_MS, Kind.SAMPLE, null);
        }
        if (open != null) {
            at(open.startMs(), Kind.OPEN, null);
            final long spanMs = Math.max(1, open.units() * OpenDates.UNIT_MS - LAST_WALK_IN_MS);
            for (final Visitor visitor : carriedOver) {
                at(open.startMs() + (long) (visitor.temper.partOfDay() * spanMs), Kind.WALK_IN, visitor);
            }
            carriedOver.clear();
        }
        at(dates.startMs(epochDay + 1), Kind.DAY, null);
    }

    private boolean isMeasured(final int epochDay) {
        return epochDay >= measuredFrom && epochDay < end;
    }

    private void publish(final Open date) {
        if (date == null) {
            return;
        }
        final double factor = 1 + plan.share(PlanKey.OVERBOOKING);
        openDaysPublished++;
        final int[] places = new int[date.pools().size()];
        for (int i = 0; i < places.length; i++) {
            final OpenDay pool = date.pools().get(i);
            // Part of a place is one on some of the days: so that over the weeks it is as many as were asked for.
            places[i] = Math.min(255, (int) (Math.floor(pool.capacity() * factor * openDaysPublished + 1e-9) - Math.floor(pool.capacity() * factor * (openDaysPublished - 1) + 1e-9)));
        }
        core.publish(date.pools(), places);
    }

    /** Days until the third visit of the usual length that could still be had. */
    private void sample(final long nowMs) {
        for (int desk = 0; desk < site.desks().size(); desk++) {
            figures.get(desk).thirdNextDays[today - measuredFrom] = thirdNextDays(desk, nowMs);
        }
    }

    private int thirdNextDays(final int desk, final long nowMs) {
        int found = 0;
        for (int date = today; date <= today + OpenDates.AHEAD_DAYS; date++) {
            final Availability.DayView day = dates.on(date) == null ? null : core.day(site.desks().get(desk).id(), date);
            if (day == null || day.releasedAtMs() > nowMs) {
                continue;
            }
            final int[] room = day.room();
            for (int kind = 1; kind <= 3; kind++) {
                if ((demand.usualKinds(desk) >>> kind & 1) != 0) {
                    narrow(room, core.day(site.resource(kind), date));
                }
            }
            final int from = (int) Math.max(0, Math.floorDiv(nowMs - day.startMs(), OpenDates.UNIT_MS) + 1);
            found += Gaps.visits(room, from, demand.usualUnits(desk), 3 - found);
            if (found >= 3) {
                return date - today;
            }
        }
        return OpenDates.AHEAD_DAYS + 1;
    }

    private static void narrow(final int[] room, final Availability.DayView resource) {
        for (int unit = 0; unit < room.length; unit++) {
            room[unit] = Math.min(room[unit], resource == null || unit >= resource.room().length ? 0 : resource.room()[unit]);
        }
    }

    private void open(final long nowMs) {
        isOpen = true;
        for (int desk = 0; desk < rooms.size(); desk++) {
            rooms.get(desk).dayAt(open.openMinute(), isMeasured(today));
            if (isMeasured(today)) {
                opened(figures.get(desk), desk);
            }
            callNext(desk, nowMs);
        }
    }

    /** What is taken and what is left as the day begins. */
    private void opened(final DeskFigures of, final int desk) {
        final Availability.DayView day = core.day(site.desks().get(desk).id(), today);
        final int counters = site.desks().get(desk).capacity();
        int taken = 0;
        int free = 0;
        for (int unit = 0; unit < day.room().length; unit++) {
            taken += day.open()[unit] - day.room()[unit];
            free += day.room()[unit];
        }
        of.openDays++;
        of.counterMinutes += 5.0 * counters * open.units();
        of.bookedMinutes += 5.0 * taken;
        of.freeMinutes += 5.0 * free;
        of.strandedMinutes += 5.0 * Gaps.stranded(day.room(), site.shortestUnits(desk));
        of.shortMinutes += 5.0 * Gaps.stranded(day.room(), demand.usualUnits(desk));
        of.takenPercent[today - measuredFrom] = 100.0 * taken / (counters * open.units());
        for (int hour = open.openMinute() / 60; hour < DeskFigures.HOURS && hour * 60 < open.openMinute() + open.units() * 5; hour++) {
            of.openDaysAt[hour]++;
        }
    }

    private void closeDay() {
        if (isOpen) {
            rooms.forEach(room -> {
                room.closes(Temper.DAY_MINUTES);
                room.dayAt(0, false);
            });
        }
        isOpen = false;
    }

    // ---- people, until they have an appointment

    private void ask(final Visitor visitor, final long nowMs) {
        begins(visitor);
        core.submit(visitor);
        final double days = visitor.needsValidation ? visitor.temper.validationDays() : 0;
        at(nowMs + Math.round(days * DAY_MS), Kind.VALIDATED, visitor);
    }

    private void begins(final Visitor visitor) {
        visitors.add(visitor);
        visitor.counted = isMeasured(today);
        if (visitor.counted) {
            final DeskFigures of = figures.get(visitor.desk);
            of.asked++;
            of.askedMinutes += visitor.minutes;
        }
    }

    private void validated(final Visitor visitor, final long nowMs) {
        visitor.validatedMs = nowMs;
        if (visitor.needsValidation) {
            core.validate(visitor);
        }
        at(nowMs + Math.round(visitor.temper.lookAfterDays() * DAY_MS), Kind.LOOK, visitor);
    }

    private void look(final Visitor visitor, final long nowMs) {
        final long earliestMs = nowMs + Math.round(visitor.temper.noticeDays() * DAY_MS);
        final int latest = today + (int) Math.min(OpenDates.AHEAD_DAYS + 1, visitor.temper.patienceDays());
        final Availability.Slot best = best(visitor, earliestMs, latest);
        final Open wished = wished(visitor, earliestMs);
        visitor.refused = null;
        if (wished == null || best == null || best.epochDay() > wished.epochDay()) {
            visitor.refused = askFor(visitor, wished, earliestMs);
        }
        if (!visitor.hasLooked) {
            visitor.hasLooked = true;
            visitor.readyMs = earliestMs;
            visitor.refusedFirst = visitor.refused;
        }
        if (visitor.refused == Result.OK) {
            visitor.refused = null; // a start that needs a shared place for a part of the visit only
            holds(visitor, nowMs);
        } else if (best != null) {
            final Result result = core.hold(visitor, best.epochDay(), best.startUnit());
            if (result != Result.OK) {
                throw new IllegalStateException(site.post().code() + ": a start that is offered at " + best + " was answered " + result);
            }
            holds(visitor, nowMs);
        } else if (nowMs + DAY_MS <= visitor.lookUntilMs()) {
            at(nowMs + DAY_MS, Kind.LOOK, visitor);
        } else {
            core.withdraw(visitor);
            visitor.end = End.REFUSED;
            if (visitor.counted) {
                DeskFigures.count(figures.get(visitor.desk).refused, visitor.refused);
            }
        }
    }

    /** The first start that suits, or the first of all when that is much earlier; null when there is none up to a date. */
    private Availability.Slot best(final Visitor visitor, final long earliestMs, final int latest) {
        Availability.Slot first = null;
        int from = dates.epochDay(earliestMs);
        while (from <= latest) {
            final List<Availability.Slot> starts = core.starts(visitor, from, latest - from + 1);
            for (final Availability.Slot start : starts) {
                if (start.startMs() < earliestMs) {
                    continue;
                }
                if (first == null) {
                    first = start;
                }
                if (start.epochDay() > first.epochDay() + Behaviour.FLEXIBLE_DAYS) {
                    return first;
                }
                if (visitor.temper.suits(weekday(start.epochDay()), dates.on(start.epochDay()).minute(start.startMs()))) {
                    return start;
                }
            }
            if (starts.size() < PostCore.MOST_STARTS) {
                return first;
            }
            final int last = starts.get(starts.size() - 1).epochDay();
            from = last > from ? last : last + 1;
        }
        return first;
    }

    private static int weekday(final int epochDay) {
        return Math.floorMod(epochDay + 3, 7); // 1970-01-01 was a Thursday
    }

    /** The first open date on which they would like to come, full or not; null when there is none. */
    private Open wished(final Visitor visitor, final long earliestMs) {
        Open date = dates.next(dates.epochDay(earliestMs));
        while (date != null && date.epochDay() <= today + OpenDates.AHEAD_DAYS) {
            if ((visitor.temper.weekdays() >>> weekday(date.epochDay()) & 1) != 0 && wishedUnit(visitor, date, earliestMs) >= 0) {
                return date;
            }
            date = dates.next(date.epochDay() + 1);
        }
        return null;
    }

    /** Where they would like to start; -1 = the date has no such time. */
    private static int wishedUnit(final Visitor visitor, final Open date, final long earliestMs) {
        final long fromMs = Math.max(earliestMs + 1, date.startMs() + Math.max(0, visitor.temper.fromMinute() - date.openMinute()) * MINUTE_MS);
        final long unit = Math.max(0, Math.floorDiv(fromMs - date.startMs() + OpenDates.UNIT_MS - 1, OpenDates.UNIT_MS));
        return unit + visitor.units <= date.units() && date.openMinute() + unit * 5 < visitor.temper.untilMinute() ? (int) unit : -1;
    }

    /** Asks the core for what they would have liked, so that the reason is its own. */
    private Result askFor(final Visitor visitor, final Open wished, final long earliestMs) {
        if (wished == null) {
            return core.hold(visitor, today + OpenDates.AHEAD_DAYS + 30, 0); // nothing is open: the core says so
        }
        return core.hold(visitor, wished.epochDay(), wishedUnit(visitor, wished, earliestMs));
    }

    private void holds(final Visitor visitor, final long nowMs) {
        if (visitor.temper.letsLapse() && !visitor.hasLapsed) {
            visitor.hasLapsed = true;
            if (visitor.counted) {
                figures.get(visitor.desk).lapsed++;
            }
            at(nowMs + DAY_MS, Kind.LOOK, visitor); // the core ends the hold at its deadline
        } else {
            at(nowMs + Math.round(visitor.temper.confirmMinutes() * MINUTE_MS), Kind.CONFIRM, visitor);
        }
    }

    // ---- people, with an appointment

    private void confirm(final Visitor visitor, final long nowMs) {
        core.confirm(visitor);
        if (visitor.counted) {
            final DeskFigures of = figures.get(visitor.desk);
            final double days = Math.max(0, visitor.startMs - visitor.readyMs) / (double) DAY_MS;
            of.waitDays.add(days);
            of.leadDays.add((visitor.startMs - visitor.askedMs) / (double) DAY_MS);
            for (final int service : visitor.services) {
                of.waitDaysByService.computeIfAbsent(service, id -> new Spread()).add(days);
            }
            if (visitor.refusedFirst != null && visitor.refusedFirst != Result.OK) {
                DeskFigures.count(of.displaced, visitor.refusedFirst);
            }
        }
        if (visitor.temper.change() != Change.NONE) {
            at(nowMs + (long) (visitor.temper.changeAt() * Math.max(0, visitor.startMs - nowMs)), Kind.CHANGE, visitor);
        }
        awaits(visitor, nowMs);
    }

    private void awaits(final Visitor visitor, final long nowMs) {
        if (visitor.temper.comes()) {
            at(Math.max(nowMs, visitor.startMs - Math.round(visitor.temper.earlyMinutes() * MINUTE_MS)), Kind.ARRIVE, visitor);
        } else {
            at(visitor.startMs + GRACE_MS, Kind.MISSED, visitor);
        }
    }

    private void change(final Visitor visitor, final long nowMs) {
        if (visitor.isCheckedIn) {
            return; // came earlier than they would have thought better of it
        }
        if (visitor.temper.change() == Change.CANCEL) {
            core.cancel(visitor);
            core.withdraw(visitor);
            visitor.end = End.CANCELLED;
            visitor.version++;
            if (isMeasured(today)) {
                figures.get(visitor.desk).cancelled++;
            }
            return;
        }
        if (visitor.hasMoved || visitor.startMs <= nowMs) {
            return;
        }
        visitor.hasMoved = true;
        final long earliestMs = visitor.startMs + Math.round(visitor.temper.moveDays() * DAY_MS);
        final Availability.Slot later = best(visitor, earliestMs, today + OpenDates.AHEAD_DAYS + 1);
        if (later == null) {
            return; // keeps what they have
        }
        final Result result = core.move(visitor, later.epochDay(), later.startUnit());
        if (result != Result.OK) {
            throw new IllegalStateException(site.post().code() + ": a move to what is offered at " + later + " was answered " + result);
        }
        visitor.version++;
        if (isMeasured(today)) {
            figures.get(visitor.desk).moved++;
        }
        awaits(visitor, nowMs);
    }

    private void miss(final Visitor visitor, final long nowMs) {
        core.markNoShow(visitor);
        core.withdraw(visitor);
        visitor.end = End.NO_SHOW;
        if (isMeasured(today)) {
            final DeskFigures of = figures.get(visitor.desk);
            of.noShows++;
            of.noShowMinutes += 5.0 * visitor.units;
        }
    }

    // ---- the day of the visit

    private void arrive(final Visitor visitor, final long nowMs) {
        core.checkIn(visitor);
        waits(visitor, nowMs);
    }

    private void walkIn(final Visitor visitor, final long nowMs) {
        begins(visitor);
        final Result result = core.walkIn(visitor, today);
        if (visitor.counted) {
            figures.get(visitor.desk).walkIns++;
            figures.get(visitor.desk).overflow += result == Result.OVERFLOW ? 1 : 0;
        }
        waits(visitor, nowMs);
    }

    private void waits(final Visitor visitor, final long nowMs) {
        visitor.isCheckedIn = true;
        visitor.arrivedMs = nowMs;
        rooms.get(visitor.desk).comes(visitor, minute(nowMs));
        callNext(visitor.desk, nowMs);
    }

    private double minute(final long atMs) {
        return open == null ? dates.minute(atMs) : open.openMinute() + (atMs - open.startMs()) / (double) MINUTE_MS;
    }

    private void callNext(final int desk, final long nowMs) {
        if (!isOpen) {
            return; // come early; or left over from yesterday, where there was no end of it
        }
        final Room room = rooms.get(desk);
        for (Visitor visitor = room.next(minute(nowMs)); visitor != null; visitor = room.next(minute(nowMs))) {
            core.call(visitor, visitor.counter + 1);
            visitor.calledMs = nowMs;
            if (isMeasured(today)) {
                final long dueMs = Math.max(visitor.arrivedMs, visitor.walkIn ? 0 : visitor.startMs);
                figures.get(desk).queueMinutes.add(Math.max(0, nowMs - dueMs) / (double) MINUTE_MS);
            }
            at(nowMs + visitor.minutesMs(), Kind.DONE, visitor);
        }
    }

    private void done(final Visitor visitor, final long nowMs) {
        core.serve(visitor);
        visitor.end = End.SERVED;
        rooms.get(visitor.desk).leaves(visitor);
        if (isMeasured(today)) {
            final DeskFigures of = figures.get(visitor.desk);
            final long closesMs = open == null ? visitor.calledMs : open.endMs();
            of.served++;
            of.workedMinutes += Math.max(0, Math.min(nowMs, closesMs) - visitor.calledMs) / (double) MINUTE_MS;
            of.overtimeMinutes += Math.max(0, nowMs - Math.max(visitor.calledMs, closesMs)) / (double) MINUTE_MS;
        }
        callNext(visitor.desk, nowMs);
    }

    // ---- books

    /** Every arrival has one end, and the core has counted the same. @return what was counted */
    private Map<String, Long> books(final Counts counts) {
        final Map<End, Long> ends = new EnumMap<>(End.class);
        for (final End one : End.values()) {
            ends.put(one, 0L);
        }
        long withAppointment = 0;
        long fulfilled = 0;
        long withdrawn = 0;
        for (final Visitor visitor : visitors) {
            ends.merge(visitor.end, 1L, Long::sum);
            withAppointment += visitor.end == End.OPEN && visitor.appointment != 0 ? 1 : 0;
            fulfilled += visitor.end == End.SERVED ? visitor.services.length : 0;
            withdrawn += visitor.end != End.OPEN && visitor.end != End.SERVED ? visitor.services.length : 0;
        }
        final long openOnes = counts.of("appointments.CONFIRMED") + counts.of("appointments.CHECKED_IN") + counts.of("appointments.CALLED");
        same("arrivals", visitors.size(), counts.of("applications"));
        same("served", ends.get(End.SERVED), counts.of("appointments.SERVED"));
        same("no-shows", ends.get(End.NO_SHOW), counts.of("appointments.NO_SHOW"));
        same("cancelled", ends.get(End.CANCELLED), counts.of("appointments.CANCELLED"));
        same("appointments still open", withAppointment, openOnes);
        same("services served", fulfilled, counts.of("lines.FULFILLED"));
        same("services withdrawn", withdrawn, counts.of("lines.WITHDRAWN"));
        final Map<String, Long> books = new LinkedHashMap<>();
        books.put("arrivals", (long) visitors.size());
        books.put("served", ends.get(End.SERVED));
        books.put("noShow", ends.get(End.NO_SHOW));
        books.put("cancelled", ends.get(End.CANCELLED));
        books.put("refused", ends.get(End.REFUSED));
        books.put("stillOpen", ends.get(End.OPEN));
        return books;
    }

    private void same(final String what, final long ours, final long theirs) {
        if (ours != theirs) {
            throw new IllegalStateException("the books of " + site.post().code() + " do not balance: " + what + " " + ours + ", the core has " + theirs);
        }
    }
}
