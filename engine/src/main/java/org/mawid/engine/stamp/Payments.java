package org.mawid.engine.stamp;

import org.mawid.engine.kernel.Ahead;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.DeadlineHeap;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.StateHash;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.engine.kernel.TagIndex;
import org.mawid.sbe.ApplicationPaymentsRowDecoder;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentRowDecoder;
import org.mawid.sbe.PaymentState;

/** Payments by number, those of an application as a chain, the deadlines of those that wait for an answer, and which transactions were recorded. */
public final class Payments implements DeadlineHeap.Owner {
    /** Payments that one application ever has. */
    public static final int MOST_OF_ONE_APPLICATION = 256;
    static final int TRANSACTION_BYTES = PaymentRowDecoder.transactionLength();
    static final int SCHEME_BYTES = PaymentRowDecoder.schemeLength();
    static final int AUTHORISATION_BYTES = PaymentRowDecoder.authorisationCodeLength();
    /** Of the processor's cache. */
    private static final int LINE = 64;
    private static final int APPLICATION = PaymentRowDecoder.applicationIdEncodingOffset();
    private static final int FIRST_STAMP = PaymentRowDecoder.firstStampEncodingOffset();
    private static final int PREVIOUS = PaymentRowDecoder.previousEncodingOffset();
    private static final int ORIGIN = PaymentRowDecoder.originEncodingOffset();
    private static final int BATCH = PaymentRowDecoder.batchIdEncodingOffset();
    private static final int COLLECTOR = PaymentRowDecoder.collectorEncodingOffset();
    private static final int AMOUNT = PaymentRowDecoder.amountMinorEncodingOffset();
    private static final int CENTIMES = PaymentRowDecoder.amountCentimesEncodingOffset();
    private static final int RECEIVED = PaymentRowDecoder.receivedMinorEncodingOffset();
    private static final int STARTED_MS = PaymentRowDecoder.startedMsEncodingOffset();
    private static final int CHANGED_MS = PaymentRowDecoder.changedMsEncodingOffset();
    private static final int DEADLINE_SLOT = PaymentRowDecoder.deadlineSlotEncodingOffset();
    private static final int TERMINAL = PaymentRowDecoder.terminalIdEncodingOffset();
    private static final int DAY = PaymentRowDecoder.epochDayEncodingOffset();
    private static final int RECEIPT = PaymentRowDecoder.receiptEncodingOffset();
    private static final int TRANSACTION = PaymentRowDecoder.transactionEncodingOffset();
    private static final int SCHEME = PaymentRowDecoder.schemeEncodingOffset();
    private static final int AUTHORISATION = PaymentRowDecoder.authorisationCodeEncodingOffset();
    private static final int LAST_FOUR = PaymentRowDecoder.lastFourEncodingOffset();
    private static final int REASON = PaymentRowDecoder.reasonCodeEncodingOffset();
    private static final int POST = PaymentRowDecoder.postIdEncodingOffset();
    private static final int STAMPS = PaymentRowDecoder.stampCountEncodingOffset();
    private static final int MEANS = PaymentRowDecoder.meansEncodingOffset();
    private static final int STATE = PaymentRowDecoder.stateEncodingOffset();
    private static final int PERSON = PaymentRowDecoder.waitsForPersonEncodingOffset();
    private static final int SETTLED = PaymentRowDecoder.settledEncodingOffset();
    private static final int SETTLED_BY = PaymentRowDecoder.settledByEncodingOffset();
    private static final int CURRENCY = PaymentRowDecoder.currencyEncodingOffset();
    private static final int RECEIVED_CURRENCY = PaymentRowDecoder.receivedCurrencyEncodingOffset();
    private static final int LAST = ApplicationPaymentsRowDecoder.lastPaymentEncodingOffset();
    private static final int COUNT = ApplicationPaymentsRowDecoder.countEncodingOffset();
    private static final int KNOWN = ApplicationPaymentsRowDecoder.knownEncodingOffset();

    private final NumberedRows rows;
    private final NumberedRows byApplication;
    private final DeadlineHeap deadlines;
    private final TagIndex transactions;
    private long next = 1;
    private long count;

    Payments(final CoreMemory memory) {
        rows = new NumberedRows(memory, TableIds.PAYMENTS, PaymentRowDecoder.BLOCK_LENGTH, STATE);
        byApplication = new NumberedRows(memory, TableIds.APPLICATION_PAYMENTS, ApplicationPaymentsRowDecoder.BLOCK_LENGTH, KNOWN);
        deadlines = new DeadlineHeap(memory, TableIds.PAYMENT_DEADLINES, this);
        transactions = new TagIndex(memory);
    }

    public boolean has(final long payment) {
        return rows.has(payment);
    }

    /** Number of the payment that was begun last, 0 before the first. */
    public long last() {
        return next - 1;
    }

    /** The application's last payment, 0 = none; the others by {@link #previous}. */
    public long lastOf(final long application) {
        return byApplication.has(application) ? Memory.getLong(byApplication.at(application) + LAST) : 0;
    }

    /** How many payments the application ever had. */
    public int countOf(final long application) {
        return byApplication.has(application) ? Memory.getInt(byApplication.at(application) + COUNT) : 0;
    }

    /** A payment that is PENDING and has no stamps yet. */
    long open(final long application, final int postId, final int means, final int terminal, final int epochDay, final long collector, final int currency, final long nowMs) {
        final long payment = next++;
        final long at = rows.add(payment);
        final long chain = byApplication.has(application) ? byApplication.at(application) : byApplication.add(application);
        Memory.putLong(at + APPLICATION, application);
        Memory.putLong(at + PREVIOUS, Memory.getLong(chain + LAST));
        Memory.putLong(at + COLLECTOR, collector);
        Memory.putLong(at + STARTED_MS, nowMs);
        Memory.putLong(at + CHANGED_MS, nowMs);
        Memory.putInt(at + TERMINAL, terminal);
        Memory.putInt(at + DAY, epochDay);
        Memory.putShort(at + LAST_FOUR, NO_LAST_FOUR);
        Memory.putShort(at + POST, postId);
        Memory.putByte(at + MEANS, means);
        Memory.putByte(at + STATE, PaymentState.PENDING.value());
        StampLedger.putCurrency(at + CURRENCY, currency);
        StampLedger.putCurrency(at + RECEIVED_CURRENCY, currency);
        Memory.putLong(chain + LAST, payment);
        Memory.putInt(chain + COUNT, Memory.getInt(chain + COUNT) + 1);
        Memory.putByte(chain + KNOWN, 1);
        count++;
        return payment;
    }

    /** Value of lastFour when it is not known. */
    public static final int NO_LAST_FOUR = 10_000;

    public long application(final long payment) {
        return Memory.getLong(rows.at(payment) + APPLICATION);
    }

    /** The first stamp that it pays for, 0 = none (any more); the others by {@link Lives#next}. */
    public long firstStamp(final long payment) {
        return Memory.getLong(rows.at(payment) + FIRST_STAMP);
    }

    void firstStamp(final long payment, final long stamp) {
        Memory.putLong(rows.at(payment) + FIRST_STAMP, stamp);
    }

    public int stampCount(final long payment) {
        return Memory.getByte(rows.at(payment) + STAMPS);
    }

    void stampCount(final long payment, final int stamps) {
        Memory.putByte(rows.at(payment) + STAMPS, stamps);
    }

    /** The application's payment before it, 0 = none. */
    public long previous(final long payment) {
        return Memory.getLong(rows.at(payment) + PREVIOUS);
    }

    public long origin(final long payment) {
        return Memory.getLong(rows.at(payment) + ORIGIN);
    }

    void origin(final long payment, final long origin) {
        Memory.putLong(rows.at(payment) + ORIGIN, origin);
    }

    /** In which its money is settled, 0 = none. */
    public long batch(final long payment) {
        return Memory.getLong(rows.at(payment) + BATCH);
    }

    void batch(final long payment, final long batch) {
        Memory.putLong(rows.at(payment) + BATCH, batch);
    }

    public long collector(final long payment) {
        return Memory.getLong(rows.at(payment) + COLLECTOR);
    }

    /** What is due, minor units of its currency. */
    public long amountMinor(final long payment) {
        return Memory.getLong(rows.at(payment) + AMOUNT);
    }

    public long amountCentimes(final long payment) {
        return Memory.getLong(rows.at(payment) + CENTIMES);
    }

    void due(final long payment, final long amountMinor, final long amountCentimes) {
        Memory.putLong(rows.at(payment) + AMOUNT, amountMinor);
        Memory.putLong(rows.at(payment) + CENTIMES, amountCentimes);
    }

    /** What was charged and not given back. */
    public long receivedMinor(final long payment) {
        return Memory.getLong(rows.at(payment) + RECEIVED);
    }

    void receivedMinor(final long payment, final long minor) {
        Memory.putLong(rows.at(payment) + RECEIVED, minor);
    }

    public long startedMs(final long payment) {
        return Memory.getLong(rows.at(payment) + STARTED_MS);
    }

    public long changedMs(final long payment) {
        return Memory.getLong(rows.at(payment) + CHANGED_MS);
    }

    void changedMs(final long payment, final long nowMs) {
        Memory.putLong(rows.at(payment) + CHANGED_MS, nowMs);
    }

    public int terminal(final long payment) {
        return Memory.getInt(rows.at(payment) + TERMINAL);
    }

    public int epochDay(final long payment) {
        return Memory.getInt(rows.at(payment) + DAY);
    }

    public int receipt(final long payment) {
        return Memory.getInt(rows.at(payment) + RECEIPT);
    }

    void receipt(final long payment, final int receipt) {
        Memory.putInt(rows.at(payment) + RECEIPT, receipt);
    }

    public int lastFour(final long payment) {
        return Memory.getShort(rows.at(payment) + LAST_FOUR);
    }

    void lastFour(final long payment, final int lastFour) {
        Memory.putShort(rows.at(payment) + LAST_FOUR, lastFour);
    }

    public int reason(final long payment) {
        return Memory.getShort(rows.at(payment) + REASON);
    }

    void reason(final long payment, final int reason) {
        Memory.putShort(rows.at(payment) + REASON, reason);
    }

    public int post(final long payment) {
        return Memory.getShort(rows.at(payment) + POST);
    }

    /** Value of {@link PaymentMeans}. */
    public int means(final long payment) {
        return Memory.getByte(rows.at(payment) + MEANS);
    }

    /** Value of {@link PaymentState}. */
    public int state(final long payment) {
        return Memory.getByte(rows.at(payment) + STATE);
    }

    public boolean is(final long payment, final PaymentState state) {
        return state(payment) == state.value();
    }

    /** Whether an answer is awaited, of the terminal, the treasury or a person. */
    public boolean isAwaited(final long payment) {
        return state(payment) <= PaymentState.IN_DOUBT.value();
    }

    /** Whether money was booked for it, be it gone again. */
    public boolean hasHadMoney(final long payment) {
        return is(payment, PaymentState.APPROVED) || state(payment) >= PaymentState.REVERSED.value();
    }

    void state(final long payment, final PaymentState state, final long nowMs) {
        Memory.putByte(rows.at(payment) + STATE, state.value());
        changedMs(payment, nowMs);
    }

    public boolean waitsForPerson(final long payment) {
        return Memory.getByte(rows.at(payment) + PERSON) != 0;
    }

    void waitsForPerson(final long payment, final boolean waits) {
        Memory.putByte(rows.at(payment) + PERSON, waits ? 1 : 0);
    }

    public boolean isSettled(final long payment) {
        return Memory.getByte(rows.at(payment) + SETTLED) != 0;
    }

    void settled(final long payment, final boolean settled, final long entryHash) {
        Memory.putByte(rows.at(payment) + SETTLED, settled ? 1 : 0);
        Memory.putLong(rows.at(payment) + SETTLED_BY, entryHash);
    }

    /** Hash of the statement and entry that settled it by itself, 0 = none. */
    public long settledBy(final long payment) {
        return Memory.getLong(rows.at(payment) + SETTLED_BY);
    }

    /** Three letters, the first in the lowest byte; as below. */
    public int currency(final long payment) {
        return StampLedger.currencyAt(rows.at(payment) + CURRENCY);
    }

    void currency(final long payment, final int currency) {
        StampLedger.putCurrency(rows.at(payment) + CURRENCY, currency);
    }

    public int receivedCurrency(final long payment) {
        return StampLedger.currencyAt(rows.at(payment) + RECEIVED_CURRENCY);
    }

    void receivedCurrency(final long payment, final int currency) {
        StampLedger.putCurrency(rows.at(payment) + RECEIVED_CURRENCY, currency);
    }

    /** Address of its transaction's 36 characters, then 12 of the scheme and 8 of the authorisation code. */
    public long transactionAt(final long payment) {
        return rows.at(payment) + TRANSACTION;
    }

    public long schemeAt(final long payment) {
        return rows.at(payment) + SCHEME;
    }

    public long authorisationAt(final long payment) {
        return rows.at(payment) + AUTHORISATION;
    }

    // ---- transactions

    /** The payment that a transaction of the terminal or of the treasury was recorded for, 0 = none. @param text address of 36 characters */
    public long ofTransaction(final int means, final int terminal, final long text) {
        for (long slot = transactions.first(hash(means, terminal, text)); slot >= 0; slot = transactions.next()) {
            if (means(slot) == means && terminal(slot) == terminal && isTransaction(slot, text)) {
                return slot;
            }
        }
        return 0;
    }

    public boolean isTransaction(final long payment, final long text) {
        final long own = transactionAt(payment);
        for (int i = 0; i < TRANSACTION_BYTES; i += Integer.BYTES) {
            if (Memory.getInt(own + i) != Memory.getInt(text + i)) {
                return false;
            }
        }
        return true;
    }

    void transaction(final long payment, final long text) {
        forgetTransaction(payment);
        Memory.copy(text, transactionAt(payment), TRANSACTION_BYTES);
        if (Memory.getByte(text) != 0) {
            transactions.add(hash(means(payment), terminal(payment), text), (int) payment);
        }
    }

    private void forgetTransaction(final long payment) {
        final long own = transactionAt(payment);
        if (Memory.getByte(own) != 0) {
            transactions.remove(hash(means(payment), terminal(payment), own), (int) payment);
        }
    }

    private long hash(final int means, final int terminal, final long text) {
        return transactions.hash(StateHash.of((long) means << 32 | terminal, text, TRANSACTION_BYTES));
    }

    // ---- deadlines

    void await(final long payment, final long deadlineMs) {
        deadlines.add(deadlineMs, payment);
    }

    void awaitNoMore(final long payment) {
        final int place = placeOf(payment);
        if (place != 0) {
            deadlines.remove(place);
        }
    }

    /** When the first of those that wait is in doubt, {@code Long.MAX_VALUE} = none waits. */
    public long nextDueMs() {
        return deadlines.firstDeadline();
    }

    public long nextDue() {
        return deadlines.firstNumber();
    }

    @Override
    public void placed(final long payment, final int place) {
        Memory.putInt(rows.at(payment) + DEADLINE_SLOT, place);
    }

    @Override
    public int placeOf(final long payment) {
        return rows.has(payment) ? Memory.getInt(rows.at(payment) + DEADLINE_SLOT) : 0;
    }

    // ---- reading ahead

    public void want(final Ahead ahead, final long payment) {
        final long at = rows.ahead(payment);
        if (at != 0) {
            for (int line = 0; line < PaymentRowDecoder.BLOCK_LENGTH; line += LINE) {
                ahead.want(at + line);
            }
        }
    }

    /** Where a payment of this application will be that comes after {@code added} others. */
    public void wantNew(final Ahead ahead, final int added, final long application) {
        want(ahead, next + added);
        ahead.want(byApplication.ahead(application));
    }

    /** Where the search begins for a transaction that is about to be recorded for it. @param text address of its 36 characters */
    public void wantTransaction(final Ahead ahead, final long payment, final long text) {
        ahead.want(transactions.ahead(hash(means(payment), terminal(payment), text)));
    }

    // ---- the end, and state

    /** All payments of an application leave memory. */
    void retireOf(final long application) {
        long payment = lastOf(application);
        while (payment != 0) {
            final long before = previous(payment);
            forgetTransaction(payment);
            rows.remove(payment);
            count--;
            payment = before;
        }
        if (byApplication.has(application)) {
            byApplication.remove(application);
        }
    }

    public long count() {
        return count;
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
        byApplication.save(out);
        deadlines.save(out);
    }

    boolean load(final StateReader in) {
        switch (in.tableId()) {
            case TableIds.PAYMENTS -> rows.load(in);
            case TableIds.APPLICATION_PAYMENTS -> byApplication.load(in);
            case TableIds.PAYMENT_DEADLINES -> deadlines.load(in);
            default -> {
                return false;
            }
        }
        return true;
    }

    void loaded(final long nextNumber, final long rowCount) {
        next = Math.max(1, nextNumber);
        count = rowCount;
        for (long payment = next(1, Integer.MAX_VALUE); payment < next; payment = next(payment + 1, Integer.MAX_VALUE)) {
            if (Memory.getByte(transactionAt(payment)) != 0) {
                transactions.add(hash(means(payment), terminal(payment), transactionAt(payment)), (int) payment);
            }
        }
    }

    void check() {
        rows.check();
        byApplication.check();
        deadlines.check();
        Invariant.that(rows.count() == count, "payments are counted", rows.count(), count);
        for (long payment = next(1, Integer.MAX_VALUE); payment < next; payment = next(payment + 1, Integer.MAX_VALUE)) {
            Invariant.that(is(payment, PaymentState.PENDING) == (placeOf(payment) != 0), "a payment that waits has its deadline", payment, placeOf(payment));
            Invariant.that(Memory.getByte(transactionAt(payment)) == 0 || ofTransaction(means(payment), terminal(payment), transactionAt(payment)) == payment,
                    "a transaction was recorded for one payment", payment);
        }
    }
}
