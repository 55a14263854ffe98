package org.mawid.bench.release.crowd;

import org.mawid.bench.release.books.Books;
import org.mawid.bench.release.ground.Ground;
import org.mawid.bench.release.loop.Loop;
import org.mawid.bench.release.visit.Applicant;
import org.mawid.bench.release.visit.Layout;
import org.mawid.bench.release.visit.Start;
import org.mawid.bench.release.visit.Visit;
import org.mawid.bench.release.wire.Exchange;

/**
 * Where somebody acts: in which loop, at which posts, and in which books it is written. The same for all who want the same days. Only the thread that decides.
 *
 * @param releasedAtMs when those days become bookable, ms since 1970-01-01 UTC; 0 = long ago
 */
public record Scene(Loop loop, Ground ground, Books books, Demand demand, long releasedAtMs) {
    /** The server had no place for it: as it says, a little later. */
    static final long NOT_ADMITTED_NS = Loop.SECOND_NS / 5;

    /** The same for those who want days that were released long ago. */
    public Scene ofDaysReleasedLongAgo() {
        return new Scene(loop, ground, books, demand, 0);
    }

    /** @return null when the rest of the date is too short for all of it */
    Visit laidOut(final Applicant applicant, final Start start) {
        return Layout.of(ground, applicant, start);
    }

    /** A hold was given. */
    void held(final Exchange hold) {
        books.held(hold, releasedAtMs);
    }

    /** Goes on at a time, unless nobody begins anything any more. */
    void goOn(final long dueNs, final Loop.Task task) {
        if (!loop.isClosed()) {
            loop.at(dueNs, task);
        }
    }
}
