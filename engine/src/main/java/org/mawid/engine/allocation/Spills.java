package org.mawid.engine.allocation;

import java.util.Arrays;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.DeadlineHeap;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.SlotRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.engine.kernel.TagIndex;
import org.mawid.sbe.SpillRowDecoder;

/**
 * When to look at which date of a pool, because a quota may have spilled there or overbooked places are to be withdrawn: earliest first, then by date and pool. A date stays here until that instant, whatever
 * becomes of its days meanwhile: which of them are there is known only once a date is looked at, and what is due must not hang on who has looked.
 */
final class Spills implements DeadlineHeap.Owner {
    private static final int EPOCH_DAY = SpillRowDecoder.epochDayEncodingOffset();
    private static final int AT_MS = SpillRowDecoder.atMsEncodingOffset();
    private static final int POOL = SpillRowDecoder.poolIdEncodingOffset();
    /** Below every date that a day can have, so that numbers are not negative. */
    private static final int FIRST_DAY = -1 << 20;
    private static final int POOL_BITS = 16;

    private final SlotRows rows;
    private final TagIndex index;
    private final DeadlineHeap heap;
    /** In the heap, by slot. Heap and index are not part of the state: they are made anew when a snapshot is loaded. */
    private int[] places = new int[64];

    Spills(final CoreMemory memory) {
        rows = new SlotRows(memory, TableIds.SPILLS, SpillRowDecoder.BLOCK_LENGTH);
        index = new TagIndex(memory);
        heap = new DeadlineHeap(memory, TableIds.SPILLS, this);
    }

    /** The date is looked at then, unless it is before. @param atMs ms since 1970, not 0 */
    void want(final int poolId, final int epochDay, final long atMs) {
        final long number = number(poolId, epochDay);
        final int known = find(number);
        if (known != 0) {
            if (atMs < atMs(known)) {
                at(known, atMs);
            }
            return;
        }
        final int slot = rows.add();
        final long row = rows.at(slot);
        Memory.putInt(row + EPOCH_DAY, epochDay);
        Memory.putShort(row + POOL, poolId);
        Memory.putLong(row + AT_MS, atMs);
        enter(slot);
    }

    /** ms since 1970, {@code Long.MAX_VALUE} = never. */
    long nextDueMs() {
        return heap.firstDeadline();
    }

    int duePool() {
        return (int) heap.firstNumber() & (1 << POOL_BITS) - 1;
    }

    int dueDay() {
        return (int) (heap.firstNumber() >> POOL_BITS) + FIRST_DAY;
    }

    /** The date that is due was looked at. @param nextMs when again, 0 = never */
    void looked(final long nextMs) {
        final int slot = find(heap.firstNumber());
        if (nextMs != 0) {
            at(slot, nextMs);
            return;
        }
        heap.remove(places[slot]);
        index.remove(index.hash(numberOf(slot)), slot);
        rows.remove(slot);
    }

    /** When a date is looked at, 0 = never. */
    long when(final int poolId, final int epochDay) {
        final int slot = find(number(poolId, epochDay));
        return slot == 0 ? 0 : atMs(slot);
    }

    private void at(final int slot, final long atMs) {
        Memory.putLong(rows.at(slot) + AT_MS, atMs);
        heap.move(places[slot], atMs);
    }

    private void enter(final int slot) {
        if (slot >= places.length) {
            places = Arrays.copyOf(places, Math.max(slot + 1, 2 * places.length));
        }
        index.add(index.hash(numberOf(slot)), slot);
        heap.add(atMs(slot), numberOf(slot));
    }

    private int find(final long number) {
        for (long slot = index.first(index.hash(number)); slot >= 0; slot = index.next()) {
            if (numberOf((int) slot) == number) {
                return (int) slot;
            }
        }
        return 0;
    }

    private long atMs(final int slot) {
        return Memory.getLong(rows.at(slot) + AT_MS);
    }

    private long numberOf(final int slot) {
        return number(Memory.getShort(rows.at(slot) + POOL), Memory.getInt(rows.at(slot) + EPOCH_DAY));
    }

    private static long number(final int poolId, final int epochDay) {
        return (long) (epochDay - FIRST_DAY) << POOL_BITS | poolId;
    }

    // ---- the heap's places

    @Override
    public void placed(final long number, final int place) {
        places[find(number)] = place;
    }

    @Override
    public int placeOf(final long number) {
        return places[find(number)];
    }

    // ---- state

    void save(final StateWriter out) {
        rows.save(out);
    }

    void load(final StateReader in) {
        rows.load(in);
    }

    /** After all rows. */
    void loaded() {
        for (int slot = 1; slot <= rows.top(); slot++) {
            if (atMs(slot) != 0) {
                enter(slot);
            }
        }
    }

    void check() {
        rows.check();
        heap.check();
        Invariant.that(rows.used() == heap.size() && heap.size() == index.size(), "every date that is looked at is in the heap", rows.used(), heap.size());
    }
}
