package org.mawid.api.stamp.check;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.net.InetAddresses;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How often one caller may ask: a token bucket for each address (Bucket4j). Of IPv6 the network of 64 bits counts, which is what one subscriber has.
 * <p>The table is bounded: when more callers are remembered than fit, those that have not come for the longest are forgotten and begin with a full bucket
 * again, as are those whose bucket would be full by now. Any thread, does not wait.
 */
public final class CallerLimit {
    /** What is said to whoever asks again and again. */
    public static final String TOO_OFTEN = "One address may not ask so often.";

    /** Whatever has no address, as a Unix-domain socket: all of it together is one caller. */
    private static final long NO_ADDRESS = 0;
    private static final int NETWORK_BYTES = Long.BYTES;
    private static final int ASKS_AT_ONCE = 30;
    private static final long ASK_EVERY_MS = 2_000;
    private static final int MOST_ASKERS = 100_000;

    private final Bandwidth bandwidth;
    private final TimeMeter clock;
    private final Cache<Long, Bucket> callers;

    /**
     * @param burst       how many at once, 1 or more
     * @param everyMs     how long after one another may be asked, in the long run; 1 or more
     * @param mostCallers remembered at once, 1 or more; each takes about 250 bytes
     */
    public CallerLimit(final int burst, final long everyMs, final int mostCallers) {
        this(burst, everyMs, mostCallers, TimeMeter.SYSTEM_NANOTIME);
    }

    /** Of those who ask whether stamps are valid: 30 at once, one every two seconds in the long run. One for all edges of a server. */
    public static CallerLimit ofAskers() {
        return new CallerLimit(ASKS_AT_ONCE, ASK_EVERY_MS, MOST_ASKERS);
    }

    CallerLimit(final int burst, final long everyMs, final int mostCallers, final TimeMeter clock) {
        this.clock = clock;
        bandwidth = Bandwidth.builder().capacity(burst).refillGreedy(1, Duration.ofMillis(everyMs)).build();
        callers = CacheBuilder.newBuilder().concurrencyLevel(1).maximumSize(mostCallers).expireAfterAccess(Duration.ofMillis(burst * everyMs)).ticker(new Ticker() {
            @Override
            public long read() {
                return clock.currentTimeNanos();
            }
        }).build();
    }

    /** @param address as text, without port; what is none counts with all others that are none @return 0: go on; else after how many ms to come back, 1 or more */
    public long take(final String address) {
        return take(caller(address));
    }

    /** As {@link #take(String)}. @param caller {@link #caller}, or whatever else is counted */
    long take(final long caller) {
        final ConsumptionProbe probe = bucket(caller).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(probe.getNanosToWaitForRefill() + 999_999));
    }

    /** What was taken is not counted. */
    void giveBack(final long caller) {
        bucket(caller).addTokens(1);
    }

    /** How many are remembered now. */
    long callers() {
        callers.cleanUp();
        return callers.size();
    }

    private Bucket bucket(final long caller) {
        final Bucket known = callers.getIfPresent(caller);
        if (known != null) {
            return known;
        }
        final Bucket fresh = Bucket.builder().addLimit(bandwidth).withCustomTimePrecision(clock).build();
        final Bucket first = callers.asMap().putIfAbsent(caller, fresh); // two that come at once share one
        return first == null ? fresh : first;
    }

    /** Who an address is. */
    static long caller(final String address) {
        if (address == null || !InetAddresses.isInetAddress(address)) {
            return NO_ADDRESS;
        }
        final InetAddress parsed = InetAddresses.forString(address);
        final ByteBuffer bytes = ByteBuffer.allocate(NETWORK_BYTES).put(parsed.getAddress(), 0, parsed instanceof Inet6Address ? NETWORK_BYTES : Integer.BYTES);
        return bytes.getLong(0);
    }
}
