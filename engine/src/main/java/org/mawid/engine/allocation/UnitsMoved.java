package org.mawid.engine.allocation;

import org.mawid.engine.kernel.Emitter;
import org.mawid.sbe.RoomChangedEncoder;
import org.mawid.sbe.RoomChangedEncoder.RoomsEncoder;

/** What moved by unit of one day, told run by run: those of a run are next to each other and moved alike. */
final class UnitsMoved {
    private final int[] moved = new int[Unit.MOST];
    private int units;

    /** @param unitCount of the day: each is to be set */
    void begin(final int unitCount) {
        units = unitCount;
    }

    void set(final int unit, final int places) {
        moved[unit] = places;
    }

    int at(final int unit) {
        return moved[unit];
    }

    /** Of those that moved. */
    int runs() {
        int runs = 0;
        for (int unit = first(0); unit < units; unit = first(runEnd(unit))) {
            runs++;
        }
        return runs;
    }

    /** The first one from there on that moved; how many there are when none did. */
    int first(final int from) {
        int unit = from;
        while (unit < units && moved[unit] == 0) {
            unit++;
        }
        return unit;
    }

    int runEnd(final int from) {
        int end = from + 1;
        while (end < units && moved[end] == moved[from]) {
            end++;
        }
        return end;
    }

    /** Room, and what is open, by so much. @return entries of RoomChanged told */
    int tellRoom(final Emitter events, final int postId, final int poolId, final int epochDay) {
        final int runs = runs();
        if (runs == 0) {
            return 0;
        }
        final long block = events.beginAt(RoomChangedEncoder.TEMPLATE_ID, RoomChangedEncoder.BLOCK_LENGTH, postId);
        long at = Emitter.group(block + RoomChangedEncoder.BLOCK_LENGTH, RoomsEncoder.sbeBlockLength(), runs);
        for (int unit = first(0); unit < units; unit = first(runEnd(unit))) {
            at = Room.put(at, poolId, epochDay, unit, runEnd(unit) - unit, moved[unit], moved[unit]);
        }
        events.endAt(at);
        return runs;
    }
}
