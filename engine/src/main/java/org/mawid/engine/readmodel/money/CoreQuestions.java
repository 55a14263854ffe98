package org.mawid.engine.readmodel.money;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.MoneyView.AccountSums;
import org.mawid.engine.readmodel.MoneyView.Batch;
import org.mawid.engine.readmodel.MoneyView.Batches;
import org.mawid.engine.readmodel.MoneyView.Book;
import org.mawid.engine.readmodel.MoneyView.TrialBalance;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.readmodel.RecordsSource;
import org.mawid.engine.readmodel.RecordsSource.Table;
import org.mawid.sbe.BatchRecordDecoder;
import org.mawid.sbe.BookRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;

/** What the core is asked when somebody wants to know: slice by slice, each answered between two commands. Any thread. */
final class CoreQuestions {
    private static final int POSTS_AT_ONCE = 32;
    private static final int BATCHES_AT_ONCE = 1_000;
    private static final long PATIENCE_S = 10;

    private volatile RecordsSource source;
    /** No batch before it is under way: those that are settled stay so. */
    private volatile long firstBatch = 1;

    void askFrom(final RecordsSource from) {
        source = from;
    }

    CompletableFuture<TrialBalance> trialBalance(final int postId) {
        final List<Book> books = new ArrayList<>();
        final Reader reader = (message, offset) -> books.add(book(message, offset));
        return all(Table.BOOKS, Math.max(1, postId), postId == 0 ? POSTS_AT_ONCE : 1, postId != 0, reader).thenApply(position -> {
            books.sort(Comparator.comparingInt(Book::postId).thenComparing(Book::currency));
            return new TrialBalance(position, List.copyOf(books));
        });
    }

    CompletableFuture<Batches> batches(final int postId) {
        final List<Batch> batches = new ArrayList<>();
        final Reader reader = (message, offset) -> batches.add(batch(message, offset));
        return all(Table.BATCHES, firstBatch, BATCHES_AT_ONCE, false, reader).thenApply(position -> {
            if (!batches.isEmpty()) {
                firstBatch = batches.get(0).batchId();
            }
            return new Batches(position, batches.stream().filter(one -> postId == 0 || one.postId() == postId).limit(MoneyView.MOST).toList());
        });
    }

    @FunctionalInterface
    private interface Reader {
        void read(DirectBuffer message, int offset);
    }

    /** @param once the first slice is all @return completed with the position of the last slice */
    private CompletableFuture<Long> all(final Table table, final long from, final int max, final boolean once, final Reader reader) {
        final Answer answer = new Answer();
        final RecordsSource asked = source;
        if (asked == null || !asked.request(table, from, max, answer)) {
            return CompletableFuture.failedFuture(new ReadModelBehindException("the core is not to be asked now: ask again"));
        }
        return answer.complete.orTimeout(PATIENCE_S, TimeUnit.SECONDS).handleAsync((told, late) -> {
            if (late != null) {
                throw new ReadModelBehindException("the core did not answer: ask again");
            }
            told.read(reader);
            return told;
        }).thenCompose(told -> told.next == 0 || once ? CompletableFuture.completedFuture(told.position) : all(table, told.next, max, false, reader));
    }

    private static Book book(final DirectBuffer message, final int offset) {
        final BookRecordDecoder record = new BookRecordDecoder().wrapAndApplyHeader(message, offset, new MessageHeaderDecoder());
        final List<AccountSums> accounts = new ArrayList<>();
        record.accounts().forEach(sums -> accounts.add(new AccountSums(sums.account(), sums.debitMinor(), sums.creditMinor())));
        return new Book(record.postId(), record.currency(), List.copyOf(accounts));
    }

    private static Batch batch(final DirectBuffer message, final int offset) {
        final BatchRecordDecoder record = new BatchRecordDecoder().wrapAndApplyHeader(message, offset, new MessageHeaderDecoder());
        return new Batch(record.batchId(), record.postId(), record.means(), (int) record.terminalId(), record.currency(), record.state(), record.paidMinor(),
                (int) record.paidCount(), record.undoneMinor(), (int) record.undoneCount(), record.settledMinor(), record.epochDay(), record.closedMs());
    }

    /** Filled in on the core's thread, which only copies. */
    private static final class Answer implements RecordsSource.Slice {
        private final CompletableFuture<Answer> complete = new CompletableFuture<>();
        private final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer(4_096);
        private int length;
        private long position;
        private long next;

        @Override
        public void onRecord(final DirectBuffer message, final int offset, final int messageLength) {
            bytes.putInt(length, messageLength);
            bytes.putBytes(length + Integer.BYTES, message, offset, messageLength);
            length += Integer.BYTES + messageLength;
        }

        @Override
        public void onEnd(final long atPosition, final long nextNumber) {
            position = atPosition;
            next = nextNumber;
            complete.complete(this);
        }

        void read(final Reader reader) {
            for (int at = 0; at < length; at += Integer.BYTES + bytes.getInt(at)) {
                reader.read(bytes, at + Integer.BYTES);
            }
        }
    }
}
