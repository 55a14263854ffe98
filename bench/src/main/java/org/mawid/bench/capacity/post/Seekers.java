package org.mawid.bench.capacity.post;

import java.util.List;
import java.util.function.Consumer;
import org.mawid.bench.capacity.demand.Behaviour;
import org.mawid.bench.capacity.demand.Temper.Change;
import org.mawid.bench.capacity.plan.PlannedNetwork;
import org.mawid.bench.capacity.post.Agenda.Kind;
import org.mawid.bench.capacity.post.OpenDates.Open;
import org.mawid.bench.capacity.post.Visitor.End;
import org.mawid.bench.capacity.result.DeskFigures;
import org.mawid.bench.capacity.result.Spread;
import org.mawid.engine.readmodel.Availability;
import org.mawid.sbe.Result;

/**
 * People from asking to their appointment, and what they do with it until the day: submit, are validated or rejected and perhaps submit again, look
 * for the earliest start that suits ({@link Behaviour}), hold, confirm with their stamps, perhaps cancel or move. When the first date that they
 * would have liked has nothing, the core is asked for it all the same, so that the reason is its own. One thread.
 */
final class Seekers {
    /** The rule noShowGraceMs, as it is by default. */
    private static final long GRACE_MS = 15 * Course.MINUTE_MS;

    private final Course course;
    private final Consumer<Visitor> all;
    private final Elsewhere elsewhere;
    private Consumer<Visitor> given = visitor -> { };

    /** @param all is told of everybody who asks */
    Seekers(final Course course, final Consumer<Visitor> all, final Elsewhere elsewhere) {
        this.course = course;
        this.all = all;
        this.elsewhere = elsewhere;
    }

    /** @param whoGets is told of everybody who has been given a start, or another one */
    void onGiven(final Consumer<Visitor> whoGets) {
        given = whoGets;
    }

    // ---- until they have an appointment

    void begins(final Visitor visitor) {
        all.accept(visitor);
        visitor.counted = visitor.hasCome ? visitor.counted : course.isMeasured();
        if (visitor.counted) {
            final DeskFigures of = course.of(visitor);
            of.asked++;
            of.came += visitor.hasCome ? 1 : 0;
            of.cameMinutes += visitor.hasCome ? visitor.minutes() : 0;
            of.askedOverDesks += visitor.stops.size() > 1 ? 1 : 0;
            visitor.stops.forEach(stop -> course.figures.get(stop.desk()).askedMinutes += stop.minutes());
        }
    }

    void ask(final Visitor visitor, final long nowMs) {
        if (visitor.submissions == 0) {
            begins(visitor);
        }
        course.core.submit(visitor);
        visitor.submissions++;
        final double days = visitor.needsValidation ? visitor.temper.validationDays() : 0;
        course.agenda.at(nowMs + Math.round(days * Course.DAY_MS), Kind.DECIDED, visitor);
    }

    /** The post has looked at what they sent. */
    void decided(final Visitor visitor, final long nowMs) {
        if (visitor.needsValidation && !visitor.hasCome && course.isMeasured()) {
            course.of(visitor).decisions++;
        }
        if (visitor.needsValidation && visitor.submissions <= visitor.temper.rejections()) {
            rejected(visitor, nowMs);
            return;
        }
        visitor.validatedMs = nowMs;
        if (visitor.needsValidation) {
            course.core.validate(visitor);
        }
        course.agenda.at(nowMs + Math.round(visitor.temper.lookAfterDays() * Course.DAY_MS), Kind.LOOK, visitor);
    }

    private void rejected(final Visitor visitor, final long nowMs) {
        visitor.rejectedLines += course.core.reject(visitor);
        final boolean again = visitor.submissions <= visitor.temper.resubmissions();
        if (course.isMeasured()) {
            final DeskFigures of = course.of(visitor);
            of.rejected++;
            of.resubmitted += again ? 1 : 0;
        }
        if (again) {
            course.agenda.at(nowMs + Math.round(visitor.temper.correctDays() * Course.DAY_MS), Kind.ASK, visitor);
        } else {
            visitor.end = End.REJECTED;
            if (visitor.counted) {
                course.of(visitor).rejectedForGood++;
            }
        }
    }

    void look(final Visitor visitor, final long nowMs) {
        final long earliestMs = nowMs + Math.round(visitor.temper.noticeDays() * Course.DAY_MS);
        final int latest = course.today() + (int) Math.min(PlannedNetwork.AHEAD_DAYS + 1, visitor.temper.patienceDays());
        final Start best = best(visitor, earliestMs, latest);
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
            final Result result = course.core.hold(visitor, best.epochDay(), best.units());
            if (result != Result.OK) {
                throw course.unexpected("a start that is offered at " + best + " was answered " + result);
            }
            holds(visitor, nowMs);
        } else if (nowMs + Course.DAY_MS <= visitor.lookUntilMs()) {
            course.agenda.at(nowMs + Course.DAY_MS, Kind.LOOK, visitor);
        } else {
            findsNothing(visitor, nowMs);
        }
    }

    private void findsNothing(final Visitor visitor, final long nowMs) {
        course.core.withdraw(visitor);
        visitor.end = End.REFUSED;
        visitor.hasGone = visitor.temper.triesElsewhere() && elsewhere.goes(visitor, nowMs);
        if (visitor.counted) {
            DeskFigures.count(course.of(visitor).refused, visitor.refused);
            if (visitor.hasGone) {
                DeskFigures.count(course.of(visitor).went, visitor.refused);
            }
        }
    }

    /** The first start that suits, or the first of all when that is much earlier; null when there is none up to a date. */
    private Start best(final Visitor visitor, final long earliestMs, final int latest) {
        final Ways ways = new Ways(course, visitor);
        Start first = null;
        int from = course.dates.epochDay(earliestMs);
        while (from <= latest) {
            final List<Availability.Slot> slots = course.core.starts(visitor, from, latest - from + 1);
            for (final Availability.Slot slot : slots) {
                final Start start = slot.startMs() < earliestMs ? null : ways.from(slot);
                if (start == null) {
                    continue;
                }
                if (first == null) {
                    first = start;
                }
                if (start.epochDay() > first.epochDay() + Behaviour.FLEXIBLE_DAYS) {
                    return first;
                }
                if (visitor.temper.suits(weekday(start.epochDay()), course.dates.on(start.epochDay()).minute(start.startMs()))) {
                    return start;
                }
            }
            if (slots.size() < PostCore.MOST_STARTS) {
                return first;
            }
            final int last = slots.get(slots.size() - 1).epochDay();
            from = last > from ? last : last + 1;
        }
        return first;
    }

    private static int weekday(final int epochDay) {
        return Math.floorMod(epochDay + 3, 7); // 1970-01-01 was a Thursday
    }

    /** The first open date on which they would like to come, full or not; null when there is none. */
    private Open wished(final Visitor visitor, final long earliestMs) {
        Open date = course.dates.next(course.dates.epochDay(earliestMs));
        while (date != null && date.epochDay() <= course.today() + PlannedNetwork.AHEAD_DAYS) {
            if ((visitor.temper.weekdays() >>> weekday(date.epochDay()) & 1) != 0 && wishedUnit(visitor, date, earliestMs) >= 0) {
                return date;
            }
            date = course.dates.next(date.epochDay() + 1);
        }
        return null;
    }

    /** Where they would like to start; -1 = the date has no such time. */
    private static int wishedUnit(final Visitor visitor, final Open date, final long earliestMs) {
        final long fromMs = Math.max(earliestMs + 1, date.startMs() + Math.max(0, visitor.temper.fromMinute() - date.openMinute()) * Course.MINUTE_MS);
        final long unit = Math.max(0, Math.floorDiv(fromMs - date.startMs() + OpenDates.UNIT_MS - 1, OpenDates.UNIT_MS));
        return unit + visitor.units <= date.units() && date.openMinute() + unit * 5 < visitor.temper.untilMinute() ? (int) unit : -1;
    }

    /** Asks the core for what they would have liked, so that the reason is its own. */
    private Result askFor(final Visitor visitor, final Open wished, final long earliestMs) {
        if (wished == null) {
            return course.core.hold(visitor, course.today() + PlannedNetwork.AHEAD_DAYS + 30, Ways.straight(visitor, 0)); // nothing is open: the core says so
        }
        return course.core.hold(visitor, wished.epochDay(), Ways.straight(visitor, wishedUnit(visitor, wished, earliestMs)));
    }

    private void holds(final Visitor visitor, final long nowMs) {
        if (visitor.temper.letsLapse() && !visitor.hasLapsed) {
            visitor.hasLapsed = true;
            if (visitor.counted) {
                course.of(visitor).lapsed++;
            }
            course.agenda.at(nowMs + Course.DAY_MS, Kind.LOOK, visitor); // the core ends the hold at its deadline
        } else {
            course.agenda.at(nowMs + Math.round(visitor.temper.confirmMinutes() * Course.MINUTE_MS), Kind.CONFIRM, visitor);
        }
    }

    // ---- with an appointment

    /** One command confirms and issues the stamps of those that pay beforehand. */
    void confirm(final Visitor visitor, final long nowMs) {
        course.core.confirm(visitor);
        if (visitor.counted) {
            final DeskFigures of = course.of(visitor);
            final double days = Math.max(0, visitor.startMs - visitor.readyMs) / (double) Course.DAY_MS;
            of.waitDays.add(days);
            of.leadDays.add((visitor.startMs - visitor.askedMs) / (double) Course.DAY_MS);
            for (final int service : visitor.services) {
                of.waitDaysByService.computeIfAbsent(service, id -> new Spread()).add(days);
            }
            if (visitor.refusedFirst != null && visitor.refusedFirst != Result.OK) {
                DeskFigures.count(of.displaced, visitor.refusedFirst);
            }
        }
        if (course.isMeasured()) {
            course.of(visitor).givenServices += visitor.serviceCount();
            course.of(visitor).fees.issued(course.day(), visitor.stamps, visitor.stampedServices, visitor.stampCentimes);
        }
        if (visitor.temper.change() != Change.NONE) {
            visitor.changeMs = nowMs + (long) (visitor.temper.changeAt() * Math.max(0, visitor.startMs - nowMs));
            course.agenda.at(visitor.changeMs, Kind.CHANGE, visitor);
        }
        awaits(visitor, nowMs);
    }

    private void awaits(final Visitor visitor, final long nowMs) {
        given.accept(visitor);
        if (visitor.temper.comes()) {
            course.agenda.at(Math.max(nowMs, visitor.startMs - Math.round(visitor.temper.earlyMinutes() * Course.MINUTE_MS)), Kind.ARRIVE, visitor);
        } else {
            course.agenda.at(visitor.startMs + GRACE_MS, Kind.MISSED, visitor);
        }
    }

    void change(final Visitor visitor, final long nowMs) {
        if (visitor.isCheckedIn) {
            return; // came earlier than they would have thought better of it
        }
        if (visitor.temper.change() == Change.CANCEL) {
            cancel(visitor);
        } else if (!visitor.hasMoved && visitor.startMs > nowMs) {
            visitor.hasMoved = true;
            if (moveFrom(visitor, visitor.startMs + Math.round(visitor.temper.moveDays() * Course.DAY_MS), nowMs) && course.isMeasured()) {
                course.of(visitor).moved++;
            }
        }
    }

    private void cancel(final Visitor visitor) {
        course.core.cancel(visitor);
        course.core.withdraw(visitor);
        visitor.end = End.CANCELLED;
        visitor.version++;
        if (course.isMeasured()) {
            course.of(visitor).cancelled++;
            course.of(visitor).fees.madeVoid(course.day(), visitor.stamps, visitor.stampCentimes);
        }
    }

    /** The post cannot serve them today. @return false when they keep what they have, because nothing else is free */
    boolean moveToAnotherDay(final Visitor visitor, final long nowMs) {
        final boolean isMoved = moveFrom(visitor, course.dates.startMs(course.today() + 1), nowMs);
        if (isMoved && visitor.changeMs > nowMs) {
            course.agenda.at(visitor.changeMs, Kind.CHANGE, visitor); // what they had in mind they still have
        }
        return isMoved;
    }

    private boolean moveFrom(final Visitor visitor, final long earliestMs, final long nowMs) {
        final Start later = best(visitor, earliestMs, course.today() + PlannedNetwork.AHEAD_DAYS + 1);
        if (later == null) {
            return false;
        }
        final Result result = course.core.move(visitor, later.epochDay(), later.units());
        if (result == Result.LIMIT_REACHED) {
            return false; // moved as often as the rule lets anybody
        }
        if (result != Result.OK) {
            throw course.unexpected("a move to what is offered at " + later + " was answered " + result);
        }
        visitor.version++;
        awaits(visitor, nowMs);
        return true;
    }
}
