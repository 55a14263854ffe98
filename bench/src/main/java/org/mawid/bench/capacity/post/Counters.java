package org.mawid.bench.capacity.post;

import java.util.ArrayList;
import java.util.List;
import org.mawid.bench.capacity.post.Agenda.Kind;
import org.mawid.bench.capacity.post.Visitor.End;
import org.mawid.bench.capacity.result.DeskFigures;
import org.mawid.sbe.Result;

/** The day at the post: who comes, waits, is called to a free counter and served, and who does not come. One thread. */
final class Counters {
    private final Course course;
    private final Seekers seekers;
    private final Offer offer;
    private final List<Room> rooms = new ArrayList<>();
    private boolean isOpen;

    Counters(final Course course, final Seekers seekers, final Offer offer) {
        this.course = course;
        this.seekers = seekers;
        this.offer = offer;
        course.figures.forEach(of -> rooms.add(new Room(of)));
    }

    void open(final long nowMs) {
        isOpen = true;
        for (int desk = 0; desk < rooms.size(); desk++) {
            rooms.get(desk).opens(offer.staffed(desk), course.open().openMinute(), course.isMeasured());
            callNext(desk, nowMs);
        }
    }

    /** The date is over; who is still there is served on, and is called first when it opens again. */
    void close() {
        if (isOpen) {
            rooms.forEach(Room::closes);
        }
        isOpen = false;
    }

    void arrive(final Visitor visitor, final long nowMs) {
        course.core.checkIn(visitor);
        waits(visitor, nowMs);
    }

    void walkIn(final Visitor visitor, final long nowMs) {
        seekers.begins(visitor);
        final Result result = course.core.walkIn(visitor, course.today());
        if (visitor.counted) {
            course.of(visitor).walkIns++;
            course.of(visitor).overflow += result == Result.OVERFLOW ? 1 : 0;
        }
        if (course.isMeasured()) {
            course.of(visitor).givenServices += visitor.serviceCount();
            course.of(visitor).fees.issued(course.day(), visitor.stamps, visitor.stampedServices, visitor.stampCentimes);
        }
        waits(visitor, nowMs);
    }

    private void waits(final Visitor visitor, final long nowMs) {
        final int desk = visitor.stop().desk();
        visitor.isCheckedIn = true;
        visitor.arrivedMs = nowMs;
        if (course.isMeasured() && offer.staffed(desk) == 0) {
            course.of(visitor).sentHome++;
        }
        rooms.get(desk).comes(visitor, course.minute(nowMs));
        callNext(desk, nowMs);
    }

    private void callNext(final int desk, final long nowMs) {
        if (!isOpen) {
            return; // come early; or left over from yesterday, where there was no end of it
        }
        final Room room = rooms.get(desk);
        final double minute = course.minute(nowMs);
        for (Visitor visitor = room.next(minute); visitor != null; visitor = room.next(minute)) {
            if (visitor.at == 0) {
                course.core.call(visitor, visitor.counter + 1); // the core calls a visit once
            }
            visitor.calledMs = nowMs;
            if (course.isMeasured()) {
                final long cameMs = Math.max(visitor.arrivedMs, course.open().startMs()); // who is left from another day has come anew
                final long dueMs = Math.max(cameMs, visitor.walkIn ? 0 : visitor.dueMs());
                waited(course.figures.get(desk), visitor, Math.max(0, nowMs - dueMs) / (double) Course.MINUTE_MS);
            }
            course.agenda.at(nowMs + visitor.minutesMs(), Kind.DONE, visitor);
        }
    }

    private void waited(final DeskFigures of, final Visitor visitor, final double minutes) {
        of.queueMinutes.add(minutes);
        if (!visitor.walkIn && visitor.epochDay == course.today()) {
            of.startWaits.get(0).add(course.open().minute(visitor.dueMs()), minutes);
        }
    }

    void done(final Visitor visitor, final long nowMs) {
        final int desk = visitor.stop().desk();
        rooms.get(desk).leaves(visitor);
        if (course.isMeasured()) {
            final DeskFigures of = course.figures.get(desk);
            final long closesMs = course.open() == null ? visitor.calledMs : course.open().endMs();
            of.workedMinutes += Math.max(0, Math.min(nowMs, closesMs) - visitor.calledMs) / (double) Course.MINUTE_MS;
            of.overtimeMinutes += Math.max(0, nowMs - Math.max(visitor.calledMs, closesMs)) / (double) Course.MINUTE_MS;
        }
        if (visitor.at + 1 < visitor.stops.size()) {
            visitor.at++;
            waits(visitor, nowMs);
        } else {
            served(visitor);
        }
        callNext(desk, nowMs);
    }

    private void served(final Visitor visitor) {
        course.core.serve(visitor);
        visitor.end = End.SERVED;
        if (course.isMeasured()) {
            final DeskFigures of = course.of(visitor);
            of.served++;
            of.servedOverDesks += visitor.stops.size() > 1 ? 1 : 0;
            of.fees.served(course.day(), course.core.quoteCentimes(visitor), visitor.stampCentimes);
        }
    }

    void miss(final Visitor visitor) {
        course.core.markNoShow(visitor);
        course.core.withdraw(visitor);
        visitor.end = End.NO_SHOW;
        if (course.isMeasured()) {
            final DeskFigures of = course.of(visitor);
            of.noShows++;
            of.fees.madeVoid(course.day(), visitor.stamps, visitor.stampCentimes);
            visitor.stops.forEach(stop -> course.figures.get(stop.desk()).noShowMinutes += 5.0 * stop.units());
        }
    }
}
