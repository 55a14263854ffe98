package org.mawid.engine.waiting;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.OfferRulesRowDecoder;
import org.mawid.sbe.OfferRulesRowEncoder;

/** Rules of offers, as set through the log. Units and ranges: SetOfferRules in the schema. Not in the state before they were set. */
public final class OfferRules {
    /** Bytes of the rules in the command: the row without what is reserved. */
    private static final int BYTES = OfferRulesRowDecoder.reservedEncodingOffset();
    private static final long MINUTE_MS = 60_000L;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long DAY_MS = 24 * HOUR_MS;

    private final UnsafeBuffer row;
    private final OfferRulesRowDecoder read = new OfferRulesRowDecoder();
    private boolean wereSet;
    private long offerTtlMs;
    private long noticeMs;
    private int searchDays;
    private int offersEach;

    OfferRules(final CoreMemory memory) {
        row = new UnsafeBuffer(memory.take(OfferRulesRowEncoder.BLOCK_LENGTH));
        new OfferRulesRowEncoder().wrap(row, 0).offerTtlMs(48 * HOUR_MS).noticeMs(2 * HOUR_MS).searchDays(120).offersEach((short) 3);
        read();
    }

    /** True when every value is in its range. @param offset of the first rule in the command */
    public boolean areInRange(final DirectBuffer buffer, final int offset) {
        read.wrap(buffer, offset, OfferRulesRowDecoder.BLOCK_LENGTH, OfferRulesRowDecoder.SCHEMA_VERSION);
        return within(read.offerTtlMs(), 5 * MINUTE_MS, 14 * DAY_MS)
                && within(read.noticeMs(), 0, 7 * DAY_MS)
                && within(read.searchDays(), 1, 420)
                && within(read.offersEach(), 1, 10);
    }

    /** Replaces all. */
    public void set(final DirectBuffer buffer, final int offset) {
        row.putBytes(0, buffer, offset, BYTES);
        wereSet = true;
        read();
    }

    /** False while the defaults are in force. */
    public boolean wereSet() {
        return wereSet;
    }

    /** How long an offer lives, ms. */
    public long offerTtlMs() {
        return offerTtlMs;
    }

    /** How long before its start a visit can be offered at the latest, ms. */
    public long noticeMs() {
        return noticeMs;
    }

    /** Dates from the lost one on that are looked at. */
    public int searchDays() {
        return searchDays;
    }

    /** Offers that nobody answers until there are no more. */
    public int offersEach() {
        return offersEach;
    }

    void save(final StateWriter out) {
        if (wereSet) {
            out.rows(TableIds.OFFER_RULES, OfferRulesRowDecoder.BLOCK_LENGTH, 0, 1, row, 0);
        }
    }

    void load(final StateReader in) {
        Invariant.that(in.rowBytes() <= OfferRulesRowDecoder.BLOCK_LENGTH, "rules of a snapshot are known to this build", in.rowBytes());
        set(in.buffer(), in.offset());
    }

    private void read() {
        read.wrap(row, 0, OfferRulesRowDecoder.BLOCK_LENGTH, OfferRulesRowDecoder.SCHEMA_VERSION);
        offerTtlMs = read.offerTtlMs();
        noticeMs = read.noticeMs();
        searchDays = read.searchDays();
        offersEach = read.offersEach();
    }

    private static boolean within(final long value, final long least, final long most) {
        return value >= least && value <= most;
    }
}
