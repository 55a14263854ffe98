package org.mawid.engine.stamp;

import org.mawid.engine.catalogue.Posts;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.BatchRowDecoder;
import org.mawid.sbe.BatchState;
import org.mawid.sbe.PaymentMeans;

/** What is settled together: all that one terminal, or one post online or at its counter, or an older system for it, collected between two closings. By number. */
public final class Batches {
    private static final int PAID = BatchRowDecoder.paidMinorEncodingOffset();
    private static final int UNDONE = BatchRowDecoder.undoneMinorEncodingOffset();
    private static final int SETTLED = BatchRowDecoder.settledMinorEncodingOffset();
    private static final int CLOSED_MS = BatchRowDecoder.closedMsEncodingOffset();
    private static final int PAID_COUNT = BatchRowDecoder.paidCountEncodingOffset();
    private static final int UNDONE_COUNT = BatchRowDecoder.undoneCountEncodingOffset();
    private static final int TERMINAL = BatchRowDecoder.terminalIdEncodingOffset();
    private static final int DAY = BatchRowDecoder.epochDayEncodingOffset();
    private static final int POST = BatchRowDecoder.postIdEncodingOffset();
    private static final int MEANS = BatchRowDecoder.meansEncodingOffset();
    private static final int STATE = BatchRowDecoder.stateEncodingOffset();
    private static final int SETTLED_BY = BatchRowDecoder.settledByEncodingOffset();
    private static final int CURRENCY = BatchRowDecoder.currencyEncodingOffset();

    private final NumberedRows rows;
    private final Posts posts;
    private final Books books;
    private final Terminals terminals;
    private final Returns returns;
    private long next = 1;

    Batches(final CoreMemory memory, final Posts posts, final Books books, final Terminals terminals, final Returns returns) {
        this.posts = posts;
        rows = new NumberedRows(memory, TableIds.BATCHES, BatchRowDecoder.BLOCK_LENGTH, STATE);
        this.books = books;
        this.terminals = terminals;
        this.returns = returns;
    }

    public boolean has(final long batch) {
        return rows.has(batch);
    }

    /** The open batch of a terminal, or of what a post collects otherwise in a currency; 0 = none. */
    public long open(final int means, final int terminal, final int postId, final int currency) {
        if (means == PaymentMeans.TERMINAL.value()) {
            return terminals.batch(terminal);
        }
        final int book = books.find(postId, currency);
        return book == 0 ? 0 : books.openBatch(book, means);
    }

    /** As {@link #open}, made when there is none. @return 0 = a terminal collects for one post in its currency, and this is not it: the payment is settled by itself */
    private long join(final int means, final int terminal, final int postId, final int currency) {
        final long open = open(means, terminal, postId, currency);
        if (open != 0) {
            return post(open) == postId && currency(open) == currency ? open : 0;
        }
        if (means == PaymentMeans.TERMINAL.value() && (terminals.post(terminal) != postId || posts.currency(postId) != currency)) {
            return 0;
        }
        final long batch = next++;
        final long at = rows.add(batch);
        Memory.putInt(at + TERMINAL, terminal);
        Memory.putShort(at + POST, postId);
        Memory.putByte(at + MEANS, means);
        Memory.putByte(at + STATE, BatchState.OPEN.value());
        StampLedger.putCurrency(at + CURRENCY, currency);
        nowOpen(batch, batch);
        return batch;
    }

    private void nowOpen(final long of, final long batch) {
        if (means(of) == PaymentMeans.TERMINAL.value()) {
            terminals.batch(terminal(of), batch);
        } else {
            books.openBatch(books.of(post(of), currency(of)), means(of), batch);
        }
    }

    /** Money came. @return the batch in which it is settled, 0 = none */
    long paid(final int means, final int terminal, final int postId, final int currency, final long minor) {
        final long batch = join(means, terminal, postId, currency);
        if (batch != 0) {
            add(batch, PAID, PAID_COUNT, minor);
        }
        return batch;
    }

    /** Money went back. @return the batch among whose undone it is, 0 = none */
    long undone(final int means, final int terminal, final int postId, final int currency, final long minor) {
        final long batch = minor == 0 ? 0 : join(means, terminal, postId, currency);
        if (batch != 0) {
            add(batch, UNDONE, UNDONE_COUNT, minor);
        }
        return batch;
    }

    private void add(final long batch, final int sum, final int counter, final long minor) {
        final long at = rows.at(batch);
        Memory.putLong(at + sum, Math.addExact(Memory.getLong(at + sum), minor));
        Memory.putInt(at + counter, Memory.getInt(at + counter) + 1);
    }

    void close(final long batch, final int epochDay, final long nowMs) {
        final long at = rows.at(batch);
        nowOpen(batch, 0);
        Memory.putInt(at + DAY, epochDay);
        Memory.putLong(at + CLOSED_MS, nowMs);
        state(batch, isEven(batch) ? BatchState.SETTLED : BatchState.CLOSED);
    }

    void settled(final long batch, final long entryHash) {
        state(batch, BatchState.SETTLED);
        Memory.putLong(rows.at(batch) + SETTLED_BY, entryHash);
        returns.batchSettled(batch);
    }

    /** Nothing is to come any more, nor to go: sums that cancel each other by chance while a return is due are not that. */
    private boolean isEven(final long batch) {
        return due(batch) == 0 && !returns.hasDue(batch);
    }

    /** Hash of the statement and entry that settled it, 0 = none. */
    public long settledBy(final long batch) {
        return Memory.getLong(rows.at(batch) + SETTLED_BY);
    }

    void state(final long batch, final BatchState state) {
        Memory.putByte(rows.at(batch) + STATE, state.value());
    }

    /** A payment of it was settled by itself, or a return. @param minor less than 0 of a return */
    void settledAlone(final long batch, final long minor) {
        final long at = rows.at(batch);
        Memory.putLong(at + SETTLED, Memory.getLong(at + SETTLED) + minor);
        if (is(batch, BatchState.CLOSED) && isEven(batch)) {
            state(batch, BatchState.SETTLED);
        }
    }

    public boolean is(final long batch, final BatchState state) {
        return state(batch) == state.value();
    }

    boolean isSettled(final long batch) {
        return is(batch, BatchState.SETTLED);
    }

    /** Value of {@link BatchState}. */
    public int state(final long batch) {
        return Memory.getByte(rows.at(batch) + STATE);
    }

    /** What the treasury is still to bring, minor units. */
    public long due(final long batch) {
        return paidMinor(batch) - undoneMinor(batch) - settledMinor(batch);
    }

    public long paidMinor(final long batch) {
        return Memory.getLong(rows.at(batch) + PAID);
    }

    public long undoneMinor(final long batch) {
        return Memory.getLong(rows.at(batch) + UNDONE);
    }

    public long settledMinor(final long batch) {
        return Memory.getLong(rows.at(batch) + SETTLED);
    }

    public int paidCount(final long batch) {
        return Memory.getInt(rows.at(batch) + PAID_COUNT);
    }

    public int undoneCount(final long batch) {
        return Memory.getInt(rows.at(batch) + UNDONE_COUNT);
    }

    /** ms since 1970-01-01 UTC, 0 = open. */
    public long closedMs(final long batch) {
        return Memory.getLong(rows.at(batch) + CLOSED_MS);
    }

    public int terminal(final long batch) {
        return Memory.getInt(rows.at(batch) + TERMINAL);
    }

    public int epochDay(final long batch) {
        return Memory.getInt(rows.at(batch) + DAY);
    }

    public int post(final long batch) {
        return Memory.getShort(rows.at(batch) + POST);
    }

    /** Value of {@link PaymentMeans}. */
    public int means(final long batch) {
        return Memory.getByte(rows.at(batch) + MEANS);
    }

    public int currency(final long batch) {
        return StampLedger.currencyAt(rows.at(batch) + CURRENCY);
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

    void loaded(final long nextNumber) {
        next = Math.max(1, nextNumber);
    }

    void check() {
        rows.check();
        for (long batch = next(1, Integer.MAX_VALUE); batch < next; batch = next(batch + 1, Integer.MAX_VALUE)) {
            Invariant.that(is(batch, BatchState.OPEN) == (open(means(batch), terminal(batch), post(batch), currency(batch)) == batch), "an open batch is known where it is open", batch);
        }
    }
}
