package org.mawid.engine.allocation;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.SlotRows;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.LegRowDecoder;

/** Legs of holds and appointments, chained in the order of the visit. Each remembers the places that it took. */
public final class Legs {
    private static final int NEXT = LegRowDecoder.nextEncodingOffset();
    private static final int EPOCH_DAY = LegRowDecoder.epochDayEncodingOffset();
    private static final int START = LegRowDecoder.startEncodingOffset();
    private static final int DESK = LegRowDecoder.deskIdEncodingOffset();
    private static final int LINES = LegRowDecoder.linesEncodingOffset();
    private static final int START_UNIT = LegRowDecoder.startUnitEncodingOffset();
    private static final int UNITS = LegRowDecoder.unitsEncodingOffset();
    private static final int PLACES = LegRowDecoder.deskPlacesEncodingOffset();
    private static final int QUOTA = LegRowDecoder.quotaEncodingOffset();

    private final SlotRows rows;

    Legs(final CoreMemory memory) {
        rows = new SlotRows(memory, TableIds.LEGS, LegRowDecoder.BLOCK_LENGTH);
    }

    /** Writes the legs of a visit. @return the first one's slot */
    int add(final Visit visit) {
        int next = 0;
        for (int leg = visit.count - 1; leg >= 0; leg--) {
            final int slot = rows.add();
            final long at = rows.at(slot);
            Memory.putInt(at + NEXT, next);
            Memory.putInt(at + EPOCH_DAY, visit.epochDay[leg]);
            Memory.putInt(at + START, (int) (visit.startMs[leg] / Unit.MS));
            Memory.putShort(at + DESK, visit.desk[leg]);
            Memory.putShort(at + LINES, visit.lines[leg]);
            Memory.putByte(at + START_UNIT, visit.startUnit[leg]);
            Memory.putByte(at + UNITS, visit.units[leg]);
            Memory.putByte(at + QUOTA, visit.quota[leg]);
            for (int kind = 0; kind < Visit.KINDS; kind++) {
                Memory.putByte(at + PLACES + kind, visit.places[leg * Visit.KINDS + kind]);
            }
            next = slot;
        }
        return next;
    }

    /** Takes the legs of a visit out of memory. */
    void remove(final int first) {
        int leg = first;
        while (leg != 0) {
            final int next = next(leg);
            rows.remove(leg);
            leg = next;
        }
    }

    /** The legs of a visit say of themselves that they have no places. */
    void giveUpPlaces(final int first) {
        for (int leg = first; leg != 0; leg = next(leg)) {
            for (int kind = 0; kind < Visit.KINDS; kind++) {
                Memory.putByte(rows.at(leg) + PLACES + kind, 0);
            }
        }
    }

    /** The next leg of the visit, 0 = that was the last. */
    public int next(final int leg) {
        return Memory.getInt(rows.at(leg) + NEXT);
    }

    public int epochDay(final int leg) {
        return Memory.getInt(rows.at(leg) + EPOCH_DAY);
    }

    /** Instant of its first unit. */
    public long startMs(final int leg) {
        return Memory.getInt(rows.at(leg) + START) * Unit.MS;
    }

    public int desk(final int leg) {
        return Memory.getShort(rows.at(leg) + DESK);
    }

    public int lines(final int leg) {
        return Memory.getShort(rows.at(leg) + LINES);
    }

    public int startUnit(final int leg) {
        return Memory.getByte(rows.at(leg) + START_UNIT);
    }

    public int units(final int leg) {
        return Memory.getByte(rows.at(leg) + UNITS);
    }

    int places(final int leg, final int kind) {
        return Memory.getByte(rows.at(leg) + PLACES + kind);
    }

    /** From whose places those at the desk were taken, 0 = everybody's. */
    int quota(final int leg) {
        return Memory.getByte(rows.at(leg) + QUOTA);
    }

    /** Legs in use. */
    public int count() {
        return rows.used();
    }

    SlotRows rows() {
        return rows;
    }
}
