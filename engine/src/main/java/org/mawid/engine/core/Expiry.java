package org.mawid.engine.core;

import org.mawid.engine.allocation.Offers;
import org.mawid.engine.application.Applications;
import org.mawid.engine.application.Lines;
import org.mawid.sbe.LineState;

/**
 * Ends what has waited too long for a visit, but not while the posts that may serve it have nothing on offer, nor while somebody waits to whom an offer is due. A Tick looks at a bounded part
 * of the calendars: what it does not see it takes for not on offer, and the application waits a day more.
 */
final class Expiry {
    private static final long DAY_MS = 86_400_000L;

    private enum Seen { NOTHING, SOMETHING, TOO_MUCH_LOOKED_AT }

    private final Rooms rooms;
    private final Offers offers;
    private long services1;
    private long services2;

    Expiry(final Rooms rooms) {
        this.rooms = rooms;
        this.offers = rooms.allocation.offers();
    }

    /** A Tick comes to the applications whose validity is over. */
    void begin() {
        offers.forget();
    }

    /** Ends the validity of an application, or puts it off. @return false = this Tick has looked at enough, the next one goes on here */
    boolean end(final long application, final long nowMs) {
        final Applications applications = rooms.applications;
        if (rooms.waiters.of(application) != 0) {
            applications.putOff(application, nowMs);
            return true;
        }
        final int ending = applications.free(application);
        if (ending == 0) {
            applications.noLongerValid(application);
            return true;
        }
        final int postId = applications.post(application);
        final Seen seen = postId != 0 ? at(postId, application, ending, nowMs) : anywhere(application, ending, nowMs);
        if (seen == Seen.SOMETHING) {
            applications.noLongerValid(application);
            rooms.close(application, ending, LineState.EXPIRED, nowMs);
        } else if (seen == Seen.NOTHING) {
            applications.putOff(application, nowMs);
        }
        return seen != Seen.TOO_MUCH_LOOKED_AT;
    }

    private Seen at(final int postId, final long application, final int lineSet, final long nowMs) {
        if (!offers.canSay(postId)) {
            return Seen.TOO_MUCH_LOOKED_AT;
        }
        final long first = rooms.applications.firstLine(application);
        wantNothing();
        for (int set = lineSet; set != 0; set &= set - 1) {
            want(rooms.applications.lines().service(first + Integer.numberOfTrailingZeros(set)));
        }
        return offers.at(postId, services1, services2, nowMs) ? Seen.SOMETHING : Seen.NOTHING;
    }

    private Seen anywhere(final long application, final int lineSet, final long nowMs) {
        final long first = rooms.applications.firstLine(application);
        wantNothing();
        for (int set = lineSet; set != 0; set &= set - 1) {
            final long line = first + Integer.numberOfTrailingZeros(set);
            if (onlyPost(line) == 0) {
                want(rooms.applications.lines().service(line));
            }
        }
        if ((services1 | services2) != 0 && offers.anywhere(services1, services2, nowMs)) {
            return Seen.SOMETHING;
        }
        return whereRegistered(application, lineSet, nowMs);
    }

    /** Begins at another line every day, for one application may name more posts than a Tick can look at. */
    private Seen whereRegistered(final long application, final int lineSet, final long nowMs) {
        final long first = rooms.applications.firstLine(application);
        final int count = rooms.applications.lineCount(application);
        final int today = (int) Math.floorMod(Math.floorDiv(nowMs, DAY_MS), (long) count);
        final boolean mayLookAtAll = offers.hasSeenNone();
        for (int i = 0; i < count; i++) {
            final int line = (today + i) % count;
            final int postId = (lineSet >>> line & 1) == 0 ? 0 : onlyPost(first + line);
            if (postId != 0 && !offers.canSay(postId)) {
                if (!mayLookAtAll) {
                    return Seen.TOO_MUCH_LOOKED_AT;
                }
            } else if (postId != 0) {
                wantNothing();
                want(rooms.applications.lines().service(first + line));
                if (offers.at(postId, services1, services2, nowMs)) {
                    return Seen.SOMETHING;
                }
            }
        }
        return Seen.NOTHING;
    }

    /** The one post that may serve the line, 0 = any. */
    private int onlyPost(final long line) {
        final Lines lines = rooms.applications.lines();
        return rooms.catalogue.services().isForRegisteredPost(lines.service(line)) ? lines.registeredPost(line) : 0;
    }

    private void wantNothing() {
        services1 = 0;
        services2 = 0;
    }

    private void want(final int service) {
        if (service <= 64) {
            services1 |= 1L << service - 1;
        } else {
            services2 |= 1L << service - 65;
        }
    }
}
