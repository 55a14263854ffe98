package org.mawid.engine.application;

import org.mawid.engine.catalogue.Rules;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Ahead;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.SlotRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.engine.kernel.TagIndex;
import org.mawid.sbe.PersonRowDecoder;

/**
 * Persons served who have something open: one open line for each service, live holds, and a budget of holds that only time brings
 * back. A row goes when it says nothing that an empty one would not.
 */
public final class Persons {
    private static final int OPEN_LINES = PersonRowDecoder.openLinesEncodingOffset();
    private static final int HOLDS = PersonRowDecoder.holdsEncodingOffset();
    private static final int USED = PersonRowDecoder.usedEncodingOffset();
    private static final int KEY = PersonRowDecoder.keyEncodingOffset();
    private static final int BUDGET = PersonRowDecoder.budgetMsEncodingOffset();
    private static final int OPEN = PersonRowDecoder.open1EncodingOffset();

    private final Rules rules;
    private final SlotRows rows;
    private final TagIndex index;

    Persons(final CoreMemory memory, final Rules rules) {
        this.rows = new SlotRows(memory, TableIds.PERSONS, PersonRowDecoder.BLOCK_LENGTH);
        this.index = new TagIndex(memory);
        this.rules = rules;
    }

    /** The person's slot, 0 = nothing is known of them. */
    public int find(final long key) {
        for (long slot = index.first(index.hash(key)); slot >= 0; slot = index.next()) {
            if (key((int) slot) == key) {
                return (int) slot;
            }
        }
        return 0;
    }

    void want(final Ahead ahead, final int slot) {
        ahead.want(rows.ahead(slot));
    }

    void wantNew(final Ahead ahead, final int added) {
        ahead.want(rows.aheadNew(added));
    }

    /** @param depth 0 = where the key will be looked for, 1 = the row that is found there */
    void want(final Ahead ahead, final long key, final int depth) {
        final long hash = index.hash(key);
        ahead.want(depth == 0 ? index.ahead(hash) : rows.ahead((int) index.first(hash)));
    }

    int add(final long key) {
        final int slot = rows.add();
        final long at = rows.at(slot);
        Memory.putLong(at + KEY, key);
        Memory.putByte(at + USED, 1);
        index.add(index.hash(key), slot);
        return slot;
    }

    public long key(final int slot) {
        return Memory.getLong(rows.at(slot) + KEY);
    }

    int openLines(final int slot) {
        return Memory.getShort(rows.at(slot) + OPEN_LINES);
    }

    boolean hasOpen(final int slot, final int serviceId) {
        return (Memory.getLong(openAt(slot, serviceId)) >>> serviceId - 1 & 1) != 0;
    }

    void open(final int slot, final int serviceId) {
        final long open = openAt(slot, serviceId);
        Memory.putLong(open, Memory.getLong(open) | 1L << serviceId - 1);
        Memory.putShort(rows.at(slot) + OPEN_LINES, openLines(slot) + 1);
    }

    void close(final int slot, final int serviceId) {
        final long open = openAt(slot, serviceId);
        Memory.putLong(open, Memory.getLong(open) & ~(1L << serviceId - 1));
        Memory.putShort(rows.at(slot) + OPEN_LINES, openLines(slot) - 1);
    }

    /** Live holds that serve the person. */
    public int holds(final int slot) {
        return Memory.getByte(rows.at(slot) + HOLDS);
    }

    /** @param change 1 or -1 */
    public void countHold(final int slot, final int change) {
        final int holds = holds(slot) + change;
        Invariant.that(holds >= 0 && holds <= 255, "holds of a person are counted", slot, holds);
        Memory.putByte(rows.at(slot) + HOLDS, holds);
    }

    /** When the person can make the next hold or move; not after {@code nowMs} = now. */
    public long nextHoldMs(final int slot, final long nowMs) {
        final long refillMs = rules.holdBudgetRefillMs();
        return Math.max(budgetMs(slot), nowMs) + refillMs - rules.holdBudget() * refillMs;
    }

    /** Spends one hold of the budget. */
    public void spend(final int slot, final long nowMs) {
        Memory.putLong(rows.at(slot) + BUDGET, Math.max(budgetMs(slot), nowMs) + rules.holdBudgetRefillMs());
    }

    /** Only the budget is left to remember. @return whether {@link #forgetIfIdle} would do it once the budget has come back, and not yet now */
    boolean isKeptByBudget(final int slot, final long nowMs) {
        return openLines(slot) == 0 && holds(slot) == 0 && budgetMs(slot) > nowMs;
    }

    /** Forgets a person of whom there is nothing to remember. @param key guards against a slot that has gone on to somebody else */
    void forgetIfIdle(final int slot, final long key, final long nowMs) {
        if (key(slot) == key && isUsed(slot) && openLines(slot) == 0 && holds(slot) == 0 && budgetMs(slot) <= nowMs) {
            index.remove(index.hash(key), slot);
            rows.remove(slot);
        }
    }

    public int count() {
        return rows.used();
    }

    void save(final StateWriter out) {
        rows.save(out);
    }

    void load(final StateReader in) {
        rows.load(in);
    }

    void loaded(final StateReader in) {
        for (int slot = 1; slot <= rows.top(); slot++) {
            if (isUsed(slot)) {
                index.add(index.hash(key(slot)), slot);
            }
            if (slot % StateReader.REST_EVERY == 0) {
                in.rest();
            }
        }
    }

    public int top() {
        return rows.top();
    }

    boolean isUsed(final int slot) {
        return Memory.getByte(rows.at(slot) + USED) != 0;
    }

    void check() {
        rows.check();
        Invariant.that(index.size() == rows.used(), "every person is in the index", index.size(), rows.used());
        for (int slot = 1; slot <= rows.top(); slot++) {
            if (isUsed(slot)) {
                Invariant.that(find(key(slot)) == slot, "a person is found by key", slot);
                final long at = rows.at(slot);
                final int open = Long.bitCount(Memory.getLong(at + OPEN)) + Long.bitCount(Memory.getLong(at + OPEN + Long.BYTES));
                Invariant.that(open == openLines(slot), "open services of a person are counted", open, openLines(slot));
            }
        }
    }

    private long budgetMs(final int slot) {
        return Memory.getLong(rows.at(slot) + BUDGET);
    }

    private long openAt(final int slot, final int serviceId) {
        return rows.at(slot) + OPEN + (serviceId > 64 ? Long.BYTES : 0);
    }
}
