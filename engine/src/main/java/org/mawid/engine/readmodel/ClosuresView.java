package org.mawid.engine.readmodel;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.mawid.sbe.ClosureState;
import org.mawid.sbe.WaiterState;

/** What is closed, who waits for another visit because of it, and who joined the waitlist. Immutable answers. From core version 5 on; empty before. Reflects {@link ReadModel#position}. */
public interface ClosuresView {
    /**
     * A closure that is not over.
     *
     * @param poolId    0 = all of the post
     * @param fromMs    ms since 1970-01-01 UTC, as the next two
     * @param capacity  places that are left on each unit
     * @param state     CLOSING until IN_FORCE: events do not say when it is FINDING
     * @param displaced appointments that were lost to it so far; once it is IN_FORCE offers, too
     * @param holds     that were no offers and were given back; 0 before it is IN_FORCE
     */
    record Closure(long closureId, int postId, int poolId, long fromMs, long toMs, int capacity, int reasonCode, long reasonHash, long begunMs, ClosureState state,
                   long displaced, long holds) {
        /** All that it has are closed, and all whom it touches have lost their visits. */
        public boolean isInForce() {
            return state == ClosureState.IN_FORCE;
        }
    }

    /**
     * Lines that have lost their visit and have no other one yet, or that joined: for room, or for a time before that of their appointment.
     *
     * @param appointmentId that was displaced, or is to be earlier; 0 = the lines have none
     * @param closureId     0 = joined
     * @param postId        in whose queue it is
     * @param holdId        the offer, 0 = none
     * @param lines         as they were when it began; those that ended since or have another visit do not wait any more, and from core version 7 on are told
     * @param prioritised   before all who are not
     * @param offers        so many so far, but for those that a closure has taken back
     * @param fromEpochDay  who joined: the dates that are wanted, from this one to the next
     */
    record Waiter(long waiterId, long applicationId, long appointmentId, long closureId, int postId, long holdId, long sinceMs, int lines, WaiterState state,
                  boolean prioritised, int offers, int fromEpochDay, int toEpochDay) {
        /** Of a lost visit. */
        public Waiter(final long waiterId, final long applicationId, final long appointmentId, final long closureId, final int postId, final long holdId, final long sinceMs,
                      final int lines, final WaiterState state, final boolean prioritised, final int offers) {
            this(waiterId, applicationId, appointmentId, closureId, postId, holdId, sinceMs, lines, state, prioritised, offers, 0, 0);
        }

        /** Whether a closure took a visit; else it joined. */
        public boolean isDisplaced() {
            return closureId != 0;
        }
    }

    /** In force. Times in ms; meanings and ranges: SetOfferRules in the schema. */
    record OfferRules(long offerTtlMs, long noticeMs, int searchDays, int offersEach) {
    }

    /** In force. Times in ms; meanings and ranges: SetWaitlistRules in the schema. */
    record WaitlistRules(long offerTtlMs, long noticeMs, long coolingLeadMs, long maxWaiters, long maxCoolings, int entriesEach, int offersEach, int spentEach) {
    }

    /** A hold that has not ended. @param legs of one post */
    record HeldVisit(long holdId, long applicationId, int postId, long deadlineMs, long startMs, List<Records.Leg> legs) {
    }

    /** By number. @param postId 0 = all */
    List<Closure> closures(int postId);

    /** Null when it is over, or never was. */
    Closure closure(long closureId);

    /** Those of an application, by number. */
    List<Waiter> waiters(long applicationId);

    /** Those of a post, the first in line first. @param max of them, 1 and more */
    List<Waiter> queue(int postId, int max);

    /** How many are in the queue of a post, those with an offer among them. */
    int waiting(int postId);

    /** How many are looked at before it: those that stand before it and have no offer now. */
    int before(Waiter waiter);

    /** Posts at which an application takes a visit beside the chosen one, the best first; empty when none were said. */
    List<Integer> acceptedPosts(long applicationId);

    /** The defaults until some were set. */
    OfferRules offerRules();

    /** The defaults until some were set. */
    WaitlistRules waitlistRules();

    /**
     * Live holds of a post, as the core has them between commands: those of one position each, but not all of the same.
     *
     * @return completed on a thread of the common pool; with {@link ReadModelBehindException} when the core does not answer now: ask again
     */
    CompletableFuture<List<HeldVisit>> holds(int postId);
}
