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
import org.mawid.sbe.BatchReturnsRowDecoder;
import org.mawid.sbe.ReturnOpenedEncoder;
import org.mawid.sbe.ReturnRowDecoder;
import org.mawid.sbe.ReturnState;

/**
 * Money that has gone back after it was settled, by number: the treasury's statement will take it again. Empty before core version 4. A batch that is
 * settled as a whole settles the returns among its undone in one step: they are due only while the batch is known here.
 */
public final class Returns {
    private static final int PAYMENT = ReturnRowDecoder.paymentIdEncodingOffset();
    private static final int APPLICATION = ReturnRowDecoder.applicationIdEncodingOffset();
    private static final int STAMP = ReturnRowDecoder.stampIdEncodingOffset();
    private static final int BATCH = ReturnRowDecoder.batchIdEncodingOffset();
    private static final int AMOUNT = ReturnRowDecoder.amountMinorEncodingOffset();
    private static final int SETTLED_BY = ReturnRowDecoder.settledByEncodingOffset();
    private static final int OPENED_MS = ReturnRowDecoder.openedMsEncodingOffset();
    private static final int POST = ReturnRowDecoder.postIdEncodingOffset();
    private static final int STATE = ReturnRowDecoder.stateEncodingOffset();
    private static final int CURRENCY = ReturnRowDecoder.currencyEncodingOffset();
    private static final int DUE = BatchReturnsRowDecoder.dueEncodingOffset();
    private static final int KNOWN = BatchReturnsRowDecoder.knownEncodingOffset();

    private final NumberedRows rows;
    private final NumberedRows ofBatch;
    /** Those that were not settled by themselves, by payment: what keeps its application from being retired. */
    private final TagIndex ofPayment;
    private final Emitter events;
    private long next = 1;

    Returns(final CoreMemory memory, final Emitter events) {
        rows = new NumberedRows(memory, TableIds.RETURNS, ReturnRowDecoder.BLOCK_LENGTH, STATE);
        ofBatch = new NumberedRows(memory, TableIds.BATCH_RETURNS, BatchReturnsRowDecoder.BLOCK_LENGTH, KNOWN);
        ofPayment = new TagIndex(memory);
        this.events = events;
    }

    public boolean has(final long number) {
        return rows.has(number);
    }

    /** Whether the treasury's statement has not had it yet, by itself or with its batch. */
    public boolean isDue(final long number) {
        return !isSettledAlone(number) && ofBatch.has(batch(number));
    }

    public boolean isSettledAlone(final long number) {
        return Memory.getByte(rows.at(number) + STATE) == ReturnState.SETTLED.value();
    }

    /** Whether one is due among the undone of this batch. */
    boolean hasDue(final long batch) {
        return ofBatch.has(batch);
    }

    /** Whether one is due of this payment. */
    boolean isDueOf(final long payment) {
        for (long slot = ofPayment.first(ofPayment.hash(payment)); slot >= 0; slot = ofPayment.next()) {
            if (payment(slot) == payment && isDue(slot)) {
                return true;
            }
        }
        return false;
    }

    /** Tells it. @param stamp that was refunded, 0 = the whole payment went back @param batch that it has joined, not settled */
    void open(final long payment, final long application, final long stamp, final long batch, final int postId, final int currency, final long minor, final long nowMs) {
        final long number = next++;
        final long at = rows.add(number);
        Memory.putLong(at + PAYMENT, payment);
        Memory.putLong(at + APPLICATION, application);
        Memory.putLong(at + STAMP, stamp);
        Memory.putLong(at + BATCH, batch);
        Memory.putLong(at + AMOUNT, minor);
        Memory.putLong(at + OPENED_MS, nowMs);
        Memory.putShort(at + POST, postId);
        Memory.putByte(at + STATE, ReturnState.DUE.value());
        StampLedger.putCurrency(at + CURRENCY, currency);
        ofPayment.add(ofPayment.hash(payment), (int) number);
        final long due = ofBatch.has(batch) ? ofBatch.at(batch) : ofBatch.add(batch);
        Memory.putInt(due + DUE, Memory.getInt(due + DUE) + 1);
        Memory.putByte(due + KNOWN, 1);
        final long block = events.beginAt(ReturnOpenedEncoder.TEMPLATE_ID, ReturnOpenedEncoder.BLOCK_LENGTH, postId);
        Memory.putLong(block + ReturnOpenedEncoder.returnIdEncodingOffset(), number);
        Memory.putLong(block + ReturnOpenedEncoder.paymentIdEncodingOffset(), payment);
        Memory.putLong(block + ReturnOpenedEncoder.applicationIdEncodingOffset(), application);
        Memory.putLong(block + ReturnOpenedEncoder.stampIdEncodingOffset(), stamp);
        Memory.putLong(block + ReturnOpenedEncoder.batchIdEncodingOffset(), batch);
        Memory.putLong(block + ReturnOpenedEncoder.amountMinorEncodingOffset(), minor);
        StampLedger.putCurrency(block + ReturnOpenedEncoder.currencyEncodingOffset(), currency);
        events.endAt(block + ReturnOpenedEncoder.BLOCK_LENGTH);
    }

    /** It is due, and was settled by itself. */
    void settled(final long number, final long entryHash) {
        Memory.putByte(rows.at(number) + STATE, ReturnState.SETTLED.value());
        Memory.putLong(rows.at(number) + SETTLED_BY, entryHash);
        ofPayment.remove(ofPayment.hash(payment(number)), (int) number);
        final long due = ofBatch.at(batch(number));
        final int left = Memory.getInt(due + DUE) - 1;
        Memory.putInt(due + DUE, left);
        if (left == 0) {
            ofBatch.remove(batch(number));
        }
    }

    /** A batch was settled as a whole, and what is due in it with it. */
    void batchSettled(final long batch) {
        if (ofBatch.has(batch)) {
            ofBatch.remove(batch);
        }
    }

    /** None of a payment that leaves memory is due: nobody asks for it by its payment any more. */
    void forget(final long payment) {
        for (long number = find(payment); number != 0; number = find(payment)) {
            ofPayment.remove(ofPayment.hash(payment), (int) number);
        }
    }

    private long find(final long payment) {
        for (long slot = ofPayment.first(ofPayment.hash(payment)); slot >= 0; slot = ofPayment.next()) {
            if (payment(slot) == payment) {
                return slot;
            }
        }
        return 0;
    }

    public long payment(final long number) {
        return Memory.getLong(rows.at(number) + PAYMENT);
    }

    public long application(final long number) {
        return Memory.getLong(rows.at(number) + APPLICATION);
    }

    /** That was refunded, 0 = the whole payment went back. */
    public long stamp(final long number) {
        return Memory.getLong(rows.at(number) + STAMP);
    }

    /** The batch among whose undone it is. */
    public long batch(final long number) {
        return Memory.getLong(rows.at(number) + BATCH);
    }

    /** Minor units of its currency. */
    public long amountMinor(final long number) {
        return Memory.getLong(rows.at(number) + AMOUNT);
    }

    /** Hash of the statement and entry that settled it by itself, 0 = none. */
    public long settledBy(final long number) {
        return Memory.getLong(rows.at(number) + SETTLED_BY);
    }

    public long openedMs(final long number) {
        return Memory.getLong(rows.at(number) + OPENED_MS);
    }

    public int post(final long number) {
        return Memory.getShort(rows.at(number) + POST);
    }

    /** Three letters, the first in the lowest byte. */
    public int currency(final long number) {
        return StampLedger.currencyAt(rows.at(number) + CURRENCY);
    }

    /** One more than the highest number so far. */
    public long end() {
        return next;
    }

    /** See {@link NumberedRows#next}. */
    public long next(final long from, final int max) {
        return rows.next(from, next, max);
    }

    void save(final StateWriter out) {
        rows.save(out);
        ofBatch.save(out);
    }

    boolean load(final StateReader in) {
        switch (in.tableId()) {
            case TableIds.RETURNS -> {
                rows.load(in);
                for (int i = 0; i < in.count(); i++) {
                    next = rows.has(in.firstNumber() + i) ? in.firstNumber() + i + 1 : next;
                }
            }
            case TableIds.BATCH_RETURNS -> ofBatch.load(in);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Finds again which payments have some. */
    void loaded() {
        for (long number = next(1, Integer.MAX_VALUE); number < next; number = next(number + 1, Integer.MAX_VALUE)) {
            if (isDue(number)) {
                ofPayment.add(ofPayment.hash(payment(number)), (int) number);
            }
        }
    }

    void check(final Batches batches) {
        rows.check();
        ofBatch.check();
        long due = 0;
        for (long number = next(1, Integer.MAX_VALUE); number < next; number = next(number + 1, Integer.MAX_VALUE)) {
            final long batch = batch(number);
            Invariant.that(batches.has(batch) && batches.post(batch) == post(number) && batches.currency(batch) == currency(number), "a return is among the undone of a batch of its book",
                    number, batch);
            Invariant.that(amountMinor(number) > 0 && amountMinor(number) <= batches.undoneMinor(batch), "a return is a part of what was undone", number, amountMinor(number));
            due += isDue(number) ? 1 : 0;
            Invariant.that(!isDue(number) || isDueOf(payment(number)), "a return that is due is found by its payment", number, payment(number));
        }
        long counted = 0;
        for (long batch = ofBatch.next(1, batches.end(), Integer.MAX_VALUE); batch < batches.end(); batch = ofBatch.next(batch + 1, batches.end(), Integer.MAX_VALUE)) {
            Invariant.that(!batches.isSettled(batch), "a batch that is settled has nothing due", batch);
            counted += Memory.getInt(ofBatch.at(batch) + DUE);
        }
        Invariant.that(due == counted, "returns that are due are counted by batch", due, counted);
    }
}
