package org.mawid.bench.kingdom;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.mawid.api.network.Network;
import org.mawid.api.network.OpenDay;
import org.mawid.api.network.Schedule;

/** The days that each post has still to open, in their order. One thread. */
final class Calendars {
    private static final int YEARS = 5;

    private final List<Iterator<OpenDay>> toCome = new ArrayList<>();
    private final OpenDay[] next;

    Calendars(final Realm realm, final LocalDate first) {
        next = new OpenDay[realm.postIds() + 1];
        final Schedule schedule = new Schedule(realm.network());
        for (final Network.Post post : realm.network().posts()) {
            final LocalDate last = schedule.lastCovered(post, first, first.plusYears(YEARS));
            toCome.add(last == null || realm.network().poolsOf(post.id()).isEmpty() ? List.<OpenDay>of().iterator()
                    : schedule.openDays(post, first, last, first).iterator());
        }
    }

    /** @return the post's next day up to that date, null = there is none */
    OpenDay next(final int postId, final int lastEpochDay) {
        if (next[postId] == null && toCome.get(postId - 1).hasNext()) {
            next[postId] = toCome.get(postId - 1).next();
        }
        final OpenDay day = next[postId];
        if (day == null || day.epochDay() > lastEpochDay) {
            return null;
        }
        next[postId] = null;
        return day;
    }
}
