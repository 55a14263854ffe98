package org.mawid.engine.allocation;

import java.util.Arrays;
import org.mawid.engine.catalogue.Posts;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.ClosureRowDecoder;
import org.mawid.sbe.ClosureState;

/** Closures in force, by number. There are few, so whoever asks which one covers a unit looks at all of them. Empty before core version 5. */
public final class Closures {
    /** Most closures in force. */
    public static final int MOST = 4_096;
    /** Most of them at one post. */
    public static final int MOST_AT_POST = 64;
    /** What a unit without a closure may have open. */
    static final int NO_LIMIT = 255;
    private static final int FROM_MS = ClosureRowDecoder.fromMsEncodingOffset();
    private static final int TO_MS = ClosureRowDecoder.toMsEncodingOffset();
    private static final int REASON_HASH = ClosureRowDecoder.reasonHashEncodingOffset();
    private static final int CURSOR = ClosureRowDecoder.cursorEncodingOffset();
    private static final int BEGAN_MS = ClosureRowDecoder.beganMsEncodingOffset();
    private static final int DISPLACED = ClosureRowDecoder.displacedEncodingOffset();
    private static final int HOLDS = ClosureRowDecoder.holdsEncodingOffset();
    private static final int POST = ClosureRowDecoder.postIdEncodingOffset();
    private static final int POOL = ClosureRowDecoder.poolIdEncodingOffset();
    private static final int REASON_CODE = ClosureRowDecoder.reasonCodeEncodingOffset();
    private static final int CAPACITY = ClosureRowDecoder.capacityEncodingOffset();
    private static final int STATE = ClosureRowDecoder.stateEncodingOffset();
    private static final int PASS = ClosureRowDecoder.passEncodingOffset();

    private final NumberedRows rows;
    private final int[] atPost = new int[Posts.MOST + 1];
    private long[] live = new long[16]; // ascending
    private int count;
    private long next = 1;

    Closures(final CoreMemory memory) {
        rows = new NumberedRows(memory, TableIds.CLOSURES, ClosureRowDecoder.BLOCK_LENGTH, STATE);
    }

    public boolean has(final long closure) {
        return rows.has(closure);
    }

    public int count() {
        return count;
    }

    public int countAt(final int postId) {
        return atPost[postId];
    }

    /** @param index 0 to before {@link #count()}, in ascending order of number */
    public long at(final int index) {
        return live[index];
    }

    /** One more than the highest number so far. */
    public long end() {
        return next;
    }

    /** @param poolId 0 = all of the post @param firstDay where closing begins */
    public long begin(final int postId, final int poolId, final long fromMs, final long toMs, final int capacity, final long reasonHash, final int reasonCode, final long nowMs,
                      final long firstDay) {
        final long closure = next++;
        final long at = rows.add(closure);
        Memory.putLong(at + FROM_MS, fromMs);
        Memory.putLong(at + TO_MS, toMs);
        Memory.putLong(at + REASON_HASH, reasonHash);
        Memory.putLong(at + CURSOR, firstDay);
        Memory.putLong(at + BEGAN_MS, nowMs);
        Memory.putShort(at + POST, postId);
        Memory.putShort(at + POOL, poolId);
        Memory.putShort(at + REASON_CODE, reasonCode);
        Memory.putByte(at + CAPACITY, capacity);
        Memory.putByte(at + STATE, ClosureState.CLOSING.value());
        know(closure);
        return closure;
    }

    /** It is over. */
    public void end(final long closure) {
        final int index = Arrays.binarySearch(live, 0, count, closure);
        System.arraycopy(live, index + 1, live, index, --count - index);
        atPost[post(closure)]--;
        rows.remove(closure);
    }

    private void know(final long closure) {
        if (count == live.length) {
            live = Arrays.copyOf(live, 2 * count);
        }
        live[count++] = closure;
        atPost[post(closure)]++;
    }

    public long fromMs(final long closure) {
        return Memory.getLong(rows.at(closure) + FROM_MS);
    }

    public long toMs(final long closure) {
        return Memory.getLong(rows.at(closure) + TO_MS);
    }

    public long reasonHash(final long closure) {
        return Memory.getLong(rows.at(closure) + REASON_HASH);
    }

    public long beganMs(final long closure) {
        return Memory.getLong(rows.at(closure) + BEGAN_MS);
    }

    /** Appointments and offers that were displaced so far. */
    public int displaced(final long closure) {
        return Memory.getInt(rows.at(closure) + DISPLACED);
    }

    /** Holds that were no offers and were given back so far. */
    public int holds(final long closure) {
        return Memory.getInt(rows.at(closure) + HOLDS);
    }

    public int post(final long closure) {
        return Memory.getShort(rows.at(closure) + POST);
    }

    /** 0 = all of the post. */
    public int pool(final long closure) {
        return Memory.getShort(rows.at(closure) + POOL);
    }

    public int reasonCode(final long closure) {
        return Memory.getShort(rows.at(closure) + REASON_CODE);
    }

    /** Places that it leaves on each unit. */
    public int capacity(final long closure) {
        return Memory.getByte(rows.at(closure) + CAPACITY);
    }

    /** Value of {@link ClosureState}. */
    public int state(final long closure) {
        return Memory.getByte(rows.at(closure) + STATE);
    }

    public boolean is(final long closure, final ClosureState state) {
        return state(closure) == state.value();
    }

    /** Where its work stands: of no meaning once it is in force. */
    public long cursor(final long closure) {
        return Memory.getLong(rows.at(closure) + CURSOR);
    }

    public int pass(final long closure) {
        return Memory.getByte(rows.at(closure) + PASS);
    }

    public void goOn(final long closure, final ClosureState state, final int pass, final long cursor) {
        final long at = rows.at(closure);
        Memory.putByte(at + STATE, state.value());
        Memory.putByte(at + PASS, pass);
        Memory.putLong(at + CURSOR, cursor);
    }

    public void countDisplaced(final long closure) {
        Memory.putInt(rows.at(closure) + DISPLACED, displaced(closure) + 1);
    }

    public void countHold(final long closure) {
        Memory.putInt(rows.at(closure) + HOLDS, holds(closure) + 1);
    }

    // ---- what they cover

    /** Whether it covers the unit of a pool of its post that begins then. */
    public boolean covers(final long closure, final int poolId, final long unitMs) {
        final int pool = pool(closure);
        return (pool == 0 || pool == poolId) && unitMs >= fromMs(closure) && unitMs < toMs(closure);
    }

    /** The fewest places that a closure leaves on the unit of a pool that begins then, {@link #NO_LIMIT} = none covers it. */
    int limit(final int postId, final int poolId, final long unitMs) {
        int limit = NO_LIMIT;
        for (int i = 0; i < count; i++) {
            if (post(live[i]) == postId && covers(live[i], poolId, unitMs)) {
                limit = Math.min(limit, capacity(live[i]));
            }
        }
        return limit;
    }

    /** Whether units of a pool are covered by a closure whose days are still being closed. */
    boolean isClosing(final int postId, final int poolId, final long fromMs, final int units) {
        for (int i = 0; i < count; i++) {
            final int pool = pool(live[i]);
            if (is(live[i], ClosureState.CLOSING) && post(live[i]) == postId && (pool == 0 || pool == poolId)
                    && fromMs < toMs(live[i]) && fromMs + units * Unit.MS > fromMs(live[i])) {
                return true;
            }
        }
        return false;
    }

    /** The first closure that leaves fewer places than {@code open} on the unit of a pool that begins then, 0 = none. */
    long whichForbids(final int postId, final int poolId, final long unitMs, final int open) {
        for (int i = 0; i < count; i++) {
            if (post(live[i]) == postId && covers(live[i], poolId, unitMs) && open > capacity(live[i])) {
                return live[i];
            }
        }
        return 0;
    }

    // ---- state

    /** See {@link NumberedRows#next}. */
    public long next(final long from, final int max) {
        return rows.next(from, next, max);
    }

    void save(final StateWriter out) {
        rows.save(out);
    }

    void load(final StateReader in) {
        rows.load(in);
    }

    /** After all rows. @param nextClosure the next number */
    public void loaded(final long nextClosure) {
        next = nextClosure;
        for (long closure = rows.next(1, next, Integer.MAX_VALUE); closure < next; closure = rows.next(closure + 1, next, Integer.MAX_VALUE)) {
            know(closure);
        }
    }

    void check() {
        rows.check();
        Invariant.that(rows.count() == count, "closures in force are known", rows.count(), count);
    }
}
