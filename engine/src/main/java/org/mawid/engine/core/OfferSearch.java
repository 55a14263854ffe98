package org.mawid.engine.core;

import org.mawid.engine.allocation.Allocation;
import org.mawid.engine.allocation.Starts;
import org.mawid.engine.allocation.Visit;
import org.mawid.engine.catalogue.Posts;
import org.mawid.engine.waiting.QueueViews;
import org.mawid.engine.waiting.Waiters;
import org.mawid.sbe.Result;

/**
 * Looks for another visit like one that was lost: at the same post and then at those that the applicant accepts, from the lost date on and then before
 * it, leg by leg, each at the desk where it begins first. For those who joined: at the post that they wait at, on the dates that they want and that are
 * released, all lines in one leg, or as the legs of the visit that is to be earlier. What cools is free for all of them. Which dates it leaves out is said before. A search that has looked at enough goes on with its date in the next Tick.
 */
final class OfferSearch {
    enum Found { ROOM, NO_ROOM, NOT_YET }

    private enum LeavesOut { OLD, NEW, OLD_AT_OWN_POST }

    private static final long DAY_MS = 86_400_000L;
    /** Runs that cool: as much work as to look at a desk. */
    private static final int RUNS_A_STEP = 16;
    /** Dates on which nothing came: likewise. */
    private static final int DATES_A_STEP = 32;

    private final Rooms rooms;
    private final Allocation allocation;
    private final Starts starts;
    private final Waiters waiters;
    private final Visit visit = new Visit();
    private int left;
    private int passedOver;
    private int post;
    private int dates;
    private int postId;
    private long notBeforeMs;
    private long releasedByMs;
    private LeavesOut leavesOut;
    private int seen;
    private long newestRun;

    OfferSearch(final Rooms rooms) {
        this.rooms = rooms;
        this.allocation = rooms.allocation;
        this.starts = rooms.allocation.starts();
        this.waiters = rooms.waiters;
    }

    /** A look: only dates on which room came since. @param seen what was seen before that @param newest the newest run that cools and counts as free */
    void leaveOutOld(final int seen, final long newest) {
        leavesOut = LeavesOut.OLD;
        this.seen = seen;
        newestRun = newest;
    }

    /** A search: all dates but those. */
    void leaveOutNew(final int seen, final long newest) {
        leavesOut = LeavesOut.NEW;
        this.seen = seen;
        newestRun = newest;
    }

    /** Before core version 8: like a look at the post of the queue, when there was a search before, and all dates elsewhere. @param seen 0 = there was none */
    void leaveOutAsBefore(final int seen, final long newest) {
        leavesOut = LeavesOut.OLD_AT_OWN_POST;
        this.seen = seen;
        newestRun = newest;
    }

    /** @param steps how many this Tick may go: a desk on one date is one, and from core version 7 on a date and 16 runs that cool there are, too */
    void begin(final int steps) {
        left = steps;
        passedOver = 0;
    }

    /** @param fromPost 0 = the post of the queue, 1 to 8 = an accepted one @param fromDates dates that were looked at there */
    Found goOn(final long waiter, final int fromPost, final int fromDates, final long nowMs) {
        final long application = waiters.application(waiter);
        final boolean displaced = waiters.isDisplaced(waiter);
        final int posts = displaced ? waiters.accepted().count(application) : 0;
        final int today = (int) Math.floorDiv(nowMs, DAY_MS);
        final int lost = waiters.epochDay(waiter);
        final int ahead = displaced ? waiters.rules().searchDays() : Math.max(0, lastDay(waiter) - Math.max(lost, today) + 1);
        final int all = ahead + (displaced ? Math.max(0, lost - today) : 0);
        dates = fromDates;
        for (post = fromPost; post <= posts; post++) {
            postId = post == 0 ? waiters.post(waiter) : waiters.accepted().post(application, post - 1);
            for (; dates < all; dates++) {
                if (left <= 0) {
                    return Found.NOT_YET;
                }
                final int epochDay = dates < ahead ? Math.max(lost, today) + dates : today + dates - ahead;
                if (isLeftOut(waiters.post(waiter), epochDay)) {
                    left -= ++passedOver % DATES_A_STEP == 0 ? 1 : 0;
                    continue;
                }
                final Found found = on(waiter, application, epochDay, nowMs);
                if (found == Found.ROOM) {
                    return found;
                }
            }
            dates = 0;
        }
        return Found.NO_ROOM;
    }

    private boolean isLeftOut(final int queue, final int epochDay) {
        final QueueViews views = waiters.queues().views();
        return switch (leavesOut) {
            case OLD -> !views.cameSince(queue, epochDay, seen);
            case NEW -> views.cameSince(queue, epochDay, seen);
            case OLD_AT_OWN_POST -> post == 0 && !views.isNew(queue, epochDay, seen);
        };
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

    /** The newest run that counts as free. */
    long newestRun() {
        return newestRun;
    }

    /** Nothing later than the present visit is earlier. */
    private int lastDay(final long waiter) {
        final int last = waiters.lastDay(waiter);
        return waiters.wantsEarlier(waiter) ? Math.min(last, allocation.legs().epochDay(allocation.appointments().firstLeg(waiters.appointment(waiter)))) : last;
    }

    private Found on(final long waiter, final long application, final int epochDay, final long nowMs) {
        left -= allocation.coolings().lift(postId, epochDay, newestRun) / RUNS_A_STEP + (rooms.catalogue.coreVersion().keepsWaitlist() ? 1 : 0); // a date without a desk is work, too
        final Found found = legs(waiter, application, epochDay, nowMs);
        allocation.coolings().lower(postId, epochDay, newestRun);
        if (found == Found.ROOM && waiters.wantsEarlier(waiter) && visit.earliestMs() >= allocation.appointments().startMs(waiters.appointment(waiter))) {
            return Found.NO_ROOM;
        }
        if (found == Found.ROOM) {
            allocation.found(visit, postId);
        }
        return found;
    }

    private Found legs(final long waiter, final long application, final int epochDay, final long nowMs) {
        visit.clear();
        rooms.party.loadOne(application, waiters.lines(waiter));
        starts.begin();
        notBeforeMs = nowMs + (waiters.isDisplaced(waiter) ? waiters.rules().noticeMs() : waiters.waitlist().noticeMs());
        releasedByMs = waiters.isDisplaced(waiter) ? Long.MAX_VALUE : rooms.catalogue.coreVersion().searchesBeside() ? waiters.waitlist().foundByMs(postId) : nowMs;
        final boolean alike = waiters.appointment(waiter) != 0;
        Found found = alike ? Found.NO_ROOM : leg(application, waiters.lines(waiter), epochDay);
        for (int lost = alike ? allocation.appointments().firstLeg(waiters.appointment(waiter)) : 0; lost != 0; lost = allocation.legs().next(lost)) {
            final int lineSet = allocation.legs().lines(lost) & waiters.lines(waiter);
            if (lineSet != 0) {
                found = leg(application, lineSet, epochDay);
                if (found != Found.ROOM) {
                    break;
                }
            }
        }
        starts.end();
        return found;
    }

    private Found leg(final long application, final int lineSet, final int epochDay) {
        final Posts all = rooms.catalogue.posts();
        final int leg = visit.count();
        long bestMs = Starts.NEVER;
        int best = 0;
        visit.addLeg(lineSet, epochDay);
        for (int i = 0; i < all.poolCount(postId); i++) {
            final int desk = all.pool(postId, i);
            if (rooms.catalogue.pools().isDesk(desk) && rooms.party.whyNotAt(desk, lineSet, rooms.offers.chosenPost(application, postId), true) == Result.OK) {
                left--;
                final long startMs = start(leg, desk);
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

    private long start(final int leg, final int desk) {
        measure(leg, desk);
        return rooms.party.needed() > Party.MOST_UNITS ? Starts.NEVER : starts.find(visit, leg, postId, rooms.party.apart(leg), notBeforeMs, releasedByMs);
    }

    private void measure(final int leg, final int desk) {
        visit.desk(leg, desk);
        rooms.party.measure(visit, leg);
        visit.units(leg, Math.min(Party.MOST_UNITS, rooms.party.needed()));
    }
}
