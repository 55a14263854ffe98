package org.mawid.engine.catalogue;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.StampRulesRowDecoder;
import org.mawid.sbe.StampRulesRowEncoder;

/** Times and limits of payments and stamps, as set through the log. Units and ranges: SetStampRules in the schema. Not in the state before they were set. */
public final class StampRules {
    private static final long SECOND_MS = 1_000L;
    private static final long HOUR_MS = 3_600 * SECOND_MS;
    private static final long DAY_MS = 24 * HOUR_MS;
    private static final long MOST_PAYMENTS = 100_000_000L;
    private static final long MOST_BREAKS = 10_000_000L;

    private final UnsafeBuffer row;
    private final StampRulesRowDecoder proposed = new StampRulesRowDecoder();
    private final StampRulesRowDecoder inForce = new StampRulesRowDecoder();
    private boolean wereSet;
    private long pendingMs;
    private long lapseMs;
    private long validityMs;
    private long maxPayments;
    private long maxBreaks;

    StampRules(final CoreMemory memory) {
        row = new UnsafeBuffer(memory.take(StampRulesRowEncoder.BLOCK_LENGTH));
        new StampRulesRowEncoder().wrap(row, 0).pendingMs(600 * SECOND_MS).lapseMs(180 * DAY_MS).validityMs(730 * DAY_MS).maxPayments(24_000_000).maxBreaks(1_000_000);
        read();
    }

    /** True when every value is in its range; the block has the layout of StampRulesRow. What is in use is the caller's question. */
    public boolean areInRange(final DirectBuffer buffer, final int offset) {
        proposed.wrap(buffer, offset, StampRulesRowDecoder.BLOCK_LENGTH, StampRulesRowDecoder.SCHEMA_VERSION);
        return within(proposed.pendingMs(), 10 * SECOND_MS, DAY_MS)
                && within(proposed.lapseMs(), HOUR_MS, 1_826 * DAY_MS)
                && within(proposed.validityMs(), DAY_MS, 7_305 * DAY_MS)
                && within(proposed.maxPayments(), 1, MOST_PAYMENTS)
                && within(proposed.maxBreaks(), 1, MOST_BREAKS);
    }

    /** The values that {@link #areInRange} was asked about. */
    public StampRulesRowDecoder proposed() {
        return proposed;
    }

    /** Replaces all. */
    public void set(final DirectBuffer buffer, final int offset) {
        row.putBytes(0, buffer, offset, StampRulesRowDecoder.BLOCK_LENGTH);
        wereSet = true;
        read();
    }

    /** False while the defaults are in force. */
    public boolean wereSet() {
        return wereSet;
    }

    /** The block of StampRulesRow. */
    public DirectBuffer row() {
        return row;
    }

    public long pendingMs() {
        return pendingMs;
    }

    public long lapseMs() {
        return lapseMs;
    }

    public long validityMs() {
        return validityMs;
    }

    public long maxPayments() {
        return maxPayments;
    }

    public long maxBreaks() {
        return maxBreaks;
    }

    void save(final StateWriter out) {
        if (wereSet) {
            out.rows(TableIds.STAMP_RULES, StampRulesRowDecoder.BLOCK_LENGTH, 0, 1, row, 0);
        }
    }

    void load(final StateReader in) {
        Invariant.that(in.rowBytes() <= StampRulesRowDecoder.BLOCK_LENGTH, "rules of a snapshot are known to this build", in.rowBytes());
        set(in.buffer(), in.offset());
    }

    private void read() {
        inForce.wrap(row, 0, StampRulesRowDecoder.BLOCK_LENGTH, StampRulesRowDecoder.SCHEMA_VERSION);
        pendingMs = inForce.pendingMs();
        lapseMs = inForce.lapseMs();
        validityMs = inForce.validityMs();
        maxPayments = inForce.maxPayments();
        maxBreaks = inForce.maxBreaks();
    }

    private static boolean within(final long value, final long least, final long most) {
        return value >= least && value <= most;
    }
}
