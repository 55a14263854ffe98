package org.mawid.engine.allocation;

import org.mawid.engine.catalogue.Catalogue;
import org.mawid.engine.catalogue.Pools;
import org.mawid.engine.catalogue.Posts;

/**
 * What posts have on offer within 60 days, as far as one Tick looks: at the calendars of 64 desks for questions about one post, and of 64
 * more for those about any post. What was seen is remembered until {@link #forget()}, and never part of the state.
 * <p>Sets of services are two longs: bit s-1 of the first = service s, bit s-65 of the second.
 */
public final class Offers {
    /** A post always fits when nothing was looked at before. */
    private static final int DESKS = Posts.MOST_POOLS;
    private static final int DAYS = 60;
    private static final long DAY_MS = 86_400_000L;
    /** 2^32 divided by the golden ratio: where consecutive days begin is spread evenly, however many posts there are. */
    private static final long SPREAD = 0x9E37_79B9L;

    private final Catalogue catalogue;
    private final Days days;
    private final int[] seenPost = new int[DESKS];
    private final long[] seen1 = new long[DESKS];
    private final long[] seen2 = new long[DESKS];
    private int seen;
    private int desksLeft;
    private int walked;
    private int walkLeft;
    private long onTheWay1;
    private long onTheWay2;
    private long offered1;
    private long offered2;

    Offers(final Catalogue catalogue, final Days days) {
        this.catalogue = catalogue;
        this.days = days;
        forget();
    }

    /** Another Tick: all is to be looked at again. */
    public void forget() {
        seen = 0;
        desksLeft = DESKS;
        walked = 0;
        walkLeft = DESKS;
        onTheWay1 = 0;
        onTheWay2 = 0;
    }

    /** True before the first question about one post: then {@link #canSay} is true for any. */
    public boolean hasSeenNone() {
        return seen == 0;
    }

    /** Whether this post was looked at already, or can be. */
    public boolean canSay(final int postId) {
        return find(postId) >= 0 || cost(postId) <= desksLeft;
    }

    /** Whether a post about which {@link #canSay} has something on offer for one of these services. */
    public boolean at(final int postId, final long services1, final long services2, final long nowMs) {
        int i = find(postId);
        if (i < 0) {
            i = seen++;
            look(postId, nowMs);
            desksLeft -= cost(postId);
            seenPost[i] = postId;
            seen1[i] = offered1;
            seen2[i] = offered2;
        }
        return (seen1[i] & services1) != 0 || (seen2[i] & services2) != 0;
    }

    /**
     * Whether something is seen at any post for one of these services. Posts are looked at one after another until it is, or no more can be:
     * then what is far from where this day begins is not seen, and the day after begins elsewhere.
     */
    public boolean anywhere(final long services1, final long services2, final long nowMs) {
        while ((onTheWay1 & services1) == 0 && (onTheWay2 & services2) == 0) {
            if (!walk(nowMs)) {
                return false;
            }
        }
        return true;
    }

    /** Looks at the next post. @return false = there is none, or too much was looked at */
    private boolean walk(final long nowMs) {
        final Posts posts = catalogue.posts();
        final int all = posts.withPools();
        if (walked == all) {
            return false;
        }
        final long first = ((today(nowMs) * SPREAD & 0xFFFF_FFFFL) * all) >>> 32;
        final int postId = posts.withPools((int) ((first + walked) % all));
        final int cost = cost(postId);
        if (cost > walkLeft) {
            return false;
        }
        look(postId, nowMs);
        walkLeft -= cost;
        walked++;
        onTheWay1 |= offered1;
        onTheWay2 |= offered2;
        return true;
    }

    private int find(final int postId) {
        for (int i = 0; i < seen; i++) {
            if (seenPost[i] == postId) {
                return i;
            }
        }
        return -1;
    }

    /** Desks that serve anything; at least 1, so that it ends. */
    private int cost(final int postId) {
        int desks = 0;
        for (int i = catalogue.posts().poolCount(postId) - 1; i >= 0; i--) {
            desks += servesAnything(catalogue.posts().pool(postId, i)) ? 1 : 0;
        }
        return Math.max(1, desks);
    }

    private boolean servesAnything(final int pool) {
        final Pools pools = catalogue.pools();
        return pools.isDesk(pool) && (pools.services(pool, false) | pools.services(pool, true)) != 0;
    }

    private void look(final int postId, final long nowMs) {
        offered1 = 0;
        offered2 = 0;
        for (int i = 0; i < catalogue.posts().poolCount(postId); i++) {
            final int pool = catalogue.posts().pool(postId, i);
            if (servesAnything(pool) && hasOffer(pool, today(nowMs), nowMs)) {
                offered1 |= catalogue.pools().services(pool, false);
                offered2 |= catalogue.pools().services(pool, true);
            }
        }
    }

    private boolean hasOffer(final int desk, final int today, final long nowMs) {
        for (int epochDay = today; epochDay < today + DAYS; epochDay++) {
            final int day = days.find(desk, epochDay);
            if (day != Days.NONE && days.freeUnits(day) > 0 && days.releasedAtMs(day) <= nowMs) {
                return true;
            }
        }
        return false;
    }

    private static int today(final long nowMs) {
        return (int) Math.floorDiv(nowMs, DAY_MS);
    }
}
