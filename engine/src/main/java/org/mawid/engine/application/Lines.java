package org.mawid.engine.application;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.LineRowDecoder;
import org.mawid.sbe.LineState;

/** Lines of all applications, by number; those of one application follow each other. */
public final class Lines {
    static final int SUBMITTED = LineState.SUBMITTED.value();
    static final int DOCUMENTS_NEEDED = LineState.DOCUMENTS_NEEDED.value();
    static final int VALIDATED = LineState.VALIDATED.value();
    private static final int PERSON_KEY = LineRowDecoder.personKeyEncodingOffset();
    private static final int VISIT = LineRowDecoder.visitEncodingOffset();
    private static final int STAMP = LineRowDecoder.stampIdEncodingOffset();
    private static final int PERSON = LineRowDecoder.personEncodingOffset();
    private static final int REGISTERED = LineRowDecoder.registeredPostIdEncodingOffset();
    private static final int SERVICE = LineRowDecoder.serviceIdEncodingOffset();
    private static final int QUANTITY = LineRowDecoder.quantityEncodingOffset();
    private static final int AGE_BAND = LineRowDecoder.ageBandEncodingOffset();
    private static final int PRIORITY = LineRowDecoder.priorityEncodingOffset();
    private static final int REPRESENTATIVE = LineRowDecoder.representativeEncodingOffset();
    private static final int STATE = LineRowDecoder.stateEncodingOffset();

    private final NumberedRows rows;

    Lines(final CoreMemory memory) {
        rows = new NumberedRows(memory, TableIds.LINES, LineRowDecoder.BLOCK_LENGTH, STATE);
    }

    /** Value of {@link LineState}. */
    public int state(final long line) {
        return Memory.getByte(rows.at(line) + STATE);
    }

    void state(final long line, final int state) {
        Memory.putByte(rows.at(line) + STATE, state);
    }

    public boolean isValidated(final long line) {
        return state(line) == VALIDATED;
    }

    /** SUBMITTED or DOCUMENTS_NEEDED. */
    public boolean isUndecided(final long line) {
        return state(line) < VALIDATED;
    }

    public boolean isOpen(final long line) {
        return state(line) <= VALIDATED;
    }

    /** Positive: the hold that has it; negative: minus the appointment; 0: nobody. */
    public long visit(final long line) {
        return Memory.getLong(rows.at(line) + VISIT);
    }

    public void visit(final long line, final long visit) {
        Memory.putLong(rows.at(line) + VISIT, visit);
    }

    /** The live stamp of the line, 0 = none. */
    public long stamp(final long line) {
        return Memory.getLong(rows.at(line) + STAMP);
    }

    public void stamp(final long line, final long stampId) {
        Memory.putLong(rows.at(line) + STAMP, stampId);
    }

    /** Slot of the person while the line is open. */
    public int person(final long line) {
        return Memory.getInt(rows.at(line) + PERSON);
    }

    void person(final long line, final int slot) {
        Memory.putInt(rows.at(line) + PERSON, slot);
    }

    public long personKey(final long line) {
        return Memory.getLong(rows.at(line) + PERSON_KEY);
    }

    public int service(final long line) {
        return Memory.getByte(rows.at(line) + SERVICE);
    }

    public int quantity(final long line) {
        return Memory.getByte(rows.at(line) + QUANTITY);
    }

    /** 0 = unknown. */
    public int registeredPost(final long line) {
        return Memory.getShort(rows.at(line) + REGISTERED);
    }

    /** Value of AgeBand. */
    public int ageBand(final long line) {
        return Memory.getByte(rows.at(line) + AGE_BAND);
    }

    /** Value of Priority. */
    public int priority(final long line) {
        return Memory.getByte(rows.at(line) + PRIORITY);
    }

    /** 1 = somebody else acts for the person. */
    public int representative(final long line) {
        return Memory.getByte(rows.at(line) + REPRESENTATIVE);
    }

    void add(final long line, final long personKey, final int person, final int service, final int registeredPost, final int quantity,
             final int ageBand, final int priority, final int representative, final int state) {
        final long at = rows.add(line);
        Memory.putLong(at + PERSON_KEY, personKey);
        Memory.putInt(at + PERSON, person);
        Memory.putShort(at + REGISTERED, registeredPost);
        Memory.putByte(at + SERVICE, service);
        Memory.putByte(at + QUANTITY, quantity);
        Memory.putByte(at + AGE_BAND, ageBand);
        Memory.putByte(at + PRIORITY, priority);
        Memory.putByte(at + REPRESENTATIVE, representative);
        Memory.putByte(at + STATE, state);
    }

    NumberedRows rows() {
        return rows;
    }
}
