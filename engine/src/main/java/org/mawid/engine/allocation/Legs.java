package org.mawid.engine.allocation;

import org.mawid.engine.kernel.Bytes;
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

    private final SlotRows rows = new SlotRows(TableIds.LEGS, LegRowDecoder.BLOCK_LENGTH);

    Legs() {
    }

    /** Writes the legs of a visit. @return the first one's slot */
    int add(final Visit visit) {
        int next = 0;
        for (int leg = visit.count - 1; leg >= 0; leg--) {
            final int slot = rows.add();
            final byte[] page = rows.page(slot);
            final int at = rows.at(slot);
            Bytes.putInt(page, at + NEXT, next);
            Bytes.putInt(page, at + EPOCH_DAY, visit.epochDay[leg]);
            Bytes.putInt(page, at + START, (int) (visit.startMs[leg] / Unit.MS));
            Bytes.putShort(page, at + DESK, visit.desk[leg]);
            Bytes.putShort(page, at + LINES, visit.lines[leg]);
            Bytes.putByte(page, at + START_UNIT, visit.startUnit[leg]);
            Bytes.putByte(page, at + UNITS, visit.units[leg]);
            for (int kind = 0; kind < Visit.KINDS; kind++) {
                Bytes.putByte(page, at + PLACES + kind, visit.places[leg * Visit.KINDS + kind]);
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

    /** The next leg of the visit, 0 = that was the last. */
    public int next(final int leg) {
        return Bytes.getInt(rows.page(leg), rows.at(leg) + NEXT);
    }

    public int epochDay(final int leg) {
        return Bytes.getInt(rows.page(leg), rows.at(leg) + EPOCH_DAY);
    }

    /** Instant of its first unit. */
    long startMs(final int leg) {
        return Bytes.getInt(rows.page(leg), rows.at(leg) + START) * Unit.MS;
    }

    public int desk(final int leg) {
        return Bytes.getShort(rows.page(leg), rows.at(leg) + DESK);
    }

    public int lines(final int leg) {
        return Bytes.getShort(rows.page(leg), rows.at(leg) + LINES);
    }

    public int startUnit(final int leg) {
        return Bytes.getByte(rows.page(leg), rows.at(leg) + START_UNIT);
    }

    public int units(final int leg) {
        return Bytes.getByte(rows.page(leg), rows.at(leg) + UNITS);
    }

    int places(final int leg, final int kind) {
        return Bytes.getByte(rows.page(leg), rows.at(leg) + PLACES + kind);
    }

    /** Legs in use. */
    public int count() {
        return rows.used();
    }

    SlotRows rows() {
        return rows;
    }

    /** For prefetching. */
    long touch(final int leg) {
        return leg > 0 && leg <= rows.top() ? rows.page(leg)[rows.at(leg)] : 0;
    }
}
