package org.mawid.api.stamp.check;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.mawid.api.limit.Addresses;
import org.mawid.api.limit.Buckets;

/** How often one caller may ask, by address. Bounded as {@link Buckets} are. Any thread, does not wait. */
public final class CallerLimit {
    /** What is said to whoever asks again and again. */
    public static final String TOO_OFTEN = "One address may not ask so often.";

    private static final int ASKS_AT_ONCE = 30;
    private static final long ASK_EVERY_MS = 2_000;
    private static final int MOST_ASKERS = 100_000;

    private final Buckets callers;

    /**
     * @param burst       how many at once, 1 or more
     * @param everyMs     how long after one another may be asked, in the long run; 1 or more
     * @param mostCallers remembered at once, 1 or more
     */
    public CallerLimit(final int burst, final long everyMs, final int mostCallers) {
        this(burst, everyMs, mostCallers, TimeMeter.SYSTEM_NANOTIME);
    }

    /** Of those who ask whether stamps are valid: 30 at once, one every two seconds in the long run. One for all edges of a server. */
    public static CallerLimit ofAskers() {
        return new CallerLimit(ASKS_AT_ONCE, ASK_EVERY_MS, MOST_ASKERS);
    }

    CallerLimit(final int burst, final long everyMs, final int mostCallers, final TimeMeter clock) {
        callers = new Buckets(burst, Duration.ofMillis(burst * everyMs), mostCallers, clock);
    }

    /** @param address as text, without port; what is none counts with all others that are none @return 0: go on; else after how many ms to come back, 1 or more */
    public long take(final String address) {
        return take(Addresses.key(address));
    }

    /** As {@link #take(String)}. @param caller whose address it is, or whatever else is counted */
    long take(final long caller) {
        return callers.take(caller, 1);
    }

    /** What was taken is not counted. */
    void giveBack(final long caller) {
        callers.giveBack(caller, 1);
    }

    /** How many are remembered now. */
    long callers() {
        return callers.size();
    }
}
