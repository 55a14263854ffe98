package org.mawid.api.treasury.closing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.mawid.engine.Engine;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The closings of a running server: each post's, in each of its currencies, some time after its local midnight, by the engine's time; and when somebody asks. Days on which no server ran are closed as one: what the
 * books were between them nobody knows any more. One thread of its own does all of it; any may ask.
 */
public final class Closings implements AutoCloseable {
    /** Most that are listed at once. */
    public static final int MOST = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Closings.class);
    private static final long LOOK_MS = 1_000;
    /** After a post could not be closed, looks that pass it over. Source: our estimate; a disk is not freed within a second. */
    private static final int PASSED_OVER = 60;

    private final Engine engine;
    private final LongSupplier nowMs;
    private final IntFunction<ZoneId> zones;
    private final long afterMs;
    private final ClosingFolder folder;
    private final ClosingWriter writer;
    private final QuietPosts quiet;
    private final Map<Integer, LocalDate> closedTo = new HashMap<>();
    private final Map<Integer, Integer> passedOver = new HashMap<>();
    private final ScheduledThreadPoolExecutor thread;
    private volatile int overdue;

    /** @param from null = since the beginning */
    public record Entry(String currency, LocalDate from, LocalDate day) {
    }

    /** @param document its bytes as they were signed @param signature a JWS with detached content */
    public record Document(String name, byte[] document, String signature) {
    }

    /**
     * @param nowMs   the engine's time
     * @param afterMs how long after a post's midnight
     * @param root    where closings are kept; made when there is the first
     * @param quiet   a file of ours, that goes with the log
     * @param signer  see {@link ClosingWriter}
     */
    public Closings(final Engine engine, final LongSupplier nowMs, final IntFunction<ZoneId> zones, final long afterMs, final Path root, final Path quiet,
                    final Function<byte[], String> signer) {
        this.engine = engine;
        this.nowMs = nowMs;
        this.zones = zones;
        this.afterMs = afterMs;
        folder = new ClosingFolder(root);
        writer = new ClosingWriter(signer);
        this.quiet = new QuietPosts(quiet);
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            final Thread made = new Thread(task, "mawid-closings");
            made.setDaemon(true);
            return made;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Closes what is due, now and from now on. @throws IOException the folder cannot be read */
    public void begin() throws IOException {
        quiet.read();
        thread.scheduleWithFixedDelay(this::look, 0, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    /** Posts whose last day could not be closed. */
    public int overdue() {
        return overdue;
    }

    /** The newest first, at most {@value #MOST}. @param currency null = all @param before only those of days before it, null = all */
    public CompletableFuture<List<Entry>> list(final String post, final String currency, final LocalDate before) {
        return asked(() -> {
            final List<Entry> entries = new ArrayList<>();
            folder.all(post).forEach((of, byDay) -> {
                if (currency == null || currency.equals(of)) {
                    byDay.keySet().forEach(day -> entries.add(entry(of, byDay, day)));
                }
            });
            return entries.stream().filter(one -> before == null || one.day().isBefore(before)).sorted(Comparator.comparing(Entry::day).reversed().thenComparing(Entry::currency)).limit(MOST).toList();
        });
    }

    /** Each goes on where the one before it ended. */
    private static Entry entry(final String currency, final TreeMap<LocalDate, Path> byDay, final LocalDate day) {
        final LocalDate before = byDay.lowerKey(day);
        return new Entry(currency, before == null ? null : before.plusDays(1), day);
    }

    /** The one that is about that day. Completes with null when there is none. */
    public CompletableFuture<Document> find(final String post, final String currency, final LocalDate day) {
        return asked(() -> {
            final Path found = ClosingFolder.about(folder.all(post).get(currency), day);
            if (found == null) {
                return null;
            }
            final String name = found.getFileName().toString();
            return new Document(name.substring(0, name.length() - ClosingWriter.DOCUMENT.length()), Files.readAllBytes(found), ClosingFolder.signature(found));
        });
    }

    /**
     * Closes a post up to the end of a day, or up to now when that is today, in each currency in which it has not been; a day before yesterday with all since, for nobody knows its books any more. Completes
     * with those that are about that day, made now or before; fails with a {@link ClosingRefused}.
     */
    public CompletableFuture<List<Entry>> close(final int postId, final LocalDate day) {
        return asked(() -> {
            final CatalogueView.Post post = engine.readModel().catalogue().post(postId);
            if (post == null) {
                throw new ClosingRefused(Result.POST_UNKNOWN, 0, "there is no such post");
            }
            final ZoneId zone = zones.apply(postId);
            final LocalDate today = date(nowMs.getAsLong(), zone);
            if (day.isAfter(today)) {
                throw new ClosingRefused(Result.TOO_EARLY, day.atStartOfDay(zone).toInstant().toEpochMilli(), "a day is closed when it has begun, not before");
            }
            final LocalDate upTo = day.isBefore(today) ? today.minusDays(1) : day;
            final List<Entry> closed = closed(post, upTo, day);
            if (closed.isEmpty()) {
                throw new ClosingRefused(Result.BATCH_UNKNOWN, 0, "the post has had no money yet: there is nothing to close");
            }
            closedTo.merge(postId, upTo, (was, now) -> was.isAfter(now) ? was : now);
            return closed;
        });
    }

    // ---- on our thread

    private interface Answer<T> {
        T get() throws IOException, InterruptedException;
    }

    private <T> CompletableFuture<T> asked(final Answer<T> answer) {
        final CompletableFuture<T> told = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                try {
                    told.complete(answer.get());
                } catch (final IOException trouble) {
                    LOG.error("a closing cannot be made or read: {}", FileTrouble.of(trouble));
                    told.completeExceptionally(new ClosingRefused(Result.STORAGE_FULL, 0, "the folder of the closings cannot be used; the server's log says why"));
                } catch (final InterruptedException | RuntimeException refused) {
                    told.completeExceptionally(refused instanceof ClosingRefused ? refused : new ClosingRefused(Result.READ_MODEL_BEHIND, 0, "the closing could not be made: ask again"));
                    if (!(refused instanceof ClosingRefused)) {
                        LOG.error("a closing was not made", refused);
                    }
                }
            });
        } catch (final RejectedExecutionException ended) {
            told.completeExceptionally(new ClosingRefused(Result.READ_MODEL_BEHIND, 0, "the server is stopping"));
        }
        return told;
    }

    private static LocalDate date(final long ms, final ZoneId zone) {
        return Instant.ofEpochMilli(ms).atZone(zone).toLocalDate();
    }

    private void look() {
        try {
            final MoneyView money = engine.readModel().money();
            int late = 0;
            for (final CatalogueView.Post post : engine.readModel().catalogue().posts()) {
                final LocalDate due = date(nowMs.getAsLong() - afterMs, zones.apply(post.postId())).minusDays(1);
                final LocalDate closed = closedTo(post);
                if (closed == null || closed.isBefore(due)) {
                    late += passedOver.merge(post.postId(), -1, Integer::sum) > 0 || !isClosed(money, post, due) ? 1 : 0;
                }
            }
            overdue = late;
            quiet.write();
        } catch (final IOException trouble) {
            LOG.error("closings cannot be made: {}", FileTrouble.of(trouble));
        } catch (final RuntimeException ours) {
            LOG.error("closings are not made", ours);
        }
    }

    /** By what is on disk, looked at once. @return null = never */
    private LocalDate closedTo(final CatalogueView.Post post) throws IOException {
        if (!closedTo.containsKey(post.postId())) {
            LocalDate first = null;
            for (final TreeMap<LocalDate, Path> byDay : folder.all(post.code()).values()) {
                first = first == null || byDay.lastKey().isBefore(first) ? byDay.lastKey() : first; // a crash may have come between two currencies
            }
            closedTo.put(post.postId(), first == null ? quiet.day(post.code()) : first);
        }
        return closedTo.get(post.postId());
    }

    private boolean isClosed(final MoneyView money, final CatalogueView.Post post, final LocalDate due) throws IOException {
        try {
            if (money.books(post.postId()).isEmpty()) {
                quiet.put(post.code(), due);
            } else {
                closed(post, due, due);
                quiet.forget(post.code());
            }
            closedTo.put(post.postId(), due);
            passedOver.remove(post.postId());
            return true;
        } catch (final IOException trouble) {
            LOG.error("{} is not closed: {}", post.code(), FileTrouble.of(trouble));
        } catch (final ClosingRefused refused) {
            LOG.warn("{} is not closed yet: {}", post.code(), refused.getMessage());
        } catch (final InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        passedOver.put(post.postId(), PASSED_OVER);
        return false;
    }

    /** From one trial balance, which is durable before anything is signed. @return those that are about a day of then or before */
    private List<Entry> closed(final CatalogueView.Post post, final LocalDate day, final LocalDate about) throws IOException, InterruptedException {
        final MoneyView.TrialBalance balance = TrialBalances.durable(engine, post.postId());
        final long closedMs = nowMs.getAsLong();
        final TreeMap<String, TreeMap<LocalDate, Path>> there = folder.all(post.code());
        final List<Entry> closed = new ArrayList<>();
        for (final MoneyView.Book book : balance.books()) {
            final List<DailyClosing.Sums> sums = BookSums.of(book);
            final TreeMap<LocalDate, Path> byDay = there.computeIfAbsent(book.currency(), first -> new TreeMap<>());
            if (!sums.isEmpty() && ClosingFolder.about(byDay, day) == null) {
                byDay.put(day, write(post.code(), book.currency(), day, balance.position(), closedMs, sums, byDay));
            }
        }
        there.forEach((currency, byDay) -> {
            if (byDay.ceilingKey(about) != null) {
                closed.add(entry(currency, byDay, byDay.ceilingKey(about)));
            }
        });
        return closed;
    }

    private Path write(final String post, final String currency, final LocalDate day, final long position, final long closedMs, final List<DailyClosing.Sums> sums, final TreeMap<LocalDate, Path> byDay)
            throws IOException {
        final Path before = byDay.isEmpty() ? null : byDay.lastEntry().getValue();
        final DailyClosing closing;
        try {
            closing = DailyClosing.after(before == null ? null : ClosingFolder.read(before), post, currency, day, position, closedMs, sums);
        } catch (final IllegalArgumentException older) {
            throw new ClosingRefused(Result.CONFLICT, 0, "the books of " + post + " in " + currency + " do not go on from " + before + ": the log is older than the closing, restore a newer one ("
                    + older.getMessage() + ')');
        }
        final Path document = writer.write(closing, before, folder.of(post));
        LOG.info("closed {} in {} up to {}, position {}", post, currency, day, position);
        return document;
    }

    /** What is being written ends. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(TrialBalances.PATIENCE_S, TimeUnit.SECONDS)) {
                LOG.warn("a closing is still being written");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
