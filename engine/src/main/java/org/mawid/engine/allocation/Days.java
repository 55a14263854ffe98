package org.mawid.engine.allocation;

import java.util.Arrays;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Slabs;
import org.mawid.engine.kernel.SlotRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.DayRowDecoder;

/**
 * The calendars: one day for each pool and local date, found directly. A day may have another one staged behind it, and a day that a
 * change creates waits in the calendar until the change is applied; both settle when the day is next looked at.
 */
public final class Days {
    /** There is no such day. */
    public static final int NONE = 0;
    private static final int LIVE = 1;
    private static final int STAGED = 2;
    private static final int TO_COME = 3;
    private static final int WINDOW = 512;
    private static final int NEXT_FREE = DayRowDecoder.nextFreeEncodingOffset();
    private static final int GRID = DayRowDecoder.gridEncodingOffset();
    private static final int START_MS = DayRowDecoder.startMsEncodingOffset();
    private static final int RELEASED_AT_MS = DayRowDecoder.releasedAtMsEncodingOffset();
    private static final int CHANGE = DayRowDecoder.changeIdEncodingOffset();
    private static final int EPOCH_DAY = DayRowDecoder.epochDayEncodingOffset();
    private static final int STAGED_SLOT = DayRowDecoder.stagedEncodingOffset();
    private static final int OLDER = DayRowDecoder.olderEncodingOffset();
    private static final int POOL = DayRowDecoder.poolIdEncodingOffset();
    private static final int UNIT_COUNT = DayRowDecoder.unitCountEncodingOffset();
    private static final int ALIGN_UNITS = DayRowDecoder.alignUnitsEncodingOffset();
    private static final int FREE_UNITS = DayRowDecoder.freeUnitsEncodingOffset();
    private static final int USED = DayRowDecoder.usedEncodingOffset();

    private final SlotRows rows;
    private final Grids grids;
    private final Changes changes;
    private final Quotas quotas;
    private final Overbooked overbooked;
    private final Slabs slabs;
    private long[] calendars = new long[64]; // address of each pool's calendar, see Memory
    private long count;

    Days(final CoreMemory memory, final Changes changes) {
        this.rows = new SlotRows(memory, TableIds.DAYS, DayRowDecoder.BLOCK_LENGTH);
        this.grids = new Grids(memory);
        this.slabs = new Slabs(memory);
        this.changes = changes;
        this.quotas = new Quotas(memory);
        this.overbooked = new Overbooked(memory);
    }

    /** What of them is kept for channels. */
    public Quotas quotas() {
        return quotas;
    }

    /** What of them is beyond the counters. */
    public Overbooked overbooked() {
        return overbooked;
    }

    /** The live day of that pool and date, {@link #NONE} = none. What waited for an applied or abandoned change is settled first. */
    public int find(final int poolId, final int epochDay) {
        final int day = inCalendar(poolId, epochDay);
        if (day == NONE) {
            return NONE;
        }
        final long at = rows.at(day);
        return Memory.getByte(at + USED) == LIVE && Memory.getInt(at + STAGED_SLOT) == NONE ? day : settle(day);
    }

    /** True when an open change has that date of the pool. */
    boolean isStaged(final int poolId, final int epochDay) {
        return waiting(poolId, epochDay) != NONE;
    }

    /** The open change that has that date of the pool, 0 = none. */
    long openChangeOf(final int poolId, final int epochDay) {
        final int waiting = waiting(poolId, epochDay);
        return waiting == NONE ? 0 : change(waiting);
    }

    /** The day that an open change has for that date of the pool, {@link #NONE} = none. */
    int waiting(final int poolId, final int epochDay) {
        final int live = find(poolId, epochDay);
        return live != NONE ? staged(live) : inCalendar(poolId, epochDay);
    }

    /** The day that waits to replace this one, {@link #NONE} = none. */
    int staged(final int day) {
        return Memory.getInt(rows.at(day) + STAGED_SLOT);
    }

    // ---- what a day says

    /** Instant of unit 0, ms since 1970. */
    public long startMs(final int day) {
        return Memory.getLong(rows.at(day) + START_MS);
    }

    public long releasedAtMs(final int day) {
        return Memory.getLong(rows.at(day) + RELEASED_AT_MS);
    }

    public int epochDay(final int day) {
        return Memory.getInt(rows.at(day) + EPOCH_DAY);
    }

    public int pool(final int day) {
        return Memory.getShort(rows.at(day) + POOL);
    }

    public int unitCount(final int day) {
        return Memory.getByte(rows.at(day) + UNIT_COUNT);
    }

    public int alignUnits(final int day) {
        return Memory.getByte(rows.at(day) + ALIGN_UNITS);
    }

    /** Units with room for at least one. */
    public int freeUnits(final int day) {
        return Memory.getByte(rows.at(day) + FREE_UNITS);
    }

    /** One unit of the day, see {@link Unit}. */
    public int unit(final int day, final int unit) {
        return Memory.getInt(gridAt(day) + 4 * unit);
    }

    /** Where the units of the day are, four bytes each: an address, see {@link Memory}. */
    long gridAt(final int day) {
        final long at = rows.at(day);
        return grids.at(Grids.size(Memory.getByte(at + UNIT_COUNT)), Memory.getInt(at + GRID));
    }

    // ---- change

    /** Adds to booked or held of a run of units; lanes never run over because room was looked at before. */
    void addTaken(final int day, final int from, final int units, final int change) {
        long at = gridAt(day) + 4 * from;
        int turned = 0;
        for (int i = 0; i < units; i++, at += 4) {
            final int before = Memory.getInt(at);
            final int after = before + change;
            Invariant.that(Unit.room(after) >= 0, "no unit passes its capacity", day, from + i);
            Memory.putInt(at, after);
            turned += (Unit.room(after) > 0 ? 1 : 0) - (Unit.room(before) > 0 ? 1 : 0);
        }
        if (turned != 0) {
            Memory.putByte(rows.at(day) + FREE_UNITS, freeUnits(day) + turned);
        }
    }

    /**
     * Adds to booked or held of a run of units, with places that are kept for a class: what is left of those moves the other way. So it does in a day that
     * waits to replace this one.
     *
     * @param places negative = given back
     * @param lane   {@link Unit#BOOKED} or {@link Unit#HELD}
     * @param left   for each unit, from {@code leftAt} on, what was added to what is left
     */
    void addTakenOf(final int quota, final int day, final int from, final int units, final int places, final int lane, final byte[] left, final int leftAt) {
        final int staged = staged(day);
        for (int i = 0; i < units; i++) {
            final int unit = from + i;
            final int before = quotas.left(staged, day, unit, quota);
            final int added = quotas.addTaken(day, unit, quota, places);
            left[leftAt + i] = (byte) added;
            move(day, unit, places * lane + added * Unit.WITHHELD);
            if (staged != NONE) {
                move(staged, unit, (quotas.left(staged, day, unit, quota) - before) * Unit.WITHHELD);
            }
        }
    }

    /** Adds to one unit. */
    void move(final int day, final int unit, final int change) {
        if (change != 0) {
            final int before = unit(day, unit);
            Invariant.that(Unit.room(before + change) >= 0, "no unit passes its capacity", day, unit);
            unit(day, unit, before + change);
            Memory.putByte(rows.at(day) + FREE_UNITS, freeUnits(day) + (Unit.room(before + change) > 0 ? 1 : 0) - (Unit.room(before) > 0 ? 1 : 0));
        }
    }

    /** Sets a unit; {@link #recount} afterwards. */
    void unit(final int day, final int unit, final int value) {
        Memory.putInt(gridAt(day) + 4 * unit, value);
    }

    /** Counts the units with room again. */
    void recount(final int day) {
        int free = 0;
        for (int unit = unitCount(day) - 1; unit >= 0; unit--) {
            free += Unit.room(unit(day, unit)) > 0 ? 1 : 0;
        }
        Memory.putByte(rows.at(day) + FREE_UNITS, free);
    }

    /** A new live day. */
    int create(final int poolId, final int epochDay) {
        final int day = add(poolId, epochDay, LIVE, 0);
        enter(day);
        return day;
    }

    /** A day that waits for its change: behind a live one, or in the calendar when there is none. */
    int stage(final int poolId, final int epochDay, final long change) {
        final int live = find(poolId, epochDay);
        final int day = add(poolId, epochDay, live == NONE ? TO_COME : STAGED, change);
        if (live == NONE) {
            enter(day);
        } else {
            Memory.putInt(rows.at(live) + STAGED_SLOT, day);
        }
        changes.stage(change, live != NONE);
        return day;
    }

    /** Gives the day this shape and these units; a grid of another size takes the place of the old one. */
    void fill(final int day, final long startMs, final long releasedAtMs, final int unitCount, final int alignUnits, final int[] units) {
        final long at = rows.at(day);
        final int size = Grids.size(unitCount);
        final int oldSize = Grids.size(unitCount(day));
        if (size != oldSize) {
            if (oldSize != 0) {
                grids.remove(oldSize, grid(day));
            }
            Memory.putInt(at + GRID, grids.add(size));
        }
        Memory.putLong(at + START_MS, startMs);
        Memory.putLong(at + RELEASED_AT_MS, releasedAtMs);
        Memory.putByte(at + UNIT_COUNT, unitCount);
        Memory.putByte(at + ALIGN_UNITS, alignUnits);
        final long gridAt = grids.at(size, grid(day));
        for (int i = 0; i < size * 8; i++) {
            Memory.putInt(gridAt + 4 * i, i < unitCount ? units[i] : 0);
        }
        recount(day);
    }

    /** Takes a live day without a staged one out of memory. */
    void remove(final int day) {
        leave(day);
        drop(day);
        count--;
    }

    // ---- settling of changes

    private int settle(final int day) {
        if (Memory.getByte(rows.at(day) + USED) == TO_COME) {
            return settleToCome(day);
        }
        final int staged = staged(day);
        final long change = change(staged);
        final int state = changes.state(change);
        if (state == Changes.OPEN) {
            return day;
        }
        if (state == Changes.APPLIED) {
            merge(day, staged);
        }
        Memory.putInt(rows.at(day) + STAGED_SLOT, NONE);
        drop(staged);
        changes.settled(change);
        return day;
    }

    private int settleToCome(final int day) {
        final long change = change(day);
        final int state = changes.state(change);
        if (state == Changes.OPEN) {
            return NONE;
        }
        if (state == Changes.APPLIED) {
            Memory.putByte(rows.at(day) + USED, LIVE);
            Memory.putLong(rows.at(day) + CHANGE, 0);
            changes.settled(change);
            return day;
        }
        leave(day);
        drop(day);
        changes.settled(change);
        return NONE;
    }

    /** The staged day's shape and capacity with the live day's takers. What is taken fits: takers had to fit both. */
    private void merge(final int day, final int staged) {
        final int size = Grids.size(unitCount(staged));
        final int oldSize = Grids.size(unitCount(day));
        final int oldGrid = grid(day);
        final int units = Math.min(unitCount(staged), unitCount(day));
        for (int unit = 0; unit < units; unit++) {
            final int merged = unit(staged, unit) | unit(day, unit) & Unit.TAKEN;
            Invariant.that(Unit.room(merged) >= 0, "takers fit the staged day", day, unit);
            unit(staged, unit, merged);
        }
        final long at = rows.at(day);
        Memory.putInt(at + GRID, grid(staged));
        Memory.putLong(at + START_MS, startMs(staged));
        Memory.putLong(at + RELEASED_AT_MS, releasedAtMs(staged));
        Memory.putByte(at + UNIT_COUNT, unitCount(staged));
        Memory.putByte(at + ALIGN_UNITS, alignUnits(staged));
        Memory.putInt(rows.at(staged) + GRID, oldGrid);
        Memory.putByte(rows.at(staged) + UNIT_COUNT, oldSize * 8);
        Invariant.that(Grids.size(unitCount(day)) == size, "the grid went with its size", day, size);
        quotas.merge(day, staged);
        overbooked.merge(day, staged);
        recount(day);
    }

    private void drop(final int day) {
        grids.remove(Grids.size(unitCount(day)), grid(day));
        quotas.forget(day);
        overbooked.forget(day);
        rows.remove(day);
    }

    // ---- calendar

    /** Whatever is there for that date, live or to come. */
    int inCalendar(final int poolId, final int epochDay) {
        final long calendar = calendar(poolId);
        if (calendar == 0) {
            return NONE;
        }
        int day = Memory.getInt(calendar + place(epochDay));
        while (day != NONE && epochDay(day) != epochDay) {
            day = Memory.getInt(rows.at(day) + OLDER);
        }
        return day;
    }

    /** Dates that share a place follow each other from the latest on, so that the order does not tell who came first. */
    private void enter(final int day) {
        final int poolId = pool(day);
        if (poolId >= calendars.length) {
            calendars = Arrays.copyOf(calendars, Math.max(poolId + 1, 2 * calendars.length));
        }
        if (calendars[poolId] == 0) {
            calendars[poolId] = slabs.allocate(WINDOW * Integer.BYTES);
        }
        final long place = calendars[poolId] + place(epochDay(day));
        int before = NONE;
        int after = Memory.getInt(place);
        while (after != NONE && epochDay(after) > epochDay(day)) {
            before = after;
            after = Memory.getInt(rows.at(after) + OLDER);
        }
        Memory.putInt(rows.at(day) + OLDER, after);
        link(place, before, day);
    }

    private void leave(final int day) {
        final long place = calendars[pool(day)] + place(epochDay(day));
        int before = NONE;
        for (int d = Memory.getInt(place); d != day; d = Memory.getInt(rows.at(d) + OLDER)) {
            before = d;
        }
        link(place, before, Memory.getInt(rows.at(day) + OLDER));
    }

    private void link(final long place, final int before, final int day) {
        if (before == NONE) {
            Memory.putInt(place, day);
        } else {
            Memory.putInt(rows.at(before) + OLDER, day);
        }
    }

    /** 0 = no day of the pool was ever published. */
    private long calendar(final int poolId) {
        return poolId >= 0 && poolId < calendars.length ? calendars[poolId] : 0;
    }

    private static int place(final int epochDay) {
        return (epochDay & WINDOW - 1) * Integer.BYTES;
    }

    private int add(final int poolId, final int epochDay, final int used, final long change) {
        final int day = rows.add();
        final long at = rows.at(day);
        Memory.putShort(at + POOL, poolId);
        Memory.putInt(at + EPOCH_DAY, epochDay);
        Memory.putByte(at + USED, used);
        Memory.putLong(at + CHANGE, change);
        count++;
        return day;
    }

    private int grid(final int day) {
        return Memory.getInt(rows.at(day) + GRID);
    }

    private long change(final int day) {
        return Memory.getLong(rows.at(day) + CHANGE);
    }

    // ---- state

    /** Days live and staged, closed changes counted as settled. */
    public long count() {
        return count;
    }

    /** A change was closed: so many of its days are no more, though they are not settled yet. */
    void uncount(final int days) {
        count -= days;
    }

    /** Highest slot ever used. */
    public int top() {
        return rows.top();
    }

    /** For telling: true for a day that is live as soon as it is looked at. */
    public boolean isLive(final int slot) {
        final int used = Memory.getByte(rows.at(slot) + USED);
        return used == LIVE || used == TO_COME && changes.state(change(slot)) == Changes.APPLIED;
    }

    /** For telling: the open change that has this day staged, 0 = none. */
    public long openChange(final int slot) {
        final int used = Memory.getByte(rows.at(slot) + USED);
        return (used == STAGED || used == TO_COME) && changes.isOpen(change(slot)) ? change(slot) : 0;
    }

    /** For telling: the staged day that is the truth about a live one, its takers apart; else the day itself. */
    public int shape(final int day) {
        final int staged = staged(day);
        return staged != NONE && changes.state(change(staged)) == Changes.APPLIED ? staged : day;
    }

    // ---- for Ahead: addresses, 0 = there is nothing; each by what the one before brought

    /** Where a date of the pool is looked for. */
    public long aheadPlace(final int poolId, final int epochDay) {
        final long calendar = calendar(poolId);
        return calendar == 0 ? 0 : calendar + place(epochDay);
    }

    /** The row that is found there. */
    public long aheadDay(final long place) {
        return rows.ahead(Memory.getInt(place));
    }

    /** A unit of that day. @param at the row, 0 = none */
    public long aheadUnit(final long at, final int unit) {
        if (at == 0 || unit >= Memory.getByte(at + UNIT_COUNT)) {
            return 0;
        }
        return grids.at(Grids.size(Memory.getByte(at + UNIT_COUNT)), Memory.getInt(at + GRID)) + 4 * unit;
    }

    void save(final StateWriter out) {
        rows.save(out);
        quotas.save(out);
        overbooked.save(out);
    }

    void saveGrids(final StateWriter out) {
        grids.save(out);
    }

    boolean load(final StateReader in) {
        if (in.tableId() == TableIds.DAYS) {
            rows.load(in);
            return true;
        }
        return quotas.load(in) || overbooked.load(in) || grids.load(in);
    }

    void loaded(final long days, final StateReader in) {
        count = days;
        for (int day = 1; day <= rows.top(); day++) {
            final int used = Memory.getByte(rows.at(day) + USED);
            if (used == LIVE || used == TO_COME) {
                enter(day);
            }
            if (day % StateReader.REST_EVERY == 0) {
                in.rest();
            }
        }
    }

    void check() {
        rows.check();
        grids.check();
        quotas.check(rows.top());
        overbooked.check(rows.top());
        Invariant.that(grids.used() == rows.used(), "every day has one grid", grids.used(), rows.used());
        long unsettled = 0;
        for (int day = 1; day <= rows.top(); day++) {
            final int used = Memory.getByte(rows.at(day) + USED);
            if (used == 0) {
                continue;
            }
            Invariant.that(Memory.getInt(rows.at(day) + NEXT_FREE) == 0, "a day in use is not in the chain", day);
            Invariant.that(used == STAGED || inCalendar(pool(day), epochDay(day)) == day, "a day is found by its date", day, epochDay(day));
            Invariant.that(used != STAGED || staged(inCalendar(pool(day), epochDay(day))) == day, "a staged day is behind its live one", day);
            final boolean closed = used != LIVE && changes.state(change(day)) != Changes.OPEN;
            unsettled += closed && (used == STAGED || changes.state(change(day)) == Changes.ABANDONED) ? 1 : 0;
            int free = 0;
            for (int unit = 0; unit < unitCount(day); unit++) {
                Invariant.that(Unit.room(unit(day, unit)) >= 0, "no unit passes its capacity", day, unit);
                mayBeKept(day, used == STAGED ? inCalendar(pool(day), epochDay(day)) : day, unit);
                free += Unit.room(unit(day, unit)) > 0 ? 1 : 0;
            }
            Invariant.that(free == freeUnits(day), "units with room are counted", day, free);
        }
        Invariant.that(rows.used() - unsettled == count, "days are counted", rows.used() - unsettled, count);
    }

    /** What is left for channels is within what is withheld, and what was taken from it within what is taken. */
    private void mayBeKept(final int day, final int takers, final int unit) {
        int left = 0;
        int taken = 0;
        for (int quota = 1; quota <= Quotas.CLASSES; quota++) {
            left += quotas.left(day, takers, unit, quota);
            taken += quotas.taken(day, unit, quota);
        }
        Invariant.that(left <= Unit.withheld(unit(day, unit)), "what is left for channels is withheld", day, unit);
        Invariant.that(taken <= Unit.taken(unit(day, unit)), "what is taken from quotas is taken", day, unit);
    }
}
