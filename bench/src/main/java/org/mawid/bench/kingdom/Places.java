package org.mawid.bench.kingdom;

import java.util.Arrays;
import org.mawid.api.network.OpenDay;

/**
 * The generator's own calendar: how many places of each pool are taken in each five-minute unit, and which units are full, as bits. A window
 * of {@value #WINDOW} dates that moves on as days are published. Local to the generator: the engine is never asked.
 * <p>One thread. Takes some 20 MB for the whole network; allocates nothing after construction.
 */
final class Places {
    /** Dates that are kept: those ahead and those that the engine still has in memory. A power of two. */
    static final int WINDOW = 128;
    /** No date. */
    static final int NEVER = Integer.MIN_VALUE;
    private static final int WORDS = OpenDay.MAX_UNITS / Long.SIZE;

    private final Realm realm;
    private final byte[] taken;
    private final long[] full;
    private final int[] left;
    private final int[] dateOf;
    private final int[] units;
    private final long[] startMs;
    private final long[] releasedAtMs;
    private long free0;
    private long free1;
    private long free2;

    Places(final Realm realm) {
        this.realm = realm;
        final int rows = (realm.pools() + 1) * WINDOW;
        taken = new byte[rows * OpenDay.MAX_UNITS];
        full = new long[rows * WORDS];
        left = new int[rows];
        final int days = (realm.postIds() + 1) * WINDOW;
        dateOf = new int[days];
        Arrays.fill(dateOf, NEVER);
        units = new int[days];
        startMs = new long[days];
        releasedAtMs = new long[days];
    }

    /** A day of a pool begins to exist; what was at its place in the window is forgotten. */
    void publish(final OpenDay day) {
        final int row = row(day.poolId(), day.epochDay());
        Arrays.fill(taken, row * OpenDay.MAX_UNITS, (row + 1) * OpenDay.MAX_UNITS, (byte) 0);
        Arrays.fill(full, row * WORDS, (row + 1) * WORDS, 0);
        left[row] = day.units() * day.capacity();
        final int at = row(realm.postOf(day.poolId()), day.epochDay());
        dateOf[at] = day.epochDay();
        units[at] = day.units();
        startMs[at] = day.startMs();
        releasedAtMs[at] = day.releasedAtMs();
    }

    /** Whether the post is open on that date and may be asked for it now. @param leastMs the day must not begin before this instant */
    boolean isOnOffer(final int postId, final int epochDay, final long nowMs, final long leastMs) {
        final int at = row(postId, epochDay);
        return dateOf[at] == epochDay && releasedAtMs[at] <= nowMs && startMs[at] >= leastMs;
    }

    int units(final int postId, final int epochDay) {
        return units[row(postId, epochDay)];
    }

    long startMs(final int postId, final int epochDay, final int unit) {
        return startMs[row(postId, epochDay)] + unit * OpenDay.UNIT_MS;
    }

    /** Place-units of a pool that nobody has taken. */
    int left(final int poolId, final int epochDay) {
        return left[row(poolId, epochDay)];
    }

    /** Places taken in a unit. */
    int taken(final int poolId, final int epochDay, final int unit) {
        return taken[row(poolId, epochDay) * OpenDay.MAX_UNITS + unit] & 0xFF;
    }

    boolean knows(final int poolId, final int epochDay) {
        return dateOf[row(realm.postOf(poolId), epochDay)] == epochDay;
    }

    /** The first date from this one on on which a post is open, as far as its days have been published. @return {@link #NEVER} = there is none */
    int nextOpen(final int postId, final int epochDay) {
        for (int date = epochDay; date < epochDay + WINDOW; date++) {
            if (dateOf[row(postId, date)] == date) {
                return date;
            }
        }
        return NEVER;
    }

    /**
     * The first start from {@code from} on where the desk and every resource have a place for all units.
     *
     * @param kinds bit k = a place of resource kind k is needed; a seat always is, where the post has seats
     * @return −1 = there is none
     */
    int find(final int deskId, final int kinds, final int epochDay, final int from, final int count) {
        final int postId = realm.postOf(deskId);
        final int end = units(postId, epochDay);
        final int desk = row(deskId, epochDay) * WORDS;
        free0 = ~full[desk];
        free1 = ~full[desk + 1];
        free2 = ~full[desk + 2];
        for (int kind = 1; kind < Realm.KINDS; kind++) {
            final int pool = realm.resource(postId, kind);
            if (pool != 0 && (kind == Realm.SEATS || (kinds >>> kind & 1) != 0)) {
                final int at = row(pool, epochDay) * WORDS;
                free0 &= ~full[at];
                free1 &= ~full[at + 1];
                free2 &= ~full[at + 2];
            }
        }
        for (int start = next(from, end, 0); start + count <= end; ) {
            final int busy = next(start, end, -1L);
            if (busy - start >= count) {
                return start;
            }
            start = next(busy, end, 0);
        }
        return -1;
    }

    /** The first unit where the desk itself is full and {@code count} units would begin; −1 = none. */
    int firstFull(final int deskId, final int epochDay, final int count) {
        final int end = units(realm.postOf(deskId), epochDay);
        final int desk = row(deskId, epochDay) * WORDS;
        free0 = full[desk];
        free1 = full[desk + 1];
        free2 = full[desk + 2];
        final int start = next(0, end, 0);
        return start + count <= end ? start : -1;
    }

    /** The next unit that is free, or with {@code flip} −1 the next that is not; {@code end} when there is none. */
    private int next(final int from, final int end, final long flip) {
        for (int unit = from; unit < end; unit = (unit | Long.SIZE - 1) + 1) {
            final long word = (unit < Long.SIZE ? free0 : unit < 2 * Long.SIZE ? free1 : free2) ^ flip;
            final long rest = word >>> unit; // a shift counts modulo 64
            if (rest != 0) {
                return Math.min(end, unit + Long.numberOfTrailingZeros(rest));
            }
        }
        return end;
    }

    /** One person takes (1) or gives back (−1) a place at the desk and at the resources. */
    void add(final int deskId, final int kinds, final int epochDay, final int start, final int count, final int change) {
        final int postId = realm.postOf(deskId);
        addTo(deskId, epochDay, start, count, change);
        for (int kind = 1; kind < Realm.KINDS; kind++) {
            final int pool = realm.resource(postId, kind);
            if (pool != 0 && (kind == Realm.SEATS || (kinds >>> kind & 1) != 0)) {
                addTo(pool, epochDay, start, count, change);
            }
        }
    }

    private void addTo(final int poolId, final int epochDay, final int start, final int count, final int change) {
        final int row = row(poolId, epochDay);
        final int capacity = realm.capacity(poolId);
        left[row] -= change * count;
        for (int unit = start; unit < start + count; unit++) {
            final int now = (taken[row * OpenDay.MAX_UNITS + unit] & 0xFF) + change;
            taken[row * OpenDay.MAX_UNITS + unit] = (byte) now;
            final long bit = 1L << unit;
            if (now == capacity) {
                full[row * WORDS + (unit >>> 6)] |= bit;
            } else {
                full[row * WORDS + (unit >>> 6)] &= ~bit;
            }
        }
    }

    Realm realm() {
        return realm;
    }

    private static int row(final int id, final int epochDay) {
        return id * WINDOW + (epochDay & WINDOW - 1);
    }
}
