package org.mawid.engine.readmodel.money;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.MoneyView.AccountSums;
import org.mawid.engine.readmodel.MoneyView.Book;
import org.mawid.sbe.Account;
import org.mawid.sbe.BookRecordDecoder;
import org.mawid.sbe.PostedDecoder;

/** The books of money: sums that the writer moves, and pictures of them that are made when what was fed is shown, so that each that is read balances. */
final class LedgerBooks {
    private static final int ACCOUNTS = Account.ISSUED.value();
    private static final int LETTERS = 3;

    private static final class Sums {
        private final long[] debits = new long[ACCOUNTS];
        private final long[] credits = new long[ACCOUNTS];
    }

    private final Map<Long, Sums> sums = new HashMap<>();
    private final Set<Long> changed = new LinkedHashSet<>();
    private final ConcurrentSkipListMap<Long, Book> shown = new ConcurrentSkipListMap<>();

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
        changed.add(key);
        return sums.computeIfAbsent(key, made -> new Sums());
    }

    void show() {
        if (!changed.isEmpty()) {
            changed.forEach(key -> shown.put(key, picture(key, sums.get(key))));
            changed.clear();
        }
    }

    private static Book picture(final long key, final Sums of) {
        final List<AccountSums> accounts = new ArrayList<>();
        for (int account = 0; account < ACCOUNTS; account++) {
            if (of.debits[account] != 0 || of.credits[account] != 0) {
                accounts.add(new AccountSums(Account.get((short) account), of.debits[account], of.credits[account]));
            }
        }
        final byte[] letters = {(byte) (key >>> 16), (byte) (key >>> 8), (byte) key};
        return new Book((int) (key >>> 8 * LETTERS), new String(letters, StandardCharsets.US_ASCII), List.copyOf(accounts));
    }

    /** By post, then by currency in the order of the alphabet. */
    private static long key(final int postId, final byte first, final byte second, final byte third) {
        return (long) postId << 8 * LETTERS | (first & 0xFF) << 16 | (second & 0xFF) << 8 | third & 0xFF;
    }

    // ---- any thread

    List<Book> all(final int postId) {
        return List.copyOf(postId == 0 ? shown.values() : shown.subMap((long) postId << 8 * LETTERS, postId + 1L << 8 * LETTERS).values());
    }
}
