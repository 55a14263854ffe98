package org.mawid.engine.core;

import org.mawid.engine.catalogue.Posts;
import org.mawid.engine.waiting.Queues;
import org.mawid.engine.waiting.Waiters;
import org.mawid.engine.waiting.Waitlist;

/**
 * Finds out every ten minutes where dates were released since, for those who wait: a post by each Tick. When a day has begun everybody is looked at, for dates
 * are over then, and who lost a visit may have one more. From core version 7 on.
 */
final class Releases {
    private static final long DAY_MS = 86_400_000L;

    private final Rooms rooms;
    private final Waiters waiters;
    private final Queues queues;
    private final Waitlist waitlist;

    Releases(final Rooms rooms) {
        this.rooms = rooms;
        this.waiters = rooms.waiters;
        this.queues = rooms.waiters.queues();
        this.waitlist = rooms.waiters.waitlist();
    }

    /** Somebody will wait: the first one begins the ten minutes. */
    void begin(final long nowMs) {
        if (waiters.count() == 0 && rooms.catalogue.coreVersion().keepsWaitlist()) {
            waitlist.begin(span(nowMs));
        }
    }

    private boolean isAwaited() {
        return rooms.catalogue.coreVersion().keepsWaitlist() && waiters.count() > 0;
    }

    /** 0 = at once, {@code Long.MAX_VALUE} = never. */
    long nextDueMs() {
        return !isAwaited() ? Long.MAX_VALUE : waitlist.releasedPost() < Posts.MOST ? 0 : (waitlist.span() + 1) * Waitlist.SPAN_MS;
    }

    void tick(final long nowMs) {
        if (!isAwaited()) {
            return;
        }
        final boolean mayBegin = !rooms.catalogue.coreVersion().searchesBeside() || waitlist.releasedPost() == Posts.MOST; // or what the rest of the posts had is forgotten
        if (mayBegin && span(nowMs) > waitlist.span()) {
            waitlist.goOn(span(nowMs));
        }
        if (waitlist.releasedPost() < Posts.MOST) {
            final int postId = queues.next(waitlist.releasedPost() + 1);
            waitlist.releasedPost(Math.min(postId, Posts.MOST));
            if (postId <= Posts.MOST) {
                find(postId, waitlist.sinceSpan() * Waitlist.SPAN_MS, nowMs);
            }
        }
    }

    private void find(final int postId, final long sinceMs, final long nowMs) {
        final int today = (int) Math.floorDiv(nowMs, DAY_MS);
        final int ahead = waiters.rules().searchDays() - 1;
        final int farthest = (int) Math.floorDiv(sinceMs, DAY_MS) + ahead;
        boolean looked = farthest < today + ahead;
        queues.views().came(postId);
        for (int epochDay = today; epochDay <= today + Math.max(ahead, rooms.catalogue.rules().horizonDays()); epochDay++) {
            if (epochDay > farthest && epochDay <= today + ahead || isReleased(postId, epochDay, sinceMs, nowMs)) {
                looked = true;
                queues.views().came(postId, epochDay);
            }
        }
        if (looked) {
            queues.look(postId);
        }
    }

    private boolean isReleased(final int postId, final int epochDay, final long sinceMs, final long nowMs) {
        final Posts posts = rooms.catalogue.posts();
        for (int i = posts.poolCount(postId); i > 0; i--) {
            if (rooms.allocation.isReleasedIn(posts.pool(postId, i - 1), epochDay, sinceMs, nowMs)) {
                return true;
            }
        }
        return false;
    }

    private static int span(final long nowMs) {
        return (int) Math.floorDiv(nowMs, Waitlist.SPAN_MS);
    }
}
