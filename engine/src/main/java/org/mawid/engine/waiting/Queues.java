package org.mawid.engine.waiting;

import java.util.function.LongSupplier;
import org.mawid.engine.catalogue.Posts;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.QueueDateRowDecoder;
import org.mawid.sbe.QueueRowDecoder;
import org.mawid.sbe.QueueViewRowDecoder;

/**
 * The queue of each post, and where looking for room stands in it. A post without one has no row. One look goes from the first in line to the last and sees
 * what cooled when it began: what comes later is for the next look, or those in the middle of the line would have it before the first.
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

    private static final int NEWEST_RUN = QueueViewRowDecoder.newestRunEncodingOffset();
    private static final int CAME = QueueViewRowDecoder.cameEncodingOffset();
    private static final int SEES = QueueViewRowDecoder.seesEncodingOffset();
    private static final int ANEW = QueueViewRowDecoder.anewEncodingOffset();
    private static final int VIEW_USED = QueueViewRowDecoder.usedEncodingOffset();

    private static final int DATE_CAME = QueueDateRowDecoder.cameEncodingOffset();
    private static final int DATE_USED = QueueDateRowDecoder.usedEncodingOffset();
    private static final int DATES = 512;

    private final NumberedRows rows;
    private final NumberedRows views;
    private final NumberedRows dates;
    private final LongSupplier newestRun;
    private int lookedFor;

    /** @param newestRun see {@link Waiters} */
    Queues(final CoreMemory memory, final LongSupplier newestRun) {
        this.newestRun = newestRun;
        dates = new NumberedRows(memory, TableIds.QUEUE_DATES, QueueDateRowDecoder.BLOCK_LENGTH, DATE_USED);
        views = new NumberedRows(memory, TableIds.QUEUE_VIEWS, QueueViewRowDecoder.BLOCK_LENGTH, VIEW_USED);
        rows = new NumberedRows(memory, TableIds.QUEUES, QueueRowDecoder.BLOCK_LENGTH, USED);
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

    /** Queues for which room is looked for. */
    public int lookedFor() {
        return lookedFor;
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

    /** The newest run that the look under way sees, of all that cool. */
    public long view(final int postId) {
        return views.has(postId) ? Memory.getLong(views.at(postId) + NEWEST_RUN) : 0;
    }

    /** A look begins: it sees what cools now, and where room came. */
    private void see(final int postId) {
        final long newest = newestRun.getAsLong();
        if (newest >= 0) {
            final long at = view(postId, true);
            Memory.putLong(at + NEWEST_RUN, newest);
            Memory.putInt(at + SEES, Memory.getInt(at + CAME));
        }
    }

    private long view(final int postId, final boolean making) {
        if (views.has(postId) || !making) {
            return views.has(postId) ? views.at(postId) : 0;
        }
        final long at = views.add(postId);
        Memory.putByte(at + VIEW_USED, 1);
        Memory.putInt(at + CAME, 1);
        return at;
    }

    // ---- where room came

    /** Room came at a post, on dates that {@link #came(int, int)} tells. */
    public void came(final int postId) {
        final long at = view(postId, false);
        if (at != 0) {
            Memory.putInt(at + CAME, Memory.getInt(at + CAME) + 1);
        }
    }

    /** It came on this date, too. */
    public void came(final int postId, final int epochDay) {
        final long at = view(postId, false);
        if (at != 0) {
            final long number = number(postId, epochDay);
            final long row = dates.has(number) ? dates.at(number) : dates.add(number);
            Memory.putByte(row + DATE_USED, 1);
            Memory.putInt(row + DATE_CAME, Memory.getInt(at + CAME));
        }
    }

    /** Nothing that was found before counts any more: rules are others, or room came on too many dates. */
    public void searchAnew(final int postId) {
        final long at = view(postId, false);
        if (at != 0) {
            came(postId);
            Memory.putInt(at + ANEW, Memory.getInt(at + CAME));
        }
    }

    /** At all posts. */
    public void searchAnew() {
        for (int postId = next(1); postId <= Posts.MOST; postId = next(postId + 1)) {
            searchAnew(postId);
        }
    }

    /** What the look under way sees, for {@link #isNew}. */
    public int sees(final int postId) {
        return views.has(postId) ? Memory.getInt(views.at(postId) + SEES) : 0;
    }

    /** Whether there may be room on a date since a look saw that there was none. @param seen what that look saw, 0 = there was none */
    public boolean isNew(final int postId, final int epochDay, final int seen) {
        if (seen == 0 || seen < Memory.getInt(views.at(postId) + ANEW)) {
            return true;
        }
        final long number = number(postId, epochDay);
        return dates.has(number) && Memory.getInt(dates.at(number) + DATE_CAME) > seen;
    }

    private static long number(final int postId, final int epochDay) {
        return (long) postId * DATES + Math.floorMod(epochDay, DATES);
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
        if (again) {
            Memory.putByte(at + AGAIN, 0);
            see(postId);
        }
        lookFor(postId, again ? first(postId) : waiter);
    }

    /** Room came, or somebody in the queue may have it again: from the first one on, or once more after that. */
    public void look(final int postId) {
        if (first(postId) == 0) {
            return;
        }
        if (looking(postId) == 0) {
            see(postId);
            lookFor(postId, first(postId));
        } else {
            Memory.putByte(rows.at(postId) + AGAIN, 1);
        }
    }

    /** Somebody was put in, maybe before the one for whom room is looked for: from the first one on, for who booked first is offered first. */
    void lookAnew(final int postId) {
        see(postId);
        lookFor(postId, first(postId));
    }

    /** Somebody was put in behind all others: they alone may have what there is. */
    void lookAt(final int postId, final long waiter) {
        if (looking(postId) == 0) {
            see(postId);
            lookFor(postId, waiter);
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
            forget(postId);
        }
    }

    private void forget(final int postId) {
        if (views.has(postId)) {
            views.remove(postId);
        }
        final long end = number(postId + 1, 0);
        for (long number = dates.next(number(postId, 0), end, Integer.MAX_VALUE); number < end; number = dates.next(number + 1, end, Integer.MAX_VALUE)) {
            dates.remove(number);
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
        dates.save(out);
    }

    void load(final StateReader in) {
        (in.tableId() == TableIds.QUEUES ? rows : in.tableId() == TableIds.QUEUE_VIEWS ? views : dates).load(in);
    }

    void loaded() {
        for (int postId = next(1); postId <= Posts.MOST; postId = next(postId + 1)) {
            lookedFor += looking(postId) != 0 ? 1 : 0;
        }
    }
}
