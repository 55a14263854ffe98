package org.mawid.engine.waiting;

import java.util.function.LongSupplier;
import org.mawid.engine.catalogue.CoreVersion;
import org.mawid.engine.catalogue.Posts;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.QueueRowDecoder;

/**
 * The queue of each post, and where looking for room stands in it. A post without one has no row. One look goes from the first in line to the last and sees
 * what cooled when it began: what comes later is for the next look, or those in the middle of the line would have it before the first. From core version 8 on
 * looks are about what came since the last one, and whoever has to be searched for on all dates is searched for beside them.
 */
public final class Queues {
    private static final int FIRST = QueueRowDecoder.firstEncodingOffset();
    private static final int LAST = QueueRowDecoder.lastEncodingOffset();
    private static final int LOOKING = QueueRowDecoder.lookingEncodingOffset();
    private static final int COUNT = QueueRowDecoder.countEncodingOffset();
    private static final int ELSEWHERE = QueueRowDecoder.elsewhereEncodingOffset();
    private static final int LOOKING_DAY = QueueRowDecoder.lookingDayEncodingOffset();
    private static final int LOOKING_POST = QueueRowDecoder.lookingPostEncodingOffset();
    private static final int USED = QueueRowDecoder.usedEncodingOffset();
    private static final int AGAIN = QueueRowDecoder.againEncodingOffset();

    private final CoreVersion version;
    private final LongSupplier newestRun;
    private final NumberedRows rows;
    private final QueueViews views;
    private final QueueSearches searches;
    private int lookedFor;
    private int searchedFor;

    /** @param newestRun see {@link Waiters} */
    Queues(final CoreMemory memory, final CoreVersion version, final LongSupplier newestRun) {
        this.version = version;
        this.newestRun = newestRun;
        views = new QueueViews(memory, newestRun);
        searches = new QueueSearches(memory);
        rows = new NumberedRows(memory, TableIds.QUEUES, QueueRowDecoder.BLOCK_LENGTH, USED);
    }

    /** What looks have seen, and where room came. */
    public QueueViews views() {
        return views;
    }

    /** Who is searched for on all dates, beside looks. */
    public QueueSearches searches() {
        return searches;
    }

    /** At all posts where somebody waits. */
    public void searchAnew() {
        for (int postId = next(1); postId <= Posts.MOST; postId = next(postId + 1)) {
            searchAnew(postId);
        }
    }

    /** What was not found may be there now, for other reasons than that room came on a few dates. See {@link QueueViews#searchAnew}. */
    public void searchAnew(final int postId) {
        views.searchAnew(postId);
        if (searches.has(postId)) {
            searches.sees(postId, newestRun.getAsLong());
            searchFor(postId, first(postId));
        }
    }

    /** Core version 8 begins: everybody is searched for once more, and looks are about what comes from now on. */
    public void searchBeside() {
        for (int postId = next(1); postId <= Posts.MOST; postId = next(postId + 1)) {
            Memory.putByte(rows.at(postId) + AGAIN, 0);
            lookFor(postId, 0);
            begin(postId);
            searchAnew(postId);
            lookAgain(postId);
        }
    }

    /** 0 = nobody. */
    public long first(final int postId) {
        return rows.has(postId) ? Memory.getLong(rows.at(postId) + FIRST) : 0;
    }

    long last(final int postId) {
        return rows.has(postId) ? Memory.getLong(rows.at(postId) + LAST) : 0;
    }

    public long count(final int postId) {
        return rows.has(postId) ? Memory.getInt(rows.at(postId) + COUNT) : 0;
    }

    /** Those whose applications accept other posts. */
    public long elsewhere(final int postId) {
        return rows.has(postId) ? Memory.getInt(rows.at(postId) + ELSEWHERE) : 0;
    }

    /** Queues through which a look goes. */
    public int lookedFor() {
        return lookedFor;
    }

    /** Queues with somebody who has to be searched for on all dates. */
    public int searchedFor() {
        return searchedFor;
    }

    /** The lowest post from {@code from} on that has a queue, more than {@link Posts#MOST} = none. */
    public int next(final int from) {
        return (int) rows.next(from, Posts.MOST + 1L, Integer.MAX_VALUE);
    }

    /** The waiter for whom room is looked for next, 0 = none until room comes. */
    public long looking(final int postId) {
        return rows.has(postId) ? Memory.getLong(rows.at(postId) + LOOKING) : 0;
    }

    /** Dates of the search for this waiter that were looked at. */
    public int lookingDay(final int postId) {
        return Memory.getInt(rows.at(postId) + LOOKING_DAY);
    }

    /** At which post: 0 = the queue's own, 1 to 8 = an accepted one. */
    public int lookingPost(final int postId) {
        return Memory.getByte(rows.at(postId) + LOOKING_POST);
    }

    /** The search for this waiter goes on there. */
    public void stand(final int postId, final int post, final int dates) {
        Memory.putByte(rows.at(postId) + LOOKING_POST, post);
        Memory.putInt(rows.at(postId) + LOOKING_DAY, dates);
    }

    /** The search goes on with this waiter, 0 = it is through: once more when room came meanwhile. */
    public void lookOn(final int postId, final long waiter) {
        final long at = rows.at(postId);
        final boolean again = waiter == 0 && Memory.getByte(at + AGAIN) != 0;
        if (waiter == 0 && searches.has(postId)) {
            lookedThrough(postId);
        }
        if (again) {
            Memory.putByte(at + AGAIN, 0);
            views.see(postId);
        }
        lookFor(postId, again ? first(postId) : waiter);
    }

    private void lookedThrough(final int postId) {
        searches.through(postId, views.sees(postId), views.newestRun(postId));
        if (searches.isDue(postId)) {
            searchOnceMore(postId);
        }
    }

    /** The search on all dates goes on with this waiter, 0 = it is through: once more when somebody was passed over meanwhile. */
    public void searchOn(final int postId, final long waiter) {
        searchFor(postId, waiter == 0 && searches.isAgain(postId) ? first(postId) : waiter);
    }

    private void searchFor(final int postId, final long waiter) {
        searchedFor += (waiter != 0 ? 1 : 0) - (searches.searching(postId) != 0 ? 1 : 0);
        searches.searchFor(postId, waiter, Math.max(searches.saw(postId), views.anew(postId)));
    }

    /** Dates are counted from this one. */
    public void today(final int postId, final int today) {
        if (searches.isAnotherDay(postId, today)) {
            stand(postId, 0, 0);
            searchFor(postId, searches.searching(postId));
        }
    }

    /** Whatever was found out about somebody so far is not so any more. */
    void beginAgain(final int postId, final long waiter) {
        if (looking(postId) == waiter) {
            stand(postId, 0, 0);
        }
        if (searches.searching(postId) == waiter) {
            searchFor(postId, waiter);
        }
    }

    /** Some have to be searched for: from the first one on, or once more when the search under way is through. */
    void searchOnceMore(final int postId) {
        if (searches.searching(postId) == 0) {
            searchFor(postId, first(postId));
        } else {
            searches.again(postId);
        }
    }

    /** Somebody without an offer may have one again: searched for when everybody was asked about what came. */
    void lookAgain(final int postId) {
        look(postId);
        if (version.searchesBeside()) {
            searches.due(postId);
        }
    }

    /** Room came, or somebody in the queue may have it again: from the first one on, or once more after that. */
    public void look(final int postId) {
        if (first(postId) == 0) {
            return;
        }
        if (looking(postId) == 0) {
            views.see(postId);
            lookFor(postId, first(postId));
        } else {
            Memory.putByte(rows.at(postId) + AGAIN, 1);
        }
    }

    /** Somebody was put in, maybe before the one for whom room is looked for: from the first one on, for who booked first is offered first. */
    void lookAnew(final int postId) {
        if (version.searchesBeside()) {
            begin(postId);
            searchFor(postId, first(postId));
            if (looking(postId) == 0) {
                return;
            }
        }
        views.see(postId);
        lookFor(postId, first(postId));
    }

    /** Somebody was put in behind all others: they alone may have what there is. */
    void lookAt(final int postId, final long waiter) {
        if (version.searchesBeside()) {
            begin(postId);
            if (searches.searching(postId) == 0) {
                searchFor(postId, searches.isPassedOver(postId) ? first(postId) : waiter);
            }
        } else if (looking(postId) == 0) {
            views.see(postId);
            lookFor(postId, waiter);
        }
    }

    private void begin(final int postId) {
        if (!searches.has(postId)) {
            views.begin(postId, newestRun.getAsLong());
            searches.begin(postId, views.sees(postId), newestRun.getAsLong());
        }
    }

    private void lookFor(final int postId, final long waiter) {
        final long at = rows.at(postId);
        lookedFor += (waiter != 0 ? 1 : 0) - (Memory.getLong(at + LOOKING) != 0 ? 1 : 0);
        Memory.putLong(at + LOOKING, waiter);
        stand(postId, 0, 0);
    }

    // ---- by Waiters

    /** Somebody leaves, and the search goes on with the next one. */
    void left(final int postId, final long waiter, final long next) {
        if (looking(postId) == waiter) {
            lookOn(postId, next);
            if (looking(postId) == waiter) { // once more from the first one, who is the one that leaves
                lookFor(postId, next);
            }
        }
        if (searches.searching(postId) == waiter) {
            searchOn(postId, next);
            if (searches.searching(postId) == waiter) {
                searchFor(postId, next);
            }
        }
    }

    void first(final int postId, final long waiter) {
        Memory.putLong(at(postId) + FIRST, waiter);
    }

    void last(final int postId, final long waiter) {
        Memory.putLong(at(postId) + LAST, waiter);
    }

    /** A queue that nobody is in any more is gone. */
    void count(final int postId, final int waiters, final int thoseElsewhere) {
        final long at = at(postId);
        final int count = Memory.getInt(at + COUNT) + waiters;
        Memory.putInt(at + COUNT, count);
        Memory.putInt(at + ELSEWHERE, Memory.getInt(at + ELSEWHERE) + thoseElsewhere);
        if (count == 0) {
            rows.remove(postId);
            views.forget(postId);
            searches.forget(postId);
        }
    }

    private long at(final int postId) {
        if (!rows.has(postId)) {
            Memory.putByte(rows.add(postId) + USED, 1);
        }
        return rows.at(postId);
    }

    // ---- state

    void save(final StateWriter out) {
        rows.save(out);
        views.save(out);
        searches.save(out);
    }

    void load(final StateReader in) {
        if (in.tableId() == TableIds.QUEUES) {
            rows.load(in);
        } else if (in.tableId() == TableIds.QUEUE_SEARCHES) {
            searches.load(in);
        } else {
            views.load(in);
        }
    }

    void loaded() {
        for (int postId = next(1); postId <= Posts.MOST; postId = next(postId + 1)) {
            lookedFor += looking(postId) != 0 ? 1 : 0;
            searchedFor += searches.searching(postId) != 0 ? 1 : 0;
        }
    }

    void check() {
        views.check();
        searches.check();
    }
}
