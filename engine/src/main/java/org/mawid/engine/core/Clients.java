package org.mawid.engine.core;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.SlotRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.engine.kernel.TagIndex;
import org.mawid.sbe.ClientRowDecoder;

/** Clients that number their commands, and the last number of each. It never expires: they may be offline for days. */
final class Clients {
    private static final int ID = ClientRowDecoder.clientIdEncodingOffset();
    private static final int SEQUENCE = ClientRowDecoder.sequenceEncodingOffset();

    private final SlotRows rows;
    private final TagIndex index;

    Clients(final CoreMemory memory) {
        rows = new SlotRows(memory, TableIds.CLIENTS, ClientRowDecoder.BLOCK_LENGTH);
        index = new TagIndex(memory);
    }

    /** The client's slot, 0 = not known yet. @param clientId unsigned */
    int find(final int clientId) {
        for (long slot = index.first(index.hash(clientId)); slot >= 0; slot = index.next()) {
            if (Memory.getInt(rows.at((int) slot) + ID) == clientId) {
                return (int) slot;
            }
        }
        return 0;
    }

    int add(final int clientId) {
        final int slot = rows.add();
        Memory.putInt(rows.at(slot) + ID, clientId);
        index.add(index.hash(clientId), slot);
        return slot;
    }

    /** Number of its last command, 0 = none. */
    long sequence(final int slot) {
        return slot == 0 ? 0 : Memory.getLong(rows.at(slot) + SEQUENCE);
    }

    void sequence(final int slot, final long sequence) {
        Memory.putLong(rows.at(slot) + SEQUENCE, sequence);
    }

    int count() {
        return rows.used();
    }

    void save(final StateWriter out) {
        rows.save(out);
    }

    boolean load(final StateReader in) {
        if (in.tableId() != TableIds.CLIENTS) {
            return false;
        }
        rows.load(in);
        return true;
    }

    void loaded() {
        for (int slot = 1; slot <= rows.top(); slot++) {
            index.add(index.hash(Memory.getInt(rows.at(slot) + ID)), slot);
        }
    }

    void check() {
        rows.check();
    }
}
