package org.mawid.engine.allocation;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Rows;
import org.mawid.engine.kernel.SlotRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.QuotaClass;
import org.mawid.sbe.QuotaRowDecoder;
import org.mawid.sbe.QuotaUnitsRowDecoder;

/**
 * What of a desk's day is kept for channels: by unit and class the places kept, as published, and those taken from them. Left is what is kept less what
 * is taken, never below zero, and is part of the unit's withheld. Of a day that is staged only what is kept is here; its takers are those of the live one.
 * <p>By slot of the day, and only for days for which something is kept or was taken: others take nothing. Empty before core version 6.
 */
public final class Quotas {
    /** {@link QuotaClass} 1 to this; 0 = everybody. */
    public static final int CLASSES = 4;
    static final int NONE = QuotaClass.NONE.value();
    private static final int SPILL_MS = QuotaRowDecoder.spillCallCentreEncodingOffset();
    private static final int BLOCKS = QuotaRowDecoder.blocksEncodingOffset();
    private static final int USED = QuotaRowDecoder.usedEncodingOffset();
    private static final int BLOCK_UNITS = 8;
    private static final int ALL_BLOCKS = Unit.MOST / BLOCK_UNITS;
    private static final int UNIT_BYTES = 2 * CLASSES;

    static {
        Invariant.that(QuotaUnitsRowDecoder.BLOCK_LENGTH == BLOCK_UNITS * UNIT_BYTES, "a block holds kept and taken of its units", QuotaUnitsRowDecoder.BLOCK_LENGTH);
    }

    private final Rows rows;
    private final SlotRows blocks;
    private final int[] merged = new int[Unit.MOST * CLASSES];
    private final long[] mergedSpills = new long[CLASSES];
    private int count;

    Quotas(final CoreMemory memory) {
        rows = new Rows(memory, TableIds.QUOTAS, QuotaRowDecoder.BLOCK_LENGTH);
        blocks = new SlotRows(memory, TableIds.QUOTA_UNITS, QuotaUnitsRowDecoder.BLOCK_LENGTH);
    }

    /** Where something that is kept for a class stands in a list by unit and class. */
    static int place(final int unit, final int quota) {
        return unit * CLASSES + quota - 1;
    }

    /** Whether no day has any. */
    boolean isEmpty() {
        return count == 0;
    }

    /** Whether something is kept of the day or was taken from what was kept. */
    public boolean has(final int day) {
        return count != 0 && rows.has(day) && Memory.getByte(rows.at(day) + USED) != 0;
    }

    public int kept(final int day, final int unit, final int quota) {
        final long at = at(day, unit);
        return at == 0 ? 0 : Memory.getByte(at + quota - 1);
    }

    public int taken(final int day, final int unit, final int quota) {
        final long at = at(day, unit);
        return at == 0 ? 0 : Memory.getByte(at + CLASSES + quota - 1);
    }

    /** @param takers the day whose takers count: of a staged day the live one */
    int left(final int day, final int takers, final int unit, final int quota) {
        return Math.max(0, kept(day, unit, quota) - taken(takers, unit, quota));
    }

    /** Of all classes of a live day's unit. */
    int left(final int day, final int unit) {
        int left = 0;
        for (int quota = 1; quota <= CLASSES && has(day); quota++) {
            left += left(day, day, unit, quota);
        }
        return left;
    }

    /** When what is left of a class is everybody's, ms since 1970; 0 = never, or it is. */
    public long spillMs(final int day, final int quota) {
        return has(day) ? Memory.getLong(rows.at(day) + SPILL_MS + (quota - 1) * Long.BYTES) : 0;
    }

    /** The first instant at which something of the day is everybody's, 0 = never. */
    long nextSpillMs(final int day) {
        long next = 0;
        for (int quota = 1; quota <= CLASSES && has(day); quota++) {
            final long spillMs = spillMs(day, quota);
            next = next == 0 || spillMs != 0 && spillMs < next ? spillMs : next;
        }
        return next;
    }

    // ---- change: the units of the day are the caller's

    /** What is kept of a day in full; what was taken stays. @param kept by {@link #place} @param spillMs by class less 1 */
    void set(final int day, final int[] kept, final long[] spillMs) {
        boolean keeps = false;
        for (int i = 0; i < Unit.MOST * CLASSES; i++) {
            final int unit = i / CLASSES;
            keeps |= kept[i] != 0;
            if (kept[i] != 0 || at(day, unit) != 0) {
                Memory.putByte(ensure(day, unit) + i % CLASSES, kept[i]);
            }
        }
        if (has(day)) {
            for (int i = 0; i < CLASSES; i++) {
                Memory.putLong(rows.at(day) + SPILL_MS + i * Long.BYTES, spillMs[i]);
            }
        }
        if (!keeps) {
            forgetIfEmpty(day);
        }
    }

    /** Takes from what is kept, or gives back. @return what that adds to what is left: negative when taken */
    int addTaken(final int day, final int unit, final int quota, final int places) {
        final long at = ensure(day, unit) + quota - 1;
        final int kept = Memory.getByte(at);
        final int before = Memory.getByte(at + CLASSES);
        Invariant.that(before + places >= 0 && before + places <= 255, "what is given back to a quota was taken from it", day, unit);
        Memory.putByte(at + CLASSES, before + places);
        return Math.max(0, kept - before - places) - Math.max(0, kept - before);
    }

    /** Less is kept of a unit of which so much is left. */
    void trim(final int day, final int unit, final int quota, final int places) {
        Memory.putByte(at(day, unit) + quota - 1, kept(day, unit, quota) - places);
    }

    /** Nothing is kept any more for a class. */
    void spill(final int day, final int quota) {
        Memory.putLong(rows.at(day) + SPILL_MS + (quota - 1) * Long.BYTES, 0);
        for (int unit = 0; unit < Unit.MOST; unit++) {
            final long at = at(day, unit);
            if (at != 0) {
                Memory.putByte(at + quota - 1, 0);
            }
        }
    }

    /** A staged day takes the place of a live one: what it keeps, with the takers of that. */
    void merge(final int day, final int staged) {
        if (!has(day) && !has(staged)) {
            return;
        }
        for (int i = 0; i < merged.length; i++) {
            merged[i] = kept(staged, i / CLASSES, i % CLASSES + 1);
        }
        for (int i = 0; i < CLASSES; i++) {
            mergedSpills[i] = spillMs(staged, i + 1);
        }
        set(day, merged, mergedSpills);
        forget(staged);
    }

    void forgetIfEmpty(final int day) {
        if (nextSpillMs(day) != 0) {
            return;
        }
        for (int i = 0; i < ALL_BLOCKS && has(day); i++) {
            final int block = block(day, i);
            for (int at = 0; block != 0 && at < BLOCK_UNITS * UNIT_BYTES; at += Long.BYTES) {
                if (Memory.getLong(blocks.at(block) + at) != 0) {
                    return;
                }
            }
        }
        forget(day);
    }

    /** The day is no more, or nothing of it is kept or was taken. */
    void forget(final int day) {
        if (!has(day)) {
            return;
        }
        for (int i = 0; i < ALL_BLOCKS; i++) {
            if (block(day, i) != 0) {
                blocks.remove(block(day, i));
            }
        }
        Memory.zero(rows.at(day), QuotaRowDecoder.BLOCK_LENGTH);
        count--;
    }

    private int block(final int day, final int index) {
        return Memory.getInt(rows.at(day) + BLOCKS + index * Integer.BYTES);
    }

    /** Where a unit's kept and taken are, see {@link Memory}; 0 = all are 0. */
    private long at(final int day, final int unit) {
        if (!has(day)) {
            return 0;
        }
        final int block = block(day, unit / BLOCK_UNITS);
        return block == 0 ? 0 : blocks.at(block) + unit % BLOCK_UNITS * UNIT_BYTES;
    }

    private long ensure(final int day, final int unit) {
        if (!has(day)) {
            Memory.putByte(rows.ensure(day) + USED, 1);
            count++;
        }
        if (block(day, unit / BLOCK_UNITS) == 0) {
            Memory.putInt(rows.at(day) + BLOCKS + unit / BLOCK_UNITS * Integer.BYTES, blocks.add());
        }
        return at(day, unit);
    }

    // ---- state

    void save(final StateWriter out) {
        rows.saveUsed(out, USED);
        blocks.save(out);
    }

    /** @return false when the present run is of neither table */
    boolean load(final StateReader in) {
        switch (in.tableId()) {
            case TableIds.QUOTAS -> {
                rows.load(in);
                for (int i = 0; i < in.count(); i++) {
                    count += Memory.getByte(rows.at(Math.toIntExact(in.firstNumber()) + i) + USED);
                }
            }
            case TableIds.QUOTA_UNITS -> blocks.load(in);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** @param top highest slot of a day ever given out */
    void check(final int top) {
        blocks.check();
        int days = 0;
        int used = 0;
        for (int day = 1; day <= top; day++) {
            if (has(day)) {
                days++;
                for (int i = 0; i < ALL_BLOCKS; i++) {
                    used += block(day, i) != 0 ? 1 : 0;
                }
            }
        }
        Invariant.that(days == count, "days with quotas are counted", days, count);
        Invariant.that(used == blocks.used(), "every block is of a day", used, blocks.used());
    }
}
