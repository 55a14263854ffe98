package org.mawid.engine.readmodel.money;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.MoneyView.AccountSums;
import org.mawid.engine.readmodel.MoneyView.Book;
import org.mawid.sbe.Account;
import org.mawid.sbe.BookRecordDecoder;
import org.mawid.sbe.PostedDecoder;

/**
 * The books of money: sums that the writer moves, and a copy of them that is made when what was fed is shown, so that each that is read balances. Books are
 * made of it for who asks: at the peak all sums change many times before anybody does.
 */
final class LedgerBooks {
    private static final int ACCOUNTS = Account.ISSUED.value();
    private static final int LETTERS = 3;

    private static final class Sums {
        private final long key;
        private final long[] debits = new long[ACCOUNTS];
        private final long[] credits = new long[ACCOUNTS];
        // Guarded by the map they are in.
        private final long[] shownDebits = new long[ACCOUNTS];
        private final long[] shownCredits = new long[ACCOUNTS];
        private boolean isChanged;
        private boolean isShown;

        private Sums(final long key) {
            this.key = key;
        }
    }

    /** Not a HashMap: books of one currency differ in the high half of their key, and would all be in few of its buckets. */
    private final Long2ObjectHashMap<Sums> sums = new Long2ObjectHashMap<>();
    private final List<Sums> changed = new ArrayList<>();
    /** Its monitor is taken by the writer once a batch. */
    private final TreeMap<Long, Sums> shown = new TreeMap<>();

    // ---- one thread

    void posted(final PostedDecoder event) {
        for (final PostedDecoder.EntriesDecoder entry : event.entries()) {
            final Sums of = of(key(entry.postId(), entry.currency(0), entry.currency(1), entry.currency(2)));
            final int account = entry.accountRaw();
            of.debits[account] += entry.debitMinor();
            of.credits[account] += entry.creditMinor();
        }
    }

    void record(final BookRecordDecoder record) {
        final long key = key(record.postId(), record.currency(0), record.currency(1), record.currency(2));
        for (final BookRecordDecoder.AccountsDecoder account : record.accounts()) {
            if (!MoneyView.isMemorandum(account.account())) {
                final Sums of = of(key);
                of.debits[account.accountRaw()] = account.debitMinor();
                of.credits[account.accountRaw()] = account.creditMinor();
            }
        }
    }

    private Sums of(final long key) {
        Sums of = sums.get(key);
        if (of == null) {
            of = new Sums(key);
            sums.put(key, of);
        }
        if (!of.isChanged) {
            of.isChanged = true;
            changed.add(of);
        }
        return of;
    }

    void show() {
        if (changed.isEmpty()) {
            return;
        }
        synchronized (shown) {
            for (int i = 0; i < changed.size(); i++) {
                show(changed.get(i));
            }
        }
        changed.clear();
    }

    private void show(final Sums of) {
        of.isChanged = false;
        System.arraycopy(of.debits, 0, of.shownDebits, 0, ACCOUNTS);
        System.arraycopy(of.credits, 0, of.shownCredits, 0, ACCOUNTS);
        if (!of.isShown) {
            of.isShown = true;
            shown.put(of.key, of);
        }
    }

    /** By post, then by currency in the order of the alphabet. */
    private static long key(final int postId, final byte first, final byte second, final byte third) {
        return (long) postId << 8 * LETTERS | (first & 0xFF) << 16 | (second & 0xFF) << 8 | third & 0xFF;
    }

    // ---- any thread

    List<Book> all(final int postId) {
        synchronized (shown) {
            return (postId == 0 ? shown : shown.subMap((long) postId << 8 * LETTERS, postId + 1L << 8 * LETTERS)).values().stream().map(LedgerBooks::book).toList();
        }
    }

    private static Book book(final Sums of) {
        final List<AccountSums> accounts = new ArrayList<>();
        for (int account = 0; account < ACCOUNTS; account++) {
            if (of.shownDebits[account] != 0 || of.shownCredits[account] != 0) {
                accounts.add(new AccountSums(Account.get((short) account), of.shownDebits[account], of.shownCredits[account]));
            }
        }
        final byte[] letters = {(byte) (of.key >>> 16), (byte) (of.key >>> 8), (byte) of.key};
        return new Book((int) (of.key >>> 8 * LETTERS), new String(letters, StandardCharsets.US_ASCII), List.copyOf(accounts));
    }
}
