package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.ClosureState;
import org.mawid.sbe.WaiterState;

/** The part of the {@link Model} that came with core version 5: closures, and those who wait for another visit. */
final class DisplacementModel {
    Command.OfferRules rules = Command.OfferRules.DEFAULT;
    boolean rulesSet;
    final TreeMap<Long, Closure> closures = new TreeMap<>();
    long lastClosure;
    final TreeMap<Long, Waiter> waiters = new TreeMap<>();
    long lastWaiter;
    /** By id of the post, where somebody waits. */
    final TreeMap<Integer, NaiveQueue> queues = new TreeMap<>();

    /** What a test has seen, and how often. */
    final TreeMap<String, Integer> seen = new TreeMap<>();

    static final class Closure {
        final long id;
        final Model.Post post;
        final Command.CloseDays said;
        final long beganMs;
        ClosureState state = ClosureState.CLOSING;
        /** CLOSING: the next date. FINDING: looked at from the number before it down. */
        long cursor;
        /** CLOSING: the next of its pools on that date. FINDING: 0 = holds, 1 = appointments, 2 = again those with priority. */
        int pass;
        int displaced;
        int holds;

        Closure(final long id, final Model.Post post, final Command.CloseDays said, final long beganMs) {
            this.id = id;
            this.post = post;
            this.said = said;
            this.beganMs = beganMs;
        }

        /** @param pool of any post @param unitMs when the unit begins */
        boolean covers(final Model.Pool pool, final long unitMs) {
            return pool.post == post && (said.poolId() == 0 || said.poolId() == pool.id) && said.fromMs() <= unitMs && unitMs < said.toMs();
        }

        int capacity() {
            return said.capacity();
        }
    }

    /** Somebody whose visit was displaced and who has no other one yet; or who joined, for room or for an earlier time. */
    static final class Waiter {
        final long id;
        private final Model.Application application;
        /** Or the one that is to be earlier; null = the lines have none. */
        final Model.Appointment lost;
        final long closureId;
        final long sinceMs;
        final Model.Post post;
        final boolean prioritised;
        /** Who joined: the dates that are wanted. */
        final int fromDay;
        final int toDay;
        int lines;
        WaiterState state = WaiterState.WAITING;
        /** What the look saw in which there was no room on any date, 0 = not yet. */
        int searched;
        /** It could not have one when its turn came, or has lost one since. */
        boolean passedOver;
        /** What the look sees that could not ask it, 0 = none. */
        int missed;
        /** The offer, null = none. */
        Model.Hold offer;
        int offers;

        Waiter(final long id, final Model.Appointment lost, final long closureId, final long sinceMs, final boolean prioritised) {
            this.id = id;
            this.application = lost.application;
            this.lost = lost;
            this.closureId = closureId;
            this.sinceMs = sinceMs;
            this.post = lost.visit.post();
            this.prioritised = prioritised;
            this.fromDay = 0;
            this.toDay = 0;
            this.lines = lost.lines;
        }

        /** By their own wish. */
        Waiter(final long id, final Model.Application application, final Model.Appointment appointment, final Model.Post post, final int lines, final int fromDay,
               final int toDay, final long sinceMs) {
            this.id = id;
            this.application = application;
            this.lost = appointment;
            this.closureId = 0;
            this.sinceMs = sinceMs;
            this.post = post;
            this.prioritised = false;
            this.fromDay = fromDay;
            this.toDay = toDay;
            this.lines = lines;
        }

        Model.Application application() {
            return application;
        }

        boolean isDisplaced() {
            return closureId != 0;
        }

        boolean wantsEarlier() {
            return closureId == 0 && lost != null;
        }

        boolean isBefore(final Waiter other) {
            if (isDisplaced() != other.isDisplaced()) {
                return isDisplaced();
            }
            if (!isDisplaced()) {
                return id < other.id;
            }
            return prioritised != other.prioritised ? prioritised : lost.id < other.lost.id;
        }
    }

    /** At one post, and from core version 8 on for those who would go there from another one. */
    void searchAnew(final Model.Post post, final long newestRun) {
        queues.forEach((postId, queue) -> {
            if (postId == post.id) {
                queue.searchAnew(newestRun);
            } else if (queue.beside && queue.waiters.stream().anyMatch(waiter -> !waiter.application().acceptedPosts.isEmpty())) {
                searchThoseElsewhere(queue);
            }
        });
    }

    void searchThoseElsewhere(final NaiveQueue queue) {
        queue.waiters.stream().filter(waiter -> waiter.isDisplaced() && !waiter.application().acceptedPosts.isEmpty() && waiter.missed == 0).forEach(waiter -> {
            waiter.searched = 0;
            queue.beginAgain(waiter);
        });
        queue.searchOnceMore();
        saw("those who go elsewhere");
    }

    void saw(final String what) {
        seen.merge(what, 1, Integer::sum);
    }
}
