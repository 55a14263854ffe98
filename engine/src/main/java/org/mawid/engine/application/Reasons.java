package org.mawid.engine.application;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.SlotRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.engine.kernel.TagIndex;
import org.mawid.sbe.LineState;
import org.mawid.sbe.ReasonRowDecoder;

/**
 * Why lines are REJECTED or DOCUMENTS_NEEDED, as long as they are and their application is kept. What was decided without a reason has no row. The rows
 * of one application name no line twice.
 */
public final class Reasons {
    private static final int CODE = ReasonRowDecoder.reasonCodeEncodingOffset();
    private static final int LINES = ReasonRowDecoder.linesEncodingOffset();
    private static final int APPLICATION = ReasonRowDecoder.applicationIdEncodingOffset();
    private static final int HASH = ReasonRowDecoder.reasonHashEncodingOffset();

    private final Applications applications;
    private final SlotRows rows;
    private final TagIndex index;

    Reasons(final CoreMemory memory, final Applications applications) {
        this.applications = applications;
        this.rows = new SlotRows(memory, TableIds.REASONS, ReasonRowDecoder.BLOCK_LENGTH);
        this.index = new TagIndex(memory);
    }

    /** Why these lines are now what they are, instead of what was said of them before. @param code 0 to 65 535 @param hash of the sealed reason, 0 = none */
    void say(final long application, final int lineSet, final int code, final long hash) {
        forget(application, lineSet);
        if (code == 0 && hash == 0) {
            return;
        }
        final int slot = rows.add();
        final long at = rows.at(slot);
        Memory.putShort(at + CODE, code);
        Memory.putShort(at + LINES, lineSet);
        Memory.putLong(at + APPLICATION, application);
        Memory.putLong(at + HASH, hash);
        index.add(index.hash(application), slot);
    }

    /** These lines are something else now, or go. */
    void forget(final long application, final int lineSet) {
        for (int slot = find(application, lineSet); slot != 0; slot = find(application, lineSet)) {
            final int left = lines(slot) & ~lineSet;
            Memory.putShort(rows.at(slot) + LINES, left);
            if (left == 0) {
                index.remove(index.hash(application), slot);
                rows.remove(slot);
            }
        }
    }

    /** The lowest slot of what is said of some of these lines, in whichever order the index has them; 0 = nothing is said of any. */
    public int find(final long application, final int lineSet) {
        if (lineSet == 0 || rows.used() == 0) {
            return 0;
        }
        int lowest = 0;
        for (long slot = index.first(index.hash(application)); slot >= 0; slot = index.next()) {
            if (application((int) slot) == application && (lines((int) slot) & lineSet) != 0 && (lowest == 0 || slot < lowest)) {
                lowest = (int) slot;
            }
        }
        return lowest;
    }

    /** Rows in use. */
    public int count() {
        return rows.used();
    }

    // ---- by slot

    /** 0 to 65 535. @param slot 0 = none */
    public int code(final int slot) {
        return slot == 0 ? 0 : Memory.getShort(rows.at(slot) + CODE);
    }

    /** Hash of the sealed reason, 0 = none. @param slot 0 = none */
    public long hash(final int slot) {
        return slot == 0 ? 0 : Memory.getLong(rows.at(slot) + HASH);
    }

    private int lines(final int slot) {
        return Memory.getShort(rows.at(slot) + LINES);
    }

    private long application(final int slot) {
        return Memory.getLong(rows.at(slot) + APPLICATION);
    }

    // ---- state

    void save(final StateWriter out) {
        rows.save(out);
    }

    void load(final StateReader in) {
        rows.load(in);
    }

    void loaded(final StateReader in) {
        for (int slot = 1; slot <= rows.top(); slot++) {
            if (lines(slot) != 0) {
                index.add(index.hash(application(slot)), slot);
            }
            if (slot % StateReader.REST_EVERY == 0) {
                in.rest();
            }
        }
    }

    void check() {
        rows.check();
        Invariant.that(index.size() == rows.used(), "every reason is in the index", index.size(), rows.used());
        for (int slot = 1; slot <= rows.top(); slot++) {
            if (lines(slot) != 0) {
                checkOne(slot);
            }
        }
    }

    private void checkOne(final int slot) {
        final long application = application(slot);
        Invariant.that(applications.has(application) && applications.names(application, lines(slot)), "what a reason is about is there", slot, application);
        Invariant.that(code(slot) != 0 || hash(slot) != 0, "a reason says something", slot, application);
        for (int set = lines(slot); set != 0; set &= set - 1) {
            final int i = Integer.numberOfTrailingZeros(set);
            final int state = applications.lines().state(applications.firstLine(application) + i);
            Invariant.that(find(application, 1 << i) == slot, "a line has one reason", slot, application);
            Invariant.that(state == LineState.REJECTED.value() || state == Lines.DOCUMENTS_NEEDED, "only who is refused or asked has a reason", application, state);
        }
    }
}
