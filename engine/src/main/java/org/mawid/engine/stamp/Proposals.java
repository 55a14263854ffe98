package org.mawid.engine.stamp;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.SlotRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.engine.kernel.TagIndex;
import org.mawid.sbe.ProposalRowDecoder;

/** What waits for a second person, by stamp: who the first was. */
public final class Proposals {
    private static final int USED = ProposalRowDecoder.usedEncodingOffset();
    private static final int MATTER = ProposalRowDecoder.matterEncodingOffset();
    private static final int STAMP = ProposalRowDecoder.stampIdEncodingOffset();
    private static final int ACTOR = ProposalRowDecoder.actorEncodingOffset();
    private static final int PROPOSED_MS = ProposalRowDecoder.proposedMsEncodingOffset();

    private final SlotRows rows;
    private final TagIndex index;

    Proposals(final CoreMemory memory) {
        rows = new SlotRows(memory, TableIds.PROPOSALS, ProposalRowDecoder.BLOCK_LENGTH);
        index = new TagIndex(memory);
    }

    /** The proposal, 0 = nothing is proposed for the stamp. */
    public int find(final long stamp) {
        for (long slot = index.first(index.hash(stamp)); slot >= 0; slot = index.next()) {
            if (Memory.getLong(rows.at((int) slot) + STAMP) == stamp) {
                return (int) slot;
            }
        }
        return 0;
    }

    /** Highest slot ever given out. */
    public int top() {
        return rows.top();
    }

    /** Whether the slot is a proposal's. */
    public boolean has(final int proposal) {
        return Memory.getByte(rows.at(proposal) + USED) != 0;
    }

    public long stamp(final int proposal) {
        return Memory.getLong(rows.at(proposal) + STAMP);
    }

    /** Value of StampMatter. */
    public int matter(final int proposal) {
        return Memory.getByte(rows.at(proposal) + MATTER);
    }

    /** ms since 1970-01-01 UTC. */
    public long proposedMs(final int proposal) {
        return Memory.getLong(rows.at(proposal) + PROPOSED_MS);
    }

    /** Who proposed it. */
    public long actor(final int proposal) {
        return Memory.getLong(rows.at(proposal) + ACTOR);
    }

    void add(final long stamp, final int matter, final long actor, final long nowMs) {
        final int slot = rows.add();
        final long at = rows.at(slot);
        Memory.putByte(at + USED, 1);
        Memory.putByte(at + MATTER, matter);
        Memory.putLong(at + STAMP, stamp);
        Memory.putLong(at + ACTOR, actor);
        Memory.putLong(at + PROPOSED_MS, nowMs);
        index.add(index.hash(stamp), slot);
    }

    void remove(final long stamp) {
        final int slot = find(stamp);
        if (slot != 0) {
            index.remove(index.hash(stamp), slot);
            rows.remove(slot);
        }
    }

    int count() {
        return rows.used();
    }

    void save(final StateWriter out) {
        rows.save(out);
    }

    void load(final StateReader in) {
        rows.load(in);
    }

    void loaded() {
        for (int slot = 1; slot <= rows.top(); slot++) {
            if (Memory.getByte(rows.at(slot) + USED) != 0) {
                index.add(index.hash(Memory.getLong(rows.at(slot) + STAMP)), slot);
            }
        }
    }

    void check(final Lives lives) {
        rows.check();
        for (int slot = 1; slot <= rows.top(); slot++) {
            if (Memory.getByte(rows.at(slot) + USED) != 0) {
                final long stamp = Memory.getLong(rows.at(slot) + STAMP);
                Invariant.that(lives.matter(stamp) == Memory.getByte(rows.at(slot) + MATTER), "a stamp knows what is proposed for it", stamp, slot);
            }
        }
    }
}
