package org.mawid.engine.waiting;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.QueueSearchRowDecoder;

/**
 * By post where somebody waits: for whom room is looked for on all of their dates. That takes long, so looks go on beside it: a search leaves to them whatever
 * came since it began, and they offer it along the whole line, to those who were not searched for, too. Empty before core version 8.
 */
public final class QueueSearches {
    private static final int SEARCHING = QueueSearchRowDecoder.searchingEncodingOffset();
    private static final int SAW_RUN = QueueSearchRowDecoder.sawRunEncodingOffset();
    private static final int SAW = QueueSearchRowDecoder.sawEncodingOffset();
    private static final int SINCE = QueueSearchRowDecoder.sinceEncodingOffset();
    private static final int SEARCHING_DAY = QueueSearchRowDecoder.searchingDayEncodingOffset();
    private static final int TODAY = QueueSearchRowDecoder.todayEncodingOffset();
    private static final int SEARCHING_POST = QueueSearchRowDecoder.searchingPostEncodingOffset();
    private static final int DUE = QueueSearchRowDecoder.dueEncodingOffset();
    private static final int AGAIN = QueueSearchRowDecoder.againEncodingOffset();
    private static final int USED = QueueSearchRowDecoder.usedEncodingOffset();
    private static final int TURN = 0;

    private final NumberedRows rows;

    QueueSearches(final CoreMemory memory) {
        rows = new NumberedRows(memory, TableIds.QUEUE_SEARCHES, QueueSearchRowDecoder.BLOCK_LENGTH, USED);
    }

    /** Whether looks go on beside searches there: from core version 8 on. */
    public boolean has(final int postId) {
        return rows.has(postId);
    }

    /** Somebody waits there who is the first, or looks and searches part. */
    void begin(final int postId, final int saw, final long newestRun) {
        Memory.putByte(rows.add(postId) + USED, 1);
        through(postId, saw, newestRun);
    }

    /** A look is through, which saw that much. */
    void through(final int postId, final int saw, final long newestRun) {
        Memory.putInt(rows.at(postId) + SAW, saw);
        sees(postId, newestRun);
    }

    /** Searches see it: they begin with the first in line, or a look has asked everybody about it. */
    void sees(final int postId, final long newestRun) {
        final long at = rows.at(postId) + SAW_RUN;
        Memory.putLong(at, Math.max(Memory.getLong(at), newestRun));
    }

    /** Nobody waits there any more. */
    void forget(final int postId) {
        if (has(postId)) {
            rows.remove(postId);
        }
    }

    /** The waiter who is searched for next, 0 = nobody has to be. */
    public long searching(final int postId) {
        return has(postId) ? Memory.getLong(rows.at(postId) + SEARCHING) : 0;
    }

    /** The newest run that searches see. */
    public long sawRun(final int postId) {
        return Memory.getLong(rows.at(postId) + SAW_RUN);
    }

    /** What was counted when everybody in the queue was asked about what had come. */
    public int saw(final int postId) {
        return Memory.getInt(rows.at(postId) + SAW);
    }

    /** The same when the search for this waiter began. */
    public int since(final int postId) {
        return Memory.getInt(rows.at(postId) + SINCE);
    }

    /** Dates of the search for this waiter that were looked at. */
    public int searchingDay(final int postId) {
        return Memory.getInt(rows.at(postId) + SEARCHING_DAY);
    }

    /** At which post: 0 = the queue's own, 1 to 8 = an accepted one. */
    public int searchingPost(final int postId) {
        return Memory.getByte(rows.at(postId) + SEARCHING_POST);
    }

    /** The search for this waiter goes on there. */
    public void stand(final int postId, final int post, final int dates) {
        Memory.putByte(rows.at(postId) + SEARCHING_POST, post);
        Memory.putInt(rows.at(postId) + SEARCHING_DAY, dates);
    }

    /** Whether dates are counted from another day than before: who stands anywhere in them begins anew. */
    boolean isAnotherDay(final int postId, final int today) {
        final long at = rows.at(postId) + TODAY;
        final boolean another = Memory.getInt(at) != today;
        Memory.putInt(at, today);
        return another;
    }

    /** @param since what came later is left to looks */
    void searchFor(final int postId, final long waiter, final int since) {
        Memory.putLong(rows.at(postId) + SEARCHING, waiter);
        Memory.putInt(rows.at(postId) + SINCE, since);
        stand(postId, 0, 0);
    }

    /** Somebody was passed over. */
    public void due(final int postId) {
        Memory.putByte(rows.at(postId) + DUE, 1);
    }

    /** Whether somebody was, and is not searched for yet. */
    boolean isPassedOver(final int postId) {
        return Memory.getByte(rows.at(postId) + DUE) != 0;
    }

    /** @return whether somebody was, since this was asked */
    boolean isDue(final int postId) {
        return take(postId, DUE);
    }

    void again(final int postId) {
        Memory.putByte(rows.at(postId) + AGAIN, 1);
    }

    boolean isAgain(final int postId) {
        return take(postId, AGAIN);
    }

    private boolean take(final int postId, final int flag) {
        final long at = rows.at(postId) + flag;
        final boolean was = Memory.getByte(at) != 0;
        Memory.putByte(at, 0);
        return was;
    }

    /** The post that was searched for last, 0 = none yet. */
    public int lastPost() {
        return rows.has(TURN) ? (int) Memory.getLong(rows.at(TURN) + SEARCHING) : 0;
    }

    public void lastPost(final int postId) {
        final long at = rows.has(TURN) ? rows.at(TURN) : rows.add(TURN);
        Memory.putByte(at + USED, 1);
        Memory.putLong(at + SEARCHING, postId);
    }

    void save(final StateWriter out) {
        rows.save(out);
    }

    void load(final StateReader in) {
        rows.load(in);
    }

    void check() {
        rows.check();
    }
}
