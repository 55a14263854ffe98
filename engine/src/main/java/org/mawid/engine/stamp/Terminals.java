package org.mawid.engine.stamp;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Rows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.TerminalRowDecoder;

/** Payment terminals by id, 1 to 65 535: at which post, what is under way there, and the batch that is open. */
public final class Terminals {
    /** Highest id. */
    public static final int MOST = 65_535;
    private static final int CODE_BYTES = 32;
    private static final int BATCH = TerminalRowDecoder.batchIdEncodingOffset();
    private static final int PAYMENT = TerminalRowDecoder.paymentEncodingOffset();
    private static final int POST = TerminalRowDecoder.postIdEncodingOffset();
    private static final int ENABLED = TerminalRowDecoder.enabledEncodingOffset();
    private static final int DEFINED = TerminalRowDecoder.definedEncodingOffset();
    private static final int CODE = TerminalRowDecoder.codeEncodingOffset();

    private final Rows rows;

    Terminals(final CoreMemory memory) {
        rows = new Rows(memory, TableIds.TERMINALS, TerminalRowDecoder.BLOCK_LENGTH);
    }

    public boolean has(final int terminal) {
        return terminal > 0 && terminal <= MOST && rows.has(terminal) && Memory.getByte(rows.at(terminal) + DEFINED) != 0;
    }

    public void define(final int terminal, final int postId, final boolean enabled, final DirectBuffer code, final int offset) {
        final long at = rows.ensure(terminal);
        Memory.putShort(at + POST, postId);
        Memory.putByte(at + ENABLED, enabled ? 1 : 0);
        Memory.put(at + CODE, code, offset, CODE_BYTES);
        Memory.putByte(at + DEFINED, 1);
    }

    public int post(final int terminal) {
        return Memory.getShort(rows.at(terminal) + POST);
    }

    public boolean isEnabled(final int terminal) {
        return Memory.getByte(rows.at(terminal) + ENABLED) != 0;
    }

    /** The payment that waits for its answer, 0 = none. */
    public long payment(final int terminal) {
        return Memory.getLong(rows.at(terminal) + PAYMENT);
    }

    public void payment(final int terminal, final long payment) {
        Memory.putLong(rows.at(terminal) + PAYMENT, payment);
    }

    /** The open batch, 0 = none. */
    public long batch(final int terminal) {
        return Memory.getLong(rows.at(terminal) + BATCH);
    }

    void batch(final int terminal, final long batch) {
        Memory.putLong(rows.at(terminal) + BATCH, batch);
    }

    /** Copies the 32 bytes of the code. */
    public void copyCode(final int terminal, final MutableDirectBuffer to, final int offset) {
        Memory.get(rows.at(terminal) + CODE, to, offset, CODE_BYTES);
    }

    void save(final StateWriter out) {
        rows.saveUsed(out, DEFINED);
    }

    void load(final StateReader in) {
        rows.load(in);
    }
}
