package org.mawid.engine.kernel;

import java.util.Arrays;

/**
 * Rows that are used again: slots 1, 2, 3... and a chain of the unused ones through their first four bytes. The chain is part of the
 * state, so that a restored core gives out the same slots in the same order. Row 0 (SlotHead) holds it together.
 */
public final class SlotRows {
    private static final int FREE = 0;
    private static final int TOP = 4;
    private static final int USED = 8;

    private final Rows rows;
    private int free;
    private int top;
    private int used;

    /** @param rowBytes 12 or more; the first four bytes of a row in use belong to the caller */
    public SlotRows(final int tableId, final int rowBytes) {
        rows = new Rows(tableId, rowBytes);
    }

    public byte[] page(final int slot) {
        return rows.page(slot);
    }

    public int at(final int slot) {
        return rows.at(slot);
    }

    /** A row of zeros. */
    public int add() {
        used++;
        if (free == 0) {
            rows.ensure(++top);
            return top;
        }
        final int slot = free;
        final byte[] page = rows.page(slot);
        free = Bytes.getInt(page, rows.at(slot));
        Bytes.putInt(page, rows.at(slot), 0);
        return slot;
    }

    public void remove(final int slot) {
        final byte[] page = rows.page(slot);
        final int at = rows.at(slot);
        Arrays.fill(page, at, at + rows.rowBytes(), (byte) 0);
        Bytes.putInt(page, at, free);
        free = slot;
        used--;
    }

    /** Rows in use. */
    public int used() {
        return used;
    }

    /** Highest slot ever given out. */
    public int top() {
        return top;
    }

    public void save(final StateWriter out) {
        if (top == 0) {
            return;
        }
        final byte[] head = rows.ensure(0);
        Bytes.putInt(head, FREE, free);
        Bytes.putInt(head, TOP, top);
        Bytes.putInt(head, USED, used);
        rows.save(out, 0, top + 1);
    }

    public void load(final StateReader in) {
        rows.load(in);
        if (in.firstNumber() == 0) {
            final byte[] head = rows.page(0);
            free = Bytes.getInt(head, FREE);
            top = Bytes.getInt(head, TOP);
            used = Bytes.getInt(head, USED);
        }
    }

    /** Walks the chain of unused rows. */
    public void check() {
        int unused = 0;
        for (int slot = free; slot != 0; slot = Bytes.getInt(rows.page(slot), rows.at(slot))) {
            Invariant.that(slot > 0 && slot <= top && unused < top, "the chain of unused rows ends", slot, top);
            unused++;
        }
        Invariant.that(unused + used == top, "rows used and unused are all rows", unused + (long) used, top);
    }
}
