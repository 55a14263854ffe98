package org.mawid.api.terminal.closing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.Gateway;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends of the day at terminals: the door of this package. Each is kept in a file before its next step, so that after a crash at any point the totals of
 * a terminal are neither lost nor booked twice: they are asked for again where the terminal has ended its period, and told to the core again, under the
 * same request id, where they had come. Any thread.
 */
public final class Closings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Closings.class);
    /** So many terminals are closed at once; the others wait. */
    private static final int THREADS = 32;
    private static final long IDLE_SECONDS = 10;
    private static final long STOP_SECONDS = 5;

    private final Pages pages;
    private final CoreLine core;
    private final OneClosing closing;
    /** By terminal: completed when that closing is over. */
    private final Map<Integer, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
        final Thread made = new Thread(task, "mawid-closing");
        made.setDaemon(true);
        return made;
    });

    /**
     * @param folder     where it keeps how far it is: a small file for each terminal
     * @param periods    the terminals
     */
    public Closings(final Gateway gateway, final Path folder, final Periods periods) {
        this(gateway, new PageFiles(folder), CoreLine::isAskedAgain, periods);
    }

    Closings(final Gateway gateway, final Pages pages, final Predicate<Answer> isAskedAgain, final Periods periods) {
        this.pages = pages;
        core = new CoreLine(gateway, isAskedAgain);
        closing = new OneClosing(core, pages, periods);
        threads.allowCoreThreadTimeOut(true);
    }

    /** Books what an earlier life had been told and had not booked. Waits. Before any payment may begin: what is charged later is of another period. */
    public void finish() throws InterruptedException {
        try {
            for (final int terminalId : pages.terminals()) {
                try {
                    closing.finish(terminalId);
                } catch (final ClosingRefused refused) {
                    LOG.warn("terminal {}: its last period is not in the books yet, the next closing goes on with it: {}", terminalId, refused.getMessage());
                }
            }
        } catch (final IOException e) {
            LOG.error("what is known of terminals' last periods cannot be read: {}", e.getMessage());
        }
    }

    /** @return fails with {@link ClosingRefused}; on a thread of ours */
    public CompletionStage<Closed> close(final ClosingOrder order) {
        final CompletableFuture<Closed> result = new CompletableFuture<>();
        final CompletableFuture<Void> over = new CompletableFuture<>();
        if (underWay.putIfAbsent(order.terminalId(), over) != null) {
            result.completeExceptionally(ClosingRefused.of(Result.TERMINAL_BUSY, "The terminal's day is being closed already: wait for that, then ask again."));
            return result;
        }
        try {
            threads.execute(() -> run(order, result, over));
        } catch (final RejectedExecutionException stopped) {
            end(order, over);
            result.completeExceptionally(ClosingRefused.of(Cause.STOPPING));
        }
        return result;
    }

    /** It is over before whoever waits is told how it ended: they may ask again at once, and nothing of theirs is in the way. */
    private void run(final ClosingOrder order, final CompletableFuture<Closed> result, final CompletableFuture<Void> over) {
        Closed closed = null;
        Exception refused = ClosingRefused.of(Cause.STOPPING); // also when an error goes through, or whoever waits would wait for ever
        try {
            closed = closing.run(order);
        } catch (final InterruptedException stopped) {
            LOG.debug("terminal {}: the server stops", order.terminalId());
        } catch (final IOException e) {
            LOG.error("terminal {}: {}", order.terminalId(), e.getMessage());
            refused = ClosingRefused.of(Result.STORAGE_FULL,
                    "What is known of the terminal's periods cannot be read or kept. Nothing is lost; close again when whoever runs the server has made room, or by hand with the totals it prints.");
        } catch (final ClosingRefused | RuntimeException e) {
            refused = e;
        } finally {
            end(order, over);
            if (closed == null) {
                result.completeExceptionally(refused);
            } else {
                result.complete(closed);
            }
        }
    }

    private void end(final ClosingOrder order, final CompletableFuture<Void> over) {
        underWay.remove(order.terminalId(), over);
        over.complete(null);
    }

    /** Completed when the terminal's closing that is under way is over; at once when none is. */
    public CompletionStage<Void> over(final int terminalId) {
        return underWay.getOrDefault(terminalId, CompletableFuture.completedFuture(null));
    }

    @Override
    public void close() throws InterruptedException {
        threads.shutdownNow();
        if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("closings did not end within {} s", STOP_SECONDS);
        }
        core.close();
    }
}
