package org.mawid.bench.kingdom;

import java.util.Arrays;

/**
 * Log time in steps, and which cases go on at which of them: a wheel that is longer than any case waits. One thread.
 */
final class Agenda {
    static final long DAY_MS = 86_400_000L;

    private final Cases cases;
    private final long startMs;
    private final long stepMs;
    private final int stepsADay;
    private final int[] bucket;
    private long step;
    private long nowMs;

    /**
     * @param firstDay    epoch day on which it begins
     * @param stepMinutes 5 to 120, dividing a day
     * @param horizonDays how far ahead a case can be put, at least
     */
    Agenda(final Cases cases, final long firstDay, final int stepMinutes, final int horizonDays) {
        this.cases = cases;
        this.startMs = firstDay * DAY_MS;
        this.stepMs = stepMinutes * 60_000L;
        this.stepsADay = (int) (DAY_MS / stepMs);
        this.bucket = new int[Integer.highestOneBit(horizonDays * stepsADay) << 1];
        Arrays.fill(bucket, Cases.NONE);
    }

    /** The step is there: from now on it is its time. @return whether anything happens in it */
    boolean begin() {
        nowMs = startMs + step * stepMs;
        return dayBegins() || bucket[place(step)] != Cases.NONE;
    }

    /** The first of the cases that go on now, each followed by {@link Cases#next}; there are none of this step afterwards. */
    int take() {
        final int first = bucket[place(step)];
        bucket[place(step)] = Cases.NONE;
        return first;
    }

    /** The step is over. */
    void end() {
        step++;
    }

    /** At the first step that is not before the instant, and not this one. */
    void put(final int slot, final long atMs) {
        final long wanted = (atMs - startMs + stepMs - 1) / stepMs;
        final long at = Math.max(step + 1, wanted);
        if (at - step >= bucket.length) {
            throw new IllegalStateException("a case would go on " + (at - step) / stepsADay + " days from now");
        }
        cases.next[slot] = bucket[place(at)];
        bucket[place(at)] = slot;
    }

    private int place(final long at) {
        return (int) (at & bucket.length - 1);
    }

    boolean dayBegins() {
        return step % stepsADay == 0;
    }

    /** Whether it is the very first step. */
    boolean isFirst() {
        return step == 0;
    }

    /** Log time reached, ms since 1970-01-01 UTC. */
    long nowMs() {
        return nowMs;
    }

    /** The date of {@link #nowMs}, UTC. */
    int today() {
        return (int) Math.floorDiv(nowMs, DAY_MS);
    }

    long stepMs() {
        return stepMs;
    }

    /** That are over. */
    long days() {
        return step / stepsADay;
    }
}
