package org.mawid.engine.twin;

import static org.mawid.sbe.Result.CORE_VERSION_UNSUPPORTED;
import static org.mawid.sbe.Result.LINE_STATE;
import static org.mawid.sbe.Result.RULES_INVALID;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.ClosureState;
import org.mawid.sbe.CoolingEnd;

/** The door to what came with core version 5: which command goes where, and what a Tick does for closures and for those who wait. */
final class NaiveDisplacement {
    private static final int ENDED_AT_ONCE = 16;
    private static final int DATES_AT_ONCE = 256;
    private static final int CLOSED_AT_ONCE = 16;
    private static final int NUMBERS_AT_ONCE = 4_096;
    private static final int DISPLACED_AT_ONCE = 4;
    static final int TOLD_AT_ONCE = 1_000;
    private static final long MINUTE = 60_000;

    private final Model model;
    private final NaiveCatalogue catalogue;
    private final NaiveApplications applications;
    private final NaiveCalendar calendar;
    private final NaiveVisits visits;
    private final NaiveAppointments appointments;
    private final NaiveClosures closures;
    private final NaiveWaiters waiters;
    private final NaiveLooking looking;
    private final NaiveCooling cooling;
    private final NaiveLedger ledger;
    private final NaiveEvents plainEvents;
    private final NaiveDisplacementEvents events;

    NaiveDisplacement(final Model model, final NaiveCatalogue catalogue, final NaiveApplications applications, final NaiveCalendar calendar,
                      final NaiveVisits visits, final NaiveAppointments appointments, final NaiveClosures closures, final NaiveWaiters waiters,
                      final NaiveLooking looking, final NaiveCooling cooling, final NaiveLedger ledger, final NaiveEvents plainEvents,
                      final NaiveDisplacementEvents events) {
        this.model = model;
        this.catalogue = catalogue;
        this.applications = applications;
        this.calendar = calendar;
        this.visits = visits;
        this.appointments = appointments;
        this.closures = closures;
        this.waiters = waiters;
        this.looking = looking;
        this.cooling = cooling;
        this.ledger = ledger;
        this.plainEvents = plainEvents;
        this.events = events;
    }

    Answer dispatch(final Command.Displacement command) {
        Refusal.when(model.coreVersion < 5, CORE_VERSION_UNSUPPORTED);
        if (command instanceof Command.CloseDays c) {
            return closures.close(c);
        } else if (command instanceof Command.ReopenDays c) {
            return closures.reopen(c);
        } else if (command instanceof Command.AcceptPosts c) {
            return acceptPosts(c);
        } else if (command instanceof Command.ChooseAnother c) {
            return visits.chooseAnother(c);
        } else if (command instanceof Command.SetOfferRules c) {
            return setRules(c);
        }
        throw new IllegalArgumentException(command.toString());
    }

    private Answer acceptPosts(final Command.AcceptPosts c) {
        final Model.Application application = applications.application(c.applicationId());
        c.posts().forEach(catalogue::post);
        Refusal.when(application.lines.stream().noneMatch(Model.Line::isOpen), LINE_STATE);

        application.acceptedPosts.clear();
        application.acceptedPosts.addAll(c.posts());
        applications.touch(application);
        events.postsAccepted(application);
        waiters.lookAgain(application);
        return Answer.DONE;
    }

    private Answer setRules(final Command.SetOfferRules c) {
        final Command.OfferRules r = c.rules();
        rule(r.offerTtlMs(), 5 * MINUTE, 14 * Model.DAY_MS);
        rule(r.noticeMs(), 0, 7 * Model.DAY_MS);
        rule(r.searchDays(), 1, 420);
        rule(r.offersEach(), 1, 10);

        model.displacement.rules = r;
        model.displacement.rulesSet = true;
        waiters.searchAnew();
        events.offerRulesSet(r);
        return Answer.DONE;
    }

    private static void rule(final long value, final long least, final long most) {
        Refusal.when(value < least || value > most, RULES_INVALID);
    }

    /** 0 = a Tick has work at once. */
    long nextDueMs() {
        if (unfinished().isPresent() || model.displacement.queues.values().stream().anyMatch(queue -> queue.looking != null || queue.searching != null)) {
            return 0;
        }
        final long release = !isAwaited() ? Long.MAX_VALUE : model.cooling.releasedPost < CoolingModel.ALL_POSTS ? 0 : (model.cooling.span + 1) * CoolingModel.SPAN_MS;
        final long over = model.displacement.closures.values().stream().mapToLong(closure -> closure.said.toMs()).min().orElse(Long.MAX_VALUE);
        return Math.min(over, Math.min(release, cooling.nextDueMs()));
    }

    /** While closures or waiters are there, a Tick tells a bounded number of rooms. */
    boolean mayTell() {
        return model.coreVersion < 7 && model.displacement.closures.isEmpty() && model.displacement.waiters.isEmpty() || !toldEnough();
    }

    private boolean toldEnough() {
        return plainEvents.told() >= TOLD_AT_ONCE;
    }

    private boolean isAwaited() {
        return model.coreVersion >= 7 && !model.displacement.waiters.isEmpty();
    }

    void tick() {
        cooling.tick();
        if (isAwaited()) {
            release();
        }
        model.displacement.closures.values().stream().filter(closure -> closure.said.toMs() <= model.nowMs).limit(ENDED_AT_ONCE).toList()
                .forEach(closure -> closures.end(closure, false));
        final Optional<DisplacementModel.Closure> unfinished = unfinished();
        if (unfinished.isEmpty()) {
            looking.tick();
        } else if (unfinished.get().state == ClosureState.CLOSING) {
            closeDates(unfinished.get());
        } else {
            find(unfinished.get());
        }
    }

    /** One post by each Tick: where dates were released since the day before, or are now to be had by those who lost a visit. */
    private void release() {
        final int span = (int) Math.floorDiv(model.nowMs, CoolingModel.SPAN_MS);
        if (span > model.cooling.span && (model.coreVersion < 8 || model.cooling.releasedPost == CoolingModel.ALL_POSTS)) {
            model.cooling.sinceSpan = model.cooling.span;
            model.cooling.releasedPost = 0;
            model.cooling.span = span;
        }
        if (model.cooling.releasedPost == CoolingModel.ALL_POSTS) {
            return;
        }
        final Map.Entry<Integer, NaiveQueue> next = model.displacement.queues.higherEntry(model.cooling.releasedPost);
        model.cooling.releasedPost = next == null ? CoolingModel.ALL_POSTS : next.getKey();
        if (next != null) {
            final Set<Integer> released = new TreeSet<>();
            final long sinceMs = model.cooling.sinceSpan * CoolingModel.SPAN_MS;
            final int ahead = model.displacement.rules.searchDays() - 1;
            final int farthest = (int) Math.floorDiv(sinceMs, Model.DAY_MS) + ahead;
            for (int epochDay = model.today(); epochDay <= model.today() + Math.max(ahead, model.rules.horizonDays()); epochDay++) {
                if (epochDay > farthest && epochDay <= model.today() + ahead || isReleasedSince(sinceMs, model.posts.get(next.getKey()), epochDay)) {
                    released.add(epochDay);
                }
            }
            next.getValue().roomCame(released);
            if (!released.isEmpty() || farthest < model.today() + ahead) {
                next.getValue().lookFromTheFirst(waiters.newestRun());
            }
            model.displacement.saw(released.isEmpty() ? "nothing was released" : "dates were released");
        }
    }

    private boolean isReleasedSince(final long sinceMs, final Model.Post post, final int epochDay) {
        return model.pools.values().stream().filter(pool -> pool.post == post).map(pool -> model.visibleDay(pool.id, epochDay))
                .anyMatch(day -> day != null && day.live.releasedAtMs > sinceMs && day.live.releasedAtMs <= model.nowMs);
    }

    private Optional<DisplacementModel.Closure> unfinished() {
        return model.displacement.closures.values().stream().filter(closure -> closure.state != ClosureState.IN_FORCE).findFirst();
    }

    // ---- closing

    private void closeDates(final DisplacementModel.Closure closure) {
        final long last = Math.floorDiv(closure.said.toMs() - 1, Model.DAY_MS) + 1;
        final List<Model.Pool> pools = model.pools.values().stream()
                .filter(pool -> pool.post == closure.post && (closure.said.poolId() == 0 || closure.said.poolId() == pool.id)).toList();
        int looked = 0;
        int closed = 0;
        while (closure.cursor <= last) {
            if (looked == DATES_AT_ONCE || closed == CLOSED_AT_ONCE || toldEnough()) {
                model.displacement.saw("closed enough");
                return;
            }
            looked++;
            if (closure.pass < pools.size()) {
                closed += closeDay(closure, pools.get(closure.pass), Math.toIntExact(closure.cursor)) ? 1 : 0;
            }
            closure.pass++;
            if (closure.pass >= pools.size()) {
                closure.pass = 0;
                closure.cursor++;
            }
        }
        closure.state = ClosureState.FINDING;
        waiters.searchAnew(closure.post);
        closure.cursor = model.lastHold + 1;
    }

    private boolean closeDay(final DisplacementModel.Closure closure, final Model.Pool pool, final int epochDay) {
        final Model.DayKey key = new Model.DayKey(pool.id, epochDay);
        if (model.days.containsKey(key) && model.days.get(key).staged != null) {
            model.displacement.saw("abandoned change");
            calendar.abandon(model.changes.entrySet().stream().filter(change -> change.getValue().days.contains(key)).findFirst().orElseThrow().getKey());
        }
        final Model.Day day = model.visibleDay(pool.id, epochDay);
        if (day == null) {
            return false;
        }
        cooling.endOn(key, 0, Model.UNITS, CoolingEnd.CLOSED);
        final NaiveRoom.Moved runs = NaiveRoom.Moved.none();
        final boolean covered = closures.shrink(pool, new NaiveRoom.Span(pool.id, epochDay, 0, day.live.unitCount), runs);
        closures.tellShrunk(closure.post, runs);
        return covered;
    }

    // ---- finding

    private void find(final DisplacementModel.Closure closure) {
        int looked = 0;
        int displaced = 0;
        long lowest = lowest(closure.pass);
        while (closure.pass < (closure.capacity() == 0 ? 2 : 3)) {
            if (closure.cursor <= lowest) {
                closure.pass++;
                closure.cursor = model.lastAppointment + 1;
                lowest = lowest(closure.pass);
                continue;
            }
            if (looked == NUMBERS_AT_ONCE || displaced == DISPLACED_AT_ONCE || toldEnough()) {
                model.displacement.saw(displaced == DISPLACED_AT_ONCE ? "displaced enough" : "looked at enough");
                return;
            }
            looked++;
            closure.cursor--;
            displaced += closure.pass == 0 ? release(closure, model.holds.get(closure.cursor)) : displace(closure, model.appointments.get(closure.cursor));
        }
        closure.state = ClosureState.IN_FORCE;
        if (model.coreVersion >= 8) {
            waiters.searchAnew(closure.post);
        }
        events.closureInForce(closure);
    }

    /** The lowest number that lives: there is nothing below. */
    private long lowest(final int pass) {
        final TreeMap<Long, ?> living = pass == 0 ? model.holds : model.appointments;
        return living.isEmpty() ? Long.MAX_VALUE : living.firstKey();
    }

    private int release(final DisplacementModel.Closure closure, final Model.Hold hold) {
        if (hold == null || hold.visit.post() != closure.post || !isTouched(closure, hold.visit)) {
            return 0;
        }
        final DisplacementModel.Waiter waiter = waiters.offered(hold);
        visits.releaseByClosure(hold);
        ledger.tell();
        if (waiter == null) {
            closure.holds++;
            model.displacement.saw("hold released");
        } else {
            waiter.offers--;
            closure.displaced++;
            waiters.lapse(waiter);
            model.displacement.saw("offer displaced");
        }
        return 1;
    }

    private int displace(final DisplacementModel.Closure closure, final Model.Appointment appointment) {
        if (appointment == null || appointment.state != AppointmentState.CONFIRMED || appointment.visit.post() != closure.post
                || !isTouched(closure, appointment.visit)) {
            return 0;
        }
        if (closure.capacity() > 0 && closure.pass == 1 && NaiveWaiters.hasPriority(appointment)) {
            model.displacement.saw("priority goes first");
            return 0;
        }
        appointments.displace(appointment);
        closure.displaced++;
        waiters.begin(appointment, closure);
        model.displacement.saw("displaced in pass " + closure.pass);
        return 1;
    }

    /** It has places on a unit that the closure covers, and that has more takers than the closure leaves places. */
    private boolean isTouched(final DisplacementModel.Closure closure, final Model.Visit visit) {
        for (final Model.TakenLeg leg : visit.legs()) {
            for (int kind = 0; kind < leg.pools().length; kind++) {
                final Model.Day day = leg.places()[kind] == 0 ? null : model.visibleDay(leg.pools()[kind], leg.leg().epochDay());
                for (int i = 0; day != null && i < leg.leg().units(); i++) {
                    final long unitMs = leg.startMs() + i * Model.UNIT_MS;
                    final int unit = Math.toIntExact((unitMs - day.live.startMs) / Model.UNIT_MS);
                    if (closure.covers(model.pools.get(leg.pools()[kind]), unitMs) && (closure.capacity() == 0 || day.taken(unit) > closure.capacity())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
