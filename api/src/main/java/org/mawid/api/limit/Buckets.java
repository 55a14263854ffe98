package org.mawid.api.limit;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How often each may do something: a token bucket (Bucket4j) for each key.
 * <p>The table is bounded: when more are remembered than fit, those that have not come for the longest are forgotten and begin with a full bucket again, as are those whose bucket would be full by
 * now. So whoever has many keys can have a spent bucket forgotten, at the price of as many other buckets as are remembered: more than it gives back. Any thread, does not wait.
 */
public final class Buckets {
    private final Bandwidth bandwidth;
    private final TimeMeter clock;
    private final Cache<Long, Bucket> buckets;

    /**
     * @param capacity how much at once, 1 or more
     * @param every    in how long a spent bucket is whole again, little by little
     * @param most     buckets that are remembered at once, 1 or more; each takes about 250 bytes
     */
    public Buckets(final long capacity, final Duration every, final int most, final TimeMeter clock) {
        this.clock = clock;
        bandwidth = Bandwidth.builder().capacity(capacity).refillGreedy(capacity, every).build();
        buckets = CacheBuilder.newBuilder().concurrencyLevel(1).maximumSize(most).expireAfterAccess(every).ticker(new Ticker() {
            @Override
            public long read() {
                return clock.currentTimeNanos();
            }
        }).build();
    }

    /** @param cost 0 or more; what is more than the capacity counts as all of it @return 0: go on; else after how many ms to come back, 1 or more, and nothing is taken */
    public long take(final long key, final long cost) {
        if (cost == 0) {
            return 0;
        }
        final ConsumptionProbe probe = bucket(key).tryConsumeAndReturnRemaining(Math.min(cost, bandwidth.getCapacity()));
        return probe.isConsumed() ? 0 : ms(probe.getNanosToWaitForRefill());
    }

    /** As {@link #take}, and nothing is taken. */
    long waitMs(final long key, final long cost) {
        return cost == 0 ? 0 : ms(bucket(key).estimateAbilityToConsume(Math.min(cost, bandwidth.getCapacity())).getNanosToWaitForRefill());
    }

    private static long ms(final long nanos) {
        return nanos == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos + 999_999);
    }

    /** What was taken is not counted. */
    public void giveBack(final long key, final long cost) {
        if (cost > 0) {
            bucket(key).addTokens(Math.min(cost, bandwidth.getCapacity()));
        }
    }

    /** How many are remembered now. */
    public long size() {
        buckets.cleanUp();
        return buckets.size();
    }

    private Bucket bucket(final long key) {
        final Bucket known = buckets.getIfPresent(key);
        if (known != null) {
            return known;
        }
        final Bucket fresh = Bucket.builder().addLimit(bandwidth).withCustomTimePrecision(clock).build();
        final Bucket first = buckets.asMap().putIfAbsent(key, fresh); // two that come at once share one
        return first == null ? fresh : first;
    }
}
