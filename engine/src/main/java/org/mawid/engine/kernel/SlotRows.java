package org.mawid.engine.kernel;

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
    public SlotRows(final CoreMemory memory, final int tableId, final int rowBytes) {
        rows = new Rows(memory, tableId, rowBytes);
    }

    /** Address of the row, see {@link Memory}. */
    public long at(final int slot) {
        return rows.at(slot);
    }

    /** Address of the row if there is one, else 0: for {@link Ahead}. Any number may be asked for. */
    public long ahead(final int slot) {
        return slot > 0 && slot <= top ? rows.at(slot) : 0;
    }

    /** Address of the row that will be added after {@code added} others if that is known and its page exists, else 0: for {@link Ahead}. */
    public long aheadNew(final int added) {
        final int slot = free == 0 ? top + 1 + added : added == 0 ? free : 0;
        return slot != 0 && rows.has(slot) ? rows.at(slot) : 0;
    }

    /** A row of zeros. */
    public int add() {
        used++;
        if (free == 0) {
            rows.ensure(++top);
            return top;
        }
        final int slot = free;
        final long at = rows.at(slot);
        free = Memory.getInt(at);
        Memory.putInt(at, 0);
        return slot;
    }

    public void remove(final int slot) {
        final long at = rows.at(slot);
        Memory.zero(at, rows.rowBytes());
        Memory.putInt(at, free);
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
        final long head = rows.ensure(0);
        Memory.putInt(head + FREE, free);
        Memory.putInt(head + TOP, top);
        Memory.putInt(head + USED, used);
        rows.save(out, 0, top + 1);
    }

    public void load(final StateReader in) {
        rows.load(in);
        if (in.firstNumber() == 0) {
            final long head = rows.at(0);
            free = Memory.getInt(head + FREE);
            top = Memory.getInt(head + TOP);
            used = Memory.getInt(head + USED);
        }
    }

    /** Walks the chain of unused rows. */
    public void check() {
        int unused = 0;
        for (int slot = free; slot != 0; slot = Memory.getInt(rows.at(slot))) {
            Invariant.that(slot > 0 && slot <= top && unused < top, "the chain of unused rows ends", slot, top);
            unused++;
        }
        Invariant.that(unused + used == top, "rows used and unused are all rows", unused + (long) used, top);
    }
}
