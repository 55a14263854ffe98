package org.mawid.api.audit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Which refusals are written, so that nobody fills the log with theirs: five at once of a caller at an address and then one a minute; of all together a hundred at once and then ten a second. Token buckets (Bucket4j). What is
 * left out is counted. The table is bounded: who does not fit is counted together with all others who do not. Source: our estimate. Any thread, does not wait.
 */
final class RefusalLimit {
    static final int OF_CALLER = 5;
    static final long CALLER_EVERY_MS = 60_000;
    static final int OF_ALL = 100;
    static final long ALL_EVERY_MS = 100;
    static final int MOST_CALLERS = 10_000;
    /** It is not to be written now. */
    static final long LEFT_OUT = -1;
    private static final Who OTHERS = new Who(0, 0);

    private final TimeMeter clock;
    private final Bucket all;
    private final Map<Who, Counted> callers = new HashMap<>();

    /** @param address its keyed hash */
    record Who(long actor, long address) {
    }

    /** @param operation of the last that was left out @param count how many were, 1 or more */
    record LeftOut(Who who, int operation, long count) {
    }

    private static final class Counted {
        private final Bucket bucket;
        private long leftOut;
        private int operation;

        Counted(final Bucket bucket) {
            this.bucket = bucket;
        }
    }

    RefusalLimit(final TimeMeter clock) {
        this.clock = clock;
        all = bucket(OF_ALL, ALL_EVERY_MS);
    }

    private Bucket bucket(final int burst, final long everyMs) {
        return Bucket.builder().addLimit(Bandwidth.builder().capacity(burst).refillGreedy(1, Duration.ofMillis(everyMs)).build()).withCustomTimePrecision(clock).build();
    }

    /** @return how many of the same were left out before this one, which is to be written; or {@link #LEFT_OUT} */
    synchronized long take(final Who who, final int operation) {
        final Counted counted = counted(who);
        if (counted.bucket.tryConsume(1) && all.tryConsume(1)) {
            final long before = counted.leftOut;
            counted.leftOut = 0;
            return before;
        }
        leaveOut(counted, operation);
        return LEFT_OUT;
    }

    /** What was to be written could not be. */
    synchronized void giveBack(final Who who, final int operation, final long before) {
        final Counted counted = counted(who);
        counted.leftOut += before;
        leaveOut(counted, operation);
    }

    private static void leaveOut(final Counted counted, final int operation) {
        counted.leftOut++;
        counted.operation = operation;
    }

    private Counted counted(final Who who) {
        final Counted known = callers.get(who);
        return known != null ? known : callers.computeIfAbsent(callers.size() < MOST_CALLERS ? who : OTHERS, fresh -> new Counted(bucket(OF_CALLER, CALLER_EVERY_MS)));
    }

    /** All that was left out and is to be written now, so that it is not forgotten with whoever does not come again. Who may have a full number again is forgotten. */
    synchronized List<LeftOut> leftOver() {
        final List<LeftOut> leftOver = new ArrayList<>();
        for (final Iterator<Map.Entry<Who, Counted>> each = callers.entrySet().iterator(); each.hasNext();) {
            final Map.Entry<Who, Counted> next = each.next();
            final Counted counted = next.getValue();
            if (counted.leftOut > 0 && all.tryConsume(1)) {
                leftOver.add(new LeftOut(next.getKey(), counted.operation, counted.leftOut));
                counted.leftOut = 0;
            } else if (counted.leftOut == 0 && counted.bucket.getAvailableTokens() == OF_CALLER) {
                each.remove();
            }
        }
        return leftOver;
    }
}
