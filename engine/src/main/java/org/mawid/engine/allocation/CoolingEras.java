package org.mawid.engine.allocation;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.CoolingEraRowDecoder;
import org.mawid.sbe.EraState;

/** Secrets by which cooling ends: committed to by their hash, one after the other, and kept here until they are revealed. The newest is in force. */
public final class CoolingEras {
    /** Most that are not revealed. */
    public static final int MOST = 16;
    private static final int WORD = CoolingEraRowDecoder.word1EncodingOffset();
    private static final int COOLINGS = CoolingEraRowDecoder.coolingsEncodingOffset();
    private static final int STATE = CoolingEraRowDecoder.stateEncodingOffset();

    private final NumberedRows rows;
    private long inForce;
    private int count;

    CoolingEras(final CoreMemory memory) {
        rows = new NumberedRows(memory, TableIds.COOLING_ERAS, CoolingEraRowDecoder.BLOCK_LENGTH, STATE);
    }

    /** The newest, 0 = there was none. */
    public long inForce() {
        return inForce;
    }

    /** Those whose secret is not revealed. */
    public int count() {
        return count;
    }

    public boolean has(final long era) {
        return rows.has(era);
    }

    /** @param index 0 to 3 */
    public long word(final long era, final int index) {
        return Memory.getLong(rows.at(era) + WORD + Long.BYTES * index);
    }

    /** Runs of it that cool. */
    public long coolings(final long era) {
        return Memory.getInt(rows.at(era) + COOLINGS) & 0xFFFF_FFFFL;
    }

    void countCooling(final long era, final int change) {
        if (era != 0) {
            Memory.putInt(rows.at(era) + COOLINGS, (int) coolings(era) + change);
        }
    }

    /** The oldest that decides nothing any more, 0 = each still does. */
    public long oldestIdle() {
        long era = next(1, Integer.MAX_VALUE);
        while (era < inForce && coolings(era) != 0) {
            era = next(era + 1, Integer.MAX_VALUE);
        }
        return era < inForce ? era : 0;
    }

    /** The next one is in force. */
    public void commit(final long era, final long word1, final long word2, final long word3, final long word4) {
        final long at = rows.add(era);
        Memory.putLong(at + WORD, word1);
        Memory.putLong(at + WORD + Long.BYTES, word2);
        Memory.putLong(at + WORD + 2 * Long.BYTES, word3);
        Memory.putLong(at + WORD + 3 * Long.BYTES, word4);
        Memory.putByte(at + STATE, EraState.COMMITTED.value());
        inForce = era;
        count++;
    }

    /** Its secret is in the log, or is not awaited: it needs no row any more. */
    public void forget(final long era) {
        rows.remove(era);
        count--;
    }

    /** See {@link NumberedRows#next}. */
    public long next(final long from, final int max) {
        return rows.next(from, inForce + 1, max);
    }

    void save(final StateWriter out) {
        rows.save(out);
    }

    void load(final StateReader in) {
        rows.load(in);
    }

    void loaded(final long eraInForce) {
        inForce = eraInForce;
        count = (int) rows.count();
    }

    void check() {
        rows.check();
    }
}
