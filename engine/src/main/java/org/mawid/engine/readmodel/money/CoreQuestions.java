package org.mawid.engine.readmodel.money;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.CoreSlices;
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
import org.mawid.engine.readmodel.RecordsSource;
import org.mawid.engine.readmodel.RecordsSource.Table;

/** What the core is asked when somebody wants to know. Any thread. */
final class CoreQuestions {
    private static final int POSTS_AT_ONCE = 32;
    private static final int BATCHES_AT_ONCE = 1_000;

    private final CoreSlices core = new CoreSlices();
    /** No batch before it is under way: those that are settled stay so. */
    private volatile long firstBatch = 1;

    void askFrom(final RecordsSource from) {
        core.askFrom(from);
    }

    CompletableFuture<TrialBalance> trialBalance(final int postId) {
        final List<Book> books = new ArrayList<>();
        final CoreSlices.Reader reader = (message, offset) -> books.add(CoreRows.book(message, offset));
        final CompletableFuture<Long> read = postId == 0 ? core.all(Table.BOOKS, 1, POSTS_AT_ONCE, reader) : core.one(Table.BOOKS, postId, 1, reader).thenApply(CoreSlices.Told::position);
        return read.thenApply(position -> {
            books.sort(Comparator.comparingInt(Book::postId).thenComparing(Book::currency));
            return new TrialBalance(position, List.copyOf(books));
        });
    }

    CompletableFuture<Batches> batches(final int postId) {
        final List<Batch> batches = new ArrayList<>();
        final CoreSlices.Reader reader = (message, offset) -> batches.add(CoreRows.batch(message, offset));
        return core.all(Table.BATCHES, firstBatch, BATCHES_AT_ONCE, reader).thenApply(position -> {
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
        return core.one(table, from, max, (message, offset) -> rows.add(row.apply(message, offset))).thenApply(told -> new Slice<>(told.position(), told.next(), List.copyOf(rows)));
    }
}
