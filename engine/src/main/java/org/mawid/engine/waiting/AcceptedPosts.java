package org.mawid.engine.waiting;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.AcceptedPostsRowDecoder;

/** Other posts at which applicants take a visit, by number of the application; few name any. */
public final class AcceptedPosts {
    /** Most of one application. */
    public static final int MOST = 8;
    private static final int COUNT = AcceptedPostsRowDecoder.countEncodingOffset();
    private static final int FIRST = AcceptedPostsRowDecoder.post1EncodingOffset();

    private final NumberedRows rows;
    private long known;

    AcceptedPosts(final CoreMemory memory) {
        rows = new NumberedRows(memory, TableIds.ACCEPTED_POSTS, AcceptedPostsRowDecoder.BLOCK_LENGTH, COUNT);
    }

    /** How many an application accepts. */
    public int count(final long application) {
        return known != 0 && rows.has(application) ? Memory.getShort(rows.at(application) + COUNT) : 0;
    }

    /** @param index 0 to before {@link #count}, the best first */
    public int post(final long application, final int index) {
        return Memory.getShort(rows.at(application) + FIRST + 2 * index);
    }

    public boolean has(final long application, final int postId) {
        for (int i = count(application) - 1; i >= 0; i--) {
            if (post(application, i) == postId) {
                return true;
            }
        }
        return false;
    }

    /** Forgets those of before; they follow by {@link #add}. */
    public void forget(final long application) {
        if (count(application) != 0) {
            rows.remove(application);
            known--;
        }
    }

    public void add(final long application, final int postId) {
        final int count = count(application);
        if (count == 0) {
            rows.add(application);
            known++;
        }
        final long at = rows.at(application);
        Memory.putShort(at + FIRST + 2 * count, postId);
        Memory.putShort(at + COUNT, count + 1);
    }

    /** See {@link NumberedRows#next}. */
    public long next(final long from, final long end, final int max) {
        return rows.next(from, end, max);
    }

    void save(final StateWriter out) {
        rows.save(out);
    }

    void load(final StateReader in) {
        rows.load(in);
    }

    void loaded() {
        known = rows.count();
    }

    void check() {
        rows.check();
    }
}
