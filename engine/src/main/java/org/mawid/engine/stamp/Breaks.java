package org.mawid.engine.stamp;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.engine.kernel.TagIndex;
import org.mawid.sbe.BreakAssignedEncoder;
import org.mawid.sbe.BreakOpenedEncoder;
import org.mawid.sbe.BreakResolvedEncoder;
import org.mawid.sbe.BreakRowDecoder;
import org.mawid.sbe.BreakState;
import org.mawid.sbe.BreakType;

/** What does not agree, by number; those that are open also by key. Nothing here resolves itself. */
public final class Breaks {
    private static final int KEY = BreakRowDecoder.keyEncodingOffset();
    private static final int PAYMENT = BreakRowDecoder.paymentIdEncodingOffset();
    private static final int BATCH = BreakRowDecoder.batchIdEncodingOffset();
    private static final int OURS = BreakRowDecoder.ourMinorEncodingOffset();
    private static final int THEIRS = BreakRowDecoder.theirMinorEncodingOffset();
    private static final int DETAIL = BreakRowDecoder.detailHashEncodingOffset();
    private static final int OWNER = BreakRowDecoder.ownerEncodingOffset();
    private static final int OPENED_MS = BreakRowDecoder.openedMsEncodingOffset();
    private static final int RESOLVED_MS = BreakRowDecoder.resolvedMsEncodingOffset();
    private static final int RESOLVED_BY = BreakRowDecoder.resolvedByEncodingOffset();
    private static final int REASON_HASH = BreakRowDecoder.reasonHashEncodingOffset();
    private static final int REASON = BreakRowDecoder.reasonCodeEncodingOffset();
    private static final int POST = BreakRowDecoder.postIdEncodingOffset();
    private static final int TYPE = BreakRowDecoder.breakTypeEncodingOffset();
    private static final int STATE = BreakRowDecoder.stateEncodingOffset();
    private static final int CURRENCY = BreakRowDecoder.currencyEncodingOffset();
    private static final int TYPE_SHIFT = 56;

    private final NumberedRows rows;
    private final TagIndex open;
    private final Emitter events;
    private final BreakAssignedEncoder assigned = new BreakAssignedEncoder();
    private final BreakResolvedEncoder resolved = new BreakResolvedEncoder();
    private long next = 1;
    private long count;
    private long openCount;

    Breaks(final CoreMemory memory, final Emitter events) {
        rows = new NumberedRows(memory, TableIds.BREAKS, BreakRowDecoder.BLOCK_LENGTH, STATE);
        open = new TagIndex(memory);
        this.events = events;
    }

    public boolean has(final long number) {
        return rows.has(number);
    }

    public boolean isOpen(final long number) {
        return state(number) == BreakState.OPEN.value();
    }

    /** The open break of this key, 0 = none. */
    public long find(final long key) {
        for (long slot = open.first(open.hash(key)); slot >= 0; slot = open.next()) {
            if (key(slot) == key) {
                return slot;
            }
        }
        return 0;
    }

    /** What the core finds by itself, unless it is open already. @param number of a payment or batch */
    public void found(final BreakType type, final long number, final long payment, final long batch, final int postId, final int currency, final long ours, final long theirs,
                      final long nowMs) {
        final long key = (long) type.value() << TYPE_SHIFT | number;
        if (find(key) == 0) {
            open(key, type.value(), payment, batch, postId, currency, ours, theirs, 0, nowMs);
        }
    }

    public long open(final long key, final int type, final long payment, final long batch, final int postId, final int currency, final long ours, final long theirs,
                     final long detailHash, final long nowMs) {
        final long number = next++;
        final long at = rows.add(number);
        Memory.putLong(at + KEY, key);
        Memory.putLong(at + PAYMENT, payment);
        Memory.putLong(at + BATCH, batch);
        Memory.putLong(at + OURS, ours);
        Memory.putLong(at + THEIRS, theirs);
        Memory.putLong(at + DETAIL, detailHash);
        Memory.putLong(at + OPENED_MS, nowMs);
        Memory.putShort(at + POST, postId);
        Memory.putByte(at + TYPE, type);
        Memory.putByte(at + STATE, BreakState.OPEN.value());
        StampLedger.putCurrency(at + CURRENCY, currency);
        open.add(open.hash(key), (int) number);
        count++;
        openCount++;
        final long block = events.beginAt(BreakOpenedEncoder.TEMPLATE_ID, BreakOpenedEncoder.BLOCK_LENGTH, postId);
        Memory.putLong(block + BreakOpenedEncoder.breakIdEncodingOffset(), number);
        Memory.putLong(block + BreakOpenedEncoder.keyEncodingOffset(), key);
        Memory.putLong(block + BreakOpenedEncoder.paymentIdEncodingOffset(), payment);
        Memory.putLong(block + BreakOpenedEncoder.batchIdEncodingOffset(), batch);
        Memory.putLong(block + BreakOpenedEncoder.ourMinorEncodingOffset(), ours);
        Memory.putLong(block + BreakOpenedEncoder.theirMinorEncodingOffset(), theirs);
        Memory.putLong(block + BreakOpenedEncoder.detailHashEncodingOffset(), detailHash);
        Memory.putByte(block + BreakOpenedEncoder.breakTypeEncodingOffset(), type);
        StampLedger.putCurrency(block + BreakOpenedEncoder.currencyEncodingOffset(), currency);
        events.endAt(block + BreakOpenedEncoder.BLOCK_LENGTH);
        return number;
    }

    public void assign(final long number, final long owner, final long actor) {
        Memory.putLong(rows.at(number) + OWNER, owner);
        final int block = events.begin(BreakAssignedEncoder.TEMPLATE_ID, BreakAssignedEncoder.BLOCK_LENGTH, post(number));
        assigned.wrap(events.buffer(), block).breakId(number).owner(owner).actor(actor);
        events.end(assigned.limit());
    }

    public void resolve(final long number, final long actor, final int reasonCode, final long reasonHash, final long nowMs) {
        final long at = rows.at(number);
        Memory.putLong(at + RESOLVED_MS, nowMs);
        Memory.putLong(at + RESOLVED_BY, actor);
        Memory.putLong(at + REASON_HASH, reasonHash);
        Memory.putShort(at + REASON, reasonCode);
        Memory.putByte(at + STATE, BreakState.RESOLVED.value());
        open.remove(open.hash(key(number)), (int) number);
        openCount--;
        final int block = events.begin(BreakResolvedEncoder.TEMPLATE_ID, BreakResolvedEncoder.BLOCK_LENGTH, post(number));
        resolved.wrap(events.buffer(), block).breakId(number).actor(actor).reasonHash(reasonHash).reasonCode(reasonCode);
        events.end(resolved.limit());
    }

    public long key(final long number) {
        return Memory.getLong(rows.at(number) + KEY);
    }

    public long payment(final long number) {
        return Memory.getLong(rows.at(number) + PAYMENT);
    }

    public long batch(final long number) {
        return Memory.getLong(rows.at(number) + BATCH);
    }

    public long ourMinor(final long number) {
        return Memory.getLong(rows.at(number) + OURS);
    }

    public long theirMinor(final long number) {
        return Memory.getLong(rows.at(number) + THEIRS);
    }

    public long detailHash(final long number) {
        return Memory.getLong(rows.at(number) + DETAIL);
    }

    /** Who looks after it, 0 = nobody. */
    public long owner(final long number) {
        return Memory.getLong(rows.at(number) + OWNER);
    }

    public long openedMs(final long number) {
        return Memory.getLong(rows.at(number) + OPENED_MS);
    }

    public long resolvedMs(final long number) {
        return Memory.getLong(rows.at(number) + RESOLVED_MS);
    }

    public long resolvedBy(final long number) {
        return Memory.getLong(rows.at(number) + RESOLVED_BY);
    }

    public long reasonHash(final long number) {
        return Memory.getLong(rows.at(number) + REASON_HASH);
    }

    public int reason(final long number) {
        return Memory.getShort(rows.at(number) + REASON);
    }

    public int post(final long number) {
        return Memory.getShort(rows.at(number) + POST);
    }

    /** Value of {@link BreakType}. */
    public int type(final long number) {
        return Memory.getByte(rows.at(number) + TYPE);
    }

    /** Value of {@link BreakState}. */
    public int state(final long number) {
        return Memory.getByte(rows.at(number) + STATE);
    }

    public int currency(final long number) {
        return StampLedger.currencyAt(rows.at(number) + CURRENCY);
    }

    public long count() {
        return count;
    }

    public long openCount() {
        return openCount;
    }

    public long end() {
        return next;
    }

    /** See {@link NumberedRows#next}. */
    public long next(final long from, final int max) {
        return rows.next(from, next, max);
    }

    void save(final StateWriter out) {
        rows.save(out);
    }

    void load(final StateReader in) {
        rows.load(in);
    }

    void loaded(final long nextNumber, final long rowCount, final long ofThemOpen) {
        next = Math.max(1, nextNumber);
        count = rowCount;
        openCount = ofThemOpen;
        for (long number = next(1, Integer.MAX_VALUE); number < next; number = next(number + 1, Integer.MAX_VALUE)) {
            if (isOpen(number)) {
                open.add(open.hash(key(number)), (int) number);
            }
        }
    }

    void check() {
        rows.check();
        Invariant.that(rows.count() == count, "breaks are counted", rows.count(), count);
        long found = 0;
        for (long number = next(1, Integer.MAX_VALUE); number < next; number = next(number + 1, Integer.MAX_VALUE)) {
            found += isOpen(number) ? 1 : 0;
            Invariant.that(!isOpen(number) || find(key(number)) == number, "an open break is found by its key", number);
        }
        Invariant.that(found == openCount, "open breaks are counted", found, openCount);
    }
}
