package org.mawid.engine.core;

import org.mawid.engine.allocation.Appointments;
import org.mawid.engine.allocation.Closures;
import org.mawid.engine.allocation.Coolings;
import org.mawid.engine.allocation.Holds;
import org.mawid.engine.waiting.Queues;
import org.mawid.engine.waiting.Waiters;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.ClosureInForceEncoder;
import org.mawid.sbe.ClosureState;
import org.mawid.sbe.CoolingEnd;

/**
 * What follows from closures, a bounded part of it by each Tick: days are closed, whoever has a visit there loses it, and everybody who has lost one
 * gets an offer in the order of their queue. The bounds are part of what a log means: another one would give other positions to what happens.
 */
final class Displacement {
    /** Entries of RoomChanged after which a Tick ends: what one more step may tell still fits. */
    static final int MOST_TOLD = 1_000;
    private static final int ENDED_MOST = 16;
    private static final int COOLED_MOST = 128;
    private static final int DATES_LOOKED_AT = 256;
    private static final int DAYS_CLOSED = 16;
    private static final int NUMBERS_LOOKED_AT = 4_096;
    private static final int DISPLACED_MOST = 4;
    private static final long DAY_MS = 86_400_000L;
    private static final int HOLDS = 0;
    private static final int ORDINARY = 1;
    private static final int EVERYBODY = 2;

    private final Rooms rooms;
    private final Closures closures;
    private final ClosureCommands commands;
    private final Waiters waiters;
    private final Queues queues;
    private final Offering offering;
    private final Releases releases;
    private final ClosureInForceEncoder closureInForce = new ClosureInForceEncoder();

    Displacement(final Rooms rooms, final ClosureCommands commands, final Releases releases) {
        this.rooms = rooms;
        this.commands = commands;
        this.closures = rooms.allocation.closures();
        this.waiters = rooms.waiters;
        this.queues = rooms.waiters.queues();
        this.offering = new Offering(rooms);
        this.releases = releases;
    }

    /** The first date on which a time can be, wherever the post is. */
    static long firstDay(final long fromMs) {
        return Math.floorDiv(fromMs, DAY_MS) - 1;
    }

    private static long lastDay(final long toMs) {
        return Math.floorDiv(toMs - 1, DAY_MS) + 1;
    }

    /** Whether one Tick may tell more, and so do more. */
    boolean mayTell() {
        return !rooms.catalogue.coreVersion().coolsRoom() && closures.count() == 0 && waiters.count() == 0 || rooms.allocation.told() < MOST_TOLD;
    }

    /** When there is something to do: at once, when the first closure is over, or never. */
    long nextDueMs() {
        if (queues.lookedFor() > 0 || queues.searchedFor() > 0) {
            return 0;
        }
        long dueMs = Math.min(rooms.allocation.coolings().nextDueMs(), releases.nextDueMs());
        for (int i = 0; i < closures.count(); i++) {
            final long closure = closures.at(i);
            dueMs = closures.is(closure, ClosureState.IN_FORCE) ? Math.min(dueMs, closures.toMs(closure)) : 0;
            if (dueMs == 0) {
                return 0;
            }
        }
        return dueMs;
    }

    void tick(final long nowMs) {
        cool(nowMs);
        releases.tick(nowMs);
        endOver(nowMs);
        for (int i = 0; i < closures.count(); i++) {
            final long closure = closures.at(i);
            if (closures.is(closure, ClosureState.CLOSING)) {
                close(closure);
                return;
            }
            if (closures.is(closure, ClosureState.FINDING)) {
                find(closure, nowMs);
                return;
            }
        }
        offering.tick(nowMs);
    }

    /** Room whose time is over is everybody's. */
    private void cool(final long nowMs) {
        final Coolings coolings = rooms.allocation.coolings();
        for (int i = 0; i < COOLED_MOST && coolings.nextDueMs() <= nowMs && rooms.allocation.told() < MOST_TOLD; i++) {
            coolings.end(coolings.nextDue(), CoolingEnd.DUE);
        }
    }

    private void endOver(final long nowMs) {
        int left = ENDED_MOST;
        int i = 0;
        while (i < closures.count() && left > 0) {
            if (closures.toMs(closures.at(i)) <= nowMs) {
                commands.end(closures.at(i), false);
                left--;
            } else {
                i++;
            }
        }
    }

    // ---- its days

    private void close(final long closure) {
        final int postId = closures.post(closure);
        final int onlyPool = closures.pool(closure);
        final int pools = onlyPool != 0 ? 1 : rooms.catalogue.posts().poolCount(postId);
        final long lastDay = lastDay(closures.toMs(closure));
        long epochDay = closures.cursor(closure);
        int pool = closures.pass(closure);
        int closed = 0;
        for (int looked = 0; epochDay <= lastDay && looked < DATES_LOOKED_AT && closed < DAYS_CLOSED && rooms.allocation.told() < MOST_TOLD; looked++) {
            if (pool < pools) {
                final int poolId = onlyPool != 0 ? onlyPool : rooms.catalogue.posts().pool(postId, pool);
                closed += rooms.allocation.closeDay(postId, poolId, (int) epochDay) ? 1 : 0;
            }
            if (++pool >= pools) {
                pool = 0;
                epochDay++;
            }
        }
        if (epochDay <= lastDay) {
            closures.goOn(closure, ClosureState.CLOSING, pool, epochDay);
        } else {
            closures.goOn(closure, ClosureState.FINDING, HOLDS, rooms.allocation.holds().end());
            waiters.searchAnewAt(postId);
        }
    }

    // ---- those who have a visit there

    private void find(final long closure, final long nowMs) {
        int pass = closures.pass(closure);
        long cursor = closures.cursor(closure);
        long lowest = lowest(pass);
        int moved = 0;
        int looked = 0;
        while (pass <= lastPass(closure)) {
            if (cursor <= lowest) {
                pass++;
                cursor = rooms.allocation.appointments().end();
                lowest = lowest(pass);
                continue;
            }
            if (looked == NUMBERS_LOOKED_AT || moved == DISPLACED_MOST || rooms.allocation.told() >= MOST_TOLD) {
                closures.goOn(closure, ClosureState.FINDING, pass, cursor);
                return;
            }
            cursor--;
            looked++;
            moved += (pass == HOLDS ? endHold(closure, cursor, nowMs) : displace(closure, cursor, pass, nowMs)) ? 1 : 0;
        }
        closures.goOn(closure, ClosureState.IN_FORCE, 0, 0);
        if (rooms.catalogue.coreVersion().searchesBeside()) {
            waiters.searchAnewAt(closures.post(closure)); // what else the displaced had there is free
        }
        final int block = rooms.events.begin(ClosureInForceEncoder.TEMPLATE_ID, ClosureInForceEncoder.BLOCK_LENGTH, closures.post(closure));
        closureInForce.wrap(rooms.events.buffer(), block).closureId(closure).displaced(closures.displaced(closure)).holds(closures.holds(closure));
        rooms.events.end(closureInForce.limit());
    }

    /** Where places are left, those without priority go first. */
    private int lastPass(final long closure) {
        return closures.capacity(closure) == 0 ? ORDINARY : EVERYBODY;
    }

    private long lowest(final int pass) {
        return pass == HOLDS ? rooms.allocation.holds().next(1, Integer.MAX_VALUE) : rooms.allocation.appointments().next(1, Integer.MAX_VALUE);
    }

    private boolean endHold(final long closure, final long hold, final long nowMs) {
        final Holds holds = rooms.allocation.holds();
        if (!holds.has(hold) || holds.post(hold) != closures.post(closure) || !rooms.allocation.isHoldTouched(hold, closure)) {
            return false;
        }
        if (rooms.offers.takeBack(hold, true, nowMs)) {
            closures.countDisplaced(closure);
        } else {
            closures.countHold(closure);
        }
        return true;
    }

    private boolean displace(final long closure, final long appointment, final int pass, final long nowMs) {
        final Appointments appointments = rooms.allocation.appointments();
        if (!appointments.has(appointment) || appointments.post(appointment) != closures.post(closure) || !appointments.is(appointment, AppointmentState.CONFIRMED)
                || !rooms.allocation.isAppointmentTouched(appointment, closure)) {
            return false;
        }
        final long application = appointments.application(appointment);
        final int lineSet = appointments.lines(appointment);
        final boolean prioritised = rooms.offers.isPrioritised(application, lineSet);
        if (pass == ORDINARY && prioritised && lastPass(closure) == EVERYBODY) {
            return false;
        }
        final int epochDay = rooms.allocation.legs().epochDay(appointments.firstLeg(appointment));
        releases.begin(nowMs);
        rooms.endVisit(appointment, AppointmentState.DISPLACED, nowMs);
        waiters.begin(application, appointment, closure, lineSet, appointments.post(appointment), epochDay, prioritised, nowMs);
        closures.countDisplaced(closure);
        return true;
    }
}
