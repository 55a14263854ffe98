package org.mawid.engine.stamp;

import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.sbe.PostedEncoder;
import org.mawid.sbe.PostedEncoder.EntriesEncoder;

/**
 * What one command moves: written into the books at once, and told by one event at its end. Entries of one account are told as one, in the
 * order in which the accounts were first touched.
 */
public final class Movement {
    private static final int MOST = 64;

    private final Books books;
    private final Emitter events;
    private final int[] book = new int[MOST];
    private final int[] account = new int[MOST];
    private final long[] debit = new long[MOST];
    private final long[] credit = new long[MOST];
    private int count;

    Movement(final Books books, final Emitter events) {
        this.books = books;
        this.events = events;
    }

    /** @param amount minor units; less than 0 is a credit of so much @param currency three letters, the first in the lowest byte */
    public void debit(final int postId, final int currency, final int toAccount, final long amount) {
        if (amount < 0) {
            credit(postId, currency, toAccount, -amount);
        } else if (amount > 0) {
            final int entry = entry(books.of(postId, currency), toAccount);
            debit[entry] += amount;
            books.debit(book[entry], toAccount, amount);
        }
    }

    /** As {@link #debit}. */
    public void credit(final int postId, final int currency, final int toAccount, final long amount) {
        if (amount < 0) {
            debit(postId, currency, toAccount, -amount);
        } else if (amount > 0) {
            final int entry = entry(books.of(postId, currency), toAccount);
            credit[entry] += amount;
            books.credit(book[entry], toAccount, amount);
        }
    }

    /** A stamp goes from one memorandum account of its post to another. @param centimes its value */
    public void memorandum(final int postId, final int debitAccount, final int creditAccount, final long centimes) {
        final int of = books.of(postId, Books.MAD);
        books.debit(of, debitAccount, centimes);
        books.credit(of, creditAccount, centimes);
    }

    private int entry(final int ofBook, final int ofAccount) {
        for (int i = 0; i < count; i++) {
            if (book[i] == ofBook && account[i] == ofAccount) {
                return i;
            }
        }
        Invariant.that(count < MOST, "a movement has a bounded number of entries", count);
        book[count] = ofBook;
        account[count] = ofAccount;
        debit[count] = 0;
        credit[count] = 0;
        return count++;
    }

    /** Says what was moved, if anything, and begins anew. */
    public void tell() {
        if (count == 0) {
            return;
        }
        final long block = events.beginAt(PostedEncoder.TEMPLATE_ID, PostedEncoder.BLOCK_LENGTH, books.post(book[0]));
        long at = Emitter.group(block + PostedEncoder.BLOCK_LENGTH, EntriesEncoder.sbeBlockLength(), count);
        for (int i = 0; i < count; i++, at += EntriesEncoder.sbeBlockLength()) {
            Memory.putLong(at + EntriesEncoder.debitMinorEncodingOffset(), debit[i]);
            Memory.putLong(at + EntriesEncoder.creditMinorEncodingOffset(), credit[i]);
            Memory.putShort(at + EntriesEncoder.postIdEncodingOffset(), books.post(book[i]));
            StampLedger.putCurrency(at + EntriesEncoder.currencyEncodingOffset(), books.currency(book[i]));
            Memory.putByte(at + EntriesEncoder.accountEncodingOffset(), account[i]);
        }
        events.endAt(at);
        count = 0;
    }
}
