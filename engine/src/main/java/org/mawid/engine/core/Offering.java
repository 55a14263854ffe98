package org.mawid.engine.core;

import org.mawid.engine.catalogue.Posts;
import org.mawid.engine.waiting.QueueSearches;
import org.mawid.engine.waiting.Queues;
import org.mawid.engine.waiting.Searched;
import org.mawid.engine.waiting.Waiters;
import org.mawid.sbe.WaiterEnd;
import org.mawid.sbe.WaiterState;

/**
 * Goes through the queues from the first in line on, looks for room and offers it, a bounded part by each Tick. From core version 8 on by two ways side by
 * side, posts taking turns in each: a look asks everybody about what came since the last one, so that it is theirs before it is anybody's; a search finds
 * out what there is on all dates for those who were not searched for yet. The bounds are part of what a log means.
 */
final class Offering {
    private static final int STEPS = 256;
    /** Of those, when looks and searches are under way. */
    private static final int STEPS_OF_LOOK = 192;
    private static final int OFFERS_MOST = 4;
    private static final int WAITERS_LOOKED_AT = 256;
    private static final long DAY_MS = 86_400_000L;

    private final Rooms rooms;
    private final Waiters waiters;
    private final Queues queues;
    private final QueueSearches searches;
    private final Searched searched;
    private final OfferSearch search;
    private int offers;

    Offering(final Rooms rooms) {
        this.rooms = rooms;
        this.waiters = rooms.waiters;
        this.queues = rooms.waiters.queues();
        this.searches = queues.searches();
        this.searched = rooms.waiters.searched();
        this.search = new OfferSearch(rooms);
    }

    void tick(final long nowMs) {
        offers = 0;
        final boolean beside = queues.searchedFor() > 0;
        final boolean looked = queues.lookedFor() > 0;
        if (looked) {
            final int postId = postOfLook();
            search.begin(beside ? STEPS_OF_LOOK : STEPS);
            if (searches.has(postId)) {
                queues.today(postId, today(nowMs));
                look(postId, nowMs);
            } else {
                lookAndSearch(postId, nowMs);
            }
        }
        if (queues.searchedFor() > 0 && beside) {
            final int postId = postOfSearch();
            search.begin(looked ? STEPS - STEPS_OF_LOOK : STEPS);
            queues.today(postId, today(nowMs));
            search(postId, nowMs);
        }
    }

    private static int today(final long nowMs) {
        return (int) Math.floorDiv(nowMs, DAY_MS);
    }

    private int postOfLook() {
        final boolean inTurn = rooms.catalogue.coreVersion().keepsWaitlist();
        int postId = queues.next(inTurn ? waiters.waitlist().lookedPost() + 1 : 1);
        while (postId > Posts.MOST || queues.looking(postId) == 0) {
            postId = queues.next(postId > Posts.MOST ? 1 : postId + 1);
        }
        if (inTurn) {
            waiters.waitlist().lookedPost(postId);
        }
        return postId;
    }

    private int postOfSearch() {
        int postId = queues.next(searches.lastPost() + 1);
        while (postId > Posts.MOST || searches.searching(postId) == 0) {
            postId = queues.next(postId > Posts.MOST ? 1 : postId + 1);
        }
        searches.lastPost(postId);
        return postId;
    }

    /** About what came, everybody. */
    private void look(final int postId, final long nowMs) {
        int touched = 0;
        for (long waiter = queues.looking(postId); waiter != 0 && touched < WAITERS_LOOKED_AT; waiter = queues.looking(postId), touched++) {
            final long after = waiters.next(waiter);
            if (isOver(waiter, nowMs)) {
                waiters.end(waiter, WaiterEnd.DATES_OVER);
            } else if (isAsked(waiter, after, postId, nowMs)) {
                queues.lookOn(postId, after);
            } else {
                return;
            }
            if (after == 0) {
                return;
            }
        }
    }

    /** @return false = the look goes on with them in the next Tick */
    private boolean isAsked(final long waiter, final long after, final int postId, final long nowMs) {
        if (waiters.is(waiter, WaiterState.RESTING)) {
            waiters.rested(waiter);
            passOverInLook(waiter, postId, after);
            return true;
        }
        if (!rooms.offers.mayHave(waiter)) {
            passOverInLook(waiter, postId, after);
            return true;
        }
        if (isEnough()) {
            return false;
        }
        final boolean wasSearched = queues.views().counts(postId, searched.sees(waiter));
        search.leaveOutOld(wasSearched ? searched.sees(waiter) : searches.saw(postId), queues.views().newestRun(postId));
        final OfferSearch.Found found = search.goOn(waiter, queues.lookingPost(postId), queues.lookingDay(postId), nowMs);
        if (found == OfferSearch.Found.NOT_YET) {
            queues.stand(postId, search.post(), search.dates());
            return false;
        }
        if (found == OfferSearch.Found.ROOM && !offer(waiter, nowMs)) {
            passOverInLook(waiter, postId, after);
        } else if (found == OfferSearch.Found.NO_ROOM && wasSearched) {
            searched.all(waiter, Math.max(searched.sees(waiter), queues.views().sees(postId)));
        }
        return true;
    }

    /** On all dates, but for what looks ask about, who was not searched for. */
    private void search(final int postId, final long nowMs) {
        int touched = 0;
        for (long waiter = searches.searching(postId); waiter != 0 && touched < WAITERS_LOOKED_AT; waiter = searches.searching(postId), touched++) {
            final long after = waiters.next(waiter);
            if (isOver(waiter, nowMs)) {
                waiters.end(waiter, WaiterEnd.DATES_OVER);
            } else if (isSearched(waiter, postId, nowMs)) {
                queues.searchOn(postId, after);
            } else {
                return;
            }
            if (after == 0) {
                return;
            }
        }
    }

    /** Or nothing is to be found out about them now. @return false = the search goes on with them in the next Tick */
    private boolean isSearched(final long waiter, final int postId, final long nowMs) {
        final boolean missedLook = searched.passedOver(waiter) > searches.saw(postId);
        if (waiters.is(waiter, WaiterState.RESTING) || missedLook || queues.views().counts(postId, searched.sees(waiter))) {
            return true;
        }
        if (!rooms.offers.mayHave(waiter)) {
            passOver(waiter, postId);
            return true;
        }
        if (isEnough()) {
            return false;
        }
        search.leaveOutNew(searches.since(postId), searches.sawRun(postId));
        final OfferSearch.Found found = search.goOn(waiter, searches.searchingPost(postId), searches.searchingDay(postId), nowMs);
        if (found == OfferSearch.Found.NOT_YET) {
            searches.stand(postId, search.post(), search.dates());
            return false;
        }
        if (found == OfferSearch.Found.ROOM && !offer(waiter, nowMs)) {
            passOver(waiter, postId);
        } else if (found == OfferSearch.Found.NO_ROOM) {
            waiters.noRoom(waiter);
            searched.all(waiter, searches.since(postId));
        }
        return true;
    }

    /** Who may not have one now is searched for when the next look is through. */
    private void passOver(final long waiter, final int postId) {
        if (!waiters.is(waiter, WaiterState.OFFERED)) {
            searched.forget(waiter);
            searches.due(postId);
        }
    }

    /** They were not asked about what came, so they are searched for when the look is through, and not before. Who has an offer, when they have lost it. */
    private void passOverInLook(final long waiter, final int postId, final long after) {
        searched.passOver(waiter, queues.views().sees(postId));
        if (!waiters.is(waiter, WaiterState.OFFERED)) {
            searches.due(postId);
            if (searches.searching(postId) == waiter) {
                queues.searchOn(postId, after);
            }
        }
    }

    private boolean isOver(final long waiter, final long nowMs) {
        return rooms.offers.isOver(waiter, nowMs) && !waiters.is(waiter, WaiterState.OFFERED);
    }

    private boolean isEnough() {
        return offers == OFFERS_MOST || rooms.allocation.told() >= Displacement.MOST_TOLD;
    }

    /** What was found. @return false = no more can be held: it is as if nothing was found */
    private boolean offer(final long waiter, final long nowMs) {
        final boolean offered = rooms.offers.offer(waiter, search.visit(), search.postId(), search.newestRun(), nowMs);
        if (offered) {
            offers++;
        } else {
            waiters.noRoom(waiter);
        }
        return offered;
    }

    /** Before core version 8: both at once, and what comes meanwhile has to wait until the end. */
    private void lookAndSearch(final int postId, final long nowMs) {
        int touched = 0;
        for (long waiter = queues.looking(postId); waiter != 0 && touched < WAITERS_LOOKED_AT; waiter = queues.looking(postId), touched++) {
            final long after = waiters.next(waiter);
            if (isOver(waiter, nowMs)) {
                waiters.end(waiter, WaiterEnd.DATES_OVER);
                if (after == 0) {
                    return;
                }
                continue;
            }
            if (waiters.is(waiter, WaiterState.RESTING)) {
                waiters.rested(waiter);
            } else if (rooms.offers.mayHave(waiter)) {
                if (isEnough()) {
                    return;
                }
                search.leaveOutAsBefore(searched.sees(waiter), queues.views().newestRun(postId));
                final OfferSearch.Found found = search.goOn(waiter, queues.lookingPost(postId), queues.lookingDay(postId), nowMs);
                if (found == OfferSearch.Found.NOT_YET) {
                    queues.stand(postId, search.post(), search.dates());
                    return;
                }
                if (found == OfferSearch.Found.ROOM) {
                    offer(waiter, nowMs);
                } else {
                    waiters.noRoom(waiter);
                    searched.all(waiter, queues.views().sees(postId));
                }
            }
            queues.lookOn(postId, after);
            if (after == 0) {
                return;
            }
        }
    }
}
