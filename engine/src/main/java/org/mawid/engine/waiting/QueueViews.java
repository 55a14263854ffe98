package org.mawid.engine.waiting;

import java.util.function.LongSupplier;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.QueueDateRowDecoder;
import org.mawid.sbe.QueueViewRowDecoder;

/**
 * By post where somebody waits: what the look through its queue that is under way sees, how many times room came and on which dates. Whoever was searched for
 * without success has to be searched for only where room came since. Empty before core version 7.
 */
public final class QueueViews {
    private static final int NEWEST_RUN = QueueViewRowDecoder.newestRunEncodingOffset();
    private static final int CAME = QueueViewRowDecoder.cameEncodingOffset();
    private static final int SEES = QueueViewRowDecoder.seesEncodingOffset();
    private static final int ANEW = QueueViewRowDecoder.anewEncodingOffset();
    private static final int USED = QueueViewRowDecoder.usedEncodingOffset();

    private static final int DATE_CAME = QueueDateRowDecoder.cameEncodingOffset();
    private static final int DATE_USED = QueueDateRowDecoder.usedEncodingOffset();
    private static final int DATES = 512;

    private final NumberedRows views;
    private final NumberedRows dates;
    private final LongSupplier newestRun;

    /** @param newestRun see {@link Waiters} */
    QueueViews(final CoreMemory memory, final LongSupplier newestRun) {
        this.newestRun = newestRun;
        this.views = new NumberedRows(memory, TableIds.QUEUE_VIEWS, QueueViewRowDecoder.BLOCK_LENGTH, USED);
        this.dates = new NumberedRows(memory, TableIds.QUEUE_DATES, QueueDateRowDecoder.BLOCK_LENGTH, DATE_USED);
    }

    /** The newest run that the look under way sees, of all that cool. */
    public long newestRun(final int postId) {
        return views.has(postId) ? Memory.getLong(views.at(postId) + NEWEST_RUN) : 0;
    }

    /** A look begins: it sees what cools now, and where room came. */
    void see(final int postId) {
        final long newest = newestRun.getAsLong();
        if (newest >= 0) {
            final long at = views.has(postId) ? views.at(postId) : begin(postId);
            Memory.putLong(at + NEWEST_RUN, newest);
            Memory.putInt(at + SEES, Memory.getInt(at + CAME));
        }
    }

    private long begin(final int postId) {
        final long at = views.add(postId);
        Memory.putByte(at + USED, 1);
        Memory.putInt(at + CAME, 1);
        return at;
    }

    /** Room came at a post, on dates that {@link #came(int, int)} tells. */
    public void came(final int postId) {
        if (views.has(postId)) {
            final long at = views.at(postId);
            Memory.putInt(at + CAME, Memory.getInt(at + CAME) + 1);
        }
    }

    /** It came on this date, too. */
    public void came(final int postId, final int epochDay) {
        if (views.has(postId)) {
            final long number = number(postId, epochDay);
            final long row = dates.has(number) ? dates.at(number) : dates.add(number);
            Memory.putByte(row + DATE_USED, 1);
            Memory.putInt(row + DATE_CAME, Memory.getInt(views.at(postId) + CAME));
        }
    }

    /** Nothing that was found before counts any more: rules are others, or room came on too many dates. */
    public void searchAnew(final int postId) {
        if (views.has(postId)) {
            came(postId);
            final long at = views.at(postId);
            Memory.putInt(at + ANEW, Memory.getInt(at + CAME));
        }
    }

    /** At the first who waits there, when looks go on beside searches: nothing came before them. */
    void begin(final int postId, final long newest) {
        final long at = views.has(postId) ? views.at(postId) : begin(postId);
        Memory.putLong(at + NEWEST_RUN, newest);
        Memory.putInt(at + SEES, Memory.getInt(at + CAME));
    }

    /** Whether what a look or a search saw still counts. @param seen 0 = there was none */
    public boolean counts(final int postId, final int seen) {
        return seen != 0 && seen >= Memory.getInt(views.at(postId) + ANEW);
    }

    /** Whether room came on a date since a look or a search saw it. */
    public boolean cameSince(final int postId, final int epochDay, final int seen) {
        final long number = number(postId, epochDay);
        return dates.has(number) && Memory.getInt(dates.at(number) + DATE_CAME) > seen;
    }

    /** Before which nothing counts. */
    int anew(final int postId) {
        return Memory.getInt(views.at(postId) + ANEW);
    }

    /** What the look under way sees, for {@link #isNew}. */
    public int sees(final int postId) {
        return views.has(postId) ? Memory.getInt(views.at(postId) + SEES) : 0;
    }

    /** Whether there may be room on a date since a look saw that there was none. @param seen what that look saw, 0 = there was none */
    public boolean isNew(final int postId, final int epochDay, final int seen) {
        return !counts(postId, seen) || cameSince(postId, epochDay, seen);
    }

    private static long number(final int postId, final int epochDay) {
        return (long) postId * DATES + Math.floorMod(epochDay, DATES);
    }

    /** Nobody waits there any more. */
    void forget(final int postId) {
        if (views.has(postId)) {
            views.remove(postId);
        }
        final long end = number(postId + 1, 0);
        for (long number = dates.next(number(postId, 0), end, Integer.MAX_VALUE); number < end; number = dates.next(number + 1, end, Integer.MAX_VALUE)) {
            dates.remove(number);
        }
    }

    void save(final StateWriter out) {
        views.save(out);
        dates.save(out);
    }

    void load(final StateReader in) {
        (in.tableId() == TableIds.QUEUE_VIEWS ? views : dates).load(in);
    }

    void check() {
        views.check();
        dates.check();
    }
}
