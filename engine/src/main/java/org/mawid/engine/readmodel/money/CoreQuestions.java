package org.mawid.engine.readmodel.money;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.MoneyView.Batch;
import org.mawid.engine.readmodel.MoneyView.Batches;
import org.mawid.engine.readmodel.MoneyView.Book;
import org.mawid.engine.readmodel.MoneyView.Collected;
import org.mawid.engine.readmodel.MoneyView.FoundBreak;
import org.mawid.engine.readmodel.MoneyView.Return;
import org.mawid.engine.readmodel.MoneyView.SettledBatch;
import org.mawid.engine.readmodel.MoneyView.Slice;
import org.mawid.engine.readmodel.MoneyView.TrialBalance;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.readmodel.RecordsSource;
import org.mawid.engine.readmodel.RecordsSource.Table;

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
        final Reader reader = (message, offset) -> books.add(CoreRows.book(message, offset));
        return all(Table.BOOKS, Math.max(1, postId), postId == 0 ? POSTS_AT_ONCE : 1, postId != 0, reader).thenApply(position -> {
            books.sort(Comparator.comparingInt(Book::postId).thenComparing(Book::currency));
            return new TrialBalance(position, List.copyOf(books));
        });
    }

    CompletableFuture<Batches> batches(final int postId) {
        final List<Batch> batches = new ArrayList<>();
        final Reader reader = (message, offset) -> batches.add(CoreRows.batch(message, offset));
        return all(Table.BATCHES, firstBatch, BATCHES_AT_ONCE, false, reader).thenApply(position -> {
            if (!batches.isEmpty()) {
                firstBatch = batches.get(0).batchId();
            }
            return new Batches(position, batches.stream().filter(one -> postId == 0 || one.postId() == postId).limit(MoneyView.MOST).toList());
        });
    }

    CompletableFuture<Slice<Return>> allReturns(final long from, final int max) {
        return slice(Table.RETURNS, from, max, CoreRows::returned);
    }

    CompletableFuture<Slice<Collected>> payments(final long from, final int max) {
        return slice(Table.PAYMENTS, from, max, CoreRows::payment);
    }

    CompletableFuture<Slice<SettledBatch>> allBatches(final long from, final int max) {
        return slice(Table.ALL_BATCHES, from, max, CoreRows::settledBatch);
    }

    CompletableFuture<Slice<FoundBreak>> allBreaks(final long from, final int max) {
        return slice(Table.BREAKS, from, max, CoreRows::found);
    }

    private <T> CompletableFuture<Slice<T>> slice(final Table table, final long from, final int max, final BiFunction<DirectBuffer, Integer, T> row) {
        if (from < 1 || max < 1 || max > MoneyView.MOST_OF_A_SLICE) {
            throw new IllegalArgumentException("a slice begins at 1 or higher and is of 1 to " + MoneyView.MOST_OF_A_SLICE + " numbers");
        }
        final List<T> rows = new ArrayList<>(max);
        return ask(table, from, max, (message, offset) -> rows.add(row.apply(message, offset))).thenApply(told -> new Slice<>(told.position, told.next, List.copyOf(rows)));
    }

    @FunctionalInterface
    private interface Reader {
        void read(DirectBuffer message, int offset);
    }

    /** @param once the first slice is all @return completed with the position of the last slice */
    private CompletableFuture<Long> all(final Table table, final long from, final int max, final boolean once, final Reader reader) {
        return ask(table, from, max, reader)
                .thenCompose(told -> told.next == 0 || once ? CompletableFuture.completedFuture(told.position) : all(table, told.next, max, false, reader));
    }

    private CompletableFuture<Answer> ask(final Table table, final long from, final int max, final Reader reader) {
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
        });
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
