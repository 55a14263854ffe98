package org.mawid.engine.core;

import org.mawid.engine.allocation.Allocation;
import org.mawid.engine.allocation.Starts;
import org.mawid.engine.allocation.Visit;
import org.mawid.engine.catalogue.Posts;
import org.mawid.engine.waiting.Waiters;
import org.mawid.sbe.Result;

/**
 * Looks for another visit like one that was lost: at the same post and then at those that the applicant accepts, from the lost date on and then before
 * it, leg by leg, each at the desk where it begins first. A search that has looked at enough goes on with its date in the next Tick.
 */
final class OfferSearch {
    enum Found { ROOM, NO_ROOM, NOT_YET }

    private static final long DAY_MS = 86_400_000L;

    private final Rooms rooms;
    private final Allocation allocation;
    private final Starts starts;
    private final Waiters waiters;
    private final Visit visit = new Visit();
    private int left;
    private int post;
    private int dates;
    private int postId;

    OfferSearch(final Rooms rooms) {
        this.rooms = rooms;
        this.allocation = rooms.allocation;
        this.starts = rooms.allocation.starts();
        this.waiters = rooms.waiters;
    }

    /** @param desks how many this Tick may look at, each on one date */
    void begin(final int desks) {
        left = desks;
    }

    /** @param fromPost 0 = the post of the queue, 1 to 8 = an accepted one @param fromDates dates that were looked at there */
    Found goOn(final long waiter, final int fromPost, final int fromDates, final long nowMs) {
        final long application = waiters.application(waiter);
        final int posts = waiters.accepted().count(application);
        final int today = (int) Math.floorDiv(nowMs, DAY_MS);
        final int lost = waiters.epochDay(waiter);
        final int ahead = waiters.rules().searchDays();
        final int all = ahead + Math.max(0, lost - today);
        dates = fromDates;
        for (post = fromPost; post <= posts; post++) {
            postId = post == 0 ? waiters.post(waiter) : waiters.accepted().post(application, post - 1);
            for (; dates < all; dates++) {
                if (left <= 0) {
                    return Found.NOT_YET;
                }
                final int epochDay = dates < ahead ? Math.max(lost, today) + dates : today + dates - ahead;
                final Found found = on(waiter, application, epochDay, nowMs);
                if (found == Found.ROOM) {
                    return found;
                }
            }
            dates = 0;
        }
        return Found.NO_ROOM;
    }

    /** Where it stands. */
    int post() {
        return post;
    }

    int dates() {
        return dates;
    }

    /** What was found, and at which post: ready to be held. */
    Visit visit() {
        return visit;
    }

    int postId() {
        return postId;
    }

    private Found on(final long waiter, final long application, final int epochDay, final long nowMs) {
        visit.clear();
        rooms.party.loadOne(application, waiters.lines(waiter));
        starts.begin();
        Found found = Found.NO_ROOM;
        for (int lost = allocation.appointments().firstLeg(waiters.appointment(waiter)); lost != 0; lost = allocation.legs().next(lost)) {
            final int lineSet = allocation.legs().lines(lost) & waiters.lines(waiter);
            if (lineSet != 0) {
                found = leg(application, lineSet, epochDay, nowMs + waiters.rules().noticeMs());
                if (found != Found.ROOM) {
                    break;
                }
            }
        }
        starts.end();
        if (found == Found.ROOM) {
            allocation.found(visit, postId);
        }
        return found;
    }

    private Found leg(final long application, final int lineSet, final int epochDay, final long notBeforeMs) {
        final Posts all = rooms.catalogue.posts();
        final int leg = visit.count();
        long bestMs = Starts.NEVER;
        int best = 0;
        visit.addLeg(lineSet, epochDay);
        for (int i = 0; i < all.poolCount(postId); i++) {
            final int desk = all.pool(postId, i);
            if (rooms.catalogue.pools().isDesk(desk) && rooms.party.whyNotAt(desk, lineSet, rooms.offers.chosenPost(application, postId), true) == Result.OK) {
                left--;
                final long startMs = start(leg, desk, notBeforeMs);
                if (startMs < bestMs) {
                    bestMs = startMs;
                    best = desk;
                }
            }
        }
        if (best == 0) {
            return Found.NO_ROOM;
        }
        measure(leg, best);
        starts.place(visit, leg, postId, bestMs);
        return Found.ROOM;
    }

    private long start(final int leg, final int desk, final long notBeforeMs) {
        measure(leg, desk);
        return rooms.party.needed() > Party.MOST_UNITS ? Starts.NEVER : starts.find(visit, leg, postId, rooms.party.apart(leg), notBeforeMs);
    }

    private void measure(final int leg, final int desk) {
        visit.desk(leg, desk);
        rooms.party.measure(visit, leg);
        visit.units(leg, Math.min(Party.MOST_UNITS, rooms.party.needed()));
    }
}
