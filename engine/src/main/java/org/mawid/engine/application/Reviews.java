package org.mawid.engine.application;

import org.mawid.engine.catalogue.Services;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.SlotRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.engine.kernel.TagIndex;
import org.mawid.sbe.ReviewRowDecoder;

/**
 * What there is to say of applications that wait for an officer or for documents, beside their lines: since when, who decides about them, and which
 * documents are wanted and there. Those of which there is nothing more to say than that they were submitted have no row, and none has one any longer
 * than a line of it is SUBMITTED or DOCUMENTS_NEEDED. Sets of kinds: bit k = DocumentKind k.
 */
public final class Reviews {
    private static final int USED = ReviewRowDecoder.usedEncodingOffset();
    private static final int APPLICATION = ReviewRowDecoder.applicationIdEncodingOffset();
    private static final int SINCE_MS = ReviewRowDecoder.sinceMsEncodingOffset();
    private static final int OFFICER = ReviewRowDecoder.officerEncodingOffset();
    private static final int UNTIL_MS = ReviewRowDecoder.untilMsEncodingOffset();
    private static final int WANTED = ReviewRowDecoder.wantedEncodingOffset();
    private static final int CLEAN = ReviewRowDecoder.cleanEncodingOffset();

    private final Applications applications;
    private final Lines lines;
    private final Services services;
    private final SlotRows rows;
    private final TagIndex index;

    Reviews(final CoreMemory memory, final Applications applications, final Services services) {
        this.applications = applications;
        this.lines = applications.lines();
        this.services = services;
        this.rows = new SlotRows(memory, TableIds.REVIEWS, ReviewRowDecoder.BLOCK_LENGTH);
        this.index = new TagIndex(memory);
    }

    /** The slot of an application, 0 = there is nothing more to say of it. */
    public int find(final long application) {
        if (rows.used() == 0) {
            return 0;
        }
        for (long slot = index.first(index.hash(application)); slot >= 0; slot = index.next()) {
            if (application((int) slot) == application) {
                return (int) slot;
            }
        }
        return 0;
    }

    /** Applications of which there is more to say. */
    public int count() {
        return rows.used();
    }

    /** Since when an application waits for an officer, ms since 1970: its submission, or when lines were submitted again while no other waited. */
    public long sinceMs(final long application) {
        final int slot = find(application);
        return slot == 0 ? applications.submittedMs(application) : Memory.getLong(rows.at(slot) + SINCE_MS);
    }

    /** Until when somebody else than this officer decides about an application, 0 = nobody does. */
    public long othersUntilMs(final long application, final long officer, final long nowMs) {
        final int slot = find(application);
        return slot != 0 && untilMs(slot) > nowMs && officer(slot) != officer ? untilMs(slot) : 0;
    }

    /** @param untilMs 0 = it is given back */
    public void assign(final long application, final long officer, final long untilMs) {
        final long at = rows.at(ensure(application));
        Memory.putLong(at + OFFICER, untilMs == 0 ? 0 : officer);
        Memory.putLong(at + UNTIL_MS, untilMs);
    }

    /** Lines become DOCUMENTS_NEEDED; what was there of these kinds is wanted anew. */
    public void ask(final long application, final int lineSet, final int kinds, final long nowMs) {
        final int slot = ensure(application);
        for (int set = lineSet; set != 0; set &= set - 1) {
            final int i = Integer.numberOfTrailingZeros(set);
            lines.state(applications.firstLine(application) + i, Lines.DOCUMENTS_NEEDED);
            put(slot, WANTED, i, wanted(slot, i) | kinds);
            put(slot, CLEAN, i, clean(slot, i) & ~kinds);
        }
        applications.changed(application, nowMs);
    }

    /** Lines become SUBMITTED again. The application waits for an officer from now on, unless another line of it has waited all the time: then it keeps its place. */
    public void resubmit(final long application, final int lineSet, final long nowMs) {
        final long at = rows.at(ensure(application));
        if (!waits(application)) {
            Memory.putLong(at + SINCE_MS, nowMs);
        }
        for (int set = lineSet; set != 0; set &= set - 1) {
            lines.state(applications.firstLine(application) + Integer.numberOfTrailingZeros(set), Lines.SUBMITTED);
        }
        applications.reasons().forget(application, lineSet);
        applications.changed(application, nowMs);
    }

    /**
     * A document of a kind was recorded, and looked at for malware.
     *
     * @param clean false = it is infected: what was there of its kind does not count any more
     * @return those of the lines that are to be VALIDATED by rule now: never one about which an officer has asked, nor any while an officer has the application
     */
    public int recorded(final long application, final int lineSet, final int kind, final boolean clean, final long nowMs) {
        final boolean byRule = clean && othersUntilMs(application, 0, nowMs) == 0;
        int complete = 0;
        for (int set = lineSet; set != 0; set &= set - 1) {
            final int i = Integer.numberOfTrailingZeros(set);
            final long line = applications.firstLine(application) + i;
            if (lines.isUndecided(line) && (clean || find(application) != 0)) {
                final int slot = ensure(application);
                put(slot, CLEAN, i, clean ? clean(slot, i) | 1 << kind : clean(slot, i) & ~(1 << kind));
                complete |= byRule && isComplete(slot, i, lines.service(line)) ? 1 << i : 0;
            }
        }
        return complete;
    }

    private boolean isComplete(final int slot, final int line, final int service) {
        final int asked = services.documentKinds(service);
        return asked != 0 && services.documentsValidate(service) && wanted(slot, line) == 0 && (asked & ~clean(slot, line)) == 0;
    }

    /** These lines are neither SUBMITTED nor DOCUMENTS_NEEDED any more. */
    void decided(final long application, final int lineSet) {
        final int slot = find(application);
        if (slot == 0) {
            return;
        }
        for (int set = lineSet; set != 0; set &= set - 1) {
            put(slot, WANTED, Integer.numberOfTrailingZeros(set), 0);
            put(slot, CLEAN, Integer.numberOfTrailingZeros(set), 0);
        }
        if (undecided(application) == 0) {
            index.remove(index.hash(application), slot);
            rows.remove(slot);
        }
    }

    /** The lines that are SUBMITTED or DOCUMENTS_NEEDED. */
    public int undecided(final long application) {
        int set = 0;
        for (int i = applications.lineCount(application) - 1; i >= 0; i--) {
            set |= lines.isUndecided(applications.firstLine(application) + i) ? 1 << i : 0;
        }
        return set;
    }

    private boolean waits(final long application) {
        for (int i = applications.lineCount(application) - 1; i >= 0; i--) {
            if (lines.state(applications.firstLine(application) + i) == Lines.SUBMITTED) {
                return true;
            }
        }
        return false;
    }

    private int ensure(final long application) {
        final int known = find(application);
        if (known != 0) {
            return known;
        }
        final int slot = rows.add();
        final long at = rows.at(slot);
        Memory.putByte(at + USED, 1);
        Memory.putLong(at + APPLICATION, application);
        Memory.putLong(at + SINCE_MS, applications.submittedMs(application));
        index.add(index.hash(application), slot);
        return slot;
    }

    // ---- by slot

    /** Highest slot ever given out. */
    public int top() {
        return rows.top();
    }

    public boolean isUsed(final int slot) {
        return Memory.getByte(rows.at(slot) + USED) != 0;
    }

    public long application(final int slot) {
        return Memory.getLong(rows.at(slot) + APPLICATION);
    }

    /** To whom it is assigned, or was until {@link #untilMs}; 0 = nobody. */
    public long officer(final int slot) {
        return Memory.getLong(rows.at(slot) + OFFICER);
    }

    /** It may be past; 0 = nobody has it. */
    public long untilMs(final int slot) {
        return Memory.getLong(rows.at(slot) + UNTIL_MS);
    }

    /** What an officer has asked for. @param line index of the line in its application, as below */
    public int wanted(final int slot, final int line) {
        return Memory.getInt(rows.at(slot) + WANTED + Integer.BYTES * line);
    }

    /** What is there, and was found clean. */
    public int clean(final int slot, final int line) {
        return Memory.getInt(rows.at(slot) + CLEAN + Integer.BYTES * line);
    }

    private void put(final int slot, final int field, final int line, final int kinds) {
        Memory.putInt(rows.at(slot) + field + Integer.BYTES * line, kinds);
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
            if (isUsed(slot)) {
                index.add(index.hash(application(slot)), slot);
            }
            if (slot % StateReader.REST_EVERY == 0) {
                in.rest();
            }
        }
    }

    void check() {
        rows.check();
        Invariant.that(index.size() == rows.used(), "every review is in the index", index.size(), rows.used());
        for (int slot = 1; slot <= rows.top(); slot++) {
            if (isUsed(slot)) {
                final long application = application(slot);
                Invariant.that(find(application) == slot, "a review is found by its application", slot, application);
                Invariant.that(applications.has(application) && undecided(application) != 0, "what is reviewed is not decided", slot, application);
                Invariant.that((officer(slot) == 0) == (untilMs(slot) == 0), "who decides does so until some time", slot, officer(slot));
            }
        }
    }
}
