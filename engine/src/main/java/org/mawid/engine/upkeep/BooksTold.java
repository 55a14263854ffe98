package org.mawid.engine.upkeep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.readmodel.MoneyView.AccountSums;
import org.mawid.engine.readmodel.MoneyView.Book;
import org.mawid.sbe.BookRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;

/** The trial balance of a state. */
final class BooksTold {
    private BooksTold() {
    }

    /** By post and currency. */
    static List<Book> of(final EngineCore core) {
        final List<Book> books = new ArrayList<>();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        core.dump(RecordKind.BOOKS, 0, Integer.MAX_VALUE, (template, buffer, offset, length) -> {
            final BookRecordDecoder record = new BookRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
            final List<AccountSums> accounts = new ArrayList<>();
            record.accounts().forEach(sums -> accounts.add(new AccountSums(sums.account(), sums.debitMinor(), sums.creditMinor())));
            books.add(new Book(record.postId(), record.currency(), List.copyOf(accounts)));
        });
        books.sort(Comparator.comparingInt(Book::postId).thenComparing(Book::currency));
        return List.copyOf(books);
    }
}
