package org.mawid.engine.hall;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Rows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.HallDeskRowDecoder;

/** The queue of each desk, and how long a ticket takes there on the desk's latest date. By id of the desk. */
public final class HallDesks {
    /** Most who wait at one desk: a place in the queue is found in some tens of microseconds. */
    public static final int MOST_WAITING = 4_096;
    /** The newest ticket's share of the pace. */
    private static final int SHARE = 8;
    private static final int FIRST = HallDeskRowDecoder.firstEncodingOffset();
    private static final int LAST = HallDeskRowDecoder.lastEncodingOffset();
    private static final int EPOCH_DAY = HallDeskRowDecoder.epochDayEncodingOffset();
    private static final int SERVED = HallDeskRowDecoder.servedEncodingOffset();
    private static final int PACE_MS = HallDeskRowDecoder.paceMsEncodingOffset();
    private static final int WAITING = HallDeskRowDecoder.waitingEncodingOffset();
    private static final int USED = HallDeskRowDecoder.usedEncodingOffset();

    private final Rows rows;

    HallDesks(final CoreMemory memory) {
        rows = new Rows(memory, TableIds.HALL_DESKS, HallDeskRowDecoder.BLOCK_LENGTH);
    }

    /** Whether anybody ever stood there. */
    public boolean has(final int deskId) {
        return rows.has(deskId) && Memory.getByte(rows.at(deskId) + USED) != 0;
    }

    /** Who is due first, 0 = nobody waits. */
    public long first(final int deskId) {
        return has(deskId) ? Memory.getLong(rows.at(deskId) + FIRST) : 0;
    }

    long last(final int deskId) {
        return has(deskId) ? Memory.getLong(rows.at(deskId) + LAST) : 0;
    }

    /** How many wait. */
    public int waiting(final int deskId) {
        return has(deskId) ? Memory.getShort(rows.at(deskId) + WAITING) : 0;
    }

    void first(final int deskId, final long ticket) {
        Memory.putLong(at(deskId) + FIRST, ticket);
    }

    void last(final int deskId, final long ticket) {
        Memory.putLong(at(deskId) + LAST, ticket);
    }

    void count(final int deskId, final int change) {
        final long at = at(deskId);
        Memory.putShort(at + WAITING, Memory.getShort(at + WAITING) + change);
    }

    /** A ticket left its counter after so long. What is of a date before the latest one is passed over. */
    void measure(final int deskId, final int epochDay, final long ms) {
        final long at = at(deskId);
        if (served(deskId) != 0 && epochDay < epochDay(deskId)) {
            return;
        }
        if (epochDay != epochDay(deskId) || served(deskId) == 0) {
            Memory.putInt(at + EPOCH_DAY, epochDay);
            Memory.putInt(at + SERVED, 1);
            Memory.putInt(at + PACE_MS, (int) ms);
        } else {
            Memory.putInt(at + SERVED, (int) served(deskId) + 1);
            Memory.putInt(at + PACE_MS, (int) (paceMs(deskId) + (ms - paceMs(deskId)) / SHARE));
        }
    }

    /** The latest date on which a ticket was measured; of no meaning before the first. */
    public int epochDay(final int deskId) {
        return Memory.getInt(rows.at(deskId) + EPOCH_DAY);
    }

    /** Tickets measured on that date. */
    public long served(final int deskId) {
        return Memory.getInt(rows.at(deskId) + SERVED) & 0xFFFF_FFFFL;
    }

    /** What a ticket takes, ms. */
    public long paceMs(final int deskId) {
        return Memory.getInt(rows.at(deskId) + PACE_MS) & 0xFFFF_FFFFL;
    }

    private long at(final int deskId) {
        final long at = rows.ensure(deskId);
        Memory.putByte(at + USED, 1);
        return at;
    }

    void save(final StateWriter out) {
        rows.saveUsed(out, USED);
    }

    void load(final StateReader in) {
        rows.load(in);
    }
}
