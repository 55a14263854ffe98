package org.mawid.api.notification;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.mawid.api.limit.Buckets;
import org.mawid.api.notification.notice.Channel;

/** How much may be sent: in all, each way, and to one person (Bucket4j). Whom nothing was sent to for a day begins anew, as all do after a restart. One thread. */
final class Limits {
    private static final int MOST_PERSONS = 200_000;

    private final Map<Channel, Bucket> ways = new EnumMap<>(Channel.class);
    private final Buckets persons;
    private final TimeMeter clock;

    /** @param perSecond each way @param perDay to one person, so many at once @param nowMs log time */
    Limits(final int perSecond, final int perDay, final LongSupplier nowMs) {
        clock = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return TimeUnit.MILLISECONDS.toNanos(nowMs.getAsLong());
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        };
        persons = new Buckets(perDay, Duration.ofDays(1), MOST_PERSONS, clock);
        for (final Channel way : Channel.values()) {
            ways.put(way, bucket(Bandwidth.builder().capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)).build()));
        }
    }

    /** Whether one more may be sent this way now. */
    boolean take(final Channel way) {
        return ways.get(way).tryConsume(1);
    }

    /** @return 0: go on; else after how many ms this person may be told again, 1 or more */
    long take(final long person) {
        return persons.take(person, 1);
    }

    private Bucket bucket(final Bandwidth bandwidth) {
        return Bucket.builder().addLimit(bandwidth).withCustomTimePrecision(clock).build();
    }
}
