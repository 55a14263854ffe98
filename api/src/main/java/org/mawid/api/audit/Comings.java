package org.mawid.api.audit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * From where somebody has come lately, so that it is written once an hour and not with each of their commands. Bounded: when {@value #MOST} are known those of more than an hour ago are forgotten, or else
 * all, who are then written again. Source: our estimate, an hour of an addresses' lease and of a token. Any thread, does not wait.
 */
final class Comings {
    static final long EVERY_MS = 3_600_000;
    static final int MOST = 200_000;

    private final LongSupplier clockMs;
    private final Map<Place, Long> seenMs = new ConcurrentHashMap<>();

    /** @param actor key @param address as text: in memory only */
    private record Place(long actor, String address) {
    }

    /** @param clockMs any that does not go back */
    Comings(final LongSupplier clockMs) {
        this.clockMs = clockMs;
    }

    /** Whether it is to be written that they come from there; asked again within an hour it is not. */
    boolean isNews(final long actor, final String address) {
        final long nowMs = clockMs.getAsLong();
        final Place place = new Place(actor, address);
        final Long before = seenMs.get(place);
        if (before != null && nowMs - before < EVERY_MS) {
            return false;
        }
        if (seenMs.size() >= MOST) {
            forget(nowMs);
        }
        final Long first = seenMs.put(place, nowMs);
        return first == null || first.equals(before); // of two at once one
    }

    /** It could not be written: it is news still. */
    void forget(final long actor, final String address) {
        seenMs.remove(new Place(actor, address));
    }

    private void forget(final long nowMs) {
        seenMs.values().removeIf(ms -> nowMs - ms >= EVERY_MS);
        if (seenMs.size() >= MOST) {
            seenMs.clear();
        }
    }
}
