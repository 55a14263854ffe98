package org.mawid.api.gateway;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many streams of one kind there may be at once. A place that is taken has one owner, who gives it back: a count that one of two
 * has to lower goes wrong by the first exception between them, and is wrong until the next start. Any thread.
 */
public final class Places {
    private final int most;
    private final AtomicInteger taken = new AtomicInteger();

    /** One of them. */
    public final class Place {
        private final AtomicBoolean given = new AtomicBoolean();

        private Place() {
        }

        /** Once; whoever comes later, because a stream can end from two sides, changes nothing. */
        public void giveBack() {
            if (given.compareAndSet(false, true)) {
                taken.decrementAndGet();
            }
        }
    }

    public Places(final int most) {
        this.most = most;
    }

    /** Null when there is none left. Take it last: what the client asked for has been looked at, and nothing of it can be refused any more. */
    public Place take() {
        if (taken.incrementAndGet() > most) {
            taken.decrementAndGet();
            return null;
        }
        return new Place();
    }
}
