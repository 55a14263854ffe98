package org.mawid.engine.core;

import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.allocation.Came;
import org.mawid.engine.allocation.Coolings;
import org.mawid.engine.allocation.Visit;
import org.mawid.engine.catalogue.Posts;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.engine.waiting.Queues;
import org.mawid.engine.waiting.Waiters;
import org.mawid.sbe.DisplacementRowDecoder;
import org.mawid.sbe.DisplacementRowEncoder;
import org.mawid.sbe.Priority;
import org.mawid.sbe.WaiterEnd;
import org.mawid.sbe.WaiterState;

/** What becomes of offers and of those who wait for them, where holds, applications and waiters have to be moved together. From core version 5 on. */
final class OfferMoves {
    private static final long DAY_MS = 86_400_000L;

    private final Rooms rooms;
    private final Waiters waiters;
    private final UnsafeBuffer counts;

    OfferMoves(final Rooms rooms) {
        this.rooms = rooms;
        this.waiters = rooms.waiters;
        this.counts = new UnsafeBuffer(rooms.memory.take(DisplacementRowEncoder.BLOCK_LENGTH));
    }

    /** A hold ends without a visit: its deadline has passed, or it is given back. Of an offer that says what its waiter gets now. */
    void endHold(final long hold, final boolean expired, final long nowMs) {
        final long waiter = waiters.ofHold(rooms.allocation.holds().application(hold), hold);
        rooms.endHold(hold, expired, false, nowMs);
        if (waiter == 0) {
            return;
        }
        final boolean displaced = waiters.isDisplaced(waiter);
        if (!displaced) {
            spend(waiter, nowMs);
        }
        if (!expired) {
            waiters.end(waiter, WaiterEnd.DECLINED);
        } else if (waiters.offers(waiter) >= (displaced ? waiters.rules().offersEach() : waiters.waitlist().offersEach())) {
            waiters.end(waiter, WaiterEnd.NOT_ANSWERED);
        } else if (displaced) {
            waiters.lapse(waiter, true);
        } else {
            waiters.rest(waiter);
        }
    }

    /** An offer that is not taken costs as much as so many holds, or offers could be collected. */
    private void spend(final long waiter, final long nowMs) {
        rooms.party.loadOne(waiters.application(waiter), waiters.lines(waiter));
        for (int i = waiters.waitlist().spentEach(); i > 0; i--) {
            rooms.party.spend(nowMs);
        }
    }

    /** Whether the hold is an offer of an earlier time: its lines keep the appointment that they have. */
    boolean isEarlier(final long hold) {
        final long waiter = waiters.joinedNone() ? 0 : waiters.ofHold(rooms.allocation.holds().application(hold), hold);
        return waiter != 0 && waiters.wantsEarlier(waiter);
    }

    /**
     * An appointment is not CONFIRMED any more, or not for then: who waited for it to be earlier waits no more, and an offer is given back, which is one that is not taken.
     *
     * @param taken a closure has taken the appointment away: the offer costs nothing
     */
    void movedOn(final long appointment, final WaiterEnd how, final boolean taken, final long nowMs) {
        final long waiter = waiters.joinedNone() ? 0 : earlierOf(appointment);
        if (waiter != 0) {
            if (waiters.hold(waiter) != 0) {
                rooms.endHold(waiters.hold(waiter), false, false, nowMs);
                if (!taken) {
                    spend(waiter, nowMs);
                }
            }
            waiters.end(waiter, how);
        }
    }

    /** Who waits for an appointment to be earlier, 0 = nobody. */
    long earlierOf(final long appointment) {
        long waiter = waiters.of(rooms.allocation.appointments().application(appointment));
        while (waiter != 0 && !(waiters.wantsEarlier(waiter) && waiters.appointment(waiter) == appointment)) {
            waiter = waiters.nextOfApplication(waiter);
        }
        return waiter;
    }

    /** Who joined, and whose dates are past. */
    boolean isOver(final long waiter, final long nowMs) {
        return !waiters.isDisplaced(waiter) && waiters.lastDay(waiter) < Math.floorDiv(nowMs, DAY_MS) - 1;
    }

    /**
     * A hold ends because a closure has its places, or because who has it stood at the post instead. Of an offer its waiter is as before it.
     *
     * @param closed the places come to nobody
     * @return whether it was an offer
     */
    boolean takeBack(final long hold, final boolean closed, final long nowMs) {
        final long waiter = waiters.ofHold(rooms.allocation.holds().application(hold), hold);
        rooms.endHold(hold, false, closed, nowMs);
        if (waiter != 0) {
            waiters.lapse(waiter, false);
        }
        return waiter != 0;
    }

    /** Lines have an appointment: whoever waited for them waits no more. @param hold that was confirmed, 0 = none */
    void booked(final long application, final int lineSet, final long hold) {
        if (waiters.count() == 0) {
            return;
        }
        final long waiter = hold == 0 ? 0 : waiters.ofHold(application, hold);
        if (waiter != 0) {
            waiters.end(waiter, WaiterEnd.ACCEPTED);
        }
        waiters.lose(application, lineSet, WaiterEnd.BOOKED_OTHERWISE, rooms.catalogue.coreVersion().keepsWaitlist()); // who joined may wait at other posts, too
    }

    /** Whether a waiter has no offer and may have one: its lines can be held, or are those of an appointment; one that joined keeps to the limit of holds. */
    boolean mayHave(final long waiter) {
        if (waiters.is(waiter, WaiterState.OFFERED)) {
            return false;
        }
        if (waiters.isDisplaced(waiter)) {
            return areFree(waiters.application(waiter), waiters.lines(waiter));
        }
        rooms.party.loadOne(waiters.application(waiter), waiters.lines(waiter));
        return (waiters.wantsEarlier(waiter) || areFree(waiters.application(waiter), waiters.lines(waiter))) && !rooms.party.hasAllHolds();
    }

    /** Whether all of these lines are VALIDATED and nobody has them. */
    private boolean areFree(final long application, final int lineSet) {
        return (rooms.applications.free(application) & lineSet) == lineSet;
    }

    /** Whether one of these lines has a priority class. */
    boolean isPrioritised(final long application, final int lineSet) {
        final long first = rooms.applications.firstLine(application);
        for (int set = lineSet; set != 0; set &= set - 1) {
            if (rooms.applications.lines().priority(first + Integer.numberOfTrailingZeros(set)) != Priority.NONE.value()) {
                return true;
            }
        }
        return false;
    }

    /** Holds what was found for a waiter. @param newestRun of what cools and may be taken for it @return false = no more holds or legs can be kept */
    boolean offer(final long waiter, final Visit visit, final int postId, final long newestRun, final long nowMs) {
        if (rooms.allocation.holds().count() + 1 > rooms.catalogue.rules().maxHolds() || rooms.allocation.legs().count() + visit.count() > rooms.catalogue.rules().maxLegs()) {
            return false;
        }
        final long application = waiters.application(waiter);
        rooms.party.loadOne(application, waiters.lines(waiter));
        rooms.party.countHold(1);
        rooms.allocation.makeRoom(newestRun, waiters.waitlist().maxCoolings());
        final long ttlMs = waiters.isDisplaced(waiter) ? waiters.rules().offerTtlMs() : waiters.waitlist().offerTtlMs();
        final long hold = rooms.allocation.hold(visit, application, postId, Math.min(nowMs + ttlMs, visit.earliestMs()));
        if (!waiters.wantsEarlier(waiter)) {
            rooms.give(application, waiters.lines(waiter), hold);
        }
        rooms.applications.changed(application, nowMs);
        waiters.offer(waiter, hold, false);
        return true;
    }

    /** The post that an application has chosen, as it counts at this one: 0 = any, also where it accepts this one. */
    int chosenPost(final long application, final int postId) {
        return waiters.accepted().has(application, postId) ? 0 : rooms.applications.post(application);
    }

    /** Room is looked for once more for those of an application who may have it elsewhere now: who joined waits at one post. */
    void lookAgain(final long application) {
        for (long waiter = waiters.of(application); waiter != 0; waiter = waiters.nextOfApplication(waiter)) {
            waiters.lookElsewhere(waiter);
        }
    }

    /** Tells the queues where room came since they were told. */
    void tellRoom() {
        final Came came = rooms.allocation.came();
        final Queues queues = waiters.queues();
        final boolean datesElsewhere = rooms.catalogue.coreVersion().searchesBeside();
        for (int i = 0; i < came.count() && waiters.count() > 0; i++) {
            final int postId = came.post(i);
            tell(postId, came, i);
            queues.look(postId);
            for (int other = queues.next(1); other <= Posts.MOST; other = queues.next(other + 1)) {
                if (other != postId && queues.elsewhere(other) > 0) {
                    if (datesElsewhere && came.isAll(i)) {
                        waiters.searchThoseElsewhere(other);
                    } else if (datesElsewhere) {
                        tell(other, came, i);
                    }
                    queues.look(other);
                }
            }
        }
        came.forget();
    }

    private void tell(final int queue, final Came came, final int index) {
        final Queues queues = waiters.queues();
        if (came.isAll(index)) {
            queues.searchAnew(queue);
            if (rooms.catalogue.coreVersion().searchesBeside()) { // to a search; looks have nothing to do with it
                return;
            }
        } else {
            queues.views().came(queue);
        }
        for (int k = 0; k < came.dates(index); k++) {
            queues.views().came(queue, came.date(index, k));
        }
    }

    // ---- state

    void save(final StateWriter out) {
        if (rooms.allocation.closures().end() > 1 || waiters.end() > 1) {
            counts.setMemory(0, DisplacementRowEncoder.BLOCK_LENGTH, (byte) 0);
            new DisplacementRowEncoder().wrap(counts, 0).nextClosure(rooms.allocation.closures().end()).nextWaiter(waiters.end())
                    .closures(rooms.allocation.closures().count()).waiters(waiters.count());
            out.rows(TableIds.DISPLACEMENT, DisplacementRowEncoder.BLOCK_LENGTH, 0, 1, counts, 0);
        }
        final Coolings coolings = rooms.allocation.coolings();
        waiters.waitlist().save(out, coolings.rows().count(), coolings.rows().end(), coolings.eras().inForce());
    }

    /** @return false when the present run is not this one */
    boolean load(final StateReader in) {
        if (in.tableId() != TableIds.DISPLACEMENT) {
            return false;
        }
        Invariant.that(in.rowBytes() <= counts.capacity(), "the snapshot is known to this build", in.rowBytes());
        counts.putBytes(0, in.buffer(), in.offset(), in.rowBytes());
        return true;
    }

    void loaded() {
        final DisplacementRowDecoder row = new DisplacementRowDecoder().wrap(counts, 0, DisplacementRowDecoder.BLOCK_LENGTH, DisplacementRowDecoder.SCHEMA_VERSION);
        rooms.allocation.closures().loaded(Math.max(1, row.nextClosure()));
        waiters.loaded(Math.max(1, row.nextWaiter()), row.waiters());
        rooms.allocation.coolings().loaded(waiters.waitlist().nextCooling(), waiters.waitlist().coolings(), waiters.waitlist().era());
    }
}
