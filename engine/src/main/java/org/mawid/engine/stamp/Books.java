package org.mawid.engine.stamp;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.SlotRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.AccountsDecoder;
import org.mawid.sbe.BookRowDecoder;
import org.mawid.sbe.PaymentMeans;

/**
 * The books: the accounts of one post in one currency each, as sums of debits and credits since the beginning. A book is made when it is first
 * written to, and stays.
 */
public final class Books {
    /** Accounts of a book, see Account in the schema. */
    public static final int ACCOUNTS = AccountsDecoder.debitsLength();
    /** From here on an account is a memorandum: stamps at their value, not money. */
    public static final int MEMORANDUM = 40;
    /** The dirham, three letters, the first in the lowest byte. */
    public static final int MAD = 'M' | 'A' << 8 | 'D' << 16;
    private static final int MOST_POST = 4_095;
    private static final int NEXT_BOOK = BookRowDecoder.nextBookEncodingOffset();
    private static final int ONLINE_BATCH = BookRowDecoder.onlineBatchEncodingOffset();
    private static final int COUNTER_BATCH = BookRowDecoder.counterBatchEncodingOffset();
    private static final int EARLIER_BATCH = BookRowDecoder.earlierBatchEncodingOffset();
    private static final int RECEIPTS = BookRowDecoder.receiptsEncodingOffset();
    private static final int POST = BookRowDecoder.postIdEncodingOffset();
    private static final int USED = BookRowDecoder.usedEncodingOffset();
    private static final int CURRENCY = BookRowDecoder.currencyEncodingOffset();
    private static final int DEBITS = BookRowDecoder.accountsEncodingOffset() + AccountsDecoder.debitsEncodingOffset();
    private static final int CREDITS = BookRowDecoder.accountsEncodingOffset() + AccountsDecoder.creditsEncodingOffset();

    private final SlotRows rows;
    /** By post; the others are chained. */
    private final int[] first = new int[MOST_POST + 1];

    Books(final CoreMemory memory) {
        rows = new SlotRows(memory, TableIds.BOOKS, BookRowDecoder.BLOCK_LENGTH);
    }

    /** The book, 0 = never written to. @param currency three letters, the first in the lowest byte */
    public int find(final int postId, final int currency) {
        int book = first[postId];
        while (book != 0 && currency(book) != currency) {
            book = Memory.getInt(rows.at(book) + NEXT_BOOK);
        }
        return book;
    }

    /** The newest book of a post, 0 = none; the others by {@link #before}. */
    public int newest(final int postId) {
        return first[postId];
    }

    /** The book of the same post that was made before, 0 = none. */
    public int before(final int book) {
        return Memory.getInt(rows.at(book) + NEXT_BOOK);
    }

    /** As {@link #find}, made when it is not there. */
    public int of(final int postId, final int currency) {
        final int found = find(postId, currency);
        if (found != 0) {
            return found;
        }
        final int book = rows.add();
        final long at = rows.at(book);
        Memory.putInt(at + NEXT_BOOK, first[postId]);
        Memory.putShort(at + POST, postId);
        Memory.putByte(at + USED, 1);
        Memory.putShort(at + CURRENCY, currency);
        Memory.putByte(at + CURRENCY + 2, currency >>> 16);
        first[postId] = book;
        return book;
    }

    void debit(final int book, final int account, final long amount) {
        final long at = rows.at(book) + DEBITS + (long) account * Long.BYTES;
        Memory.putLong(at, Math.addExact(Memory.getLong(at), amount));
    }

    void credit(final int book, final int account, final long amount) {
        final long at = rows.at(book) + CREDITS + (long) account * Long.BYTES;
        Memory.putLong(at, Math.addExact(Memory.getLong(at), amount));
    }

    public long debits(final int book, final int account) {
        return Memory.getLong(rows.at(book) + DEBITS + (long) account * Long.BYTES);
    }

    public long credits(final int book, final int account) {
        return Memory.getLong(rows.at(book) + CREDITS + (long) account * Long.BYTES);
    }

    public int post(final int book) {
        return Memory.getShort(rows.at(book) + POST);
    }

    /** Three letters, the first in the lowest byte. */
    public int currency(final int book) {
        final long at = rows.at(book) + CURRENCY;
        return Memory.getShort(at) | Memory.getByte(at + 2) << 16;
    }

    /** The open batch of what is not paid on terminals, 0 = none. @param means value of PaymentMeans */
    long openBatch(final int book, final int means) {
        final long at = rows.at(book);
        return means == PaymentMeans.EARLIER.value() ? Memory.getInt(at + EARLIER_BATCH) & 0xFFFF_FFFFL
                : Memory.getLong(at + (means == PaymentMeans.ONLINE.value() ? ONLINE_BATCH : COUNTER_BATCH));
    }

    void openBatch(final int book, final int means, final long batch) {
        final long at = rows.at(book);
        if (means == PaymentMeans.EARLIER.value()) {
            Invariant.that(batch >>> 32 == 0, "a batch has a number of 32 bits", batch);
            Memory.putInt(at + EARLIER_BATCH, (int) batch);
        } else {
            Memory.putLong(at + (means == PaymentMeans.ONLINE.value() ? ONLINE_BATCH : COUNTER_BATCH), batch);
        }
    }

    /** The next number of a counter receipt of the post. */
    public int nextReceipt(final int postId) {
        final long at = rows.at(of(postId, MAD)) + RECEIPTS;
        Memory.putInt(at, Memory.getInt(at) + 1);
        return Memory.getInt(at);
    }

    /** Highest slot ever given out; all up to it are books. */
    public int top() {
        return rows.top();
    }

    void save(final StateWriter out) {
        rows.save(out);
    }

    void load(final StateReader in) {
        rows.load(in);
    }

    /** The chains are found again in the order in which the books were made. */
    void loaded() {
        for (int book = 1; book <= rows.top(); book++) {
            Invariant.that(Memory.getInt(rows.at(book) + NEXT_BOOK) == first[post(book)], "books of a post are chained as they were made", book, first[post(book)]);
            first[post(book)] = book;
        }
    }

    /** Every book balances: what was debited was credited. */
    void check() {
        rows.check();
        for (int book = 1; book <= rows.top(); book++) {
            long debits = 0;
            long credits = 0;
            long memoDebits = 0;
            long memoCredits = 0;
            for (int account = 0; account < ACCOUNTS; account++) {
                debits += account < MEMORANDUM ? debits(book, account) : 0;
                credits += account < MEMORANDUM ? credits(book, account) : 0;
                memoDebits += account < MEMORANDUM ? 0 : debits(book, account);
                memoCredits += account < MEMORANDUM ? 0 : credits(book, account);
            }
            Invariant.that(debits == credits, "a book balances", book, debits - credits);
            Invariant.that(memoDebits == memoCredits, "the memorandum accounts of a book balance", book, memoDebits - memoCredits);
        }
    }
}
