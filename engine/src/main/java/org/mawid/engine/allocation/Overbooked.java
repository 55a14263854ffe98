package org.mawid.engine.allocation;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Rows;
import org.mawid.engine.kernel.SlotRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.OverbookedRowDecoder;
import org.mawid.sbe.OverbookedUnitsRowDecoder;

/**
 * How many of a desk's places are beyond its counters, by unit, as published: among its capacity, and as any other until an instant at which those are withdrawn that nobody has taken. Places are not told
 * apart, so that one that is given back before is overbooked again.
 * <p>By slot of the day, and only for days that have any: others take nothing. Empty before core version 7.
 */
public final class Overbooked {
    private static final int UNTIL_MS = OverbookedRowDecoder.untilMsEncodingOffset();
    private static final int UNITS = OverbookedRowDecoder.unitsEncodingOffset();
    private static final int USED = OverbookedRowDecoder.usedEncodingOffset();

    private final Rows rows;
    private final SlotRows units;
    private int count;

    Overbooked(final CoreMemory memory) {
        rows = new Rows(memory, TableIds.OVERBOOKED, OverbookedRowDecoder.BLOCK_LENGTH);
        units = new SlotRows(memory, TableIds.OVERBOOKED_UNITS, OverbookedUnitsRowDecoder.BLOCK_LENGTH);
    }

    public boolean has(final int day) {
        return count != 0 && rows.has(day) && Memory.getByte(rows.at(day) + USED) != 0;
    }

    public int places(final int day, final int unit) {
        return has(day) ? Memory.getByte(units.at(row(day)) + unit) : 0;
    }

    /** When those that nobody has taken are withdrawn, ms since 1970; 0 = never, or there are none. */
    public long untilMs(final int day) {
        return has(day) ? Memory.getLong(rows.at(day) + UNTIL_MS) : 0;
    }

    // ---- change

    /** In full. */
    void set(final int day, final OverbookedWanted wanted) {
        forget(day);
        if (wanted.count() == 0) {
            return;
        }
        enter(day, wanted.untilMs(), units.add());
        for (int unit = 0; unit < Unit.MOST; unit++) {
            Memory.putByte(units.at(row(day)) + unit, wanted.places(unit));
        }
    }

    private void enter(final int day, final long untilMs, final int row) {
        final long at = rows.ensure(day);
        Memory.putLong(at + UNTIL_MS, untilMs);
        Memory.putInt(at + UNITS, row);
        Memory.putByte(at + USED, 1);
        count++;
    }

    private void leave(final int day) {
        Memory.zero(rows.at(day), OverbookedRowDecoder.BLOCK_LENGTH);
        count--;
    }

    /** A staged day takes the place of a live one. */
    void merge(final int day, final int staged) {
        forget(day);
        if (has(staged)) {
            enter(day, untilMs(staged), row(staged));
            leave(staged);
        }
    }

    /** The day is no more, or none of its places are beyond its counters. */
    void forget(final int day) {
        if (has(day)) {
            units.remove(row(day));
            leave(day);
        }
    }

    private int row(final int day) {
        return Memory.getInt(rows.at(day) + UNITS);
    }

    // ---- state

    void save(final StateWriter out) {
        rows.saveUsed(out, USED);
        units.save(out);
    }

    /** @return false when the present run is of neither table */
    boolean load(final StateReader in) {
        switch (in.tableId()) {
            case TableIds.OVERBOOKED -> {
                rows.load(in);
                for (int i = 0; i < in.count(); i++) {
                    count += Memory.getByte(rows.at(Math.toIntExact(in.firstNumber()) + i) + USED);
                }
            }
            case TableIds.OVERBOOKED_UNITS -> units.load(in);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** @param top highest slot of a day ever given out */
    void check(final int top) {
        units.check();
        int days = 0;
        for (int day = 1; day <= top; day++) {
            int any = 0;
            for (int unit = 0; unit < Unit.MOST; unit++) {
                any |= places(day, unit);
            }
            Invariant.that(has(day) == (any != 0), "a day is overbooked when a place of it is", day);
            days += has(day) ? 1 : 0;
        }
        Invariant.that(days == count && days == units.used(), "overbooked days are counted, and each has its units", days, units.used());
    }
}
