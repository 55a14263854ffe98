package org.mawid.engine.allocation;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.SlotRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;

/** Units of days, in tables by size, a multiple of 8 units each, so that a short day takes little and a freed grid fits the next. */
final class Grids {
    static final int SIZES = Unit.MOST / 8;
    private static final int STEP_BYTES = 32;

    private final SlotRows[] bySize = new SlotRows[SIZES + 1];

    Grids(final CoreMemory memory) {
        for (int size = 1; size <= SIZES; size++) {
            bySize[size] = new SlotRows(memory, TableIds.GRIDS + size, size * STEP_BYTES);
        }
    }

    static int size(final int unitCount) {
        return unitCount + 7 >>> 3;
    }

    /** A grid of zeros. */
    int add(final int size) {
        return bySize[size].add();
    }

    void remove(final int size, final int grid) {
        bySize[size].remove(grid);
    }

    long at(final int size, final int grid) {
        return bySize[size].at(grid);
    }

    void save(final StateWriter out) {
        for (int size = 1; size <= SIZES; size++) {
            bySize[size].save(out);
        }
    }

    /** @return false when the present run is not of this room */
    boolean load(final StateReader in) {
        final int size = in.tableId() - TableIds.GRIDS;
        if (size < 1 || size > SIZES) {
            return false;
        }
        bySize[size].load(in);
        return true;
    }

    /** All grids in use. */
    long used() {
        long used = 0;
        for (int size = 1; size <= SIZES; size++) {
            used += bySize[size].used();
        }
        return used;
    }

    void check() {
        for (int size = 1; size <= SIZES; size++) {
            bySize[size].check();
        }
    }
}
