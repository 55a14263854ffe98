package org.mawid.bench.peer.work;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The days that all clients of a load go to at one time. When enough of their places were given away, everyone goes on to the days after
 * them: the work stays the same however fast it is done. Any thread.
 */
public final class Ground {
    private final int firstDay;
    private final int atOnce;
    private final int groups;
    private final long placesOfAGroup;
    private final AtomicLong taken = new AtomicLong();
    private volatile boolean usedUp;

    /**
     * @param firstDay       of all
     * @param atOnce         days that are gone to at one time
     * @param groups         how many times that
     * @param placesOfAGroup how many places are taken before everyone goes on; what comes back meanwhile is not counted
     */
    public Ground(final int firstDay, final int atOnce, final int groups, final long placesOfAGroup) {
        this.firstDay = firstDay;
        this.atOnce = atOnce;
        this.groups = groups;
        this.placesOfAGroup = placesOfAGroup;
    }

    /** Everyone at {@code posts} posts on all dates; half of the places are given away. */
    public static Ground spread(final Calendar calendar, final int posts) {
        final int atOnce = posts * calendar.dates();
        return new Ground(0, atOnce, Math.max(1, calendar.posts() / posts), (long) atOnce * calendar.slots() * calendar.capacity() / 2);
    }

    /** Everyone on one day, which never sells out: half of its many places are given away. */
    public static Ground hot(final Calendar calendar) {
        return new Ground(calendar.usualDays(), 1, calendar.hotPosts() * calendar.dates(), (long) calendar.slots() * Calendar.HOT_CAPACITY / 2);
    }

    int day(final SplittableRandom random) {
        final int group = (int) Math.min(groups - 1, taken.get() / placesOfAGroup);
        return firstDay + group * atOnce + random.nextInt(atOnce);
    }

    void took(final int units) {
        if (taken.addAndGet(units) >= groups * placesOfAGroup) {
            usedUp = true;
        }
    }

    /** A client has nothing left to ask for. */
    void useUp() {
        usedUp = true;
    }

    /** Whether the work has come to its end: there is no more place, or nobody is left to take it. */
    public boolean isUsedUp() {
        return usedUp;
    }

    /** Everything was given back. */
    public void clear() {
        taken.set(0);
        usedUp = false;
    }
}
